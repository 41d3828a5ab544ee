//! The ledger: each line, and that it balances whatever happens.

use super::{A, Lab, days, hours};
use crate::measures::{Condition, Line, Party};
use crate::model::command::{Actor, Blow, Command, ConnectorRef, RegionRef, TicketScope};
use crate::model::fact::{Subject, What};
use crate::model::fleet::RecordKind::{self, Alert, ContainerMapping, IacMapping};
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, RegionIx, StrikeIx, TicketIx};
use crate::model::ranges::RangeSet;
use crate::model::rules::{Anchor, Parameters, Rule, Rules};
use crate::procedure::Issue;
use crate::time::{Duration, Instant};
use proptest::prelude::*;

fn anchored(anchor: Anchor) -> Lab {
    Lab::with(
        Parameters {
            anchor,
            ..Parameters::default()
        },
        Rules::default(),
    )
}

#[test]
fn a_good_recovery_loses_what_the_seed_says_and_no_more() {
    let lab = Lab::whole_recovery();
    let ledger = lab.measures(days(14)).ledger;
    ledger.balances().unwrap();
    // F-14, per org: one alert over a week old, two container and one IaC mapping.
    assert_eq!(ledger.get(Line::LostAsDocumented, Alert), 3);
    assert_eq!(ledger.get(Line::LostAsDocumented, ContainerMapping), 6);
    assert_eq!(ledger.get(Line::LostAsDocumented, IacMapping), 3);
    assert_eq!(ledger.by(Line::LostAsDocumented, Party::Documented), 12);
    assert_eq!(ledger.total(Line::Recreated), 3 * (4 + 4 + 3));
    assert_eq!(ledger.at_outage, [15, 12, 9, 6, 3]);
}

#[test]
fn before_anything_is_recreated_the_rest_is_pending() {
    let mut lab = Lab::new();
    lab.lose(Instant::ZERO, "westeurope");
    let ledger = lab.measures(hours(1)).ledger;
    ledger.balances().unwrap();
    assert_eq!(ledger.get(Line::Pending, Alert), 12);
    assert_eq!(ledger.by(Line::Pending, Party::Customer), 12 + 12 + 9);
    assert_eq!(ledger.total(Line::LostAsDocumented), 3 + 6 + 3);
}

#[test]
fn what_only_a_deleted_connector_held_is_lost_without_a_word_in_the_seed() {
    let mut lab = Lab::new();
    lab.lose(Instant::ZERO, "westeurope");
    lab.prepare(A, hours(1), "northeurope");
    lab.release(hours(6), OrgIx(0));
    lab.recreate_all(hours(6), OrgIx(0), 4);
    lab.bring_back(hours(8), "westeurope");
    lab.command(hours(9), Actor::Operator, &Command::DeleteConnector(A));
    let ledger = lab.measures(days(14)).ledger;
    ledger.balances().unwrap();
    assert_eq!(ledger.total(Line::LostUndocumented), 2 * (4 + 4 + 3));
    assert_eq!(ledger.by(Line::LostUndocumented, Party::Customer), 22);
    assert_eq!(ledger.total(Line::Recreated), 11);
}

#[test]
fn a_crash_splits_a_range_and_changes_no_sum() {
    let mut lab = Lab::new();
    lab.lose(Instant::ZERO, "westeurope");
    lab.prepare(A, hours(1), "northeurope");
    lab.release(hours(6), OrgIx(0));
    let (org, connector) = (OrgIx(0), lab.target());
    let part = |from, to| What::RecordsRecreated {
        org,
        connector,
        kind: Alert,
        from,
        to,
    };
    lab.say(hours(7), Actor::Platform, part(0, 2));
    lab.say(
        hours(7),
        Actor::Platform,
        What::RecreationCrashed { org, connector },
    );
    let midway = lab.look(|scene| lab.watch.explain(scene, org)).unwrap();
    assert_eq!(
        (
            midway.get(Line::Recreated, Alert),
            midway.get(Line::Pending, Alert)
        ),
        (2, 2)
    );
    lab.say(hours(8), Actor::Platform, part(2, 4));
    let whole = lab.look(|scene| lab.watch.explain(scene, org)).unwrap();
    assert_eq!(
        (
            whole.get(Line::Recreated, Alert),
            whole.total(Line::Duplicated)
        ),
        (4, 0)
    );
    // One that starts over brings two records twice.
    let mut over = lab.clone();
    over.say(hours(9), Actor::Platform, part(0, 2));
    let twice = over.look(|scene| over.watch.explain(scene, org)).unwrap();
    assert_eq!(
        (
            twice.get(Line::Recreated, Alert),
            twice.get(Line::Duplicated, Alert)
        ),
        (2, 2)
    );
    over.measures(days(1)).ledger.balances().unwrap();
}

