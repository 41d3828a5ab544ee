//! The engine: a compiled plan in, an outcome out.
//!
//! [`Drill`] draws a plan's luck; [`Drill::run`] runs it to the end. A [`Rig`] runs
//! many drills of one plan in the same memory. [`Run`] is the passive engine
//! underneath, for whoever drives it otherwise.

mod agenda;
mod bounds;
mod budget;
mod carry_out;
mod fate;
mod finish;
mod labour;
mod lanes;
mod loose;
mod luck;
mod news;
mod observe;
mod others;
mod outcome;
mod outside;
mod passes;
mod react;
mod recovery;
mod rig;
mod run;
mod shifts;
mod state;
mod steps;
mod support;
mod teams;
mod trace;
mod value;
mod weather;
mod words;
mod work;

pub use luck::{AFTERMATH, Delays, Drill};
pub use outcome::{Divergence, Exceeds, Outcome};
pub use outside::{Asking, Settings};
pub use rig::{Rested, Rig};
pub use run::Run;
pub use trace::Record;

use crate::model::fleet::Scm;
use crate::time::{Duration, Rate};

/// How often a connector's discovery passes (D-3).
pub const PASS_EVERY: Duration = Duration::from_hours(8);

/// How long somebody else's ticket takes to read, where the procedure has no
/// step that reads tickets (assumed, U-1).
pub const FOREIGN_TICKET: Duration = Duration::from_hours(4);

/// The rate of discovery where the procedure has no step for it: the vendor's for
/// Azure DevOps (D-3), assumed for the others.
fn discovery_rate(scm: Scm) -> Rate {
    let per_hour = if scm == Scm::GitHub { 1_000 } else { 100 };
    Rate::per_hour(per_hour).expect("the rate is not zero")
}
