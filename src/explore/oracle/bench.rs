//! What is hunted: one fleet under two procedures, clean or with a bug planted.

use crate::checks::{CheckId, Verdict};
use crate::drill::{Outcome, Rig};
use crate::explore::lineup::drill;
use crate::explore::prey::Prey;
use crate::explore::strategy::Input;
use crate::scenario::Reader;
use crate::scenario::defects::Defect;
use crate::scenario::document::{Document, leaf};
use crate::scenario::syntax::Diagnostics;

/// The fleet, its outage, its chaos, and what is known to fail in it.
const BASE: &str = include_str!("base.yaml");

/// The other procedure.
const IMPATIENT: &str = include_str!("impatient.yaml");

/// How many procedures the fleet is hunted under, by turns.
pub(super) const BASES: usize = 2;

/// Some checks: a bit each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Checks(u32);

const _: () = assert!(CheckId::COUNT <= u32::BITS as usize);

impl Checks {
    /// Those that an outcome violates.
    fn violated(outcome: &Outcome) -> Self {
        let judgements = outcome.judgements.iter();
        let violated = judgements.filter(|it| it.verdict == Verdict::Violated);
        Self(violated.fold(0, |sum, it| sum | 1 << it.check as u32))
    }

    /// These without those.
    pub(super) const fn without(self, those: Self) -> Self {
        Self(self.0 & !those.0)
    }

    /// These and those.
    pub(super) const fn and(self, those: Self) -> Self {
        Self(self.0 | those.0)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) const fn has(self, check: CheckId) -> bool {
        self.0 & 1 << check as u32 != 0
    }

    /// In the order of the catalogue.
    pub(super) fn list(self) -> Vec<CheckId> {
        CheckId::ALL
            .into_iter()
            .filter(|it| self.has(*it))
            .collect()
    }
}

/// The bases as documents, as they are written.
pub(super) fn bases(reader: &Reader) -> Result<[Document; BASES], Diagnostics> {
    let base = reader.document_text("oracle/base.yaml", BASE)?;
    let other = reader.document_text("oracle/impatient.yaml", IMPATIENT)?;
    let mut impatient = base.clone();
    for part in ["title", "procedure"] {
        if let Some(node) = other.get(&[part]) {
            impatient.set(&[part], node.clone());
        }
    }
    Ok([base, impatient])
}

/// A base without what it says of known failures, with a bug or without: what is
/// compared is what happens, not what was expected.
pub(super) fn planted(base: &Document, defect: Option<&Defect>) -> Document {
    let mut document = base.clone();
    let checks: Vec<String> = base.keys(&["expect"]).map(str::to_owned).collect();
    for check in &checks {
        let path = ["expect", check.as_str()];
        document.remove(&[path[0], path[1], "known-failure"]);
        if document.len(&path) == 0 {
            document.set(&path, leaf("on"));
        }
    }
    if let Some(defect) = defect {
        document.push(&["defects"], leaf(defect.name));
    }
    document
}

/// What is violated in a run of a prey.
pub(super) fn violated(rig: &mut Rig<'_>, prey: &Prey, input: &Input) -> Checks {
    Checks::violated(rig.run(&drill(prey, input)))
}
