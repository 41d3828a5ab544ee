//! Replacements of replacements: whose recovery goes on where.

use crate::hand::{Hand, TWO_LOST, by_hand, one_lost};
use lifeboat::checks::{CheckId, Verdict};
use lifeboat::cloud::Progress;
use lifeboat::drill::Settings;
use lifeboat::model::ids::{ConnectorIx, RecoveryIx};
use lifeboat::model::world::Life;

/// Lost at T+0, at T+3h and at T+6h, each for a day.
const CASCADE: &str = "timeline: [{ at: T+0, fault: { region-outage: { region: [westeurope, northeurope, uksouth], stagger: 3h, lasts: 26h } } }]\n";

fn recoveries(hand: &Hand<'_>) -> Vec<(ConnectorIx, ConnectorIx)> {
    let all = hand.0.world().recoveries.iter();
    all.map(|it| (it.connector, it.target)).collect()
}

fn successor(hand: &Hand<'_>, recovery: u32) -> RecoveryIx {
    hand.0.world().recovery(RecoveryIx(recovery)).successor
}

#[test]
fn what_is_created_for_a_lost_target_takes_over_from_it() {
    let told = by_hand(&one_lost(CASCADE), |hand| {
        hand.at("T+1h");
        let old = hand.connector("payments");
        let first = hand.create(old, "first", "northeurope");
        hand.consent(first);
        hand.ask("CASE-1", old);
        hand.at("T+4h");
        assert_eq!(hand.0.predecessor(&hand.0.hierarchy(old)), Some(first));
        let second = hand.create(first, "second", "swedencentral");
        hand.consent(second);
        assert_eq!(recoveries(hand), [(old, first), (first, second)]);
        assert_eq!(successor(hand, 0), RecoveryIx(1));
        // The first ticket stays valid: what it releases, the second claims.
        hand.at("T+12h");
        assert_eq!(hand.owns(second).len(), 3);
        hand.at("T+30h");
        // They are up again, and lost what they were: that is lost as well.
        assert_eq!(hand.0.predecessor(&hand.0.hierarchy(old)), Some(first));
        hand.0.delete(old).expect("it is up again");
        hand.0.delete(first).expect("it is up again");
        assert_eq!(hand.0.world().connector(first).life, Life::Deleted);
    });
    told.shows(&[
        "T+5h1m released payments-01 from payments",
        "T+5h1m claimed payments-01 by payments+2",
        "T+30h finished delete-connector for payments",
        "T+30h finished delete-connector for payments+1",
    ]);
    for check in [CheckId::SafeDelete, CheckId::OnePrimary, CheckId::Settled] {
        told.verdict(check, Verdict::Held);
    }
}

#[test]
fn what_is_created_for_the_old_one_goes_to_whose_recovery_its_orgs_are_in() {
    let told = by_hand(&one_lost(CASCADE), |hand| {
        hand.at("T+1h");
        let old = hand.connector("payments");
        let first = hand.create(old, "first", "northeurope");
        hand.consent(first);
        hand.at("T+4h");
        let ticket = hand.ask("CASE-2", first);
        assert_eq!(hand.0.world().ticket(ticket).recovery, RecoveryIx(1));
        let second = hand.create(old, "second", "swedencentral");
        hand.consent(second);
        assert_eq!(recoveries(hand), [(old, first), (first, second)]);
        let third = hand.ask("CASE-3", old);
        assert_eq!(hand.0.world().ticket(third).recovery, RecoveryIx(1));
        hand.at("T+20h");
        assert_eq!(hand.owns(second).len(), 3);
    });
    told.has("finished create-connector for payments+1", &["T+4h"]);
    told.verdict(CheckId::NoOrphanedOrgs, Verdict::Held);
}

#[test]
fn the_line_of_lost_targets_is_followed_to_its_end() {
    by_hand(&one_lost(CASCADE), |hand| {
        hand.at("T+1h");
        let old = hand.connector("payments");
        let first = hand.create(old, "first", "northeurope");
        hand.consent(first);
        hand.at("T+4h");
        let second = hand.create(first, "second", "uksouth");
        hand.consent(second);
        hand.at("T+7h");
        let case = hand.ask("CASE-3", second);
        assert_eq!(hand.0.world().ticket(case).recovery, RecoveryIx(2));
        assert_eq!(
            [successor(hand, 0), successor(hand, 1)],
            [RecoveryIx(1), RecoveryIx(2)]
        );
        let third = hand.create(old, "third", "swedencentral");
        hand.consent(third);
        assert_eq!(recoveries(hand)[2], (second, third));
        hand.ask("CASE-1", old);
        hand.at("T+20h");
        assert_eq!(hand.owns(third).len(), 3);
    });
}

#[test]
fn an_existing_connector_may_take_over_from_a_lost_target() {
    let body = TWO_LOST.replace(
        "timeline: [",
        "timeline: [{ at: T+3h, fault: { region-outage: { region: northeurope, lasts: 26h } } }, ",
    );
    by_hand(&body, |hand| {
        hand.at("T+1h");
        let old = hand.connector("payments");
        let first = hand.create(old, "first", "northeurope");
        hand.consent(first);
        hand.at("T+4h");
        let spare = hand.connector("spare");
        let ticket = hand.ask_for("CASE-1", old, spare).expect("it reaches them");
        assert_eq!(recoveries(hand), [(old, first), (first, spare)]);
        assert_eq!(hand.0.world().ticket(ticket).recovery, RecoveryIx(1));
        hand.at("T+20h");
        assert_eq!(hand.owns(spare).len(), 4);
    });
}

