use super::*;
use crate::checks::{CheckId, Verdict};
use crate::cloud::{Cloud, Options};
use crate::drill::{Drill, Outcome, Record};
use crate::scenario::{Reader, Scenario};
use proptest::prelude::*;
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
        let target = target.to_owned();
        for _ in 0..100 {
            let body = json_of(&self.get(&target));
            if body["status"] != "InProgress" {
                return body;
            }
        }
        panic!("the operation does not end");
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

fn consent() -> Value {
    json!({ "properties": { "authorization": { "code": "once" }, "autoDiscovery": "Enabled" } })
}

fn asks_for(old: &str) -> Value {
    let id = root(old);
    let id = id.split('?').next().expect("a path");
    json!({ "properties": { "title": "Release", "severity": "critical",
        "description": format!("Please release all orgs of {id}, its region is lost.") } })
}

/// A whole recovery, as a script of a team's would do it.
fn recover(client: &mut Client<'_>) {
    for old in ["boards", "payments"] {
        let new = replace(client, old, "northeurope");
        let promised = client.ask("PUT", &devops(&new, "/default"), consent());
        assert_eq!(promised.status, 201);
        assert_eq!(client.wait(&promised)["status"], "Succeeded");
        let promised = client.ask("PUT", &ticket(&format!("CASE-{old}")), asks_for(old));
        assert_eq!(promised.status, 202);
        assert_eq!(client.wait(&promised)["status"], "Succeeded");
        let kind = if old == "boards" {
            "azureDevOpsOrgs"
        } else {
            "gitHubOwners"
        };
        let list = devops(&new, &format!("/default/{kind}"));
        let done = |it: &Value| {
            let it = &it["properties"];
            it["onboardingState"] == "Onboarded" && it["provisioningState"] == "Succeeded"
        };
        let orgs = loop {
            let page = json_of(&client.get(&list));
            let orgs = page["value"].as_array().expect("a list").clone();
            if !orgs.is_empty() && orgs.iter().all(done) {
                break orgs;
            }
        };
        for org in orgs.iter().filter(|_| old == "boards") {
            let name = org["name"].as_str().expect("a name");
            let body = json!({ "properties": { "actionableRemediation": { "state": "Enabled" } } });
            let path = devops(&new, &format!("/default/azureDevOpsOrgs/{name}"));
            let promised = client.ask("PATCH", &path, body);
            assert_eq!(promised.status, 202);
            assert_eq!(client.wait(&promised)["status"], "Succeeded");
        }
    }
    for old in ["boards", "payments"] {
        let letters = ticket(&format!("CASE-{old}")).replace('?', "/communications?");
        while !client.get(&letters).body.contains("is primary for") {}
        while client.get(&root(old)).status == 502 {}
        assert!(matches!(
            client.ask("DELETE", &root(old), Value::Null).status,
            200 | 204
        ));
    }
}

#[test]
fn a_whole_recovery_by_polling_alone() {
    let ((), outcome) = served(DAY, Mode::Polled, recover);
    let settled = outcome
        .judgements
        .iter()
        .find(|it| it.check == CheckId::Settled);
    assert_eq!(settled.map(|it| it.verdict), Some(Verdict::Held));
    let violated = outcome
        .judgements
        .iter()
        .filter(|it| it.verdict == Verdict::Violated);
    assert_eq!(violated.map(|it| it.check).collect::<Vec<_>>(), []);
    assert!(outcome.balance.is_ok());
}

#[test]
fn the_same_requests_give_the_same_answers_and_facts() {
    let (log, first) = served(DAY, Mode::Polled, |client| {
        recover(client);
        client.log.clone()
    });
    let ((), second) = served(DAY, Mode::Polled, |client| {
        for (request, answer) in &log {
            assert_eq!(client.desk.answer(request), *answer);
        }
    });
    assert_eq!(first.trace_hash, second.trace_hash);
}

/// What is said of a request that cannot be meant.
fn told(client: &mut Client<'_>, method: &str, target: &str, body: &str) -> String {
    let (status, says) = code(&client.desk.answer(&Request::of(method, target, body)));
    format!("{status} {says}")
}

