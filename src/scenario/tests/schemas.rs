//! The schemas that are kept beside the code.

use serde_json::Value;

use super::*;
use crate::scenario::codes::CODES;
use crate::scenario::expect::Measure;
use crate::scenario::tables::EXPECTATIONS;
use crate::scenario::{BUILT_IN, levers, piece_schema, schema};

/// Compares a kept file with what would be written; `LIFEBOAT_BLESS=1` writes it.
fn kept(name: &str, schema: &Value) {
    let path = format!("{}/schemas/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = serde_json::to_string_pretty(schema).unwrap() + "\n";
    if std::env::var_os("LIFEBOAT_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == text,
        "{path} is old: run the tests with LIFEBOAT_BLESS=1"
    );
}

fn as_json(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

#[test]
fn the_kept_schemas_are_those_of_the_tables() {
    kept("scenario.v1.json", &schema());
    kept("scenario-piece.v1.json", &piece_schema());
    kept("levers.v1.json", &levers::schema());
}

#[test]
fn the_schemas_take_the_examples_and_not_what_is_wrong() {
    let whole = jsonschema::validator_for(&schema()).unwrap();
    for text in [examples::SMALL, examples::FULL] {
        let found: Vec<String> = whole
            .iter_errors(&as_json(text))
            .map(|it| it.to_string())
            .collect();
        assert_eq!(found, [""; 0]);
    }
    assert!(!whole.is_valid(&as_json(&examples::SMALL.replace("scm: github,", ""))));
    assert!(!whole.is_valid(&as_json(&examples::SMALL.replace("lasts", "last"))));
    assert!(!whole.is_valid(&as_json(
        &examples::SMALL.replace("26h", "{ pert: { min: 1h } }")
    )));
    let piece = jsonschema::validator_for(&piece_schema()).unwrap();
    for (_, text) in BUILT_IN {
        assert!(piece.is_valid(&as_json(text)));
    }
}

#[test]
fn what_pieces_may_say_is_there_to_be_relaxed() {
    for path in super::super::schema::MERGED {
        assert!(schema().pointer(path).is_some(), "{path}");
    }
}

#[test]
fn every_measure_can_be_bound_and_every_code_is_told_once() {
    let names: Vec<&str> = EXPECTATIONS.iter().map(|it| it.name).collect();
    assert!(names.ends_with(&Measure::ALL.map(Measure::name)));
    assert_eq!(CODES.faults(), [""; 0]);
}
