//! A source of chance that listens, and in which some parameters are changed.

use super::heard::Heard;
use super::parameter::{Names, Parameter};
use crate::chance::{Chance, Choice, Domain, Site};
use std::cell::RefCell;

/// What is done to a parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Change {
    /// It is what half of its draws stay below: a likely yes is yes, a less likely one no.
    AtMedian,
    /// Half of what it was drawn as, or the nearest that its distribution admits; a yes
    /// is no.
    Halved,
}

/// A source of chance that writes down what is drawn for each parameter, after it was
/// changed.
pub(super) struct Tuned<'a, C> {
    base: C,
    names: &'a Names,
    changes: &'a [(Parameter, Change)],
    heard: RefCell<Heard>,
}

impl<'a, C: Chance> Tuned<'a, C> {
    pub(super) fn new(names: &'a Names, base: C, changes: &'a [(Parameter, Change)]) -> Self {
        Self {
            base,
            names,
            changes,
            heard: RefCell::default(),
        }
    }

    /// What was drawn.
    pub(super) fn heard(self) -> Heard {
        self.heard.into_inner()
    }
}

impl<C: Chance> Chance for Tuned<'_, C> {
    fn decide(&self, site: Site, domain: &Domain<'_>) -> Choice {
        let drawn = self.base.decide(site, domain);
        // What is certain is no parameter, and a rank is an order and no amount.
        if domain.certain().is_some() || matches!(domain, Domain::Rank) {
            return drawn;
        }
        let parameter = self.names.parameter(site);
        let change = self.changes.iter().find(|it| it.0 == parameter);
        let choice = match change.map(|it| it.1) {
            None => drawn,
            Some(change) => changed(change, drawn, domain),
        };
        self.heard.borrow_mut().add(parameter, choice.as_u64());
        choice
    }
}

fn changed(change: Change, drawn: Choice, domain: &Domain<'_>) -> Choice {
    match change {
        Change::AtMedian => domain.at(u64::MAX / 2),
        Change::Halved => domain.nearest(Choice::from_u64(drawn.as_u64() / 2)),
    }
}
