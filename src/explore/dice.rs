//! The hunter's own luck: drawn by the number of the run, so that a run is the
//! same whatever ran before it, and on whichever thread.

use crate::chance::{Chance, Domain, EntityKey, Purpose, Seeded, Site};

/// The dice of one run of a hunt.
#[derive(Clone, Debug)]
pub(super) struct Dice {
    chance: Seeded,
    run: u64,
    thrown: u64,
}

impl Dice {
    pub(super) const fn new(seed: u64, run: u64) -> Self {
        Self {
            chance: Seeded::new(seed),
            run,
            thrown: 0,
        }
    }

    /// A number from `min` to `max`, both included.
    pub(super) fn between(&mut self, min: u64, max: u64) -> u64 {
        let site = Site {
            entity: EntityKey(self.run),
            purpose: Purpose::Hunt,
            ordinal: self.thrown,
        };
        self.thrown += 1;
        self.chance.decide(site, &Domain::Int { min, max }).as_u64()
    }

    /// Any 64 bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.between(0, u64::MAX)
    }

    /// Yes, once in so many times.
    pub(super) fn once_in(&mut self, times: u64) -> bool {
        self.between(1, times) == 1
    }

    /// One of several; nothing out of nothing.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let most = from.len().checked_sub(1)?;
        from.get(self.between(0, most as u64) as usize)
    }

    /// A number from `min` to `max` that is small as often as it is large: each
    /// doubling is equally likely.
    pub(super) fn scaled(&mut self, min: u64, max: u64) -> u64 {
        let (least, most) = (min.max(1), max.max(1));
        let doublings = (most / least).max(1).ilog2();
        let from = least << self.between(0, doublings.into());
        self.between(from.min(most), from.saturating_mul(2).min(most))
            .clamp(min, max.max(min))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_thrown_is_in_bounds(seed: u64, run: u64, a in 0u64..1_000_000, more in 0u64..1_000_000_000) {
            let mut dice = Dice::new(seed, run);
            prop_assert!((a..=a + more).contains(&dice.between(a, a + more)));
            prop_assert!((a..=a + more).contains(&dice.scaled(a, a + more)));
        }

        #[test]
        fn a_run_is_the_same_whatever_ran_before(seed: u64, run: u64) {
            let thrown = |dice: &mut Dice| [dice.bits(), dice.bits()];
            prop_assert_eq!(thrown(&mut Dice::new(seed, run)), thrown(&mut Dice::new(seed, run)));
            prop_assert_ne!(thrown(&mut Dice::new(seed, run)), thrown(&mut Dice::new(seed, run.wrapping_add(1))));
        }
    }
}
