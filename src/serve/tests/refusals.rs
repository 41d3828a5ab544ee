//! What cannot be meant is told so.

use super::*;

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
