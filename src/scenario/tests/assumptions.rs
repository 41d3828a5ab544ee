//! What a scenario rests on.

use super::*;
use crate::scenario::{Assumption, Origin};

fn find<'a>(scenario: &'a Scenario, name: &str) -> &'a Assumption {
    scenario
        .assumptions
        .iter()
        .find(|it| &*it.name == name)
        .unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn the_vendors_figures_and_the_assumed_ones_are_kept_apart() {
    let scenario = behind_head("");
    let origin = |name: &str| {
        let it = find(&scenario, name);
        assert!(!it.changed, "{name}");
        (&*it.value, it.origin, &*it.source)
    };
    assert_eq!(
        origin("alert-window.length"),
        ("7d", Origin::Vendor, "F-14")
    );
    assert_eq!(
        origin("alert-window.anchor"),
        ("outage-start", Origin::Assumed, "U-3")
    );
    assert_eq!(
        origin("steps.triage-ticket.takes"),
        ("4h", Origin::Assumed, "U-1")
    );
    assert_eq!(
        origin("steps.discover.takes.azure-devops"),
        ("100/h", Origin::Vendor, "D-3")
    );
    assert_eq!(origin("steps.discover.takes.gitlab").1, Origin::Assumed);
    assert_eq!(origin("fleet.defaults.repos"), ("50", Origin::Assumed, ""));
    assert_eq!(origin("until").1, Origin::Assumed);
}

#[test]
fn what_somebody_measured_is_told_with_its_source() {
    let scenario = behind_head(
        "parameters:
  alert-window: { anchor: recreation, source: \"ticket 4711\" }
  recoveries: { value: serial, source: \"our runbook\" }
  resource-ids: saved
procedure:
  steps:
    triage-ticket: { takes: 2d, source: \"the last three tickets\" }
    decide: { takes: 10m }
",
    );
    let told = |name: &str| {
        let it = find(&scenario, name);
        (&*it.value, it.origin, &*it.source, it.changed)
    };
    assert_eq!(
        told("alert-window.anchor"),
        ("recreation", Origin::User, "ticket 4711", true)
    );
    assert_eq!(
        told("recoveries"),
        ("serial", Origin::User, "our runbook", true)
    );
    assert_eq!(told("resource-ids"), ("saved", Origin::User, "", true));
    assert_eq!(
        told("steps.triage-ticket.takes"),
        ("2d", Origin::User, "the last three tickets", true)
    );
    assert_eq!(told("steps.decide.takes"), ("10m", Origin::User, "", true));
    let parameters = &scenario.plan.parameters;
    assert!(parameters.serial_recoveries && parameters.resource_ids_saved);
}

#[test]
fn a_default_that_is_not_needed_is_not_told() {
    let text = "scenario: v1\ntitle: A\nfleet: { connectors: { a: { region: eastus, scm: github, orgs: 1 } } }\n";
    let scenario = good(text);
    let names: Vec<&str> = scenario.assumptions.iter().map(|it| &*it.name).collect();
    assert!(
        !names.contains(&"fleet.defaults.projects"),
        "GitHub is gone through by repos"
    );
    assert!(
        !names.contains(&"fleet.defaults.annotations"),
        "GitHub has none"
    );
    assert!(names.contains(&"fleet.defaults.alerts.age"));
}
