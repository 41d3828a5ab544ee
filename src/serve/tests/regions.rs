//! A region that is lost, and people who are away, as clients meet them.

use super::*;

#[test]
fn a_lost_region_is_seen_as_clients_see_it() {
    served(DAY, Mode::Polled, |client| {
        // What is due at an instant goes before what is asked at it.
        let answer = client.get(&root("boards"));
        assert_eq!((answer.status, &*answer.body), (502, ""));
        assert_eq!(answer.header("x-ms-failure-cause"), Some("gateway"));
        assert_eq!(client.now(), "T+0");
        // Who is refused again and again waits longer each time, up to a poll.
        for _ in 0..4 {
            client.get(&root("boards"));
        }
        assert_eq!(client.now(), "T+15s");
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
        assert_eq!(client.now(), "T+45s");
        let again = json!({ "location": "swedencentral" });
        assert_eq!(client.ask("PUT", &root(&new), again).status, 409);
        let again = json!({ "location": "North Europe", "tags": { "team": "a" } });
        assert_eq!(client.ask("PUT", &root(&new), again).status, 200);
        assert_eq!(json_of(&client.get(&root(&new)))["tags"]["team"], "a");
        // What held orgs is answered with 200, what held none or is gone with 204.
        for (name, status) in [
            ("nobody", 204),
            (&*new, 204),
            ("spare", 200),
            ("spare", 204),
        ] {
            let deleted = client.ask("DELETE", &root(name), Value::Null);
            assert_eq!((deleted.status, &*deleted.body), (status, ""), "{name}");
        }
    });
}

#[test]
fn nobody_to_authorise_is_a_failed_operation() {
    let text = DAY.to_owned()
        + "  - at: T+0
    fault: { authorizer-absent: { lasts: 2d } }
";
    served(&text, Mode::Polled, |client| {
        let new = replace(client, "boards", "northeurope");
        let promised = client.ask("PUT", &devops(&new, "/default"), consent());
        let ended = client.wait(&promised);
        assert_eq!(ended["status"], "Failed");
        assert_eq!(ended["error"]["code"], "TokenExchangeFailed");
    });
}

#[test]
fn what_a_lost_region_holds_does_not_show() {
    let later = DAY.replace("- at: T+0", "- at: T+1h");
    served(&later, Mode::Manual, |client| {
        let alerts = format!(
            "{SUBSCRIPTION}/providers/Microsoft.Security/locations/westeurope/alerts\
             ?api-version=2022-01-01"
        );
        let shown = |answer: &Answer| json_of(answer)["value"].as_array().map(Vec::len);
        assert_eq!(shown(&client.get(&alerts)), Some(100));
        let promised = client.ask("PATCH", &devops("boards", "/default"), json!({}));
        let operation = promised.header("azure-asyncoperation").expect("a promise");
        let operation = operation
            .strip_prefix("http://127.0.0.1")
            .expect("absolute");
        client.ask("POST", "/lifeboat/clock", json!({ "advance": "1h" }));
        assert_eq!(shown(&client.get(&alerts)), Some(0));
        assert_eq!(client.get(operation).status, 502);
    });
}
