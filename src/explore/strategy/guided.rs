//! Guided: inputs that led somewhere new are kept, and varied.

use super::{Input, random, settle};
use crate::chance::DurationDist;
use crate::explore::dice::Dice;
use crate::explore::draw::{self, Slots, Strength};
use crate::explore::prey::Prey;
use crate::faults::{Chaos, Fault};
use crate::time::{Duration, Instant};

/// The most inputs that are kept: beyond it, the oldest go.
const KEPT_MAX: usize = 4_096;

/// Inputs that reached what none had reached before.
#[derive(Clone, Debug, Default)]
pub(in crate::explore) struct Corpus {
    inputs: Vec<Input>,
}

impl Corpus {
    pub(in crate::explore) fn keep(&mut self, input: Input) {
        if self.inputs.len() == KEPT_MAX {
            self.inputs.remove(0);
        }
        self.inputs.push(input);
    }

    /// A variation of a kept input; without one, something random.
    pub(super) fn vary(&self, prey: &Prey, slots: &Slots, dice: &mut Dice, luck: u64) -> Input {
        let chaos = &prey.plan.chaos;
        let mut input = match dice.pick(&self.inputs) {
            // What was kept last has had the least attention: it comes up more often.
            Some(any) if dice.once_in(2) => any.clone(),
            Some(_) => {
                let recent = self.inputs.len().saturating_sub(32);
                dice.pick(&self.inputs[recent..])
                    .expect("the corpus is not empty")
                    .clone()
            }
            None => {
                let faults = random::faults(prey, dice);
                Input { faults, luck }
            }
        };
        for _ in 0..dice.between(1, 3) {
            change(&mut input, prey, dice, luck);
        }
        input.faults.truncate(chaos.at_most as usize);
        settle(&mut input.faults, slots);
        input
    }
}

/// One change: a fault more, one less, one earlier or later, longer or shorter,
/// another in its place; or other luck.
fn change(input: &mut Input, prey: &Prey, dice: &mut Dice, luck: u64) {
    let chaos = &prey.plan.chaos;
    let last = input.faults.len().saturating_sub(1) as u64;
    let place = dice.between(0, last) as usize;
    let new = |dice: &mut Dice| {
        let kind = *dice.pick(&chaos.kinds)?;
        draw::fault(prey, dice, kind, &Strength::whole(chaos))
    };
    match dice.between(0, 7) {
        0 | 1 => input.faults.extend(new(dice)),
        2 if input.faults.len() > 1 => {
            input.faults.remove(place);
        }
        3 => input.luck = luck,
        4 => {
            if let (Some(new), Some(old)) = (new(dice), input.faults.get_mut(place)) {
                *old = new;
            }
        }
        5 => lengthen(input.faults.get_mut(place), chaos, dice),
        _ => shift(input.faults.get_mut(place), chaos, dice),
    }
}

fn lengthen(fault: Option<&mut Fault>, chaos: &Chaos, dice: &mut Dice) {
    if let Some(lasts) = fault.and_then(|it| it.lasts.as_mut()) {
        let (min, max) = chaos.lasts;
        let millis = dice.scaled(min.as_millis(), max.as_millis());
        *lasts = DurationDist::fixed(Duration::from_millis(millis));
    }
}

fn shift(fault: Option<&mut Fault>, chaos: &Chaos, dice: &mut Dice) {
    let Some(fault) = fault else { return };
    let by = dice.scaled(60_000, Duration::DAY.as_millis()) as i64;
    let by = if dice.once_in(2) { -by } else { by };
    let at = Instant::from_millis(fault.at.as_millis().saturating_add(by));
    fault.at = at.clamp(chaos.from, chaos.to);
}
