//! Clocks, blind time, peaks.

use super::{A, B, Lab, days, hours};
use crate::measures::{Clock, Clocks, Condition, Line, Spell};
use crate::model::command::{Actor, Blow, Command, ConnectorRef};
use crate::model::fact::What;
use crate::model::ids::{OrgIx, StrikeIx};
use crate::time::{Duration, Instant};

const H: Duration = Duration::HOUR;

#[test]
fn a_fleet_at_rest_has_no_clocks_and_no_losses() {
    let measures = Lab::new().measures(days(14));
    assert_eq!(measures.clocks, Clocks::default());
    assert_eq!(
        (
            measures.blind_ms_total,
            measures.orphaned_peak,
            measures.orgs
        ),
        (0, 0, 5)
    );
    assert_eq!(measures.ledger.at_outage, [0; 5]);
}

#[test]
fn the_clocks_of_a_recovery_count_from_the_outage() {
    let lab = Lab::whole_recovery();
    let measures = lab.measures(days(14));
    let after = |hours: u64| Clock::Stopped(Duration::from_hours(hours));
    let expected = Clocks {
        ownership: after(6),
        protection: after(6),
        configuration: after(6),
        full: after(49),
    };
    assert_eq!(measures.clocks, expected);
    assert_eq!(*measures.clocks_of(A), expected);
    assert_eq!(*measures.clocks_of(B), Clocks::default());
    assert_eq!(
        lab.look(|scene| lab.watch.clocks_of(scene, OrgIx(2))),
        Some(expected)
    );
    // Never hit, and late: no clocks.
    assert_eq!(lab.look(|scene| lab.watch.clocks_of(scene, OrgIx(3))), None);
    assert_eq!(lab.look(|scene| lab.watch.clocks_of(scene, OrgIx(5))), None);
    assert_eq!(measures.blind_max, H.saturating_mul(6));
    assert_eq!(measures.blind_ms_total, 3 * 6 * H.as_millis());
    assert_eq!(measures.orphaned_peak, 3);
}

#[test]
fn a_clock_that_never_stopped_makes_the_largest_run() {
    let mut lab = Lab::new();
    lab.lose(hours(2), "westeurope");
    lab.prepare(A, hours(3), "northeurope");
    lab.release(hours(5), OrgIx(0));
    let measures = lab.measures(hours(12));
    assert_eq!(measures.clocks.ownership, Clock::Running);
    let one = lab
        .look(|scene| lab.watch.clocks_of(scene, OrgIx(0)))
        .unwrap();
    // Its annotations are missing, and so are its records.
    assert_eq!(one.ownership, Clock::Stopped(H.saturating_mul(3)));
    assert_eq!(
        (one.configuration, one.protection, one.full),
        (Clock::Running, Clock::Running, Clock::Running)
    );
    assert_eq!(measures.blind_max, H.saturating_mul(10));
}

#[test]
fn deleted_orgs_have_no_clocks_and_stop_being_blind() {
    let mut lab = Lab::new();
    lab.lose(Instant::ZERO, "westeurope");
    lab.say(hours(4), Actor::Fate, What::OrgDeleted { org: OrgIx(1) });
    let measures = lab.measures(hours(10));
    assert_eq!(lab.look(|scene| lab.watch.clocks_of(scene, OrgIx(1))), None);
    assert_eq!(measures.blind_ms_total, (10 + 4 + 10) * H.as_millis());
    assert_eq!(
        measures.ledger.total(Line::GoneWithItsOrg),
        5 + 4 + 3 + 2 + 1
    );
    measures.ledger.balances().unwrap();
}

#[test]
fn what_stood_within_one_instant_does_not_count_as_a_peak() {
    let mut lab = Lab::new();
    let blow = Blow::PartialOutage(ConnectorRef::Named(A));
    lab.command(
        hours(1),
        Actor::Fate,
        &Command::Strike {
            strike: StrikeIx(9),
            blow: blow.clone(),
        },
    );
    lab.command(hours(1), Actor::Operator, &Command::StartRecovery(A));
    // Before time moves on, two of three are gone at their SCM.
    for org in [OrgIx(0), OrgIx(1)] {
        lab.say(hours(1), Actor::Fate, What::OrgDeleted { org });
    }
    assert_eq!(lab.measures(hours(3)).orphaned_peak, 1);
}

#[test]
fn a_recovery_that_stood_down_needs_no_retirement() {
    let mut lab = Lab::new();
    lab.parameters.config_loss_after = Duration::from_hours(12);
    lab.lose(Instant::ZERO, "westeurope");
    lab.command(hours(1), Actor::Operator, &Command::StartRecovery(A));
    lab.bring_back(hours(3), "westeurope");
    let recovery = crate::model::ids::RecoveryIx(0);
    lab.command(hours(3), Actor::Operator, &Command::StandDown(recovery));
    let measures = lab.measures(days(1));
    assert_eq!(measures.clocks.full, Clock::Stopped(H.saturating_mul(3)));
    assert_eq!(measures.ledger.total(Line::Kept), 3 * 15);
    measures.ledger.balances().unwrap();
}

#[test]
fn what_is_won_back_and_lost_again_is_remembered() {
    let mut lab = Lab::new();
    lab.lose(Instant::ZERO, "westeurope");
    lab.prepare(A, hours(1), "northeurope");
    lab.move_over(hours(6));
    lab.lose(hours(20), "northeurope");
    let spell = |condition| Spell {
        org: OrgIx(0),
        condition,
        since: hours(6),
        until: hours(20),
    };
    let of_one: Vec<Spell> = lab
        .watch
        .past()
        .iter()
        .copied()
        .filter(|it| it.org == OrgIx(0))
        .collect();
    let mut expected = Condition::ALL.map(spell).to_vec();
    expected.retain(|it| it.condition != Condition::Promoted);
    let sorted = |mut spells: Vec<Spell>| {
        spells.sort_by_key(|it| it.condition);
        spells
    };
    assert_eq!(sorted(of_one), expected);
    assert_eq!(lab.measures(hours(30)).clocks.protection, Clock::Running);
}

#[test]
fn a_watch_starts_again_from_a_snapshot() {
    let snapshot = Lab::new();
    let mut used = Lab::whole_recovery();
    let fresh = snapshot.measures(days(1));
    used.watch.reset_from(&snapshot.watch);
    used.world.reset_from(&snapshot.world);
    assert_eq!(used.measures(days(1)), fresh);
}
