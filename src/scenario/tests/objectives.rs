//! `objectives`.

use super::*;
use crate::checks::CheckId;
use crate::measures::{ClockKind, Quantity, Records};
use crate::scenario::objective::{Objective, Subject};
use crate::statistics::Level;
use crate::time::Duration;

fn with(text: &str) -> String {
    format!("{}{text}", examples::SMALL)
}

fn objectives(text: &str) -> Vec<Objective> {
    let scenario = Reader::default().read_text("a.yaml", with(text));
    let scenario = scenario.unwrap_or_else(|it| panic!("{}", it.render(Default::default())));
    scenario.plan.objectives
}

/// Code, and what is underlined, of all that is wrong.
fn wrong(text: &str) -> Vec<(String, String)> {
    let text = with(text);
    let found = Reader::default()
        .read_text("a.yaml", text.as_str())
        .expect_err(&text);
    let told = |it: &crate::scenario::syntax::Diagnostic| {
        let span = it.span().expect("it has a place");
        (
            it.code().to_owned(),
            it.source_file().slice(span).to_owned(),
        )
    };
    found.iter().map(told).collect()
}

#[test]
fn objectives_are_read_whatever_their_order() {
    let text = "objectives:
  rto: { clock: protection, p95: 72h, confidence: 99% }
  loss: { alerts: 0, share: 99.5% }
  sight: { measure: blind-time, most: 12h, share: 80% }
  clean: { checks: all, share: 90% }
  gone: { check: old-connector-retired, share: 50% }
";
    let found = objectives(text);
    let names: Vec<&str> = found.iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["clean", "gone", "loss", "rto", "sight"]);
    let hours = |it| Duration::from_hours(it).as_millis();
    let subjects: Vec<Subject> = found.iter().map(|it| it.subject).collect();
    assert_eq!(
        subjects,
        [
            Subject::Checks,
            Subject::Check(CheckId::OldConnectorRetired),
            Subject::Quantity(Quantity::Lost(Records::Alerts), 0),
            Subject::Quantity(Quantity::Clock(ClockKind::Protection), hours(72)),
            Subject::Quantity(Quantity::BlindTime, hours(12)),
        ]
    );
    assert_eq!(
        (found[3].share, found[3].confidence),
        (Level::P95, Level::P99)
    );
    assert_eq!(found[2].share.as_ppm(), 995_000);
    assert_eq!(found[4].confidence, Level::P95);
}

#[test]
fn what_no_number_of_runs_can_settle_is_refused_at_its_place() {
    for (objective, underlined) in [
        ("a: { clock: full, most: 9d, share: 100% }", "100%"),
        ("a: { clock: full, most: 9d, share: 0% }", "0%"),
        ("a: { clock: full, p95: 9d, confidence: 100% }", "100%"),
        (
            "a: { check: stays-in-geography, share: 90% }",
            "stays-in-geography",
        ),
    ] {
        let found = wrong(&format!("objectives: {{ {objective} }}\n"));
        assert_eq!(
            found,
            [("LB0371".to_owned(), underlined.to_owned())],
            "{objective}"
        );
    }
    objectives(
        "expect: { stays-in-geography: on }\nobjectives: { a: { check: stays-in-geography, share: 90% } }\n",
    );
}

#[test]
fn what_an_objective_says_fits_together() {
    for (objective, code, underlined) in [
        ("a: { share: 90% }", "LB0322", "a"),
        ("a: { clock: full, alerts: 0, p95: 3d }", "LB0321", "alerts"),
        ("a: { clock: full, share: 90% }", "LB0322", "a"),
        ("a: { clock: full, p95: 3d, p99: 6d }", "LB0321", "p99"),
        ("a: { clock: full, p95: 3d, share: 90% }", "LB0321", "share"),
        ("a: { clock: full, most: 3d }", "LB0322", "a"),
        ("a: { alerts: 0 }", "LB0322", "a"),
        ("a: { alerts: 0, most: 3, share: 90% }", "LB0321", "most"),
        ("a: { clock: full, p95: 3 }", "LB0372", "3"),
        ("a: { measure: losses.pending, p95: 3h }", "LB0372", "3h"),
        ("a: { clock: fool, p95: 3h }", "LB0207", "fool"),
    ] {
        let found = wrong(&format!("objectives: {{ {objective} }}\n"));
        assert!(
            found.contains(&(code.to_owned(), underlined.to_owned())),
            "{objective}: {found:?}"
        );
    }
    let late = wrong("until: 2d\nobjectives: { a: { clock: full, p95: 3d } }\n");
    assert_eq!(late, [("LB0370".to_owned(), "3d".to_owned())]);
}
