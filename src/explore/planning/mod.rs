//! A fleet's plan: every region that has connectors lost in turn, and every pair of
//! them; and which levers would help most for what they cost.
//!
//! ```text
//! Base ──outages──▶ Base, one an outage ──run──▶ Lost
//!                        │
//!                        └──levers──▶ the same luck with and without ──▶ Effect ──▶ Step
//! ```

mod levers;
mod lost;
mod outages;
#[cfg(test)]
mod tests;

pub use levers::{Effect, Pulled, Step};
pub use lost::{Lost, Moves};
pub use outages::{LASTS, Lasts, Outage};

use super::odds::Broken;
use crate::measures::Quantity;
use crate::scenario::Reader;
use crate::scenario::levers::{Base, Levers};
use crate::scenario::syntax::Diagnostics;
use std::num::NonZeroUsize;

/// What is asked.
pub struct Planning<'a> {
    /// Reads what the outages and the levers make of the scenario.
    pub reader: &'a Reader,
    /// The scenario: its fleet, teams, procedure and parameters. Its timeline is set
    /// aside.
    pub base: &'a Base,
    /// How long each outage lasts.
    pub lasts: &'a Lasts,
    /// Only outages that a region of this name is part of.
    pub region: Option<&'a str>,
    /// What is to become less: what levers are held against.
    pub by: Quantity,
    /// What could be changed.
    pub levers: &'a Levers,
    /// How many levers are pulled one on top of the other.
    pub steps: usize,
    /// The seed of the samples.
    pub seed: u64,
    /// How many runs of each outage, and of each lever in each.
    pub runs: u64,
    /// On how many threads; what comes of it does not depend on it.
    pub jobs: NonZeroUsize,
    /// Told how many of how many runs there were, at most; whether to go on.
    pub progress: &'a (dyn Fn(u64, u64) -> bool + Sync),
}

/// Why there is no plan.
#[derive(Debug)]
pub enum NoPlan {
    /// An outage of the scenario's fleet does not make a valid scenario.
    Invalid(Diagnostics),
    /// A run whose ledger does not balance.
    Broken(Broken),
    /// Somebody asked to stop.
    Stopped,
    /// No connector with orgs stands in such a region.
    Nowhere,
}

/// What would come of losing regions, and what would help.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Every outage: single regions first, then pairs, each in the order of the
    /// catalogue.
    pub lost: Vec<Lost>,
    /// What each lever does by itself, over the outages of single regions: those that
    /// help most for their cost first, then those that cannot be pulled.
    pub levers: Vec<Pulled>,
    /// Levers pulled one on top of the other, the best for its cost first.
    pub steps: Vec<Step>,
    /// How many runs there were.
    pub runs: u64,
}

/// Loses every region in turn, and every pair, and looks for what would help.
///
/// # Errors
/// See [`NoPlan`].
pub fn plan(it: &Planning<'_>) -> Result<Planned, NoPlan> {
    let outages = outages::outages(it)?;
    let mut budget = Budget::new(it, &outages);
    let mut lost = Vec::with_capacity(outages.len());
    for outage in &outages {
        lost.push(lost::run(it, outage, &mut budget)?);
    }
    let single: Vec<&Outage> = outages.iter().filter(|it| it.regions.len() == 1).collect();
    let (levers, steps) = levers::pull(it, &single, &mut budget)?;
    Ok(Planned {
        lost,
        levers,
        steps,
        runs: budget.done,
    })
}

/// How many runs were done of how many there may be.
struct Budget<'a> {
    planning: &'a Planning<'a>,
    done: u64,
    most: u64,
}

impl<'a> Budget<'a> {
    fn new(planning: &'a Planning<'a>, outages: &[Outage]) -> Self {
        let singles = outages.iter().filter(|it| it.regions.len() == 1).count() as u64;
        let levers = planning.levers.list.len() as u64;
        // Each step tries what is left, besides what it stands on.
        let rounds = (0..=planning.steps as u64).map(|it| levers.saturating_sub(it) + 1);
        let tries: u64 = rounds.sum();
        Self {
            planning,
            done: 0,
            most: planning.runs * (outages.len() as u64 + singles * tries),
        }
    }

    fn spend(&mut self, runs: u64) -> Result<(), NoPlan> {
        self.done += runs;
        let go_on = (self.planning.progress)(self.done, self.most.max(self.done));
        go_on.then_some(()).ok_or(NoPlan::Stopped)
    }
}
