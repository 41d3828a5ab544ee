//! The checks with a deadline: each held, inconclusive, violated, excused.

use super::*;
use crate::measures::tests::{A, Lab, days, hours, mins};
use crate::model::command::{Actor, Command};
use crate::model::fact::What;
use crate::model::ids::{OrgIx, RecoveryIx, StepIx, TicketIx};
use crate::time::Duration;
use CheckId::*;

/// A is lost at T+0, and only the first org of three is recovered.
fn one_of_three() -> Trial {
    let mut trial = Trial::new();
    trial.lose(Instant::ZERO, "westeurope");
    trial.prepare(A, hours(1), "northeurope");
    trial.release(hours(6), OrgIx(0));
    trial.show(hours(6), OrgIx(0));
    trial.recreate_all(hours(6), OrgIx(0), 4);
    trial
}

#[test]
fn a_loss_counts_from_its_own_start() {
    let mut trial = Trial::whole_recovery();
    // Won back after six hours, and lost again ten days later with the target.
    trial.lose(days(10), "northeurope");
    assert_eq!(
        verdict(&trial, NoOrphanedOrgs, days(16)),
        Verdict::Inconclusive
    );
    assert_eq!(verdict(&trial, NoOrphanedOrgs, days(17)), Verdict::Violated);
    // What the first outage asked for was there at its deadline.
    assert_eq!(verdict(&trial, GraphRestored, days(17)), Verdict::Held);
    // By the end all of it is gone, and nothing is said of a later deadline.
    assert_eq!(verdict(&trial, AlertsRestored, days(17)), Verdict::Violated);
}

#[test]
fn what_is_won_back_too_late_is_late() {
    let mut trial = Trial::new();
    trial.lose(Instant::ZERO, "westeurope");
    trial.prepare(A, days(8), "northeurope");
    trial.move_over(days(8));
    let judgements = judge(&trial, days(9));
    let late = of(&judgements, RecommendationsRestored);
    assert_eq!(
        (late.verdict, late.margin_ms),
        (Verdict::Violated, Some(-24 * 3_600_000))
    );
    assert_eq!(of(&judgements, AlertsRestored).verdict, Verdict::Held);
    assert_eq!(
        of(&judgements, AlertsRestoredInTime).verdict,
        Verdict::Violated
    );
    assert_eq!(of(&judgements, NoOrphanedOrgs).verdict, Verdict::Violated);
    // A longer deadline is met.
    let mut aside = Aside::all_on();
    aside.limits.set(
        RecommendationsRestored,
        Limit {
            on: true,
            within: Some(Duration::from_days(8)),
        },
    );
    assert_eq!(
        of(
            &judge_with(&trial, days(9), &aside),
            RecommendationsRestored
        )
        .verdict,
        Verdict::Held
    );
}

/// How far from its limit the nearest miss was: of one that was met late, and not of
/// those that were in time; nothing, where one was never met; and one that is
/// excused is no miss.
#[test]
fn a_margin_is_that_of_the_nearest_miss() {
    let margin = |rest: &[(u64, u32)], deleted: bool| {
        let mut trial = one_of_three();
        for &(hour, org) in rest {
            trial.release(hours(hour), OrgIx(org));
            trial.show(hours(hour), OrgIx(org));
            trial.recreate_all(hours(hour), OrgIx(org), 4);
        }
        if deleted {
            trial.say(hours(20), Actor::Fate, What::OrgDeleted { org: OrgIx(2) });
        }
        let judgements = judge(&trial, days(9));
        let it = of(&judgements, GraphRestored);
        (it.verdict, it.margin_ms.map(|it| it / 3_600_000))
    };
    let week = 7 * 24;
    assert_eq!(
        margin(&[(9, 1), (12, 2)], false),
        (Verdict::Held, Some(week - 12))
    );
    assert_eq!(
        margin(&[(9, 1), (170, 2)], false),
        (Verdict::Violated, Some(-2))
    );
    assert_eq!(margin(&[(170, 1)], false), (Verdict::Violated, None));
    assert_eq!(margin(&[(9, 1)], true), (Verdict::Excused, Some(week - 9)));
}

#[test]
fn the_worst_subject_decides() {
    let trial = one_of_three();
    let judgements = judge(&trial, days(7));
    let graph = of(&judgements, GraphRestored);
    assert_eq!(
        (graph.verdict, graph.subjects, graph.margin_ms),
        (Verdict::Violated, 2, None)
    );
}

