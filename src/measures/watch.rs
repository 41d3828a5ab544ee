//! The watch: reads every fact, keeps one row an org and a few small rows beside.

use super::Scene;
use super::blame::Masks;
use super::conditions::Condition;
use super::queries::Spell;
use super::row::{Row, Stamp};
use crate::model::command::Actor;
use crate::model::fact::{Fact, What};
use crate::model::ids::{ConnectorIx, OrgIx, StepIx};
use crate::model::world::ConnectorState;
use crate::time::Instant;

/// What is kept of each connector.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct ConnectorRow {
    /// When it was deleted, and by whom.
    pub(super) deleted: Option<(Instant, Actor)>,
    /// Whether it has lost its configuration.
    pub(super) lost: bool,
    /// Since when it is up again after an outage.
    pub(super) up_since: Option<Instant>,
    /// The longest time that it was up again, before the next outage began.
    pub(super) up_longest: Option<(Instant, Instant)>,
}

/// What is kept of each recovery: its slowest step for the connector or a ticket, and its
/// last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct RecoveryRow {
    pub(super) slowest_ms: u64,
    pub(super) slowest: StepIx,
    /// When a step of it was last finished, or a ticket of it closed.
    pub(super) settled: Option<Instant>,
}

/// What is kept while a run is under way: one dense row an org, small rows for
/// connectors and recoveries. A fact costs constant work; one about a connector
/// costs a sweep over the orgs of that connector.
#[derive(Debug, Default)]
pub struct Watch {
    pub(super) rows: Vec<Row>,
    pub(super) connectors: Vec<ConnectorRow>,
    pub(super) recoveries: Vec<RecoveryRow>,
    /// What was won back and lost again, in the order of the losses.
    pub(super) past: Vec<Spell>,
    /// Orgs whose records somebody recreated in a connector that is not the target
    /// of their recovery.
    pub(super) strays: Vec<(ConnectorIx, OrgIx)>,
    /// How many orgs are orphaned now.
    pub(super) orphaned: u64,
    /// When that number last changed.
    pub(super) orphaned_at: Instant,
    /// The largest number that stood when time moved on.
    pub(super) orphaned_peak: u64,
    /// Records by kind, counted when each outage began: what the ledger has to
    /// account for.
    pub(super) at_outage: [u64; 5],
    /// Orgs that were deleted at their SCM, and when, in the order of the orgs.
    pub(super) deleted_orgs: Vec<(OrgIx, Instant)>,
    pub(super) any_hit: bool,
    pub(super) masks: Masks,
}

impl Clone for Watch {
    fn clone(&self) -> Self {
        Self {
            rows: self.rows.clone(),
            connectors: self.connectors.clone(),
            recoveries: self.recoveries.clone(),
            past: self.past.clone(),
            strays: self.strays.clone(),
            deleted_orgs: self.deleted_orgs.clone(),
            ..*self
        }
    }

    /// Reuses the allocations: a drill starts by copying a snapshot.
    fn clone_from(&mut self, source: &Self) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.clone_from(&source.rows);
        let mut connectors = std::mem::take(&mut self.connectors);
        connectors.clone_from(&source.connectors);
        let mut recoveries = std::mem::take(&mut self.recoveries);
        recoveries.clone_from(&source.recoveries);
        let mut past = std::mem::take(&mut self.past);
        past.clone_from(&source.past);
        let mut strays = std::mem::take(&mut self.strays);
        strays.clone_from(&source.strays);
        let mut deleted_orgs = std::mem::take(&mut self.deleted_orgs);
        deleted_orgs.clone_from(&source.deleted_orgs);
        *self = Self {
            rows,
            connectors,
            recoveries,
            past,
            strays,
            deleted_orgs,
            ..*source
        };
    }
}

impl Watch {
    /// A watch over a fleet at T+0.
    #[must_use]
    pub fn new(scene: &Scene<'_>) -> Self {
        let rows = scene
            .world
            .orgs
            .iter()
            .map(|it| Row::new(it.exists))
            .collect();
        Self {
            rows,
            connectors: vec![ConnectorRow::default(); scene.world.connectors.len()],
            recoveries: Vec::new(),
            past: Vec::new(),
            strays: Vec::new(),
            orphaned: 0,
            orphaned_at: Instant::ZERO,
            orphaned_peak: 0,
            at_outage: [0; 5],
            deleted_orgs: Vec::new(),
            any_hit: false,
            masks: Masks::of(scene.procedure, scene.setting.parameters.anchor),
        }
    }

    /// Becomes a copy of another watch, in the memory that it already has.
    pub fn reset_from(&mut self, snapshot: &Self) {
        self.clone_from(snapshot);
    }