#[test]
fn what_grew_too_old_on_the_way_is_laid_to_the_step_that_waited() {
    for anchor in [
        Anchor::ConnectorCreated,
        Anchor::TicketOpened,
        Anchor::OrgReleased,
        Anchor::Recreation,
    ] {
        let mut lab = anchored(anchor);
        lab.lose(Instant::ZERO, "westeurope");
        lab.prepare(A, days(2), "northeurope");
        lab.release(days(2), OrgIx(0));
        let alerts = [Instant::ZERO, days(2)];
        // Ages 1d, 3d, 6d, 7d, 8d: two days later only two are inside.
        lab.recreate_all(alerts[1], OrgIx(0), 2);
        let ledger = lab
            .look(|scene| lab.watch.explain(scene, OrgIx(0)))
            .unwrap();
        assert_eq!(ledger.get(Line::Recreated, Alert), 2, "{anchor:?}");
        assert_eq!(ledger.get(Line::LostToDelay, Alert), 2, "{anchor:?}");
        assert_eq!(ledger.get(Line::LostAsDocumented, Alert), 1, "{anchor:?}");
        let release = lab.graph.doing(Issue::ReleaseOwnership);
        if matches!(anchor, Anchor::OrgReleased | Anchor::Recreation) {
            assert_eq!(ledger.delayed_by, release, "{anchor:?}");
            assert_eq!(
                ledger.by[Line::LostToDelay as usize][Party::Microsoft as usize],
                2
            );
        }
        lab.measures(days(3)).ledger.balances().unwrap();
    }
}

#[test]
fn an_alert_that_a_defect_forgets_is_not_laid_to_delay() {
    let mut lab = Lab::suspending(Rule::CutAtWindow);
    lab.lose(Instant::ZERO, "westeurope");
    lab.prepare(A, hours(1), "northeurope");
    for org in [OrgIx(0), OrgIx(1), OrgIx(2)] {
        lab.release(hours(6), org);
        lab.recreate_all(hours(6), org, 3);
    }
    let before = lab.measures(days(1)).ledger;
    assert_eq!(
        (
            before.get(Line::Pending, Alert),
            before.total(Line::LostToDelay)
        ),
        (3, 0)
    );
    lab.bring_back(hours(48), "westeurope");
    lab.retire(hours(49));
    let after = lab.measures(days(14)).ledger;
    assert_eq!(
        (
            after.get(Line::LostUndocumented, Alert),
            after.total(Line::LostToDelay)
        ),
        (3, 0)
    );
    after.balances().unwrap();
}

#[test]
fn a_step_that_was_skipped_brings_nothing_and_delays_nothing() {
    let mut lab = anchored(Anchor::Recreation);
    lab.lose(Instant::ZERO, "westeurope");
    lab.prepare(A, hours(1), "northeurope");
    lab.release(hours(6), OrgIx(0));
    lab.finish(
        Issue::RecreateRecords,
        Subject::Org(OrgIx(0)),
        [hours(7); 3],
    );
    let ledger = lab
        .look(|scene| lab.watch.explain(scene, OrgIx(0)))
        .unwrap();
    assert_eq!(
        (
            ledger.get(Line::Pending, Alert),
            ledger.total(Line::LostToDelay)
        ),
        (4, 0)
    );
}

