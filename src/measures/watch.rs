//! The watch: reads every fact, keeps one row an org and a few small rows beside.

use super::conditions::Condition;
use super::queries::Spell;
use super::row::{Row, Stamp};
use super::Scene;
use crate::model::command::Actor;
use crate::model::fact::{Fact, Subject, What};
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, StepIx};
use crate::model::rules::{Anchor, Rule};
use crate::model::world::Life;
use crate::procedure::{Graph, Issue};
use crate::time::{Duration, Instant};

/// What is kept of each connector.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct ConnectorRow {
    /// When it was deleted, and by whom.
    pub(super) deleted: Option<(Instant, Actor)>,
    /// Whether it has lost its configuration.
    lost: bool,
    /// Since when it is up again after an outage.
    pub(super) up_since: Option<Instant>,
    /// The longest time that it was up again, before the next outage began.
    pub(super) up_longest: Option<(Instant, Instant)>,
}

/// What is kept of each recovery: its slowest step for the connector or a ticket.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct RecoveryRow {
    pub(super) slowest_ms: u64,
    pub(super) slowest: StepIx,
}

/// Sets of steps, looked up once.
#[derive(Clone, Copy, Debug, Default)]
struct Masks {
    /// Steps that recreate records.
    recreate: u32,
    /// Steps that may have made the alert window move past an alert.
    blamable: u32,
}

/// What is kept while a run is under way: one dense row an org, small rows for
/// connectors and recoveries. A fact costs constant work; one about a connector
/// costs a sweep over the orgs of that connector.
#[derive(Debug)]
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
    pub(super) last_settled: Option<Instant>,
    pub(super) any_hit: bool,
    masks: Masks,
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
        *self = Self { rows, connectors, recoveries, past, strays, deleted_orgs, ..*source };
    }
}

