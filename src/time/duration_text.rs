//! Durations as text: `24h20m`.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::Duration;

/// The units of the text form, largest first, in milliseconds.
const UNITS: [(&str, u64); 6] = [
    ("w", Duration::WEEK.as_millis()),
    ("d", Duration::DAY.as_millis()),
    ("h", Duration::HOUR.as_millis()),
    ("m", Duration::MINUTE.as_millis()),
    ("s", Duration::SECOND.as_millis()),
    ("ms", 1),
];

/// Writes `millis` in the text form of a duration. Apart from `Duration`
/// because the distance of an instant from T+0 may be longer than a hundred
/// years.
pub(super) fn write_millis(f: &mut fmt::Formatter<'_>, millis: u64) -> fmt::Result {
    if millis == 0 {
        return f.write_str("0s");
    }
    let mut rest = millis;
    for (unit, size) in &UNITS[1..] {
        if *unit == "d" && millis < 2 * size {
            continue;
        }
        if rest >= *size {
            write!(f, "{}{unit}", rest / size)?;
            rest %= size;
        }
    }
    Ok(())
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_millis(f, self.as_millis())
    }
}

/// Why a text is not a duration.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseDurationError {
    /// There is nothing to read.
    #[error("a duration is missing: write one like 4h or 24h20m")]
    Empty,
    /// A number stands without a unit.
    #[error("'{number}' needs a unit: one of w, d, h, m, s, ms, as in {number}m")]
    MissingUnit {
        /// The number as written.
        number: String,
    },
    /// A unit stands where a number is expected, or something else does.
    #[error(
        "'{found}' is not expected in a duration: write whole numbers with units and no spaces, as in 24h20m"
    )]
    Unexpected {
        /// The text from the offending place on.
        found: String,
    },
    /// The unit is none of those known.
    #[error("'{unit}' is not a unit of time: use one of w, d, h, m, s, ms")]
    UnknownUnit {
        /// The unit as written.
        unit: String,
    },
    /// A smaller unit stands before a larger one.
    #[error("'{unit}' stands too late: write the largest unit first, as in 1d4h30m")]
    WrongOrder {
        /// The unit that came too late.
        unit: &'static str,
    },
    /// A unit stands twice.
    #[error("'{unit}' stands twice: write each unit once")]
    Repeated {
        /// The unit that is repeated.
        unit: &'static str,
    },
    /// The number is not whole.
    #[error(
        "a duration has whole numbers only: write {} instead of {text}",
        .instead.as_deref().unwrap_or("a smaller unit")
    )]
    Fraction {
        /// The number and unit as written.
        text: String,
        /// The same length in whole numbers, where there is one.
        instead: Option<String>,
    },
    /// The duration is below zero.
    #[error("'{text}' is negative: a duration is zero or more")]
    Negative {
        /// The text as written.
        text: String,
    },
    /// The duration is above [`Duration::MAX`].
    #[error("'{text}' is too long: a duration is at most 36525d, a hundred years")]
    TooLarge {
        /// The text as written.
        text: String,
    },
}

impl FromStr for Duration {
    type Err = ParseDurationError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim().is_empty() {
            return Err(ParseDurationError::Empty);
        }
        if text.starts_with('-') {
            return Err(ParseDurationError::Negative { text: text.into() });
        }
        let too_large = || ParseDurationError::TooLarge { text: text.into() };
        let mut rest = text;
        let mut total: u64 = 0;
        let mut smallest: Option<usize> = None;
        while !rest.is_empty() {
            let (number, after) = split_while(rest, |c| c.is_ascii_digit());
            if number.is_empty() {
                return Err(ParseDurationError::Unexpected { found: rest.into() });
            }
            if after.starts_with(['.', ',']) {
                return Err(fraction(rest));
            }
            let (unit, after) = split_while(after, char::is_alphabetic);
            if unit.is_empty() {
                return Err(if after.is_empty() {
                    ParseDurationError::MissingUnit {
                        number: number.into(),
                    }
                } else {
                    ParseDurationError::Unexpected {
                        found: after.into(),
                    }
                });
            }
            let place = place_of(unit, smallest)?;
            let millis = number
                .parse::<u64>()
                .ok()
                .and_then(|count| count.checked_mul(UNITS[place].1))
                .ok_or_else(too_large)?;
            total = total.checked_add(millis).ok_or_else(too_large)?;
            smallest = Some(place);
            rest = after;
        }
        if total > Self::MAX.as_millis() {
            return Err(too_large());
        }
        Ok(Self::from_millis(total))
    }
}

/// The place of `unit` among the units, which must come after the smallest
/// unit so far.
fn place_of(unit: &str, smallest: Option<usize>) -> Result<usize, ParseDurationError> {
    let place = UNITS
        .iter()
        .position(|(name, _)| *name == unit)
        .ok_or_else(|| ParseDurationError::UnknownUnit { unit: unit.into() })?;
    let unit = UNITS[place].0;
    match smallest {
        Some(before) if before == place => Err(ParseDurationError::Repeated { unit }),
        Some(before) if before > place => Err(ParseDurationError::WrongOrder { unit }),
        _ => Ok(place),
    }
}

/// Splits `text` after its leading characters that are `wanted`.
fn split_while(text: &str, wanted: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !wanted(c)).unwrap_or(text.len()))
}

/// The error for a number that is not whole, at the start of `text`, with the
/// whole way of writing it where there is one.
fn fraction(text: &str) -> ParseDurationError {
    let (number, unit) = split_while(text, |c| c.is_ascii_digit() || c == '.' || c == ',');
    let (unit, _) = split_while(unit, char::is_alphabetic);
    ParseDurationError::Fraction {
        text: format!("{number}{unit}"),
        instead: whole_form(number, unit),
    }
}

/// The whole way of writing `1.5` and `h`, if it is a duration at all.
fn whole_form(number: &str, unit: &str) -> Option<String> {
    let (_, size) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let (whole, decimals) = number.split_once(['.', ','])?;
    if decimals.len() > 9 {
        return None;
    }
    let scale = 10_u128.pow(decimals.len() as u32);
    let scaled: u128 = format!("{whole}{decimals}").parse::<u64>().ok()?.into();
    let millis = scaled * u128::from(*size);
    if !millis.is_multiple_of(scale) || millis / scale > Duration::MAX.as_millis().into() {
        return None;
    }
    Some(Duration::from_millis_wide(millis / scale).to_string())
}
