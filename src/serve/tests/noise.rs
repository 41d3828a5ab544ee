//! Anything at all may be sent.

use super::*;
use proptest::prelude::*;

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
