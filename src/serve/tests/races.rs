//! Two who want the same at once.

use super::*;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::model::world::World;

const ONE: &str = "
scenario: v1
title: West Europe is lost for a day
fleet:
  connectors:
    boards: { region: westeurope, scm: azure-devops, orgs: 3 }
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 30h } }
";

/// A team's requests for a replacement of its own: to create it, to authorise it, and
/// the ticket.
fn requests(name: &str, region: &str, hierarchy: &Value) -> [(String, Value); 3] {
    let body = json!({ "location": region, "properties": { "hierarchyIdentifier": hierarchy } });
    let asks = json!({ "properties": { "title": "Release", "description": format!(
        "Old: {}\nNew: {}", path_of("boards"), path_of(name)) } });
    [
        (root(name), body),
        (devops(name, "/default"), consent()),
        (ticket(&format!("CASE-{name}")), asks),
    ]
}

fn path_of(name: &str) -> String {
    let target = root(name);
    target.split('?').next().expect("a path").to_owned()
}

/// All orders in which two who have three requests each can be heard.
fn orders() -> impl Iterator<Item = [usize; 6]> {
    let all = (0..1_u32 << 6).filter(|it| it.count_ones() == 3);
    all.map(|bits| std::array::from_fn(|at| (bits >> at & 1) as usize))
}

fn owners(world: &World) -> Vec<Option<ConnectorIx>> {
    (0..3).map(|at| world.org(OrgIx(at)).owner.get()).collect()
}

/// Both ask in an order, and what comes of it is brought to its end.
fn race(client: &mut Client<'_>, order: [usize; 6]) {
    let hierarchy = Value::String(client.desk.cloud().hierarchy(ConnectorIx(0)));
    let mut asked = [
        requests("red", "northeurope", &hierarchy),
        requests("blue", "swedencentral", &hierarchy),
    ]
    .map(<[_; 3]>::into_iter);
    for who in order {
        let (target, body) = asked[who].next().expect("each asks three times");
        let answer = client.ask("PUT", &target, body);
        assert!(answer.status < 300, "{order:?} {target} {answer:?}");
    }
    let (first, second) = if order[0] == 0 {
        ("red", "blue")
    } else {
        ("blue", "red")
    };
    let list = |name| devops(name, "/default/azureDevOpsOrgs");
    let orgs = json_of(&client.until(&list(first), all_onboarded));
    assert_eq!(orgs["value"].as_array().map(Vec::len), Some(3));
    let others = json_of(&client.get(&list(second)));
    for org in others["value"].as_array().expect("a list") {
        let state = &org["properties"]["onboardingState"];
        assert_eq!(state, "OnboardedByOtherConnector", "{order:?}");
    }
    for org in orgs["value"].as_array().expect("a list") {
        annotate(client, first, org);
    }
    let letters = ticket(&format!("CASE-{first}")).replace('?', "/communications?");
    client.until(&letters, |it| it.body.contains("is primary for 3 of 3"));
    client.until(&root("boards"), |it| it.status != 502);
    let deleted = client.ask("DELETE", &root("boards"), Value::Null);
    assert!(matches!(deleted.status, 200 | 204), "{deleted:?}");
}

#[test]
fn of_two_replacements_the_first_gets_the_orgs_whatever_is_asked_in_between() {
    for order in orders() {
        let (new, outcome) = served(ONE, Mode::Polled, |client| {
            race(client, order);
            let first = if order[0] == 0 { "red" } else { "blue" };
            let cloud = client.desk.cloud();
            let new = cloud.find(&cloud.id(ConnectorIx(0)).named(first));
            // Both take over from the lost one, and not the second from the first.
            let recovered = cloud.world().recoveries.iter().map(|it| it.connector);
            assert_eq!(recovered.collect::<Vec<_>>(), [ConnectorIx(0)], "{order:?}");
            new
        });
        assert_eq!(outcome.balance, Ok(()), "{order:?}");
        assert_eq!(owners(&outcome.world), [new; 3], "{order:?}");
        assert_eq!(violated(&outcome), [], "{order:?}");
    }
}