#[test]
fn a_lost_target_gives_its_copies_back_to_the_source() {
    let mut lab = Lab::new();
    lab.lose(Instant::ZERO, "westeurope");
    lab.prepare(A, hours(1), "northeurope");
    lab.move_over(hours(6));
    lab.lose(hours(10), "northeurope");
    let ledger = lab.measures(hours(11)).ledger;
    assert_eq!(
        (
            ledger.total(Line::Recreated),
            ledger.get(Line::Pending, Alert)
        ),
        (0, 12)
    );
    let target = lab.target();
    lab.prepare(target, hours(12), "uksouth");
    lab.move_over(hours(18));
    let ledger = lab.measures(hours(19)).ledger;
    assert_eq!(
        (
            ledger.get(Line::Recreated, Alert),
            ledger.total(Line::Duplicated)
        ),
        (12, 0)
    );
    ledger.balances().unwrap();
}

#[test]
fn a_ledger_that_does_not_balance_says_so() {
    let mut ledger = Lab::whole_recovery().measures(days(14)).ledger;
    ledger.lines[Line::Recreated as usize][Alert.ix()] -= 1;
    let imbalance = ledger.balances().unwrap_err();
    assert_eq!(
        (imbalance.kind, imbalance.booked, imbalance.at_outage),
        (Alert, 14, 15)
    );
}

/// One thing that may happen next.
fn any_command() -> impl Strategy<Value = Command> {
    let connector = || (0u32..5).prop_map(ConnectorIx);
    let org = || (0u32..6).prop_map(OrgIx);
    let recovery = || (0u32..3).prop_map(RecoveryIx);
    let ticket = || (0u32..3).prop_map(TicketIx);
    let region = || (0u32..12).prop_map(RegionIx);
    let kind = || prop::sample::select(RecordKind::RECREATED.to_vec());
    let blow = prop_oneof![
        region().prop_map(|it| Blow::RegionOutage(RegionRef::Named(it))),
        connector().prop_map(|it| Blow::PartialOutage(ConnectorRef::Named(it))),
        connector().prop_map(|it| Blow::TokenRevoked(ConnectorRef::Named(it))),
        connector().prop_map(|it| Blow::PermissionLost(it, RangeSet::of(0..3))),
        org().prop_map(Blow::OrgDeleted),
        connector().prop_map(|it| Blow::OrgCreated(OrgIx(5), it)),
    ];
    let strike = || (0u32..6).prop_map(StrikeIx);
    prop_oneof![
        4 => (strike(), blow.clone()).prop_map(|(strike, blow)| Command::Strike { strike, blow }),
        2 => (strike(), blow).prop_map(|(strike, blow)| Command::Relent { strike, blow }),
        1 => connector().prop_map(Command::LoseConfiguration),
        2 => connector().prop_map(Command::StartRecovery),
        1 => recovery().prop_map(Command::StandDown),
        3 => (recovery(), region(), any::<bool>())
            .prop_map(|(recovery, region, as_target)| Command::CreateConnector { recovery, region, as_target }),
        3 => connector().prop_map(Command::Authorize),
        1 => (recovery(), connector()).prop_map(|(recovery, connector)| Command::AdoptConnector { recovery, connector }),
        2 => (recovery(), connector()).prop_map(|(recovery, names)| Command::OpenTicket {
            recovery, names, scope: TicketScope::All, forgotten: RangeSet::new(),
        }),
        2 => ticket().prop_map(Command::TriageTicket),
        4 => (ticket(), org()).prop_map(|(ticket, org)| Command::ReleaseOwnership { ticket, org }),
        4 => connector().prop_map(Command::Discover),
        2 => (org(), connector()).prop_map(|(org, connector)| Command::RecreateAnnotations { org, connector }),
        8 => (org(), connector(), kind(), 0u32..6, 0u32..7).prop_map(|(org, connector, kind, from, to)| {
            Command::RecreateRecords { org, connector, kind, from: from.min(to), to }
        }),
        2 => recovery().prop_map(Command::Promote),
        2 => connector().prop_map(Command::DeleteConnector),
    ]
}

