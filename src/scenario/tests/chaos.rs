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

#[test]
fn what_is_said_in_vain_is_an_error_where_it_is() {
    let told =
        |chaos: &str, codes: &[&str]| told_at_marks(&format!("{HEAD}until: 3d\n{chaos}\n"), codes);
    let never = &["LB0385"];
    told(
        "chaos: { mandatory: [^region-flap], forbid: [region-flap] }",
        never,
    );
    told("chaos: { allow: [scm], mandatory: [^region-flap] }", never);
    told("chaos: { mandatory: [^org-forgotten] }", never);
    told("chaos: { allow: [scm, ^support-surge] }", never);
    told(
        "chaos: { at-most: 2, mandatory: ^[region-flap, region-full, scm-outage] }",
        never,
    );
    told(
        "chaos: { mandatory: [scm-outage], suppressing: [^scm-outage] }",
        never,
    );
    told("chaos: { allow: [scm], regions: ^[westeurope] }", never);
    told("chaos: { regions: ^[] }", never);
    told_at_marks(
        "scenario: v1
title: No orgs
fleet: { connectors: { a: { region: westeurope, scm: github, orgs: 0 } } }
chaos: { allow: [scm, ^org-deleted] }
",
        never,
    );
    // What is no contradiction: a family but for one, and a usual class that is ruled out.
    behind_head("chaos: { mandatory: [region], forbid: [region-flap], at-most: 8 }\n");
    behind_head("chaos: { allow: [scm] }\n");
    behind_head("chaos: { mandatory: [region-outage], suppressing: [region], at-most: 8 }\n");
}
