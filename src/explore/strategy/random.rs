//! Plain random: what everything else has to beat.

use super::some;
use crate::explore::dice::Dice;
use crate::explore::draw::Strength;
use crate::explore::prey::Prey;
use crate::faults::Fault;

pub(super) fn faults(prey: &Prey, dice: &mut Dice) -> Vec<Fault> {
    let chaos = &prey.plan.chaos;
    let count = dice.between(1, chaos.at_most.into());
    some(prey, dice, &chaos.kinds, count, &Strength::whole(chaos))
}
