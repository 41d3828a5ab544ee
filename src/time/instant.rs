//! Moments of the virtual clock.

use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::str::FromStr;

use thiserror::Error;

use super::duration_text::write_millis;
use super::{Duration, ParseDurationError};

/// A moment of the virtual clock, in whole milliseconds from T+0.
///
/// It may lie before T+0: alerts were raised before the scenario began. For
/// "never" use `Option<Instant>`, not [`Instant::MAX`].
///
/// The text form is the distance from T+0: `T+24h20m`, `T+0`, `T-3d`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// T+0, the moment when the scenario begins.
    pub const ZERO: Self = Self(0);
    /// The earliest moment that can be told.
    pub const MIN: Self = Self(i64::MIN);
    /// The latest moment that can be told; arithmetic saturates here.
    pub const MAX: Self = Self(i64::MAX);

    /// The moment `millis` milliseconds after T+0 (before it, if negative).
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds from T+0; negative before it.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// The moment `later` from here, or `None` beyond [`Instant::MAX`].
    #[must_use]
    pub const fn checked_add(self, later: Duration) -> Option<Self> {
        match self.0.checked_add_unsigned(later.as_millis()) {
            Some(millis) => Some(Self(millis)),
            None => None,
        }
    }

    /// The moment `earlier` before here, or `None` beyond [`Instant::MIN`].
    #[must_use]
    pub const fn checked_sub(self, earlier: Duration) -> Option<Self> {
        match self.0.checked_sub_unsigned(earlier.as_millis()) {
            Some(millis) => Some(Self(millis)),
            None => None,
        }
    }

    /// The moment `later` from here, at most [`Instant::MAX`].
    #[must_use]
    pub const fn saturating_add(self, later: Duration) -> Self {
        Self(self.0.saturating_add_unsigned(later.as_millis()))
    }

    /// The moment `earlier` before here, at least [`Instant::MIN`].
    #[must_use]
    pub const fn saturating_sub(self, earlier: Duration) -> Self {
        Self(self.0.saturating_sub_unsigned(earlier.as_millis()))
    }

    /// How long ago `earlier` was: zero where it is later than this moment, at
    /// most [`Duration::MAX`].
    #[must_use]
    pub const fn since(self, earlier: Self) -> Duration {
        if earlier.0 >= self.0 {
            Duration::ZERO
        } else {
            Duration::from_millis(self.0.abs_diff(earlier.0))
        }
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    /// Saturates at [`Instant::MAX`].
    fn add(self, later: Duration) -> Self {
        self.saturating_add(later)
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, later: Duration) {
        *self = *self + later;
    }
}

impl Sub<Duration> for Instant {
    type Output = Self;

    /// Saturates at [`Instant::MIN`].
    fn sub(self, earlier: Duration) -> Self {
        self.saturating_sub(earlier)
    }
}

impl SubAssign<Duration> for Instant {
    fn sub_assign(&mut self, earlier: Duration) {
        *self = *self - earlier;
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("T+0"),
            millis => {
                f.write_str(if millis > 0 { "T+" } else { "T-" })?;
                write_millis(f, millis.unsigned_abs())
            }
        }
    }
}

/// Why a text is not an instant.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseInstantError {
    /// The text does not start with `T+` or `T-`.
    #[error(
        "'{text}' is not an instant: write the time from the start, as in T+4h30m, or T+0 for the start itself"
    )]
    MissingPrefix {
        /// The text as written.
        text: String,
    },
    /// What follows `T+` or `T-` is not a duration.
    #[error("after '{prefix}': {source}")]
    Distance {
        /// `T+` or `T-`.
        prefix: &'static str,
        /// What is wrong with the distance.
        source: ParseDurationError,
    },
}

impl FromStr for Instant {
    type Err = ParseInstantError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let distance = |prefix, rest: &str| {
            if rest == "0" {
                return Ok(Duration::ZERO);
            }
            rest.parse::<Duration>()
                .map_err(|source| ParseInstantError::Distance { prefix, source })
        };
        if let Some(rest) = text.strip_prefix("T+") {
            Ok(Self::ZERO + distance("T+", rest)?)
        } else if let Some(rest) = text.strip_prefix("T-") {
            Ok(Self::ZERO - distance("T-", rest)?)
        } else {
            Err(ParseInstantError::MissingPrefix { text: text.into() })
        }
    }
}
