//! The desk, asked as clients ask.

mod clock;
mod configurations;
mod noise;
mod pages;
mod races;
mod recoveries;
mod refusals;
mod regions;
mod shapes;

use super::*;
use crate::checks::{CheckId, Verdict};
use crate::cloud::{Cloud, Options};
use crate::drill::{Drill, Outcome, Record};
use crate::scenario::{Reader, Scenario};
use serde_json::{Value, json};

const DAY: &str = "
scenario: v1
title: West Europe is lost for a day
fleet:
  connectors:
    boards:   { region: westeurope, scm: azure-devops, orgs: 3 }
    payments: { region: westeurope, scm: github, orgs: 4 }
    spare:    { region: northeurope, scm: github, orgs: 1 }
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 30h } }
";

const SUBSCRIPTION: &str = "/subscriptions/00000000-0000-4000-8000-000000000000";

fn read(text: &str) -> Scenario {
    Reader::default()
        .read_text("day.yaml", text)
        .expect("the scenario is valid")
}

/// Somebody at the desk.
struct Client<'d> {
    desk: Desk<'d>,
    log: Vec<(Request, Answer)>,
}

impl Client<'_> {
    fn ask(&mut self, method: &str, target: &str, body: Value) -> Answer {
        let body = match body {
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let request = Request::of(method, target, &body);
        let answer = self.desk.answer(&request);
        self.log.push((request, answer.clone()));
        answer
    }

    fn get(&mut self, target: &str) -> Answer {
        self.ask("GET", target, Value::Null)
    }

    /// An operation's end.
    fn wait(&mut self, promised: &Answer) -> Value {
        let address = promised.header("Azure-AsyncOperation").expect("a promise");
        let target = address.strip_prefix("http://127.0.0.1").expect("absolute");
        let ended = self.until(target, |it| json_of(it)["status"] != "InProgress");
        json_of(&ended)
    }

    /// Asks until the answer is as wanted.
    fn until(&mut self, target: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        for _ in 0..1_000 {
            let answer = self.get(target);
            if wanted(&answer) {
                return answer;
            }
        }
        let last = self.log.last().map(|it| &it.1);
        panic!("{target} is never as wanted: {last:?}");
    }

    fn now(&self) -> String {
        self.desk.cloud().now().to_string()
    }
}

fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no JSON: {answer:?}"))
}

fn code(answer: &Answer) -> (u16, String) {
    let body = json_of(answer);
    let code = body["error"]["code"].as_str();
    let words = code.or(body["errorMessage"].as_str()).unwrap_or("none");
    (answer.status, words.to_owned())
}

fn connector(name: &str, rest: &str, version: &str) -> String {
    format!(
        "{SUBSCRIPTION}/resourceGroups/lifeboat/providers/Microsoft.Security\
         /securityConnectors/{name}{rest}?api-version={version}"
    )
}

fn root(name: &str) -> String {
    connector(name, "", "2023-10-01-preview")
}

fn devops(name: &str, rest: &str) -> String {
    connector(name, &format!("/devops{rest}"), "2025-03-01")
}

fn ticket(name: &str) -> String {
    format!(
        "{SUBSCRIPTION}/providers/Microsoft.Support/supportTickets/{name}?api-version=2024-04-01"
    )
}

fn served<T>(text: &str, mode: Mode, act: impl FnOnce(&mut Client<'_>) -> T) -> (T, Outcome) {
    let scenario = read(text);
    let drill = Drill::new(&scenario.plan).by_hand();
    let cloud = Cloud::new(&drill, Record::Nothing, Options::default());
    let mut client = Client {
        desk: Desk::new(cloud, Clock::new(mode)),
        log: Vec::new(),
    };
    let came = act(&mut client);
    (came, client.desk.finish())
}

fn replace(client: &mut Client<'_>, old: &str, region: &str) -> String {
    let lists = format!(
        "{SUBSCRIPTION}/providers/Microsoft.Security/securityConnectors\
         ?api-version=2023-10-01-preview"
    );
    let all = json_of(&client.get(&lists));
    let all = all["value"].as_array().expect("a list").clone();
    let found = all
        .iter()
        .find(|it| it["name"] == old)
        .expect("it is listed");
    let new = format!("{old}-{region}");
    let body = json!({ "location": region, "properties": {
        "environmentName": found["properties"]["environmentName"],
        "hierarchyIdentifier": found["properties"]["hierarchyIdentifier"] } });
    assert_eq!(client.ask("PUT", &root(&new), body).status, 201);
    new
}

/// Whether a list has orgs, and all of them are onboarded and show.
fn all_onboarded(list: &Answer) -> bool {
    if list.status != 200 {
        return false;
    }
    let body = json_of(list);
    let orgs = body["value"].as_array().expect("a list");
    let done = |it: &Value| {
        let it = &it["properties"];
        it["onboardingState"] == "Onboarded" && it["provisioningState"] == "Succeeded"
    };
    !orgs.is_empty() && orgs.iter().all(done)
}

/// The checks that a run violates.
fn violated(outcome: &Outcome) -> Vec<CheckId> {
    let all = outcome.judgements.iter();
    all.filter(|it| it.verdict == Verdict::Violated)
        .map(|it| it.check)
        .collect()
}

/// Sets an org's annotations again.
fn annotate(client: &mut Client<'_>, connector: &str, org: &Value) {
    let name = org["name"].as_str().expect("a name");
    let body = json!({ "properties": { "actionableRemediation": { "state": "Enabled" } } });
    let path = devops(connector, &format!("/default/azureDevOpsOrgs/{name}"));
    let promised = client.ask("PATCH", &path, body);
    assert_eq!(promised.status, 202);
    assert_eq!(client.wait(&promised)["status"], "Succeeded");
}

fn consent() -> Value {
    json!({ "properties": { "authorization": { "code": "once" }, "autoDiscovery": "Enabled" } })
}

fn asks_for(old: &str) -> Value {
    let id = root(old);
    let id = id.split('?').next().expect("a path");
    json!({ "properties": { "title": "Release", "severity": "critical",
        "description": format!("Please release all orgs of {id}, its region is lost.") } })
}
