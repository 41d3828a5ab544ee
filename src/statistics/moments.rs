//! Exact sums, and the mean and variance that follow from them.

use super::beta::student;
use super::wide::Wide;
use super::{Interval, Level};
use serde::{Deserialize, Serialize};

/// How many numbers, their sum and the sum of their squares: exact, so that they are
/// the same whatever the order in which they were added up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Moments {
    count: u64,
    sum: u128,
    squares: Wide,
}

impl Moments {
    /// One more number.
    pub fn record(&mut self, value: u64) {
        self.count += 1;
        self.sum += u128::from(value);
        self.squares = self.squares.plus(Wide::square(u128::from(value)));
    }

    /// Others as well.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares = self.squares.plus(other.squares);
    }

    /// How many.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Their sum.
    #[must_use]
    pub const fn sum(&self) -> u128 {
        self.sum
    }

    pub(super) const fn squares(&self) -> Wide {
        self.squares
    }

    /// Their mean; nothing of none.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }

    /// Their variance as a sample of all runs (n - 1 below); nothing of fewer than two.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        variance(self.count, self.sum, self.squares)
    }

    /// Between what the mean of all runs lies, by Student's t: true of numbers that
    /// are normally distributed, and nearly so of the mean of many others, but no
    /// promise for few runs of a skewed quantity.
    #[must_use]
    pub fn mean_interval(&self, level: Level) -> Option<Interval> {
        interval(self.mean()?, self.variance()?, self.count, level)
    }
}

/// The variance of `count` numbers with that sum, or its opposite, and that sum of
/// squares. In whole numbers up to the last step: a small spread around a large mean
/// loses no digits.
pub(super) fn variance(count: u64, sum: u128, squares: Wide) -> Option<f64> {
    if count < 2 {
        return None;
    }
    let scaled = squares.times(count)?.minus(Wide::square(sum));
    Some(scaled.as_f64() / (count as f64 * (count - 1) as f64))
}

pub(super) fn interval(mean: f64, variance: f64, count: u64, level: Level) -> Option<Interval> {
    let freedom = count.checked_sub(1).filter(|it| *it > 0)?;
    let reach = student(level.part(), freedom) * libm::sqrt(variance / count as f64);
    Some(Interval {
        low: mean - reach,
        high: mean + reach,
    })
}

/// The written form: JSON's numbers are too small for the sums. Squares are in
/// hexadecimal digits.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    count: u64,
    sum: String,
    squares: String,
}

/// Why sums are not those of any numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoMoments {
    /// A sum is not written as a whole number.
    #[error("`sum` is a whole number and `squares` one in hexadecimal digits, both as text")]
    NotANumber,
    /// No numbers have these sums.
    #[error("no {0} numbers have that sum and that sum of squares")]
    Impossible(u64),
}

impl TryFrom<Written> for Moments {
    type Error = NoMoments;

    fn try_from(written: Written) -> Result<Self, NoMoments> {
        let moments = Self {
            count: written.count,
            sum: written.sum.parse().map_err(|_| NoMoments::NotANumber)?,
            squares: written.squares.parse().map_err(|_| NoMoments::NotANumber)?,
        };
        // The square of a sum is at most the count times the sum of squares.
        let most = moments.squares.times(moments.count);
        if most.is_none_or(|most| Wide::square(moments.sum) > most) {
            return Err(NoMoments::Impossible(moments.count));
        }
        Ok(moments)
    }
}

impl From<Moments> for Written {
    fn from(moments: Moments) -> Self {
        Self {
            count: moments.count,
            sum: moments.sum.to_string(),
            squares: moments.squares.to_string(),
        }
    }
}
