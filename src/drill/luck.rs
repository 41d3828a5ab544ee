//! A plan with its luck drawn, driven to its end.

use super::bounds::exceeds;
use super::outcome::{Divergence, Outcome};
use super::run::{Parts, Run};
use super::state::State;
use super::trace::Record;
use super::weather::excuses;
use crate::chance::Chance;
use crate::checks::{Case, Detail, Excuses, Limit, Limits};
use crate::faults::{Act, Fault, Schedule, schedule};
use crate::measures::Scene;
use crate::scenario::Plan;
use crate::time::{Duration, Instant};
use std::borrow::Cow;

/// How long a run goes on after the last fault ended, where nothing is said.
pub const AFTERMATH: Duration = crate::scenario::AFTERMATH;

/// A plan with its luck drawn: ready to be run, as often as one likes.
///
/// ```
/// use lifeboat::drill::Drill;
/// use lifeboat::scenario::Reader;
///
/// let text = "
/// scenario: v1
/// title: West Europe is lost for a day
/// fleet:
///   connectors:
///     payments: { region: westeurope, scm: github, orgs: 12 }
/// timeline:
///   - at: T+0
///     fault: { region-outage: { region: westeurope, lasts: 26h } }
/// ";
/// let scenario = Reader::default().read_text("day.yaml", text).expect("the scenario is valid");
/// let outcome = Drill::new(&scenario.plan).run();
/// assert_eq!(outcome.measures.orphaned_peak, 12);
/// ```
pub struct Drill<'p> {
    pub(super) plan: &'p Plan,
    pub(super) faults: Cow<'p, [Fault]>,
    pub(super) schedule: Schedule,
    pub(super) chance: Box<dyn Chance + 'p>,
    pub(super) delays: Delays,
    pub(super) outside: bool,
    limits: Limits,
    excuses: Excuses,
    detail: Detail,
}

/// How much later than today people begin: for whoever asks how late is too late.
///
/// A recovery's own waiting, its team's hours and its queue come on top: somebody who
/// begins later begins later in the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Delays {
    /// Between the start of each connector's outage and the step `detect`.
    pub customer: Duration,
    /// Between the instant at which each ticket is ready to be read and its triage.
    pub support: Duration,
}

impl std::fmt::Debug for Drill<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Drill")
            .field("faults", &self.faults)
            .field("schedule", &self.schedule)
            .finish_non_exhaustive()
    }
}

impl<'p> Drill<'p> {
    /// Draws a plan's luck: from its seed, and from what it says of luck.
    #[must_use]
    pub fn new(plan: &'p Plan) -> Self {
        Self::of(plan, Cow::Borrowed(&plan.faults), plan.chance())
    }

    /// The same plan with the luck of another seed.
    #[must_use]
    pub fn seeded(plan: &'p Plan, seed: u64) -> Self {
        Self::of(plan, Cow::Borrowed(&plan.faults), plan.luck.source(seed))
    }

    /// The same plan under other faults and other luck: what a search tries.
    #[must_use]
    pub fn with(
        plan: &'p Plan,
        faults: impl Into<Cow<'p, [Fault]>>,
        chance: impl Chance + 'p,
    ) -> Self {
        Self::of(plan, faults.into(), chance)
    }

    fn of(plan: &'p Plan, faults: Cow<'p, [Fault]>, chance: impl Chance + 'p) -> Self {
        let schedule = schedule(&faults, &plan.fleet, &chance);
        let excuses = excuses(&schedule, &plan.fleet);
        Self {
            plan,
            faults,
            schedule,
            chance: Box::new(chance),
            delays: Delays::default(),
            outside: false,
            limits: limits(plan),
            excuses,
            detail: Detail::Sentence,
        }
    }

    /// The same drill, in which people begin later.
    #[must_use]
    pub const fn put_off(mut self, delays: Delays) -> Self {
        self.delays = delays;
        self
    }

    /// The same drill, in which nobody does the customer's steps but who drives the
    /// run: see [`Run::create_for`](super::Run::create_for) and what stands beside it.
    /// Microsoft's steps go on by the procedure.
    #[must_use]
    pub const fn by_hand(mut self) -> Self {
        self.outside = true;
        self
    }

    /// The same drill, whose judgements say so much. One that names
    /// [everybody](crate::checks::Judgement::missed) whom a verdict is about names also
    /// [who exceeds a bound](Outcome::exceeds).
    #[must_use]
    pub const fn telling(mut self, detail: Detail) -> Self {
        self.detail = detail;
        self
    }

