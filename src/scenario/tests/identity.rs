//! What changes a plan, and what does not.

use super::*;
use crate::model::ids::OrgIx;
use crate::scenario::Plan;
use crate::scenario::syntax::{Limits, Node, Source, Value, parse};

/// Writes a tree back as YAML in flow style, the maps turned round.
fn turned(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push('~'),
        Value::Scalar(it) if it.text.contains([' ', ':', '"']) => {
            out.push_str(&format!("{:?}", it.text));
        }
        Value::Scalar(it) => out.push_str(&it.text),
        Value::List(items) => {
            out.push('[');
            for item in items {
                turned(item, out);
                out.push_str(", ");
            }
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for entry in entries.iter().rev() {
                out.push_str(&format!("{}: ", entry.key.value));
                turned(&entry.value, out);
                out.push_str(", ");
            }
            out.push('}');
        }
    }
}

fn told(plan: &Plan) -> String {
    format!("{plan:?}")
}

#[test]
fn the_order_of_a_file_changes_nothing() {
    let without_use = examples::FULL.replace("use: [fleets/contoso.yaml]", "");
    let node = parse(&Source::new("a", without_use.as_str()), &Limits::default()).unwrap();
    let mut text = String::new();
    turned(&node, &mut text);
    assert_ne!(text, without_use);
    assert_eq!(told(&good(&text).plan), told(&good(&without_use).plan));
    // Nor does that of the timeline.
    let head = "scenario: v1\ntitle: A\nfleet: { connectors: { a: { region: eastus, scm: github, orgs: 3 } } }\ntimeline:\n";
    let first = "  - { at: T+0, fault: { region-full: { region: westeurope } } }\n";
    let second = "  - { at: T+0, fault: { org-deleted: { org: a-02 } } }\n";
    let plan = |a: &str, b: &str| told(&good(&format!("{head}{a}{b}")).plan);
    assert_eq!(plan(first, second), plan(second, first));
}

#[test]
fn a_new_name_changes_nothing_where_an_id_stands() {
    let text = |connector: &str, org: &str| {
        format!(
            "scenario: v1
title: Names
fleet:
  connectors:
    {connector}: {{ id: c, region: eastus, scm: github, orgs: {{ {org}: {{ id: o, alerts: {{ uniform: {{ min: 0, max: 90 }} }} }} }} }}
    b: {{ region: eastus, scm: github, orgs: 3, grants: [{org}] }}
timeline:
  - at: T+0
    fault: {{ partial-outage: {{ connectors: [{connector}] }} }}
"
        )
    };
    let (old, new) = (
        good(&text("zebra", "zoo")).plan,
        good(&text("apple", "ant")).plan,
    );
    assert_eq!(
        told(&old).replace("zebra", "apple").replace("zoo", "ant"),
        told(&new)
    );
    assert_eq!(&*old.faults[0].id, "partial-outage:c@T+0");
    // Without the id, it is somebody else.
    let other = good(&text("zebra", "zoo").replace("id: o, ", "")).plan;
    let key = |plan: &Plan, at| plan.fleet.org(OrgIx(at)).key;
    assert_ne!(key(&other, 3), key(&old, 3));
}

#[test]
fn one_more_connector_leaves_the_others_their_luck() {
    let fleet = "scenario: v1\ntitle: A\nfleet: { connectors: { b: { region: eastus, scm: github, orgs: 2 } } }\n";
    let more = fleet.replace("{ b:", "{ a: { region: eastus, scm: github, orgs: 2 }, b:");
    let (few, many) = (good(fleet).plan.fleet, good(&more).plan.fleet);
    assert_eq!(few.alert_ages_s(OrgIx(1)), many.alert_ages_s(OrgIx(3)));
    assert_eq!(few.org(OrgIx(1)).key, many.org(OrgIx(3)).key);
}

#[test]
fn a_seed_of_ones_own_is_used_instead_of_the_files() {
    let reader = Reader {
        seed: Some(7),
        ..Reader::default()
    };
    let other = reader.read_text("test.yaml", examples::SMALL).unwrap().plan;
    let usual = good(examples::SMALL).plan;
    assert_eq!((other.seed, usual.seed), (7, 20_231_009));
    assert_ne!(
        other.fleet.alert_ages_s(OrgIx(0)),
        usual.fleet.alert_ages_s(OrgIx(0))
    );
    let hex = good(&format!("{}seed: 0xff\n", examples::SMALL)).plan;
    assert_eq!(hex.seed, 255);
    let largest = good(&format!("{}seed: {}\n", examples::SMALL, u64::MAX)).plan;
    assert_eq!(largest.seed, u64::MAX);
}
