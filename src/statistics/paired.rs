//! The difference between two plans on the same luck.

use super::moments::{interval, variance};
use super::ranks::{needed, ranks};
use super::spread::Ranked;
use super::{Confidence, Interval, Level, Moments, Percentile, Spread, TooFew, Value};
use serde::{Deserialize, Serialize};

/// How a second number differs from a first, over many pairs of runs on the same luck.
///
/// A pair in which one never came to a number differs beyond every number; a pair in
/// which neither did tells nothing about the difference, and is only counted.
///
/// ```
/// use lifeboat::statistics::{Confidence, Difference, Level, Paired, Value};
///
/// let mut paired = Paired::default();
/// for run in 1..=100 {
///     // Both take longer on bad luck; the second always ten less.
///     paired.record(Value::At(run * 7 + 10), Value::At(run * 7));
/// }
/// assert_eq!(paired.mean(), Some(-10.0));
/// let median = paired.quantile(Level::P50, Confidence::USUAL)?;
/// assert_eq!((median.low, median.high), (Difference::By(-10), Difference::By(-10)));
/// # Ok::<(), lifeboat::statistics::TooFew>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paired {
    /// By how much the second is less, where it is.
    less: Spread,
    /// By how much it is more, where it is.
    more: Spread,
    /// Pairs that came to the same number.
    same: u64,
    /// Pairs in which neither came to a number.
    neither: u64,
    /// The first of each pair in which both came to a number.
    first: Moments,
    /// The second of each.
    second: Moments,
}

/// A second number less a first one: smallest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Difference {
    /// The first never came to a number, and the second did.
    OnlySecond,
    /// Both did: the second less the first.
    By(i64),
    /// The second never came to a number, and the first did.
    OnlyFirst,
}

impl Paired {
    /// One more pair.
    pub fn record(&mut self, first: Value, second: Value) {
        match (first, second) {
            (Value::Never, Value::Never) => self.neither += 1,
            (Value::Never, Value::At(_)) => self.less.record_never(),
            (Value::At(_), Value::Never) => self.more.record_never(),
            (Value::At(first), Value::At(second)) => {
                self.first.record(first);
                self.second.record(second);
                if first == second {
                    self.same += 1;
                } else if second < first {
                    self.less.record(first - second);
                } else {
                    self.more.record(second - first);
                }
            }
        }
    }

    /// Other pairs as well.
    pub fn merge(&mut self, other: &Self) {
        self.less.merge(&other.less);
        self.more.merge(&other.more);
        self.same += other.same;
        self.neither += other.neither;
        self.first.merge(&other.first);
        self.second.merge(&other.second);
    }

    /// How many pairs there are in which at least one came to a number.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.less.count() + self.same + self.more.count()
    }

    /// Pairs in which the second is less, by how much.
    #[must_use]
    pub const fn less(&self) -> &Spread {
        &self.less
    }

    /// Pairs in which the second is more, by how much.
    #[must_use]
    pub const fn more(&self) -> &Spread {
        &self.more
    }

    /// Pairs that came to the same number.
    #[must_use]
    pub const fn same(&self) -> u64 {
        self.same
    }

    /// Pairs in which neither came to a number.
    #[must_use]
    pub const fn neither(&self) -> u64 {
        self.neither
    }

    /// The first of each pair in which both came to a number.
    #[must_use]
    pub const fn first(&self) -> &Moments {
        &self.first
    }

    /// The second of each.
    #[must_use]
    pub const fn second(&self) -> &Moments {
        &self.second
    }

    /// The mean difference of the pairs in which both came to a number.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let (less, more) = (self.less.moments().sum(), self.more.moments().sum());
        let apart = more.abs_diff(less) as f64 / self.first.count().max(1) as f64;
        let signed = if more < less { -apart } else { apart };
        (self.first.count() > 0).then_some(signed)
    }

    /// Its variance.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        let (less, more) = (self.less.moments(), self.more.moments());
        let apart = more.sum().abs_diff(less.sum());
        let squares = less.squares().plus(more.squares());
        variance(self.first.count(), apart, squares)
    }

    /// Between what the mean difference lies: see [`Moments::mean_interval`].
    #[must_use]
    pub fn mean_interval(&self, level: Level) -> Option<Interval> {
        interval(self.mean()?, self.variance()?, self.first.count(), level)
    }

    /// How many times wider the interval of the mean would be if the two had been run
    /// on luck of their own, as often: what the same luck is worth. Nothing where the
    /// difference never varies, for then it would be without bound.
    #[must_use]
    pub fn worth(&self) -> Option<f64> {
        let paired = self.variance().filter(|it| *it > 0.0)?;
        let independent = self.first.variance()? + self.second.variance()?;
        Some(libm::sqrt(independent / paired))
    }

    /// A percentile of the difference and between what the true one lies: see
    /// [`Spread::quantile`].
    ///
    /// # Errors
    /// Where so few pairs carry no such percentile.
    pub fn quantile(
        &self,
        level: Level,
        confidence: Confidence,
    ) -> Result<Percentile<Difference>, TooFew> {
        let count = self.count();
        let (from, to) = ranks(count, level, confidence).ok_or_else(|| TooFew {
            level,
            runs: count,
            needed: needed(level, confidence),
        })?;
        let [low, _, _] = self.at_rank(from);
        let [_, value, _] = self.at_rank(level.rank_in(count));
        let [_, _, high] = self.at_rank(to);
        Ok(Percentile {
            level,
            value,
            low,
            high,
        })
    }

    /// The difference at a rank, from 1, between what it lies for certain.
    fn at_rank(&self, rank: u64) -> [Difference; 3] {
        let (less, same) = (self.less.count(), self.same);
        let of = |Ranked { low, value, high }| [low, value, high];
        if rank <= less {
            let [low, value, high] = of(self.less.at_rank(less - rank + 1));
            return [high, value, low].map(|it| match it {
                Value::At(by) => Difference::By(-signed(by)),
                Value::Never => Difference::OnlySecond,
            });
        }
        if rank <= less + same {
            return [Difference::By(0); 3];
        }
        of(self.more.at_rank(rank - less - same)).map(|it| match it {
            Value::At(by) => Difference::By(signed(by)),
            Value::Never => Difference::OnlyFirst,
        })
    }
}

/// Milliseconds and things stay far below the ceiling.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
