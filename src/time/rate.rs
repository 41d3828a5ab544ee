//! How fast a worker works.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::Duration;

/// A speed: so many things (projects, repos, records) in a unit of time. Exact,
/// and never zero.
///
/// The text form is `100/h`; the unit is one of `s`, `m`, `h`, `d`. Two rates
/// are equal where they are written alike: `60/h` and `1/m` take the same time,
/// but are not equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    count: u64,
    unit: Unit,
}

/// The units of time that a rate may be given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Unit {
    Second,
    Minute,
    Hour,
    Day,
}

impl Unit {
    const ALL: [Self; 4] = [Self::Second, Self::Minute, Self::Hour, Self::Day];

    const fn name(self) -> &'static str {
        match self {
            Self::Second => "s",
            Self::Minute => "m",
            Self::Hour => "h",
            Self::Day => "d",
        }
    }

    const fn length(self) -> Duration {
        match self {
            Self::Second => Duration::SECOND,
            Self::Minute => Duration::MINUTE,
            Self::Hour => Duration::HOUR,
            Self::Day => Duration::DAY,
        }
    }
}

impl Rate {
    /// So many things in an hour; `None` for zero, which would never end.
    #[must_use]
    pub const fn per_hour(count: u64) -> Option<Self> {
        if count == 0 {
            return None;
        }
        Some(Self {
            count,
            unit: Unit::Hour,
        })
    }

    /// How many things in one [`period`](Self::period): at least one.
    #[must_use]
    pub const fn count(self) -> u64 {
        self.count
    }

    /// The period that the count is for: a second, a minute, an hour or a day.
    #[must_use]
    pub const fn period(self) -> Duration {
        self.unit.length()
    }

    /// How long `count` things take, rounded up to the whole millisecond, at
    /// most [`Duration::MAX`].
    #[must_use]
    pub fn time_for(self, count: u64) -> Duration {
        // Wide division is slow, and hardly ever needed.
        if let Some(millis) = count.checked_mul(self.period().as_millis()) {
            return Duration::from_millis(millis.div_ceil(self.count));
        }
        let millis = u128::from(count) * u128::from(self.period().as_millis());
        Duration::from_millis_wide(millis.div_ceil(u128::from(self.count)))
    }

    /// How many things are finished after `elapsed`, rounded down, at most
    /// `u64::MAX`. The inverse of [`time_for`](Self::time_for): after the time
    /// for `n` things, at least `n` are finished.
    #[must_use]
    pub fn count_in(self, elapsed: Duration) -> u64 {
        let done = u128::from(elapsed.as_millis()) * u128::from(self.count);
        u64::try_from(done / u128::from(self.period().as_millis())).unwrap_or(u64::MAX)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.count, self.unit.name())
    }
}

/// Why a text is not a rate.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseRateError {
    /// There is no slash.
    #[error("'{text}' is not a rate: write how many in which time, as in 100/h")]
    MissingSlash {
        /// The text as written.
        text: String,
    },
    /// What stands before the slash is not a whole number of a `u64`.
    #[error("'{count}' is not a whole number: write a rate as in 100/h")]
    BadCount {
        /// The count as written.
        count: String,
    },
    /// Nothing would ever be finished.
    #[error("a rate of zero would never finish: write at least one, as in 1/d")]
    Zero,
    /// What stands after the slash is not a unit.
    #[error("'{unit}' is not a unit of a rate: use one of /s, /m, /h, /d")]
    UnknownUnit {
        /// The unit as written.
        unit: String,
    },
}

impl FromStr for Rate {
    type Err = ParseRateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (count, unit) = text
            .split_once('/')
            .ok_or_else(|| ParseRateError::MissingSlash { text: text.into() })?;
        let bad_count = || ParseRateError::BadCount {
            count: count.into(),
        };
        // `u64::from_str` would take a plus sign.
        if !count.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(bad_count());
        }
        let count = count.parse::<u64>().map_err(|_| bad_count())?;
        if count == 0 {
            return Err(ParseRateError::Zero);
        }
        let unit = Unit::ALL
            .into_iter()
            .find(|known| known.name() == unit)
            .ok_or_else(|| ParseRateError::UnknownUnit { unit: unit.into() })?;
        Ok(Self { count, unit })
    }
}
