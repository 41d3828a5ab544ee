//! From which fact on a violation could no longer be avoided.
//!
//! The run is branched at an instant: what was decided until then stays, what is
//! decided later is decided by other seeds and by the simplest luck, and faults that
//! had not begun are left out. Where every branch violates the check, no later luck
//! that was tried avoids it.

use super::cause::Cause;
use super::finding::Finding;
use super::pieces::{hands, in_order};
use crate::chance::{Chance, Choice, Luck, Overrides, Recording, Seeded, Simplest, Site};
use crate::checks::{CheckId, Detail};
use crate::drill::{Drill, Record, Rig};
use crate::faults::Fault;
use crate::model::fact::Fact;
use crate::scenario::Plan;
use crate::time::Instant;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;

/// How many other seeds each branch is tried with, besides the simplest luck.
pub const LUCKS: u64 = 32;

/// From when on a violation was certain, as far as was tried.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Inevitable {
    /// The last fact before which it could still be avoided; nothing if it could
    /// not be avoided from the beginning.
    pub since: Option<Fact>,
    /// Its place among the facts.
    pub place: usize,
    /// How many branches were run.
    pub branches: u64,
}

/// Asks of each finding [from when on](inevitable) it could not be avoided, on as many
/// threads as one likes.
pub fn all_inevitable(findings: &mut [Finding], jobs: NonZeroUsize) {
    let pieces = findings.len();
    let answers = in_order(&mut hands(jobs), pieces, |(), at| inevitable(&findings[at]));
    for (finding, answer) in findings.iter_mut().zip(answers) {
        finding.inevitable = answer;
    }
}

/// Looks for the earliest fact after which all branches end in the violation, by
/// halves: at most the logarithm of the facts times [`LUCKS`] + 1 runs.
#[must_use]
pub fn inevitable(finding: &Finding) -> Option<Inevitable> {
    let plan = &finding.scenario.plan;
    let facts = Drill::new(plan).run_recording(Record::Everything).recorded;
    let check = finding.cause.check;
    let mut branches = 0;
    let mut rig = Rig::new(plan);
    let mut certain = |place: usize| {
        let branch = Branch::after(plan, place.checked_sub(1).map(|it| facts[it].at));
        (0..=LUCKS).all(|luck| {
            branches += 1;
            branch.violates(&mut rig, check, luck)
        })
    };
    // After the last fact nothing can be otherwise.
    let (mut open, mut closed) = (0, facts.len());
    if certain(0) {
        return Some(Inevitable {
            since: None,
            place: 0,
            branches,
        });
    }
    if !certain(closed) {
        return None;
    }
    while closed - open > 1 {
        let middle = open + (closed - open) / 2;
        if certain(middle) {
            closed = middle;
        } else {
            open = middle;
        }
    }
    // Facts of one instant are not told apart: the first of them stands for all.
    let at = facts[closed - 1].at;
    let place = facts.partition_point(|it| it.at < at);
    let since = Some(facts[closed - 1]);
    Some(Inevitable {
        since,
        place,
        branches,
    })
}

/// Where a run is branched: what stays as it was.
struct Branch<'p> {
    plan: &'p Plan,
    /// The faults that had begun.
    faults: Vec<Fault>,
    /// What had been decided.
    choices: BTreeMap<Site, Choice>,
}

impl<'p> Branch<'p> {
    /// The branch just after an instant; before everything, where nothing is said.
    fn after(plan: &'p Plan, at: Option<Instant>) -> Self {
        let begun = |it: &&Fault| at.is_some_and(|at| it.at <= at);
        Self {
            plan,
            faults: plan.faults.iter().filter(begun).cloned().collect(),
            choices: at.map_or_else(BTreeMap::new, |at| until(plan, at)),
        }
    }

    /// Whether it violates the check under other luck.
    fn violates(&self, rig: &mut Rig<'p>, check: CheckId, luck: u64) -> bool {
        let (faults, choices) = (self.faults.clone(), self.choices.clone());
        let drill = if luck == 0 {
            Drill::with(self.plan, faults, Overrides::new(Simplest, choices))
        } else {
            let other = Seeded::new(self.plan.seed.wrapping_add(luck));
            Drill::with(self.plan, faults, Overrides::new(other, choices))
        };
        let outcome = rig.run(&drill.telling(Detail::Numbers));
        Cause::all(outcome).any(|it| it.check == check)
    }
}

/// The choices that were made up to an instant, and at it.
fn until(plan: &Plan, at: Instant) -> BTreeMap<Site, Choice> {
    let luck: &Luck = &plan.luck;
    let recording = Recording::new(luck.source(plan.seed));
    {
        let source: &dyn Chance = &recording;
        let drill = Drill::with(plan, plan.faults.clone(), source);
        let mut run = drill.start(Record::Nothing);
        run.advance_to(at);
    }
    recording.into_choices()
}
