//! A source that is a seed.

use super::{Chance, Choice, Domain, Site};

/// Chance out of a seed: a keyed hash of the site, mapped to the domain.
///
/// The hash is two rounds of SplitMix64's finaliser: the entity under the key
/// opens a stream, purpose and ordinal say how far along it to look. It holds
/// no state and costs a few nanoseconds. What it gives is part of what a seed
/// means, and pinned by tests. It is not meant to keep a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seeded {
    seed: u64,
    /// The seed, mixed once, so that near seeds are far apart.
    key: u64,
}

/// The step of a SplitMix64 stream: 2^64 divided by the golden ratio, odd.
const ORDINAL_STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Another odd number without pattern, so that purpose and ordinal do not meet.
const PURPOSE_STEP: u64 = 0xD1B5_4A32_D192_ED03;

impl Seeded {
    /// The source of that seed. Every seed is as good as another.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            key: mix(seed.wrapping_add(ORDINAL_STEP)),
        }
    }

    /// The seed.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The 64 bits of luck that belong to `site`.
    #[inline]
    #[must_use]
    pub const fn bits(&self, site: Site) -> u64 {
        let stream = mix(site.entity.0 ^ self.key);
        let along = site
            .ordinal
            .wrapping_mul(ORDINAL_STEP)
            .wrapping_add((site.purpose.number() as u64).wrapping_mul(PURPOSE_STEP));
        mix(stream.wrapping_add(along))
    }
}

impl Chance for Seeded {
    #[inline]
    fn decide(&self, site: Site, domain: &Domain<'_>) -> Choice {
        match domain.certain() {
            Some(certain) => certain,
            None => domain.at(self.bits(site)),
        }
    }
}

/// The finaliser of SplitMix64: every bit that goes in moves half of those that
/// come out.
const fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}
