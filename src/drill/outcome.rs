//! What came of a run.

use crate::checks::{Judgement, Verdict};
use crate::measures::{Imbalance, Measures};
use crate::model::fact::Fact;
use crate::model::ids::OrgIx;
use crate::model::world::World;
use crate::scenario::expect::Measure;
use crate::time::Instant;

/// What came of a run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What each check that is on says, in the order of the catalogue.
    pub judgements: Vec<Judgement>,
    /// Which orgs exceed a bound of the scenario's, or may yet; empty unless the drill
    /// [names everybody](super::Drill::telling).
    pub exceeds: Vec<Exceeds>,
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
    /// The faults, by their place among the drill's, that waited for their moment to the
    /// end: a slip on a step that was done by then, a ticket after the last. What would
    /// have come after the end of the run is among them.
    pub unstruck: Vec<u32>,
    /// The facts, if they were recorded.
    pub recorded: Vec<Fact>,
    /// The world at the end.
    pub world: World,
    /// Whether the loss ledger balances to the record. One that does not is an
    /// error of this program.
    pub balance: Result<(), Imbalance>,
}

/// An org that exceeds a bound on a measure that each org has of its own: a clock,
/// or blind time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exceeds {
    /// Which org.
    pub org: OrgIx,
    /// What is bound.
    pub measure: Measure,
    /// `Violated`, or `Inconclusive` where the run ended before anybody could say.
    pub verdict: Verdict,
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

impl Outcome {
    /// Of nothing that was run yet: room for one.
    pub(super) fn none() -> Self {
        Self {
            judgements: Vec::new(),
            exceeds: Vec::new(),
            measures: Measures::default(),
            trace_hash: 0,
            org_hashes: Vec::new(),
            connector_hashes: Vec::new(),
            facts: 0,
            end: Instant::ZERO,
            rest: Instant::ZERO,
            last_fault_end: Instant::ZERO,
            unstruck: Vec::new(),
            recorded: Vec::new(),
            world: World::default(),
            balance: Ok(()),
        }
    }
}
