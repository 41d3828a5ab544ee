//! From runs that fail to findings: each small, each once.

use super::alike;
use super::cause::Cause;
use super::hunt::{Hunt, Phase};
use super::inevitable::Inevitable;
use super::lineup::faults;
use super::pieces::{hands, in_order};
use super::prey::Prey;
use super::shrink::{self, Shrunk};
use super::strategy::{Input, Strategy};
use super::tally::{Kinds, Tally, Way, place_of};
use crate::chance::{Base, Choice, Recording, Site};
use crate::drill::Record;
use crate::faults::FAULTS;
use crate::scenario::document::{Document, leaf, quoted_leaf};
use crate::scenario::{Plan, Reader, Scenario};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// A violation that a hunt found, made small.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Its name: the check, and a hash of what led there.
    pub id: String,
    /// What is violated, and by what kind of fact; the first if there are several.
    pub cause: Cause,
    /// What else its scenario violates.
    pub also: Vec<Cause>,
    /// The kinds of fault that it needs, in the order of the catalogue.
    pub kinds: Vec<&'static str>,
    /// Which strategy found it.
    pub strategy: Strategy,
    /// In which run it was first seen.
    pub run: u64,
    /// How many runs failed like this.
    pub runs: u64,
    /// A scenario that shows it.
    pub document: Document,
    /// That scenario, compiled.
    pub scenario: Scenario,
    /// The hash of its run.
    pub trace_hash: u64,
    /// How it was made small.
    pub shrunk: Shrunk,
    /// From when on it could not be avoided, where that was asked.
    pub inevitable: Option<Inevitable>,
}

/// The findings of a tally, and how many ways to fail were not made small because there
/// were enough of their cause. Of each cause, the ways are gone through in the order in
/// which they came up; one whose kinds of fault contain all that an earlier finding needs
/// is taken for that one again. What fails without any fault thrown comes first.
pub(super) fn all(hunt: &Hunt<'_>, reader: &Reader, tally: &Tally) -> (Vec<Finding>, u64) {
    let mut by_cause: BTreeMap<Cause, Vec<(Kinds, &Way)>> = BTreeMap::new();
    for ((cause, kinds), way) in &tally.ways {
        by_cause.entry(*cause).or_default().push((*kinds, way));
    }
    let causes: Vec<(Cause, Vec<(Kinds, &Way)>)> = by_cause.into_iter().collect();
    let found = in_order(&mut hands(hunt.jobs), causes.len(), |(), place| {
        let (cause, ways) = &causes[place];
        of_cause(hunt, reader, *cause, ways)
    });
    let left_out = found.iter().map(|it| it.1).sum();
    let mut findings = alike::together(reader, found.into_iter().flat_map(|it| it.0));
    findings.sort_by_key(|it| it.run != 0);
    (findings, left_out)
}

/// The findings of one cause, and how many ways were left out.
fn of_cause(
    hunt: &Hunt<'_>,
    reader: &Reader,
    cause: Cause,
    ways: &[(Kinds, &Way)],
) -> (Vec<Finding>, u64) {
    let mut ways = ways.to_vec();
    ways.sort_by_key(|it| (it.0.count_ones(), it.1.run));
    let mut found: Vec<(Kinds, Finding)> = Vec::new();
    let mut left_out = 0;
    for (kinds, way) in ways {
        let again = found.iter_mut().find(|it| it.0 & kinds == it.0);
        if let Some((_, finding)) = again {
            finding.runs += way.count;
            continue;
        }
        if found.len() >= hunt.ways {
            left_out += 1;
            continue;
        }
        let Some((needs, finding)) = one(hunt, reader, cause, way) else {
            continue;
        };
        match found.iter_mut().find(|it| it.1.id == finding.id) {
            Some((_, same)) => same.runs += way.count,
            None => found.push((needs, finding)),
        }
    }
    (found.into_iter().map(|it| it.1).collect(), left_out)
}

