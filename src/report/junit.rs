//! JUnit: a suite for each scenario, a case for each check and bound, so that CI
//! says which promise broke and not merely that something did.

use super::assess::Standing;
use super::entry::{Entry, Ran};
use super::human::{
    self,
    checks::{Row, rows},
};
use crate::checks::Verdict;
use crate::scenario::syntax::RenderStyle;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

/// The sweep as a JUnit document.
///
/// # Panics
/// Never: writing to memory cannot fail.
#[must_use]
pub fn to_text(entries: &[Entry]) -> String {
    let mut report = Report::new("lifeboat");
    report.add_test_suites(entries.iter().map(suite));
    let mut text = report.to_string().expect("writing to memory cannot fail");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn suite(entry: &Entry) -> TestSuite {
    let mut suite = TestSuite::new(entry.path());
    let plain = RenderStyle::default();
    match entry {
        Entry::Ran(ran) => {
            suite.add_property(("seed", ran.seed().as_str()));
            suite.add_property(("title", &*ran.scenario.title));
            suite.add_property(("again", ran.again.as_str()));
            suite.add_test_cases(rows(ran).iter().map(|row| case(ran, row)));
            if !ran.assessed.verdict.passes() {
                suite.set_system_out(human::failure_face(ran, plain));
            }
        }
        Entry::Invalid { diagnostics, .. } => {
            suite.add_test_case(error("reads", &diagnostics.render(plain)));
        }
        Entry::Broken(broken) => {
            suite.add_test_case(error("runs", &human::broken_face(broken, plain)));
        }
    }
    suite
}

fn error(name: &str, text: &str) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(text.lines().next().unwrap_or_default());
    status.set_description(text);
    TestCase::new(name, status)
}

fn case(ran: &Ran, row: &Row<'_>) -> TestCase {
    let status = match (row.standing, row.verdict) {
        (Standing::Pass, Verdict::Held) | (Standing::KnownFailure, _) => TestCaseStatus::success(),
        // Excused and vacuous are said aloud: they were not put to the test.
        (Standing::Pass, _) => {
            let mut status = TestCaseStatus::skipped();
            status.set_type(row.verdict.name());
            status.set_message(row.message);
            status
        }
        (standing, _) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type(standing.name());
            status.set_message(row.message);
            status.set_description(format!("{}\nAgain: {}", row.message, ran.again));
            status
        }
    };
    let mut case = TestCase::new(row.name, status);
    case.set_classname(&*ran.scenario.id);
    if let Some(reason) = row.known {
        case.set_system_out(format!("known failure: {reason}\n{}", row.message));
    }
    case
}