#[test]
fn paths_that_are_none_are_told_so() {
    served(DAY, Mode::Manual, |client| {
        let long = format!("/subscriptions/{}?api-version=2022-12-01", "x".repeat(300));
        for (method, target, says) in [
            ("GET", "/nowhere", "404 InvalidResourceType"),
            (
                "GET",
                "/subscriptions/..%2f..%2fetc/x",
                "400 InvalidResourceName",
            ),
            ("GET", "/subscriptions/%2e%2e/x", "400 InvalidResourceName"),
            ("GET", "/subscriptions/a%00b", "400 InvalidResourceName"),
            ("GET", "/subscriptions/%zz", "400 InvalidResourceName"),
            ("GET", &long, "400 InvalidResourceName"),
            ("GET", "/subscriptions", "400 MissingApiVersionParameter"),
            (
                "GET",
                "/subscriptions?api-version=soon",
                "400 InvalidApiVersionParameter",
            ),
            (
                "GET",
                &connector("a", "", "2020-01-01"),
                "400 InvalidApiVersionParameter",
            ),
            (
                "GET",
                "/subscriptions?api-version=%ff",
                "400 InvalidQueryString",
            ),
            ("TRACE", &root("boards"), "405 MethodNotAllowed"),
            (
                "DELETE",
                &devops("boards", "/default/azureDevOpsOrgs/a"),
                "405 MethodNotAllowed",
            ),
            (
                "GET",
                "/subscriptions/a?api-version=2022-12-01",
                "404 SubscriptionNotFound",
            ),
            ("GET", &devops("nobody", "/default"), "404 ResourceNotFound"),
            ("GET", &ticket("CASE"), "404 ResourceNotFound"),
            (
                "GET",
                &devops("spare", "/default/operationResults/1"),
                "404 OperationNotFound",
            ),
            (
                "GET",
                &devops("spare", "/default/azureDevOpsOrgs"),
                "400 InvalidEnvironment",
            ),
        ] {
            assert_eq!(told(client, method, target, ""), says, "{method} {target}");
        }
    });
}

#[test]
fn bodies_that_mean_nothing_are_told_so() {
    let graph = "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01";
    served(DAY, Mode::Manual, |client| {
        let maybe = r#"{"properties":{"autoDiscovery":"Maybe"}}"#;
        let huge = " ".repeat(300_000);
        for (method, target, body, says) in [
            (
                "PUT",
                &*root("new"),
                r#"{"location":7}"#,
                "400 InvalidRequestContent",
            ),
            ("PUT", &root("new"), "{", "400 InvalidRequestContent"),
            ("PUT", &root("new"), &huge, "413 RequestContentTooLarge"),
            ("PUT", &root("new"), "", "415 UnsupportedMediaType"),
            (
                "PUT",
                &devops("spare", "/default"),
                maybe,
                "400 InvalidRequestContent",
            ),
            (
                "PUT",
                &ticket("CASE"),
                r#"{"properties":{}}"#,
                "400 InvalidRequestContent",
            ),
            ("POST", "/lifeboat/clock", "{}", "400 InvalidRequestContent"),
            (
                "POST",
                graph,
                r#"{"query":"resources | top 1"}"#,
                "400 InvalidQuery",
            ),
        ] {
            assert_eq!(
                told(client, method, target, body),
                says,
                "{method} {target}"
            );
        }
    });
}

#[test]
fn connectors_have_their_own_shape_of_an_error() {
    served(DAY, Mode::Manual, |client| {
        let answer = client.get(&root("nobody"));
        let body = json_of(&answer);
        assert_eq!((answer.status, &body["statusCode"]), (404, &json!(404)));
        assert!(body["errorCorrelation"].is_string());
        let stray = json!({ "location": "northeurope" });
        let says = code(&client.ask("PUT", &root("new"), stray));
        assert!(
            says.0 == 400 && says.1.contains("hierarchyIdentifier"),
            "{says:?}"
        );
    });
}

