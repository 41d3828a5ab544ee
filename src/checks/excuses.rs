//! When the faults left no way to succeed: a closed table, computed from fleet and
//! faults alone, never from what the procedure did.
//!
//! | fault | excuses |
//! | --- | --- |
//! | no supported region, the connector's own among them, is up and not full for one uninterrupted shortest recovery (4 h and 1 min an org) | the eventual checks of its orgs |
//! | the org was deleted at its SCM | the eventual checks of that org |
//! | nobody could authorise, all the time | the eventual checks of its orgs |
//!
//! The own region counts, though no recovery goes there: once it is up, authorising
//! the connector again is a way too, and so is waiting for that. Whoever left an
//! outage that waiting would have ended is not excused.
//!
//! Tickets, queues, people and residency rules never excuse.

use super::case::Case;
use crate::model::catalogue::Availability;
use crate::model::fleet::Fleet;
use crate::model::ids::{ConnectorIx, RegionIx};
use crate::time::{Duration, Instant};

/// A stretch of time: from its first instant to the one after its last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Span {
    /// When it begins.
    pub from: Instant,
    /// When it ends; never, if nothing is said.
    pub to: Option<Instant>,
}

impl Span {
    fn ends(&self) -> Instant {
        self.to.unwrap_or(Instant::MAX)
    }
}

/// What the faults of a run took away, and when. Filled from the schedule of the
/// faults, also beyond the end of the run; the spans of one row may overlap and
/// stand in any order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Excuses {
    /// By region of the catalogue: when it is down or full. Missing rows are up.
    pub regions: Vec<Vec<Span>>,
    /// By connector of the fleet: when nobody can authorise for it and those that
    /// take over from it. Missing rows always have somebody.
    pub nobody_authorizes: Vec<Vec<Span>>,
}

impl Excuses {
    /// The shortest recovery of a connector that there can be, customer's time zero.
    #[must_use]
    pub fn shortest_recovery(fleet: &Fleet, connector: ConnectorIx) -> Duration {
        let orgs = fleet.connectors()[connector.ix()].owns.len();
        Duration::from_hours(4) + Duration::from_mins(u64::from(orgs))
    }

    /// Whether the faults left a connector of the fleet no way to be recovered
    /// between two instants.
    #[must_use]
    pub fn leave_no_way(
        &self,
        fleet: &Fleet,
        connector: ConnectorIx,
        from: Instant,
        to: Instant,
    ) -> bool {
        self.no_region(fleet, connector, from, to) || self.nobody(connector, from, to)
    }

    fn no_region(&self, fleet: &Fleet, connector: ConnectorIx, from: Instant, to: Instant) -> bool {
        let needed = Self::shortest_recovery(fleet, connector);
        // A time that is too short by itself is not the faults' doing.
        if self.regions.iter().all(Vec::is_empty) || to.since(from) < needed {
            return false;
        }
        let regions = fleet.catalogue().regions;
        let usable = |&at: &usize| regions[at].availability == Availability::Supported;
        (0..regions.len())
            .filter(usable)
            .all(|at| self.longest_way(RegionIx::from(at), from, to) < needed)
    }

    /// The longest time without a break during which a region is up and not full.
    fn longest_way(&self, region: RegionIx, from: Instant, to: Instant) -> Duration {
        let shut = self
            .regions
            .get(region.ix())
            .map_or(&[][..], |it| it.as_slice());
        gaps(shut, from, to)
            .map(|it| it.1.since(it.0))
            .max()
            .unwrap_or(Duration::ZERO)
    }

    fn nobody(&self, connector: ConnectorIx, from: Instant, to: Instant) -> bool {
        let away = self
            .nobody_authorizes
            .get(connector.ix())
            .map_or(&[][..], |it| it.as_slice());
        !away.is_empty() && gaps(away, from, to).next().is_none()
    }
}

/// What is left of a time between spans.
fn gaps(
    spans: &[Span],
    from: Instant,
    to: Instant,
) -> impl Iterator<Item = (Instant, Instant)> + use<> {
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    spans.push(Span { from: to, to: None });
    let mut free_from = from;
    spans.into_iter().filter_map(move |span| {
        let gap = (free_from, span.from.min(to));
        free_from = free_from.max(span.ends());
        (gap.0 < gap.1).then_some(gap)
    })
}

impl Case<'_> {
    /// Whether the orgs of a connector of the fleet are excused from what had to be
    /// done between two instants.
    pub(super) fn excuses_connector(
        &self,
        connector: ConnectorIx,
        from: Instant,
        to: Instant,
    ) -> bool {
        let fleet = self.scene.setting.fleet;
        connector.is_some() && self.excuses.leave_no_way(fleet, connector, from, to)
    }
}
