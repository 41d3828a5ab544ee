//! The written form of a spread: exact, and as short as its values are few.

use super::bucket::{Bucket, floor};
use super::wide::Wide;
use super::{Moments, NoMoments, Spread};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `{"count": …, "sum": "…", "squares": "…", "never": …, "buckets": [[value, count],
/// [least, most, count], …]}`, from the least bucket to the most.
#[derive(Serialize, Deserialize)]
pub(super) struct Written {
    #[serde(flatten)]
    moments: Moments,
    never: u64,
    buckets: Vec<Entry>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(untagged)]
enum Entry {
    Same(u64, u64),
    Range(u64, u64, u64),
}

/// Why a written spread is of no runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoSpread {
    /// Its sums are wrong.
    #[error(transparent)]
    Moments(#[from] NoMoments),
    /// A bucket holds what cannot lie in one.
    #[error("the bucket from {0} to {1} cannot be: its values lie too far apart, or are none")]
    Bucket(u64, u64),
    /// The buckets are not in ascending order.
    #[error("the bucket from {0} stands out of order, or twice")]
    Order(u64),
    /// Buckets and sums do not fit each other.
    #[error("the buckets do not sum to `count`, `sum` and `squares`")]
    Sums,
}

impl TryFrom<Written> for Spread {
    type Error = NoSpread;

    fn try_from(written: Written) -> Result<Self, NoSpread> {
        let mut buckets = BTreeMap::new();
        for entry in written.buckets {
            let bucket = match entry {
                Entry::Same(value, count) => Bucket {
                    low: value,
                    high: value,
                    count,
                },
                Entry::Range(low, high, count) => Bucket { low, high, count },
            };
            if !bucket.is_possible() {
                return Err(NoSpread::Bucket(bucket.low, bucket.high));
            }
            let last = buckets.last_key_value().map(|it| *it.0);
            if last.is_some_and(|it| it >= floor(bucket.low)) {
                return Err(NoSpread::Order(bucket.low));
            }
            buckets.insert(floor(bucket.low), bucket);
        }
        if !fit(&written.moments, buckets.values()) {
            return Err(NoSpread::Sums);
        }
        Ok(Self {
            moments: written.moments,
            never: written.never,
            buckets,
        })
    }
}

/// Whether the sums lie between those of the least and of the most that the buckets
/// can hold.
fn fit<'a>(moments: &Moments, buckets: impl Iterator<Item = &'a Bucket>) -> bool {
    let mut count = 0_u64;
    let mut least = (0_u128, Wide::default());
    let mut most = least;
    for bucket in buckets {
        let Some(sum) = count.checked_add(bucket.count) else {
            return false;
        };
        count = sum;
        for (sums, value) in [(&mut least, bucket.low), (&mut most, bucket.high)] {
            let value = u128::from(value);
            sums.0 += u128::from(bucket.count) * value;
            let squares = Wide::square(value).times(bucket.count);
            sums.1 = sums.1.plus(squares.unwrap_or_default());
        }
    }
    count == moments.count()
        && (least.0..=most.0).contains(&moments.sum())
        && (least.1..=most.1).contains(&moments.squares())
}

impl From<Spread> for Written {
    fn from(spread: Spread) -> Self {
        let entry = |it: &Bucket| match it.low == it.high {
            true => Entry::Same(it.low, it.count),
            false => Entry::Range(it.low, it.high, it.count),
        };
        Self {
            moments: spread.moments,
            never: spread.never,
            buckets: spread.buckets.values().map(entry).collect(),
        }
    }
}
