//! What a run is: a value that is copied to start one, and compared to tell two
//! apart.

use super::agenda::Agenda;
use super::budget::{Budget, Payer};
use super::teams::TeamState;
use super::work::{Bench, Desk, Lane, Place};
use crate::faults::Mishap;
use crate::model::fact::Subject;
use crate::model::ids::{ConnectorIx, OrgIx, StepIx};
use crate::model::world::World;
use crate::procedure::{OrgProgress, Progress};
use crate::scenario::Plan;
use crate::time::Instant;
use std::collections::BTreeMap;

/// A connector's platform workers, and its turn at recovery.
#[derive(Debug, Default)]
pub(super) struct Plant {
    /// Goes through claimed orgs (D-3).
    pub(super) discovery: Lane,
    /// Recreates records (F-13).
    pub(super) recreation: Lane,
    /// How far the recreation under way has come.
    pub(super) place: Place,
    /// Whether a discovery pass is due already.
    pub(super) pass_due: bool,
    /// Its latest recovery, by place in [`State::progress`].
    pub(super) latest: Option<u32>,
}

impl Clone for Plant {
    fn clone(&self) -> Self {
        Self {
            discovery: self.discovery.clone(),
            recreation: self.recreation.clone(),
            place: self.place,
            pass_due: self.pass_due,
            latest: self.latest,
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.discovery.clone_from(&source.discovery);
        self.recreation.clone_from(&source.recreation);
        (self.place, self.pass_due, self.latest) = (source.place, source.pass_due, source.latest);
    }
}

/// Everything that decides how a run goes on.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub(super) now: Instant,
    pub(super) world: World,
    pub(super) agenda: Agenda,
    pub(super) bench: Bench,
    /// By connector; those behind the world's last are spare.
    pub(super) plants: Vec<Plant>,
    /// By ticket; those behind the world's last are spare.
    pub(super) desks: Vec<Desk>,
    /// Recoveries, in the order in which their outages began.
    pub(super) progress: Vec<Progress>,
    /// By recovery of the world: its place in `progress`.
    pub(super) of_recovery: Vec<u32>,
    /// By org.
    pub(super) orgs: Vec<OrgProgress>,
    /// Repeated tries of a step for an org; the first is not written down.
    pub(super) org_tries: BTreeMap<(OrgIx, u8), u16>,
    pub(super) teams: [TeamState; 3],
    /// What waits for its moment, with the place of its event in the schedule.
    pub(super) mishaps: Vec<(u32, Mishap)>,
    /// The next event of the schedule.
    pub(super) cursor: usize,
    /// Choices of a target that found none: recovery and step.
    pub(super) without_target: Vec<(u32, u8)>,
    /// Whether a region or a connector came back, so that they look again.
    pub(super) look_again: bool,
    /// The customer's steps that wait for somebody outside: since when. A stamp.
    pub(super) awaited: BTreeMap<(u32, StepIx, Subject), Instant>,
    /// Where recoveries are serial: the one that runs, and those that wait.
    pub(super) running: Option<u32>,
    pub(super) queued: Vec<u32>,
    /// The next place in the support queue.
    pub(super) position: u64,
    /// How often each region was lost, where others open tickets for it.
    pub(super) losses: BTreeMap<u32, u32>,
    /// Requests that discovery makes, where an SCM limits them.
    pub(super) budgets: BTreeMap<Payer, Budget>,
    /// Orgs that lost their owner at this instant, for a pass to pick up.
    pub(super) adrift: Vec<OrgIx>,
}

impl State {
    pub(super) fn at_rest(plan: &Plan) -> Self {
        let world = World::at_rest(&plan.fleet);
        Self {
            plants: vec![Plant::default(); world.connectors.len()],
            orgs: vec![OrgProgress::FRESH; world.orgs.len()],
            world,
            ..Self::default()
        }
    }

    /// Starts again from a snapshot, in the memory that is there.
    pub(super) fn reset_from(&mut self, snapshot: &Self) {
        self.now = snapshot.now;
        self.world.reset_from(&snapshot.world);
        self.agenda.clone_from(&snapshot.agenda);
        self.bench.reset_from(&snapshot.bench);
        start_again(&mut self.plants, &snapshot.plants);
        start_again(&mut self.desks, &snapshot.desks);
        self.progress.clone_from(&snapshot.progress);
        self.of_recovery.clone_from(&snapshot.of_recovery);
        self.orgs.clone_from(&snapshot.orgs);
        self.org_tries.clone_from(&snapshot.org_tries);
        self.mishaps.clone_from(&snapshot.mishaps);
        self.cursor = snapshot.cursor;
        self.without_target.clone_from(&snapshot.without_target);
        self.look_again = snapshot.look_again;
        self.awaited.clone_from(&snapshot.awaited);
        self.running = snapshot.running;
        self.queued.clone_from(&snapshot.queued);
        self.position = snapshot.position;
        self.losses.clone_from(&snapshot.losses);
        self.budgets.clone_from(&snapshot.budgets);
        self.adrift.clone_from(&snapshot.adrift);
    }

    /// By connector of the world.
    pub(super) fn plants(&self) -> &[Plant] {
        &self.plants[..self.world.connectors.len()]
    }

    /// By ticket of the world.
    pub(super) fn desks(&self) -> &[Desk] {
        &self.desks[..self.world.tickets.len()]
    }

    pub(super) fn latest(&self, connector: ConnectorIx) -> Option<&Progress> {
        self.plants[connector.ix()]
            .latest
            .map(|at| &self.progress[at as usize])
    }
}

/// Becomes a copy of a snapshot; what is behind its last is kept, as new, for the
/// next of its kind.
fn start_again<T: Clone + Default>(rows: &mut Vec<T>, snapshot: &[T]) {
    let new = T::default();
    for (at, row) in rows.iter_mut().enumerate() {
        row.clone_from(snapshot.get(at).unwrap_or(&new));
    }
    let known = rows.len().min(snapshot.len());
    rows.extend_from_slice(&snapshot[known..]);
}

/// There are so many of a kind now: the last may have been spare.
pub(super) fn make_room<T: Default>(rows: &mut Vec<T>, count: usize) {
    while rows.len() < count {
        rows.push(T::default());
    }
}
