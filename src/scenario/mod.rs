//! The scenario file: reading, checking, compiling to a plan.
//!
//! ```text
//! Reader ──▶ syntax (shape) ──▶ gather (pieces under `use`) ──▶ compile (meaning) ──▶ Scenario
//!                  ▲                                                  │                  │
//!                tables ──▶ schema, reference                    Diagnostics           Plan
//! ```
//!
//! * [`Reader`] reads a file, or a text, and either gives a [`Scenario`] or
//!   everything that is wrong with it.
//! * [`Plan`] is what a drill needs: no names, no positions.
//! * [`schema`] writes the JSON Schema out of the tables that the files are
//!   checked against.
//!
//! The order of the entries of a file never changes a plan, and a name does not
//! either where an `id` stands. What a file means depends on the file, the pieces
//! that it uses, and the seed.

mod apart;
mod choice_names;
pub mod codes;
mod compile;
pub mod defects;
pub mod document;
pub mod expect;
mod files;
mod gather;
pub mod import;
pub mod kept;
pub mod levers;
pub mod limits;
mod loaded;
mod merge;
pub mod objective;
mod plan;
pub mod queue;
mod reader;
mod schema;
pub mod staff;
pub mod syntax;
mod tables;
#[cfg(test)]
mod tests;

pub use compile::{BUILT_IN, builtin};
pub use files::Place;
pub use loaded::{Assumption, Origin, Places, Scenario};
pub use plan::{AFTERMATH, Plan};
pub use reader::Reader;
pub use schema::{piece_schema, schema};
pub use staff::{Team, Teams};
pub use tables::{DEFAULT_SEED, SCENARIO, VERSION};
