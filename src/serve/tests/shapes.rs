//! The shapes of answers: one of every kind, whole.

use super::*;
use std::fmt::Write;

const FLEET: &str = "
scenario: v1
title: One connector of each kind, and things that go wrong
fleet:
  connectors:
    boards:   { region: westeurope, scm: azure-devops, orgs: 2 }
    payments: { region: northeurope, scm: github, orgs: 2 }
    platform: { region: northeurope, scm: gitlab, orgs: 1 }
timeline:
  - at: T+1h
    fault: { authorizer-absent: { connectors: [boards], lasts: 2d } }
  - at: T+1h
    fault: { scm-throttled: { scm: github, factor: 3, lasts: 1d } }
  - at: T+2h
    fault: { region-outage: { region: westeurope, lasts: 30h } }
";

/// Asks, and writes down what is asked and answered.
struct Scribe<'c, 'd> {
    client: &'c mut Client<'d>,
    written: String,
}

impl Scribe<'_, '_> {
    fn ask(&mut self, method: &str, target: &str, body: Value) {
        let asked = match &body {
            Value::Null => String::new(),
            body => format!(" {body}"),
        };
        let answer = self.client.ask(method, target, body);
        let target = target.replace(SUBSCRIPTION, "/subscriptions/…");
        let _ = writeln!(self.written, "{method} {target}{asked}\n{}", answer.status);
        let ids = ["x-ms-request-id", "x-ms-correlation-request-id"];
        assert!(ids.iter().all(|it| answer.header(it).is_some()), "{target}");
        for (name, value) in answer.headers.iter().filter(|it| !ids.contains(&it.0)) {
            let _ = writeln!(self.written, "{name}: {value}");
        }
        if !answer.body.is_empty() {
            let body = json_of(&answer);
            // Nothing is between the marks but what the marks are about.
            assert_eq!(body.to_string(), answer.body);
            let _ = writeln!(self.written, "{body:#}");
        }
        self.written.push('\n');
    }

    fn get(&mut self, target: &str) {
        self.ask("GET", target, Value::Null);
    }

    fn advance(&mut self, by: &str) {
        let moved = self
            .client
            .ask("POST", "/lifeboat/clock", json!({ "advance": by }));
        assert_eq!(moved.status, 200);
    }
}

fn of_subscription(rest: &str, version: &str) -> String {
    format!("{SUBSCRIPTION}/providers/{rest}?api-version={version}")
}

fn written(act: impl FnOnce(&mut Scribe<'_, '_>)) -> String {
    let (written, _) = served(FLEET, Mode::Manual, |client| {
        let mut scribe = Scribe {
            client,
            written: String::new(),
        };
        act(&mut scribe);
        scribe.written
    });
    written
}

#[test]
fn of_connectors_and_what_they_hold() {
    let answers = written(|it| {
        it.get(&root("boards"));
        let list = of_subscription(
            "Microsoft.Security/securityConnectors",
            "2024-08-01-preview",
        );
        it.get(&format!("{list}&$top=1"));
        for rest in [
            "",
            "/default",
            "/default/azureDevOpsOrgs",
            "/default/azureDevOpsOrgs/boards-01",
            "/default/azureDevOpsOrgs/boards-01/projects/project-1",
            "/default/azureDevOpsOrgs/boards-01/projects/project-1/repos",
        ] {
            it.get(&devops("boards", rest));
        }
        it.get(&devops("payments", "/default/gitHubOwners/payments-01"));
        it.get(&devops(
            "payments",
            "/default/gitHubOwners/payments-01/repos/repo-1",
        ));
        it.get(&devops("platform", "/default/gitLabGroups/platform-01"));
        it.get(&devops(
            "platform",
            "/default/gitLabGroups/platform-01/projects/project-1",
        ));
        let available = devops("platform", "/default/listAvailableGitLabGroups");
        it.ask("POST", &available, Value::Null);
        let subgroups = devops(
            "platform",
            "/default/gitLabGroups/platform-01/listSubgroups",
        );
        it.ask("POST", &subgroups, Value::Null);
    });
    insta::assert_snapshot!(answers);
}

#[test]
fn of_records_and_queries() {
    let answers = written(|it| {
        let alerts = of_subscription("Microsoft.Security/alerts", "2022-01-01");
        it.get(&format!("{alerts}&$top=1"));
        let assessments = of_subscription("Microsoft.Security/assessments", "2021-06-01");
        it.get(&format!("{assessments}&$top=1"));
        let graph = "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01";
        let query = "resources | where type =~ 'microsoft.security/securityconnectors'";
        let first = json!({ "query": query, "options": { "$top": 1 } });
        it.ask("POST", graph, first);
    });
    insta::assert_snapshot!(answers);
}

#[test]
fn of_promises_and_tickets() {
    let answers = written(|it| {
        let org = devops("boards", "/default/azureDevOpsOrgs/boards-01");
        let enabled = json!({ "properties": { "actionableRemediation": { "state": "Enabled" } } });
        it.ask("PATCH", &org, enabled);
        let first = "/default/operationResults/0fe7a110-0000-4000-8000-000000000000";
        it.get(&devops("boards", first));
        it.advance("1m");
        it.get(&devops("boards", first));
        it.ask("PUT", &ticket("CASE"), asks_for("boards"));
        it.advance("5h");
        it.get(&ticket("CASE"));
        it.get(&ticket("CASE").replace('?', "/communications?"));
        let second = "Microsoft.Support/operationsstatus/0fe7a110-0000-4000-8000-000000000001";
        it.get(&of_subscription(second, "2024-04-01"));
    });
    insta::assert_snapshot!(answers);
}

#[test]
fn of_what_goes_wrong() {
    let answers = written(|it| {
        it.get(&root("nobody"));
        it.get(&devops("nobody", "/default"));
        it.advance("1h");
        let available = devops("payments", "/default/listAvailableGitHubOwners");
        it.ask("POST", &available, Value::Null);
        let new = json!({ "location": "northeurope", "tags": { "replaces": "boards" } });
        it.ask("PUT", &root("late"), new);
        it.ask("PUT", &devops("late", "/default"), consent());
        it.advance("1m");
        let operation = "/default/operationResults/0fe7a110-0000-4000-8000-000000000000";
        it.get(&devops("late", operation));
        it.advance("1h");
        it.get(&root("boards"));
        it.ask("DELETE", &root("nobody"), Value::Null);
        it.advance("90d");
        it.get(&root("payments"));
    });
    insta::assert_snapshot!(answers);
}

#[test]
fn of_what_clients_ask_for_first() {
    let answers = written(|it| {
        it.get("/subscriptions?api-version=2022-12-01");
        it.get("/tenants?api-version=2022-12-01");
        it.get("/metadata/endpoints");
        it.get("/metadata/identity/oauth2/token?resource=https%3A%2F%2Fexample.com");
        it.get("/lifeboat/clock");
        it.ask("POST", "/lifeboat/end", Value::Null);
    });
    insta::assert_snapshot!(answers);
}
