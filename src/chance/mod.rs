//! Chance comes through one door.
//!
//! Every decision that could have gone otherwise asks a [`Chance`] source, and
//! says two things: *where* it stands ([`Site`]: the entity decided about, the
//! purpose, an ordinal that the caller holds), and *what* is possible
//! ([`Domain`]). It gets a [`Choice`].
//!
//! A source has no memory. The same site and domain give the same choice,
//! whatever was asked before; adding an entity, a step or a fault leaves every
//! other choice as it was.
//!
//! - [`Seeded`] makes a run: a keyed hash of the site.
//! - [`Simplest`] makes the dullest run: no faults, everything as usual.
//! - [`Overrides`] changes some choices of another source: a search or a shrink.
//! - [`Luck`] is what a scenario says: a seed or the simplest, with overrides.
//! - [`Recording`] writes down what was chosen, and [`Replay`] plays it again.
//!
//! The mapping from 64 bits to a value is made of integer arithmetic, of basic
//! floating-point operations and of `libm`, so that it gives the same value on
//! every platform; it is part of what a seed means, and pinned by tests.
//!
//! ```
//! use lifeboat::chance::{Chance, DurationDist, EntityKey, Purpose, Seeded, Site};
//! use lifeboat::time::Duration;
//!
//! let takes = DurationDist::uniform(Duration::MINUTE, Duration::HOUR)?;
//! let site = Site { entity: EntityKey(42), purpose: Purpose::StepTime, ordinal: 0 };
//! let drawn = Seeded::new(7).decide(site, &takes.domain()).as_duration();
//! assert!(drawn >= Duration::MINUTE && drawn <= Duration::HOUR);
//! # Ok::<(), lifeboat::chance::DistributionError>(())
//! ```

mod choice;
mod dist;
mod distribution;
mod domain;
mod luck;
mod probability;
mod quantile;
mod seeded;
mod site;
mod sources;
mod tabulated;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_distributions;

pub use choice::Choice;
pub use dist::{CountDist, Dist, DurationDist, Quantity};
pub use distribution::{Distribution, DistributionError, Shape};
pub use domain::Domain;
pub use luck::{Base, BaseSource, Luck};
pub use probability::{ParseProbabilityError, Probability};
pub(crate) use quantile::continued_fraction;
pub use seeded::Seeded;
pub use site::{EntityKey, Purpose, Site};
pub use sources::{Overrides, Recording, Replay, Simplest};

/// The one door through which chance comes.
pub trait Chance {
    /// What is chosen at `site` out of `domain`.
    ///
    /// The choice is one that the domain [admits](Domain::admits), and depends
    /// on nothing but the source, the site and the domain.
    fn decide(&self, site: Site, domain: &Domain<'_>) -> Choice;
}

impl<C: Chance + ?Sized> Chance for &C {
    fn decide(&self, site: Site, domain: &Domain<'_>) -> Choice {
        (**self).decide(site, domain)
    }
}

impl<C: Chance + ?Sized> Chance for Box<C> {
    fn decide(&self, site: Site, domain: &Domain<'_>) -> Choice {
        (**self).decide(site, domain)
    }
}
