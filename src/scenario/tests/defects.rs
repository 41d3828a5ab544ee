//! `defects`: what they make of a plan.

use super::*;
use crate::faults::{FaultKind, Lapse};
use crate::model::ids::ConnectorIx;
use crate::procedure::{Graph, Issue, Rewrite, Slip};
use crate::scenario::defects::{DEFECTS, Mechanism};

const OUTAGE: &str = "timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }
";

fn graph(text: &str) -> Graph {
    behind_head(text).plan.procedure
}

#[test]
fn every_rewrite_changes_a_published_procedure_and_leaves_one_that_can_be_followed() {
    for base in ["2023-10-09", "2023-11-08"] {
        let base = format!(
            "procedure: {{ base: single-region-dr@{base}, target: [stay-in-geography], steps: {{ authorize: {{ takes: 10m, retries: 3 }} }} }}\n"
        );
        let right = behind_head(&base).plan;
        for rewrite in Rewrite::ALL {
            let wrong = behind_head(&format!("{base}defects: [{}]\n", rewrite.defect())).plan;
            let same = wrong.procedure == right.procedure && wrong.parameters == right.parameters;
            assert!(!same, "{}", rewrite.defect());
        }
    }
}

#[test]
fn every_lapse_adds_faults_behind_those_of_the_timeline_each_with_a_place() {
    for lapse in Lapse::ALL {
        let scenario = behind_head(&format!("{OUTAGE}defects: [{}]\n", lapse.defect()));
        let faults = &scenario.plan.faults;
        assert!(faults.len() > 1, "{}", lapse.defect());
        assert_eq!(scenario.places.faults.len(), faults.len());
        assert!(
            faults[1..]
                .iter()
                .all(|it| it.id.starts_with(lapse.defect()))
        );
        assert!(scenario.places.faults[1..].iter().all(|it| it.line == 6));
    }
}

#[test]
fn a_platform_that_is_wrong_leaves_procedure_and_faults_alone() {
    let right = behind_head(OUTAGE).plan;
    for defect in DEFECTS {
        if let Mechanism::Suspends(rule) = defect.mechanism {
            let wrong = behind_head(&format!("{OUTAGE}defects: [{}]\n", defect.name)).plan;
            assert_eq!(wrong.rules.suspended().collect::<Vec<_>>(), [rule]);
            assert_eq!(wrong.procedure, right.procedure);
            assert_eq!(wrong.faults, right.faults);
        }
    }
}

#[test]
fn slips_follow_their_step_and_go_where_it_goes() {
    let slip = |step: &str| {
        format!(
            "{OUTAGE}  - {{ at: T+0, id: slip, fault: {{ step-skipped: {{ connector: payments, step: {step} }} }} }}\ndefects: [skips-the-authorisation]\n"
        )
    };
    let kept = behind_head(&slip("promote"));
    let FaultKind::Slip(armed) = &kept.plan.faults[1].kind else {
        panic!("{:?}", kept.plan.faults);
    };
    let step = armed.step.expect("the slip names its step");
    assert_eq!(kept.plan.procedure.step(step).issue, Issue::Promote);
    let gone = behind_head(&slip("authorize"));
    assert_eq!(gone.plan.faults.len(), 1);
    assert_eq!(gone.places.faults.len(), 1);
}

#[test]
fn the_neighbour_is_the_next_connector_and_nobody_where_there_is_none() {
    let text = format!("{OUTAGE}defects: [files-for-the-neighbour]\n");
    let named = |text: &str| -> Vec<ConnectorIx> {
        let faults = good(text).plan.faults;
        let slips = faults.into_iter().filter_map(|it| match it.kind {
            FaultKind::Slip(slip) => Some(slip),
            _ => None,
        });
        slips
            .map(|it| {
                assert_eq!(it.slip, Slip::WrongResourceId);
                it.names
            })
            .collect()
    };
    assert_eq!(
        named(&format!("{HEAD}{text}")),
        [ConnectorIx(1), ConnectorIx(0)]
    );
    let alone = "scenario: v1\ntitle: A test\nfleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 1 } } }\n";
    assert_eq!(named(&format!("{alone}{text}")), [ConnectorIx::NONE]);
}

#[test]
fn a_procedure_that_its_defects_turn_into_a_circle_is_told() {
    let own = "procedure:
  steps:
    create-connector: { takes: 15m, needs: [triage-ticket] }
    open-ticket: { takes: 10m, needs: [decide] }
";
    assert_eq!(graph(own).steps.len(), 14);
    told_at_marks(
        &format!("{HEAD}{own}defects: [^opens-the-ticket-before-authorising]\n"),
        &["LB0353"],
    );
}
