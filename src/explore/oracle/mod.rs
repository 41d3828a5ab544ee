//! The oracle: whether hunting finds what it is for.
//!
//! Every planted bug is switched on in one common fleet and hunted with the same
//! budget. A bug is found by a run that violates a check which the clean fleet does
//! not violate under the same faults and the same luck, so that what fails anyway
//! never counts as a catch.

mod bench;
mod score;
mod small;
#[cfg(test)]
mod tests;

use self::bench::{BASES, Checks, bases, planted, violated};
use super::draw::Slots;
use super::pieces::{hands, in_order};
use super::prey::Prey;
use super::strategy::{Corpus, Input, Strategy};
use crate::checks::CheckId;
use crate::drill::Rig;
use crate::faults::FaultKind;
use crate::model::ids::StepIx;
use crate::scenario::Reader;
use crate::scenario::defects::Defect;
use crate::scenario::document::Document;
use crate::scenario::syntax::Diagnostics;
use std::num::NonZeroUsize;

pub use score::{Bug, Score, Size};

/// How many catches of a bug are tried until one can be written down as a scenario.
const TRIES_MAX: usize = 16;

/// How much each bug is hunted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Trial {
    /// How many runs, for each bug and seed; from 1.
    pub runs: u64,
    /// How many hunts of each bug, each with a seed of its own; from 1.
    pub seeds: u64,
    /// The first of those seeds; the others follow it.
    pub seed: u64,
    /// On how many threads.
    pub jobs: NonZeroUsize,
}

/// How far the hunt of a bug is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// It begins.
    Hunting,
    /// Every run is over, and a catch is made small.
    Shrinking,
    /// It is finished.
    Done,
}

