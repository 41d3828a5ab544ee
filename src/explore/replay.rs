//! A finding, run again, and only that.

use crate::checks::CheckId;
use crate::drill::Drill;
use crate::explore::cause::Cause;
use crate::scenario::Plan;

/// What came of a replay.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replayed {
    /// Whether the check is still violated.
    pub violated: bool,
    /// The hash of the run.
    pub trace_hash: u64,
    /// The hash that it should have.
    pub recorded: u64,
}

impl Replayed {
    /// Whether the run is not the one that was recorded.
    #[must_use]
    pub const fn diverged(&self) -> bool {
        self.trace_hash != self.recorded
    }
}

/// Runs a finding's scenario.
#[must_use]
pub fn replay(plan: &Plan, check: CheckId, recorded: u64) -> Replayed {
    let outcome = Drill::new(plan).run();
    Replayed {
        violated: Cause::all(&outcome).any(|it| it.check == check),
        trace_hash: outcome.trace_hash,
        recorded,
    }
}
