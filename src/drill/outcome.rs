//! A compiled plan in, an outcome out.

use super::run::Run;
use super::trace::Record;
use super::weather::excuses;
use crate::chance::{Chance, Seeded};
use crate::checks::{Case, Excuses, Judgement, Limit, Limits};
use crate::faults::{Schedule, schedule};
use crate::measures::{Imbalance, Measures, Scene};
use crate::model::fact::Fact;
use crate::model::world::World;
use crate::scenario::Plan;
use crate::time::{Duration, Instant};

/// How long a run goes on after the last fault ended, where nothing is said.
pub const AFTERMATH: Duration = Duration::from_days(14);

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
#[derive(Clone, Debug)]
pub struct Drill<'p> {
    plan: &'p Plan,
    schedule: Schedule,
    chance: Seeded,
    limits: Limits,
    excuses: Excuses,
}

/// What came of a run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What each check that is on says, in the order of the catalogue.
    pub judgements: Vec<Judgement>,
    /// Clocks, blind time, and where every record ended.
    pub measures: Measures,
    /// The hash of every fact.
    pub trace_hash: u64,
    /// A hash for each org, in the fleet's order: its own facts alone.
    pub org_hashes: Vec<u64>,
    /// A hash for each connector, those created during the run at the end.
    pub connector_hashes: Vec<u64>,
    /// How many facts there were.
    pub facts: u64,
    /// When the run ended.
    pub end: Instant,
    /// When the last thing happened.
    pub rest: Instant,
    /// When the last fault ended.
    pub last_fault_end: Instant,
    /// The facts, if they were recorded.
    pub recorded: Vec<Fact>,
    /// The world at the end.
    pub world: World,
    /// Whether the loss ledger balances to the record. One that does not is an
    /// error of this program.
    pub balance: Result<(), Imbalance>,
}

/// Two runs of one plan that were not the same: an error of this program, or of
/// the machine.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("two runs differ from fact {at} on: {first:?} against {second:?}")]
pub struct Divergence {
    /// The place of the first fact that differs.
    pub at: usize,
    /// That fact in the first run, if it has one there.
    pub first: Option<Fact>,
    /// That fact in the second run, if it has one there.
    pub second: Option<Fact>,
}

impl<'p> Drill<'p> {
    /// Draws a plan's luck from its seed.
    #[must_use]
    pub fn new(plan: &'p Plan) -> Self {
        let chance = Seeded::new(plan.seed);
        let schedule = schedule(&plan.faults, &plan.fleet, &chance);
        let excuses = excuses(&schedule, &plan.fleet);
        Self {
            plan,
            schedule,
            chance,
            limits: limits(plan),
            excuses,
        }
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
        Run::new(
            self.plan,
            &self.schedule,
            &self.chance as &dyn Chance,
            record,
        )
    }

    /// Runs to the end.
    #[must_use]
    pub fn run(&self) -> Outcome {
        self.run_recording(Record::Nothing)
    }

    /// Runs to the end, writing facts down.
    #[must_use]
    pub fn run_recording(&self, record: Record) -> Outcome {
        let mut run = self.start(record);
        self.drive(&mut run)
    }

    /// Runs to the end again and again, in the same memory.
    #[must_use]
    pub fn rig(&self) -> Rig<'_> {
        let snapshot = self.start(Record::Nothing);
        Rig {
            drill: self,
            run: snapshot.clone(),
            snapshot,
        }
    }

    /// Runs twice, and compares.
    ///
    /// # Errors
    /// The first fact in which the two runs differ.
    pub fn verify(&self) -> Result<Outcome, Divergence> {
        let first = self.run_recording(Record::Everything);
        let second = Self::new(self.plan).run_recording(Record::Everything);
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

    fn drive(&self, run: &mut Run<'_>) -> Outcome {
        let until = self.until();
        let mut rest = run.now();
        while let Some(next) = run.peek().filter(|&next| next <= until) {
            rest = next;
            run.advance_to(next);
        }
        run.advance_to(until);
        self.conclude(run, rest)
    }

    fn conclude(&self, run: &mut Run<'_>, rest: Instant) -> Outcome {
        let end = run.now();
        let loose = run.loose();
        let state = &run.state;
        let scene = Scene {
            setting: &run.setting,
            procedure: &self.plan.procedure,
            world: &state.world,
        };
        let measures = run.sight.watch.finish(&scene, end);
        let case = Case {
            scene,
            watch: &run.sight.watch,
            measures: &measures,
            limits: &self.limits,
            excuses: &self.excuses,
            loose: &loose,
            end,
            last_fault_end: self.schedule.last_end,
        };
        let judgements = run.sight.checks.judge(&case);
        let balance = measures.ledger.balances();
        let trace = &mut run.sight.trace;
        Outcome {
            judgements,
            measures,
            trace_hash: trace.hash,
            org_hashes: trace.orgs.clone(),
            connector_hashes: trace.connectors.clone(),
            facts: trace.facts,
            end,
            rest,
            last_fault_end: self.schedule.last_end,
            recorded: std::mem::take(&mut trace.recorded),
            world: state.world.clone(),
            balance,
        }
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

/// A drill that is run again and again in the same memory: for benchmarks and
/// for searches.
#[derive(Debug)]
pub struct Rig<'d> {
    drill: &'d Drill<'d>,
    snapshot: Run<'d>,
    run: Run<'d>,
}

impl Rig<'_> {
    /// Runs once more, from the beginning to the end.
    pub fn run(&mut self) -> Outcome {
        self.run.reset_from(&self.snapshot);
        self.drill.drive(&mut self.run)
    }
}