/// Is told of each stage of each bug, by the bug's name, on whichever thread.
pub type Watch<'a> = &'a (dyn Fn(&'static str, Stage) + Sync);

/// The clean bases, the inputs of every hunt, and what they violate without a bug.
pub struct Oracle {
    reader: Reader,
    trial: Trial,
    bases: [Document; BASES],
    clean: [Prey; BASES],
    /// By seed, then by run.
    inputs: Vec<Vec<Input>>,
    /// What the clean base violates under them.
    fails: Vec<Vec<Checks>>,
}

impl Oracle {
    /// Hunts the clean bases.
    ///
    /// # Errors
    /// What is wrong with a base: an error of this program.
    pub fn new(trial: Trial) -> Result<Self, Diagnostics> {
        let reader = Reader::default();
        let bases = bases(&reader)?;
        let clean = preys(&reader, &bases, None)?;
        let slots = clean.each_ref().map(Slots::new);
        let corpus = Corpus::default();
        let of = |seed: u64, run: u64| {
            let place = run as usize % BASES;
            let prey = &clean[place];
            if run < BASES as u64 {
                // Each base as it stands.
                let luck = prey.plan.seed;
                let faults = Vec::new();
                return Input { faults, luck };
            }
            let strategy = match run / BASES as u64 % 2 {
                0 => Strategy::Random,
                _ => Strategy::Swarm,
            };
            Input::of(strategy, prey, &slots[place], &corpus, seed, run)
        };
        let seeds = (0..trial.seeds).map(|it| trial.seed.wrapping_add(it));
        let inputs: Vec<Vec<Input>> = seeds
            .map(|seed| (0..trial.runs).map(|run| of(seed, run)).collect())
            .collect();
        let mut hands = hands(trial.jobs);
        let fails = in_order(&mut hands, inputs.len(), |(), seed| {
            let mut rigs = clean.each_ref().map(|it| Rig::new(&it.plan));
            let runs = inputs[seed].iter().enumerate();
            runs.map(|(run, input)| {
                let place = run % BASES;
                violated(&mut rigs[place], &clean[place], input)
            })
            .collect()
        });
        Ok(Self {
            reader,
            trial,
            bases,
            clean,
            inputs,
            fails,
        })
    }

    /// Hunts bugs.
    ///
    /// # Errors
    /// What is wrong with a base that has a bug in it: an error of this program.
    pub fn score(
        &self,
        defects: &[&'static Defect],
        watch: Watch<'_>,
    ) -> Result<Score, Diagnostics> {
        let hunt = |(): &mut (), it: usize| self.hunt(defects[it], watch);
        let bugs = in_order(&mut hands(self.trial.jobs), defects.len(), hunt);
        let bugs: Result<Vec<Bug>, Diagnostics> = bugs.into_iter().collect();
        Ok(Score {
            trial: self.trial,
            bugs: bugs?,
            known: self.clean_failures(true),
            alarms: self.clean_failures(false),
        })
    }

    /// What the clean bases violate, and in how many runs: what is known to fail in
    /// them, or what is not.
    fn clean_failures(&self, known: bool) -> Vec<(CheckId, u64)> {
        let counted = |check: CheckId| {
            let all = self.fails.iter().flatten();
            (check, all.filter(|it| it.has(check)).count() as u64)
        };
        let path = |it: &CheckId| self.bases[0].get(&["expect", it.slug(), "known-failure"]);
        let those = CheckId::ALL.into_iter();
        those
            .filter(|it| path(it).is_some() == known)
            .map(counted)
            .filter(|it| it.1 > 0)
            .collect()
    }

    /// Every hunt of one bug.
    fn hunt(&self, defect: &'static Defect, watch: Watch<'_>) -> Result<Bug, Diagnostics> {
        watch(defect.name, Stage::Hunting);
        let preys = preys(&self.reader, &self.bases, Some(defect))?;
        let mut rigs = preys.each_ref().map(|it| Rig::new(&it.plan));
        let mut caught = Checks::default();
        let mut after = Vec::new();
        let mut catches = Vec::new();
        for (seed, inputs) in self.inputs.iter().enumerate() {
            let mut first = None;
            for (run, input) in inputs.iter().enumerate() {
                let place = run % BASES;
                let input = self.fitted(input, &preys[place], place);
                let bad = violated(&mut rigs[place], &preys[place], &input);
                let new = bad.without(self.fails[seed][run]);
                if new.is_empty() {
                    continue;
                }
                caught = caught.and(new);
                first = first.or(Some(run as u64 + 1));
                catches.push((input.faults.len(), seed, run, new));
            }
            after.push(first);
        }
        watch(defect.name, Stage::Shrinking);
        // The fewer faults, the less there is to take out.
        catches.sort_by_key(|it| it.0);
        let mut tries = catches.into_iter().take(TRIES_MAX);
        let small = tries.find_map(|(_, seed, run, new)| {
            let place = run % BASES;
            let input = self.fitted(&self.inputs[seed][run], &preys[place], place);
            small::size(&self.reader, &preys[place], &input, new)
        });
        watch(defect.name, Stage::Done);
        Ok(Bug {
            defect,
            caught_by: caught.list(),
            after,
            small,
        })
    }

    /// An input of a clean base for the base with a bug in it, whose procedure may
    /// lack a step that somebody slips on: then nobody does.
    fn fitted(&self, input: &Input, prey: &Prey, place: usize) -> Input {
        let clean = &self.clean[place].plan.procedure.steps;
        let steps = &prey.plan.procedure.steps;
        let mut fitted = input.clone();
        fitted.faults.retain_mut(|it| {
            let FaultKind::Slip(slip) = &mut it.kind else {
                return true;
            };
            let Some(step) = slip.step else { return true };
            let name = &clean[usize::from(step.0)].name;
            let there = steps.iter().position(|it| it.name == *name);
            slip.step = there.map(|it| StepIx(it as u8));
            there.is_some()
        });
        fitted
    }
}

/// Each base, with a bug in it or without.
fn preys(
    reader: &Reader,
    bases: &[Document; BASES],
    defect: Option<&Defect>,
) -> Result<[Prey; BASES], Diagnostics> {
    let prey = |it: usize| Prey::new(reader, &planted(&bases[it], defect), small::NAME);
    Ok([prey(0)?, prey(1)?])
}
