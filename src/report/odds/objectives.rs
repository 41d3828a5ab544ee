//! What the runs say of each objective, and how the program ends for it.

use crate::explore::odds::Part;
use crate::report::exit::Exit;
use crate::scenario::objective::Objective;
use crate::statistics::{Confidence, Objective as Wanted, Ruling, Share};

/// An objective, and what came of it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Outcome<'a> {
    /// What was promised.
    pub objective: &'a Objective,
    /// Runs that kept it, of those that put it to the test.
    pub kept: Share,
    /// Whether that is enough.
    pub ruling: Ruling,
    /// How sure that is.
    pub confidence: Confidence,
}

impl Outcome<'_> {
    /// The word for it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self.ruling {
            Ruling::Pass => "pass",
            Ruling::Fail => "fail",
            Ruling::Inconclusive { .. } => "inconclusive",
        }
    }

    /// How many runs in all would settle it; nothing where it is settled, or where no
    /// number would.
    #[must_use]
    pub const fn settled_by(&self) -> Option<u64> {
        match self.ruling {
            Ruling::Inconclusive { settled_by } => settled_by,
            Ruling::Pass | Ruling::Fail => None,
        }
    }
}

/// What came of every objective, by name.
#[must_use]
pub fn judged(part: &Part) -> Vec<Outcome<'_>> {
    let all = part.header.objectives.iter().zip(&part.sampled.objectives);
    all.map(|(objective, &kept)| {
        let confidence = Confidence {
            level: objective.confidence,
            looks: part.header.looks,
        };
        let wanted = Wanted {
            share: objective.share,
            confidence,
        };
        Outcome {
            objective,
            kept,
            ruling: wanted.judge(kept),
            confidence,
        }
    })
    .collect()
}

/// How the program ends: an objective that fails is worse than one that nobody can
/// say.
#[must_use]
pub fn exit(part: &Part) -> Exit {
    let one = |it: Outcome<'_>| match it.ruling {
        Ruling::Pass => Exit::Success,
        Ruling::Fail => Exit::Failure,
        Ruling::Inconclusive { .. } => Exit::Inconclusive,
    };
    let all = judged(part).into_iter().map(one);
    all.fold(Exit::Success, Exit::worse)
}
