//! What people read when something is wrong: every code once, as it is drawn.

use super::super::codes::CODES;
use super::super::syntax::{Diagnostics, RenderStyle};
use super::bad_files::{BAD, FLEETS, fleet};
use super::*;
use std::collections::BTreeMap;

/// What is wrong behind the usual head in ways that the other lists have not.
const MORE: &[&str] = &[
    "timeline: [{ at: T+0, fault: { region-full: { region: eastus }, region-flap: { region: eastus } } }]\n",
    "timeline: [{ at: T+0, fault: { region-outage: { region: eastus, lasts: { empirical: [] } } } }]\n",
    "timeline: [{ at: T+0, fault: { ticket-lost: { connector: paymnts } } }]\n",
    "timeline: [{ at: T+0, fault: { org-deleted: { org: payments-1 } } }]\n",
    "timeline: [{ at: T+0, fault: { region-flap: { region: westeurope, times: 100000, down: 1m, up: 1m } } }]\nfleet: { connectors: { x: { region: westeurope, scm: github, orgs: 2000 } } }\n",
    "procedure: { base: single-region-dr@2023-10-10 }\n",
    "procedure: { steps: { decide: { needs: [detekt] } } }\n",
    "procedure: { add: { decide: { takes: 1m } } }\n",
    "procedure: { steps: { detect: { needs: [decide] } } }\n",
    "procedure: { remove: [open-ticket] }\n",
    "procedure: { steps: { open-ticket: { for-each: org } } }\n",
    "procedure: { steps: { decide: { can-fail: { wrong-region: 10% } } } }\n",
    "procedure: { id: single-region-dr@2023-10-09, from-scratch: true, steps: { detect: { command: detect, takes: 1m } } }\n",
    "procedure: { steps: { discover: { takes: 5h } } }\n",
    "procedure: { steps: { decide: { orgs: [contoso] } } }\n",
    "procedure: { target: [automatic, eastus] }\n",
    "procedure: { target: [eastus] }\ntimeline: [{ at: T+0, fault: { region-outage: { region: eastus } } }]\n",
    "luck: { choices: [{ of: fault/storm, what: fault-lasts, is: 1h }] }\n",
    "luck: { choices: [{ of: org/lab, what: fault-lasts, is: 1h }] }\n",
    "luck: { choices: [{ of: connector/ado, what: step-time, step: decide, is: 2d }] }\n",
];

/// Whole files.
const WHOLE: &[&str] = &[
    "# nothing but a comment\n",
    "scenario: v1\ntitle: A\nfleet: { connectors: { a: { region: eastus, scm: github, orgs: 2000000000 } } }\n",
    "scenario: v1\ntitle: A\nfleet: { connectors: { a: { region: eastus, scm: github, orgs: { x: { alerts: 4000000000 } } } } }\n",
];

fn texts() -> Vec<String> {
    let plain = |it: &str| it.replace('^', "");
    let mut all: Vec<String> = BAD
        .iter()
        .map(|it| plain(&format!("{HEAD}{}", it.0)))
        .collect();
    all.extend(FLEETS.iter().map(|it| plain(&fleet(it.0))));
    all.extend(CODES.iter().map(|it| format!("{HEAD}{}\n", it.example)));
    all.extend(CODES.iter().map(|it| it.example.to_owned()));
    all.extend(MORE.iter().map(|it| format!("{HEAD}{it}")));
    all.extend(WHOLE.iter().map(|it| (*it).to_owned()));
    all.push(format!(
        "{HEAD}tags: {}{}\n",
        "[".repeat(99),
        "]".repeat(99)
    ));
    all
}

#[test]
fn every_error_is_told_with_its_place_and_what_to_do() {
    let style = RenderStyle {
        width: 80,
        color: false,
        unicode: true,
    };
    let mut told: BTreeMap<&str, String> = BTreeMap::new();
    for text in texts() {
        let found = match read(&text) {
            Ok(scenario) => scenario.warnings,
            Err(found) => found,
        };
        for one in &found {
            let page = || Diagnostics::from(one.clone()).render(style);
            told.entry(one.code()).or_insert_with(page);
        }
    }
    // Those of files, of limits of the reader, of findings, parts and exports have tests
    // where such things are read.
    let elsewhere = |it: &str| {
        let limits = ["LB0107", "LB0108", "LB0303", "LB0304", "LB0318", "LB0333"];
        it.starts_with("LB000")
            || it.starts_with("LB04")
            || it.starts_with("LB039")
            || limits.contains(&it)
    };
    let unseen: Vec<&str> = CODES
        .iter()
        .map(|it| it.code)
        .filter(|it| !told.contains_key(it) && !elsewhere(it))
        .collect();
    let pages: Vec<String> = told.into_values().collect();
    assert_eq!(unseen, [""; 0], "a code without a page that people read");
    insta::assert_snapshot!(pages.join("\n"));
}
