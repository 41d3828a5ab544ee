//! The customer's steps, one call each: create, authorise, annotate, retire.

use crate::hand::{TWO_LOST, by_hand, finished, one_lost, taking};
use crate::tale::A_DAY;
use lifeboat::checks::{CheckId, Verdict};
use lifeboat::cloud::{Progress, Refusal};
use lifeboat::model::command::Actor;
use lifeboat::model::fact::Reason;
use lifeboat::model::ids::RecoveryIx;
use lifeboat::time::Duration;

#[test]
fn nothing_is_done_for_whom_nobody_does_anything() {
    let told = by_hand(TWO_LOST, |_| {});
    for nothing in [
        "recovery of",
        "finished",
        "created",
        "ticket",
        "released",
        "promoted",
    ] {
        told.lacks(nothing);
    }
}

#[test]
fn a_replacement_begins_the_recovery_and_is_its_target() {
    let told = by_hand(TWO_LOST, |hand| {
        hand.at("T+1h");
        let old = hand.connector("payments");
        let new = hand.create(old, "north", "northeurope");
        assert_eq!(hand.0.world().recoveries[0].target, new);
        assert_eq!(hand.0.find(hand.0.id(new)), Some(new));
        assert!(
            !hand.0.world().connector(new).auto_discovery,
            "nothing is brought along"
        );
        assert!(hand.0.world().connector(new).listed.is_empty());
    });
    told.shows(&[
        "T+1h recovery of payments",
        "T+1h finished detect for payments",
        "T+1h created payments+1 in northeurope",
        "T+1h finished create-connector for payments",
    ]);
    told.lacks("authorized");
    told.lacks("recovery of tables");
    assert_eq!(finished(&told, "detect")[0].0, Actor::Outside);
}

#[test]
fn a_whole_recovery_goes_by_the_procedure_where_it_is_microsofts() {
    let told = by_hand(&one_lost(A_DAY), |hand| {
        hand.at("T+1h");
        let new = hand.replace("payments", "northeurope");
        hand.at("T+8h");
        assert_eq!(hand.owns(new).len(), 3);
        hand.at("T+27h");
        let old = hand.connector("payments");
        hand.0.delete(old).expect("it is up again");
    });
    told.shows(&[
        "T+1h finished authorize for payments",
        "T+1h finished copy-resource-id for payments",
        "T+1h finished open-ticket for payments",
        "T+5h ticket 0 understood",
        "T+5h1m released payments-01 from payments",
        "T+5h3m released payments-03 from payments",
        "T+5h3m ticket 0 closed",
        "T+5h1m claimed payments-01 by payments+1",
        "T+26h5m promoted payments-02 to payments+1",
        "T+27h finished delete-connector for payments",
        "T+27h deleted payments",
    ]);
    for check in [
        CheckId::NoOrphanedOrgs,
        CheckId::SafeDelete,
        CheckId::Settled,
    ] {
        told.verdict(check, Verdict::Held);
    }
}

#[test]
fn a_step_tells_when_its_needs_were_met_and_when_somebody_set_about_it() {
    let told = taking(Duration::from_mins(2), &one_lost(A_DAY), |hand| {
        hand.at("T+1h");
        let old = hand.connector("payments");
        let new = hand.create(old, "north", "northeurope");
        hand.at("T+90m");
        let consent = hand.consent(new);
        assert_eq!(hand.progress(consent), Progress::InProgress);
        hand.at("T+92m");
        assert_eq!(hand.progress(consent), Progress::Succeeded);
        hand.at("T+27h");
        hand.0.delete(old).expect("it is up again");
    });
    let times = |it: [&str; 3]| (Actor::Outside, it.map(str::to_owned));
    assert_eq!(
        finished(&told, "create-connector"),
        [times(["T+1h", "T+1h", "T+1h"])]
    );
    // It could be authorised once it was there; somebody came half an hour later.
    assert_eq!(
        finished(&told, "authorize"),
        [times(["T+1h", "T+1h30m", "T+1h32m"])]
    );
    // Done before its time, it was ready when it was done.
    assert_eq!(
        finished(&told, "delete-connector"),
        [times(["T+27h", "T+27h", "T+27h"])]
    );
}

#[test]
fn a_second_connector_is_no_target_while_the_first_stands() {
    by_hand(TWO_LOST, |hand| {
        hand.at("T+1h");
        let old = hand.connector("payments");
        let first = hand.create(old, "first", "northeurope");
        let second = hand.create(old, "second", "swedencentral");
        assert_eq!(hand.0.world().recoveries.len(), 1);
        assert_eq!(hand.0.world().recoveries[0].target, first);
        assert!(hand.0.world().connector(second).serves.is_empty());
        hand.0.delete(first).expect("it is up");
        let third = hand.create(old, "first", "swedencentral");
        assert_eq!(hand.0.world().recoveries[0].target, third);
        assert_eq!(
            hand.0.find(hand.0.id(first)),
            Some(third),
            "the name is its own now"
        );
    });
}

