//! What is written is what was read.

use std::path::{Path, PathBuf};

use super::*;
use crate::chance::{Chance, Choice, Purpose, Recording, Site};
use crate::scenario::{Plan, Reader, Scenario};

/// Everything that a plan is.
fn whole(plan: &Plan) -> String {
    format!("{plan:?}")
}

#[track_caller]
fn good(read: Result<Scenario, crate::scenario::syntax::Diagnostics>, text: &str) -> Scenario {
    read.unwrap_or_else(|found| panic!("{text}\n{}", found.render(Default::default())))
}

fn shipped() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found
}

/// Holds a document to what it came from: compiled at once, and read from what it
/// writes.
#[track_caller]
fn the_same(document: &Document, scenario: &Scenario) {
    let reader = Reader::default();
    let text = document.to_yaml();
    let compiled = good(reader.compile(document, "a.yaml"), &text);
    assert_eq!(whole(&compiled.plan), whole(&scenario.plan), "{text}");
    let read = good(reader.read_text("a.yaml", &text), &text);
    assert_eq!(whole(&read.plan), whole(&scenario.plan), "{text}");
    let again = reader.document_text("a.yaml", &text).unwrap();
    assert_eq!(&again, document, "{text}");
}

/// Takes the timeline out and writes it from the faults that it came to.
#[track_caller]
fn faults_the_same(document: &Document, scenario: &Scenario) {
    if scenario.plan.faults.len() > document.len(&["timeline"]) {
        return; // A defect adds slips of its own, which no timeline can name.
    }
    let directory = Directory::of(document, &scenario.plan);
    let mut other = document.clone();
    other.remove(&["timeline"]);
    for fault in &scenario.plan.faults {
        other.push(
            &["timeline"],
            Document::event(&directory, &scenario.plan, fault),
        );
    }
    let text = other.to_yaml();
    let compiled = good(Reader::default().compile(&other, "a.yaml"), &text);
    assert_eq!(compiled.plan.faults, scenario.plan.faults, "{text}");
}

#[test]
fn the_shipped_scenarios_are_written_as_they_were_read() {
    let reader = Reader::default();
    let mut count = 0;
    for path in shipped() {
        let reader = Reader {
            root: Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")),
            ..reader.clone()
        };
        let Ok(scenario) = reader.read(&path) else {
            continue;
        };
        let document = reader.document(&path).unwrap();
        the_same(&document, &scenario);
        faults_the_same(&document, &scenario);
        let widest = document
            .to_yaml()
            .lines()
            .map(|it| it.chars().count())
            .max();
        assert!(widest <= Some(160), "{}", document.to_yaml());
        count += 1;
    }
    assert!(count > 60, "{count}");
}

#[test]
fn texts_that_need_quotes_get_them() {
    for text in [
        "no", "12", "1e3", "", "~", "null", "a: b", "a #b", "- a", "{", "it's", "a\"b\\c", "x,y",
        "ä: \n", "true", "\u{7f}",
    ] {
        let title = if text.is_empty() { "\"" } else { text };
        let mut document = Document::of(map([
            ("title", quoted_leaf(title)),
            ("scenario", leaf("v1")),
        ]));
        document.set(&["fleet", "connectors", "a", "orgs"], leaf(1));
        document.set(&["fleet", "connectors", "a", "region"], leaf("eastus"));
        document.set(&["fleet", "connectors", "a", "scm"], leaf("github"));
        let yaml = document.to_yaml();
        let scenario = good(Reader::default().read_text("a.yaml", &yaml), &yaml);
        assert_eq!(&*scenario.title, title, "{yaml}");
    }
}

#[test]
fn it_reads_as_a_person_would_write_it() {
    let text = "scenario: v1
title: West Europe is lost for a day
fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 12 }
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 26h } }
procedure:
  target: [{ adopt: payments }, automatic]
  steps:
    decide: { takes: 1h }
expect:
  blind-time: { max: 12h }
";
    let document = Reader::default().document_text("a.yaml", text).unwrap();
    assert_eq!(document.to_yaml(), text);
}

