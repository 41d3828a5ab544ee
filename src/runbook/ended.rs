//! How a team's code ended, and what came of the drill.

use crate::checks::{CheckId, Verdict};
use crate::measures::Imbalance;
use crate::report::human::{Face, drill_face};
use crate::report::{Ran, ScenarioVerdict};
use crate::scenario::syntax::{Diagnostics, RenderStyle};
use crate::time::Instant;
use std::fmt;

/// A call that the code made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// When.
    pub at: Instant,
    /// Which: `open-ticket`.
    pub call: &'static str,
    /// What it was about: a name, or nothing.
    pub about: String,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.call)?;
        if !self.about.is_empty() {
            write!(f, " ({})", self.about)?;
        }
        write!(f, " at {}", self.at)
    }
}

/// How a team's code ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ended {
    /// It returned, and said that all went well.
    Returned,
    /// It returned an error.
    Failed(String),
    /// It panicked.
    Panicked(String),
    /// The drill was over before it returned.
    Unfinished,
    /// It called, again and again, without letting time pass.
    Spinning {
        /// The last of the calls.
        call: Call,
        /// How many there were at that instant.
        calls: u32,
    },
    /// It yielded, again and again, without a call and without letting time pass.
    Yielding {
        /// When.
        at: Instant,
        /// How often.
        turns: u32,
    },
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Returned => f.write_str("it returned"),
            Self::Failed(error) => write!(f, "it failed: {error}"),
            Self::Panicked(words) => write!(f, "it panicked: {words}"),
            Self::Unfinished => f.write_str("it had not returned when the drill was over"),
            Self::Spinning { call, calls } => write!(
                f,
                "it spins: {calls} calls without letting time pass, the last {call}; \
                 sleep between two tries"
            ),
            Self::Yielding { at, turns } => write!(
                f,
                "it spins: {turns} turns at {at} without a call and without letting time \
                 pass; sleep, or wait for something"
            ),
        }
    }
}

/// What came of a drill of a team's own code.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// What was run, what came of it, and what that means.
    pub ran: Ran,
    /// How the code ended.
    pub ended: Ended,
    /// When it ended. The fleet went on to the end of the drill.
    pub ended_at: Instant,
    /// Every call that it made, in order.
    pub calls: Vec<Call>,
}

impl Recovered {
    /// Whether the code returned without an error and everything is as the scenario
    /// declares.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.ended == Ended::Returned && self.ran.assessed.verdict.passes()
    }

    /// The verdict on the scenario.
    #[must_use]
    pub fn verdict(&self) -> ScenarioVerdict {
        self.ran.assessed.verdict
    }

    /// What a check says; nothing, if it is off.
    #[must_use]
    pub fn check(&self, check: CheckId) -> Option<Verdict> {
        let all = &self.ran.outcome.judgements;
        let found = all.iter().find(|it| it.check == check);
        found.map(|it| it.verdict)
    }

    /// The hash of every fact: the same code, scenario and seed give the same.
    #[must_use]
    pub fn trace_hash(&self) -> u64 {
        self.ran.outcome.trace_hash
    }

    /// The face for people: how the code ended, then the drill.
    #[must_use]
    pub fn face(&self) -> String {
        let last = self.calls.last();
        let last = last.map_or(String::new(), |it| format!(" Its last call was {it}."));
        format!(
            "The recovery: {}, {}.{last}\n\n{}",
            self.ended,
            self.ended_at,
            drill_face(&self.ran, Face::default())
        )
    }

    /// For tests: itself, if it [passes](Self::passes).
    ///
    /// # Panics
    /// With its face, if it does not.
    #[must_use = "what came of it can be asserted on"]
    #[track_caller]
    pub fn expect_pass(self) -> Self {
        assert!(self.passes(), "{}", self.face());
        self
    }

    /// For tests: itself, if a check is violated.
    ///
    /// # Panics
    /// With its face, if the check says otherwise.
    #[must_use = "what came of it can be asserted on"]
    #[track_caller]
    pub fn expect_violated(self, check: CheckId) -> Self {
        let verdict = self.check(check);
        assert_eq!(
            verdict,
            Some(Verdict::Violated),
            "{} is not violated\n{}",
            check.slug(),
            self.face()
        );
        self
    }
}

/// Why nothing can be said of a team's code.
#[derive(Debug, thiserror::Error)]
pub enum RunbookError {
    /// The scenario is not valid.
    #[error("{}", .0.render(RenderStyle::default()))]
    Invalid(Diagnostics),
    /// The code showed no sign of life: a loop that never yields, or a call that blocks
    /// its thread.
    #[error(
        "the recovery shows no sign of life: it neither calls nor lets time pass{}. A loop \
         that never awaits, or something that blocks the thread (std::thread::sleep)?",
        .last.as_ref().map_or(String::new(), |it| format!(", since {it}"))
    )]
    Stuck {
        /// The last call that it made.
        last: Option<Call>,
    },
    /// Two runs of the same code on the same seed differ.
    #[error(
        "two runs of the recovery differ from call {place} on: {first}, against {second}. \
         What tokio draws itself (a select! that is not `biased`), another thread, the \
         wall clock, or a map of random order?"
    )]
    Diverged {
        /// The place of the first call that differs.
        place: usize,
        /// That call in the first run, in words.
        first: String,
        /// That call in the second run, in words.
        second: String,
    },
    /// No thread or runtime could be had.
    #[error("no runtime for the recovery: {0}")]
    Runtime(#[from] std::io::Error),
    /// The loss ledger does not balance: an error of this program.
    #[error(transparent)]
    Internal(#[from] Imbalance),
}
