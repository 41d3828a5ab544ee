//! The page about importing a fleet.

use crate::{HERE, hold};
use lifeboat::scenario::import::Exports;
use lifeboat::scenario::syntax::Source;
use std::fs;
use std::path::Path;

/// What `lifeboat import` prints of the exports that the page is about.
fn imported(neutral: bool) -> String {
    let mut exports = Exports::new(neutral);
    for name in [
        "graph.json",
        "configurations.json",
        "azuredevopsorgs.json",
        "githubowners.json",
        "githubowners-available.json",
        "gitlabgroups.json",
        "projects.json",
        "repos.json",
    ] {
        let path = Path::new(HERE).join("tests/exports").join(name);
        let text = fs::read_to_string(path).expect("the export is shipped");
        exports.read(&Source::new(name, text));
    }
    let imported = exports.fleet();
    assert!(imported.complaints.is_empty() && imported.remarks.is_empty());
    format!("```yaml\n{}```\n", imported.text)
}

#[test]
fn the_fleet_of_the_exports_is_what_they_come_to() {
    hold("importing.md", "fleet", &imported(false));
    hold("importing.md", "neutral", &imported(true));
}