#[test]
fn a_lost_region_is_seen_as_clients_see_it() {
    served(DAY, Mode::Polled, |client| {
        // What is due at an instant goes before what is asked at it.
        let forward = json!({ "advance": "1h" });
        assert_eq!(client.ask("POST", "/lifeboat/clock", forward).status, 200);
        let answer = client.get(&root("boards"));
        assert_eq!((answer.status, &*answer.body), (502, ""));
        assert_eq!(answer.header("x-ms-failure-cause"), Some("gateway"));
        assert_eq!(client.now(), "T+1h");
        // Who is refused again and again waits longer each time, up to a poll.
        for _ in 0..4 {
            client.get(&root("boards"));
        }
        assert_eq!(client.now(), "T+1h15s");
        let new = replace(client, "boards", "northeurope");
        let answer = client.get(&devops(&new, "/default"));
        assert_eq!(code(&answer), (404, "ResourceNotFound".into()));
        let answer = client.ask("PATCH", &devops(&new, "/default"), json!({}));
        assert_eq!(code(&answer), (400, "AuthorizationCodeRequired".into()));
        let promised = client.ask("PUT", &devops(&new, "/default"), consent());
        assert_eq!(promised.header("retry-after-ms"), Some("1"));
        assert_eq!(
            json_of(&promised)["properties"]["authorization"]["code"],
            ""
        );
        // Two at once are one too many.
        let second = client.ask("PUT", &devops(&new, "/default"), consent());
        assert_eq!(code(&second), (409, "Conflict".into()));
        assert_eq!(client.wait(&promised)["status"], "Succeeded");
        assert_eq!(client.now(), "T+1h45s");
        let again = json!({ "location": "swedencentral" });
        assert_eq!(client.ask("PUT", &root(&new), again).status, 409);
        let again = json!({ "location": "North Europe", "tags": { "team": "a" } });
        assert_eq!(client.ask("PUT", &root(&new), again).status, 200);
        assert_eq!(json_of(&client.get(&root(&new)))["tags"]["team"], "a");
        assert_eq!(
            client.ask("DELETE", &root("nobody"), Value::Null).status,
            204
        );
    });
}

#[test]
fn nobody_to_authorise_is_a_failed_operation() {
    let text = DAY.to_owned()
        + "  - at: T+0
    fault: { authorizer-absent: { lasts: 2d } }
";
    served(&text, Mode::Polled, |client| {
        client.ask("POST", "/lifeboat/clock", json!({ "advance": "1h" }));
        let new = replace(client, "boards", "northeurope");
        let promised = client.ask("PUT", &devops(&new, "/default"), consent());
        let ended = client.wait(&promised);
        assert_eq!(ended["status"], "Failed");
        assert_eq!(ended["error"]["code"], "TokenExchangeFailed");
    });
}

#[test]
fn the_clock_moves_for_those_who_wait_and_not_for_those_who_work() {
    let list = format!(
        "{SUBSCRIPTION}/providers/Microsoft.Security/securityConnectors\
         ?api-version=2023-10-01-preview"
    );
    served(DAY, Mode::Polled, |client| {
        client.get(&list);
        client.get(&devops("spare", "/default"));
        client.get("/subscriptions?api-version=2022-12-01");
        client.get("/subscriptions?api-version=2022-12-01");
        assert_eq!(client.now(), "T+0");
        // Two who wait side by side wait once.
        client.get(&list);
        client.get(&devops("spare", "/default"));
        assert_eq!(client.now(), "T+15m");
        // A change in between: what is read next is what came of it.
        let tagged = client.ask("PATCH", &root("spare"), json!({ "tags": { "a": "b" } }));
        assert_eq!(tagged.status, 200);
        client.get(&list);
        assert_eq!(client.now(), "T+15m");
    });
    served(DAY, Mode::Manual, |client| {
        client.get(&list);
        client.get(&list);
        assert_eq!(client.now(), "T+0");
        let to = client.ask("POST", "/lifeboat/clock", json!({ "to": "T+2d" }));
        assert_eq!(json_of(&to)["now"], "T+2d");
        let back = client.ask("POST", "/lifeboat/clock", json!({ "to": "T+1d" }));
        assert_eq!(code(&back), (409, "ClockDoesNotGoBack".into()));
        client.ask("POST", "/lifeboat/clock", json!({ "advance": "90d" }));
        assert_eq!(code(&client.get(&list)), (410, "RunEnded".into()));
        assert!(!client.desk.is_over());
        client.ask("POST", "/lifeboat/end", Value::Null);
        assert!(client.desk.is_over());
    });
    served(DAY, Mode::Real(3_600), |client| {
        client.desk.real_time(2_000);
        client.get(&list);
        client.get(&list);
        assert_eq!(client.now(), "T+2h");
    });
}