    /// The plan.
    #[must_use]
    pub const fn plan(&self) -> &'p Plan {
        self.plan
    }

    /// The dated faults.
    #[must_use]
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// When the run ends: where the plan says, else two weeks after the last
    /// fault, or after T+0 where there is none.
    #[must_use]
    pub fn until(&self) -> Instant {
        self.plan
            .until
            .unwrap_or(self.schedule.last_end + AFTERMATH)
    }

    /// A run at T+0, to be driven by whoever asks for it.
    #[must_use]
    pub fn start(&self, record: Record) -> Run<'_> {
        Run::new(self, Parts::at_rest(self.plan), record)
    }

    /// Runs to the end.
    #[must_use]
    pub fn run(&self) -> Outcome {
        self.run_recording(Record::Nothing)
    }

    /// Runs to the end, writing facts down.
    #[must_use]
    pub fn run_recording(&self, record: Record) -> Outcome {
        self.run_unless(record, || false).expect("nobody stops it")
    }

    /// Runs to the end, unless asked to stop: `stop` is looked at between instants,
    /// and nothing of it reaches the run.
    #[must_use]
    pub fn run_unless(&self, record: Record, stop: impl Fn() -> bool) -> Option<Outcome> {
        let mut run = self.start(record);
        let rest = self.drive_unless(&mut run, stop)?;
        let mut outcome = Outcome::none();
        self.conclude(&mut run, rest, &mut outcome);
        Some(outcome)
    }

    /// Drives a run that somebody else drove so far to its end, and judges it.
    ///
    /// # Panics
    /// If the run is of another drill.
    #[must_use]
    pub fn judge(&self, mut run: Run<'_>) -> Outcome {
        assert!(
            std::ptr::eq(&raw const self.schedule, run.schedule),
            "a drill judges runs of its own"
        );
        let before = run.now();
        let rest = self.drive(&mut run).max(before);
        let mut outcome = Outcome::none();
        self.conclude(&mut run, rest, &mut outcome);
        outcome
    }

    /// Runs twice, and compares.
    ///
    /// # Errors
    /// The first fact in which the two runs differ.
    pub fn verify(&self) -> Result<Outcome, Divergence> {
        self.verify_unless(|| false).expect("nobody stops it")
    }

    /// Runs twice, and compares, unless [asked to stop](Self::run_unless).
    ///
    /// # Errors
    /// The first fact in which the two runs differ.
    pub fn verify_unless(&self, stop: impl Fn() -> bool) -> Option<Result<Outcome, Divergence>> {
        let first = self.run_unless(Record::Everything, &stop)?;
        let mut again = Drill::of(self.plan, Cow::Borrowed(&self.faults), &*self.chance);
        (again.delays, again.detail) = (self.delays, self.detail);
        again.outside = self.outside;
        let second = again.run_unless(Record::Everything, &stop)?;
        Some(Self::compare(first, &second))
    }

    fn compare(first: Outcome, second: &Outcome) -> Result<Outcome, Divergence> {
        if first.trace_hash == second.trace_hash && first.recorded == second.recorded {
            return Ok(first);
        }
        let (a, b) = (&first.recorded, &second.recorded);
        let at = (0..a.len().max(b.len()))
            .find(|&at| a.get(at) != b.get(at))
            .unwrap_or(a.len());
        Err(Divergence {
            at,
            first: a.get(at).copied(),
            second: b.get(at).copied(),
        })
    }

    /// Runs to the end; when the last thing happened.
    pub(super) fn drive(&self, run: &mut Run<'_>) -> Instant {
        self.drive_unless(run, || false).expect("nobody stops it")
    }

    fn drive_unless(&self, run: &mut Run<'_>, stop: impl Fn() -> bool) -> Option<Instant> {
        run.advance_unless(self.until(), stop)
    }

    /// Judges a run that was driven to its end. What an outcome keeps of the run is
    /// exchanged for what it kept before, so that neither has to be copied.
    pub(super) fn conclude(&self, run: &mut Run<'_>, rest: Instant, outcome: &mut Outcome) {
        let end = run.now();
        let loose = run.loose();
        let (state, sight) = (&mut run.state, &mut run.sight);
        let scene = Scene {
            setting: &run.setting,
            procedure: &self.plan.procedure,
            world: &state.world,
        };
        let measures = sight.watch.finish(&scene, end);
        let case = Case {
            scene,
            watch: &sight.watch,
            measures: &measures,
            limits: &self.limits,
            excuses: &self.excuses,
            loose: &loose,
            end,
            last_fault_end: self.schedule.last_end,
            detail: self.detail,
        };
        outcome.judgements = sight.checks.judge(&case);
        outcome.exceeds.clear();
        if self.detail == Detail::Everybody {
            exceeds(&case, &self.plan.expect.bounds, &mut outcome.exceeds);
        }
        outcome.balance = measures.ledger.balances();
        outcome.measures = measures;
        let trace = &mut sight.trace;
        (outcome.trace_hash, outcome.facts) = (trace.hash, trace.facts);
        (outcome.end, outcome.rest) = (end, rest);
        outcome.last_fault_end = self.schedule.last_end;
        self.unstruck(state, &mut outcome.unstruck);
        std::mem::swap(&mut outcome.org_hashes, &mut trace.orgs);
        std::mem::swap(&mut outcome.connector_hashes, &mut trace.connectors);
        std::mem::swap(&mut outcome.recorded, &mut trace.recorded);
        std::mem::swap(&mut outcome.world, &mut state.world);
    }
}

impl Drill<'_> {
    /// The faults that are still to strike, or wait for what they strike.
    fn unstruck(&self, state: &State, found: &mut Vec<u32>) {
        found.clear();
        let events = &self.schedule.events;
        let armed = state.mishaps.iter().map(|it| &events[it.0 as usize]);
        let later = &events[state.cursor..];
        let later = later
            .iter()
            .filter(|it| !matches!(it.act, Act::End(_) | Act::Return(..)));
        let strikes = armed
            .chain(later)
            .map(|it| self.schedule.strikes[it.strike.ix()]);
        found.extend(strikes);
        found.sort_unstable();
        found.dedup();
    }
}

/// What a plan says of the checks: which are on, and their deadlines.
fn limits(plan: &Plan) -> Limits {
    let mut limits = Limits::default();
    for (check, expected) in plan.expect.iter() {
        let within = expected.within.or(limits.get(check).within);
        limits.set(
            check,
            Limit {
                on: expected.on,
                within,
            },
        );
    }
    limits
}
