//! Settings and tokens: given, and taken away again.

use crate::hand::{TWO_LOST, by_hand, one_lost, taking};
use crate::tale::A_DAY;
use lifeboat::checks::{CheckId, Verdict};
use lifeboat::cloud::{Onboarding, Progress, Refusal};
use lifeboat::drill::{Drill, Record, Settings};
use lifeboat::measures::ClockKind;
use lifeboat::model::fact::{Fact, What};
use lifeboat::model::ids::ConnectorIx;
use lifeboat::time::Duration;

#[test]
fn a_connector_that_gives_its_tokens_up_works_no_more() {
    let told = by_hand(TWO_LOST, |hand| {
        hand.at("T+1h");
        let spare = hand.connector("spare");
        let gone = hand.0.deconfigure(spare).expect("it is up");
        assert_eq!(hand.progress(gone), Progress::Succeeded);
        assert!(!hand.0.world().works(spare));
        assert!(matches!(hand.0.settings(spare), Err(Refusal::NotFound(_))));
        assert!(matches!(hand.0.orgs(spare), Err(Refusal::NotFound(_))));
        assert!(hand.0.connector(spare).is_ok(), "it still stands");
        // There is nothing more to take away.
        assert!(matches!(
            hand.0.deconfigure(spare),
            Err(Refusal::NotFound(_))
        ));
    });
    told.shows(&["T+1h withdrew spare", "T+1h orphaned spare-01"]);
    assert_eq!(told.owner("spare-01"), "spare", "this is no release");
    assert!(!told.outcome.world.connectors[2].auto_discovery);
    told.verdict(CheckId::BystandersUntouched, Verdict::Violated);
    told.verdict(CheckId::NoOrphanedOrgs, Verdict::Violated);
}

#[test]
fn who_consents_again_has_it_work_again() {
    let told = by_hand(TWO_LOST, |hand| {
        hand.at("T+1h");
        let spare = hand.connector("spare");
        hand.0.deconfigure(spare).expect("it is up");
        let listing = Settings {
            auto_discovery: Some(true),
            listed: None,
        };
        hand.0.configure(spare, listing, false).expect("it is up");
        assert!(!hand.0.world().works(spare), "settings are no consent");
        hand.at("T+3h");
        hand.consent(spare);
        assert!(hand.0.world().works(spare));
        assert!(
            hand.0
                .settings(spare)
                .is_ok_and(|it| it.authorized && it.auto_discovery)
        );
        let orgs = hand.0.orgs(spare).expect("it has settings");
        let own = orgs
            .iter()
            .filter(|it| it.onboarding == Onboarding::Onboarded);
        assert_eq!(own.count(), 1);
    });
    told.shows(&["T+3h authorized spare", "T+3h covered spare-01 by spare"]);
}

#[test]
fn a_target_without_tokens_discovers_nothing_until_it_has_some() {
    let told = by_hand(&one_lost(A_DAY), |hand| {
        hand.at("T+1h");
        let new = hand.replace("payments", "northeurope");
        hand.at("T+5h1m");
        assert_eq!(hand.owns(new), ["payments-01"]);
        hand.0.deconfigure(new).expect("it is up");
        hand.at("T+10h");
        assert_eq!(hand.owns(new), ["payments-01"], "nothing more is claimed");
        assert!(
            !hand
                .0
                .world()
                .org(hand.0.find_org(new, "payments-01").expect("its own"))
                .visible
        );
        hand.consent(new);
        hand.at("T+20h");
        assert_eq!(hand.owns(new).len(), 3);
    });
    told.shows(&[
        "T+5h1m withdrew payments+1",
        "T+10h claimed payments-02 by payments+1",
        // Gone through for no time before; its 50 repos take three minutes.
        "T+10h3m appeared payments-01 at payments+1",
    ]);
    told.has("authorized payments+1", &["T+1h", "T+10h"]);
    told.has("finished authorize for payments", &["T+1h"]);
}

