//! What a violation is about, apart from names and times.

use crate::checks::{CheckId, Judgement, Verdict};
use crate::drill::Outcome;
use crate::model::fact::FactKind;
use crate::scenario::Plan;

/// Why a run fails: which check, and the kind of fact that violated it or from
/// which its deadline counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Cause {
    /// Which check.
    pub check: CheckId,
    /// Which kind of fact led there, if one did.
    pub led_by: Option<FactKind>,
}

impl Cause {
    /// The cause of a judgement, if it is a violation.
    #[must_use]
    pub fn of(judgement: &Judgement) -> Option<Self> {
        (judgement.verdict == Verdict::Violated).then(|| Self {
            check: judgement.check,
            led_by: judgement.led_by.map(|it| it.0),
        })
    }

    /// Every cause of a run.
    pub fn all(outcome: &Outcome) -> impl Iterator<Item = Self> {
        outcome.judgements.iter().filter_map(Self::of)
    }

    /// Whether the scenario says that this check fails.
    #[must_use]
    pub fn is_known(self, plan: &Plan) -> bool {
        plan.expect.check(self.check).known_failure.is_some()
    }

    /// In words: `settled, after step-refused`.
    #[must_use]
    pub fn words(self) -> String {
        match self.led_by {
            Some(kind) => format!("{}, led by {}", self.check.slug(), kind.name()),
            None => self.check.slug().to_owned(),
        }
    }
}
