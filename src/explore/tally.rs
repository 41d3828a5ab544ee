//! Violations of many runs, put together.

use std::collections::BTreeMap;

use super::cause::Cause;
use super::strategy::{Input, Strategy};
use crate::checks::CheckId;
use crate::faults::{FAULTS, FaultKind};

/// The most ways to fail that are kept apart: far more than anybody shrinks.
const WAYS_MAX: usize = 20_000;

/// Which kinds of fault were thrown: a bit for each of the catalogue.
pub(super) type Kinds = u32;

/// Runs that fail alike.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Way {
    /// The first of them.
    pub(super) run: u64,
    /// Its strategy.
    pub(super) strategy: Strategy,
    /// What it was given.
    pub(super) input: Input,
    /// How many there were.
    pub(super) count: u64,
}

/// Violations, by cause and by the kinds of fault that were thrown.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Tally {
    pub(super) ways: BTreeMap<(Cause, Kinds), Way>,
    pub(super) known: BTreeMap<CheckId, u64>,
    /// Runs that violated anything that is not known.
    pub(super) violating: u64,
}

/// A known failure that came up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Known {
    /// Which check.
    pub check: CheckId,
    /// In how many runs.
    pub runs: u64,
}

impl Tally {
    /// Counts a run; its input is copied only if it is the first of its way.
    pub(super) fn add(
        &mut self,
        cause: Cause,
        kinds: Kinds,
        run: u64,
        strategy: Strategy,
        input: &Input,
    ) {
        if let Some(way) = self.ways.get_mut(&(cause, kinds)) {
            way.count += 1;
        } else if self.ways.len() < WAYS_MAX {
            let input = input.clone();
            let way = Way {
                run,
                strategy,
                input,
                count: 1,
            };
            self.ways.insert((cause, kinds), way);
        }
    }

    /// Takes in the violations of runs that come after all that are in it.
    pub(super) fn append(&mut self, later: Self) {
        self.violating += later.violating;
        for (check, runs) in later.known {
            *self.known.entry(check).or_default() += runs;
        }
        for (key, way) in later.ways {
            if let Some(first) = self.ways.get_mut(&key) {
                first.count += way.count;
            } else if self.ways.len() < WAYS_MAX {
                self.ways.insert(key, way);
            }
        }
    }
}

/// Which kinds of fault an input throws.
pub(super) fn kinds_of(input: &Input) -> Kinds {
    input
        .faults
        .iter()
        .fold(0, |sum, it| sum | 1 << place_of(&it.kind))
}

/// A fault's place in the catalogue.
pub(super) fn place_of(kind: &FaultKind) -> usize {
    let name = kind.name();
    FAULTS
        .iter()
        .position(|it| it.name == name)
        .expect("every kind of fault is in the catalogue")
}
