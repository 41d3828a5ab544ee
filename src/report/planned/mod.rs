//! What would come of losing regions, and what would help: for people, and for
//! machines.

mod human;
mod json;

use crate::explore::planning::{Lasts, Planned};
use crate::measures::Quantity;
use crate::scenario::Scenario;
use crate::scenario::levers::Levers;

pub use human::human;
#[cfg(feature = "cli")]
pub use json::schema_text;
pub use json::{Document, EffectJson, LeverJson, MoveJson, OutageJson, StepJson, document, json};

/// What is told.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The scenario whose fleet it is about.
    pub scenario: &'a Scenario,
    /// How long each outage lasted.
    pub lasts: &'a Lasts,
    /// What levers are held against.
    pub by: Quantity,
    /// The levers that were pulled.
    pub levers: &'a Levers,
    /// The seed of the samples.
    pub seed: u64,
    /// How many runs each outage had.
    pub runs: u64,
    /// Whether each outage is told in detail.
    pub details: bool,
    /// What came of it.
    pub planned: &'a Planned,
}
