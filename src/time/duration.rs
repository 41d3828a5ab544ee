//! Lengths of time: whole milliseconds, never negative, at most a hundred years.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub, SubAssign};

/// A length of time in whole milliseconds, from zero to a hundred years.
///
/// Arithmetic saturates at both ends. The text form is whole numbers with the
/// units `w d h m s ms`, largest first: `24h20m`, `2d`, `1h30m`.
///
/// Printing uses days only from two days on, because that is how the trade
/// speaks (`26h`, but `3d4h`), and never weeks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(i64);

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// One second.
    pub const SECOND: Self = Self(1_000);
    /// One minute.
    pub const MINUTE: Self = Self(60 * 1_000);
    /// One hour.
    pub const HOUR: Self = Self(60 * 60 * 1_000);
    /// One day of 24 hours.
    pub const DAY: Self = Self(24 * 60 * 60 * 1_000);
    /// One week of seven days.
    pub const WEEK: Self = Self(7 * 24 * 60 * 60 * 1_000);
    /// The longest duration: 36,525 days, which is a hundred years.
    pub const MAX: Self = Self(36_525 * 24 * 60 * 60 * 1_000);

    /// A duration of `millis` milliseconds, saturating at [`Duration::MAX`].
    #[must_use]
    pub const fn from_millis(millis: u64) -> Self {
        if millis > Self::MAX.0 as u64 {
            Self::MAX
        } else {
            Self(millis as i64)
        }
    }

    /// A duration of `secs` seconds, saturating at [`Duration::MAX`].
    #[must_use]
    pub const fn from_secs(secs: u64) -> Self {
        Self::from_millis(secs.saturating_mul(Self::SECOND.0 as u64))
    }

    /// A duration of `mins` minutes, saturating at [`Duration::MAX`].
    #[must_use]
    pub const fn from_mins(mins: u64) -> Self {
        Self::from_millis(mins.saturating_mul(Self::MINUTE.0 as u64))
    }

    /// A duration of `hours` hours, saturating at [`Duration::MAX`].
    #[must_use]
    pub const fn from_hours(hours: u64) -> Self {
        Self::from_millis(hours.saturating_mul(Self::HOUR.0 as u64))
    }

    /// A duration of `days` days of 24 hours, saturating at [`Duration::MAX`].
    #[must_use]
    pub const fn from_days(days: u64) -> Self {
        Self::from_millis(days.saturating_mul(Self::DAY.0 as u64))
    }

    /// A duration of `millis` milliseconds, saturating at [`Duration::MAX`]:
    /// the wide results of rates and factors come in through here.
    pub(super) fn from_millis_wide(millis: u128) -> Self {
        Self::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
    }

    /// The length in milliseconds: `0..=Duration::MAX.as_millis()`.
    #[must_use]
    pub const fn as_millis(self) -> u64 {
        self.0 as u64
    }

    /// The length in whole seconds, rounded down.
    #[must_use]
    pub const fn as_secs(self) -> u64 {
        self.as_millis() / Self::SECOND.as_millis()
    }

    /// Whether this is no time at all.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, or `None` above [`Duration::MAX`].
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        let sum = self.0 + other.0;
        if sum > Self::MAX.0 {
            None
        } else {
            Some(Self(sum))
        }
    }

    /// The difference, or `None` where `other` is longer.
    #[must_use]
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        if other.0 > self.0 {
            None
        } else {
            Some(Self(self.0 - other.0))
        }
    }

    /// The sum, at most [`Duration::MAX`].
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        // Two durations never overflow an i64: each is below 2^42.
        Self::from_millis((self.0 + other.0) as u64)
    }

    /// The difference, at least [`Duration::ZERO`].
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        if other.0 > self.0 {
            Self::ZERO
        } else {
            Self(self.0 - other.0)
        }
    }

    /// The product, at most [`Duration::MAX`].
    #[must_use]
    pub const fn saturating_mul(self, times: u64) -> Self {
        Self::from_millis(self.as_millis().saturating_mul(times))
    }
}

impl Add for Duration {
    type Output = Self;

    /// Saturates at [`Duration::MAX`].
    fn add(self, other: Self) -> Self {
        self.saturating_add(other)
    }
}

impl AddAssign for Duration {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Duration {
    type Output = Self;

    /// Saturates at [`Duration::ZERO`].
    fn sub(self, other: Self) -> Self {
        self.saturating_sub(other)
    }
}

impl SubAssign for Duration {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Mul<u64> for Duration {
    type Output = Self;

    /// Saturates at [`Duration::MAX`].
    fn mul(self, times: u64) -> Self {
        self.saturating_mul(times)
    }
}

impl Sum for Duration {
    fn sum<I: Iterator<Item = Self>>(durations: I) -> Self {
        durations.fold(Self::ZERO, Self::saturating_add)
    }
}
