//! From which fact on a violation could no longer be avoided.
//!
//! The run is branched at an instant: what was decided until then stays, what is
//! decided later is decided by other seeds and by the simplest luck, and faults that
//! had not begun are left out. Where every branch violates the check, no later luck
//! that was tried avoids it.

use super::cause::Cause;
use super::finding::Finding;
use crate::chance::{Chance, Choice, Luck, Overrides, Recording, Seeded, Simplest, Site};
use crate::checks::CheckId;
use crate::drill::{Drill, Record};
use crate::faults::Fault;
use crate::model::fact::Fact;
use crate::scenario::Plan;
use crate::time::Instant;
use std::collections::BTreeMap;

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

/// Looks for the earliest fact after which all branches end in the violation, by
/// halves: at most the logarithm of the facts times [`LUCKS`] + 1 runs.
#[must_use]
pub fn inevitable(finding: &Finding) -> Option<Inevitable> {
    let plan = &finding.scenario.plan;
    let facts = Drill::new(plan).run_recording(Record::Everything).recorded;
    let check = finding.cause.check;
    let mut branches = 0;
    let mut certain = |place: usize| {
        let at = place.checked_sub(1).map(|it| facts[it].at);
        (0..=LUCKS).all(|luck| {
            branches += 1;
            violated(plan, check, at, luck)
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

/// Whether a branch from just after `at` violates the check.
fn violated(plan: &Plan, check: CheckId, at: Option<Instant>, luck: u64) -> bool {
    let begun = |it: &&Fault| at.is_some_and(|at| it.at <= at);
    let faults: Vec<Fault> = plan.faults.iter().filter(begun).cloned().collect();
    let choices = at.map_or_else(BTreeMap::new, |at| until(plan, at));
    let outcome = if luck == 0 {
        Drill::with(plan, faults, Overrides::new(Simplest, choices)).run()
    } else {
        let other = Seeded::new(plan.seed.wrapping_add(luck));
        Drill::with(plan, faults, Overrides::new(other, choices)).run()
    };
    Cause::all(&outcome).any(|it| it.check == check)
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
