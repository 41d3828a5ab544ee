//! What came of it.

use super::Trial;
use crate::checks::CheckId;
use crate::scenario::defects::{Defect, survivor};

/// A planted bug that was hunted.
#[derive(Clone, PartialEq, Debug)]
pub struct Bug {
    /// Which.
    pub defect: &'static Defect,
    /// Every check that it alone violated in some run, in the order of the catalogue.
    pub caught_by: Vec<CheckId>,
    /// For each seed, the number of the first run that caught it, from 1.
    pub after: Vec<Option<u64>>,
    /// The smallest scenario that was made of a catch.
    pub small: Option<Size>,
}

/// How large a scenario is that shows a bug.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Size {
    /// How many connectors.
    pub connectors: usize,
    /// How many orgs.
    pub orgs: usize,
    /// How many entries its timeline has.
    pub faults: usize,
    /// How many scenarios were tried on the way to it.
    pub tried: u64,
}

impl Size {
    /// Small enough to be read at a glance: at most two connectors, three orgs and
    /// two faults.
    #[must_use]
    pub const fn is_small(self) -> bool {
        self.connectors <= 2 && self.orgs <= 3 && self.faults <= 2
    }
}

impl Bug {
    /// Whether any hunt found it.
    #[must_use]
    pub fn is_found(&self) -> bool {
        !self.caught_by.is_empty()
    }

    /// After how many runs: the median over seeds, the upper of two. Nothing where
    /// half of the seeds, or more, found nothing.
    #[must_use]
    pub fn median(&self) -> Option<u64> {
        let mut after: Vec<u64> = self.after.iter().map(|it| it.unwrap_or(u64::MAX)).collect();
        after.sort_unstable();
        after
            .get(after.len() / 2)
            .copied()
            .filter(|it| *it < u64::MAX)
    }

    /// How many seeds found it.
    #[must_use]
    pub fn seeds(&self) -> usize {
        self.after.iter().flatten().count()
    }

    /// Why it may survive, where it may.
    #[must_use]
    pub fn excuse(&self) -> Option<&'static str> {
        survivor(self.defect.name)
    }
}

/// What hunting every bug came to.
#[derive(Clone, PartialEq, Debug)]
pub struct Score {
    /// With how much.
    pub trial: Trial,
    /// Each bug, in the order of the catalogue.
    pub bugs: Vec<Bug>,
    /// What is known to fail in the clean base, and in how many runs it did.
    pub known: Vec<(CheckId, u64)>,
    /// What failed in the clean base that is not known to: false alarms.
    pub alarms: Vec<(CheckId, u64)>,
}

impl Score {
    /// How many bugs were found.
    #[must_use]
    pub fn found(&self) -> usize {
        self.bugs.iter().filter(|it| it.is_found()).count()
    }

    /// Bugs that nobody found, though nothing says that they may survive.
    pub fn survivors(&self) -> impl Iterator<Item = &Bug> {
        self.missed().filter(|it| it.excuse().is_none())
    }

    /// Bugs that nobody found.
    pub fn missed(&self) -> impl Iterator<Item = &Bug> {
        self.bugs.iter().filter(|it| !it.is_found())
    }

    /// The bugs that a check catches, and those of them that no other catches.
    #[must_use]
    pub fn caught_by(&self, check: CheckId) -> (Vec<&Bug>, Vec<&Bug>) {
        let by = |it: &&Bug| it.caught_by.contains(&check);
        let all: Vec<&Bug> = self.bugs.iter().filter(by).collect();
        let alone = all.iter().copied().filter(|it| it.caught_by.len() == 1);
        let alone = alone.collect();
        (all, alone)
    }

    /// Whether hunting does what it is for: every bug is found or has a reason not to
    /// be, nothing is found where there is none, and something was looked for.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.found() > 0 && self.survivors().next().is_none() && self.alarms.is_empty()
    }

    /// Scenarios that are [small](Size::is_small), and how many there are.
    #[must_use]
    pub fn small(&self) -> (usize, usize) {
        let sizes: Vec<Size> = self.bugs.iter().filter_map(|it| it.small).collect();
        let small = sizes.iter().filter(|it| it.is_small()).count();
        (small, sizes.len())
    }
}
