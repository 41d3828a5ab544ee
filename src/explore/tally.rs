//! Violations of many runs, put together.

use std::collections::BTreeMap;

use super::cause::Cause;
use super::strategy::{Input, Strategy};
use crate::checks::CheckId;
use crate::faults::{FAULTS, FaultKind};

/// When so many ways to fail are kept apart, no new ones are: far more than anybody
/// shrinks.
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
    /// Counts a run that comes after all that were counted here; its input is copied
    /// only if it is the first of its way.
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
        } else {
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

    /// What the first run violates: that of the scenario as it stands.
    pub(super) fn as_it_stands(&self) -> Vec<CheckId> {
        let first = self.ways.iter().filter(|it| it.1.run == 0);
        first.map(|it| it.0.0.check).collect()
    }

    /// Takes the violations of a batch out of the tallies of those who made its runs.
    /// Who made which, and in which order they come, makes no difference.
    pub(super) fn take<'t>(&mut self, tallies: impl Iterator<Item = &'t mut Self>) {
        let room = self.ways.len() < WAYS_MAX;
        for tally in tallies {
            let Self {
                ways,
                known,
                violating,
            } = std::mem::take(tally);
            self.violating += violating;
            for (check, runs) in known {
                *self.known.entry(check).or_default() += runs;
            }
            for (key, way) in ways {
                match self.ways.get_mut(&key) {
                    Some(same) => same.join(way),
                    None if room => {
                        self.ways.insert(key, way);
                    }
                    None => {}
                }
            }
        }
    }
}

impl Way {
    /// Runs that fail alike, put together: the first of all is kept.
    fn join(&mut self, other: Self) {
        let count = self.count + other.count;
        if other.run < self.run {
            *self = other;
        }
        self.count = count;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_made_which_run_of_a_batch_makes_no_difference() {
        let cause = |check| Cause {
            check,
            led_by: None,
        };
        let counted = |runs: &[u64]| {
            let mut tally = Tally::default();
            for &run in runs {
                let input = Input {
                    faults: Vec::new(),
                    luck: run,
                };
                let check = CheckId::ALL[run as usize % 3];
                let kinds = (run % 2) as Kinds;
                let strategy = Strategy::ALL[run as usize % 4];
                tally.add(cause(check), kinds, run, strategy, &input);
                tally.violating += 1;
                *tally.known.entry(check).or_default() += run;
            }
            tally
        };
        let alone = counted(&(0..100).collect::<Vec<_>>());
        for cut in 1..100 {
            let (even, odd): (Vec<u64>, Vec<u64>) = (0..100).partition(|it| it % cut % 2 == 0);
            for mut parts in [
                [counted(&even), counted(&odd)],
                [counted(&odd), counted(&even)],
            ] {
                let mut all = Tally::default();
                all.take(parts.iter_mut());
                assert_eq!(all, alone);
                assert_eq!(parts, [Tally::default(), Tally::default()]);
            }
        }
    }
}
