//! Every check, seen to hold, to fail, to be excused, inconclusive, and vacuous.

mod always;
mod eventually;
mod whole;

use super::{
    Case, CheckId, Checks, Detail, Excuses, Judgement, Limit, Limits, Loose, Span, Verdict,
};
use crate::measures::tests::{Reader, Stage};
use crate::measures::{Scene, Watch};
use crate::model::catalogue::SEED;
use crate::model::fact::Fact;
use crate::time::Instant;

impl Reader for Checks {
    fn read(&mut self, scene: &Scene<'_>, watch: &Watch, fact: &Fact) {
        self.observe(scene, watch, fact);
    }
}

/// A run that all checks read.
type Trial = Stage<Checks>;

/// What is said of a run besides its facts.
#[derive(Default)]
struct Aside {
    detail: Detail,
    limits: Limits,
    excuses: Excuses,
    loose: Vec<Loose>,
    last_fault_end: Instant,
}

impl Aside {
    /// With residency expected, so that every check is judged.
    fn all_on() -> Self {
        let mut limits = Limits::default();
        limits.set(
            CheckId::StaysInGeography,
            Limit {
                on: true,
                within: None,
            },
        );
        Self {
            limits,
            ..Self::default()
        }
    }

    /// With every region shut from T+0 on, for good.
    fn nowhere_to_go() -> Self {
        let shut = Span {
            from: Instant::ZERO,
            to: None,
        };
        let excuses = Excuses {
            regions: vec![vec![shut]; SEED.regions.len()],
            ..Excuses::default()
        };
        Self {
            excuses,
            ..Self::all_on()
        }
    }
}

fn judge_with(trial: &Trial, end: Instant, aside: &Aside) -> Vec<Judgement> {
    let measures = trial.measures(end);
    measures.ledger.balances().expect("the ledger balances");
    trial.look(|scene| {
        trial.reader.judge(&Case {
            detail: aside.detail,
            scene: *scene,
            watch: &trial.watch,
            measures: &measures,
            limits: &aside.limits,
            excuses: &aside.excuses,
            loose: &aside.loose,
            end,
            last_fault_end: aside.last_fault_end,
        })
    })
}

fn judge(trial: &Trial, end: Instant) -> Vec<Judgement> {
    judge_with(trial, end, &Aside::all_on())
}

fn of(judgements: &[Judgement], check: CheckId) -> &Judgement {
    judgements
        .iter()
        .find(|it| it.check == check)
        .expect("it is on")
}

/// The verdict of one check at an instant.
fn verdict(trial: &Trial, check: CheckId, end: Instant) -> Verdict {
    of(&judge(trial, end), check).verdict
}

/// The checks with a verdict.
fn with(judgements: &[Judgement], verdict: Verdict) -> Vec<CheckId> {
    judgements
        .iter()
        .filter(|it| it.verdict == verdict)
        .map(|it| it.check)
        .collect()
}
