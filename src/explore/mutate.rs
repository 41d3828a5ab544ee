//! The procedure under mutation: each step is broken in turn, to see who notices.

use super::cause::Cause;
use super::lineup::drill;
use super::pieces::{hands, in_order_unless};
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
use std::num::NonZeroUsize;

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
    /// These checks: each is violated in more of the same runs than by the procedure as
    /// it is.
    By(Vec<Notice>),
    /// Nobody: no check is violated in more runs. In single runs it may be another one,
    /// where something merely comes at another time.
    Not,
    /// The step cannot be broken like that: why the procedure would not be one.
    Impossible(String),
}

/// A check that notices, and in how many runs: of the same luck and the same faults.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Notice {
    /// Which.
    pub check: CheckId,
    /// Runs that violate it with the step broken, and not without.
    pub more: u64,
    /// Runs that violate it without, and not with the step broken.
    pub fewer: u64,
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

/// What came of breaking a procedure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mutants {
    /// What the scenario as it stands violates, with nothing broken and no fault more:
    /// what comes of breaking such a procedure says little.
    pub as_it_stands: Vec<CheckId>,
    /// Each step, broken in each way.
    pub all: Vec<Mutant>,
    /// How many more there are that were not tried, since somebody said stop.
    pub left: usize,
}

/// Breaks each step of a scenario's procedure in each way, and runs the scenario and
/// `runs` hunted runs on the same luck with and without, on as many threads as one likes.
/// `stop` is asked before every run: what was tried until then are the first.
///
/// # Errors
/// Everything that is wrong with the scenario.
pub fn mutants(
    reader: &Reader,
    document: &Document,
    name: &str,
    (seed, runs): (u64, u64),
    jobs: NonZeroUsize,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Mutants, Diagnostics> {
    let prey = Prey::new(reader, document, name)?;
    let steps = &prey.plan.procedure.steps;
    let pieces = steps.len() * Mutation::ALL.len();
    let usual = violated(&prey, seed, runs, stop);
    let one = |usual: &BTreeSet<(u64, CheckId)>, piece: usize| {
        let step = &steps[piece / Mutation::ALL.len()];
        let mutation = Mutation::ALL[piece % Mutation::ALL.len()];
        let noticed = match mutated(document, steps, step, mutation) {
            None => Noticed::Impossible("it waits for no other step".to_owned()),
            Some(broken) => match Prey::new(reader, &broken, name) {
                Err(found) => Noticed::Impossible(first_message(&found)),
                Ok(prey) => noticed(usual, &violated(&prey, seed, runs, stop)?),
            },
        };
        let step = step.name.clone();
        Some(Mutant {
            step,
            mutation,
            noticed,
        })
    };
    let usual = usual.unwrap_or_default();
    let done = in_order_unless(&mut hands(jobs), pieces, stop, |(), it| one(&usual, it));
    let all: Vec<Mutant> = done.into_iter().map_while(|it| it).collect();
    let stands = usual.iter().filter(|it| it.0 == 0);
    Ok(Mutants {
        as_it_stands: stands.map(|it| it.1).collect(),
        left: pieces - all.len(),
        all,
    })
}

/// Which checks are violated in more runs than usual.
fn noticed(usual: &BTreeSet<(u64, CheckId)>, broken: &BTreeSet<(u64, CheckId)>) -> Noticed {
    let count = |of: &BTreeSet<(u64, CheckId)>, less: &BTreeSet<(u64, CheckId)>, check| {
        of.difference(less).filter(|it| it.1 == check).count() as u64
    };
    let notice = |check| Notice {
        check,
        more: count(broken, usual, check),
        fewer: count(usual, broken, check),
    };
    let all = CheckId::ALL.into_iter().map(notice);
    let by: Vec<Notice> = all.filter(|it| it.more > it.fewer).collect();
    match by.is_empty() {
        true => Noticed::Not,
        false => Noticed::By(by),
    }
}

/// What is wrong with a procedure, in a line.
fn first_message(found: &Diagnostics) -> String {
    let first = found.iter().next();
    first.map_or_else(String::new, |it| it.message().to_owned())
}

/// Which checks each run violates; nothing if somebody said stop on the way.
fn violated(
    prey: &Prey,
    seed: u64,
    runs: u64,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<BTreeSet<(u64, CheckId)>> {
    let (slots, corpus) = (Slots::new(prey), Corpus::default());
    let mut rig = Rig::new(&prey.plan);
    let mut found = BTreeSet::new();
    for run in 0..=runs {
        if stop() {
            return None;
        }
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
    Some(found)
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
