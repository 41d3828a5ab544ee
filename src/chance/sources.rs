//! Sources that are made of choices rather than of luck.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::{Chance, Choice, Domain, Site};

/// The dullest luck: everywhere the [simplest](Domain::simplest) choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Simplest;

impl Chance for Simplest {
    fn decide(&self, _: Site, domain: &Domain<'_>) -> Choice {
        domain.simplest()
    }
}

/// Another source, with some choices laid down: over a seed it makes a search,
/// over [`Simplest`] a shrink.
///
/// A choice that its domain does not admit gives way to the
/// [nearest](Domain::nearest) one that it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides<B> {
    /// Who decides the rest.
    pub base: B,
    /// What is laid down.
    pub choices: BTreeMap<Site, Choice>,
}

impl<B> Overrides<B> {
    /// `choices` laid over `base`.
    #[must_use]
    pub const fn new(base: B, choices: BTreeMap<Site, Choice>) -> Self {
        Self { base, choices }
    }
}

impl<B: Chance> Chance for Overrides<B> {
    fn decide(&self, site: Site, domain: &Domain<'_>) -> Choice {
        match self.choices.get(&site) {
            Some(choice) => domain.nearest(*choice),
            None => self.base.decide(site, domain),
        }
    }
}

/// Another source, with everything that it chose written down for a
/// [`Replay`]. What is [certain](Domain::certain) is left out.
#[derive(Clone, Debug, Default)]
pub struct Recording<B> {
    base: B,
    choices: RefCell<BTreeMap<Site, Choice>>,
}

impl<B> Recording<B> {
    /// Records what `base` chooses.
    #[must_use]
    pub const fn new(base: B) -> Self {
        Self {
            base,
            choices: RefCell::new(BTreeMap::new()),
        }
    }

    /// What was chosen so far.
    #[must_use]
    pub fn into_choices(self) -> BTreeMap<Site, Choice> {
        self.choices.into_inner()
    }
}

impl<B: Chance> Chance for Recording<B> {
    fn decide(&self, site: Site, domain: &Domain<'_>) -> Choice {
        let choice = self.base.decide(site, domain);
        if domain.certain().is_none() {
            self.choices.borrow_mut().insert(site, choice);
        }
        choice
    }
}

/// Recorded choices and nothing else.
///
/// A decision that is not recorded, or that was recorded with a choice which is
/// no longer possible, is a divergence: the run is not the one that was
/// recorded. A source cannot fail, so the first such site is remembered, the
/// simplest (or the nearest possible) choice is given, and whoever replays asks
/// for [`divergence`](Self::divergence) afterwards.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    choices: BTreeMap<Site, Choice>,
    divergence: Cell<Option<Site>>,
}

impl Replay {
    /// Replays `choices`.
    #[must_use]
    pub const fn new(choices: BTreeMap<Site, Choice>) -> Self {
        Self {
            choices,
            divergence: Cell::new(None),
        }
    }

    /// The first decision that the recording does not answer, if there was one.
    #[must_use]
    pub fn divergence(&self) -> Option<Site> {
        self.divergence.get()
    }
}

impl Chance for Replay {
    fn decide(&self, site: Site, domain: &Domain<'_>) -> Choice {
        if let Some(certain) = domain.certain() {
            return certain;
        }
        let recorded = self.choices.get(&site).copied();
        let choice = recorded.map_or_else(|| domain.simplest(), |choice| domain.nearest(choice));
        if recorded != Some(choice) && self.divergence.get().is_none() {
            self.divergence.set(Some(site));
        }
        choice
    }
}