impl Watch {
    /// A watch over a fleet at T+0.
    #[must_use]
    pub fn new(scene: &Scene<'_>) -> Self {
        let rows = scene.world.orgs.iter().map(|it| Row::new(it.exists)).collect();
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
            last_settled: None,
            any_hit: false,
            masks: Masks::of(scene.procedure, scene.setting.parameters.anchor),
        }
    }

    /// Becomes a copy of another watch, in the memory that it already has.
    pub fn reset_from(&mut self, snapshot: &Self) {
        self.clone_from(snapshot);
    }

    /// Reads a fact, after the world has.
    #[inline]
    pub fn observe(&mut self, scene: &Scene<'_>, fact: &Fact) {
        match fact.what {
            What::StepFinished { recovery, step, subject, ready, .. } => {
                self.last_settled = Some(fact.at);
                self.step_finished(scene, fact.at, recovery, step, subject, ready);
            }
            What::RecordsRecreated { org, kind, .. } => self.refresh_recreated(scene, org, kind, fact.at),
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
                let since = if elsewhere { Stamp::at(fact.at) } else { Stamp::NEVER };
                self.rows[org.ix()].since[Condition::Promoted as usize] = since;
            }
            // The world's own word for what a sweep has found already, or nothing
            // that an org has.
            What::OrgOrphaned { .. } | What::OrgCovered { .. } | What::EntitiesAppeared { .. } => {}
            _ => self.observe_rare(scene, fact),
        }
    }

    fn observe_rare(&mut self, scene: &Scene<'_>, fact: &Fact) {
        let at = fact.at;
        match fact.what {
            What::GrantChanged { org, .. } => self.refresh_owner(scene, org, at),
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
            What::TokenRevoked { connector, .. } => self.sweep_if_active(scene, connector, at),
            What::ConfigLost { connector } => {
                self.connectors[connector.ix()].lost = true;
                // It was down before, so nobody was watched or served by it: what is
                // new is that annotations are gone, and that copies in it are none.
                self.sweep(scene, connector, |it, org| {
                    it.rows[org.ix()].cut = Row::UNCUT;
                    it.refresh_annotations(scene, org, at);
                });
            }
            // One that is established now holds nothing yet.
            What::ConnectorAuthorized { connector }
                if scene.world.connector(connector).established_at != Some(at) =>
            {
                self.connectors[connector.ix()].lost = false;
                self.sweep(scene, connector, |it, org| it.refresh(scene, org, at));
            }
            What::ConnectorDeleted { connector } => self.deleted(scene, fact, connector),
            What::ConnectorCreated { .. } => self.connectors.push(ConnectorRow::default()),
            What::RecoveryStarted { .. } => {
                self.recoveries.push(RecoveryRow { slowest_ms: 0, slowest: StepIx(u8::MAX) });
            }
            What::TicketClosed { .. } => self.last_settled = Some(at),
            _ => {}
        }
    }

    /// An outage of a connector begins; the first one starts the clocks.
    fn down(&mut self, scene: &Scene<'_>, connector: ConnectorIx, at: Instant) {
        let row = &mut self.connectors[connector.ix()];
        if let Some(since) = row.up_since.take() {
            let longest = row.up_longest.map_or(Duration::ZERO, |it| it.1.since(it.0));
            if row.up_longest.is_none() || at.since(since) > longest {
                row.up_longest = Some((since, at));
            }
        }
        self.any_hit = true;
        let fleet = scene.setting.fleet;
        let window = &scene.setting.parameters.window;
        let held = fleet.connectors().get(connector.ix()).map(|it| &it.owns);
        for org in held.into_iter().flat_map(|it| it.iter()).map(OrgIx) {
            if self.rows[org.ix()].is_hit() {
                break; // Not its first outage: all of its orgs have been hit.
            }
            self.rows[org.ix()].hit(fleet.alerts_inside(org, at, window));
            for kind in RecordKind::ALL {
                self.at_outage[kind.ix()] += u64::from(fleet.org(org).records[kind.ix()]);
            }
        }
        self.sweep_if_active(scene, connector, at);
    }

    /// What it owned was unowned one by one; what is left are the records in it.
    fn deleted(&mut self, scene: &Scene<'_>, fact: &Fact, connector: ConnectorIx) {
        let row = &mut self.connectors[connector.ix()];
        row.deleted = Some((fact.at, fact.by));
        // One that had lost its configuration served nobody, and if nobody was to go
        // to it, it holds no copies.
        if row.lost && scene.world.connector(connector).serves.is_empty() {
            return;
        }
        self.sweep(scene, connector, |it, org| {
            if scene.world.org(org).home == connector {
                it.rows[org.ix()].cut = Row::UNCUT;
            }
            it.refresh(scene, org, fact.at);
        });
    }

    /// A connector that lost its configuration serves nobody, up or down.
    fn sweep_if_active(&mut self, scene: &Scene<'_>, connector: ConnectorIx, at: Instant) {
        if scene.world.connector(connector).life == Life::Active {
            self.sweep(scene, connector, |it, org| it.refresh(scene, org, at));
        }
    }

    /// Goes through the orgs that a connector has to do with: those that it held
    /// at T+0, those that it owns, and those whose records it may hold.
    fn sweep(&mut self, scene: &Scene<'_>, connector: ConnectorIx, mut each: impl FnMut(&mut Self, OrgIx)) {
        let (world, fleet) = (scene.world, scene.setting.fleet);
        let state = world.connector(connector);
        let held = fleet.connectors().get(connector.ix()).map(|it| &it.owns);
        for org in held.into_iter().flat_map(|it| it.iter()) {
            each(self, OrgIx(org));
        }
        let was_held = |org: u32| held.is_some_and(|it| it.contains(org));
        if held != Some(&state.owns) {
            for org in state.owns.iter().filter(|&org| !was_held(org)) {
                each(self, OrgIx(org));
            }
        }
        let seen = |org: u32| was_held(org) || state.owns.contains(org);
        for &served in &state.serves {
            // What it holds of an org stays when another recovery takes that over.
            let mut next = served.get();
            while let Some(recovery) = next {
                let it = world.recovery(recovery);
                for org in it.orgs.iter().filter(|&org| !seen(org)) {
                    each(self, OrgIx(org));
                }
                next = it.successor.get();
            }
        }
        for at in 0..self.strays.len() {
            let (home, org) = self.strays[at];
            if home == connector && !seen(org.0) {
                each(self, org);
            }
        }
    }

    #[inline]
    fn step_finished(
        &mut self,
        scene: &Scene<'_>,
        at: Instant,
        recovery: RecoveryIx,
        step: StepIx,
        subject: Subject,
        ready: Instant,
    ) {
        let took_ms = at.since(ready).as_millis();
        let blamable = self.masks.blamable & step.bit() != 0;
        let Subject::Org(org) = subject else {
            let row = &mut self.recoveries[recovery.ix()];
            if blamable && took_ms > row.slowest_ms {
                (row.slowest_ms, row.slowest) = (took_ms, step);
            }
            return;
        };
        if blamable {
            let row = &mut self.rows[org.ix()];
            if took_ms > row.slowest_ms {
                (row.slowest_ms, row.slowest) = (took_ms, step);
            }
        } else if self.masks.recreate & step.bit() != 0 {
            self.recreation_finished(scene, org, recovery);
        }
    }

    /// The recreation of an org is over: which alerts it had to bring is known now.
    fn recreation_finished(&mut self, scene: &Scene<'_>, org: OrgIx, recovery: RecoveryIx) {
        let (world, setting) = (scene.world, scene.setting);
        let state = world.org(org);
        // A step that was skipped finishes too, and recreates nothing.
        if state.home == ConnectorIx::NONE || state.home != world.recovery(recovery).target {
            return;
        }
        let row = &mut self.rows[org.ix()];
        if !row.is_hit() {
            return;
        }
        let inside = |anchor: Instant| setting.fleet.alerts_inside(org, anchor, &setting.parameters.window);
        let inside = match setting.parameters.anchor {
            Anchor::OutageStart => row.in_window,
            Anchor::ConnectorCreated => inside(world.connector(state.home).taken_at),
            Anchor::TicketOpened => {
                state.ticket.get().map_or(row.in_window, |it| inside(world.ticket(it).opened_at))
            }
            Anchor::OrgReleased => inside(state.released_at),
            Anchor::Recreation if world.records_to_read(setting.fleet, org, RecordKind::Alert) < row.in_window => {
                // It stopped where there was nothing more to read, not at the edge.
                row.in_window
            }
            Anchor::Recreation => {
                let brought = state.recreated[RecordKind::Alert.ix()];
                let left_out = !setting.rules.hold(Rule::CutAtWindow) && brought > 0;
                brought + u32::from(left_out)
            }
        };
        row.cut = inside.min(row.in_window);
        let rest = self.recoveries[recovery.ix()];
        row.blamed = if rest.slowest_ms >= row.slowest_ms { rest.slowest } else { row.slowest };
    }
}

