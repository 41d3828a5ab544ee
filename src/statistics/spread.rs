//! How whole numbers are spread over many runs.

use super::bucket::{Bucket, floor};
use super::ranks::{needed, ranks};
use super::{Confidence, Level, Moments, Percentile, Share, TooFew, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How whole numbers (milliseconds, or things) are spread over many runs, in memory
/// that does not grow with their number.
///
/// Numbers below 2,048 are kept each; larger ones in buckets whose ends differ by less
/// than 0.1%, of which the least and the most value are kept. A percentile is
/// therefore exact where few values lie close together, and off by less than 0.1%
/// where many do. Least, most, mean and variance are exact.
///
/// Two spreads [merge](Self::merge) to what one of all their runs would be, to the
/// bit, whatever the split and the order.
///
/// ```
/// use lifeboat::statistics::{Confidence, Level, Spread, Value};
///
/// let mut spread = Spread::default();
/// for run in 1..=100 {
///     spread.record(run);
/// }
/// let p95 = spread.quantile(Level::P95, Confidence::USUAL)?;
/// assert_eq!(p95.value, Value::At(95));
/// assert_eq!((p95.low, p95.high), (Value::At(90), Value::At(100)));
/// // A hundred runs carry no 99th percentile.
/// let p99 = spread.quantile(Level::P99, Confidence::USUAL);
/// assert_eq!(p99.map_err(|it| it.needed), Err(Some(368)));
/// # Ok::<(), lifeboat::statistics::TooFew>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "super::written::Written", into = "super::written::Written")]
pub struct Spread {
    pub(super) moments: Moments,
    pub(super) never: u64,
    /// By the least value that could lie in each.
    pub(super) buckets: BTreeMap<u64, Bucket>,
}

impl Spread {
    /// One more run, and its number.
    pub fn record(&mut self, value: u64) {
        self.moments.record(value);
        self.buckets
            .entry(floor(value))
            .and_modify(|it| it.record(value))
            .or_insert(Bucket::of(value));
    }

    /// One more run, in which it never came to a number: beyond every number.
    pub fn record_never(&mut self) {
        self.never += 1;
    }

    /// One more run.
    pub fn record_value(&mut self, value: Value) {
        match value {
            Value::At(value) => self.record(value),
            Value::Never => self.record_never(),
        }
    }

    /// Other runs as well.
    pub fn merge(&mut self, other: &Self) {
        self.moments.merge(&other.moments);
        self.never += other.never;
        for (floor, bucket) in &other.buckets {
            self.buckets
                .entry(*floor)
                .and_modify(|it| it.merge(bucket))
                .or_insert(*bucket);
        }
    }

    /// How many runs, with those that never came to a number.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.moments.count() + self.never
    }

    /// The share of runs that never came to a number.
    #[must_use]
    pub const fn never(&self) -> Share {
        Share {
            hits: self.never,
            of: self.count(),
        }
    }

    /// Count, sum, mean and variance of the runs that came to a number.
    #[must_use]
    pub const fn moments(&self) -> &Moments {
        &self.moments
    }

    /// The least; nothing of no runs.
    #[must_use]
    pub fn min(&self) -> Option<Value> {
        let least = self.buckets.values().next();
        least.map_or_else(|| self.any_never(), |it| Some(Value::At(it.low)))
    }

    /// The most; nothing of no runs.
    #[must_use]
    pub fn max(&self) -> Option<Value> {
        let most = self.buckets.values().next_back();
        self.any_never().or(most.map(|it| Value::At(it.high)))
    }

    fn any_never(&self) -> Option<Value> {
        (self.never > 0).then_some(Value::Never)
    }

    /// A percentile and between what the true one lies: the value that this part of
    /// the runs stays at or below.
    ///
    /// The interval is made of two of the sorted values (see [`Percentile`]); it is
    /// right for any number of runs and any distribution.
    ///
    /// # Errors
    /// Where so few runs carry no such percentile: an end of its interval would lie
    /// beyond all of them.
    pub fn quantile(
        &self,
        level: Level,
        confidence: Confidence,
    ) -> Result<Percentile<Value>, TooFew> {
        let count = self.count();
        let (from, to) = ranks(count, level, confidence).ok_or_else(|| TooFew {
            level,
            runs: count,
            needed: needed(level, confidence),
        })?;
        Ok(Percentile {
            level,
            value: self.at_rank(level.rank_in(count)).value,
            low: self.at_rank(from).low,
            high: self.at_rank(to).high,
        })
    }

    /// The value of the run at that rank of all runs from least to most, from 1.
    pub(super) fn at_rank(&self, rank: u64) -> Ranked {
        let mut before = 0;
        for bucket in self.buckets.values() {
            if rank <= before + bucket.count {
                return Ranked {
                    low: Value::At(bucket.low),
                    value: Value::At(bucket.at(rank - before)),
                    high: Value::At(bucket.high),
                };
            }
            before += bucket.count;
        }
        Ranked {
            low: Value::Never,
            value: Value::Never,
            high: Value::Never,
        }
    }

    /// The least and the most value of each bucket with how many lie in it, from the
    /// least to the most; without those that never came to a number.
    pub fn buckets(&self) -> impl DoubleEndedIterator<Item = (u64, u64, u64)> + '_ {
        self.buckets.values().map(|it| (it.low, it.high, it.count))
    }
}

/// The value at a rank, and between what it lies for certain.
pub(super) struct Ranked {
    pub(super) low: Value,
    pub(super) value: Value,
    pub(super) high: Value,
}
