//! How likely something is.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A probability in parts per million, from never to always.
///
/// The text form is in per cent with at most four decimals: `25%`, `0.5%`,
/// `0.0001%`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Probability(u32);

/// Parts per million in one per cent.
const PER_CENT: u32 = 10_000;

impl Probability {
    /// It does not happen.
    pub const NEVER: Self = Self(0);
    /// It happens for certain.
    pub const ALWAYS: Self = Self(1_000_000);

    /// A probability of so many parts per million; `None` above 1,000,000.
    #[must_use]
    pub const fn from_ppm(ppm: u32) -> Option<Self> {
        if ppm > Self::ALWAYS.0 {
            None
        } else {
            Some(Self(ppm))
        }
    }

    /// Parts per million: `0..=1_000_000`.
    #[must_use]
    pub const fn as_ppm(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Probability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / PER_CENT, self.0 % PER_CENT);
        if rest == 0 {
            return write!(f, "{whole}%");
        }
        let decimals = format!("{rest:04}");
        write!(f, "{whole}.{}%", decimals.trim_end_matches('0'))
    }
}

/// Why a text is not a probability.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseProbabilityError {
    /// There is no percent sign.
    #[error("'{text}' has no percent sign: write a probability in per cent, as in 25%")]
    MissingPercent {
        /// The text as written.
        text: String,
    },
    /// What stands before the percent sign is not a decimal number.
    #[error("'{text}' is not a probability: write one like 25% or 0.5%")]
    NotANumber {
        /// The text as written.
        text: String,
    },
    /// The number has more than four decimals.
    #[error("'{text}' is too fine: a probability has at most four decimals, as in 0.0001%")]
    TooFine {
        /// The text as written.
        text: String,
    },
    /// The number is above a hundred.
    #[error("'{text}' is out of range: a probability is from 0% to 100%")]
    OutOfRange {
        /// The text as written.
        text: String,
    },
}

impl FromStr for Probability {
    type Err = ParseProbabilityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let not_a_number = || ParseProbabilityError::NotANumber { text: text.into() };
        let out_of_range = || ParseProbabilityError::OutOfRange { text: text.into() };
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let number = text
            .strip_suffix('%')
            .ok_or_else(|| ParseProbabilityError::MissingPercent { text: text.into() })?;
        if number
            .strip_prefix('-')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        {
            return Err(out_of_range());
        }
        let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
        if !digits(whole) || !digits(decimals) {
            return Err(not_a_number());
        }
        if decimals.len() > 4 {
            return Err(ParseProbabilityError::TooFine { text: text.into() });
        }
        let rest = format!("{decimals:0<4}")
            .parse::<u32>()
            .map_err(|_| not_a_number())?;
        whole
            .parse::<u32>()
            .ok()
            .and_then(|whole| whole.checked_mul(PER_CENT))
            .and_then(|whole| whole.checked_add(rest))
            .and_then(Self::from_ppm)
            .ok_or_else(out_of_range)
    }
}
