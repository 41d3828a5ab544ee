//! What an org has to have back, recomputed from the world where a fact may have
//! changed it.

use super::row::{Row, Stamp};
use super::{Scene, Spell, Watch};
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx};
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
    #[inline]
    pub(super) fn refresh_owner(&mut self, scene: &Scene<'_>, org: OrgIx, at: Instant) {
        let state = scene.world.org(org);
        let owner = state.owner;
        let works = owner.is_some() && scene.world.works(owner);
        // A second owner, which a defect may allow, covers it too.
        let covered = works || !scene.world.also_owned.is_empty() && scene.world.is_covered(org);
        self.refresh_orphan(org, state.exists && !covered, at);
        // What a deleted org had back, it keeps in the books as it was.
        if !state.exists {
            return;
        }
        let extends = works && scene.world.extends_to(owner, org);
        let own = state.annotations == Annotations::Own || !scene.setting.fleet.org(org).annotated;
        let mut noting = Noting {
            org,
            at,
            past: &mut self.past,
            row: &mut self.rows[org.ix()],
        };
        if covered {
            noting.row.cover();
        }
        noting.note(Condition::Covered, covered);
        noting.note(Condition::Settings, extends);
        noting.note(Condition::Annotations, own);
    }

    /// Whether its own annotation configuration is there, if it had one.
    #[inline]
    pub(super) fn refresh_annotations(&mut self, scene: &Scene<'_>, org: OrgIx, at: Instant) {
        let state = scene.world.org(org);
        if state.exists {
            let own =
                state.annotations == Annotations::Own || !scene.setting.fleet.org(org).annotated;
            let mut noting = Noting {
                org,
                at,
                past: &mut self.past,
                row: &mut self.rows[org.ix()],
            };
            noting.note(Condition::Annotations, own);
        }
    }

    /// Which of its records are in use.
    #[inline]
    pub(super) fn refresh_records(&mut self, scene: &Scene<'_>, org: OrgIx, at: Instant) {
        if !scene.world.org(org).exists {
            return;
        }
        let in_use = InUse::of(scene, org);
        let mut noting = Noting {
            org,
            at,
            past: &mut self.past,
            row: &mut self.rows[org.ix()],
        };
        for kind in RecordKind::RECREATED {
            noting.note_records(kind, &in_use);
        }
    }

    /// Records of one kind have a new home. If that home is new for the org, its
    /// other records lost theirs.
    #[inline]
    pub(super) fn refresh_recreated(
        &mut self,
        scene: &Scene<'_>,
        org: OrgIx,
        kind: RecordKind,
        at: Instant,
    ) {
        let state = scene.world.org(org);
        let [alerts, recommendations, graph] = state.recreated;
        let others = match kind {
            RecordKind::Alert => recommendations | graph,
            RecordKind::Recommendation => alerts | graph,
            RecordKind::GraphEntity => alerts | recommendations,
            RecordKind::ContainerMapping | RecordKind::IacMapping => return,
        };
        if others == 0 {
            let recovery = state.recovery.get().map(|it| scene.world.recovery(it));
            if recovery.is_none_or(|it| it.target != state.home) {
                self.strays.push((state.home, org));
            }
            self.refresh_records(scene, org, at);
        } else if state.exists {
            let in_use = InUse::of(scene, org);
            let mut noting = Noting {
                org,
                at,
                past: &mut self.past,
                row: &mut self.rows[org.ix()],
            };
            noting.note_records(kind, &in_use);
        }
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
                row.end_orphaned(since, at.since(since).as_millis());
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
}

/// How many records of an org are in use, from the first: what
/// [`World::records_in_use`](crate::model::world::World::records_in_use) says, for
/// all kinds at once.
struct InUse<'a> {
    /// All that there are.
    all: &'a [u32; 5],
    /// Those in the last home.
    recreated: &'a [u32; 3],
    /// Where they were at T+0, they all are in use.
    old: bool,
    /// Their last home is.
    last: bool,
}

impl<'a> InUse<'a> {
    #[inline]
    fn of(scene: &Scene<'a>, org: OrgIx) -> Self {
        let (world, row) = (scene.world, scene.setting.fleet.org(org));
        let state = world.org(org);
        let serves = |it: ConnectorIx| it.is_some() && world.serves_records(it);
        let (old, last) = (serves(row.connector), serves(state.home));
        Self {
            all: &row.records,
            recreated: &state.recreated,
            old,
            last,
        }
    }

    #[inline]
    fn has(&self, kind: RecordKind, promised: u32) -> bool {
        self.old || self.last && self.recreated[kind.ix()] >= promised || promised == 0
    }
}

/// One org's row, and where a break is written down.
struct Noting<'a> {
    org: OrgIx,
    at: Instant,
    row: &'a mut Row,
    past: &'a mut Vec<Spell>,
}

impl Noting<'_> {
    #[inline]
    fn note_records(&mut self, kind: RecordKind, in_use: &InUse<'_>) {
        let (condition, promised) = match kind {
            RecordKind::Alert => (Condition::Alerts, self.row.in_window),
            RecordKind::Recommendation => (Condition::Recommendations, in_use.all[kind.ix()]),
            _ => (Condition::Graph, in_use.all[kind.ix()]),
        };
        self.note(condition, in_use.has(kind, promised));
    }

    /// Writes down whether a condition holds.
    #[inline]
    fn note(&mut self, condition: Condition, holds: bool) {
        let since = &mut self.row.since[condition as usize];
        if since.is_never() {
            if holds {
                *since = Stamp::at(self.at);
            }
        } else if !holds {
            let before = std::mem::replace(since, Stamp::NEVER);
            // What stood from the start needs no entry; what was won back and lost
            // again does: a deadline may have passed in between.
            if let Some(since) = before.get().filter(|_| before != Stamp::START) {
                self.past.push(Spell {
                    org: self.org,
                    condition,
                    since,
                    until: self.at,
                });
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
