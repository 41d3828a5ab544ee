//! Whole runs: all checks at once.

use super::super::Who;
use super::*;
use crate::measures::tests::{A, days, hours};
use crate::model::command::{Actor, Command};
use crate::model::fact::FactKind;
use crate::model::ids::OrgIx;
use CheckId::*;

#[test]
fn at_rest_everything_is_vacuous() {
    let judgements = judge(&Trial::new(), days(14));
    assert_eq!(with(&judgements, Verdict::Vacuous), CheckId::ALL);
    assert!(
        judgements
            .iter()
            .all(|it| it.message.starts_with("Not put to the test"))
    );
}

#[test]
fn a_good_recovery_holds_what_it_tests() {
    let judgements = judge(&Trial::whole_recovery(), days(14));
    // North Europe lies in West Europe's geography, and nobody appeared late.
    assert_eq!(with(&judgements, Verdict::Vacuous), [LateOrgsCovered]);
    assert_eq!(
        with(&judgements, Verdict::Held).len(),
        CheckId::COUNT - 1,
        "{judgements:#?}"
    );
    let margin = |check| of(&judgements, check).margin_ms;
    let hour_ms = 3_600_000;
    assert_eq!(margin(NoOrphanedOrgs), Some((7 * 24 - 6) * hour_ms));
    assert_eq!(margin(AlertsRestoredInTime), Some((7 * 24 - 6) * hour_ms));
    assert_eq!(margin(OldConnectorRetired), Some((7 * 24 - 1) * hour_ms));
    assert_eq!((margin(AlertsRestored), margin(SingleOwner)), (None, None));
}

#[test]
fn residency_is_judged_only_where_it_is_expected() {
    let judgements = judge_with(&Trial::whole_recovery(), days(14), &Aside::default());
    assert_eq!(judgements.len(), CheckId::COUNT - 1);
    assert!(judgements.iter().all(|it| it.check != StaysInGeography));
}

#[test]
fn an_outage_that_nobody_answers_is_inconclusive_and_then_violated() {
    let mut trial = Trial::new();
    trial.lose(Instant::ZERO, "westeurope");
    let due = [
        NoOrphanedOrgs,
        AlertsRestored,
        AlertsRestoredInTime,
        RecommendationsRestored,
        GraphRestored,
        AnnotationsRestored,
        ConfigurationRestored,
    ];
    let early = judge(&trial, days(6));
    assert_eq!(with(&early, Verdict::Inconclusive), due);
    let late = judge(&trial, days(7));
    assert_eq!(with(&late, Verdict::Violated), due);
    let alerts = of(&late, AlertsRestoredInTime);
    assert_eq!((alerts.at, alerts.subjects), (Some(days(7)), 3));
    assert_eq!(
        alerts.led_by,
        Some((FactKind::ConnectorDown, Instant::ZERO))
    );
    assert_eq!(alerts.who, [0, 1, 2].map(|it| Who::Org(OrgIx(it))));
    assert_eq!(
        alerts.message,
        "org-0 did not have its recent alerts back by T+7d (connector-down at T+0); 2 more too: org-1, org-2."
    );
    let excused = judge_with(&trial, days(7), &Aside::nowhere_to_go());
    assert_eq!(with(&excused, Verdict::Excused), due);
}

#[test]
fn numbers_alone_are_the_same_numbers_without_words() {
    let mut unanswered = Trial::new();
    unanswered.lose(Instant::ZERO, "westeurope");
    for (trial, end) in [
        (&Trial::whole_recovery(), days(14)),
        (&unanswered, days(6)),
        (&unanswered, days(30)),
    ] {
        let told = |detail| {
            let aside = Aside {
                detail,
                ..Aside::all_on()
            };
            judge_with(trial, end, &aside)
        };
        let mut sentences = told(Detail::Sentence);
        for judgement in &mut sentences {
            assert!(!judgement.message.is_empty());
            if !judgement.who.is_empty() {
                judgement.who = Vec::new();
                judgement.message = "".into();
            }
        }
        assert_eq!(told(Detail::Numbers), sentences);
    }
}

#[test]
fn what_only_a_deleted_connector_held_is_an_undocumented_loss() {
    let mut trial = Trial::new();
    trial.lose(Instant::ZERO, "westeurope");
    trial.prepare(A, hours(1), "northeurope");
    trial.move_over(hours(6));
    assert_eq!(
        verdict(&trial, OnlyDocumentedLosses, days(14)),
        Verdict::Held
    );
    let mut early = Trial::new();
    early.lose(Instant::ZERO, "westeurope");
    early.prepare(A, hours(1), "northeurope");
    early.bring_back(hours(2), "westeurope");
    early.command(hours(3), Actor::Operator, &Command::DeleteConnector(A));
    let judgements = judge(&early, days(14));
    let losses = of(&judgements, OnlyDocumentedLosses);
    assert_eq!(
        (losses.verdict, losses.subjects, losses.at),
        (Verdict::Violated, 3, Some(hours(3)))
    );
    assert!(
        losses
            .message
            .contains("33 in all; 2 more too: org-1, org-2."),
        "{}",
        losses.message
    );
    assert_eq!(of(&judgements, SafeDelete).verdict, Verdict::Violated);
}

#[test]
fn verdicts_are_ordered_worst_first() {
    assert!(Verdict::ALL.is_sorted());
    assert_eq!(Verdict::ALL[0], Verdict::Violated);
}
