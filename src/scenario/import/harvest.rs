//! What all exports say together, resource by resource.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::complaints::Complaints;
use super::pages::Answers;
use crate::model::fleet::Scm;

/// Where a row stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Place {
    /// The export, as it is called in messages.
    pub(super) file: Arc<str>,
    /// The line, from 1.
    pub(super) line: usize,
    /// The way to the row, as a JSON pointer; empty for the whole.
    pub(super) pointer: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        match &*self.pointer {
            "" => Ok(()),
            pointer => write!(f, ", row {pointer}"),
        }
    }
}

/// What was said, and where first.
#[derive(Clone, Debug)]
pub(super) struct Said<T>(Option<(T, Place)>);

impl<T> Default for Said<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: PartialEq> Said<T> {
    pub(super) fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|it| &it.0)
    }

    /// Takes in what a row says; where another one says otherwise, that place.
    pub(super) fn say(&mut self, value: Option<T>, place: &Place) -> Result<(), Place> {
        let Some(value) = value else {
            return Ok(());
        };
        match &self.0 {
            None => self.0 = Some((value, place.clone())),
            Some((before, _)) if *before == value => {}
            Some((_, there)) => return Err(there.clone()),
        }
        Ok(())
    }
}

/// Everything.
#[derive(Debug, Default)]
pub(super) struct Harvest {
    /// Connectors, by Resource ID in small letters.
    pub(super) connectors: BTreeMap<String, Connector>,
    pub(super) counts: Counts,
    pub(super) answers: Answers,
    pub(super) complaints: Complaints,
    /// Where a secret was found first.
    pub(super) secret: Option<Place>,
}

/// How many rows there were, of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) exports: u64,
    pub(super) connectors: u64,
    pub(super) configurations: u64,
    pub(super) orgs: u64,
    pub(super) projects: u64,
    pub(super) repos: u64,
    /// Of other types of resource.
    pub(super) others: u64,
    pub(super) unusable: u64,
    /// Lists without a row, which do not say what they are lists of.
    pub(super) empty_lists: u64,
}

/// Whether a connector can be one of the fleet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Standing {
    /// Only something below it was exported so far.
    #[default]
    Mentioned,
    Exported,
    /// Its row cannot be used.
    Unusable,
}

/// A connector.
#[derive(Debug)]
pub(super) struct Connector {
    pub(super) name: String,
    /// Where it was mentioned first.
    pub(super) first: Place,
    pub(super) standing: Standing,
    pub(super) region: Said<&'static str>,
    /// `None` is a cloud, or something else that holds no orgs.
    pub(super) scm: Said<Option<Scm>>,
    pub(super) tenant: Said<String>,
    pub(super) auto_discovery: Said<bool>,
    pub(super) listed: Said<BTreeSet<String>>,
    /// The state of its configuration, if that is not the usual one.
    pub(super) trouble: Option<String>,
    /// Its orgs, and those that it reaches, by name in small letters.
    pub(super) orgs: BTreeMap<String, Org>,
}

/// Whose an org is, seen from a connector.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    Onboarded,
    OnboardedByOther,
    NotOnboarded,
}

/// An org, seen from a connector.
#[derive(Debug)]
pub(super) struct Org {
    pub(super) name: String,
    pub(super) scm: Scm,
    /// Where it was mentioned first.
    pub(super) first: Place,
    pub(super) state: Said<State>,
    pub(super) annotations: Said<bool>,
    /// Whether one of its projects or repos has annotations of its own.
    pub(super) annotated_below: bool,
    /// The names of its projects, if any row was one.
    pub(super) projects: BTreeSet<Box<str>>,
    pub(super) repos: BTreeSet<Box<str>>,
}

impl Harvest {
    /// The connector of a Resource ID.
    pub(super) fn connector(&mut self, path: &str, name: &str, place: &Place) -> &mut Connector {
        let key = path.to_lowercase();
        let connector = self.connectors.entry(key).or_insert_with(|| Connector {
            name: name.to_owned(),
            first: place.clone(),
            standing: Standing::default(),
            region: Said::default(),
            scm: Said::default(),
            tenant: Said::default(),
            auto_discovery: Said::default(),
            listed: Said::default(),
            trouble: None,
            orgs: BTreeMap::new(),
        });
        // Rows spell a name in different ways; the order of the exports must not matter.
        if name < &*connector.name {
            name.clone_into(&mut connector.name);
        }
        connector
    }
}

impl Connector {
    /// An org, as this connector sees it.
    pub(super) fn org(&mut self, scm: Scm, name: &str, place: &Place) -> &mut Org {
        let org = self.orgs.entry(name.to_lowercase()).or_insert_with(|| Org {
            name: name.to_owned(),
            scm,
            first: place.clone(),
            state: Said::default(),
            annotations: Said::default(),
            annotated_below: false,
            projects: BTreeSet::new(),
            repos: BTreeSet::new(),
        });
        if name < &*org.name {
            name.clone_into(&mut org.name);
        }
        org
    }
}
