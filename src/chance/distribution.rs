//! Distributions of whole numbers, sampled by inverse quantile.

use thiserror::Error;

use super::quantile::{self, Beta};
use super::tabulated::Tabulated;
use std::sync::Arc;

/// What a distribution looks like. `Q` is what is distributed: a count, a
/// duration, or bare units.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape<Q> {
    /// Always the same.
    Fixed(Q),
    /// Everything from `min` to `max`, both included, equally likely.
    Uniform {
        /// The least.
        min: Q,
        /// The most.
        max: Q,
    },
    /// An estimate by three points: PERT, with the usual weight of 4 on the
    /// mode.
    Pert {
        /// The least.
        min: Q,
        /// The most likely.
        mode: Q,
        /// The most.
        max: Q,
    },
    /// Log-normal, given by what half and by what nineteen in twenty stay
    /// below.
    LogNormal {
        /// The median.
        p50: Q,
        /// The 95th percentile.
        p95: Q,
    },
    /// Exponential.
    Exponential {
        /// The mean.
        mean: Q,
    },
    /// Values that were seen, each equally likely; one that stands twice is
    /// twice as likely. Their order does not matter.
    Empirical(Vec<Q>),
}

impl<Q> Shape<Q> {
    /// The same shape over other quantities.
    pub(crate) fn map<R>(&self, f: impl Fn(&Q) -> R) -> Shape<R> {
        match self {
            Self::Fixed(value) => Shape::Fixed(f(value)),
            Self::Uniform { min, max } => Shape::Uniform {
                min: f(min),
                max: f(max),
            },
            Self::Pert { min, mode, max } => Shape::Pert {
                min: f(min),
                mode: f(mode),
                max: f(max),
            },
            Self::LogNormal { p50, p95 } => Shape::LogNormal {
                p50: f(p50),
                p95: f(p95),
            },
            Self::Exponential { mean } => Shape::Exponential { mean: f(mean) },
            Self::Empirical(values) => Shape::Empirical(values.iter().map(f).collect()),
        }
    }
}

/// Why a distribution cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DistributionError {
    /// The least is above the most.
    #[error("min is above max: swap them, or give a single value")]
    MinAboveMax,
    /// The mode is outside the range.
    #[error("mode is outside min and max: give min, mode and max in ascending order")]
    ModeOutside,
    /// The median is zero, so no spread can be given around it.
    #[error("p50 is zero: a lognormal needs a median above zero")]
    ZeroMedian,
    /// The median is above the 95th percentile.
    #[error("p50 is above p95: half stay below p50 and 95% below p95, so p50 is the smaller one")]
    MedianAboveP95,
    /// The mean is zero.
    #[error("mean is zero: give a mean above zero, or the fixed value zero")]
    ZeroMean,
    /// There are no values.
    #[error("the list is empty: give at least one value")]
    Empty,
}

/// A valid distribution over whole units (milliseconds, or things), with a
/// ceiling that no value passes.
///
/// Made through [`Dist`](super::Dist), which knows the unit. Two are equal
/// where their shapes and ceilings are.
#[derive(Clone, Debug)]
pub struct Distribution {
    shape: Shape<u64>,
    ceiling: u64,
    law: Law,
}

/// What sampling needs and is worth working out once.
#[derive(Clone, Debug)]
enum Law {
    /// Integer arithmetic on the shape is enough.
    Plain,
    /// The beta distribution of a PERT estimate; clones share its table.
    Beta(Arc<Tabulated>),
    /// The standard deviation of a log-normal's logarithm.
    Sigma(f64),
}

/// The 95th percentile of the standard normal distribution.
const Z95: f64 = 1.644_853_626_951_472_2;

impl PartialEq for Distribution {
    fn eq(&self, other: &Self) -> bool {
        // The law follows from the shape.
        self.shape == other.shape && self.ceiling == other.ceiling
    }
}

impl Eq for Distribution {}

impl Distribution {
    /// A distribution of that shape, with no value above `ceiling`.
    ///
    /// # Errors
    /// Where the numbers of the shape contradict each other.
    pub fn new(mut shape: Shape<u64>, ceiling: u64) -> Result<Self, DistributionError> {
        let mut law = Law::Plain;
        match &mut shape {
            Shape::Fixed(_) => {}
            Shape::Uniform { min, max } => {
                require(min <= max, DistributionError::MinAboveMax)?;
            }
            Shape::Pert { min, mode, max } => {
                require(min <= max, DistributionError::MinAboveMax)?;
                require((*min..=*max).contains(mode), DistributionError::ModeOutside)?;
                if min < max {
                    let at = (*mode - *min) as f64 / (*max - *min) as f64;
                    law = Law::Beta(Arc::new(Tabulated::new(Beta::pert(at))));
                }
            }
            Shape::LogNormal { p50, p95 } => {
                require(*p50 > 0, DistributionError::ZeroMedian)?;
                require(p50 <= p95, DistributionError::MedianAboveP95)?;
                law = Law::Sigma(libm::log(*p95 as f64 / *p50 as f64) / Z95);
            }
            Shape::Exponential { mean } => {
                require(*mean > 0, DistributionError::ZeroMean)?;
            }
            Shape::Empirical(values) => {
                require(!values.is_empty(), DistributionError::Empty)?;
                // Sorted, the order in the file does not matter, and more luck
                // is never a smaller value.
                values.sort_unstable();
            }
        }
        Ok(Self {
            shape,
            ceiling,
            law,
        })
    }

