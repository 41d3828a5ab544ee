//! Memory that is used again and again.

use super::luck::Drill;
use super::outcome::Outcome;
use super::run::{Parts, Run};
use super::trace::Record;
use crate::measures::Watch;
use crate::scenario::Plan;

/// The memory of a [`Rig`] between two plans.
#[derive(Debug)]
pub struct Rested {
    snapshot: Parts,
    parts: Option<Parts>,
    outcome: Outcome,
}

impl Rested {
    /// Takes the memory up again, for a plan that differs from the one that it was
    /// made for in what orgs hold, and in nothing else.
    ///
    /// # Panics
    /// If the plan has another number of connectors or orgs.
    #[must_use]
    pub fn again(self, plan: &Plan) -> Rig<'_> {
        let Self {
            snapshot,
            parts,
            outcome,
        } = self;
        let world = &snapshot.state.world;
        let sizes = (world.connectors.len(), world.orgs.len());
        let fleet = &plan.fleet;
        assert_eq!(sizes, (fleet.connectors().len(), fleet.orgs().len()));
        Rig {
            plan,
            snapshot,
            parts,
            outcome,
        }
    }
}

/// Memory in which drills of one plan are run again and again: for benchmarks and
/// for searches.
///
/// ```
/// use lifeboat::chance::Seeded;
/// use lifeboat::drill::{Drill, Rig};
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
///     fault: { region-outage: { region: westeurope, lasts: { uniform: { min: 2h, max: 4d } } } }
/// ";
/// let scenario = Reader::default().read_text("day.yaml", text).expect("the scenario is valid");
/// let plan = &scenario.plan;
/// let mut rig = Rig::new(plan);
/// for seed in 0..10 {
///     let drill = Drill::with(plan, plan.faults.clone(), Seeded::new(seed));
///     assert!(rig.run(&drill).balance.is_ok());
/// }
/// ```
#[derive(Debug)]
pub struct Rig<'p> {
    plan: &'p Plan,
    snapshot: Parts,
    /// Away only while a drill runs.
    parts: Option<Parts>,
    outcome: Outcome,
}

impl<'p> Rig<'p> {
    /// Memory for drills of a plan.
    #[must_use]
    pub fn new(plan: &'p Plan) -> Self {
        let snapshot = Parts::at_rest(plan);
        Self {
            plan,
            parts: Some(snapshot.clone()),
            snapshot,
            outcome: Outcome::none(),
        }
    }

    /// Lets go of the plan, so that what its orgs hold can be drawn anew.
    #[must_use]
    pub fn rest(self) -> Rested {
        Rested {
            snapshot: self.snapshot,
            parts: self.parts,
            outcome: self.outcome,
        }
    }

    /// What the last drill came to.
    #[must_use]
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// What the measures of the last drill were made from.
    #[must_use]
    pub fn watch(&self) -> &Watch {
        let parts = self.parts.as_ref().unwrap_or(&self.snapshot);
        &parts.sight.watch
    }

    /// Runs a drill from the beginning to the end.
    ///
    /// # Panics
    /// If the drill is of another plan.
    pub fn run(&mut self, drill: &Drill<'_>) -> &Outcome {
        self.run_recording(drill, Record::Nothing)
    }

    /// The same, writing facts down.
    ///
    /// # Panics
    /// If the drill is of another plan.
    pub fn run_recording(&mut self, drill: &Drill<'_>, record: Record) -> &Outcome {
        assert!(
            std::ptr::eq(self.plan, drill.plan),
            "a rig runs drills of its own plan"
        );
        let parts = self.parts.take();
        let mut parts = parts.unwrap_or_else(|| self.snapshot.clone());
        parts.reset_from(&self.snapshot);
        let mut run = Run::new(drill, parts, record);
        let rest = drill.drive(&mut run);
        drill.conclude(&mut run, rest, &mut self.outcome);
        self.parts = Some(run.into_parts());
        &self.outcome
    }
}
