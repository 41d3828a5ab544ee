//! The measures of a run: what the watch knows at the end, in one sweep.

use super::booking::Extras;
use super::clocks::Hands;
use super::conditions::Condition;
use super::ledger::Ledger;
use super::{Clocks, Scene, Watch};
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::time::{Duration, Instant};

/// How far the orgs of one connector are with one condition, at the end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Orgs for which the condition was ever untrue, and that exist still.
    pub tested: u64,
    /// Those of them for which it is untrue now.
    pub unmet: u64,
    /// When it last became true, of those for which it is true.
    pub latest: Option<Instant>,
    /// Orgs that were deleted at their SCM while it was untrue.
    pub gone: u64,
}

/// The measures of one connector. What counts orgs counts those that it held at
/// T+0, so a connector that was created during the run has none of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ConnectorMeasures {
    /// When its first outage began.
    pub hit_at: Option<Instant>,
    /// The largest clocks of its orgs.
    pub clocks: Clocks,
    /// Orgs that it held at T+0.
    pub orgs: u64,
    /// Of how many orgs that exist it is the primary connector now, whoever held
    /// them at T+0.
    pub primary_of: u64,
    progress: [Progress; Condition::COUNT],
}

impl ConnectorMeasures {
    /// How far its orgs are with one condition.
    #[must_use]
    pub const fn progress(&self, condition: Condition) -> &Progress {
        &self.progress[condition as usize]
    }
}

/// What a run was like, in numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Measures {
    /// The largest clocks of all orgs.
    pub clocks: Clocks,
    /// The longest time that one org was orphaned in all.
    pub blind_max: Duration,
    /// The same summed over all orgs, in milliseconds: a million orgs may be
    /// orphaned for longer than a [`Duration`] holds.
    pub blind_ms_total: u64,
    /// Orgs that existed at some time.
    pub orgs: u64,
    /// The largest number of orgs that were orphaned at one time.
    pub orphaned_peak: u64,
    /// The longest loss of a working owner that is over.
    pub longest_loss: Option<Duration>,
    /// Orgs that lost their working owner and have none now, deleted ones included.
    pub lost: u64,
    /// Where every record ended.
    pub ledger: Ledger,
    connectors: Vec<ConnectorMeasures>,
}

impl Measures {
    /// Sweeps over the orgs once.
    pub(super) fn of(watch: &Watch, scene: &Scene<'_>, end: Instant) -> Self {
        let peak = watch.orphaned_peak.max(watch.orphaned);
        let mut measures = Self {
            clocks: Clocks::default(),
            blind_max: Duration::ZERO,
            blind_ms_total: 0,
            orgs: 0,
            orphaned_peak: peak,
            longest_loss: None,
            lost: 0,
            ledger: Ledger::new(watch.at_outage),
            connectors: vec![ConnectorMeasures::default(); scene.world.connectors.len()],
        };
        for (row, state) in measures.connectors.iter_mut().zip(&scene.world.connectors) {
            row.hit_at = state.first_outage;
        }
        let extras = Extras::of(scene);
        let mut hands = vec![None; measures.connectors.len()];
        for org in (0..scene.world.orgs.len()).map(OrgIx::from) {
            measures.add(watch, scene, &extras, org, end, &mut hands);
        }
        for (row, hands) in measures.connectors.iter_mut().zip(&hands) {
            if let (Some(hit_at), Some(hands)) = (row.hit_at, hands) {
                row.clocks = hands.clocks(hit_at);
                measures.clocks = measures.clocks.max(row.clocks);
            }
        }
        measures
    }

    #[inline]
    fn add(
        &mut self,
        watch: &Watch,
        scene: &Scene<'_>,
        extras: &Extras,
        org: OrgIx,
        end: Instant,
        hands: &mut [Option<Hands>],
    ) {
        let (row, state) = (watch.row(org), scene.world.org(org));
        if !row.was_seen() {
            return;
        }
        self.orgs += 1;
        let blind = watch.blind(org, end);
        self.blind_max = self.blind_max.max(blind);
        self.blind_ms_total += blind.as_millis();
        if let Some(loss) = watch.longest_loss(org) {
            self.longest_loss = self.longest_loss.max(loss.lasted);
        }
        let covered = row.since(Condition::Covered).is_some();
        self.lost += u64::from(row.was_covered() && !covered);
        if state.exists && state.primary.is_some() {
            self.connectors[state.primary.ix()].primary_of += 1;
        }
        let Some(held_by) = scene.setting.fleet.org(org).connector.get() else {
            return;
        };
        let connector = &mut self.connectors[held_by.ix()];
        connector.orgs += 1;
        if connector.hit_at.is_none() || !row.is_hit() {
            return;
        }
        for condition in Condition::ALL {
            let since = row.since(condition);
            let progress = &mut connector.progress[condition as usize];
            if !watch.was_broken(org, condition) {
                continue;
            }
            if since.is_none() && !state.exists {
                progress.gone += 1;
                continue;
            }
            progress.tested += 1;
            progress.unmet += u64::from(since.is_none());
            progress.latest = progress.latest.max(since);
        }
        if state.exists {
            let (largest, own) = (&mut hands[held_by.ix()], watch.hands_of(scene, org));
            *largest = Some(largest.map_or(own, |it| it.max(own)));
        }
        watch.book_into(scene, extras, org, &mut self.ledger);
    }

    /// The largest clocks of the orgs that a connector held at T+0.
    #[must_use]
    pub fn clocks_of(&self, connector: ConnectorIx) -> &Clocks {
        &self.connectors[connector.ix()].clocks
    }

    /// The measures of one connector.
    #[must_use]
    pub fn connector(&self, connector: ConnectorIx) -> &ConnectorMeasures {
        &self.connectors[connector.ix()]
    }

    /// The measures of every connector: those of the fleet, then those created.
    #[must_use]
    pub fn connectors(&self) -> &[ConnectorMeasures] {
        &self.connectors
    }
}
