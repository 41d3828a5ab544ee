//! Which checks are on, and by when what they ask for has to be.

use super::catalogue::CheckId;
use crate::time::{Duration, Instant};

/// The setting of one check.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    /// Whether it is judged at all.
    pub on: bool,
    /// Its deadline, from the instant that its entry in the catalogue names;
    /// nothing for a check without one.
    pub within: Option<Duration>,
}

/// The settings of all checks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits([Limit; CheckId::COUNT]);

impl Default for Limits {
    fn default() -> Self {
        Self(CheckId::ALL.map(|it| Limit {
            on: it.doc().on,
            within: it.doc().within,
        }))
    }
}

impl Limits {
    /// The setting of one check.
    #[must_use]
    pub const fn get(&self, check: CheckId) -> Limit {
        self.0[check as usize]
    }

    /// Changes the setting of one check.
    pub fn set(&mut self, check: CheckId, limit: Limit) {
        self.0[check as usize] = limit;
    }

    /// The deadline of an eventual check that counts from `from`.
    pub(super) fn deadline(&self, check: CheckId, from: Instant) -> Instant {
        from + self.get(check).within.unwrap_or(Duration::WEEK)
    }
}
