//! Days of the calendar on which nobody works.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use thiserror::Error;

/// A date, or a span of dates with both ends included: `2024-12-25`,
/// `2024-12-24..2024-12-26`.
///
/// Which moments those are is for the clocks of a time zone to say: see
/// [`Hours::compile_without`](super::Hours::compile_without).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dates {
    first: Date,
    last: Date,
}

impl Dates {
    /// Whether a date is one of these.
    pub(super) fn contains(&self, date: Date) -> bool {
        (self.first..=self.last).contains(&date)
    }

    /// Whether some date is one of both.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            return self.first.fmt(f);
        }
        write!(f, "{}..{}", self.first, self.last)
    }
}

/// Why a text is no date, and no span of dates.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseDatesError {
    /// It is not written as a date, or there is no such day.
    #[error("'{text}' is no date: write 2024-12-25, or 2024-12-24..2024-12-26")]
    NotADate {
        /// The text as written.
        text: String,
    },
    /// The span ends before it begins.
    #[error("'{text}' ends before it begins: write the earlier date first")]
    Backwards {
        /// The text as written.
        text: String,
    },
}

impl FromStr for Dates {
    type Err = ParseDatesError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let date = |part: &str| {
            // jiff reads more shapes; one way is enough here.
            let is_shaped = part.len() == 10
                && part.bytes().enumerate().all(|(at, byte)| match at {
                    4 | 7 => byte == b'-',
                    _ => byte.is_ascii_digit(),
                });
            let date = is_shaped.then(|| part.parse::<Date>().ok()).flatten();
            date.ok_or_else(|| ParseDatesError::NotADate { text: text.into() })
        };
        let (first, last) = (date(first)?, date(last)?);
        if last < first {
            return Err(ParseDatesError::Backwards { text: text.into() });
        }
        Ok(Self { first, last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_written() {
        for text in ["2024-12-25", "2024-12-24..2024-12-26", "2024-02-29"] {
            assert_eq!(text.parse::<Dates>().unwrap().to_string(), text);
        }
        let one: Dates = "2024-12-25..2024-12-25".parse().unwrap();
        assert_eq!(one.to_string(), "2024-12-25");
        for text in [
            "",
            "2024-12",
            "25.12.2024",
            "2023-02-29",
            "2024-13-01",
            "+024-12-25",
            "2024-12-25..",
            "2024-12-25...2024-12-26",
            "20241225",
            "2024-12-25T00:00",
        ] {
            let wanted = ParseDatesError::NotADate { text: text.into() };
            assert_eq!(text.parse::<Dates>(), Err(wanted));
        }
        let text = "2024-12-26..2024-12-24";
        assert_eq!(
            text.parse::<Dates>(),
            Err(ParseDatesError::Backwards { text: text.into() })
        );
    }

    #[test]
    fn spans_overlap_where_they_share_a_day() {
        let of = |text: &str| text.parse::<Dates>().unwrap();
        let span = of("2024-12-24..2024-12-26");
        assert!(span.overlaps(&of("2024-12-26..2025-01-01")));
        assert!(span.overlaps(&of("2024-12-25")));
        assert!(!span.overlaps(&of("2024-12-27")));
        assert!(!span.overlaps(&of("2024-12-23")));
    }
}
