//! The odds: one plan, run with the luck of many seeds.
//!
//! ```text
//! Plan, seed ──seed_of(run)──▶ Series ──▶ Row ──▶ Sampled ──merge──▶ Sampled
//! ```
//!
//! * A [`Series`] runs a plan again and again, and makes a [`Row`] of each run: every
//!   [quantity](crate::measures::Quantity), every check's verdict.
//! * [`sample`] does that on many threads, and puts rows together in a [`Sampled`]:
//!   whole numbers and histograms, the same bits whatever the split and the order.
//! * A [`Part`] says which runs of which sample those are, and can be [written] to a
//!   file and put together with others.

mod meaning;
mod part;
mod row;
mod sample;
mod sampled;
mod series;
mod spent;
#[cfg(test)]
mod tests;
pub mod written;

pub use meaning::meaning;
pub use part::{Apart, Header, Part};
pub use row::{Broken, Row};
pub use sample::{AtOnce, Go, Pace, Round, Sample, sample};
pub use sampled::{Said, Sampled, Tally};
pub use series::{Series, seed_of};
pub use spent::{Spent, Split};