/// Whether everything that a command names is there: an actor names nothing else.
fn is_there(lab: &Lab, command: &Command) -> bool {
    let world = &lab.world;
    let connector = |it: &ConnectorIx| it.ix() < world.connectors.len();
    let recovery = |it: &RecoveryIx| it.ix() < world.recoveries.len();
    let ticket = |it: &TicketIx| it.ix() < world.tickets.len();
    match command {
        Command::Strike { blow, .. } | Command::Relent { blow, .. } => match blow {
            Blow::PartialOutage(ConnectorRef::Named(it))
            | Blow::TokenRevoked(ConnectorRef::Named(it)) => connector(it),
            Blow::PermissionLost(it, _) | Blow::OrgCreated(_, it) => connector(it),
            _ => true,
        },
        Command::LoseConfiguration(it) | Command::StartRecovery(it) | Command::Authorize(it) => {
            connector(it)
        }
        Command::Discover(it) | Command::DeleteConnector(it) => connector(it),
        Command::StandDown(it) | Command::Promote(it) => recovery(it),
        Command::CreateConnector { recovery: it, .. } => recovery(it),
        Command::AdoptConnector {
            recovery: it,
            connector: at,
        } => recovery(it) && connector(at),
        Command::OpenTicket {
            recovery: it,
            names,
            ..
        } => recovery(it) && connector(names),
        Command::TriageTicket(it) | Command::ReleaseOwnership { ticket: it, .. } => ticket(it),
        Command::RecreateRecords { connector: it, .. }
        | Command::RecreateAnnotations { connector: it, .. } => connector(it),
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever happens, in whatever order, every record stands in exactly one
    /// line, and what is kept row by row agrees with the world.
    #[test]
    fn the_ledger_balances_whatever_happens(
        commands in prop::collection::vec((any_command(), 0u64..30, any::<bool>()), 1..120),
        anchor in prop::sample::select(Anchor::ALL.to_vec()),
        grace in 0u64..20,
        suspended in prop::option::of(prop::sample::select(Rule::ALL.to_vec())),
    ) {
        let rules = suspended.map_or(Rules::default(), |it| Rules::default().without(it));
        let config_loss_after = Duration::from_hours(grace);
        let mut lab = Lab::with(Parameters { anchor, config_loss_after, ..Parameters::default() }, rules);
        lab.lose(Instant::ZERO, "westeurope");
        let mut now = Instant::ZERO;
        for (command, wait, finishes) in commands {
            now += Duration::from_hours(wait);
            if !is_there(&lab, &command) {
                continue;
            }
            lab.command(now, Actor::Operator, &command);
            if let Command::RecreateRecords { org, .. } = command
                && finishes
                && !lab.world.recoveries.is_empty()
            {
                lab.finish(Issue::RecreateRecords, Subject::Org(org), [now, now, now]);
            }
        }
        let measures = lab.measures(now);
        prop_assert_eq!(measures.ledger.balances(), Ok(()));
        let orphaned = |org: OrgIx| lab.world.org(org).exists && !lab.world.is_covered(org);
        let count = (0..6).filter(|&org| orphaned(OrgIx(org))).count() as u64;
        prop_assert!(measures.orphaned_peak >= count);
        for org in (0..6).map(OrgIx).filter(|&org| lab.world.org(org).exists) {
            let stands = |condition| lab.watch.since(org, condition).is_some();
            prop_assert_eq!(stands(Condition::Covered), lab.world.is_covered(org), "{:?}", org);
            // An org that was never hit has no records to win back.
            let kinds = RecordKind::RECREATED.into_iter().filter(|_| lab.watch.was_hit(org));
            for (condition, kind) in Condition::PROTECTION.into_iter().zip(kinds) {
                let all = lab.fleet.org(org).records[kind.ix()];
                let promised = if kind == Alert { lab.watch.in_window(org) } else { all };
                let in_use = lab.world.records_in_use(&lab.fleet, org, kind);
                prop_assert_eq!(stands(condition), in_use >= promised, "{:?} {:?}", org, condition);
            }
        }
    }
}
