//! From which fact on a violation could no longer be avoided.
//!
//! The run is branched at an instant: what was decided until then stays, what is
//! decided later is decided by other seeds and by the simplest luck, and faults that
//! had not begun are left out. Where every branch violates the check, no later luck
//! that was tried avoids it. Faults of one instant are told apart by leaving out those
//! that strike last.

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
/// halves: at most the logarithm of the facts, and one more for each fault of the decisive
/// instant, times [`LUCKS`] + 1 runs.
#[must_use]
pub fn inevitable(finding: &Finding) -> Option<Inevitable> {
    let plan = &finding.scenario.plan;
    let facts = Drill::new(plan).run_recording(Record::Everything).recorded;
    let mut asked = Asked {
        rig: Rig::new(plan),
        check: finding.cause.check,
        branches: 0,
    };
    let after = |place: usize| match place.checked_sub(1) {
        Some(last) => Branch::after(plan, facts[last].at, usize::MAX),
        None => Branch::at_first(plan),
    };
    // After the last fact nothing can be otherwise.
    let (mut open, mut closed) = (0, facts.len());
    if asked.is_certain(&after(0)) {
        return Some(Inevitable {
            since: None,
            place: 0,
            branches: asked.branches,
        });
    }
    if !asked.is_certain(&after(closed)) {
        return None;
    }
    while closed - open > 1 {
        let middle = open + (closed - open) / 2;
        if asked.is_certain(&after(middle)) {
            closed = middle;
        } else {
            open = middle;
        }
    }
    let place = asked.tipping(plan, &facts, closed - 1);
    Some(Inevitable {
        since: Some(facts[place]),
        place,
        branches: asked.branches,
    })
}

/// What is asked of every branch.
struct Asked<'p> {
    rig: Rig<'p>,
    check: CheckId,
    /// How many branches were run.
    branches: u64,
}

impl<'p> Asked<'p> {
    /// Whether a branch violates the check under every luck that is tried.
    fn is_certain(&mut self, branch: &Branch<'p>) -> bool {
        (0..=LUCKS).all(|luck| {
            self.branches += 1;
            branch.violates(&mut self.rig, self.check, luck)
        })
    }

    /// The place of the fact that tips it, from the first of its instant on: where several
    /// faults strike then, the first that comes of the one without which it is open.
    fn tipping(&mut self, plan: &'p Plan, facts: &[Fact], first: usize) -> usize {
        let at = facts[first].at;
        let faults = plan.faults.iter().filter(|it| it.at == at).count();
        if faults < 2 {
            return first;
        }
        let mut counts = 0..=faults;
        match counts.find(|&it| self.is_certain(&Branch::after(plan, at, it))) {
            None | Some(0) => first,
            Some(it) => {
                let told = |most| Branch::after(plan, at, most).told(at);
                let (without, with) = (told(it - 1), told(it));
                let same = with.iter().zip(&without).take_while(|it| it.0 == it.1);
                same.count().clamp(first, facts.len() - 1)
            }
        }
    }
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
    /// The branch before everything.
    fn at_first(plan: &'p Plan) -> Self {
        Self {
            plan,
            faults: Vec::new(),
            choices: BTreeMap::new(),
        }
    }

    /// The branch just after an instant, of whose own faults only the first so many
    /// strike.
    fn after(plan: &'p Plan, at: Instant, most: usize) -> Self {
        let mut left = most;
        let mut begins = |it: &&Fault| {
            let now = it.at == at;
            let fits = it.at < at || now && left > 0;
            left -= usize::from(fits && now);
            fits
        };
        Self {
            plan,
            faults: plan
                .faults
                .iter()
                .filter(|it| begins(it))
                .cloned()
                .collect(),
            choices: until(plan, at),
        }
    }

    /// What happens up to an instant, and at it.
    fn told(&self, at: Instant) -> Vec<Fact> {
        let luck = self.plan.luck.source(self.plan.seed);
        let drill = Drill::with(self.plan, self.faults.clone(), luck);
        let mut run = drill.start(Record::Everything);
        run.advance_to(at);
        run.recorded().to_vec()
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
