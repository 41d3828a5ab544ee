//! What a run was like, in numbers: clocks, blind time, the loss ledger, and
//! where the time went.
//!
//! A [`Watch`] reads the one stream of facts, each after it has been applied to
//! the world, and keeps one dense row an org. At the end [`Watch::finish`] makes
//! the [`Measures`] of it in a single sweep. Nothing here judges: whether a number
//! is right is for the checks to say.

mod blame;
mod booking;
mod cause;
mod clocks;
mod conditions;
mod critical_path;
mod ledger;
mod names;
mod quantity;
mod queries;
mod row;
mod summary;
mod sweeps;
#[cfg(test)]
pub(crate) mod tests;
mod watch;

pub use booking::OrgLedger;
pub use cause::Cause;
pub use clocks::{Clock, ClockKind, Clocks};
pub use conditions::Condition;
pub use critical_path::{Path, critical_path};
pub use ledger::{Imbalance, Ledger, Line, Party};
pub use names::{connector_name, org_name};
pub use quantity::{Quantity, Records};
pub use queries::{Loss, Spell};
pub use summary::{ConnectorMeasures, Measures, Progress};
pub use watch::Watch;

use crate::model::rules::Setting;
use crate::model::world::World;
use crate::procedure::Graph;

/// What measures and checks may look at: what stays the same during a run, and
/// the world as it is after the fact at hand.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The fleet, the parameters, the rules.
    pub setting: &'a Setting<'a>,
    /// The procedure that is followed.
    pub procedure: &'a Graph,
    /// The world after the fact.
    pub world: &'a World,
}
