//! The point of no return: how late people may begin and still keep every promise.
//!
//! The same scenario is run on the same luck with everybody beginning later by some
//! delay, and each run says for every org whether one of its promises breaks. What is
//! asked of the next runs follows from the answers so far: the middle of every gap
//! between a delay that an org survives and one that it does not, until no gap is
//! wider than the resolution; then the delays beside each edge, since nothing says
//! that later is always worse.
//!
//! An org's promises are the checks that are on and the bounds on clocks and blind
//! time, as far as they are about the org itself or the connector that held it at T+0.
//! What the scenario says is known to fail is no promise. A bound on a loss is one of
//! the whole fleet, and is not laid to any org.

mod answer;
mod run;
mod search;
#[cfg(test)]
mod tests;

pub use answer::{Answer, Break, Promise, Slack};
pub use search::Tried;

use crate::drill::Delays;
use crate::procedure::Issue;
use crate::scenario::Plan;
use crate::time::Duration;
use std::num::NonZeroUsize;

/// Who begins later.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Party {
    /// The customer, with the step `detect`, counted from each connector's outage.
    Customer,
    /// Microsoft's support, with the triage of each ticket, counted from the instant at
    /// which the ticket is there to be read.
    Support,
}

impl Party {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Customer, Self::Support];

    /// The name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Support => "support",
        }
    }

    /// What it begins with.
    const fn issue(self) -> Issue {
        match self {
            Self::Customer => Issue::Detect,
            Self::Support => Issue::TriageTicket,
        }
    }

    const fn delays(self, by: Duration) -> Delays {
        match self {
            Self::Customer => Delays {
                customer: by,
                support: Duration::ZERO,
            },
            Self::Support => Delays {
                customer: Duration::ZERO,
                support: by,
            },
        }
    }
}

/// What is asked.
pub struct Question<'a> {
    /// The scenario.
    pub plan: &'a Plan,
    /// Who begins later.
    pub party: Party,
    /// Every delay tried is a whole multiple of this, and so is every answer.
    pub resolution: Duration,
    /// How many delays are tried to begin with, evenly spread from none to the whole
    /// run: the more, the less goes unseen of what breaks and mends again. See
    /// [`looks_for`].
    pub looks: u64,
    /// The most runs; where they run out, some answers are coarser, and say so.
    pub runs_max: u64,
    /// How many threads work on it; the answer does not depend on it.
    pub jobs: NonZeroUsize,
    /// Told how far it is, after each batch; whether to go on.
    pub progress: &'a (dyn Fn(&Tried) -> bool + Sync),
}

/// How many delays to begin with suit a fleet: many where a run is cheap.
#[must_use]
pub fn looks_for(plan: &Plan) -> u64 {
    (200_000 / (plan.fleet.orgs().len() as u64).max(1)).clamp(16, 512)
}

/// Finds out how late a party may begin; nothing where the search was stopped.
///
/// # Panics
/// If the resolution is zero.
///
/// ```
/// use lifeboat::explore::slack::{Answer, Party, Question, slack};
/// use lifeboat::scenario::Reader;
/// use lifeboat::time::Duration;
///
/// let text = "
/// scenario: v1
/// title: West Europe is lost for a day
/// fleet:
///   connectors:
///     payments: { region: westeurope, scm: github, orgs: 2 }
/// timeline:
///   - at: T+0
///     fault: { region-outage: { region: westeurope, lasts: 26h } }
/// ";
/// let scenario = Reader::default().read_text("day.yaml", text).expect("the scenario is valid");
/// let question = Question {
///     plan: &scenario.plan,
///     party: Party::Customer,
///     resolution: Duration::MINUTE,
///     looks: 64,
///     runs_max: 1_000,
///     jobs: std::num::NonZeroUsize::MIN,
///     progress: &|_| true,
/// };
/// let slack = slack(&question).expect("nobody stops it");
/// // Detected a week late, the orgs would be orphaned for more than a week.
/// let Answer::Until { kept, .. } = slack.orgs[0].1 else { panic!("there is an edge") };
/// assert!(kept > Duration::from_days(6) && kept < Duration::from_days(7));
/// ```
#[must_use]
pub fn slack(question: &Question<'_>) -> Option<Slack> {
    assert!(
        question.resolution > Duration::ZERO,
        "a resolution is some length of time"
    );
    search::Search::new(question).run()
}
