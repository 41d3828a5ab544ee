//! What cannot be meant is told so.

use super::*;
use crate::model::ids::ConnectorIx;
use std::collections::BTreeMap;

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

/// As RFC 9110, 15.5.6 demands.
#[test]
fn who_asks_by_a_wrong_method_is_told_which_there_are() {
    served(DAY, Mode::Manual, |client| {
        let target = devops("boards", "/default/azureDevOpsOrgs/a");
        let answer = client.desk.answer(&Request::of("DELETE", &target, ""));
        assert_eq!(answer.header("allow"), Some("GET, PUT, PATCH"));
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
            (
                "PUT",
                &root("new"),
                r#" ["northeurope",{"replaces":"boards"}]"#,
                "400 InvalidRequestContent",
            ),
            (
                "PUT",
                &devops("spare", "/default"),
                r#"{"properties":[{"code":"once"},"Enabled"]}"#,
                "400 InvalidRequestContent",
            ),
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

/// A connector in West Europe, which is lost, and one of another subscription.
const APART: &str = "
scenario: v1
title: Two tenants, and a lost region
fleet:
  connectors:
    boards:    { region: westeurope, scm: azure-devops, orgs: 1 }
    elsewhere: { region: westeurope, scm: azure-devops, orgs: 1, tenant: other }
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 30h } }
";

#[test]
fn what_a_connector_takes_over_from_has_to_fit() {
    served(APART, Mode::Manual, |client| {
        let cloud = client.desk.cloud();
        let ids = cloud.ids();
        assert_ne!(ids[0].subscription, ids[1].subscription);
        let elsewhere = ids[1].to_string();
        let line = cloud.hierarchy(ConnectorIx(0));
        let north = json!("northeurope");
        let of = |location: &Value, properties: Value, tags: Value| json!({ "location": location, "properties": properties, "tags": tags });
        let by_line = json!({ "hierarchyIdentifier": line });
        let of_github = json!({ "hierarchyIdentifier": line, "environmentName": "Github" });
        let many: BTreeMap<String, String> =
            (0..51).map(|it| (it.to_string(), String::new())).collect();
        let refused = [
            (
                of(&Value::Null, by_line.clone(), json!({})),
                400,
                "'location'",
            ),
            (
                of(&json!("atlantis"), by_line.clone(), json!({})),
                400,
                "no region \"atlantis\"",
            ),
            (
                of(&json!("ukwest"), by_line.clone(), json!({})),
                400,
                "refused",
            ),
            (
                of(&json!("westeurope"), by_line.clone(), json!({})),
                409,
                "refused",
            ),
            (
                of(&north, of_github, json!({})),
                400,
                "'environmentName' is \"Github\"",
            ),
            (
                of(&north, json!({}), json!({})),
                400,
                "'hierarchyIdentifier'",
            ),
            (
                of(&north, json!({}), json!({ "replaces": "nobody" })),
                400,
                "'hierarchyIdentifier'",
            ),
            (
                of(&north, json!({}), json!({ "replaces": elsewhere })),
                400,
                "another subscription",
            ),
            (of(&north, by_line.clone(), json!(many)), 400, "50 tags"),
        ];
        for (body, status, says) in refused {
            let (was, told) = code(&client.ask("PUT", &root("new"), body.clone()));
            assert!(was == status && told.contains(says), "{body}: {was} {told}");
        }
    });
}

#[test]
fn what_fits_is_taken_over_from_by_line_or_by_name_in_any_case() {
    served(APART, Mode::Manual, |client| {
        let line = client.desk.cloud().hierarchy(ConnectorIx(0));
        let named = json!({ "location": "northeurope", "tags": { "replaces": "BOARDS" },
            "properties": { "environmentName": "azuredevops" } });
        assert_eq!(client.ask("PUT", &root("new"), named).status, 201);
        let of = |location: &str| json!({ "location": location, "properties": { "hierarchyIdentifier": line } });
        let spaced = of("Sweden Central");
        assert_eq!(client.ask("PUT", &root("newer"), spaced).status, 201);
        let (status, told) = code(&client.ask("PUT", &root("new"), of("swedencentral")));
        assert!(
            status == 409 && told.contains("already exists"),
            "{status} {told}"
        );
    });
}

#[test]
fn tickets_are_their_subscriptions() {
    served(APART, Mode::Manual, |client| {
        assert_eq!(
            client
                .ask("PUT", &ticket("CASE"), asks_for("boards"))
                .status,
            202
        );
        assert_eq!(client.get(&ticket("case")).status, 200);
        let other = client.desk.cloud().ids()[1].subscription.to_string();
        let other = format!("/subscriptions/{other}");
        let answer = client.get(&ticket("CASE").replace(SUBSCRIPTION, &other));
        assert_eq!(code(&answer), (404, "ResourceNotFound".into()));
    });
}
