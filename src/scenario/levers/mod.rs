//! Levers: named changes to a scenario, each with a cost, in a file that a team can edit.
//!
//! ```text
//! levers.yaml ──read──▶ Levers ──apply(one, base)──▶ Document ──compile──▶ Scenario
//! ```
//!
//! A lever that changes nothing in a scenario, or cannot be pulled there, [says
//! why](Unfit): a team without a size is never short of people, an outage of one
//! connector is not recovered in series.

mod apply;
mod shape;
#[cfg(test)]
mod tests;

pub use apply::{Base, Unfit};

use super::syntax::{Diagnostics, Limits, Source, View, json_schema, parse, validate};
use crate::chance::Probability;
use crate::model::command::Actor;
use serde_json::Value;

/// The levers that are there where nobody wrote any down; their costs are assumed.
pub const DEFAULT: &str = include_str!("default.yaml");

/// A file of levers.
#[derive(Clone, PartialEq, Debug)]
pub struct Levers {
    /// What a cost counts: `person-days a year`.
    pub unit: String,
    /// The levers, by name.
    pub list: Vec<Lever>,
}

/// A change that a team could make.
#[derive(Clone, PartialEq, Debug)]
pub struct Lever {
    /// Its name.
    pub name: String,
    /// What is done, in a line.
    pub title: String,
    /// What it costs.
    pub cost: u64,
    /// Where the cost comes from; may be empty.
    pub source: String,
    /// What it changes, one after another.
    pub changes: Vec<Change>,
}

/// One change to a scenario.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// Puts a scalar at a place.
    Set(Vec<String>, String),
    /// Takes out what stands at a place.
    Remove(Vec<String>),
    /// Makes a team larger.
    AddPeople(Actor, u32),
    /// Takes a team's hours away.
    AroundTheClock(Actor),
    /// Connectors that can be adopted, in this region or in one that is chosen (F-7).
    SpareConnector(Option<String>),
    /// Cuts the time of a step to a share.
    SpeedUp(String, Probability),
}

impl Levers {
    /// The levers that come with the program.
    ///
    /// # Panics
    /// Never: a test reads them.
    #[must_use]
    pub fn standard() -> Self {
        let source = Source::new("levers.yaml", DEFAULT);
        Self::read(&source, &Limits::default()).expect("the levers of this program are valid")
    }

    /// Reads a file of levers.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn read(source: &Source, limits: &Limits) -> Result<Self, Diagnostics> {
        let tree = parse(source, limits)?;
        let mut found = Diagnostics::new();
        validate(&tree, &shape::LEVERS, source, &mut found);
        if found.has_errors() {
            return Err(found);
        }
        let view = View::of(&tree);
        let text = |key: &str| view.get(key).map_or("", View::text).to_owned();
        let entries = view.get("list").into_iter().flat_map(View::entries);
        let mut list: Vec<Lever> = entries.map(|(key, it)| lever(&key.value, it)).collect();
        // The order of a file never changes a result.
        list.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self {
            unit: text("unit"),
            list,
        })
    }
}

fn lever(name: &str, view: View<'_>) -> Lever {
    let text = |key: &str| view.get(key).map_or("", View::text).to_owned();
    let changes = view.get("changes").into_iter().flat_map(View::items);
    Lever {
        name: name.to_owned(),
        title: text("title"),
        cost: view.get("cost").map_or(0, View::whole).unsigned_abs(),
        source: text("source"),
        changes: changes.filter_map(change).collect(),
    }
}

fn change(view: View<'_>) -> Option<Change> {
    let (kind, inner) = view.choice();
    let text = |key: &str| inner.get(key).map_or("", View::text);
    let path = |text: &str| text.split('.').map(str::to_owned).collect();
    Some(match kind {
        "set" => Change::Set(path(text("at")), text("to").to_owned()),
        "remove" => Change::Remove(path(inner.text())),
        "add-people" => {
            let count = inner.get("count").map_or(0, View::whole);
            Change::AddPeople(team(text("team")), u32::try_from(count).ok()?)
        }
        "around-the-clock" => Change::AroundTheClock(team(text("team"))),
        "spare-connector" => {
            Change::SpareConnector(inner.get("region").map(|it| it.text().to_owned()))
        }
        "speed-up" => Change::SpeedUp(text("step").to_owned(), inner.get("to")?.parse()?),
        _ => return None,
    })
}

fn team(name: &str) -> Actor {
    match name {
        "support" => Actor::Support,
        "platform" => Actor::Platform,
        _ => Actor::Operator,
    }
}

/// The schema of a file of levers.
#[must_use]
pub fn schema() -> Value {
    json_schema(
        &shape::LEVERS,
        "Levers for lifeboat, v1",
        "urn:lifeboat:schema:levers.v1",
    )
}
