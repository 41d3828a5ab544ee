//! Tests of the scenario file, by topic.

use super::syntax::Diagnostics;
use super::{Reader, Scenario};

mod assumptions;
mod bad_files;
mod bad_names;
mod chaos;
mod defects;
mod examples;
mod faults;
mod fleets;
mod identity;
mod luck;
mod objectives;
mod pieces;
mod procedures;
mod properties;
mod schemas;
mod told;

/// The head that most scenarios of these tests have, in three lines.
const HEAD: &str = "scenario: v1
title: A test
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 12 }, ado: { region: centralus, scm: azure-devops, orgs: { contoso: {}, labs: { id: lab } } } } }
";

fn read(text: &str) -> Result<Scenario, Diagnostics> {
    Reader::default().read_text("test.yaml", text)
}

/// A scenario that is right.
#[track_caller]
fn good(text: &str) -> Scenario {
    match read(text) {
        Ok(scenario) => scenario,
        Err(found) => panic!("{}", found.render(super::syntax::RenderStyle::default())),
    }
}

/// One behind the usual head.
#[track_caller]
fn behind_head(text: &str) -> Scenario {
    good(&format!("{HEAD}{text}"))
}

/// `line:column code` of everything that is wrong.
fn complaints(text: &str) -> Vec<String> {
    let found = match read(text) {
        Ok(scenario) => scenario.warnings,
        Err(found) => found,
    };
    let told =
        |it: super::syntax::DiagnosticRecord<'_>| format!("{}:{} {}", it.line, it.column, it.code);
    found.records().map(told).collect()
}

/// Holds what is told of a text against the codes that are wanted, each at its mark,
/// which is a `^`.
#[track_caller]
fn told_at_marks(marked: &str, wanted: &[&str]) {
    let (mut clean, mut places) = (String::new(), Vec::new());
    for (line, text) in marked.lines().enumerate() {
        let mut column = 1;
        for c in text.chars() {
            if c == '^' {
                places.push(format!("{}:{column}", line + 1));
            } else {
                clean.push(c);
                column += 1;
            }
        }
        clean.push('\n');
    }
    let wanted: Vec<String> = places
        .iter()
        .zip(wanted)
        .map(|(place, code)| format!("{place} {code}"))
        .collect();
    assert_eq!(complaints(&clean), wanted, "{clean}");
}
