//! What is told of many runs: values, intervals, percentiles.

use super::Level;
use std::fmt;

/// What came of one run: smallest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Value {
    /// A number: milliseconds, or things.
    At(u64),
    /// It never came to one, as a clock that still runs at the end: worse than every
    /// number.
    Never,
}

/// Between what something lies, both ends included.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether it holds `value`.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// A percentile of many runs and between what the true one lies.
///
/// The value is the least that the part of the runs stays at or below. The ends are
/// two of the sorted values, chosen by the binomial distribution alone: they hold the
/// true percentile in at least so many experiments as the confidence says, whatever
/// the distribution and however few the runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Percentile<V> {
    /// Which.
    pub level: Level,
    /// As observed.
    pub value: V,
    /// The lower end.
    pub low: V,
    /// The upper end.
    pub high: V,
}

/// So few runs carry no such percentile.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, thiserror::Error)]
pub struct TooFew {
    /// Which percentile.
    pub level: Level,
    /// How many runs there are.
    pub runs: u64,
    /// How many would carry it; `None` if more than a thousand million.
    pub needed: Option<u64>,
}

impl fmt::Display for TooFew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { level, runs, .. } = self;
        write!(f, "{runs} runs carry no percentile at {level}: ")?;
        match self.needed {
            Some(needed) => write!(f, "{needed} would"),
            None => f.write_str("nor would a thousand million"),
        }
    }
}
