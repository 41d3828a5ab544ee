//! What a check that must always hold keeps: how often it was put to the test, and
//! how often it failed.

use super::case::{Case, Detail};
use super::catalogue::CheckId;
use super::verdict::{Few, Judgement, Verdict, Who};
use crate::measures::Scene;
use crate::model::fact::{Fact, FactKind};
use crate::time::Instant;
use std::borrow::Cow;

/// Tests and breaches of one check.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    tested: u64,
    breaches: u64,
    who: Few,
    /// Everybody who failed; who they are decides no verdict.
    all: Vec<Who>,
    /// The first breach. A stamp: outside equality.
    first: Option<(FactKind, Instant)>,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            tested: 0,
            breaches: 0,
            who: Few::NONE,
            all: Vec::new(),
            first: None,
        }
    }
}

/// What decides the verdict; not when it happened, nor how often it was fine.
impl PartialEq for Tally {
    fn eq(&self, other: &Self) -> bool {
        (self.tested > 0, self.breaches, self.who) == (other.tested > 0, other.breaches, other.who)
    }
}

impl Eq for Tally {}

impl Tally {
    /// One subject was put to the test; whether it failed.
    #[inline]
    pub(super) fn test(&mut self, fact: &Fact, failed: bool, who: Who) {
        self.tested += 1;
        if failed {
            self.breach(fact, who);
        }
    }

    /// So many subjects were there to be put to the test.
    pub(super) fn tested_times(&mut self, subjects: u64) {
        self.tested += subjects;
    }

    /// One subject failed, or another one by the same test.
    #[cold]
    pub(super) fn breach(&mut self, fact: &Fact, who: Who) {
        self.breaches += 1;
        self.who.add(who);
        self.all.push(who);
        self.first.get_or_insert((fact.what.kind(), fact.at));
    }

    /// The judgement of a check that must always hold; one that nothing tested did not
    /// hold (F-15).
    pub(super) fn judge(&self, check: CheckId, case: &Case<'_>) -> Judgement {
        let doc = check.doc();
        let (verdict, subjects, message) = if self.breaches > 0 {
            let message = match case.detail {
                Detail::Numbers => Cow::Borrowed(""),
                _ => Cow::Owned(self.sentence(doc.breach, &case.scene)),
            };
            (Verdict::Violated, self.breaches, message)
        } else if self.tested > 0 {
            (Verdict::Held, self.tested, Cow::Borrowed(doc.statement))
        } else {
            (Verdict::Vacuous, 0, Cow::Borrowed(doc.vacuous))
        };
        Judgement {
            check,
            verdict,
            at: self.first.map(|it| it.1),
            subjects,
            who: self.who.list(case),
            missed: if case.detail == Detail::Everybody {
                self.all
                    .iter()
                    .map(|&who| (Verdict::Violated, who))
                    .collect()
            } else {
                Vec::new()
            },
            margin_ms: None,
            message,
            led_by: self.first,
        }
    }

    #[cold]
    fn sentence(&self, breach: &str, scene: &Scene<'_>) -> String {
        let (first, others) = (self.who.first(scene), self.who.others(scene, self.breaches));
        let at = self.first.map_or(Instant::ZERO, |it| it.1);
        format!("{first} {breach} at {at}{others}.")
    }
}
