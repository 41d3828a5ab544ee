//! What is written of a scenario is what was read: over drafted ones.

use lifeboat::scenario::document::{Directory, Document};
use lifeboat::scenario::{Plan, Reader, Scenario};
use lifeboat::testing::strategies;
use proptest::prelude::*;

/// Everything that a plan is.
fn whole(plan: &Plan) -> String {
    format!("{plan:?}")
}

/// The same document with a timeline written from the faults that it came to.
fn rewritten(document: &Document, scenario: &Scenario) -> Document {
    let directory = Directory::of(document, &scenario.plan);
    let mut other = document.clone();
    other.remove(&["timeline"]);
    for fault in &scenario.plan.faults {
        let event = Document::event(&directory, &scenario.plan, fault);
        other.push(&["timeline"], event);
    }
    other
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn drafted_scenarios_are_written_as_they_were_read(draft in strategies::scenarios()) {
        let reader = Reader::default();
        let document = reader.document_text("a.yaml", draft.text()).expect("a draft is valid");
        let scenario = draft.read();
        let text = document.to_yaml();
        let compiled = reader.compile(&document, "a.yaml").expect("a draft is valid");
        prop_assert_eq!(whole(&compiled.plan), whole(&scenario.plan));
        let read = reader.read_text("a.yaml", &text).expect("what is written can be read");
        prop_assert_eq!(whole(&read.plan), whole(&scenario.plan));
        prop_assert_eq!(&reader.document_text("a.yaml", &text).expect("it can be read"), &document);
        let other = rewritten(&document, &scenario);
        let compiled = reader.compile(&other, "a.yaml").expect("written faults are valid");
        prop_assert_eq!(compiled.plan.faults, scenario.plan.faults);
    }
}
