//! `use`: pieces laid under a scenario.

use std::path::Path;

use super::*;
use crate::model::ids::OrgIx;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn codes(folder: &Path, name: &str) -> Vec<String> {
    let found = Reader::default().read(folder.join(name)).unwrap_err();
    let told = |it: crate::scenario::syntax::DiagnosticRecord<'_>| {
        let file = Path::new(it.file)
            .file_name()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        format!("{file}:{}:{} {}", it.line, it.column, it.code)
    };
    found.records().map(told).collect()
}

const FLEET: &str = "scenario: v1
fleet:
  connectors:
    a: { region: eastus, scm: github, orgs: { x: { repos: 1, alerts: 2 } }, grants: [y] }
    b: { region: eastus, scm: github, orgs: { y: {} } }
timeline: [{ at: T+0, fault: { region-full: { region: eastus } } }]
parameters: { alert-window: { length: 3d, anchor: recreation } }
";

#[test]
fn maps_are_merged_and_everything_else_is_replaced() {
    let top = "scenario: v1
title: Mine
use: [pieces/fleet.yaml]
fleet: { connectors: { a: { region: westeurope, orgs: { x: { repos: { uniform: { min: 7, max: 7 } } } }, grants: [] } } }
timeline: []
parameters: { alert-window: { length: 5d } }
";
    let folder = folder(&[("top.yaml", top), ("pieces/fleet.yaml", FLEET)]);
    let plan = Reader::default()
        .read(folder.path().join("top.yaml"))
        .unwrap()
        .plan;
    let org = plan.fleet.org(OrgIx(0));
    assert_eq!((org.units, org.records[0]), (7, 2));
    let row = &plan.fleet.connectors()[0];
    assert_eq!(plan.fleet.catalogue().region(row.region).name, "westeurope");
    assert_eq!(row.grants.len(), 1);
    assert!(plan.faults.is_empty());
    assert_eq!(plan.parameters.window.length.to_string(), "5d");
    assert_eq!(plan.parameters.anchor.name(), "recreation");
}

#[test]
fn a_choice_is_replaced_as_a_whole() {
    let piece = "scenario: v1\nprocedure: { steps: { decide: { takes: { uniform: { min: 1m, max: 2m } } } } }\n";
    let top = format!(
        "{HEAD}use: [p.yaml]\nprocedure: {{ steps: {{ decide: {{ takes: {{ exponential: {{ mean: 3m }} }} }} }} }}\n"
    );
    let folder = folder(&[("top.yaml", &top), ("p.yaml", piece)]);
    let scenario = Reader::default()
        .read(folder.path().join("top.yaml"))
        .unwrap();
    let takes = scenario
        .assumptions
        .iter()
        .find(|it| &*it.name == "steps.decide.takes")
        .unwrap();
    assert_eq!(&*takes.value, "exponential(mean 3m)");
}

#[test]
fn a_piece_that_two_use_is_laid_down_once() {
    let base = "scenario: v1\nuntil: 1d\nseed: 1\n";
    let left = "scenario: v1\nuse: [base.yaml]\nuntil: 2d\n";
    let right = "scenario: v1\nuse: [base.yaml]\n";
    let top = format!("{HEAD}use: [left.yaml, right.yaml]\n");
    let folder = folder(&[
        ("top.yaml", &top),
        ("left.yaml", left),
        ("right.yaml", right),
        ("base.yaml", base),
    ]);
    let plan = Reader::default()
        .read(folder.path().join("top.yaml"))
        .unwrap()
        .plan;
    assert_eq!(
        (plan.until.unwrap().to_string(), plan.seed),
        ("T+2d".into(), 1)
    );
}

#[test]
fn circles_strangers_and_missing_pieces_are_told_where_they_are_named() {
    let folder = folder(&[
        ("in/circle.yaml", &format!("{HEAD}use: [two.yaml]\n")),
        ("in/two.yaml", "scenario: v1\nuse: [circle.yaml]\n"),
        (
            "in/out.yaml",
            &format!("{HEAD}use: [../other.yaml, /etc/passwd, none.yaml]\n"),
        ),
        ("other.yaml", "scenario: v1\n"),
        ("in/old.yaml", &format!("{HEAD}use: [v0.yaml]\n")),
        ("in/v0.yaml", "scenario: v0\n"),
    ]);
    let inside = folder.path().join("in");
    assert_eq!(codes(&inside, "circle.yaml"), ["two.yaml:2:7 LB0303"]);
    assert_eq!(
        codes(&inside, "out.yaml"),
        [
            "out.yaml:4:7 LB0302",
            "out.yaml:4:22 LB0302",
            "out.yaml:4:35 LB0001"
        ]
    );
    assert_eq!(codes(&inside, "old.yaml"), ["v0.yaml:1:11 LB0301"]);
    // With a root further up, the neighbour may be used.
    let reader = Reader {
        root: Some(folder.path().into()),
        ..Reader::default()
    };
    std::fs::write(
        inside.join("up.yaml"),
        format!("{HEAD}use: [../other.yaml]\n"),
    )
    .unwrap();
    assert!(reader.read(inside.join("up.yaml")).is_ok());
    // A text has no neighbours.
    assert_eq!(
        complaints(&format!("{HEAD}use: [a.yaml]\n")),
        ["4:7 LB0302"]
    );
}

#[test]
fn what_is_wrong_is_told_in_the_file_that_says_it() {
    let bad = FLEET.replace(
        "region: eastus, scm: github, orgs: { y",
        "region: estus, orgs: { y",
    );
    let folder = folder(&[
        (
            "top.yaml",
            "scenario: v1\nuse: [fleet.yaml]\nfleet: { connectors: { c: {} } }\n",
        ),
        (
            "good.yaml",
            "scenario: v1\ntitle: A\nuse: [fleet.yaml]\nexpect: { setled: on }\n",
        ),
        ("fleet.yaml", &bad),
    ]);
    assert_eq!(
        codes(folder.path(), "top.yaml"),
        [
            "fleet.yaml:5:5 LB0203",
            "top.yaml:1:1 LB0203",
            "top.yaml:3:24 LB0203",
            "top.yaml:3:24 LB0203",
            "top.yaml:3:24 LB0203",
        ]
    );
    let found = codes(folder.path(), "good.yaml");
    assert!(
        found.contains(&"good.yaml:4:11 LB0201".to_owned()),
        "{found:?}"
    );
}
