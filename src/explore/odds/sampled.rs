//! What many runs came to: whole numbers and histograms, merged to the same bits
//! whatever the split and the order.

use super::row::Row;
use super::spent::Spent;
use crate::checks::{CheckId, Verdict};
use crate::measures::Quantity;
use crate::scenario::objective::Objective;
use crate::statistics::{Share, Spread, Value};

/// How one quantity came out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Over all runs that put it to the test.
    pub spread: Spread,
    /// The least, and the first run that came to it.
    pub least: Option<(Value, u64)>,
    /// The most, and the first run that came to it.
    pub most: Option<(Value, u64)>,
}

impl Tally {
    fn record(&mut self, value: Value, run: u64) {
        self.spread.record_value(value);
        self.meet(value, run);
    }

    fn meet(&mut self, value: Value, run: u64) {
        let less = |it: (Value, u64)| (value, run) < it;
        let more = |it: (Value, u64)| value > it.0 || (value == it.0 && run < it.1);
        if self.least.is_none_or(less) {
            self.least = Some((value, run));
        }
        if self.most.is_none_or(more) {
            self.most = Some((value, run));
        }
    }

    fn merge(&mut self, other: &Self) {
        self.spread.merge(&other.spread);
        for (value, run) in [other.least, other.most].into_iter().flatten() {
            self.meet(value, run);
        }
    }
}

/// How often a check said what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Said {
    /// Runs by place in [`Verdict::ALL`].
    pub verdicts: [u64; Verdict::ALL.len()],
    /// The first run that violated it.
    pub violated_in: Option<u64>,
}

impl Said {
    /// How many runs came to a verdict.
    #[must_use]
    pub const fn count(&self, verdict: Verdict) -> u64 {
        self.verdicts[verdict as usize]
    }

    /// The share of the runs that violated it, of those in which it was judged.
    #[must_use]
    pub fn violated(&self) -> Share {
        Share {
            hits: self.count(Verdict::Violated),
            of: self.verdicts.iter().sum(),
        }
    }

    fn merge(&mut self, other: &Self) {
        for (to, from) in self.verdicts.iter_mut().zip(other.verdicts) {
            *to += from;
        }
        self.violated_in = first(self.violated_in, other.violated_in);
    }
}

/// One of the first runs, kept whole so that a usual one can be shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Early {
    pub(super) run: u64,
    pub(super) values: Vec<Option<Value>>,
}

/// What many runs came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sampled {
    /// How many runs there were.
    pub runs: u64,
    /// By place in [`Quantity::ALL`].
    pub(super) tallies: Vec<Tally>,
    /// By place in [`CheckId::ALL`].
    pub(super) said: Vec<Said>,
    /// Runs that violated a check that is not known to fail.
    pub violated: u64,
    /// The first of them.
    pub violated_in: Option<u64>,
    /// Runs that kept each objective, of those that put it to the test.
    pub objectives: Vec<Share>,
    /// Where the time went, of the runs that were [looked at](Spent::looks_at).
    pub spent: Spent,
    /// The runs of the least numbers, in their order.
    pub(super) early: Vec<Early>,
}

impl Sampled {
    /// How many of the first runs are kept whole.
    pub(super) const EARLY: usize = 128;

    /// Nothing yet, of so many objectives.
    #[must_use]
    pub fn none(objectives: usize) -> Self {
        Self {
            runs: 0,
            tallies: vec![Tally::default(); Quantity::COUNT],
            said: vec![Said::default(); CheckId::COUNT],
            violated: 0,
            violated_in: None,
            objectives: vec![Share::default(); objectives],
            spent: Spent::default(),
            early: Vec::new(),
        }
    }

    /// One more run.
    pub fn record(&mut self, row: &Row, objectives: &[Objective]) {
        self.runs += 1;
        for (tally, value) in self.tallies.iter_mut().zip(row.values) {
            if let Some(value) = value {
                tally.record(value, row.run);
            }
        }
        for (said, verdict) in self.said.iter_mut().zip(row.verdicts) {
            let Some(verdict) = verdict else { continue };
            said.verdicts[verdict as usize] += 1;
            if verdict == Verdict::Violated {
                said.violated_in = first(said.violated_in, Some(row.run));
            }
        }
        if row.violated {
            self.violated += 1;
            self.violated_in = first(self.violated_in, Some(row.run));
        }
        for (share, it) in self.objectives.iter_mut().zip(objectives) {
            let kept = it
                .subject
                .kept(|of| row.value(of), |of| row.verdict(of), row.violated);
            if let Some(kept) = kept {
                share.record(kept);
            }
        }
        if let Some(spent) = &row.spent {
            self.spent.merge(spent);
        }
        let full = self.early.len() >= Self::EARLY;
        if !full || self.early.last().is_some_and(|it| row.run < it.run) {
            self.keep(Early {
                run: row.run,
                values: row.values.to_vec(),
            });
        }
    }

    fn keep(&mut self, early: Early) {
        let place = self.early.partition_point(|it| it.run < early.run);
        self.early.insert(place, early);
        self.early.truncate(Self::EARLY);
    }

    /// Other runs of the same plan as well; none of them may be among these.
    pub fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        for (to, from) in self.tallies.iter_mut().zip(&other.tallies) {
            to.merge(from);
        }
        for (to, from) in self.said.iter_mut().zip(&other.said) {
            to.merge(from);
        }
        self.violated += other.violated;
        self.violated_in = first(self.violated_in, other.violated_in);
        for (to, from) in self.objectives.iter_mut().zip(&other.objectives) {
            to.merge(*from);
        }
        self.spent.merge(&other.spent);
        self.early.extend(other.early.iter().cloned());
        self.early.sort_by_key(|it| it.run);
        self.early.truncate(Self::EARLY);
    }

    /// Whether so many runs can have come to this.
    pub(super) fn is_possible(&self) -> bool {
        let fits = |of: u64| of <= self.runs;
        self.tallies.iter().all(|it| fits(it.spread.count()))
            && self.said.iter().all(|it| fits(it.violated().of))
            && self.objectives.iter().all(|it| fits(it.of))
            && fits(self.violated)
            && fits(self.spent.runs)
            && self.early.len() as u64 == self.runs.min(Self::EARLY as u64)
    }

    /// How a quantity came out.
    #[must_use]
    pub fn tally(&self, quantity: Quantity) -> &Tally {
        &self.tallies[quantity.ix()]
    }

    /// How often a check said what.
    #[must_use]
    pub fn said(&self, check: CheckId) -> &Said {
        &self.said[check as usize]
    }

    /// The share of the runs that violated a check that is not known to fail.
    #[must_use]
    pub const fn violating(&self) -> Share {
        Share {
            hits: self.violated,
            of: self.runs,
        }
    }

    /// Of the first runs, the one that came nearest to a value; of several, the first.
    #[must_use]
    pub fn nearest(&self, quantity: Quantity, value: Value) -> Option<(Value, u64)> {
        let apart = |it: Value| match (it, value) {
            (Value::At(a), Value::At(b)) => a.abs_diff(b),
            (Value::Never, Value::Never) => 0,
            _ => u64::MAX,
        };
        let found = self
            .early
            .iter()
            .filter_map(|it| Some((it.values[quantity.ix()]?, it.run)));
        found.min_by_key(|it| (apart(it.0), it.1))
    }
}

fn first(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
