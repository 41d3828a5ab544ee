//! What a hunt found: as a file, for people, and for machines.

mod human;
mod json;
mod words;
mod written;

use super::entry::{Entry, Explain, Ran, drill};
use super::story::{Told, led_to};
use crate::checks::Judgement;
use crate::explore::{Finding, Hunted};

pub use human::human;
#[cfg(feature = "cli")]
pub use json::schema_text;
pub use json::{Document, FindingJson, KeptJson, document, github, json, jsonl};
pub use written::{file_text, rust_test};

/// A finding, run once more for its story.
#[derive(Clone, Debug)]
pub struct Story {
    ran: Box<Ran>,
    place: usize,
    told: Vec<Told>,
}

impl Story {
    /// Tells a finding; nothing if its run cannot be trusted.
    #[must_use]
    pub fn of(finding: &Finding) -> Option<Self> {
        let Entry::Ran(ran) = drill(finding.scenario.clone(), Explain::Always, false) else {
            return None;
        };
        let is_it = |it: &Judgement| it.check == finding.cause.check;
        let place = ran.outcome.judgements.iter().position(is_it)?;
        let told = led_to(&ran, &ran.outcome.judgements[place]);
        Some(Self { ran, place, told })
    }

    /// The violation in a sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.ran.outcome.judgements[self.place].message
    }
}

/// What became of a finding from earlier, under the scenario as it is now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Again {
    /// It still fails.
    Fails,
    /// It does not fail any more.
    Holds,
    /// It cannot be tried, and why.
    Untried(String),
}

/// Everything about a hunt that a face shows.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The scenario's file.
    pub path: &'a str,
    /// The seed of the hunt.
    pub seed: u64,
    /// What came of it.
    pub hunted: &'a Hunted,
    /// The stories of its findings, in their order.
    pub stories: &'a [Option<Story>],
    /// What was kept from earlier: id, and what became of it.
    pub kept: &'a [(String, Again)],
    /// Where the findings are kept now.
    pub file: Option<&'a str>,
}
