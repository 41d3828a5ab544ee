//! How much slower things go than they should.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::Duration;

/// A slow-down in fixed point: thousandths, from 0.001 to 1,000,000. Four
/// means four times as slow; below one is faster.
///
/// The text form has at most three decimals: `4`, `1.5`, `0.125`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Factor(u32);

/// One, in thousandths.
const UNIT: u32 = 1_000;

impl Factor {
    /// As fast as it should be.
    pub const ONE: Self = Self(UNIT);
    /// The least factor, 0.001.
    pub const MIN: Self = Self(1);
    /// The largest factor, 1,000,000.
    pub const MAX: Self = Self(1_000_000 * UNIT);

    /// A factor of so many thousandths; `None` outside `1..=1_000_000_000`.
    #[must_use]
    pub const fn from_thousandths(thousandths: u32) -> Option<Self> {
        if thousandths < Self::MIN.0 || thousandths > Self::MAX.0 {
            None
        } else {
            Some(Self(thousandths))
        }
    }

    /// The factor in thousandths: `1..=1_000_000_000`.
    #[must_use]
    pub const fn as_thousandths(self) -> u32 {
        self.0
    }

    /// Both slow-downs at once, rounded to the nearest thousandth, within
    /// [`Factor::MIN`] and [`Factor::MAX`].
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "it rounds and saturates")]
    pub fn mul(self, other: Self) -> Self {
        if other == Self::ONE {
            return self;
        }
        let exact = u64::from(self.0) * u64::from(other.0);
        let rounded = (exact + u64::from(UNIT / 2)) / u64::from(UNIT);
        Self(rounded.clamp(u64::from(Self::MIN.0), u64::from(Self::MAX.0)) as u32)
    }

    /// How long `work` takes under this factor, rounded up to the whole
    /// millisecond, at most [`Duration::MAX`].
    #[must_use]
    pub fn stretch(self, work: Duration) -> Duration {
        let millis = u128::from(work.as_millis()) * u128::from(self.0);
        Duration::from_millis_wide(millis.div_ceil(u128::from(UNIT)))
    }

    /// How much work is done in `elapsed` under this factor, rounded down, at
    /// most [`Duration::MAX`]. After `stretch(work)`, at least `work` is done.
    #[must_use]
    pub fn work_done(self, elapsed: Duration) -> Duration {
        let millis = u128::from(elapsed.as_millis()) * u128::from(UNIT);
        Duration::from_millis_wide(millis / u128::from(self.0))
    }
}

impl Default for Factor {
    /// [`Factor::ONE`].
    fn default() -> Self {
        Self::ONE
    }
}

impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, thousandths) = (self.0 / UNIT, self.0 % UNIT);
        if thousandths == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{thousandths:03}");
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}

/// Why a text is not a factor.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseFactorError {
    /// The text is not a decimal number.
    #[error("'{text}' is not a factor: write a number like 4 or 1.5")]
    NotANumber {
        /// The text as written.
        text: String,
    },
    /// The number has more than three decimals.
    #[error("'{text}' is too fine: a factor has at most three decimals")]
    TooFine {
        /// The text as written.
        text: String,
    },
    /// The number is outside the range.
    #[error("'{text}' is out of range: a factor is from 0.001 to 1000000")]
    OutOfRange {
        /// The text as written.
        text: String,
    },
}

impl FromStr for Factor {
    type Err = ParseFactorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let not_a_number = || ParseFactorError::NotANumber { text: text.into() };
        let out_of_range = || ParseFactorError::OutOfRange { text: text.into() };
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        if !digits(whole) || !digits(decimals) {
            return Err(not_a_number());
        }
        if decimals.len() > 3 {
            return Err(ParseFactorError::TooFine { text: text.into() });
        }
        let thousandths = format!("{decimals:0<3}")
            .parse::<u32>()
            .map_err(|_| not_a_number())?;
        whole
            .parse::<u32>()
            .ok()
            .and_then(|whole| whole.checked_mul(UNIT))
            .and_then(|whole| whole.checked_add(thousandths))
            .and_then(Self::from_thousandths)
            .ok_or_else(out_of_range)
    }
}
