//! What a judgement may look at.

use super::excuses::Excuses;
use super::limits::Limits;
use crate::measures::{Measures, Scene, Watch};
use crate::model::ids::{ConnectorIx, RecoveryIx, StepIx};
use crate::time::Instant;

/// A step of a recovery that was not finished when the run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Loose {
    /// Whose recovery.
    pub lost: ConnectorIx,
    /// Of which recovery; of none while nobody has noticed the outage.
    pub recovery: RecoveryIx,
    /// Which step.
    pub step: StepIx,
    /// For how many orgs or tickets; one for a step that is done once.
    pub subjects: u32,
    /// Whether it waits for a region that is still down. Such a step is nobody's
    /// omission.
    pub waits_for_region_still_down: bool,
}

/// How much a judgement says; each says all that the one before does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Detail {
    /// The verdict in numbers: no sentence, and nobody by name. For whoever runs
    /// thousands of drills and counts.
    Numbers,
    /// One sentence, and the first few whom it is about.
    #[default]
    Sentence,
    /// Everybody whom it is about.
    Everybody,
}

/// A run that ended, as the checks see it.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// Fleet, parameters, procedure, and the world as it is in the end.
    pub scene: Scene<'a>,
    /// What was kept of each org.
    pub watch: &'a Watch,
    /// The measures of the run.
    pub measures: &'a Measures,
    /// Which checks are on, and their deadlines.
    pub limits: &'a Limits,
    /// What the faults left no way to do.
    pub excuses: &'a Excuses,
    /// The steps that are not finished.
    pub loose: &'a [Loose],
    /// When the run ended.
    pub end: Instant,
    /// When the last fault ended; T+0 without faults.
    pub last_fault_end: Instant,
    /// How much a judgement says.
    pub detail: Detail,
}