#[test]
fn editing_leaves_nothing_empty_behind() {
    let text = "scenario: v1
title: A
fleet: { connectors: { a: { region: eastus, scm: github, orgs: 2 } } }
timeline: [{ at: T+0, fault: { region-outage: { region: eastus } } }]
teams: { support: { size: 2 } }
";
    let mut document = Reader::default().document_text("a.yaml", text).unwrap();
    assert!(document.remove(&["timeline", "0"]).is_some());
    assert_eq!(document.get(&["timeline"]), None);
    assert!(document.remove(&["teams", "support", "size"]).is_some());
    assert_eq!(document.get(&["teams"]), None);
    assert!(document.remove(&["teams", "support"]).is_none());
    assert!(!document.set(&["title", "x"], leaf(1)));
    assert!(!document.set(&["cites"], list([])) || !document.set(&["cites", "3"], leaf(1)));
    document.push(&["tags"], leaf("x"));
    assert_eq!(document.text(&["tags", "0"]), Some("x"));
    assert_eq!(
        document.keys(&["fleet", "connectors"]).collect::<Vec<_>>(),
        ["a"]
    );
}

/// What the faults ask for, and what the step `decide` would, for two recoveries.
fn asked(plan: &Plan) -> std::collections::BTreeMap<Site, Choice> {
    let recording = std::rc::Rc::new(Recording::new(plan.chance()));
    struct Shared<C>(std::rc::Rc<Recording<C>>);
    impl<C: Chance> Chance for Shared<C> {
        fn decide(&self, site: Site, domain: &crate::chance::Domain<'_>) -> Choice {
            self.0.decide(site, domain)
        }
    }
    // Schedules ask for the faults' luck; steps are asked by hand, as the engine does.
    let shared = Shared(recording.clone());
    let _ = crate::faults::schedule(&plan.faults, &plan.fleet, &shared);
    for (at, connector) in plan.fleet.connectors().iter().enumerate() {
        let entity = if at == 0 {
            connector.key
        } else {
            crate::model::evolve::created_key(connector.key, 2)
        };
        let turn = crate::scenario::choice_names::Turn {
            step: Some("decide"),
            generation: if at == 0 { 0 } else { 2 },
            slip: None,
            nth: 3,
        };
        let step = plan.procedure.step(plan.procedure.find("decide").unwrap());
        let crate::procedure::Takes::Time(dist) = &step.takes else {
            panic!()
        };
        shared.decide(
            Site {
                entity,
                purpose: Purpose::StepTime,
                ordinal: turn.ordinal(),
            },
            &dist.domain(),
        );
        let turn = crate::scenario::choice_names::Turn {
            slip: Some(crate::procedure::Slip::Fails),
            ..turn
        };
        let domain = crate::chance::Domain::Bool(step.can_fail[0].1);
        shared.decide(
            Site {
                entity,
                purpose: Purpose::StepSlip,
                ordinal: turn.ordinal(),
            },
            &domain,
        );
    }
    drop(shared);
    std::rc::Rc::into_inner(recording).unwrap().into_choices()
}

#[test]
fn luck_is_written_as_it_is_asked_for() {
    let text = "scenario: v1
title: A
fleet: { connectors: { a: { region: eastus, scm: github, orgs: 2 }, b: { region: eastus, scm: github, orgs: 1 } } }
timeline:
  - at: T+0
    fault: { partial-outage: { share: 50%, region: eastus, lasts: { uniform: { min: 1h, max: 60h } } } }
procedure:
  steps:
    decide: { takes: { uniform: { min: 1m, max: 4h } }, can-fail: { fails: 30% } }
    release-ownership: { takes: { uniform: { min: 1m, max: 4h } }, can-fail: { fails: 30% } }
";
    let reader = Reader::default();
    let mut document = reader.document_text("a.yaml", text).unwrap();
    let scenario = good(reader.compile(&document, "a.yaml"), text);
    let plan = &scenario.plan;
    let choices = asked(plan);
    let directory = Directory::of(&document, plan);
    assert!(choices.len() >= 7, "{choices:?}");
    let nodes = choices
        .iter()
        .map(|it| Document::choice(&directory, plan, *it.0, *it.1).unwrap());
    let nodes: Vec<Node> = nodes.collect();
    document.set_luck(crate::chance::Base::Simplest, nodes);
    let yaml = document.to_yaml();
    let read = good(reader.read_text("a.yaml", &yaml), &yaml);
    assert_eq!(read.plan.luck.base, crate::chance::Base::Simplest);
    assert_eq!(read.plan.luck.choices, choices, "{yaml}");
    assert!(read.warnings.is_empty(), "{yaml}");
}
