//! Objectives: what share of all runs has to keep a limit, and how sure one wants to
//! be of it.

use crate::checks::{CheckId, Verdict};
use crate::measures::Quantity;
use crate::statistics::{Level, Value};

/// What an objective is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    /// A quantity stays within a limit.
    Quantity(Quantity, u64),
    /// A check is not violated.
    Check(CheckId),
    /// No check is violated but those that are known to fail.
    Checks,
}

/// What a scenario promises of many runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Objective {
    /// What its author calls it.
    pub name: Box<str>,
    /// What has to be so.
    pub subject: Subject,
    /// In what share of all runs, at least.
    pub share: Level,
    /// How sure one wants to be of the answer, whichever it is.
    pub confidence: Level,
}

impl Subject {
    /// Whether a run keeps it; nothing where nothing put it to the test, or where the
    /// faults left no way. What was not over by the end of the run was not kept.
    ///
    /// `value` is what the run came to, `verdict` what a check said, and `violated`
    /// whether any check that is not known to fail is.
    #[must_use]
    pub fn kept(
        &self,
        value: impl Fn(Quantity) -> Option<Value>,
        verdict: impl Fn(CheckId) -> Option<Verdict>,
        violated: bool,
    ) -> Option<bool> {
        match self {
            Self::Quantity(quantity, most) => value(*quantity).map(|it| it <= Value::At(*most)),
            Self::Check(check) => match verdict(*check)? {
                Verdict::Violated | Verdict::Inconclusive => Some(false),
                Verdict::Held => Some(true),
                Verdict::Excused | Verdict::Vacuous => None,
            },
            Self::Checks => Some(!violated),
        }
    }
}
