//! Files that are well written and mean nothing: fleet, teams, timeline, deadlines.

use super::*;

/// A piece behind the usual head, with a mark where something is said, and what.
pub(super) const BAD: &[(&str, &[&str])] = &[
    // Shape comes first, and all of it at once.
    (
        "until: ^soon\nseed: ^x\n^noise: 1\n",
        &["LB0206", "LB0211", "LB0201"],
    ),
    (
        "timeline: [{ at: ^T-1h, fault: { inventory-unavailable: {} } }]\n",
        &["LB0206"],
    ),
    (
        "timeline: [{ at: T+0, fault: { ^region-outge: { region: eastus } } }]\n",
        &["LB0207"],
    ),
    ("expect: { single-owner: { ^within: 2d } }\n", &["LB0201"]),
    (
        "expect: { alerts-restored: { ^within: 2d } }\n",
        &["LB0201"],
    ),
    (
        "expect: { ^blind-time: { ^within: 2d } }\n",
        &["LB0203", "LB0201"],
    ),
    // Shape in one place, meaning in another: both are told.
    (
        "expect: { ^setled: off }\nuntil: 1d\ntimeline: [{ at: T+0, fault: { region-full: { region: ^est } } }]\n",
        &["LB0201", "LB0310"],
    ),
    (
        "^bogus: 1\ndefects: [^forgets-everything]\nexpect: { settled: { within: ^1d } }\nuntil: 1h\ntimeline: [{ at: T+0, fault: { region-full: { region: ^est } } }]\n",
        &["LB0201", "LB0207", "LB0370", "LB0310"],
    ),
    // Teams.
    (
        "teams: { operators: { hours: ^\"Mon-Fri 09:00-17:00 Europe/Berlin\" } }\n",
        &["LB0340"],
    ),
    (
        "timeline: [{ at: T+0, fault: { ^support-surge: { tickets: 4 } } }]\n",
        &["LB0341"],
    ),
    (
        "timeline: [{ at: T+0, fault: { operator-absent: { ^count: 1 } } }]\n",
        &["LB0342"],
    ),
    (
        "timeline: [{ at: T+0, fault: { operator-absent: {} } }]\n",
        &[],
    ),
    (
        "starts: 2024-12-24T11:00Z\nteams: { operators: { ^holidays: [2024-12-25] }, support: { size: 2, hours: \"Mon-Fri 09:00-17:00 Europe/Berlin\", holidays: [2024-12-24..2024-12-26, ^2024-12-26] } }\n",
        &["LB0344", "LB0345"],
    ),
    (
        "teams: { operators: { holidays: [^2024-12-32, ^2024-12-31..2024-12-30] } }\n",
        &["LB0206", "LB0206"],
    ),
    (
        "teams: { operators: { ^size: 2, ^hand-over: 5m, shifts: { day: { size: 1, hours: ^\"Mon-Fri 09:00-17:00 Europe/Berlin\" } } } }\n",
        &["LB0321", "LB0347", "LB0340"],
    ),
    (
        "starts: 2024-12-24T11:00Z\nteams: { operators: { shifts: { day: { size: 1, hours: ^\"Mon-Fri 09:00-17:00 Europe/Berln\" } } } }\n",
        &["LB0206"],
    ),
    (
        "teams: { operators: { absent: [^{ count: 1 }] }, support: { size: 2, absent: [{ count: 1, to: T+2h }, ^{ count: 2, from: T+1h, to: T+3h }, { count: 1, from: T+1d, ^to: T+1d }, ^{ from: T+2h }, { count: 1, ^chance: 5% }] } }\n",
        &["LB0342", "LB0346", "LB0343", "LB0322", "LB0321"],
    ),
    // Limits.
    (
        "scm-limits: { gitlab: { requests: 5, window: ^0s } }\n",
        &["LB0343"],
    ),
    (
        "scm-limits: { github: { requests: ^0 }, gitlab: { requests: 5, shared-by: ^all }, ^gitea: { requests: 5 } }\n",
        &["LB0205", "LB0207", "LB0201"],
    ),
    // The support queue.
    (
        "support-queue: { others: { ^usual: { every: 1h } }, ^region-lost: { tickets: 3 } }\n",
        &["LB0341", "LB0341"],
    ),
    (
        "teams: { support: { size: 1 } }\nsupport-queue: { others: { a: { every: 1h, from: T+2h, ^to: T+2h }, b: { every: ^1ms }, c: { every: ^0s }, d: { every: ^1ms, to: T+1h } } }\n",
        &["LB0343", "LB0331", "LB0331", "LB0331"],
    ),
    (
        "teams: { support: { size: 1 } }\nsupport-queue: { priority: ^6, rework: { place: ^front } }\n",
        &["LB0205", "LB0207"],
    ),
    (
        "teams: { support: { size: 1 } }\nsupport-queue: { region-lost: { tickets: ^{ exponential: { mean: 3 } } } }\n",
        &["LB0331"],
    ),
    (
        "teams: { support: { size: 1 } }\ntimeline: [{ at: T+0, fault: { region-flap: { region: eastus, times: 300, down: 1h, up: 1h } } }]\nsupport-queue: { region-lost: { tickets: ^4000 } }\n",
        &["LB0331"],
    ),
    // Faults that contradict themselves.
    (
        "timeline: [{ at: T+0, fault: { ^partial-outage: { lasts: 1h } } }]\n",
        &["LB0322"],
    ),
    (
        "timeline: [{ at: T+0, fault: { partial-outage: { connectors: [ado], ^share: 5%, region: eastus } } }]\n",
        &["LB0321"],
    ),
    (
        "timeline: [{ at: T+0, fault: { region-outage: { region: eastus, ^returns: { after: 1h, lasts: 1h } } } }]\n",
        &["LB0322"],
    ),
    (
        "timeline: [{ at: T+0, fault: { region-flap: { region: eastus, times: ^{ exponential: { mean: 3 } }, down: 1m, up: 1m } } }]\n",
        &["LB0331"],
    ),
    (
        "timeline: [{ at: T+0, fault: { region-full: { region: eastus, lasts: ^{ uniform: { min: 2h, max: 1h } } } } }]\n",
        &["LB0330"],
    ),
    (
        "timeline: [{ id: x, at: T+0, fault: { inventory-unavailable: {} } }, { id: ^x, at: T+1h, fault: { inventory-unavailable: {} } }]\n",
        &["LB0316"],
    ),
    // Deadlines.
    (
        "until: 2d\nexpect: { settled: { within: ^3d }, clocks.full: { within: ^3d }, blind-time: { max: 3d } }\n",
        &["LB0370", "LB0370"],
    ),
    ("until: 3d\nexpect: { settled: { within: 3d } }\n", &[]),
    (
        "until: 3d\ntimeline: [{ at: T+1h, fault: { inventory-unavailable: {} } }]\nexpect: { settled: { within: ^3d } }\n",
        &["LB0370"],
    ),
    ("until: 2d\n", &[]),
    // What would fill the machine.
    (
        "timeline: [{ at: T+0, fault: { region-flap: { region: eastus, times: ^10001, down: 1m, up: 1m } } }]\n",
        &["LB0331"],
    ),
    (
        "teams: { support: { size: 1 } }\ntimeline: [{ at: T+0, fault: { support-surge: { tickets: 999999 } } }, { at: T+1h, fault: { ^support-surge: { tickets: 2 } } }]\n",
        &["LB0332"],
    ),
];