    /// Reads an org's row before it is needed: both of its ends, which lie in
    /// different cache lines.
    pub fn look_ahead(&self, org: OrgIx) {
        let row = &self.rows[org.ix()];
        std::hint::black_box((row.since[0], row.in_window));
    }

    /// Reads a fact, after the world has.
    #[inline(always)]
    pub fn observe(&mut self, scene: &Scene<'_>, fact: &Fact) {
        match fact.what {
            What::StepFinished {
                recovery,
                step,
                subject,
                ready,
                ..
            } => {
                self.recoveries[recovery.ix()].settled = Some(fact.at);
                self.step_finished(scene, fact.at, recovery, step, subject, ready);
            }
            What::RecordsRecreated { org, kind, .. } => {
                self.refresh_recreated(scene, org, kind, fact.at);
            }
            What::OrgReleased { org, .. } => {
                self.rows[org.ix()].release();
                self.refresh_owner(scene, org, fact.at);
            }
            What::OrgUnowned { org, .. } => {
                self.rows[org.ix()].unown();
                self.refresh_owner(scene, org, fact.at);
            }
            What::OrgClaimed { org, .. } => {
                self.rows[org.ix()].claim();
                self.refresh_owner(scene, org, fact.at);
            }
            What::AnnotationsRecreated { org, .. } => self.refresh_annotations(scene, org, fact.at),
            What::Promoted { org, connector } => {
                // The last promotion counts, and each begins anew.
                let elsewhere = connector != scene.setting.fleet.org(org).connector;
                let since = if elsewhere {
                    Stamp::at(fact.at)
                } else {
                    Stamp::NEVER
                };
                self.rows[org.ix()].since[Condition::Promoted as usize] = since;
            }
            // The world's own word for what a sweep has found already, or nothing
            // that an org has.
            What::OrgOrphaned { .. } | What::OrgCovered { .. } | What::EntitiesAppeared { .. } => {}
            _ => self.observe_rare(scene, fact),
        }
    }

    #[inline(never)]
    fn observe_rare(&mut self, scene: &Scene<'_>, fact: &Fact) {
        let at = fact.at;
        match fact.what {
            What::GrantChanged { org, .. } | What::OrgListed { org, .. } => {
                self.refresh_owner(scene, org, at);
            }
            What::AutoDiscoverySet { connector, .. } => {
                self.sweep(scene, connector, |it, org| it.refresh_owner(scene, org, at));
            }
            What::OrgDeleted { org } => {
                let place = self.deleted_orgs.partition_point(|it| it.0 < org);
                self.deleted_orgs.insert(place, (org, at));
                self.refresh_owner(scene, org, at);
            }
            What::OrgCreated { org, .. } => {
                self.rows[org.ix()].see();
                self.refresh_owner(scene, org, at);
            }
            What::ConnectorDown { connector } => self.down(scene, connector, at),
            What::ConnectorUp { connector } => {
                self.connectors[connector.ix()].up_since = Some(at);
                self.sweep_if_active(scene, connector, at);
            }
            What::TokenRevoked { connector, .. } | What::ConsentWithdrawn { connector } => {
                self.sweep_if_active(scene, connector, at);
            }
            What::ConfigLost { connector } => {
                self.connectors[connector.ix()].lost = true;
                // It was down before, so nobody was watched or served by it: what is
                // new is that annotations are gone, and that copies in it are none.
                self.sweep(scene, connector, |it, org| {
                    it.rows[org.ix()].cut = Row::UNCUT;
                    it.refresh_annotations(scene, org, at);
                });
            }
            What::ConnectorAuthorized { connector }
                if !is_fresh(scene.world.connector(connector), at) =>
            {
                self.connectors[connector.ix()].lost = false;
                self.sweep(scene, connector, |it, org| it.refresh(scene, org, at));
            }
            What::ConnectorDeleted { connector } => self.deleted(scene, fact, connector),
            What::ConnectorCreated { .. } => self.connectors.push(ConnectorRow::default()),
            What::RecoveryStarted { .. } => {
                self.recoveries.push(RecoveryRow {
                    slowest_ms: 0,
                    slowest: StepIx(u8::MAX),
                    settled: None,
                });
            }
            // Its recovery forgets it, but what was recreated stays where it is.
            What::OrgStoodDown { org, .. } => {
                let home = scene.world.org(org).home;
                if home.is_some() {
                    self.strays.push((home, org));
                }
            }
            What::TicketClosed { ticket } => {
                if let Some(recovery) = scene.world.ticket(ticket).recovery.get() {
                    self.recoveries[recovery.ix()].settled = Some(at);
                }
            }
            _ => {}
        }
    }
}

/// One that is established now holds nothing yet.
fn is_fresh(it: &ConnectorState, at: Instant) -> bool {
    it.established_at == Some(at) && it.owns.is_empty()
}
