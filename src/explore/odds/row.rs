//! What one run came to.

use super::spent::Spent;
use crate::checks::{CheckId, Verdict};
use crate::drill::Outcome;
use crate::measures::{Imbalance, Quantity};
use crate::scenario::Plan;
use crate::statistics::Value;

/// One run of a plan in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number.
    pub run: u64,
    /// Its seed: `lifeboat run --seed` does it again.
    pub seed: u64,
    /// By place in [`Quantity::ALL`].
    pub(super) values: [Option<Value>; Quantity::COUNT],
    /// By place in [`CheckId::ALL`]; nothing for a check that is off.
    pub(super) verdicts: [Option<Verdict>; CheckId::COUNT],
    /// Whether a check is violated that is not known to fail.
    pub violated: bool,
    /// Where the time of each clock went, if that was looked at.
    pub spent: Option<Box<Spent>>,
}

/// A run that cannot be trusted: its ledger does not balance, which is an error of
/// this program.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("run {run}, seed {seed:#x}: {imbalance}")]
pub struct Broken {
    /// Its number.
    pub run: u64,
    /// Its seed.
    pub seed: u64,
    /// What is wrong.
    pub imbalance: Imbalance,
}

impl Row {
    pub(in crate::explore) fn of(
        plan: &Plan,
        run: u64,
        seed: u64,
        outcome: &Outcome,
    ) -> Result<Self, Broken> {
        if let Err(imbalance) = outcome.balance {
            return Err(Broken {
                run,
                seed,
                imbalance,
            });
        }
        let mut verdicts = [None; CheckId::COUNT];
        let mut violated = false;
        for it in &outcome.judgements {
            verdicts[it.check as usize] = Some(it.verdict);
            violated |= it.verdict == Verdict::Violated
                && plan.expect.check(it.check).known_failure.is_none();
        }
        Ok(Self {
            run,
            seed,
            values: Quantity::ALL.map(|it| it.read(&outcome.measures)),
            verdicts,
            violated,
            spent: None,
        })
    }

    /// What a quantity came to; nothing where nothing put it to the test.
    #[must_use]
    pub fn value(&self, quantity: Quantity) -> Option<Value> {
        self.values[quantity.ix()]
    }

    /// What a check said; nothing if it is off.
    #[must_use]
    pub fn verdict(&self, check: CheckId) -> Option<Verdict> {
        self.verdicts[check as usize]
    }
}
