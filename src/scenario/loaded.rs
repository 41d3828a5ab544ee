//! A scenario that was read.

use std::collections::BTreeMap;

use super::expect::Measure;
use super::files::Place;
use super::plan::Plan;
use super::syntax::{Diagnostics, Source};
use crate::checks::CheckId;
use crate::time::StartInstant;

/// A scenario: its plan, and what results say about it.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What it is called in results.
    pub id: Box<str>,
    /// What is drilled, in a line.
    pub title: Box<str>,
    /// Its own file.
    pub source: Source,
    /// When T+0 is.
    pub starts: Option<StartInstant>,
    /// Who looks after it.
    pub owner: Option<Box<str>>,
    /// To select by, as written.
    pub tags: Vec<Box<str>>,
    /// What it replays, or rests on.
    pub cites: Vec<Box<str>>,
    /// What it rests on that somebody had to set: parameters, times, defaults.
    pub assumptions: Vec<Assumption>,
    /// Where things stand in the file.
    pub places: Places,
    /// What can be used, and probably does not say what was meant.
    pub warnings: Diagnostics,
    /// What a drill needs.
    pub plan: Plan,
}

impl Scenario {
    /// The file's name, as it is shown.
    #[must_use]
    pub fn path(&self) -> &str {
        self.source.name()
    }
}

/// Where things stand in a scenario's files, for messages about a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The checks that `expect` names.
    pub checks: BTreeMap<CheckId, Place>,
    /// The measures that it bounds.
    pub bounds: BTreeMap<Measure, Place>,
    /// The faults, in the order of the plan's.
    pub faults: Vec<Place>,
}

/// Whose value something is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Origin {
    /// The vendor publishes it.
    Vendor,
    /// Nobody publishes it: it is assumed.
    Assumed,
    /// The scenario's author set it.
    User,
}

impl Origin {
    /// The name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vendor => "vendor",
            Self::Assumed => "assumed",
            Self::User => "user",
        }
    }
}

/// A value that a scenario rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// What it is: `alert-window.length`, `steps.triage-ticket.takes`.
    pub name: Box<str>,
    /// Its value, as it would stand in a file.
    pub value: Box<str>,
    /// Whose value it is.
    pub origin: Origin,
    /// Where it comes from: a fact (`U-1`), or the author's words; may be empty.
    pub source: Box<str>,
    /// Whether the scenario says something else than the default.
    pub changed: bool,
}
