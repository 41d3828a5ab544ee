//! What is possible at a decision.

use super::distribution::in_range;
use super::{Choice, Distribution, Probability};

/// What may be chosen, and how likely each is. Borrowed and small: asking
/// allocates nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain<'a> {
    /// Yes with that probability, otherwise no.
    Bool(Probability),
    /// A whole number from `min` to `max`, both included, each equally likely.
    /// A `max` below `min` counts as `min`.
    Int {
        /// The least.
        min: u64,
        /// The most.
        max: u64,
    },
    /// A value out of a distribution, in its units.
    Dist(&'a Distribution),
    /// A sort key that puts entities in an order: each draws its own, and ties
    /// go by id, so that adding one leaves the order of the others as it was.
    Rank,
}

impl Domain<'_> {
    /// The only choice there is, if there is only one: then chance need not be
    /// asked, and no source is.
    #[inline]
    #[must_use]
    pub fn certain(&self) -> Option<Choice> {
        match self {
            Self::Bool(Probability::NEVER) => Some(Choice::NO),
            Self::Bool(Probability::ALWAYS) => Some(Choice::YES),
            Self::Int { min, max } if max <= min => Some(Choice::from_u64(*min)),
            Self::Dist(distribution) => distribution.certain().map(Choice::from_u64),
            Self::Bool(_) | Self::Int { .. } | Self::Rank => None,
        }
    }

    /// The simplest choice: no (unless it is certain to be yes), the least
    /// number, what the distribution usually gives (the mode of a PERT
    /// estimate, otherwise the median), or rank zero, which leaves the order to
    /// the ids.
    #[must_use]
    pub fn simplest(&self) -> Choice {
        match self {
            Self::Bool(probability) => Choice::from_bool(*probability == Probability::ALWAYS),
            Self::Int { min, .. } => Choice::from_u64(*min),
            Self::Dist(distribution) => Choice::from_u64(distribution.typical()),
            Self::Rank => Choice::from_u64(0),
        }
    }

    /// A few choices that tell the most: the simplest first, then the least and
    /// the most in ascending order, without repetition. A distribution without
    /// bounds is told by its 5th and 99th percentiles.
    #[must_use]
    pub fn telling_points(&self) -> Vec<Choice> {
        let simplest = self.simplest();
        let candidates = match self {
            _ if self.certain().is_some() => [simplest; 2],
            Self::Bool(_) => [Choice::NO, Choice::YES],
            Self::Int { min, max } => [Choice::from_u64(*min), Choice::from_u64(*max)],
            Self::Dist(distribution) => told_by(distribution).map(Choice::from_u64),
            Self::Rank => [Choice::from_u64(0), Choice::from_u64(u64::MAX)],
        };
        let mut points = vec![simplest];
        for candidate in candidates {
            if !points.contains(&candidate) {
                points.push(candidate);
            }
        }
        points
    }

    /// Whether `choice` is possible here.
    #[must_use]
    pub fn admits(&self, choice: Choice) -> bool {
        self.nearest(choice) == choice
    }

    /// The possible choice that is nearest to `choice`: itself if it is
    /// possible. Of two equally near, the smaller.
    #[must_use]
    pub fn nearest(&self, choice: Choice) -> Choice {
        if let Some(certain) = self.certain() {
            return certain;
        }
        match self {
            Self::Bool(_) => Choice::from_bool(choice.as_bool()),
            Self::Int { min, max } => Choice::from_u64(choice.as_u64().clamp(*min, *max)),
            Self::Dist(distribution) => Choice::from_u64(distribution.nearest(choice.as_u64())),
            Self::Rank => choice,
        }
    }

    /// The choice that 64 bits of luck make. It never gets smaller as the bits
    /// get larger, but for [`Domain::Bool`], where few bits say yes: so what
    /// strikes at a small probability also strikes at a larger one.
    #[inline]
    #[must_use]
    pub fn at(&self, bits: u64) -> Choice {
        match self {
            Self::Bool(probability) => {
                // The bits as parts per million, rounded down: off by less than
                // one part in 2^44.
                let ppm = (u128::from(bits) * 1_000_000) >> 64;
                Choice::from_bool(ppm < u128::from(probability.as_ppm()))
            }
            Self::Int { min, max } => Choice::from_u64(in_range(*min, (*max).max(*min), bits)),
            Self::Dist(distribution) => Choice::from_u64(distribution.quantile(bits)),
            Self::Rank => Choice::from_u64(bits),
        }
    }
}

/// Least and most; where there is no bound, the 5th and the 99th percentile.
fn told_by(distribution: &Distribution) -> [u64; 2] {
    use super::Shape;
    const P05: u64 = u64::MAX / 20;
    const P99: u64 = u64::MAX / 100 * 99;
    match distribution.shape() {
        Shape::LogNormal { .. } | Shape::Exponential { .. } => {
            [P05, P99].map(|bits| distribution.quantile(bits))
        }
        _ => {
            let (least, most) = distribution.support();
            [least, most]
        }
    }
}