/// One run, written down and made small.
fn one(hunt: &Hunt<'_>, reader: &Reader, cause: Cause, way: &Way) -> Option<(Kinds, Finding)> {
    let prey = hunt.prey;
    let stop = || (hunt.stop)(Phase::Shrinking);
    let start = written(prey, &way.input, &|it| shrink::shows(reader, it, cause))?;
    let shrunk = shrink::shrunk_while(reader, &start, cause, &|_| true, &stop);
    let mut document = shrunk.document.clone();
    let plan = &reader.compile(&document, NAME).ok()?.plan;
    let mut places: Vec<usize> = plan.faults.iter().map(|it| place_of(&it.kind)).collect();
    places.sort_unstable();
    places.dedup();
    let kinds: Vec<&'static str> = places.iter().map(|it| FAULTS[*it].name).collect();
    let drawn = places.iter().fold(0, |sum, it| sum | 1u32 << it);
    let base = prey
        .base
        .iter()
        .fold(0, |sum, it| sum | 1u32 << place_of(&it.kind));
    let id = id(cause, &kinds, plan);
    document.set(&["id"], quoted_leaf(&*id));
    let check = cause.check.slug();
    if document.get(&["expect", check]).is_none() {
        document.set(&["expect", check], leaf("on"));
    }
    let told = alike::told(reader, document, &id, cause, &kinds)?;
    let finding = Finding {
        id,
        cause,
        also: told.also,
        kinds,
        strategy: way.strategy,
        run: way.run,
        runs: way.count,
        document: told.document,
        trace_hash: told.trace_hash,
        scenario: told.scenario,
        shrunk,
        inevitable: None,
    };
    Some((drawn & !base, finding))
}

/// What a scenario under test is called.
pub(super) const NAME: &str = "found.yaml";

/// A run as a document: over the simplest luck where that shows it too, else with
/// every choice that was made, else on its seed.
pub(super) fn written(
    prey: &Prey,
    input: &Input,
    shows: &dyn Fn(&Document) -> bool,
) -> Option<Document> {
    let mut document = prey.document.clone();
    for fault in &input.faults {
        let event = Document::event(&prey.directory, &prey.plan, fault);
        document.push(&["timeline"], event);
    }
    document.set(&["seed"], leaf(seed_text(prey.plan.seed)));
    let mut simplest = document.clone();
    simplest.set_luck(Base::Simplest, Vec::new());
    if shows(&simplest) {
        return Some(simplest);
    }
    let choices = choices(prey, input);
    let node = |(site, choice): (&Site, &Choice)| {
        Document::choice(&prey.directory, &hunted(prey, input), *site, *choice).ok()
    };
    let mut replayed = document.clone();
    replayed.set_luck(Base::Simplest, choices.iter().filter_map(node).collect());
    if shows(&replayed) {
        return Some(replayed);
    }
    document.set(&["seed"], leaf(seed_text(input.luck)));
    shows(&document).then_some(document)
}

/// The plan with the faults of a run, so that choices about them have a name.
fn hunted(prey: &Prey, input: &Input) -> Plan {
    let mut plan = prey.plan.clone();
    plan.faults.extend(input.faults.iter().cloned());
    plan
}

/// A seed as a file has it: in hexadecimal digits where decimal ones are too many.
fn seed_text(seed: u64) -> String {
    if seed > i64::MAX as u64 {
        format!("{seed:#x}")
    } else {
        seed.to_string()
    }
}

/// Every choice that the run makes.
fn choices(prey: &Prey, input: &Input) -> BTreeMap<Site, Choice> {
    let recording = Recording::new(prey.plan.luck.source(input.luck));
    let faults = faults(prey, input);
    let drill = crate::drill::Drill::with(&prey.plan, faults, &recording);
    let _ = drill.run_recording(Record::Nothing);
    drop(drill);
    recording.into_choices()
}

/// The check, and a hash of what the finding needs: the same for the same finding
/// in another hunt.
fn id(cause: Cause, kinds: &[&str], plan: &Plan) -> String {
    let choices = plan.luck.choices.keys().map(|it| it.purpose.name());
    let mut purposes: Vec<&str> = choices.collect();
    purposes.sort_unstable();
    purposes.dedup();
    let text = format!(
        "{}|{}|{}",
        cause.words(),
        kinds.join("+"),
        purposes.join("+")
    );
    format!(
        "{}-{:08x}",
        cause.check.slug(),
        xxh3_64(text.as_bytes()) >> 32
    )
}
