//! What can be read: records, the inventory, tickets, at each instant as it is then.

use crate::hand::{TWO_LOST, by_hand, one_lost, taking};
use crate::tale::A_DAY;
use lifeboat::cloud::{Cloud, Options, Refusal};
use lifeboat::drill::{Drill, Record};
use lifeboat::model::ids::ConnectorIx;
use lifeboat::time::{Duration, Instant};

#[test]
fn records_are_where_they_were_made_and_where_they_were_brought() {
    let body = one_lost(&A_DAY.replace("T+0", "T+1h"));
    by_hand(&body, |hand| {
        hand.at("T+30m");
        let old = hand.connector("payments");
        let org = hand.0.find_org(old, "payments-01").expect("it is its own");
        assert_eq!(hand.0.records(old, org), Ok([50, 20, 20, 20, 20]));
        let alerts = hand.0.alerts(old, org).expect("it is its own");
        assert_eq!(alerts.len(), 50);
        assert!(alerts.iter().all(|it| it.raised < Instant::ZERO));
        hand.at("T+2h");
        assert!(matches!(
            hand.0.records(old, org),
            Err(Refusal::Unavailable(_))
        ));
        let new = hand.replace("payments", "northeurope");
        // It is listed, and nothing of it is here yet.
        assert_eq!(hand.0.records(new, org), Ok([0; 5]));
        hand.at("T+10h");
        let [alerts, recommendations, graph, container, iac] =
            hand.0.records(new, org).expect("it has it");
        assert!(
            (1..50).contains(&alerts),
            "more than a week old is lost: {alerts}"
        );
        assert_eq!([recommendations, graph, container, iac], [20, 20, 0, 0]);
        assert_eq!(
            hand.0.alerts(new, org).map(|it| it.len() as u32),
            Ok(alerts)
        );
        // Another that reaches it holds nothing of it.
        let beside = hand.create(old, "beside", "swedencentral");
        hand.consent(beside);
        assert_eq!(hand.0.records(beside, org), Ok([0; 5]));
    });
}

#[test]
fn a_stale_inventory_shows_anothers_id_for_the_lost_and_no_others() {
    let stale = "timeline: [{ at: T+0, fault: { inventory-stale: { shows: spare, lasts: 2h } } }, ";
    by_hand(&TWO_LOST.replace("timeline: [", stale), |hand| {
        let shown = |hand: &crate::hand::Hand<'_>| -> Vec<String> {
            let rows = hand.0.inventory().expect("it answers");
            rows.iter().map(|it| it.id.name.to_string()).collect()
        };
        hand.at("T+1h");
        assert_eq!(shown(hand), ["boards", "spare", "spare", "spare"]);
        hand.at("T+3h");
        assert_eq!(shown(hand), ["boards", "payments", "spare", "tables"]);
    });
}

#[test]
fn revoked_tokens_show_in_the_settings() {
    let revoked =
        "timeline: [{ at: T+0, fault: { token-revoked: { connector: spare, lasts: 2h } } }, ";
    by_hand(&TWO_LOST.replace("timeline: [", revoked), |hand| {
        let spare = hand.connector("spare");
        for (at, works) in [("T+1h", false), ("T+3h", true)] {
            hand.at(at);
            assert_eq!(
                hand.0.settings(spare).map(|it| it.authorized),
                Ok(works),
                "{at}"
            );
            assert_eq!(hand.0.available_orgs(spare).is_ok(), works, "{at}");
        }
    });
}

#[test]
fn an_org_is_found_as_long_as_it_is_reached_or_owned() {
    let lost = "timeline: [{ at: T+1h, fault: { permission-lost: { connector: spare, orgs: [payments-01, spare-01], lasts: 9h } } }, ";
    by_hand(&TWO_LOST.replace("timeline: [", lost), |hand| {
        let spare = hand.connector("spare");
        hand.at("T+2h");
        assert!(hand.0.find_org(spare, "spare-01").is_some(), "it owns it");
        assert!(hand.0.find_org(spare, "payments-01").is_none());
        assert!(hand.0.find_org(spare, "Payments-02").is_some());
    });
}

#[test]
fn support_says_for_how_many_another_is_primary() {
    by_hand(&one_lost(A_DAY), |hand| {
        hand.at("T+1h");
        hand.replace("payments", "northeurope");
        hand.at("T+25h");
        assert_eq!(hand.0.tickets()[0].primary, 0);
        hand.at("T+27h");
        assert_eq!(hand.0.tickets()[0].primary, 3);
    });
}

#[test]
fn a_slow_region_keeps_its_promises_slowly() {
    let slow = "timeline: [{ at: T+0, fault: { region-degraded: { region: northeurope, factor: 3, lasts: 2d } } }, ";
    taking(
        Duration::from_mins(2),
        &TWO_LOST.replace("timeline: [", slow),
        |hand| {
            hand.at("T+1h");
            let old = hand.connector("payments");
            let new = hand.create(old, "north", "northeurope");
            let (slow, usual) = (hand.consent(new), hand.0.promise());
            let took = |it| {
                let it = hand.0.operation(it).expect("it was begun");
                it.due.since(it.began).to_string()
            };
            assert_eq!([took(slow), took(usual)], ["6m", "2m"]);
            assert_eq!(hand.0.peek(), Some("T+1h2m".parse().expect("an instant")));
        },
    );
}

#[test]
fn the_end_of_the_drill_is_the_end_and_time_never_goes_back() {
    let scenario = crate::tale::read(TWO_LOST);
    let drill = Drill::new(&scenario.plan).by_hand();
    let mut cloud = Cloud::new(&drill, Record::Nothing, Options::default());
    cloud.advance_to(Instant::MAX);
    assert_eq!(cloud.now(), cloud.until());
    cloud.advance_to(Instant::ZERO);
    assert_eq!(cloud.now(), cloud.until());
    assert!(cloud.find(cloud.id(ConnectorIx(0))).is_some());
}
