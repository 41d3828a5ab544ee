//! What is expected of a run.

use crate::checks::{self, CheckId, Limits};
use crate::time::Duration;

/// What a scenario says about one check.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CheckExpectation {
    /// Whether it is judged.
    pub on: bool,
    /// Its deadline, if the scenario sets one.
    pub within: Option<Duration>,
    /// Whether vacuous or excused fails.
    pub require: bool,
    /// Why it is expected to fail.
    pub known_failure: Option<Box<str>>,
}

/// What a scenario may bound.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Measure {
    /// How long an org was orphaned, summed over the run: the worst org.
    BlindTime,
    /// Until every org has a working owner.
    OwnershipClock,
    /// Until alerts, recommendations and graph entities are back.
    ProtectionClock,
    /// Until grants, auto-discovery and annotations are back.
    ConfigurationClock,
    /// Until everything is back, promoted, and the old connector gone.
    FullClock,
    /// Records inside the window at the outage and outside at the anchor.
    LostToDelay,
    /// Records lost that F-14 does not list.
    LostUndocumented,
    /// Records lost as F-14 says.
    LostAsDocumented,
    /// Records that came back twice.
    Duplicated,
    /// Records that were not back when the run ended.
    Pending,
}

impl Measure {
    /// Every one.
    pub const ALL: [Self; 10] = [
        Self::BlindTime,
        Self::OwnershipClock,
        Self::ProtectionClock,
        Self::ConfigurationClock,
        Self::FullClock,
        Self::LostToDelay,
        Self::LostUndocumented,
        Self::LostAsDocumented,
        Self::Duplicated,
        Self::Pending,
    ];

    /// The name in scenario files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BlindTime => "blind-time",
            Self::OwnershipClock => "clocks.ownership",
            Self::ProtectionClock => "clocks.protection",
            Self::ConfigurationClock => "clocks.configuration",
            Self::FullClock => "clocks.full",
            Self::LostToDelay => "losses.lost-to-delay",
            Self::LostUndocumented => "losses.lost-undocumented",
            Self::LostAsDocumented => "losses.lost-as-documented",
            Self::Duplicated => "losses.duplicated",
            Self::Pending => "losses.pending",
        }
    }

    /// Whether it is a clock: its bound is a deadline.
    #[must_use]
    pub const fn is_clock(self) -> bool {
        matches!(
            self,
            Self::OwnershipClock
                | Self::ProtectionClock
                | Self::ConfigurationClock
                | Self::FullClock
        )
    }

    /// Whether it counts records.
    #[must_use]
    pub const fn is_loss(self) -> bool {
        !self.is_clock() && !matches!(self, Self::BlindTime)
    }
}

/// The most that a measure may show; as much is allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// Of a clock, or of blind time.
    Time(Duration),
    /// Of records.
    Records(u64),
}

/// A bound on a measure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bound {
    /// What is bound.
    pub measure: Measure,
    /// The most that it may show.
    pub most: Limit,
    /// Whether it fails where there was nothing to measure.
    pub require: bool,
    /// Why it is expected to fail.
    pub known_failure: Option<Box<str>>,
}

/// What is expected of a run: of every check, and of the measures that are bound.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expectations {
    /// By place in [`CheckId::ALL`].
    checks: Vec<CheckExpectation>,
    /// In the order of [`Measure::ALL`], each at most once.
    pub bounds: Vec<Bound>,
}

impl Default for Expectations {
    /// Every check is on but `stays-in-geography`; nothing is bound.
    fn default() -> Self {
        let usual = |it: &CheckId| CheckExpectation {
            on: it.doc().on,
            ..CheckExpectation::default()
        };
        Self {
            checks: CheckId::ALL.iter().map(usual).collect(),
            bounds: Vec::new(),
        }
    }
}

impl Expectations {
    /// What is said about a check.
    #[must_use]
    pub fn check(&self, check: CheckId) -> &CheckExpectation {
        &self.checks[check as usize]
    }

    /// Says something about a check.
    pub fn check_mut(&mut self, check: CheckId) -> &mut CheckExpectation {
        &mut self.checks[check as usize]
    }

    /// Which checks are on, and by when each has to be met.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        for (check, said) in self.iter() {
            let within = said.within.or(check.doc().within);
            limits.set(
                check,
                checks::Limit {
                    on: said.on,
                    within,
                },
            );
        }
        limits
    }

    /// Every check with what is said about it, in order.
    pub fn iter(&self) -> impl Iterator<Item = (CheckId, &CheckExpectation)> {
        CheckId::ALL.iter().copied().zip(&self.checks)
    }
}