#[test]
fn a_region_that_takes_nobody_is_refused_with_its_reason() {
    let body = TWO_LOST.to_owned().replace(
        "timeline: [",
        "timeline: [{ at: T+0, fault: { region-full: { region: swedencentral, lasts: 2d } } }, ",
    );
    let told = by_hand(&body, |hand| {
        hand.at("T+1h");
        let old = hand.connector("payments");
        for (region, reason) in [
            ("westeurope", Reason::RegionDown),
            ("swedencentral", Reason::RegionFull),
            ("ukwest", Reason::ComingSoon),
        ] {
            let asked = hand.0.create(hand.0.replacement(old, "new", region));
            assert_eq!(asked, Err(Refusal::Refused(reason)), "{region}");
        }
        let asked = hand.0.create(hand.0.replacement(old, "new", "atlantis"));
        assert!(matches!(asked, Err(Refusal::Invalid(_))), "{asked:?}");
        let taken = hand.0.create(hand.0.replacement(old, "SPARE", "uksouth"));
        assert!(matches!(taken, Err(Refusal::Conflict(_))), "{taken:?}");
        // What was refused took no name: another may have it.
        hand.create(old, "new", "North Europe");
    });
    assert_eq!(told.all("denied payments").len(), 3, "{}", told.text());
    assert_eq!(told.all("created").len(), 1);
}

#[test]
fn settings_come_with_the_consent_or_not_at_all() {
    let body = TWO_LOST.to_owned().replace(
        "timeline: [",
        "timeline: [{ at: T+0, fault: { authorizer-absent: { connectors: [payments], lasts: 5h } } }, ",
    );
    let told = by_hand(&body, |hand| {
        hand.at("T+1h");
        let old = hand.connector("payments");
        let new = hand.create(old, "north", "northeurope");
        let early = hand.consent(new);
        assert_eq!(hand.progress(early), Progress::Failed(Reason::NoAuthorizer));
        assert!(!hand.0.world().connector(new).auto_discovery);
        hand.at("T+6h");
        let late = hand.consent(new);
        assert_eq!(hand.progress(late), Progress::Succeeded);
        assert!(hand.0.world().connector(new).auto_discovery);
    });
    told.has(
        "denied payments+1 nobody: nobody is there who could authorise",
        &["T+1h"],
    );
    told.has("finished authorize for payments", &["T+6h"]);
}

#[test]
fn what_was_asked_of_a_connector_that_is_lost_meanwhile_fails() {
    let body = one_lost(
        "timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }
  - { at: T+61m, fault: { region-outage: { region: northeurope, lasts: 26h } } }\n",
    );
    let told = taking(Duration::from_mins(2), &body, |hand| {
        hand.at("T+1h");
        let old = hand.connector("payments");
        let new = hand.create(old, "north", "northeurope");
        let asked = hand.consent(new);
        assert!(hand.0.is_busy(new));
        assert_eq!(hand.0.peek(), Some("T+61m".parse().expect("an instant")));
        hand.at("T+2h");
        assert_eq!(
            hand.progress(asked),
            Progress::Failed(Reason::ConnectorDown)
        );
        assert!(!hand.0.is_busy(new));
    });
    told.has(
        "denied payments+1 nobody: the connector is down",
        &["T+1h2m"],
    );
}

#[test]
fn annotations_are_set_again_org_by_org_once_entities_appeared() {
    let told = by_hand(&one_lost(A_DAY).replace("github", "azure-devops"), |hand| {
        hand.at("T+1h");
        let new = hand.replace("payments", "northeurope");
        hand.at("T+5h1m");
        let org = hand.0.find_org(new, "PAYMENTS-01").expect("it is reached");
        let early = hand.0.annotate(new, org).expect("it can be asked for");
        assert_eq!(hand.progress(early), Progress::Failed(Reason::NotVisible));
        hand.at("T+9h");
        for _ in 0..2 {
            let late = hand.0.annotate(new, org).expect("it can be asked for");
            assert_eq!(hand.progress(late), Progress::Succeeded);
        }
        let old = hand.connector("payments");
        assert!(matches!(
            hand.0.annotate(old, org),
            Err(Refusal::Unavailable(_))
        ));
    });
    told.has("annotated payments-01", &["T+9h", "T+9h"]);
    told.has("finished recreate-annotations for payments-01", &["T+9h"]);
    told.lacks("annotated payments-02");
}

#[test]
fn a_connector_that_is_deleted_early_takes_records_with_it() {
    let told = by_hand(&one_lost(&A_DAY.replace("26h", "2h")), |hand| {
        hand.at("T+1h");
        hand.replace("payments", "northeurope");
        let old = hand.connector("payments");
        assert!(matches!(hand.0.delete(old), Err(Refusal::Unavailable(_))));
        hand.at("T+3h");
        hand.0.delete(old).expect("it is up again");
        assert!(matches!(hand.0.delete(old), Err(Refusal::NotFound(_))));
    });
    told.has("finished delete-connector for payments", &["T+3h"]);
    told.has("unowned payments-01", &["T+3h"]);
    told.verdict(CheckId::SafeDelete, Verdict::Violated);
}