#[test]
fn each_is_told_with_its_place() {
    for (text, wanted) in BAD {
        told_at_marks(&format!("{HEAD}{text}"), wanted);
    }
}

/// Whole files, where the fleet is what is wrong.
pub(super) const FLEETS: &[(&str, &[&str])] = &[
    ("a: { region: ^estus, scm: github, orgs: 1 }", &["LB0310"]),
    ("a: { region: ^westus, scm: github, orgs: 1 }", &["LB0311"]),
    (
        "a: { region: eastus, scm: github, orgs: { x: { annotations: ^true } } }",
        &["LB0319"],
    ),
    (
        "a: { region: eastus, scm: github, orgs: { x: {} } }, b: { region: eastus, scm: github, orgs: { ^x: {} } }",
        &["LB0315"],
    ),
    (
        "a: { region: eastus, scm: github, orgs: { x: {} } }, b: { region: eastus, scm: gitlab, orgs: { ^x: {} } }",
        &["LB0316"],
    ),
    (
        "a: { region: eastus, scm: github, orgs: { x: {} } }, b: { region: eastus, scm: gitlab, orgs: { x: { id: y } }, grants: [^x] }",
        &["LB0320"],
    ),
    (
        "a: { region: eastus, scm: github, orgs: { x: { id: 1a } } }, b: { region: eastus, scm: gitlab, orgs: { x: { id: 1b } }, grants: [^x] }",
        &["LB0314"],
    ),
    (
        "a: { region: eastus, scm: github, orgs: { x: {} } }, b: { region: eastus, scm: github, tenant: t, orgs: { x: { id: y } } }",
        &[],
    ),
    (
        "a: { id: b, region: eastus, scm: github, orgs: 0 }, ^b: { region: eastus, scm: github, orgs: 0 }",
        &["LB0316"],
    ),
    (
        "a: { region: eastus, scm: github, orgs: 2, grants: [^a-3] }",
        &["LB0313"],
    ),
    (
        "a: { region: eastus, scm: github, orgs: { x: { alerts: { ^count: 1, ages: [1d] } } } }",
        &["LB0321"],
    ),
    ("^a: { region: eastus, scm: github }", &["LB0203"]),
];

