//! The pages about planted bugs, what catches them, and what was found.

use crate::{HERE, code, hold};
use lifeboat::checks::{CheckId, Verdict};
use lifeboat::drill::Drill;
use lifeboat::scenario::Reader;
use lifeboat::scenario::defects::DEFECTS;
use lifeboat::scenario::document::leaf;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn the_catalogue_of_planted_bugs_is_the_programs() {
    let mut table = String::from(
        "| bug | family | what is wrong | breaks | what it takes | caught by |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    for it in DEFECTS {
        let checks: Vec<String> = it.caught_by.iter().map(|it| code(it.slug())).collect();
        let _ = writeln!(
            table,
            "| {} | {} | {} | {} | {} | {} |",
            code(it.name),
            it.family.name(),
            it.says,
            it.cites.join(", "),
            it.takes,
            checks.join(", ")
        );
    }
    hold("defects.md", "catalogue", &table);
}

#[test]
fn what_each_check_catches_is_told() {
    let mut table = String::from("| check | bugs | of them alone |\n| --- | --- | --- |\n");
    let mut never_alone = Vec::new();
    for check in CheckId::ALL {
        let caught = DEFECTS.iter().filter(|it| it.caught_by.contains(&check));
        let alone: Vec<String> = caught
            .clone()
            .filter(|it| it.caught_by.len() == 1)
            .map(|it| code(it.name))
            .collect();
        if alone.is_empty() {
            never_alone.push(code(check.slug()));
        }
        let names = if alone.is_empty() {
            "none".to_owned()
        } else {
            alone.join(", ")
        };
        let _ = writeln!(
            table,
            "| {} | {} | {names} |",
            code(check.slug()),
            caught.count()
        );
    }
    let _ = writeln!(table, "\nNever alone: {}.", never_alone.join(", "));
    hold("defects.md", "checks", &table);
}

/// The violated checks of a scenario under a version of the procedure.
fn violated(reader: &Reader, path: &Path, version: &str) -> Vec<&'static str> {
    let mut document = reader.document(path).expect("the scenario is valid");
    document.set(&["procedure", "base"], leaf(version));
    let scenario = reader.compile(&document, "again.yaml");
    let scenario = scenario.unwrap_or_else(|it| panic!("{}", it.render(Default::default())));
    let outcome = Drill::new(&scenario.plan).run();
    let bad = outcome
        .judgements
        .iter()
        .filter(|it| it.verdict == Verdict::Violated);
    bad.map(|it| it.check.slug()).collect()
}

#[test]
fn what_the_hunt_found_is_so_under_both_versions() {
    let folder = Path::new(HERE).join("scenarios/hunted");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the findings are there")
        .map(|it| it.expect("an entry can be read").path())
        .collect();
    files.sort();
    let reader = Reader::default();
    let mut table = String::from(
        "| finding | under both | only 2023-10-09 | only 2023-11-08 |\n| --- | --- | --- | --- |\n",
    );
    for path in files {
        let [old, new] = ["single-region-dr@2023-10-09", "single-region-dr@2023-11-08"]
            .map(|it| violated(&reader, &path, it));
        assert!(!old.is_empty(), "{}: nothing is violated", path.display());
        let list = |of: &[&str], keep: &dyn Fn(&&&str) -> bool| {
            let all: Vec<String> = of.iter().filter(keep).map(|it| format!("`{it}`")).collect();
            all.join(", ")
        };
        let both = list(&old, &|it| new.contains(*it));
        let only_old = list(&old, &|it| !new.contains(*it));
        let only_new = list(&new, &|it| !old.contains(*it));
        let name = path
            .file_stem()
            .and_then(|it| it.to_str())
            .unwrap_or_default();
        let _ = writeln!(table, "| `{name}` | {both} | {only_old} | {only_new} |");
    }
    hold("findings.md", "versions", &table);
}