#[test]
fn tokens_that_come_and_go_at_one_instant_leave_the_orgs_covered() {
    let told = by_hand(&one_lost(&A_DAY.replace("26h", "2h")), |hand| {
        hand.at("T+3h");
        let old = hand.connector("payments");
        hand.0.delete(old).expect("it is up again");
        hand.at("T+4h");
        // Nobody owns the orgs: the new one claims them as it is authorised.
        let new = hand.create(old, "north", "northeurope");
        hand.consent(new);
        hand.0.deconfigure(new).expect("it is up");
        hand.consent(new);
    });
    told.has("claimed payments-01 by payments+1", &["T+4h"]);
    told.has("orphaned payments-01", &["T+0", "T+4h"]);
    told.has("covered payments-01 by payments+1", &["T+4h"]);
    assert_eq!(told.clock(ClockKind::Ownership), "4h");
}

#[test]
fn a_connector_whose_region_is_down_gives_nothing_up() {
    let told = taking(Duration::from_mins(2), TWO_LOST, |hand| {
        hand.at("T+1m");
        let old = hand.connector("payments");
        let asked = hand.0.deconfigure(old);
        assert!(matches!(asked, Err(Refusal::Unavailable(_))), "{asked:?}");
        let (spare, boards) = (hand.connector("spare"), hand.connector("boards"));
        let first = hand.0.deconfigure(spare).expect("it is up");
        let busy = hand.0.deconfigure(spare);
        assert!(matches!(busy, Err(Refusal::Conflict(_))), "{busy:?}");
        hand.0.delete(boards).expect("it is up");
        let gone = hand.0.deconfigure(boards);
        assert!(matches!(gone, Err(Refusal::NotFound(_))), "{gone:?}");
        hand.at("T+1h");
        assert_eq!(hand.progress(first), Progress::Succeeded);
    });
    told.has("withdrew spare", &["T+3m"]);
}

#[test]
fn who_gives_up_tokens_that_did_not_work_leaves_nobody_alone_anew() {
    let revoked =
        "timeline: [{ at: T+0, fault: { token-revoked: { connector: spare, lasts: 9h } } }, ";
    let told = by_hand(&TWO_LOST.replace("timeline: [", revoked), |hand| {
        hand.at("T+1h");
        let spare = hand.connector("spare");
        hand.0.deconfigure(spare).expect("it is up");
    });
    told.has("withdrew spare", &["T+1h"]);
    told.has("orphaned spare-01", &["T+0"]);
    // The revocation ends, and there is nothing left that could work.
    told.lacks("covered spare-01");
}

#[test]
fn who_onboards_nothing_has_its_own_until_the_tokens_go() {
    let nothing = "orgs: 1\n      auto-discovery: false\n      listed: []\n      grants";
    let body = TWO_LOST.replace("orgs: 1\n      grants", nothing);
    let told = by_hand(&body, |hand| {
        hand.at("T+2h");
        let spare = hand.connector("spare");
        hand.0.deconfigure(spare).expect("it is up");
    });
    told.has("orphaned spare-01", &["T+2h"]);
    assert_eq!(told.outcome.measures.orphaned_peak, 6);
    // Nothing but the tokens changed, and that was not theirs to change.
    told.verdict(CheckId::BystandersUntouched, Verdict::Violated);
}

#[test]
fn tokens_are_given_up_once() {
    let scenario = crate::tale::read(TWO_LOST);
    let drill = Drill::new(&scenario.plan).by_hand();
    let mut run = drill.start(Record::Everything);
    for _ in 0..2 {
        assert_eq!(run.withdraw(ConnectorIx(0)), Ok(()));
    }
    let withdrawn = |it: &&Fact| matches!(it.what, What::ConsentWithdrawn { .. });
    assert_eq!(run.recorded().iter().filter(withdrawn).count(), 1);
}