    /// Always `value`, at most `ceiling`.
    #[must_use]
    pub(super) const fn fixed(value: u64, ceiling: u64) -> Self {
        Self {
            shape: Shape::Fixed(value),
            ceiling,
            law: Law::Plain,
        }
    }

    /// The shape, in units.
    #[must_use]
    pub const fn shape(&self) -> &Shape<u64> {
        &self.shape
    }

    /// The only value it can give, if there is only one.
    #[must_use]
    pub fn certain(&self) -> Option<u64> {
        if let Shape::Fixed(value) = &self.shape {
            return Some((*value).min(self.ceiling));
        }
        let (least, most) = self.support();
        (least == most).then_some(least)
    }

    /// The least and the most that it can give, within the ceiling. An
    /// unbounded one reaches from zero to the ceiling.
    #[must_use]
    pub fn support(&self) -> (u64, u64) {
        let (least, most) = match &self.shape {
            Shape::Fixed(value) => (*value, *value),
            Shape::Uniform { min, max } | Shape::Pert { min, max, .. } => (*min, *max),
            Shape::LogNormal { p50, p95 } if p50 == p95 => (*p50, *p50),
            Shape::LogNormal { .. } | Shape::Exponential { .. } => (0, u64::MAX),
            Shape::Empirical(values) => (
                values.first().copied().unwrap_or(0),
                values.last().copied().unwrap_or(0),
            ),
        };
        (least.min(self.ceiling), most.min(self.ceiling))
    }

    /// What it is usually: the mode of a PERT estimate, otherwise the median
    /// (the lower one, where there are two).
    #[must_use]
    pub fn typical(&self) -> u64 {
        let typical = match &self.shape {
            Shape::Fixed(value) => *value,
            Shape::Uniform { min, max } => min + (max - min) / 2,
            Shape::Pert { mode, .. } => *mode,
            Shape::LogNormal { p50, .. } => *p50,
            Shape::Exponential { mean } => {
                to_units(*mean as f64 * std::f64::consts::LN_2, self.ceiling)
            }
            Shape::Empirical(values) => values[(values.len() - 1) / 2],
        };
        typical.min(self.ceiling)
    }

    /// Whether it can give `value`.
    #[must_use]
    pub fn admits(&self, value: u64) -> bool {
        self.nearest(value) == value
    }

    /// The value nearest to `value` that it can give; of two, the smaller.
    #[must_use]
    pub fn nearest(&self, value: u64) -> u64 {
        let (least, most) = self.support();
        let clamped = value.clamp(least, most);
        let Shape::Empirical(values) = &self.shape else {
            return clamped;
        };
        values
            .iter()
            .map(|seen| (*seen).min(self.ceiling))
            .min_by_key(|seen| (seen.abs_diff(clamped), *seen))
            .unwrap_or(clamped)
    }

    /// The value at `bits` of 2^64: the inverse of the distribution function,
    /// rounded to the nearest unit. More bits never give less (but for two
    /// numbers of bits so near that they differ by rounding alone).
    #[must_use]
    pub fn quantile(&self, bits: u64) -> u64 {
        let value = match (&self.shape, &self.law) {
            (Shape::Fixed(value), _) => *value,
            (Shape::Uniform { min, max }, _) => in_range(*min, *max, bits),
            (Shape::Pert { min, max, .. }, Law::Beta(beta)) => min + beta.units(bits, max - min),
            (Shape::Pert { min, .. }, _) => *min,
            (Shape::LogNormal { p50, .. }, Law::Sigma(sigma)) if *sigma > 0.0 => {
                let z = quantile::normal(quantile::open_unit(bits));
                to_units(*p50 as f64 * libm::exp(sigma * z), self.ceiling)
            }
            (Shape::LogNormal { p50, .. }, _) => *p50,
            (Shape::Exponential { mean }, _) => {
                let times = quantile::exponential(quantile::open_unit(bits));
                to_units(*mean as f64 * times, self.ceiling)
            }
            (Shape::Empirical(values), _) => {
                values[in_range(0, values.len() as u64 - 1, bits) as usize]
            }
        };
        value.min(self.ceiling)
    }

    /// The [quantiles](Self::quantile) of many, one after another: what there is to
    /// know of the shape is asked once.
    #[inline]
    pub(crate) fn quantiles(&self, many: impl Iterator<Item = u64>, mut tell: impl FnMut(u64)) {
        if let Shape::Uniform { min, max } = self.shape {
            let ceiling = self.ceiling;
            many.for_each(|bits| tell(in_range(min, max, bits).min(ceiling)));
        } else {
            many.for_each(|bits| tell(self.quantile(bits)));
        }
    }
}

fn require(holds: bool, error: DistributionError) -> Result<(), DistributionError> {
    if holds { Ok(()) } else { Err(error) }
}

/// A number from `min` to `max`, both included, by widening multiplication.
///
/// No number is more likely than another by more than one part in 2^64 divided
/// by how many there are: nothing that any number of runs could show.
pub(super) fn in_range(min: u64, max: u64, bits: u64) -> u64 {
    let count = u128::from(max - min) + 1;
    min + ((u128::from(bits) * count) >> 64) as u64
}

/// The nearest whole number of units, at most `ceiling`.
pub(super) fn to_units(value: f64, ceiling: u64) -> u64 {
    // The cast saturates: no value is negative, and too large is the ceiling.
    (libm::round(value) as u64).min(ceiling)
}
