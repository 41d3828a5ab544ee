//! Judging a check with a deadline, subject by subject; the worst verdict counts.

use super::case::{Case, Detail};
use super::catalogue::CheckId;
use super::verdict::{Few, Judgement, Verdict, Who};
use crate::model::fact::FactKind;
use crate::time::Instant;
use std::borrow::Cow;

/// A subject for which a check is not met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Miss {
    pub(super) verdict: Verdict,
    pub(super) who: Who,
    /// The fact from which the deadline counts.
    pub(super) since: (FactKind, Instant),
    /// Its deadline.
    pub(super) deadline: Instant,
    /// When it was met all the same, too late.
    pub(super) met_at: Option<Instant>,
}

/// The verdicts so far.
#[derive(Debug)]
pub(super) struct Jury {
    check: CheckId,
    held: u64,
    worst: Option<Miss>,
    /// Subjects with the worst verdict, and the first of them.
    count: u64,
    who: Few,
    /// Everybody who violates it or has not met it yet.
    missed: Vec<(Verdict, Who)>,
    margin_ms: Option<i64>,
    /// Whether a subject that is not excused was never met: nobody can say how far
    /// from its deadline it is, so the check has no margin.
    unmet: bool,
}

impl Jury {
    pub(super) const fn new(check: CheckId) -> Self {
        Self {
            check,
            held: 0,
            worst: None,
            count: 0,
            who: Few::NONE,
            missed: Vec::new(),
            margin_ms: None,
            unmet: false,
        }
    }

    /// So many subjects met it, the last of them at this instant.
    pub(super) fn hold(&mut self, subjects: u64, met_at: Instant, deadline: Instant) {
        self.held += subjects;
        self.met(met_at, deadline);
    }

    /// So many subjects met a check that has no deadline.
    pub(super) fn hold_at_end(&mut self, subjects: u64) {
        self.held += subjects;
    }

    /// It was met then, in time or late.
    fn met(&mut self, met_at: Instant, deadline: Instant) {
        let margin_ms = deadline.as_millis().saturating_sub(met_at.as_millis());
        self.margin_ms = Some(self.margin_ms.map_or(margin_ms, |it| it.min(margin_ms)));
    }

    /// A subject did not meet it.
    pub(super) fn miss(&mut self, miss: Miss) {
        if matches!(miss.verdict, Verdict::Violated | Verdict::Inconclusive) {
            self.missed.push((miss.verdict, miss.who));
        }
        match miss.met_at {
            _ if miss.verdict == Verdict::Excused => {}
            Some(met_at) => self.met(met_at, miss.deadline),
            None => self.unmet = true,
        }
        match &mut self.worst {
            Some(worst) if worst.verdict < miss.verdict => return,
            Some(worst) if worst.verdict == miss.verdict => {
                if miss.deadline < worst.deadline {
                    (worst.deadline, worst.since) = (miss.deadline, miss.since);
                }
            }
            worst => {
                *worst = Some(miss);
                (self.count, self.who) = (0, Few::NONE);
            }
        }
        self.count += 1;
        self.who.add(miss.who);
    }

    /// The verdict on a subject that did not meet a check by its deadline.
    pub(super) fn verdict(excused: bool, deadline: Instant, end: Instant) -> Verdict {
        match (excused, end < deadline) {
            (true, _) => Verdict::Excused,
            (false, true) => Verdict::Inconclusive,
            (false, false) => Verdict::Violated,
        }
    }

    pub(super) fn judge(self, case: &Case<'_>) -> Judgement {
        let doc = self.check.doc();
        let Some(worst) = self.worst else {
            let (verdict, message) = if self.held > 0 {
                (Verdict::Held, doc.statement)
            } else {
                (Verdict::Vacuous, doc.vacuous)
            };
            return Judgement {
                check: self.check,
                verdict,
                at: None,
                subjects: self.held,
                who: Vec::new(),
                missed: Vec::new(),
                margin_ms: self.margin_ms,
                message: Cow::Borrowed(message),
                led_by: None,
            };
        };
        let message = match case.detail {
            Detail::Numbers => Cow::Borrowed(""),
            _ => Cow::Owned(self.sentence(&worst, case)),
        };
        Judgement {
            check: self.check,
            verdict: worst.verdict,
            at: (worst.verdict == Verdict::Violated).then_some(worst.deadline),
            subjects: self.count,
            who: self.who.list(case),
            missed: if case.detail == Detail::Everybody {
                self.missed
            } else {
                Vec::new()
            },
            margin_ms: self.margin_ms.filter(|_| !self.unmet),
            message,
            led_by: Some(worst.since),
        }
    }

    #[cold]
    fn sentence(&self, worst: &Miss, case: &Case<'_>) -> String {
        let (first, others) = (
            self.who.first(&case.scene),
            self.who.others(&case.scene, self.count),
        );
        let breach = self.check.doc().breach;
        let (deadline, (fact, since)) = (worst.deadline, worst.since);
        let from = format!("{} at {since}", fact.name());
        match worst.verdict {
            Verdict::Inconclusive => {
                let end = case.end;
                format!(
                    "{first} {breach} when the run ended at {end}, before the deadline {deadline} ({from}){others}."
                )
            }
            Verdict::Excused => format!(
                "{first} {breach} by {deadline}, and the faults left no way ({from}){others}."
            ),
            _ => format!("{first} {breach} by {deadline} ({from}){others}."),
        }
    }
}
