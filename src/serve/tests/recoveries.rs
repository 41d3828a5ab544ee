//! Whole recoveries, as scripts do them.

use super::*;

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
        let orgs = json_of(&client.until(&list, all_onboarded));
        let orgs = orgs["value"].as_array().expect("a list");
        for org in orgs.iter().filter(|_| old == "boards") {
            annotate(client, &new, org);
        }
    }
    for old in ["boards", "payments"] {
        let letters = ticket(&format!("CASE-{old}")).replace('?', "/communications?");
        client.until(&letters, |it| it.body.contains("is primary for"));
        client.until(&root(old), |it| it.status != 502);
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
    assert_eq!(violated(&outcome), []);
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