#[test]
fn fleets_too() {
    for (connectors, wanted) in FLEETS {
        told_at_marks(&fleet(connectors), wanted);
    }
}

pub(super) fn fleet(connectors: &str) -> String {
    format!("scenario: v1\ntitle: A\nfleet: {{ connectors:\n      {{ {connectors} }} }}\n")
}

#[test]
fn another_version_is_said_to_be_one() {
    let found = read("scenario: v2\nanything: goes\n").unwrap_err();
    assert_eq!(found.len(), 1);
    let one = found.iter().next().unwrap();
    assert_eq!(
        (one.code(), one.message()),
        (
            "LB0301",
            "this build reads `v1` scenarios, and this is `v2`"
        )
    );
}

#[test]
fn a_region_may_be_meant() {
    let found = read(&format!(
        "{HEAD}timeline: [{{ at: T+0, fault: {{ region-full: {{ region: westeuropa }} }} }}]\n"
    ));
    assert!(
        found
            .unwrap_err()
            .iter()
            .all(|it| it.labels()[0].text == "did you mean `westeurope`?")
    );
}

/// What is wrong in one place does not hide what is wrong in another.
#[test]
fn shape_and_meaning_are_told_at_once() {
    let text = "scenario: v1
title: Wrong in two ways
fleet:
  defaults: { recommendations: many }
  connectors:
    a: { region: eastus, scm: github, orgs: { one: { alerts: some }, two: {} } }
timeline:
  - { at: soon, fault: { region-outage: { region: eastus } } }
  - { at: T+0, fault: { region-outage: { region: mars } } }
  - { at: T+0, fault: { org-deleted: { org: three } } }
procedure:
  steps: { decide: { takes: slowly } }
  target: [nowhere]
expect: { settled: { within: often } }
";
    let mut told = complaints(text);
    told.sort();
    assert_eq!(
        told,
        [
            "10:45 LB0313",
            "12:29 LB0206",
            "13:12 LB0310",
            "14:30 LB0206",
            "4:32 LB0204",
            "6:62 LB0204",
            "8:11 LB0206",
            "9:50 LB0310"
        ]
    );
    // Others would name what this event creates: nothing is guessed.
    let text = "scenario: v1
title: A new org with a wrong instant
fleet: { connectors: { a: { region: eastus, scm: github, orgs: 1 } } }
timeline:
  - { at: soon, fault: { org-created: { org: new, connector: a } } }
  - { at: T+2h, fault: { org-deleted: { org: new } } }
";
    assert_eq!(complaints(text).len(), 1);
}

/// What is no longer shown is counted, through every collection that it passes.
#[test]
fn more_errors_than_anybody_reads_are_counted() {
    let keys: String = (0..300).map(|it| format!("key-{it}: 1\n")).collect();
    let found = read(&format!("{HEAD}{keys}")).expect_err("nobody knows those keys");
    assert_eq!((found.len(), found.errors()), (Diagnostics::MOST, 300));
    assert_eq!(found.omitted(), 100);
}
