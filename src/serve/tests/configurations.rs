//! A connector's configuration: whole, or in part.

use super::*;

/// What a configuration says once an operation on it has ended: auto-discovery, the list.
fn after(client: &mut Client<'_>, method: &str, properties: &Value) -> (String, Value) {
    let target = devops("spare", "/default");
    let promised = client.ask(method, &target, json!({ "properties": properties }));
    let status = if method == "PUT" { 201 } else { 202 };
    assert_eq!(promised.status, status, "{promised:?}");
    assert_eq!(client.wait(&promised)["status"], "Succeeded");
    let came = json_of(&client.get(&target))["properties"].take();
    let said = json_of(&promised)["properties"].take();
    // What was promised is what came.
    for part in ["autoDiscovery", "topLevelInventoryList"] {
        assert_eq!(said[part], came[part], "{part}");
    }
    assert_eq!(
        [&said["provisioningState"], &came["provisioningState"]],
        ["Pending", "Succeeded"]
    );
    let discovery = came["autoDiscovery"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    (discovery, came["topLevelInventoryList"].clone())
}

#[test]
fn a_whole_configuration_is_put_and_a_part_is_patched() {
    let is = |discovery: &str, list: &[&str]| (discovery.to_owned(), json!(list));
    served(DAY, Mode::Polled, |client| {
        let off = json!({ "autoDiscovery": "Disabled" });
        assert_eq!(after(client, "PATCH", &off), is("Disabled", &[]));
        let list = json!({ "topLevelInventoryList": ["SPARE-01"] });
        assert_eq!(after(client, "PATCH", &list), is("Disabled", &["spare-01"]));
        // What a part leaves out stays.
        let on = json!({ "autoDiscovery": "enabled" });
        assert_eq!(after(client, "PATCH", &on), is("Enabled", &["spare-01"]));
        assert_eq!(
            after(client, "PATCH", &json!({})),
            is("Enabled", &["spare-01"])
        );
        // What the whole leaves out is off, and empty.
        let list = json!({ "topLevelInventoryList": ["spare-01"] });
        assert_eq!(after(client, "PUT", &list), is("Disabled", &["spare-01"]));
        let none = json!({ "autoDiscovery": "NotApplicable" });
        assert_eq!(after(client, "PUT", &none), is("Disabled", &[]));
        for (wrong, says) in [
            (json!({ "autoDiscovery": "Maybe" }), "autoDiscovery"),
            (
                json!({ "topLevelInventoryList": ["nobody"] }),
                "topLevelInventoryList",
            ),
        ] {
            let body = json!({ "properties": wrong });
            let answer = client.ask("PATCH", &devops("spare", "/default"), body);
            let told = json_of(&answer)["error"]["message"].to_string();
            assert!(answer.status == 400 && told.contains(says), "{answer:?}");
        }
    });
}

#[test]
fn a_configuration_that_is_deleted_onboards_nothing() {
    served(DAY, Mode::Polled, |client| {
        let target = devops("spare", "/default");
        let promised = client.ask("DELETE", &target, Value::Null);
        assert_eq!((promised.status, &*promised.body), (202, ""));
        assert_eq!(client.wait(&promised)["status"], "Succeeded");
        assert_eq!(client.get(&target).status, 404);
    });
}

#[test]
fn consent_that_says_nothing_is_none() {
    served(DAY, Mode::Polled, |client| {
        let new = replace(client, "boards", "northeurope");
        let empty = json!({ "properties": { "authorization": { "code": "" } } });
        let answer = client.ask("PUT", &devops(&new, "/default"), empty);
        assert_eq!(code(&answer), (400, "AuthorizationCodeRequired".into()));
    });
}

#[test]
fn what_orgs_hold_inherits_and_shows_once_its_org_does() {
    served(DAY, Mode::Polled, |client| {
        let new = replace(client, "boards", "northeurope");
        let promised = client.ask("PUT", &devops(&new, "/default"), consent());
        assert_eq!(client.wait(&promised)["status"], "Succeeded");
        let project = devops(
            &new,
            "/default/azureDevOpsOrgs/boards-01/projects/project-1",
        );
        assert_eq!(
            code(&client.get(&project)),
            (404, "ResourceNotFound".into())
        );
        client.ask("PUT", &ticket("CASE"), asks_for("boards"));
        client.until(&devops(&new, "/default/azureDevOpsOrgs"), all_onboarded);
        for (inherits, status) in [("Disabled", 400), ("Enabled", 202)] {
            let remediation = json!({ "inheritFromParentState": inherits });
            let body = json!({ "properties": { "actionableRemediation": remediation } });
            let answer = client.ask("PATCH", &project, body);
            assert_eq!(answer.status, status, "{answer:?}");
        }
    });
}
