//! What a hunt tries next.

mod guided;
mod random;
mod swarm;

use super::dice::Dice;
use super::draw::{self, Slots, Strength};
use super::prey::Prey;
use crate::faults::{Fault, FaultKind, Kind};

pub(super) use guided::Corpus;

/// A way to choose what is thrown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Strategy {
    /// The others by turns: one run of four random, two swarm, one guided.
    #[default]
    Mix,
    /// Any kinds, at any time, of any strength.
    Random,
    /// Each run has some kinds and strengths of its own, and none of the others.
    Swarm,
    /// What led somewhere new is kept, and varied.
    Guided,
}

impl Strategy {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Mix, Self::Random, Self::Swarm, Self::Guided];

    /// The name in output and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mix => "mix",
            Self::Random => "random",
            Self::Swarm => "swarm",
            Self::Guided => "guided",
        }
    }

    /// Which one a run of this one is of.
    pub(super) const fn of_run(self, run: u64) -> Self {
        match (self, run % 4) {
            (Self::Mix, 0) => Self::Random,
            (Self::Mix, 3) => Self::Guided,
            (Self::Mix, _) => Self::Swarm,
            (other, _) => other,
        }
    }
}

/// What one run is given: faults besides the timeline's own, and a seed for the
/// rest of its luck.
#[derive(Clone, PartialEq, Debug)]
pub struct Input {
    /// The faults that were drawn.
    pub faults: Vec<Fault>,
    /// The seed of the run's luck.
    pub luck: u64,
}

impl Input {
    /// The input of a run.
    pub(super) fn of(
        strategy: Strategy,
        prey: &Prey,
        slots: &Slots,
        corpus: &Corpus,
        seed: u64,
        run: u64,
    ) -> Self {
        let mut dice = Dice::new(seed, run);
        let luck = dice.bits();
        let mut faults = match strategy {
            Strategy::Guided => return corpus.vary(prey, slots, &mut dice, luck),
            Strategy::Swarm => swarm::faults(prey, &mut dice),
            Strategy::Random | Strategy::Mix => random::faults(prey, &mut dice),
        };
        settle(&mut faults, slots);
        Self { faults, luck }
    }
}

/// Makes drawn faults a timeline: an org appears once, and each fault has a name.
fn settle(faults: &mut Vec<Fault>, slots: &Slots) {
    let mut created = Vec::new();
    faults.retain(|it| match it.kind {
        FaultKind::OrgCreated(org, _) if created.contains(&org) => false,
        FaultKind::OrgCreated(org, _) => {
            created.push(org);
            true
        }
        _ => true,
    });
    for (place, fault) in faults.iter_mut().enumerate() {
        slots.name(fault, place);
    }
}

/// So many faults of these kinds.
fn some(
    prey: &Prey,
    dice: &mut Dice,
    kinds: &[Kind],
    count: u64,
    strength: &Strength,
) -> Vec<Fault> {
    (0..count)
        .filter_map(|_| {
            let kind = *dice.pick(kinds)?;
            draw::fault(prey, dice, kind, strength)
        })
        .collect()
}