impl Masks {
    /// A step can only have cost alerts if it lies on the way to the anchor: what
    /// the anchor's own step needs, however far back, and that step (U-3).
    fn of(graph: &Graph, anchor: Anchor) -> Self {
        let doing = |wanted: &dyn Fn(Issue) -> bool| -> u32 {
            graph.steps.iter().enumerate().filter(|it| wanted(it.1.issue)).map(|it| 1u32 << it.0).sum()
        };
        let recreate = doing(&|it| it == Issue::RecreateRecords);
        let reached = match anchor {
            Anchor::OutageStart => 0,
            Anchor::ConnectorCreated => {
                doing(&|it| matches!(it, Issue::CreateConnector | Issue::AdoptConnector))
            }
            Anchor::TicketOpened => doing(&|it| it == Issue::OpenTicket),
            Anchor::OrgReleased => doing(&|it| it == Issue::ReleaseOwnership),
            Anchor::Recreation => recreate,
        };
        let mut blamable = reached;
        loop {
            let needs = crate::procedure::bits(blamable).fold(blamable, |all, step| {
                let it = graph.step(step);
                all | it.needs_connector | it.needs_ticket | it.needs_org
            });
            if needs == blamable {
                break;
            }
            blamable = needs;
        }
        Self { recreate, blamable: blamable & !recreate }
    }
}
