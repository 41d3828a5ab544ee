//! What must hold, checked on the one stream of facts.
//!
//! Every check says what it listens to, which fact of the seed it comes from, what
//! puts it to the test, and how it can be violated; a fact costs only its
//! listeners. At the end each is [judged](Checks::judge), subject by subject, and
//! the worst verdict counts.

mod always;
mod case;
mod catalogue;
mod eventually;
mod excuses;
mod jury;
mod limits;
mod losses;
mod roster;
mod tally;
#[cfg(test)]
mod tests;
mod verdict;

pub use case::{Case, Detail, Loose};
pub use catalogue::{CheckDoc, CheckId, Kind};
pub use excuses::{Excuses, Span};
pub use limits::{Limit, Limits};
pub use roster::Checks;
pub use verdict::{Judgement, Verdict, Who};

use crate::measures::{Scene, Watch};
use crate::model::fact::{Fact, FactKinds};

/// One check.
trait Check {
    /// Which one.
    const ID: CheckId;
    /// The kinds of fact that it reads. What stands in the world or in the watch
    /// at the end needs none.
    const LISTENS: FactKinds;

    /// Reads a fact of a kind that it listens to, after world and watch have.
    fn observe(&mut self, scene: &Scene<'_>, watch: &Watch, fact: &Fact) {
        let _ = (scene, watch, fact);
    }

    /// Judges the run.
    fn judge(&self, case: &Case<'_>) -> Judgement;
}
