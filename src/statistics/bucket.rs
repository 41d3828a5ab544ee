//! Values so near to each other that they are kept together.

/// How many of the leading bits of a number tell buckets apart.
const BITS: u32 = 11;

/// The least number in the bucket of `value`: its leading bits.
pub(super) const fn floor(value: u64) -> u64 {
    let width = u64::BITS - value.leading_zeros();
    let shift = width.saturating_sub(BITS);
    value >> shift << shift
}

/// Some values that lie close together: never none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bucket {
    pub(super) low: u64,
    pub(super) high: u64,
    pub(super) count: u64,
}

impl Bucket {
    pub(super) const fn of(value: u64) -> Self {
        Self {
            low: value,
            high: value,
            count: 1,
        }
    }

    pub(super) fn record(&mut self, value: u64) {
        self.merge(&Self::of(value));
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.low = self.low.min(other.low);
        self.high = self.high.max(other.high);
        self.count += other.count;
    }

    /// The value at that rank of its own, from 1, as if they lay evenly.
    pub(super) fn at(&self, rank: u64) -> u64 {
        let steps = u128::from(self.count - 1).max(1);
        let along = u128::from(self.high - self.low) * u128::from(rank - 1) / steps;
        self.low + along as u64
    }

    /// Whether it could have come of values.
    pub(super) const fn is_possible(&self) -> bool {
        self.count > 0
            && self.low <= self.high
            && floor(self.low) == floor(self.high)
            && (self.count > 1 || self.low == self.high)
    }
}