#[test]
fn who_has_a_target_that_stands_needs_no_other() {
    let body = TWO_LOST.replace(
        "timeline: [",
        "timeline: [{ at: T+3h, fault: { region-outage: { region: northeurope, lasts: 26h } } }, ",
    );
    by_hand(&body, |hand| {
        hand.at("T+1h");
        let (old, spare) = (hand.connector("payments"), hand.connector("spare"));
        let first = hand.create(old, "first", "northeurope");
        let beside = hand.create(old, "beside", "swedencentral");
        hand.consent(beside);
        hand.at("T+4h");
        // The one that was created beside the target takes its place.
        hand.ask_for("CASE-1", old, beside)
            .expect("it reaches them");
        assert_eq!(recoveries(hand), [(old, first), (first, beside)]);
        hand.ask_for("CASE-2", old, spare)
            .expect("it can be opened");
        assert_eq!(recoveries(hand), [(old, first), (first, beside)]);
        hand.0.delete(beside).expect("it is up");
        hand.ask_for("CASE-3", first, spare)
            .expect("it reaches them");
        assert_eq!(recoveries(hand), [(old, first), (first, spare)]);
    });
}

/// Lost for two hours, well within what it takes to lose a configuration.
fn brief(rest: &str) -> String {
    let parameters = "parameters: { config-loss: { after: 8h, source: \"our own\" } }\n";
    one_lost(&format!("{parameters}{rest}"))
}

const TWO_HOURS: &str =
    "timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 2h } } }]\n";

#[test]
fn a_connector_that_comes_back_in_time_keeps_what_was_not_released() {
    let told = by_hand(&brief(TWO_HOURS), |hand| {
        hand.at("T+1h");
        let new = hand.replace("payments", "northeurope");
        hand.at("T+20h");
        assert!(hand.owns(new).is_empty());
        assert_eq!(
            hand.0.tickets()[0].state,
            lifeboat::model::world::TicketState::Closed
        );
    });
    told.shows(&[
        "T+2h stood down payments",
        "T+2h left payments-01",
        "T+2h ticket 0 closed",
    ]);
    told.lacks("released");
    told.verdict(CheckId::NoOrphanedOrgs, Verdict::Held);
}

#[test]
fn an_outage_that_nobody_noticed_leaves_no_recovery() {
    let told = by_hand(&brief(TWO_HOURS), |hand| {
        hand.at("T+3h");
        assert!(hand.0.world().recoveries.is_empty());
        // Who moves it now moves a connector that stands (L-2).
        let new = hand.replace("payments", "northeurope");
        hand.at("T+20h");
        assert_eq!(hand.owns(new).len(), 3);
    });
    told.has("recovery of payments", &["T+3h"]);
}

#[test]
fn a_connector_that_was_given_its_tokens_again_needs_no_replacement() {
    let twice = "timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 9h } } }
  - { at: T+24h, fault: { region-outage: { region: westeurope, lasts: 2h } } }\n";
    let told = by_hand(&brief(twice), |hand| {
        hand.at("T+10h");
        let old = hand.connector("payments");
        hand.consent(old);
        assert_eq!(hand.owns(old).len(), 3);
        hand.at("T+25h");
        hand.replace("payments", "northeurope");
        hand.at("T+40h");
        assert_eq!(hand.owns(old).len(), 3);
    });
    // It came back with its configuration this time: its orgs are left to it.
    told.shows(&[
        "T+8h configuration lost of payments",
        "T+10h authorized payments",
        "T+25h recovery of payments",
        "T+26h stood down payments",
    ]);
    told.lacks("released");
    told.verdict(CheckId::Settled, Verdict::Held);
}

#[test]
fn a_target_that_lists_orgs_of_its_own_recovery_takes_nothing_over() {
    let body = TWO_LOST.replace(
        "timeline: [",
        "timeline: [{ at: T+3h, fault: { region-outage: { region: uksouth, lasts: 1h } } }, ",
    );
    by_hand(&body, |hand| {
        hand.at("T+1h");
        let (old, spare) = (hand.connector("payments"), hand.connector("spare"));
        hand.ask_for("CASE-1", old, spare).expect("it reaches them");
        // It is back without its configuration, and lists what it is to have.
        hand.at("T+5h");
        let org = |name| hand.0.find_org(spare, name).expect("it is reached").0;
        let listed = Some(
            ["payments-01", "payments-02"]
                .map(org)
                .into_iter()
                .collect(),
        );
        let settings = Settings {
            auto_discovery: None,
            listed,
        };
        let asked = hand.0.configure(spare, settings, false).expect("it is up");
        assert_eq!(hand.progress(asked), Progress::Succeeded);
        assert_eq!(recoveries(hand), [(old, spare)]);
    });
}
