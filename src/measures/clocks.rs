//! Clocks: how long it took until an org was whole again.

use super::conditions::Condition;
use super::row::Row;
use super::{Scene, Watch};
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::model::world::Life;
use crate::time::{Duration, Instant};

/// One clock, of an org or the largest of many.
///
/// Ordered by how bad it is, so the largest of many is their maximum.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Clock {
    /// Nobody was hit: there is nothing to time.
    #[default]
    Idle,
    /// The condition last became true so long after the outage began.
    Stopped(Duration),
    /// The condition is untrue at the end.
    Running,
}

impl Clock {
    /// How long it ran; nothing where it never started or never stopped.
    #[must_use]
    pub const fn stopped(self) -> Option<Duration> {
        match self {
            Self::Stopped(after) => Some(after),
            Self::Idle | Self::Running => None,
        }
    }
}

/// The four clocks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ClockKind {
    /// A working owner again.
    Ownership,
    /// Recommendations, graph entities, and the alerts that were inside the window
    /// at the outage's start, back (F-13).
    Protection,
    /// A working owner whose grants and auto-discovery cover the org, and its
    /// annotations if it had any (F-5, F-10).
    Configuration,
    /// All of it, promoted, the old one gone (F-12).
    Full,
}

impl ClockKind {
    /// Every clock, in the order of output.
    pub const ALL: [Self; 4] = [
        Self::Ownership,
        Self::Protection,
        Self::Configuration,
        Self::Full,
    ];

    /// The name in scenario files and output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ownership => "ownership",
            Self::Protection => "protection",
            Self::Configuration => "configuration",
            Self::Full => "full",
        }
    }
}

/// All four clocks of an org, of a connector, or of the fleet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Clocks {
    /// A working owner again.
    pub ownership: Clock,
    /// What it guards is back.
    pub protection: Clock,
    /// It is set up as it was.
    pub configuration: Clock,
    /// All of it, and the old connector gone.
    pub full: Clock,
}

impl Clocks {
    /// One of them.
    #[must_use]
    pub const fn get(&self, kind: ClockKind) -> Clock {
        match kind {
            ClockKind::Ownership => self.ownership,
            ClockKind::Protection => self.protection,
            ClockKind::Configuration => self.configuration,
            ClockKind::Full => self.full,
        }
    }

    /// The larger of each.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self {
            ownership: self.ownership.max(other.ownership),
            protection: self.protection.max(other.protection),
            configuration: self.configuration.max(other.configuration),
            full: self.full.max(other.full),
        }
    }
}

impl Watch {
    /// The clocks of an org, from the start of the first outage of the connector
    /// that held it at T+0; none for an org that was deleted or never hit, or that
    /// appeared during the run.
    #[must_use]
    pub fn clocks_of(&self, scene: &Scene<'_>, org: OrgIx) -> Option<Clocks> {
        let hit_at = self.hit_at(scene, org)?;
        scene
            .world
            .org(org)
            .exists
            .then(|| self.clocks_since(scene, org, hit_at))
    }

    /// When the first outage began of the connector that held an org at T+0.
    #[inline]
    #[must_use]
    pub fn hit_at(&self, scene: &Scene<'_>, org: OrgIx) -> Option<Instant> {
        let held_by = scene.setting.fleet.org(org).connector.get()?;
        scene
            .world
            .connector(held_by)
            .first_outage
            .filter(|_| self.row(org).is_hit())
    }

    /// The clocks of an org that exists and was hit.
    #[inline]
    pub(super) fn clocks_since(&self, scene: &Scene<'_>, org: OrgIx, hit_at: Instant) -> Clocks {
        self.hands_of(scene, org).clocks(hit_at)
    }

    /// When each clock stops of an org that exists and was hit.
    #[inline]
    pub(super) fn hands_of(&self, scene: &Scene<'_>, org: OrgIx) -> Hands {
        let row = self.row(org);
        let protection = latest(row, &Condition::PROTECTION);
        let configuration = latest(row, &Condition::CONFIGURATION);
        let whole = protection.max(configuration);
        let full = match self.retirement(scene, org) {
            Retirement::NotNeeded => whole,
            Retirement::Since(gone) => whole
                .max(latest(row, &[Condition::Promoted]))
                .max(Hand::at(gone)),
            Retirement::Missing => Hand::RUNS,
        };
        Hands {
            ownership: latest(row, &[Condition::Covered]),
            protection,
            configuration,
            full,
        }
    }

    /// Whether the old connector has to go before an org is fully recovered, and
    /// since when it is gone.
    #[inline]
    fn retirement(&self, scene: &Scene<'_>, org: OrgIx) -> Retirement {
        let old: ConnectorIx = scene.setting.fleet.org(org).connector;
        // A recovery that stood down neither promotes nor deletes; an outage that
        // was over before anybody started one leaves nothing to retire either.
        let needed = match scene.world.org(org).recovery.get() {
            Some(recovery) => !scene.world.recovery(recovery).stood_down,
            None => scene.world.connector(old).life != Life::Active,
        };
        match self.deleted_at(old) {
            _ if !needed => Retirement::NotNeeded,
            Some(gone) => Retirement::Since(gone),
            None => Retirement::Missing,
        }
    }
}

enum Retirement {
    NotNeeded,
    Since(Instant),
    Missing,
}

/// When a clock stops, if it does: ordered by how bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Hand(u64);

impl Hand {
    const RUNS: Self = Self(u64::MAX);

    #[inline]
    const fn at(instant: Instant) -> Self {
        Self(instant.as_millis() as u64)
    }

    fn clock(self, hit_at: Instant) -> Clock {
        match i64::try_from(self.0) {
            Ok(millis) => Clock::Stopped(Instant::from_millis(millis).max(hit_at).since(hit_at)),
            Err(_) => Clock::Running,
        }
    }
}

/// When the clocks stop of an org, or of several that were hit at one instant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hands {
    ownership: Hand,
    protection: Hand,
    configuration: Hand,
    full: Hand,
}

impl Hands {
    /// The later of each.
    #[inline]
    pub(super) fn max(self, other: Self) -> Self {
        Self {
            ownership: self.ownership.max(other.ownership),
            protection: self.protection.max(other.protection),
            configuration: self.configuration.max(other.configuration),
            full: self.full.max(other.full),
        }
    }

    pub(super) fn clocks(&self, hit_at: Instant) -> Clocks {
        Clocks {
            ownership: self.ownership.clock(hit_at),
            protection: self.protection.clock(hit_at),
            configuration: self.configuration.clock(hit_at),
            full: self.full.clock(hit_at),
        }
    }
}

/// When the last of some conditions became true.
#[inline]
fn latest(row: &Row, conditions: &[Condition]) -> Hand {
    conditions.iter().fold(Hand(0), |latest, &condition| {
        // Never is later than any instant.
        latest.max(Hand(row.since[condition as usize].never_last()))
    })
}
