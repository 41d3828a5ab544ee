//! Holds the shipped scenarios to what they are there to show.

use lifeboat::drill::{Drill, Outcome};
use lifeboat::scenario::{Reader, Scenario};
use std::fs;
use std::path::{Path, PathBuf};

fn scenarios(under: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(under).expect("the folder is there") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            scenarios(&path, found);
        } else if fs::read_to_string(&path).is_ok_and(|it| it.contains("\ntitle:")) {
            found.push(path);
        }
    }
}

/// A drill without the fault at one place of the timeline; with all of them for none.
fn without(scenario: &Scenario, place: Option<usize>) -> Outcome {
    let plan = &scenario.plan;
    let mut faults = plan.faults.clone();
    if let Some(place) = place {
        faults.remove(place);
    }
    Drill::with(plan, faults, plan.luck.source(plan.seed)).run()
}

/// Faults that change nothing, and why that is what the scenario shows.
const IDLE: [(&str, &str); 5] = [
    (
        "compared/ids-saved.yaml: inventory-unavailable@T+0",
        "the IDs are saved",
    ),
    (
        "defects/files-for-the-neighbour.yaml: files-for-the-neighbour:billing",
        "the neighbour is not lost, and opens no ticket",
    ),
    (
        "drift/org-renamed-and-deleted.yaml: org-renamed:payments-02@T+2h",
        "a name is a label (D-2)",
    ),
    (
        "own-runbook/three-kinds-in-a-storm.yaml: inventory-unavailable@T+0",
        "it meets who looks the IDs up, as a recovery from outside does",
    ),
    (
        "platform/inventory-saved.yaml: inventory-unavailable@T+0",
        "the IDs are saved",
    ),
];

/// A fault that nothing is different without teaches nothing: the scenario would pass, or
/// fail, just the same.
#[test]
fn every_fault_of_a_shipped_scenario_shows_in_what_is_measured() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut paths = Vec::new();
    scenarios(&root, &mut paths);
    paths.sort();
    assert!(paths.len() > 100, "{}", paths.len());
    let mut idle = Vec::new();
    for path in paths {
        let reader = Reader {
            root: Some(root.clone()),
            ..Reader::default()
        };
        let scenario = reader.read(&path).expect("it is shipped");
        let all = without(&scenario, None);
        for place in 0..scenario.plan.faults.len() {
            let less = without(&scenario, Some(place));
            if (&all.measures, all.end) == (&less.measures, less.end)
                && all.judgements == less.judgements
            {
                let name = path
                    .strip_prefix(&root)
                    .expect("it is below")
                    .display()
                    .to_string();
                idle.push(format!("{name}: {}", scenario.plan.faults[place].id));
            }
        }
    }
    assert_eq!(idle, IDLE.map(|it| it.0));
}

/// The known failures are the product's first findings: each is told where people look
/// first, but for those that have pages of their own.
#[test]
fn every_known_failure_is_told_in_the_readme() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(here.join("README.md")).expect("it is there");
    let mut paths = Vec::new();
    scenarios(&here.join("scenarios"), &mut paths);
    let elsewhere = ["defects", "hunted", "compared", "odds", "own-runbook"];
    for path in paths {
        let folder = path
            .parent()
            .and_then(Path::file_name)
            .expect("it is in a folder");
        let text = fs::read_to_string(&path).expect("it can be read");
        if elsewhere.iter().any(|it| folder == *it) || !text.contains("known-failure") {
            continue;
        }
        let name = path
            .file_stem()
            .expect("it has a name")
            .to_string_lossy()
            .into_owned();
        assert!(
            readme.contains(&name),
            "{} is not in README.md",
            path.display()
        );
    }
}
