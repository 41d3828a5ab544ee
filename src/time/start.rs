//! When T+0 is, on the world's clock.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use thiserror::Error;

/// The moment of T+0 on the world's clock (UTC), in whole milliseconds.
///
/// Written as in RFC 3339, the seconds left out if they are zero:
/// `2024-07-18T21:40Z`, `2024-07-18T21:40:30Z`, `2024-07-18T16:40-05:00`.
/// Printing uses UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StartInstant {
    /// Milliseconds from 1970-01-01T00:00Z, within what jiff can tell.
    epoch_millis: i64,
}

impl StartInstant {
    /// T+0 at so many milliseconds from 1970-01-01T00:00Z; `None` outside the
    /// years -9999 to 9999.
    #[must_use]
    pub fn from_epoch_millis(epoch_millis: i64) -> Option<Self> {
        Timestamp::from_millisecond(epoch_millis).ok()?;
        Some(Self { epoch_millis })
    }

    /// Milliseconds from 1970-01-01T00:00Z; negative before it.
    #[must_use]
    pub const fn as_epoch_millis(self) -> i64 {
        self.epoch_millis
    }

    fn timestamp(self) -> Timestamp {
        // In range by construction; should jiff's range ever shrink, the end
        // of time is the honest answer.
        Timestamp::from_millisecond(self.epoch_millis).unwrap_or(Timestamp::MAX)
    }
}

impl fmt::Display for StartInstant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.timestamp().to_string();
        match text.strip_suffix(":00Z") {
            Some(to_the_minute) => write!(f, "{to_the_minute}Z"),
            None => f.write_str(&text),
        }
    }
}

/// Why a text is not a start.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseStartError {
    /// The text is not a date and a time with an offset.
    #[error(
        "'{text}' is not a date and time with an offset: write 2024-07-18T21:40Z, or 2024-07-18T16:40-05:00"
    )]
    NotADateTime {
        /// The text as written.
        text: String,
    },
    /// The text is a date and a time, but does not say where.
    #[error("'{text}' does not say in which offset: write {text}Z for UTC, or {text}-05:00")]
    MissingOffset {
        /// The text as written.
        text: String,
    },
    /// The text names a time zone.
    #[error("'{text}' names a time zone: write the offset alone, as in 2024-07-18T16:40-05:00")]
    Zone {
        /// The text as written.
        text: String,
    },
    /// The text is finer than a millisecond.
    #[error("'{text}' is too fine: a start is in whole milliseconds")]
    TooFine {
        /// The text as written.
        text: String,
    },
}

impl FromStr for StartInstant {
    type Err = ParseStartError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text_again = || text.to_owned();
        // jiff reads more shapes (a space, no dashes); one way is enough here.
        let bytes = text.as_bytes();
        let is_shaped = bytes.len() >= 16
            && [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':')]
                .iter()
                .all(|(place, wanted)| bytes[*place] == *wanted);
        if !is_shaped {
            return Err(ParseStartError::NotADateTime { text: text_again() });
        }
        if text.contains('[') {
            return Err(ParseStartError::Zone { text: text_again() });
        }
        let Ok(timestamp) = text.parse::<Timestamp>() else {
            return Err(if text.parse::<jiff::civil::DateTime>().is_ok() {
                ParseStartError::MissingOffset { text: text_again() }
            } else {
                ParseStartError::NotADateTime { text: text_again() }
            });
        };
        if timestamp.subsec_nanosecond() % 1_000_000 != 0 {
            return Err(ParseStartError::TooFine { text: text_again() });
        }
        Ok(Self {
            epoch_millis: timestamp.as_millisecond(),
        })
    }
}
