//! What was chosen.

use crate::time::Duration;

/// What a source chose, as 64 bits; the domain says how to read them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice(u64);

impl Choice {
    /// No.
    pub const NO: Self = Self(0);
    /// Yes.
    pub const YES: Self = Self(1);

    /// The choice of yes or no.
    #[must_use]
    pub const fn from_bool(yes: bool) -> Self {
        Self(yes as u64)
    }

    /// The choice of a number: a count, a rank, or milliseconds.
    #[must_use]
    pub const fn from_u64(value: u64) -> Self {
        Self(value)
    }

    /// The choice of a duration, in milliseconds.
    #[must_use]
    pub const fn from_duration(duration: Duration) -> Self {
        Self(duration.as_millis())
    }

    /// Whether it is a yes: anything but zero.
    #[must_use]
    pub const fn as_bool(self) -> bool {
        self.0 != 0
    }

    /// The number: a count, a rank, or milliseconds.
    #[must_use]
    pub const fn as_u64(self) -> u64 {
        self.0
    }

    /// The number as milliseconds, at most [`Duration::MAX`].
    #[must_use]
    pub const fn as_duration(self) -> Duration {
        Duration::from_millis(self.0)
    }
}
