//! The page of the facts.

use crate::{HERE, page};
use std::fs;
use std::path::Path;

/// Every test of the facts, by name.
fn fact_tests() -> Vec<String> {
    let folder = Path::new(HERE).join("tests/facts");
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).expect("the tests of the facts are there") {
        let path = entry.expect("an entry can be read").path();
        let text = fs::read_to_string(path).expect("a test can be read");
        let tests = text.split("#[test]\nfn ").skip(1);
        names.extend(tests.filter_map(|it| Some(it.split_once('(')?.0.to_owned())));
    }
    names
}

/// Whether a text cites a fact: `F-1` is not cited by `F-10`.
fn cites(text: &str, fact: &str) -> bool {
    let mut behind = text.split(fact).skip(1);
    behind.any(|it| !it.starts_with(|c: char| c.is_ascii_digit()))
}

#[test]
fn every_fact_has_its_place_and_its_test() {
    let (text, tests) = (page("facts.md"), fact_tests());
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|it| it.starts_with("| F-"))
        .map(|it| it.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    for number in 1..=15 {
        let (fact, prefix) = (format!("F-{number}"), format!("f{number:02}_"));
        let mut held = 0;
        for row in rows.iter().filter(|it| it[0] == fact) {
            let [_, file, dropped, failing] = row[..] else {
                panic!("four cells: {row:?}");
            };
            let path = Path::new(HERE).join(file.trim_matches('`'));
            let code = fs::read_to_string(path).unwrap_or_else(|it| panic!("{file}: {it}"));
            assert!(cites(&code, &fact), "{file} does not cite {fact}");
            assert!(!dropped.is_empty(), "{row:?}");
            for test in failing.split(", ").map(|it| it.trim_matches('`')) {
                assert!(test.starts_with(&prefix), "{test} is not named for {fact}");
                assert!(tests.iter().any(|it| it == test), "there is no test {test}");
                held += 1;
            }
        }
        assert!(held > 0, "docs/facts.md lacks {fact}");
    }
}
