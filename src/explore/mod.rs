//! Many drills: hunting for a violation, making what was found small, playing it
//! again; and sampling, to say how likely what is.
//!
//! ```text
//! Document ──▶ Prey ──Strategy: draw, vary──▶ Input ──▶ Drill ──▶ Tally, by check and cause
//!                 ▲                              ▲          │          │
//!                 └────────── Corpus ◀── Coverage ◀─────────┘       shrink ──▶ Finding
//! ```
//!
//! * [`hunt`] tries inputs in batches, on as many threads as one likes: the same
//!   runs give the same findings on one thread and on many.
//! * [`shrink`](shrunk) takes out of a scenario whatever its violation does not need.
//! * [`replay`] runs a finding, and only that.
//! * [`inevitable`] says from which fact on it could not be avoided.
//! * [`mutate`](mutants) breaks a procedure step by step, to see who notices.
//! * [`slack`] says how late people may begin.
//! * [`sensitivity`] says which assumption the odds hang on.
//! * [`compare`] runs several plans on the same luck.
//! * [`planning`] loses every region in turn, and looks for what would help.
//! * [`odds`] samples: the same scenario with the luck of many seeds.
//! * [`oracle`](Oracle) hunts every planted bug, to see whether hunting finds anything.

mod alike;
mod cause;
pub mod compare;
mod coverage;
mod dice;
mod draw;
mod finding;
mod hunt;
mod inevitable;
mod lineup;
mod mutate;
pub mod odds;
mod oracle;
mod pieces;
pub mod planning;
mod prey;
mod replay;
pub mod sensitivity;
mod shrink;
pub mod slack;
mod strategy;
mod tally;
#[cfg(test)]
mod tests;

pub use cause::Cause;
pub use finding::Finding;
pub use hunt::{Budget, Hunt, Hunted, Phase, Progress, Stopped, hunt};
pub use inevitable::{Inevitable, LUCKS, all_inevitable, inevitable};
pub use mutate::{Mutant, Mutants, Mutation, Notice, Noticed, mutants};
pub use oracle::{Bug, Oracle, Score, Size, Stage, Trial, Watch};
pub use prey::Prey;
pub use replay::{Replayed, replay};
pub use shrink::{Free, STEPS_MAX, Shrunk, WhyStopped, shrunk};
pub use strategy::{Input, Strategy};
pub use tally::Known;
