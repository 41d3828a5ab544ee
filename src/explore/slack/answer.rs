//! How late is too late, org by org.

use super::Party;
use crate::checks::CheckId;
use crate::model::ids::OrgIx;
use crate::scenario::expect::Measure;
use crate::time::{Duration, Instant};

/// What an org was promised.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Promise {
    /// That a check holds for it.
    Check(CheckId),
    /// That a measure of its own stays within the scenario's bound.
    Bound(Measure),
}

impl Promise {
    /// The name in scenario files and output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Check(it) => it.slug(),
            Self::Bound(it) => it.name(),
        }
    }
}

/// A promise that is not kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Break {
    /// Whether nobody can say: the run ended before the promise was met, and before
    /// its deadline.
    pub unsettled: bool,
    /// Which one: of several, the first of the catalogue.
    pub promise: Promise,
}

/// How late people may begin for one org.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Begun as it is today, a promise breaks, or the run is too short to say.
    TooLate {
        /// What breaks.
        by: Break,
        /// A delay that keeps every promise, strange as it is.
        again: Option<Duration>,
    },
    /// It may be put off until here and no further.
    Until {
        /// The longest delay known to keep every promise, with every shorter one that
        /// was tried.
        kept: Duration,
        /// The shortest delay known to break one.
        broken: Duration,
        /// What breaks then.
        by: Break,
        /// A longer delay that keeps every promise again: the answer is not monotone.
        again: Option<Duration>,
    },
    /// However late people begin within the run, nothing breaks.
    Never,
}

/// How late a party may begin, for every org of the fleet that was hit.
#[derive(Clone, PartialEq, Debug)]
pub struct Slack {
    /// Who begins later.
    pub party: Party,
    /// Whether the procedure has a step with which the party begins. Without one there
    /// is nothing to put off, and no answers.
    pub begins: bool,
    /// Every delay tried is a multiple of this.
    pub resolution: Duration,
    /// The longest delay tried: to the end of the run.
    pub longest: Duration,
    /// How far apart the delays were that every org was tried with, whatever came of
    /// the others. What breaks and mends again within less may have gone unseen.
    pub every: Duration,
    /// How many runs there were.
    pub runs: u64,
    /// Whether every edge is as sharp as the resolution, and was looked at from both
    /// sides; not where the runs ran out.
    pub sharp: bool,
    /// The orgs of the fleet that were hit, in its order.
    pub orgs: Vec<(OrgIx, Answer)>,
    /// For each of them, when the party begins as things are today: the start of its
    /// connector's outage, or when the first ticket that covers it was opened; nothing
    /// where there was no such ticket.
    pub today: Vec<Option<Instant>>,
    /// How many orgs of the fleet were never hit.
    pub spared: u64,
}
