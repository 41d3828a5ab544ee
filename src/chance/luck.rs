//! The luck of a scenario: a seed or the dullest, with some choices laid down.

use std::collections::BTreeMap;

use super::{Chance, Choice, Domain, Overrides, Seeded, Simplest, Site};

/// Who decides what nothing is said about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Base {
    /// The seed.
    #[default]
    Seed,
    /// The [simplest](Domain::simplest) choice.
    Simplest,
}

impl Base {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Seed, Self::Simplest];

    /// The name in scenario files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Seed => "seed",
            Self::Simplest => "simplest",
        }
    }
}

/// What a scenario says of its luck. Said of nothing, it is the seed's.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Luck {
    /// Who decides the rest.
    pub base: Base,
    /// What is laid down.
    pub choices: BTreeMap<Site, Choice>,
}

impl Luck {
    /// The source that a run with this luck and `seed` asks.
    #[must_use]
    pub fn source(&self, seed: u64) -> Overrides<BaseSource> {
        let base = match self.base {
            Base::Seed => BaseSource::Seed(Seeded::new(seed)),
            Base::Simplest => BaseSource::Simplest,
        };
        Overrides::new(base, self.choices.clone())
    }
}

/// A [`Base`] with its seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseSource {
    /// That seed.
    Seed(Seeded),
    /// The simplest choice.
    Simplest,
}

impl Chance for BaseSource {
    #[inline]
    fn decide(&self, site: Site, domain: &Domain<'_>) -> Choice {
        match self {
            Self::Seed(seeded) => seeded.decide(site, domain),
            Self::Simplest => Simplest.decide(site, domain),
        }
    }
}
