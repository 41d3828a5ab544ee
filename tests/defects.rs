//! Every planted bug is caught, by the checks that the catalogue names, in the
//! scenario of its name; and there is nothing to catch without it.

use lifeboat::checks::{CheckId, Verdict};
use lifeboat::drill::Drill;
use lifeboat::scenario::defects::{DEFECTS, Defect};
use lifeboat::scenario::{Reader, Scenario};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/defects")
}

fn read(name: &str, text: &str) -> Scenario {
    Reader::default()
        .read_text(name, text)
        .unwrap_or_else(|found| panic!("{text}\n{}", found.render(Default::default())))
}

/// The same scenario with one defect less.
fn without(text: &str, defect: &Defect) -> String {
    let list = text.lines().find(|it| it.starts_with("defects: ["));
    let list = list.unwrap_or_else(|| panic!("{}: no list of defects", defect.name));
    let names = list["defects: [".len()..].trim_end_matches(']').split(", ");
    let rest: Vec<&str> = names.clone().filter(|it| *it != defect.name).collect();
    assert!(
        rest.len() < names.count(),
        "{}: not in its list",
        defect.name
    );
    text.replace(list, &format!("defects: [{}]", rest.join(", ")))
}

fn violated(scenario: &Scenario) -> Vec<CheckId> {
    let outcome = Drill::new(&scenario.plan).run();
    assert!(outcome.balance.is_ok(), "{:?}", outcome.balance);
    let judgements = outcome.judgements.iter();
    judgements
        .filter(|it| it.verdict == Verdict::Violated)
        .map(|it| it.check)
        .collect()
}

#[test]
fn each_is_caught_by_its_checks_and_nothing_is_wrong_without_it() {
    for defect in DEFECTS {
        let (name, text) = (defect.name, defect.scenario);
        assert_eq!(violated(&read(name, text)), defect.caught_by, "{name}");
        let clean = without(text, defect);
        assert_eq!(violated(&read(name, &clean)), [], "{name}, without it");
    }
}

#[test]
fn every_check_catches_two_at_least() {
    for check in CheckId::ALL {
        let caught = DEFECTS.iter().filter(|it| it.caught_by.contains(&check));
        assert!(caught.count() >= 2, "{}", check.slug());
    }
}

#[test]
fn every_scenario_of_the_folder_is_called_by_its_defect() {
    let files = fs::read_dir(folder()).expect("the folder is there");
    let found: BTreeSet<String> = files
        .map(|it| it.expect("an entry can be read").path())
        .map(|it| {
            it.file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let wanted: BTreeSet<String> = DEFECTS.iter().map(|it| it.name.to_owned()).collect();
    assert_eq!(found, wanted);
}

#[test]
fn they_are_small() {
    for defect in DEFECTS {
        let plan = read(defect.name, defect.scenario).plan;
        let connectors = plan.fleet.connectors().len();
        let orgs = plan.fleet.orgs().len();
        assert!(connectors <= 2 && orgs <= 5, "{}", defect.name);
    }
}
