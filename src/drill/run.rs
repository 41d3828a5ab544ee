//! The engine: passive, on one clock. Whoever drives it asks what is next, moves
//! it on, and submits commands; what is due at an instant goes before what is
//! commanded at it.

use super::agenda::{Due, Turn};
use super::luck::{Delays, Drill};
use super::observe::Observers;
use super::state::State;
use super::teams::{TeamState, team_of};
use super::trace::Record;
use crate::chance::{Chance, Domain, EntityKey, Purpose, Site};
use crate::faults::{Fault, Schedule};
use crate::model::command::{Actor, Command};
use crate::model::fact::Fact;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, RegionIx};
use crate::model::rules::Setting;
use crate::model::world::World;
use crate::scenario::Plan;
use crate::time::Instant;

/// A run of a plan.
#[derive(Clone)]
pub struct Run<'d> {
    pub(super) plan: &'d Plan,
    pub(super) setting: Setting<'d>,
    pub(super) faults: &'d [Fault],
    pub(super) schedule: &'d Schedule,
    pub(super) chance: &'d dyn Chance,
    pub(super) delays: Delays,
    /// Whether somebody outside does the customer's steps.
    pub(super) outside: bool,
    pub(super) state: Box<State>,
    pub(super) sight: Box<Observers>,
    /// Facts that nobody has reacted to yet.
    pub(super) news: Vec<Fact>,
    pub(super) heard: usize,
}

/// The memory of a run: what one run leaves behind, the next may use. Boxed: it is
/// handed on before and after each run, and is some kilobytes.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub(super) state: Box<State>,
    pub(super) sight: Box<Observers>,
    news: Vec<Fact>,
}

impl Parts {
    /// A plan's fleet at T+0, before anything is known of faults.
    pub(super) fn at_rest(plan: &Plan) -> Self {
        let state = Box::new(State::at_rest(plan));
        let sight = Box::new(Observers::new(plan, &state.world));
        let news = Vec::new();
        Self { state, sight, news }
    }

    /// Starts again from a snapshot, in the memory that is there.
    pub(super) fn reset_from(&mut self, snapshot: &Self) {
        self.state.reset_from(&snapshot.state);
        self.sight.reset_from(&snapshot.sight);
        self.news.clear();
    }
}

impl std::fmt::Debug for Run<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run")
            .field("now", &self.state.now)
            .field("facts", &self.facts())
            .finish_non_exhaustive()
    }
}

/// Two runs of one drill are equal when nothing can tell how they go on apart, and
/// their checks have seen alike.
impl PartialEq for Run<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.plan, other.plan)
            && std::ptr::eq(self.schedule, other.schedule)
            && self.deciding() == other.deciding()
            && self.checks() == other.checks()
    }
}

impl Eq for Run<'_> {}

impl std::hash::Hash for Run<'_> {
    fn hash<H: std::hash::Hasher>(&self, hasher: &mut H) {
        self.deciding().hash(hasher);
    }
}

impl<'d> Run<'d> {
    /// A run of a drill, from a fleet at rest.
    pub(super) fn new(drill: &'d Drill<'_>, parts: Parts, record: Record) -> Self {
        let Parts {
            mut state,
            mut sight,
            news,
        } = parts;
        let plan = drill.plan;
        state.teams = TeamState::of(plan, &drill.schedule);
        sight.trace.begin(&drill.schedule, &drill.faults, record);
        let mut run = Self {
            plan,
            setting: plan.setting(),
            faults: &drill.faults,
            schedule: &drill.schedule,
            chance: &*drill.chance,
            delays: drill.delays,
            outside: drill.outside,
            state,
            sight,
            news,
            heard: 0,
        };
        run.expect_others();
        run.expect_absences();
        run
    }

    /// What is left when it is over.
    pub(super) fn into_parts(self) -> Parts {
        Parts {
            state: self.state,
            sight: self.sight,
            news: self.news,
        }
    }

