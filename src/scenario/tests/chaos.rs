//! `chaos`: what may happen, and sections under which nothing can.

use super::*;
use crate::faults::{Chaos, Class};

fn names(chaos: &Chaos) -> Vec<&'static str> {
    chaos.kinds.iter().map(|it| it.doc().name).collect()
}

#[test]
fn nothing_said_is_everything_but_slips() {
    let chaos = behind_head("").plan.chaos;
    let names = names(&chaos);
    assert!(names.contains(&"region-outage") && names.contains(&"operator-absent"));
    assert!(!names.contains(&"org-forgotten") && !names.contains(&"support-surge"));
    assert_eq!((chaos.at_most, chaos.connectors.len()), (4, 2));
    // Two homes, and two fallbacks each.
    assert!(
        (4..=6).contains(&chaos.regions.len()),
        "{:?}",
        chaos.regions
    );
}

#[test]
fn families_and_kinds_may_be_named() {
    let chaos = behind_head("teams: { support: { size: 2 } }
chaos: { allow: [region, people, support], forbid: [region-flap], mandatory: [partial-outage], at-most: 2, from: T+1h, to: T+5h, connectors: [ado] }
").plan.chaos;
    let names = names(&chaos);
    assert!(names.contains(&"deleted-early") && names.contains(&"support-surge"));
    assert!(!names.contains(&"region-flap") && !names.contains(&"scm-outage"));
    let mandatory: Vec<_> = chaos
        .kinds
        .iter()
        .filter(|it| it.class == Class::Mandatory)
        .map(|it| it.doc().name)
        .collect();
    assert_eq!(mandatory, ["partial-outage"]);
    assert_eq!(
        (chaos.from.to_string(), chaos.to.to_string()),
        ("T+1h".into(), "T+5h".into())
    );
}

#[test]
fn a_section_that_can_never_strike_is_an_error_where_it_is() {
    let told =
        |chaos: &str, codes: &[&str]| told_at_marks(&format!("{HEAD}until: 3d\n{chaos}\n"), codes);
    told("chaos: { at-most: ^0 }", &["LB0385"]);
    told("chaos: { from: ^T+4d }", &["LB0385"]);
    told("chaos: { from: ^T+4h, to: T+1h }", &["LB0385"]);
    told(
        "chaos: { allow: [scm], forbid: ^[scm-outage, scm-throttled] }",
        &["LB0385"],
    );
    told("chaos: { allow: ^[support-surge] }", &["LB0385"]);
    told(
        "chaos: { connectors: ^[], allow: [ticket-lost] }"
            .replace("connectors: ^[]", "connectors: []")
            .replace("allow: [", "allow: ^[")
            .as_str(),
        &["LB0385"],
    );
    told("chaos: { regions: ^[westus] }", &["LB0385"]);
    told("chaos: { lasts: ^{ min: 0s, max: 0s } }", &["LB0385"]);
    told("chaos: { lasts: ^{ min: 2h, max: 1h } }", &["LB0330"]);
    told("chaos: { regions: [^westuropa] }", &["LB0310"]);
}