#[test]
fn an_org_that_was_deleted_is_excused_and_nobody_else() {
    let mut trial = one_of_three();
    for org in [1, 2].map(OrgIx) {
        trial.say(hours(20), Actor::Fate, What::OrgDeleted { org });
    }
    let judgements = judge(&trial, days(7));
    let excused = [
        NoOrphanedOrgs,
        AlertsRestored,
        AlertsRestoredInTime,
        RecommendationsRestored,
        GraphRestored,
        AnnotationsRestored,
        ConfigurationRestored,
    ];
    assert_eq!(with(&judgements, Verdict::Excused), excused);
    let mut late = one_of_three();
    for org in [1, 2].map(OrgIx) {
        late.say(days(8), Actor::Fate, What::OrgDeleted { org });
    }
    // By then it was late already.
    assert_eq!(verdict(&late, GraphRestored, days(9)), Verdict::Violated);
    assert_eq!(verdict(&late, NoOrphanedOrgs, days(9)), Verdict::Violated);
}

#[test]
fn no_region_excuses_only_while_none_is_there_for_long_enough() {
    let mut trial = Trial::new();
    trial.lose(Instant::ZERO, "westeurope");
    let shut_until = |until: Instant| {
        let mut aside = Aside::all_on();
        let spans = vec![Span {
            from: Instant::ZERO,
            to: Some(until),
        }];
        aside.excuses.regions = vec![spans; SEED.regions.len()];
        of(&judge_with(&trial, days(7), &aside), GraphRestored).verdict
    };
    // 4 h and 1 min for each of three orgs before the deadline.
    let needed = Duration::from_hours(4) + Duration::from_mins(3);
    assert_eq!(shut_until(days(7) - needed), Verdict::Violated);
    assert_eq!(
        shut_until(days(7) - needed + Duration::from_millis(1)),
        Verdict::Excused
    );
}

/// Waiting for the own region is a way, a region that is only announced is none.
#[test]
fn the_own_region_is_a_way_and_those_to_come_are_none() {
    let mut aside = Aside::nowhere_to_go();
    let lab = Lab::new();
    let mut open = |name: &str| {
        aside.excuses.regions[SEED.find(name).unwrap().ix()].clear();
        let excuses = &aside.excuses;
        !excuses.leave_no_way(&lab.fleet, A, Instant::ZERO, days(7))
    };
    assert!(!open("canadacentral"));
    assert!(open("westeurope"));
    let mut aside = Aside::nowhere_to_go();
    aside.excuses.regions[SEED.find("uksouth").unwrap().ix()].clear();
    assert!(
        !aside
            .excuses
            .leave_no_way(&lab.fleet, A, Instant::ZERO, days(7))
    );
    // A time that is too short by itself is not the faults' doing.
    assert!(
        !Aside::nowhere_to_go()
            .excuses
            .leave_no_way(&lab.fleet, A, Instant::ZERO, hours(1))
    );
}

#[test]
fn nobody_to_authorise_excuses_only_if_it_is_all_the_time() {
    let lab = Lab::new();
    let away = |spans: &[(u64, Option<u64>)]| {
        let spans = spans
            .iter()
            .map(|it| Span {
                from: hours(it.0),
                to: it.1.map(hours),
            })
            .collect();
        let excuses = Excuses {
            nobody_authorizes: vec![spans],
            ..Excuses::default()
        };
        excuses.leave_no_way(&lab.fleet, A, Instant::ZERO, days(7))
    };
    assert!(away(&[(0, None)]));
    assert!(away(&[(100, Some(200)), (0, Some(100))]));
    assert!(!away(&[(0, Some(100)), (101, Some(200))]));
    assert!(!away(&[(0, Some(100))]));
    assert!(!away(&[]));
}

#[test]
fn late_orgs_are_to_be_owned() {
    let mut trial = Trial::new();
    let create = What::OrgCreated {
        org: OrgIx(5),
        connector: A,
    };
    trial.lose(Instant::ZERO, "westeurope");
    trial.prepare(A, hours(1), "northeurope");
    trial.say(hours(2), Actor::Fate, create);
    assert_eq!(
        verdict(&trial, LateOrgsCovered, days(2)),
        Verdict::Inconclusive
    );
    assert_eq!(verdict(&trial, LateOrgsCovered, days(8)), Verdict::Violated);
    assert_eq!(
        of(
            &judge_with(&trial, days(8), &Aside::nowhere_to_go()),
            LateOrgsCovered
        )
        .verdict,
        Verdict::Excused
    );
    let target = trial.target();
    trial.command(hours(9), Actor::Platform, &Command::Discover(target));
    let judgements = judge(&trial, days(8));
    let late = of(&judgements, LateOrgsCovered);
    assert_eq!(
        (late.verdict, late.margin_ms),
        (Verdict::Held, Some((7 * 24 - 7) * 3_600_000))
    );
    // It never had an owner to lose.
    assert_eq!(of(&judgements, NoOrphanedOrgs).subjects, 3);
    // Before any outage an org that appears is not late.
    let mut early = Trial::new();
    early.say(hours(2), Actor::Fate, create);
    assert_eq!(verdict(&early, LateOrgsCovered, days(9)), Verdict::Vacuous);
}

