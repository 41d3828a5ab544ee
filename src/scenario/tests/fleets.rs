//! How a fleet is laid down.

use super::*;
use crate::model::ids::{ConnectorIx, OrgIx};

#[test]
fn counted_orgs_are_padded_to_their_number() {
    let names = |count: u32| {
        let text = format!(
            "scenario: v1\ntitle: A\nfleet: {{ connectors: {{ a: {{ region: eastus, scm: github, orgs: {count} }} }} }}\n"
        );
        let fleet = good(&text).plan.fleet;
        (
            fleet.org_name(OrgIx(0)).to_owned(),
            fleet.org_name(OrgIx(count - 1)).to_owned(),
        )
    };
    assert_eq!(names(2), ("a-01".into(), "a-02".into()));
    assert_eq!(names(120), ("a-001".into(), "a-120".into()));
}

#[test]
fn ages_may_be_given_to_the_second() {
    let scenario = good(
        "scenario: v1
title: Ages
fleet:
  defaults: { alerts: { count: 2, age: 3d500ms } }
  connectors:
    a:
      region: eastus
      scm: gitlab
      orgs:
        given: { alerts: { ages: [6d23h, 1d] } }
        counted: { alerts: 1 }
        usual: {}
        drawn: { alerts: { uniform: { min: 3, max: 5 } }, projects: 7 }
",
    );
    let fleet = &scenario.plan.fleet;
    let ages = |name: &str| {
        let org = (0..4)
            .map(OrgIx)
            .find(|&it| fleet.org_name(it) == name)
            .unwrap();
        (fleet.alert_ages_s(org).to_vec(), fleet.org(org).units)
    };
    assert_eq!(ages("given"), (vec![86_400, 6 * 86_400 + 23 * 3600], 10));
    assert_eq!(ages("counted").0, [3 * 86_400]);
    assert_eq!(ages("usual").0, [3 * 86_400; 2]);
    let (drawn, units) = ages("drawn");
    assert!((3..=5).contains(&drawn.len()) && units == 7);
}

#[test]
fn grants_and_lists_follow_the_file() {
    let scenario = good(
        "scenario: v1
title: Reach
fleet:
  connectors:
    off: { region: eastus, scm: github, auto-discovery: false, orgs: 2, grants: [on-01] }
    listed: { region: eastus, scm: github, auto-discovery: false, orgs: 1, listed: [off-01] }
    on: { region: eastus, scm: github, orgs: 2 }
",
    );
    let fleet = &scenario.plan.fleet;
    let row = |at: u32| &fleet.connectors()[ConnectorIx(at).ix()];
    let members = |set: &crate::model::ranges::RangeSet| set.iter().collect::<Vec<_>>();
    // listed-01, off-01, off-02, on-01, on-02
    assert_eq!(
        (&*row(0).name, members(&row(0).listed)),
        ("listed", vec![1])
    );
    assert_eq!(
        (members(&row(1).grants), members(&row(1).listed)),
        (vec![1, 2, 3], vec![1, 2])
    );
    assert_eq!(
        (members(&row(2).grants), members(&row(2).listed)),
        (vec![3, 4], vec![])
    );
}

#[test]
fn too_much_is_refused_before_it_is_laid_down() {
    let text = |orgs: &str, alerts: &str| {
        format!(
            "scenario: v1\ntitle: Much\nfleet: {{ defaults: {{ alerts: {alerts} }}, connectors: {{ a: {{ region: eastus, scm: github, orgs: {orgs} }} }} }}\n"
        )
    };
    assert_eq!(complaints(&text("2000001", "1")), ["3:89 LB0317"]);
    assert_eq!(complaints(&text("2001", "100000")), ["3:1 LB0318"]);
    assert_eq!(complaints(&text("4294967295", "1000000000")).len(), 1);
    let flaps = |orgs: u64, times: u64| {
        text(&orgs.to_string(), "1")
            + &format!(
                "timeline: [{{ at: T+0, fault: {{ region-flap: {{ region: westeurope, times: {times}, down: 1m, up: 1m }} }} }}]\n"
            )
    };
    assert_eq!(complaints(&flaps(2000, 5001)), ["4:32 LB0333"]);
    assert!(read(&flaps(2000, 5000)).is_ok());
    let found = read(&flaps(2000, 5001)).unwrap_err();
    assert!(found.iter().all(|it| it.advice().contains("struck_max")));
    // Each can be raised, and is said how.
    let found = read(&text("2001", "100000")).unwrap_err();
    assert!(found.iter().all(|it| it.advice().contains("alerts_max")));
    let reader = Reader {
        orgs_max: 3,
        ..Reader::default()
    };
    assert!(reader.read_text("a.yaml", text("4", "1")).is_err());
    assert!(reader.read_text("a.yaml", text("3", "1")).is_ok());
}