#[test]
fn a_connector_that_nobody_deletes_is_found_out() {
    let late = |at: &'static str| {
        by_hand(&one_lost(A_DAY), move |hand| {
            hand.at("T+1h");
            hand.replace("payments", "northeurope");
            hand.at(at);
            let old = hand.connector("payments");
            hand.0.delete(old).expect("it is up again");
        })
    };
    late("T+27h").verdict(CheckId::OldConnectorRetired, Verdict::Held);
    late("T+15d").verdict(CheckId::OldConnectorRetired, Verdict::Violated);
}

#[test]
fn recoveries_go_side_by_side_in_the_order_of_who_does_them() {
    let serial = format!("{TWO_LOST}parameters: {{ recoveries: serial }}\n");
    let told = by_hand(&serial, |hand| {
        hand.at("T+1h");
        let tables = hand.replace("tables", "northeurope");
        hand.at("T+2h");
        let payments = hand.replace("payments", "swedencentral");
        hand.at("T+12h");
        assert_eq!(hand.owns(tables).len(), 2);
        assert_eq!(hand.owns(payments).len(), 3);
        let of = |ticket: usize| hand.0.world().tickets[ticket].recovery;
        assert_eq!([of(0), of(1)], [RecoveryIx(0), RecoveryIx(1)]);
    });
    told.shows(&[
        "T+1h recovery of tables",
        "T+2h recovery of payments",
        "T+2h finished decide for payments",
        "T+5h1m released tables-01 from tables",
    ]);
    told.verdict(CheckId::NoOrphanedOrgs, Verdict::Held);
}

#[test]
fn what_was_asked_for_before_its_time_was_ready_when_it_was_asked_for() {
    let body = one_lost(A_DAY).replace("github", "azure-devops");
    let told = taking(Duration::from_mins(10), &body, |hand| {
        hand.at("T+1h");
        let new = hand.replace("payments", "northeurope");
        hand.at("T+5h5m");
        let org = hand.0.find_org(new, "payments-01").expect("it is reached");
        let asked = hand.0.annotate(new, org).expect("it can be asked for");
        hand.at("T+5h15m");
        assert_eq!(hand.progress(asked), Progress::Succeeded);
    });
    told.has("appeared payments-01 at payments+1", &["T+5h7m"]);
    let times = ["T+5h5m", "T+5h5m", "T+5h15m"].map(str::to_owned);
    assert_eq!(
        finished(&told, "recreate-annotations"),
        [(Actor::Outside, times)]
    );
}

#[test]
fn a_procedure_of_ones_own_goes_on_around_what_is_done_by_hand() {
    let body = one_lost(&format!(
        "{A_DAY}procedure:
  remove: [detect]
  add:
    look: {{ by: operators, for-each: connector, command: nothing, takes: 1h, needs: [] }}
    welcome: {{ by: operators, for-each: connector, command: nothing, when: creating, takes: 1h, needs: [open-ticket] }}
    apologise: {{ by: operators, for-each: connector, command: nothing, when: adopting, takes: 1h, needs: [open-ticket] }}
    ring-up: {{ by: operators, for-each: connector, command: verify, takes: 1h, needs: [open-ticket] }}
"
    ));
    let told = by_hand(&body, |hand| {
        hand.at("T+1h");
        hand.replace("payments", "northeurope");
    });
    // What people only think about takes no time, and what does not apply is not done.
    for step in ["look", "decide", "welcome", "ring-up"] {
        told.has(&format!("finished {step} for payments"), &["T+1h"]);
    }
    told.lacks("finished apologise");
    told.has("released payments-01 from payments", &["T+5h1m"]);
}

#[test]
fn a_list_is_brought_along_by_who_moves_it() {
    let body = one_lost(A_DAY).replace("orgs: 3", "orgs: 3, auto-discovery: false");
    let body = body.replace("T+0", "T+30m");
    by_hand(&body, |hand| {
        let old = hand.connector("payments");
        assert_eq!(hand.0.world().connector(old).listed.len(), 3);
        hand.at("T+1h");
        let new = hand.create(old, "north", "northeurope");
        assert!(hand.0.world().connector(new).listed.is_empty());
    });
}

#[test]
fn a_step_that_is_somebody_elses_is_left_to_them() {
    let platforms = "procedure: { steps: { recreate-annotations: { by: platform } } }\n";
    let body = one_lost(&format!("{A_DAY}{platforms}")).replace("github", "azure-devops");
    let told = by_hand(&body, |hand| {
        hand.at("T+1h");
        let new = hand.replace("payments", "northeurope");
        hand.at("T+5h8m");
        let org = hand.0.find_org(new, "payments-01").expect("it is reached");
        let own = hand.0.annotate(new, org).expect("it can be asked for");
        assert_eq!(hand.progress(own), Progress::Succeeded);
    });
    told.has("finished recreate-annotations for payments-01", &["T+5h9m"]);
    assert_eq!(
        finished(&told, "recreate-annotations")[0].0,
        Actor::Platform
    );
}
