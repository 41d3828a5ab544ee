//! Distributions with their unit: of durations and of counts.

use std::fmt;
use std::marker::PhantomData;

use crate::time::Duration;

use super::{Distribution, DistributionError, Domain, Shape};

/// What may be distributed: [`Duration`] and [`u64`]. Nothing else can be.
pub trait Quantity: Copy + fmt::Display + sealed::Sealed {
    /// The most that there can be, in units.
    const CEILING: u64;

    /// In units: milliseconds, or things.
    fn to_units(self) -> u64;

    /// From units, at most [`CEILING`](Self::CEILING).
    fn from_units(units: u64) -> Self;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for u64 {}
    impl Sealed for crate::time::Duration {}
}

impl Quantity for Duration {
    const CEILING: u64 = Duration::MAX.as_millis();

    fn to_units(self) -> u64 {
        self.as_millis()
    }

    fn from_units(units: u64) -> Self {
        Self::from_millis(units)
    }
}

impl Quantity for u64 {
    const CEILING: u64 = u64::MAX;

    fn to_units(self) -> u64 {
        self
    }

    fn from_units(units: u64) -> Self {
        units
    }
}

/// A distribution of durations; its choices are read by
/// [`Choice::as_duration`](super::Choice::as_duration).
pub type DurationDist = Dist<Duration>;

/// A distribution of counts; its choices are read by
/// [`Choice::as_u64`](super::Choice::as_u64).
pub type CountDist = Dist<u64>;

/// A distribution of a quantity: fixed or random, and valid in any case.
///
/// Printing writes `4h`, `uniform(1h, 2h)`, `pert(20m, 1h, 6h)`,
/// `lognormal(p50 4h, p95 2d)`, `exponential(mean 1h)`, `empirical(1h, 2h)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dist<Q> {
    inner: Distribution,
    quantity: PhantomData<Q>,
}

impl<Q: Quantity> Dist<Q> {
    /// A distribution of that shape.
    ///
    /// # Errors
    /// Where the numbers of the shape contradict each other: `min` above `max`,
    /// `mode` outside them, `p50` zero or above `p95`, `mean` zero, no values.
    pub fn new(shape: &Shape<Q>) -> Result<Self, DistributionError> {
        let inner = Distribution::new(shape.map(|quantity| quantity.to_units()), Q::CEILING)?;
        Ok(Self::of(inner))
    }

    /// Always `value`.
    #[must_use]
    pub fn fixed(value: Q) -> Self {
        Self::of(Distribution::fixed(value.to_units(), Q::CEILING))
    }

    /// Everything from `min` to `max`, both included, equally likely.
    ///
    /// # Errors
    /// `min` is above `max`.
    pub fn uniform(min: Q, max: Q) -> Result<Self, DistributionError> {
        Self::new(&Shape::Uniform { min, max })
    }

    /// A PERT estimate.
    ///
    /// # Errors
    /// The three are not in ascending order.
    pub fn pert(min: Q, mode: Q, max: Q) -> Result<Self, DistributionError> {
        Self::new(&Shape::Pert { min, mode, max })
    }

    /// Log-normal by median and 95th percentile.
    ///
    /// # Errors
    /// `p50` is zero or above `p95`.
    pub fn log_normal(p50: Q, p95: Q) -> Result<Self, DistributionError> {
        Self::new(&Shape::LogNormal { p50, p95 })
    }

    /// Exponential by its mean.
    ///
    /// # Errors
    /// `mean` is zero.
    pub fn exponential(mean: Q) -> Result<Self, DistributionError> {
        Self::new(&Shape::Exponential { mean })
    }

    /// Values that were seen, each equally likely.
    ///
    /// # Errors
    /// There are none.
    pub fn empirical(values: impl IntoIterator<Item = Q>) -> Result<Self, DistributionError> {
        Self::new(&Shape::Empirical(values.into_iter().collect()))
    }

    fn of(inner: Distribution) -> Self {
        Self {
            inner,
            quantity: PhantomData,
        }
    }

    /// What to ask a source of chance for.
    #[must_use]
    pub const fn domain(&self) -> Domain<'_> {
        Domain::Dist(&self.inner)
    }

    /// The distribution over bare units.
    #[must_use]
    pub const fn distribution(&self) -> &Distribution {
        &self.inner
    }

    /// The shape, with the values of an empirical one in ascending order.
    #[must_use]
    pub fn shape(&self) -> Shape<Q> {
        self.inner.shape().map(|units| Q::from_units(*units))
    }

    /// The only value it can give, if there is only one.
    #[must_use]
    pub fn certain(&self) -> Option<Q> {
        self.inner.certain().map(Q::from_units)
    }

    /// What it is usually: see [`Distribution::typical`].
    #[must_use]
    pub fn typical(&self) -> Q {
        Q::from_units(self.inner.typical())
    }

    /// The least and the most that it can give.
    #[must_use]
    pub fn support(&self) -> (Q, Q) {
        let (least, most) = self.inner.support();
        (Q::from_units(least), Q::from_units(most))
    }
}

impl<Q: Quantity> From<Q> for Dist<Q> {
    /// Always that value.
    fn from(value: Q) -> Self {
        Self::fixed(value)
    }
}

impl<Q: Quantity> fmt::Display for Dist<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.shape() {
            Shape::Fixed(value) => value.fmt(f),
            Shape::Uniform { min, max } => write!(f, "uniform({min}, {max})"),
            Shape::Pert { min, mode, max } => write!(f, "pert({min}, {mode}, {max})"),
            Shape::LogNormal { p50, p95 } => write!(f, "lognormal(p50 {p50}, p95 {p95})"),
            Shape::Exponential { mean } => write!(f, "exponential(mean {mean})"),
            Shape::Empirical(values) => {
                f.write_str("empirical(")?;
                for (place, value) in values.iter().enumerate() {
                    if place > 0 {
                        f.write_str(", ")?;
                    }
                    value.fmt(f)?;
                }
                f.write_str(")")
            }
        }
    }
}
