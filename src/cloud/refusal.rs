//! Why a call is not answered with what was asked for.

use crate::model::fact::Reason;
use crate::time::Duration;

/// Why a call is not answered with what was asked for.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// There is no such thing, or no longer.
    #[error("{0} does not exist")]
    NotFound(String),
    /// The region that would answer is down: try again later, or elsewhere.
    #[error("{0} does not answer: its region is down")]
    Unavailable(String),
    /// The inventory does not answer (`inventory-unavailable`).
    #[error("the inventory does not answer")]
    InventoryUnavailable,
    /// Too many requests: the SCM throttles what is asked of it (D-12).
    #[error("too many requests; try again in {retry_after}")]
    Throttled {
        /// When to try again.
        retry_after: Duration,
    },
    /// The SCM does not answer (`scm-outage`).
    #[error("the SCM does not answer")]
    ScmUnavailable,
    /// What was asked for does not fit what is there.
    #[error("{0}")]
    Conflict(String),
    /// What was asked for cannot be meant.
    #[error("{0}")]
    Invalid(String),
    /// The platform refuses: a fact of the run.
    #[error("refused: {}", .0.words())]
    Refused(Reason),
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self::Refused(reason)
    }
}
