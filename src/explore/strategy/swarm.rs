//! Swarm: each run enables some kinds and strengths and leaves out the others, so
//! that kinds which hide each other, or need each other, come up apart and together.

use super::some;
use crate::explore::dice::Dice;
use crate::explore::draw::{self, Strength};
use crate::explore::prey::Prey;
use crate::faults::{Chaos, Class, Fault, Kind};
use crate::time::Duration;

pub(super) fn faults(prey: &Prey, dice: &mut Dice) -> Vec<Fault> {
    let chaos = &prey.plan.chaos;
    let strength = strength(chaos, dice);
    let mut enabled: Vec<Kind> = Vec::with_capacity(chaos.kinds.len());
    let mut faults = Vec::new();
    for &kind in &chaos.kinds {
        let on = match kind.class {
            Class::Mandatory => true,
            Class::Optional => dice.once_in(2),
            Class::Suppressing => dice.once_in(8),
        };
        if on {
            enabled.push(kind);
        }
    }
    let count = dice.between(1, chaos.at_most.into());
    let mandatory = enabled.iter().filter(|it| it.class == Class::Mandatory);
    for &kind in mandatory.take(count as usize) {
        faults.extend(draw::fault(prey, dice, kind, &strength));
    }
    let left = count.saturating_sub(faults.len() as u64);
    faults.extend(some(prey, dice, &enabled, left, &strength));
    faults
}

/// A part of the window, and a range of lengths: all things short, all long, or any.
fn strength(chaos: &Chaos, dice: &mut Dice) -> Strength {
    let mut strength = Strength::whole(chaos);
    let (min, max) = chaos.lasts;
    let middle = Duration::from_millis(dice.scaled(min.as_millis(), max.as_millis()));
    match dice.between(0, 3) {
        0 => strength.lasts.1 = middle,
        1 => strength.lasts.0 = middle,
        _ => {}
    }
    if dice.once_in(2) {
        let width = chaos.to.since(chaos.from).as_millis();
        let width = Duration::from_millis(dice.scaled(60_000.min(width), width));
        strength.to = strength.from.saturating_add(width).min(chaos.to);
    }
    strength
}
