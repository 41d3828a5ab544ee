//! Plans on the same luck: for people, and for machines.

mod human;
mod json;

use crate::explore::compare::Compared;
use crate::scenario::Scenario;

pub use human::human;
#[cfg(feature = "cli")]
pub use json::schema_text;
pub use json::{
    AloneJson, DifferenceJson, Document, PairsJson, PercentileJson, QuantityJson, document, json,
};
pub(in crate::report) use json::{difference, quantities};

/// What is told: the scenarios, in the order in which they were named, and what came of
/// them.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The scenarios.
    pub scenarios: &'a [Scenario],
    /// The seed of the sample.
    pub seed: u64,
    /// What came of them.
    pub compared: &'a Compared,
}
