//! Files that are well written and mean nothing: fleet, teams, timeline, deadlines.

use super::*;

/// A piece behind the usual head, which takes three lines, and what is said.
const BAD: &[(&str, &[&str])] = &[
    // Shape comes first, and all of it at once.
    ("until: soon\nseed: x\nnoise: 1\n", &["4:8 LB0206", "5:7 LB0211", "6:1 LB0201"]),
    ("timeline: [{ at: T-1h, fault: { inventory-unavailable: {} } }]\n", &["4:18 LB0206"]),
    ("timeline: [{ at: T+0, fault: { region-outge: { region: eastus } } }]\n", &["4:32 LB0207"]),
    ("expect: { single-owner: { within: 2d } }\n", &["4:27 LB0201"]),
    ("expect: { alerts-restored: { within: 2d } }\n", &["4:30 LB0201"]),
    ("expect: { blind-time: { within: 2d } }\n", &["4:11 LB0203", "4:25 LB0201"]),
    // Shape in one place, meaning in another: both are told.
    ("expect: { setled: off }\nuntil: 1d\ntimeline: [{ at: T+0, fault: { region-full: { region: est } } }]\n", &["4:11 LB0201", "6:55 LB0310"]),
    // Teams.
    ("teams: { operators: { hours: \"Mon-Fri 09:00-17:00 Europe/Berlin\" } }\n", &["4:30 LB0340"]),
    ("timeline: [{ at: T+0, fault: { support-surge: { tickets: 4 } } }]\n", &["4:30 LB0341"]),
    ("timeline: [{ at: T+0, fault: { operator-absent: { count: 1 } } }]\n", &["4:51 LB0342"]),
    ("timeline: [{ at: T+0, fault: { operator-absent: {} } }]\n", &[]),
    // Faults that contradict themselves.
    ("timeline: [{ at: T+0, fault: { partial-outage: { lasts: 1h } } }]\n", &["4:30 LB0322"]),
    ("timeline: [{ at: T+0, fault: { partial-outage: { connectors: [ado], share: 5%, region: eastus } } }]\n", &["4:69 LB0321"]),
    ("timeline: [{ at: T+0, fault: { region-outage: { region: eastus, returns: { after: 1h, lasts: 1h } } } }]\n", &["4:65 LB0322"]),
    ("timeline: [{ at: T+0, fault: { region-flap: { region: eastus, times: { exponential: { mean: 3 } }, down: 1m, up: 1m } } }]\n", &["4:70 LB0331"]),
    ("timeline: [{ at: T+0, fault: { region-full: { region: eastus, lasts: { uniform: { min: 2h, max: 1h } } } } }]\n", &["4:70 LB0330"]),
    ("timeline: [{ id: x, at: T+0, fault: { inventory-unavailable: {} } }, { id: x, at: T+1h, fault: { inventory-unavailable: {} } }]\n", &["4:75 LB0316"]),
    // Deadlines.
    ("until: 2d\nexpect: { settled: { within: 3d }, clocks.full: { within: 3d }, blind-time: { max: 3d } }\n", &["5:30 LB0370", "5:59 LB0370"]),
    ("until: 3d\nexpect: { settled: { within: 3d } }\n", &[]),
    ("until: 3d\ntimeline: [{ at: T+1h, fault: { inventory-unavailable: {} } }]\nexpect: { settled: { within: 3d } }\n", &["6:30 LB0370"]),
    ("until: 2d\n", &[]),
];

#[test]
fn each_is_told_with_its_place() {
    for (text, wanted) in BAD {
        assert_eq!(complaints(&format!("{HEAD}{text}")), *wanted, "{text}");
    }
}

/// Whole files, where the fleet is what is wrong.
const FLEETS: &[(&str, &[&str])] = &[
    ("a: { region: estus, scm: github, orgs: 1 }", &["4:22 LB0310"]),
    ("a: { region: westus, scm: github, orgs: 1 }", &["4:22 LB0311"]),
    ("a: { region: eastus, scm: github, orgs: { x: { annotations: true } } }", &["4:69 LB0319"]),
    ("a: { region: eastus, scm: github, orgs: { x: {} } }, b: { region: eastus, scm: github, orgs: { x: {} } }", &["4:104 LB0315"]),
    ("a: { region: eastus, scm: github, orgs: { x: {} } }, b: { region: eastus, scm: gitlab, orgs: { x: {} } }", &["4:104 LB0316"]),
    ("a: { region: eastus, scm: github, orgs: { x: {} } }, b: { region: eastus, scm: gitlab, orgs: { x: { id: y } }, grants: [x] }", &["4:129 LB0320"]),
    ("a: { region: eastus, scm: github, orgs: { x: { id: 1a } } }, b: { region: eastus, scm: gitlab, orgs: { x: { id: 1b } }, grants: [x] }", &["4:138 LB0314"]),
    ("a: { region: eastus, scm: github, orgs: { x: {} } }, b: { region: eastus, scm: github, tenant: t, orgs: { x: { id: y } } }", &[]),
    ("a: { id: b, region: eastus, scm: github, orgs: 0 }, b: { region: eastus, scm: github, orgs: 0 }", &["4:61 LB0316"]),
    ("a: { region: eastus, scm: github, orgs: 2, grants: [a-3] }", &["4:61 LB0313"]),
    ("a: { region: eastus, scm: github, orgs: { x: { alerts: { count: 1, ages: [1d] } } } }", &["4:66 LB0321"]),
    ("a: { region: eastus, scm: github }", &["4:9 LB0203"]),
];

#[test]
fn fleets_too() {
    for (connectors, wanted) in FLEETS {
        let text = format!("scenario: v1\ntitle: A\nfleet: {{ connectors:\n      {{ {connectors} }} }}\n");
        assert_eq!(complaints(&text), *wanted, "{connectors}");
    }
}

#[test]
fn another_version_is_said_to_be_one() {
    let found = read("scenario: v2\nanything: goes\n").unwrap_err();
    assert_eq!(found.len(), 1);
    let one = found.iter().next().unwrap();
    assert_eq!((one.code(), one.message()), ("LB0301", "this build reads `v1` scenarios, and this is `v2`"));
}

#[test]
fn a_region_may_be_meant() {
    let found = read(&format!("{HEAD}timeline: [{{ at: T+0, fault: {{ region-full: {{ region: westeuropa }} }} }}]\n"));
    assert!(found.unwrap_err().iter().all(|it| it.labels()[0].text == "did you mean `westeurope`?"));
}
