//! The procedure under mutation: each step is broken in turn, to see who notices.

use super::cause::Cause;
use super::hunt::drill;
use super::prey::Prey;
use super::strategy::{Corpus, Input, Strategy};
use crate::checks::CheckId;
use crate::drill::Rig;
use crate::explore::draw::Slots;
use crate::procedure::Node as Step;
use crate::scenario::Reader;
use crate::scenario::document::{Document, leaf, list, map};
use crate::scenario::syntax::{Diagnostics, Node};
use std::collections::BTreeSet;

/// How a step is broken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Mutation {
    /// It is not in the procedure.
    Dropped,
    /// It comes before the step that it waits for.
    Swapped,
    /// It is done twice.
    Repeated,
    /// It takes two days.
    Delayed,
    /// It is refused, each time.
    Fails,
}

impl Mutation {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Dropped,
        Self::Swapped,
        Self::Repeated,
        Self::Delayed,
        Self::Fails,
    ];

    /// The name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dropped => "dropped",
            Self::Swapped => "swapped",
            Self::Repeated => "repeated",
            Self::Delayed => "delayed",
            Self::Fails => "fails",
        }
    }
}

/// Whether anybody noticed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Noticed {
    /// These checks, which the procedure as it is does not violate in the same runs.
    By(Vec<CheckId>),
    /// Nobody.
    Not,
    /// The step cannot be broken like that: the procedure would not be one.
    Impossible,
}

/// A step, broken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mutant {
    /// Which step.
    pub step: Box<str>,
    /// How it is broken.
    pub mutation: Mutation,
    /// Who noticed.
    pub noticed: Noticed,
}

/// Breaks each step of a scenario's procedure in each way, and runs the scenario and
/// `runs` hunted runs on the same luck with and without.
///
/// # Errors
/// Everything that is wrong with the scenario.
pub fn mutants(
    reader: &Reader,
    document: &Document,
    name: &str,
    seed: u64,
    runs: u64,
) -> Result<Vec<Mutant>, Diagnostics> {
    let prey = Prey::new(reader, document, name)?;
    let usual = violated(&prey, seed, runs);
    let steps = &prey.plan.procedure.steps;
    let mut all = Vec::new();
    for step in steps {
        for mutation in Mutation::ALL {
            let broken = mutated(document, steps, step, mutation);
            let prey = broken.and_then(|it| Prey::new(reader, &it, name).ok());
            let noticed = match prey {
                None => Noticed::Impossible,
                Some(prey) => {
                    let new: BTreeSet<CheckId> = violated(&prey, seed, runs)
                        .difference(&usual)
                        .map(|it| it.1)
                        .collect();
                    if new.is_empty() {
                        Noticed::Not
                    } else {
                        Noticed::By(new.into_iter().collect())
                    }
                }
            };
            let step = step.name.clone();
            all.push(Mutant {
                step,
                mutation,
                noticed,
            });
        }
    }
    Ok(all)
}

/// Which checks each run violates.
fn violated(prey: &Prey, seed: u64, runs: u64) -> BTreeSet<(u64, CheckId)> {
    let (slots, corpus) = (Slots::new(prey), Corpus::default());
    let mut rig = Rig::new(&prey.plan);
    let mut found = BTreeSet::new();
    for run in 0..=runs {
        let input = if run == 0 {
            let luck = prey.plan.seed;
            Input {
                faults: Vec::new(),
                luck,
            }
        } else {
            Input::of(Strategy::Swarm, prey, &slots, &corpus, seed, run)
        };
        let outcome = rig.run(&drill(prey, &input));
        found.extend(Cause::all(outcome).map(|it| (run, it.check)));
    }
    found
}

/// The scenario with one step broken.
fn mutated(
    document: &Document,
    steps: &[Step],
    step: &Step,
    mutation: Mutation,
) -> Option<Document> {
    let mut other = document.clone();
    let name = &*step.name;
    let own = written_at(document, name);
    let at = |key: &'static str| [own[0], own[1], name, key];
    match mutation {
        Mutation::Dropped if own[1] == "steps" => other.push(&["procedure", "remove"], leaf(name)),
        Mutation::Dropped => {
            other.remove(&[own[0], own[1], name])?;
        }
        Mutation::Repeated => {
            other.set(&at("can-fail"), map([("step-repeated", leaf("100%"))]));
        }
        Mutation::Fails => {
            other.set(&at("can-fail"), map([("fails", leaf("100%"))]));
        }
        Mutation::Delayed => {
            other.set(&at("takes"), leaf("2d"));
        }
        Mutation::Swapped => {
            // The latest of those that it waits for.
            let first = &steps[needs(step).checked_ilog2()? as usize];
            let before = written_at(document, &first.name);
            let needs = names(steps, first);
            other.set(&at("needs"), needs);
            other.set(
                &[before[0], before[1], &first.name, "needs"],
                list([leaf(name)]),
            );
        }
    }
    Some(other)
}

/// Where a step is written, or is to be: under `add` if it is there.
fn written_at(document: &Document, step: &str) -> [&'static str; 2] {
    if document.get(&["procedure", "add", step]).is_some() {
        ["procedure", "add"]
    } else {
        ["procedure", "steps"]
    }
}

/// The steps that a step waits for, a bit each.
fn needs(step: &Step) -> u32 {
    step.needs_connector | step.needs_ticket | step.needs_org
}

/// What a step waits for, as it is written.
fn names(steps: &[Step], step: &Step) -> Node {
    let bits = needs(step);
    let waited = (0..steps.len()).filter(|it| bits & (1 << it) != 0);
    let region = step.needs_region.then(|| leaf("region-recovered"));
    list(waited.map(|it| leaf(&*steps[it].name)).chain(region))
}