    /// The instant at which the run stands.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.state.now
    }

    /// The world as it is now.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.state.world
    }

    /// How many facts there were.
    #[must_use]
    pub fn facts(&self) -> u64 {
        self.sight.trace.facts
    }

    /// The hash of all facts so far.
    #[must_use]
    pub fn trace_hash(&self) -> u64 {
        self.sight.trace.hash
    }

    /// The facts recorded so far.
    #[must_use]
    pub fn recorded(&self) -> &[Fact] {
        &self.sight.trace.recorded
    }

    /// When something is due next; nothing, when the run has come to rest.
    #[must_use]
    pub fn peek(&self) -> Option<Instant> {
        let event = self.schedule.events.get(self.state.cursor).map(|it| it.at);
        let due = self.state.agenda.next();
        match (event, due) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    /// Moves on to `to`, doing everything that is due until then, and at it.
    pub fn advance_to(&mut self, to: Instant) {
        self.advance_unless(to, || false);
    }

    /// The same, unless asked to stop: `stop` is looked at before each instant. When
    /// the last thing happened, or nothing where it was stopped.
    pub(super) fn advance_unless(
        &mut self,
        to: Instant,
        stop: impl Fn() -> bool,
    ) -> Option<Instant> {
        let (mut last, mut fresh) = (self.state.now, true);
        while let Some(next) = self.peek().filter(|&it| it <= to) {
            if (fresh || next > last) && stop() {
                return None;
            }
            (last, fresh) = (next, false);
            self.state.now = next;
            self.do_next();
            self.settle();
        }
        self.state.now = self.state.now.max(to);
        Some(last)
    }

    /// Does what is due first at this instant: what fate does goes before the rest.
    #[inline(always)]
    fn do_next(&mut self) {
        let event = self.schedule.events.get(self.state.cursor);
        if event.is_some_and(|it| it.at == self.state.now) {
            self.state.cursor += 1;
            self.fate(self.state.cursor - 1);
            return;
        }
        if let Some(org) = self.state.agenda.org_ahead() {
            self.look_ahead(org);
        }
        if let Some(due) = self.state.agenda.take() {
            self.attend(due);
        }
    }

    /// Submits a command from outside, now. The facts that it leads to at once,
    /// a refusal among them, are in the trace; what it sets going is due later.
    pub fn submit(&mut self, by: Actor, command: &Command) {
        self.order(by, command);
        self.settle();
    }

    /// Lets everything follow from what was just done: reactions first; then,
    /// once all that fate does at this instant is done, those who found no target
    /// look again; then whoever is free takes the first in the queue.
    #[inline(always)]
    pub(super) fn settle(&mut self) {
        self.drain();
        if self.state.look_again && !self.more_of_fate() {
            self.state.look_again = false;
            self.retry_targets();
            self.drain();
        }
        let [platform, support, operators] = &self.state.teams;
        if platform.changed | support.changed | operators.changed {
            self.staff_all();
        }
    }

    fn staff_all(&mut self) {
        for by in [Actor::Platform, Actor::Support, Actor::Operator] {
            if std::mem::take(&mut self.state.teams[team_of(by)].changed) {
                self.staff(by);
            }
        }
    }

    /// Reads an org's rows before they are needed: where thousands of orgs are due
    /// at one instant, each is a wait for memory, and waits that overlap cost less.
    fn look_ahead(&self, org: OrgIx) {
        let at = org.ix();
        std::hint::black_box(self.state.world.orgs[at].exists);
        std::hint::black_box(self.state.orgs[at].done);
        std::hint::black_box(self.plan.fleet.orgs()[at].units);
        self.sight.look_ahead(org);
    }

    /// Whether fate does something else at this instant.
    fn more_of_fate(&self) -> bool {
        let next = self.schedule.events.get(self.state.cursor);
        next.is_some_and(|it| it.at == self.state.now)
    }

    fn attend(&mut self, due: Due) {
        match due {
            Due::Work { slot, token } => {
                if self.state.bench.still(slot, token) {
                    self.work_ends(slot);
                }
            }
            Due::Resume { slot, token } => {
                if self.state.bench.still(slot, token) {
                    self.resume_recreation(slot);
                }
            }
            Due::Begin { slot, token } => {
                if self.state.bench.still(slot, token) {
                    self.put_off_no_more(slot);
                }
            }
            Due::Pass(connector) => self.pass(connector),
            Due::ConfigurationLoss(connector) => {
                let since = self.state.world.connector(connector).down_since;
                let grace = self.plan.parameters.config_loss_after;
                if since.is_some_and(|since| since + grace <= self.state.now) {
                    self.order(Actor::Fate, &Command::LoseConfiguration(connector));
                }
            }
            Due::TicketBack(ticket) => self.ticket_back(ticket),
            Due::Budget { payer, token } => self.budget_due(payer, token),
            Due::Shift(by) => self.shift(by),
            Due::Absence {
                team,
                absence,
                count,
                begins,
            } => self.absence(team, absence, count, begins),
            Due::Arrival { stream, number } => self.arrival(stream, number),
            Due::Rushed { region, ordinal } => self.rushed(RegionIx(region), ordinal.into()),
        }
    }

    #[inline]
    pub(super) fn put(&mut self, at: Instant, turn: Turn, due: Due) {
        self.state.agenda.put(at, turn, due);
    }

    /// The id order of a connector: those of the fleet by number, replacements
    /// right behind the root of their line.
    pub(super) fn order_of(&self, connector: ConnectorIx) -> u64 {
        let it = self.state.world.connector(connector);
        u64::from(it.root.0) << 8 | u64::from(it.generation.min(255))
    }

    pub(super) fn decide_at(
        &self,
        entity: EntityKey,
        purpose: Purpose,
        ordinal: u64,
        domain: &Domain<'_>,
    ) -> u64 {
        self.chance
            .decide(
                Site {
                    entity,
                    purpose,
                    ordinal,
                },
                domain,
            )
            .as_u64()
    }

    pub(super) fn recovery_place(&self, recovery: RecoveryIx) -> usize {
        self.state.of_recovery[recovery.ix()] as usize
    }
}