#[test]
fn long_lists_come_in_pages() {
    let mut text = "scenario: v1\ntitle: Many\nfleet:\n  connectors:\n".to_owned();
    for at in 0..250 {
        text += &format!("    many-{at}: {{ region: westeurope, scm: github, orgs: 1 }}\n");
    }
    text += "timeline: []\n";
    served(&text, Mode::Manual, |client| {
        let mut target = format!(
            "{SUBSCRIPTION}/providers/Microsoft.Security/securityConnectors\
             ?api-version=2023-10-01-preview"
        );
        let mut names = Vec::new();
        let mut pages = 0;
        loop {
            let page = json_of(&client.get(&target));
            pages += 1;
            let value = page["value"].as_array().expect("a list");
            names.extend(value.iter().map(|it| it["name"].to_string()));
            let Some(next) = page["nextLink"].as_str() else {
                break;
            };
            target = next
                .strip_prefix("http://127.0.0.1")
                .expect("absolute")
                .into();
        }
        assert_eq!((names.len(), pages), (250, 3));
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 250);
    });
}

/// Anything that a client may send: sensible words in no sensible order, and noise.
fn requests() -> impl Strategy<Value = Vec<Request>> {
    let method = prop::sample::select(vec!["GET", "PUT", "PATCH", "DELETE", "POST", "BREW"]);
    let name = prop_oneof![
        4 => prop::sample::select(vec!["boards", "payments", "spare", "n1", "n2", "default"]).prop_map(str::to_owned),
        1 => "[ -~]{0,12}",
        1 => Just("%2e%2e%2f".to_owned()),
    ];
    let names = prop::collection::vec(name, 8);
    let body = prop_oneof![
        Just(consent().to_string()),
        Just(asks_for("boards").to_string()),
        Just(asks_for("payments").to_string()),
        Just(
            json!({ "properties": { "actionableRemediation": { "state": "Enabled" } } })
                .to_string()
        ),
        Just(json!({ "location": "northeurope", "tags": { "replaces": "boards" } }).to_string()),
        Just(
            json!({ "location": "Sweden Central", "tags": { "replaces": "payments" } }).to_string()
        ),
        Just(json!({ "advance": "7h" }).to_string()),
        Just(json!({ "query": "resources | where name has 'a' | take 1" }).to_string()),
        "\\PC{0,40}",
        Just(String::new()),
    ];
    let place = 0..calls::PATHS.len();
    let request = (method, place, names, body, any::<bool>()).prop_map(
        |(method, place, names, body, fleet)| {
            let it = &calls::PATHS[place];
            let mut names = names.into_iter();
            let segments = it.path.split('/').map(|it| match it {
                "{subscriptionId}" if fleet => SUBSCRIPTION.rsplit('/').next().unwrap().to_owned(),
                "{resourceGroupName}" if fleet => "lifeboat".to_owned(),
                it if it.starts_with('{') => names.next().unwrap_or_default(),
                it => it.to_owned(),
            });
            let path = segments.collect::<Vec<_>>().join("/");
            let version = it.api.versions().last().copied().unwrap_or("none");
            // A verb that the path knows, mostly.
            let known = it.verbs.iter().find(|it| it.method == method);
            let method = known.map_or(if fleet { it.verbs[0].method } else { method }, |it| {
                it.method
            });
            Request::of(method, &format!("{path}?api-version={version}"), &body)
        },
    );
    prop::collection::vec(request, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_sent_is_answered_and_the_world_stays_whole(log in requests()) {
        let (answers, first) = served(DAY, Mode::Polled, |client| {
            log.iter().map(|it| client.desk.answer(it)).collect::<Vec<_>>()
        });
        for (request, answer) in log.iter().zip(&answers) {
            let fits = matches!(answer.status, 200..=499 | 502);
            prop_assert!(fits, "{request:?} {answer:?}");
            if answer.status != 502 && !answer.body.is_empty() {
                prop_assert!(serde_json::from_str::<Value>(&answer.body).is_ok());
            }
        }
        prop_assert!(first.balance.is_ok());
        let (again, second) = served(DAY, Mode::Polled, |client| {
            log.iter().map(|it| client.desk.answer(it)).collect::<Vec<_>>()
        });
        prop_assert_eq!(answers, again);
        prop_assert_eq!(first.trace_hash, second.trace_hash);
    }
}
