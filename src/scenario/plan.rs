//! What a scenario compiles to: everything that a drill needs, and no names.

use super::expect::Expectations;
use super::limits::ScmLimits;
use super::objective::Objective;
use super::queue::SupportQueue;
use super::staff::Teams;
use crate::chance::{Chance, Luck};
use crate::faults::{Chaos, Fault};
use crate::model::fleet::Fleet;
use crate::model::rules::{Parameters, Rules, Setting};
use crate::procedure::Graph;
use crate::time::{Duration, Instant};

/// How long a run goes on after the last fault ended, where nothing is said.
pub const AFTERMATH: Duration = Duration::from_days(14);

/// A compiled scenario.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The fleet at T+0.
    pub fleet: Fleet,
    /// The seed's open points.
    pub parameters: Parameters,
    /// The rules of the platform that hold.
    pub rules: Rules,
    /// The procedure, compiled.
    pub procedure: Graph,
    /// Who does the work.
    pub teams: Teams,
    /// Who else waits for support.
    pub queue: SupportQueue,
    /// How many requests each kind of SCM takes.
    pub limits: ScmLimits,
    /// What may go wrong, in the order of the ids; then what defects of people add.
    pub faults: Vec<Fault>,
    /// What is expected of the run.
    pub expect: Expectations,
    /// What is promised of many runs, by name.
    pub objectives: Vec<Objective>,
    /// When the run ends; by default two weeks after the last fault.
    pub until: Option<Instant>,
    /// The seed.
    pub seed: u64,
    /// What is laid over the seed.
    pub luck: Luck,
    /// What a hunt may throw at it.
    pub chaos: Chaos,
}

impl Plan {
    /// The part that stays the same during a run.
    #[must_use]
    pub fn setting(&self) -> Setting<'_> {
        Setting {
            fleet: &self.fleet,
            parameters: &self.parameters,
            rules: self.rules,
        }
    }

    /// The scenario's own luck.
    #[must_use]
    pub fn chance(&self) -> impl Chance + use<> {
        self.luck.source(self.seed)
    }
}