#[test]
fn alerts_that_are_lost_for_good_are_not_inconclusive() {
    let mut trial = Trial::new();
    trial.lose(Instant::ZERO, "westeurope");
    trial.prepare(A, hours(1), "northeurope");
    trial.bring_back(hours(2), "westeurope");
    assert_eq!(
        verdict(&trial, AlertsRestored, hours(3)),
        Verdict::Inconclusive
    );
    trial.command(hours(3), Actor::Operator, &Command::DeleteConnector(A));
    assert_eq!(verdict(&trial, AlertsRestored, hours(4)), Verdict::Violated);
}

#[test]
fn an_old_connector_is_retired_once_it_is_back() {
    let mut trial = Trial::new();
    trial.lose(Instant::ZERO, "westeurope");
    trial.prepare(A, hours(1), "northeurope");
    trial.move_over(hours(6));
    assert_eq!(
        verdict(&trial, OldConnectorRetired, days(14)),
        Verdict::Vacuous
    );
    trial.bring_back(days(2), "westeurope");
    assert_eq!(
        verdict(&trial, OldConnectorRetired, days(8)),
        Verdict::Inconclusive
    );
    assert_eq!(
        verdict(&trial, OldConnectorRetired, days(9)),
        Verdict::Violated
    );
    assert_eq!(
        of(
            &judge_with(&trial, days(9), &Aside::nowhere_to_go()),
            OldConnectorRetired
        )
        .verdict,
        Verdict::Excused
    );
    let mut again = trial.clone();
    again.lose(days(3), "westeurope");
    // Up for one day only: not recovered for good.
    assert_eq!(
        verdict(&again, OldConnectorRetired, days(14)),
        Verdict::Vacuous
    );
    trial.retire(days(3));
    assert_eq!(
        verdict(&trial, OldConnectorRetired, days(14)),
        Verdict::Held
    );
}

#[test]
fn what_is_left_lying_is_not_settled() {
    let trial = Trial::whole_recovery();
    let mut aside = Aside {
        last_fault_end: hours(48),
        ..Aside::all_on()
    };
    let settled =
        |trial: &Trial, aside: &Aside, end| of(&judge_with(trial, end, aside), Settled).verdict;
    assert_eq!(settled(&trial, &aside, days(14)), Verdict::Held);
    let loose = Loose {
        lost: A,
        recovery: RecoveryIx(0),
        step: StepIx(8),
        subjects: 1,
        waits_for_region_still_down: true,
    };
    aside.loose = vec![loose];
    assert_eq!(settled(&trial, &aside, days(14)), Verdict::Held);
    aside.loose = vec![Loose {
        waits_for_region_still_down: false,
        ..loose
    }];
    assert_eq!(settled(&trial, &aside, days(5)), Verdict::Inconclusive);
    assert_eq!(settled(&trial, &aside, days(9)), Verdict::Violated);
    // An outage that nobody has noticed has no recovery yet, and all of it to do.
    aside.loose[0].recovery = RecoveryIx::NONE;
    assert_eq!(settled(&trial, &aside, days(5)), Verdict::Inconclusive);
    assert_eq!(settled(&trial, &aside, days(9)), Verdict::Violated);
    let excuses = Aside::nowhere_to_go().excuses;
    assert_eq!(
        settled(&trial, &Aside { excuses, ..aside }, days(9)),
        Verdict::Excused
    );
    // An open ticket is enough; so is one that nobody finds.
    let mut open = one_of_three();
    assert_eq!(settled(&open, &Aside::all_on(), days(8)), Verdict::Violated);
    open.say(
        days(6),
        Actor::Support,
        What::TicketClosed {
            ticket: TicketIx(0),
        },
    );
    assert_eq!(settled(&open, &Aside::all_on(), days(8)), Verdict::Held);
    // What is closed after the deadline was open at it.
    open.say(
        days(7) + Duration::MINUTE,
        Actor::Support,
        What::TicketClosed {
            ticket: TicketIx(0),
        },
    );
    assert_eq!(settled(&open, &Aside::all_on(), days(8)), Verdict::Violated);
}

#[test]
fn a_short_outage_that_loses_nothing_tests_no_annotations() {
    let mut trial = Trial::new();
    trial.parameters.config_loss_after = Duration::from_hours(4);
    trial.lose(mins(0), "westeurope");
    trial.bring_back(mins(30), "westeurope");
    let judgements = judge(&trial, days(14));
    assert_eq!(
        of(&judgements, AnnotationsRestored).verdict,
        Verdict::Vacuous
    );
    assert_eq!(
        of(&judgements, ConfigurationRestored).verdict,
        Verdict::Held
    );
    assert_eq!(
        of(&judgements, OldConnectorRetired).verdict,
        Verdict::Vacuous
    );
}
