use super::*;
use crate::report::{Explain, drill};
use crate::scenario::Reader;

const LOST: &str = "scenario: v1
title: West Europe is lost for a day
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 3 } } }
timeline: [ { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } } ]
expect: { clocks.full: { within: 1h }, blind-time: { max: 9d }, losses.pending: { max: 0 } }
";

fn entries() -> Vec<Entry> {
    let reader = Reader::default();
    let good = reader.read_text("lost.yaml", LOST).expect("it is valid");
    let bad = reader
        .read_text("bad.yaml", "scenario: v1\ntytle: x\n")
        .expect_err("it is not valid");
    let broken = Broken {
        path: "b.yaml".into(),
        seed: Some(7),
        exit: Exit::Internal,
        message: "no".into(),
    };
    vec![
        drill(good, Explain::Always, false),
        Entry::Invalid {
            path: "bad.yaml".into(),
            diagnostics: bad,
        },
        Entry::Broken(broken),
    ]
}

#[test]
fn the_result_has_the_shape_of_its_schema() {
    let entries = entries();
    let document = document(&entries, Exit::Internal);
    let value: serde_json::Value = serde_json::from_str(&to_text(&document)).expect("it is JSON");
    let schema: serde_json::Value = serde_json::from_str(&schema_text()).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|it| it.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(value["scenarios"][0]["verdict"], "fail");
    assert_eq!(value["scenarios"][1]["verdict"], "invalid");
    assert!(
        value["scenarios"][1]["diagnostics"]
            .as_array()
            .is_some_and(|it| it.iter().any(|it| it["place"]["line"] == 2))
    );
    assert_eq!(value["summary"]["broken"], 1);
    assert_eq!(value["scenarios"][0]["bounds"][1]["measure"], "clocks.full");
}

#[test]
fn the_schema_that_is_shipped_is_the_one_that_is_written() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/result.v1.json");
    let shipped = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        shipped == schema_text(),
        "write it anew: lifeboat schema result > schemas/result.v1.json"
    );
}

#[test]
fn the_lines_of_the_ledger_sum_to_what_there_was() {
    let Entry::Ran(ran) = &entries()[0] else {
        panic!("it runs")
    };
    for lines in measures(ran).records.values() {
        let sum = lines.kept + lines.recreated + lines.lost_as_documented + lines.lost_to_delay;
        let rest = lines.lost_undocumented + lines.duplicated + lines.gone_with_org + lines.pending;
        assert_eq!(sum + rest, lines.at_outage);
    }
}

#[test]
fn the_parts_of_a_clock_sum_to_it() {
    let Entry::Ran(ran) = &entries()[0] else {
        panic!("it runs")
    };
    let measures = measures(ran);
    let path = &measures.critical_paths["full"];
    assert_eq!(Some(path.parts_ms.values().sum()), measures.clocks_ms.full);
}
