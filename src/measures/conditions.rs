//! What an org has to have back, recomputed from the world where a fact may have
//! changed it.

use super::row::{Row, Stamp};
use super::{Scene, Spell, Watch};
use crate::model::fleet::RecordKind;
use crate::model::ids::OrgIx;
use crate::model::world::Annotations;
use crate::time::Instant;

/// Something that an org has before an outage, and is to have again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Condition {
    /// A working owner.
    Covered,
    /// The alerts that were inside the window when the outage began are in use
    /// (F-13, F-14).
    Alerts,
    /// All recommendations are in use (F-13).
    Recommendations,
    /// All entities of the security graph are in use (F-13).
    Graph,
    /// Its own annotation configuration, if it had one (F-10).
    Annotations,
    /// A working owner whose grants and auto-discovery extend to it (F-5, D-9).
    Settings,
    /// Another primary than the connector that held it at T+0 (F-12).
    Promoted,
}

impl Condition {
    /// How many there are.
    pub(super) const COUNT: usize = 7;

    /// Every one.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Covered,
        Self::Alerts,
        Self::Recommendations,
        Self::Graph,
        Self::Annotations,
        Self::Settings,
        Self::Promoted,
    ];

    /// What the clock `protection` waits for.
    pub(super) const PROTECTION: [Self; 3] = [Self::Alerts, Self::Recommendations, Self::Graph];

    /// What the clock `configuration` waits for.
    pub(super) const CONFIGURATION: [Self; 3] = [Self::Covered, Self::Settings, Self::Annotations];
}

impl Watch {
    /// Everything about an org.
    pub(super) fn refresh(&mut self, scene: &Scene<'_>, org: OrgIx, at: Instant) {
        self.refresh_owner(scene, org, at);
        self.refresh_records(scene, org, at);
    }

    /// What depends on its owner: coverage, settings, annotations.
    pub(super) fn refresh_owner(&mut self, scene: &Scene<'_>, org: OrgIx, at: Instant) {
        let state = scene.world.org(org);
        let covered = scene.world.is_covered(org);
        self.refresh_orphan(org, state.exists && !covered, at);
        // What a deleted org had back, it keeps in the books as it was.
        if !state.exists {
            return;
        }
        if covered {
            self.rows[org.ix()].cover();
        }
        self.note(org, Condition::Covered, covered, at);
        let owner = state.owner;
        let extends = owner.is_some() && scene.world.works(owner) && scene.world.extends_to(owner, org);
        self.note(org, Condition::Settings, extends, at);
        self.refresh_annotations(scene, org, at);
    }

    /// Whether its own annotation configuration is there, if it had one.
    #[inline]
    pub(super) fn refresh_annotations(&mut self, scene: &Scene<'_>, org: OrgIx, at: Instant) {
        let state = scene.world.org(org);
        if state.exists {
            let own = state.annotations == Annotations::Own || !scene.setting.fleet.org(org).annotated;
            self.note(org, Condition::Annotations, own, at);
        }
    }

    /// Which of its records are in use.
    pub(super) fn refresh_records(&mut self, scene: &Scene<'_>, org: OrgIx, at: Instant) {
        let (world, fleet) = (scene.world, scene.setting.fleet);
        if !world.org(org).exists {
            return;
        }
        let records = &fleet.org(org).records;
        let in_use = |kind| world.records_in_use(fleet, org, kind);
        let alerts = in_use(RecordKind::Alert) >= self.rows[org.ix()].in_window;
        let recommendations = in_use(RecordKind::Recommendation) >= records[RecordKind::Recommendation.ix()];
        let graph = in_use(RecordKind::GraphEntity) >= records[RecordKind::GraphEntity.ix()];
        self.note(org, Condition::Alerts, alerts, at);
        self.note(org, Condition::Recommendations, recommendations, at);
        self.note(org, Condition::Graph, graph, at);
    }

    /// Whether it exists and nobody who works watches it.
    #[inline]
    fn refresh_orphan(&mut self, org: OrgIx, orphaned: bool, at: Instant) {
        let row = &mut self.rows[org.ix()];
        match row.orphaned_since.get() {
            None if orphaned => {
                row.orphaned_since = Stamp::at(at);
                self.move_on(at);
                self.orphaned += 1;
            }
            Some(since) if !orphaned => {
                let lasted_ms = at.since(since).as_millis();
                row.end_orphaned(since, lasted_ms);
                self.move_on(at);
                self.orphaned -= 1;
            }
            _ => {}
        }
    }

    /// Only a number of orphaned orgs that stands when time moves on counts.
    #[inline]
    fn move_on(&mut self, at: Instant) {
        if at > self.orphaned_at {
            self.orphaned_peak = self.orphaned_peak.max(self.orphaned);
            self.orphaned_at = at;
        }
    }

    /// Writes down whether a condition holds.
    #[inline]
    pub(super) fn note(&mut self, org: OrgIx, condition: Condition, holds: bool, at: Instant) {
        let since = &mut self.rows[org.ix()].since[condition as usize];
        if since.is_never() {
            if holds {
                *since = Stamp::at(at);
            }
        } else if !holds {
            let before = std::mem::replace(since, Stamp::NEVER);
            // What stood from the start needs no entry; what was won back and lost
            // again does: a deadline may have passed in between.
            if let Some(since) = before.get().filter(|_| before != Stamp::START) {
                self.past.push(Spell { org, condition, since, until: at });
            }
        }
    }
}

impl Row {
    fn end_orphaned(&mut self, since: Instant, lasted_ms: u64) {
        self.blind_ms += lasted_ms;
        // An org that never had a working owner has lost none: it is late, which
        // is another check's business.
        if self.was_covered() && (self.loss_from.is_never() || lasted_ms > self.loss_ms) {
            (self.loss_ms, self.loss_from) = (lasted_ms, Stamp::at(since));
        }
        self.orphaned_since = Stamp::NEVER;
    }
}
