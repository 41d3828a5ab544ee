//! The verdict table, and each failure: which check, when, what it says and the
//! fact behind it; what led there; the line of the scenario; how to do it again.

use super::clean;
use crate::checks::{CheckId, Verdict};
use crate::report::assess::{ScenarioVerdict, Standing};
use crate::report::entry::Ran;
use crate::report::story::{Told, led_to};
use crate::report::text::{Ink, Page, brief, brief_at, cut};
use crate::scenario::expect::Limit;
use crate::scenario::{Place, Scenario};
use crate::time::{Duration, Instant, StartInstant};

/// How many failures are told one by one.
const FAILURES_MAX: usize = 5;

/// A check or a bound, as a line of the table.
pub(in crate::report) struct Row<'a> {
    pub(in crate::report) standing: Standing,
    pub(in crate::report) verdict: Verdict,
    pub(in crate::report) name: &'a str,
    /// What the bound allows, for one.
    pub(in crate::report) most: Option<Limit>,
    pub(in crate::report) at: Option<Instant>,
    pub(in crate::report) margin_ms: Option<i64>,
    pub(in crate::report) message: &'a str,
    /// Its place among the outcome's judgements, for a check.
    pub(in crate::report) judgement: Option<usize>,
    /// Why it is known to fail.
    pub(in crate::report) known: Option<&'a str>,
    /// Whether it has to be put to the test.
    pub(in crate::report) require: bool,
    /// Where the scenario speaks of it.
    pub(in crate::report) place: Option<&'a Place>,
}

/// Every check and bound, the worst first, else in the order of the catalogue.
pub(in crate::report) fn rows(ran: &Ran) -> Vec<Row<'_>> {
    let (expect, places) = (&ran.scenario.plan.expect, &ran.scenario.places);
    let checks = ran
        .outcome
        .judgements
        .iter()
        .zip(&ran.assessed.checks)
        .enumerate();
    let checks = checks.map(|(at, (it, &standing))| Row {
        standing,
        verdict: it.verdict,
        name: it.check.slug(),
        most: None,
        at: it.at,
        margin_ms: it.margin_ms,
        message: &it.message,
        judgement: Some(at),
        known: expect.check(it.check).known_failure.as_deref(),
        require: expect.check(it.check).require,
        place: places.checks.get(&it.check),
    });
    let bounds = ran
        .assessed
        .bounds
        .iter()
        .zip(&expect.bounds)
        .map(|(it, bound)| Row {
            standing: it.standing,
            verdict: it.verdict,
            name: it.measure.name(),
            most: Some(it.most),
            at: it.at,
            margin_ms: it.margin_ms,
            message: &it.message,
            judgement: None,
            known: bound.known_failure.as_deref(),
            require: bound.require,
            place: places.bounds.get(&it.measure),
        });
    let mut rows: Vec<Row<'_>> = checks.chain(bounds).collect();
    rows.sort_by_key(|it| (std::cmp::Reverse(it.standing), it.verdict));
    rows
}

/// A margin in words: `6d18h`, or `-2h` where it was too late.
pub(in crate::report) fn margin(margin_ms: i64) -> String {
    let length = brief(Duration::from_millis(margin_ms.unsigned_abs()));
    if margin_ms < 0 {
        format!("-{length}")
    } else {
        length.to_string()
    }
}

pub(super) fn table(page: &mut Page, ran: &Ran, full: bool) {
    page.heading("Checks");
    let rows = rows(ran);
    let width = rows.iter().map(|it| it.name.len()).max().unwrap_or(0);
    let head = format!(
        "  {:<13} {:<width$}  {:<13} margin",
        "verdict", "check", "when"
    );
    page.line(&page.paint(Ink::Dim, &head));
    let quiet = |it: &Row<'_>| it.verdict == Verdict::Vacuous && it.standing == Standing::Pass;
    for row in rows.iter().filter(|it| full || !quiet(it)) {
        let (ink, word) = word(row);
        let when = row.at.map_or("-".to_owned(), brief_at);
        let room = row.margin_ms.map_or("-".to_owned(), margin);
        let verdict = page.paint(ink, &format!("{word:<13}"));
        page.line(&format!(
            "  {verdict} {:<width$}  {when:<13} {room}",
            row.name
        ));
        if full
            || row.verdict != Verdict::Held
            || row.standing != Standing::Pass
            || row.most.is_some()
        {
            page.paragraph(16, 0, row.message);
        }
        if let Some(reason) = row.known {
            page.paragraph(16, 0, &format!("Known: {}", clean(reason)));
        }
    }
    let vacuous: Vec<&str> = rows
        .iter()
        .filter(|it| !full && quiet(it))
        .map(|it| it.name)
        .collect();
    if !vacuous.is_empty() {
        let text = format!(
            "vacuous, so neither held nor violated: {}.",
            vacuous.join(", ")
        );
        page.paragraph(2, 2, &text);
    }
}

fn word(row: &Row<'_>) -> (Ink, String) {
    match row.standing {
        Standing::KnownFailure => (Ink::Odd, "known failure".to_owned()),
        Standing::UnexpectedPass => (Ink::Bad, "UNEXPECTED".to_owned()),
        Standing::Fail => (Ink::Bad, row.verdict.name().to_uppercase()),
        Standing::Inconclusive => (Ink::Odd, row.verdict.name().to_owned()),
        Standing::Pass if row.verdict == Verdict::Held => {
            (Ink::Good, row.verdict.name().to_owned())
        }
        Standing::Pass => (Ink::Odd, row.verdict.name().to_owned()),
    }
}

pub(super) fn failures(page: &mut Page, ran: &Ran) {
    let all = rows(ran);
    let passes = ran.assessed.verdict.passes();
    // Where nothing is worse, a known failure is what there is to understand.
    let told = |it: &&Row<'_>| match passes {
        true => it.standing == Standing::KnownFailure,
        false => it.standing.is_bad(),
    };
    let told: Vec<&Row<'_>> = all.iter().filter(told).collect();
    let mut before = Vec::new();
    for row in told.iter().take(FAILURES_MAX) {
        failure(page, ran, row, &mut before);
    }
    if told.len() > FAILURES_MAX {
        let rest: Vec<&str> = told[FAILURES_MAX..].iter().map(|it| it.name).collect();
        page.gap();
        page.paragraph(
            0,
            2,
            &format!("And {} more: {}.", rest.len(), rest.join(", ")),
        );
    }
    if !told.is_empty() {
        page.gap();
        page.line(&format!("Again: {}", ran.again));
    }
}

/// One failure. `before` is what led to the one before it: it is not told twice.
fn failure(page: &mut Page, ran: &Ran, row: &Row<'_>, before: &mut Vec<Told>) {
    let when = row.at.map_or(String::new(), |at| {
        format!(" at {at}{}", on_the_clock(&ran.scenario, at))
    });
    page.heading(&format!("{} {}{when}", row.name, describe_standing(row)));
    page.paragraph(2, 0, row.message);
    let check = row.judgement.map(|at| &ran.outcome.judgements[at]);
    if let Some(judgement) = check {
        let doc = judgement.check.doc();
        page.paragraph(
            2,
            0,
            &format!("The promise: {} ({})", doc.statement, doc.cites.join(", ")),
        );
        let told = led_to(ran, judgement);
        what_led_there(page, &told, before);
        *before = told;
    }
    where_it_stands(page, ran, row, check.map(|it| it.check));
}

fn what_led_there(page: &mut Page, told: &[Told], before: &[Told]) {
    if told.is_empty() {
        return;
    }
    if told == before {
        return page.line("  What led there: the same as above.");
    }
    page.line("  What led there:");
    let width = told.iter().map(|it| it.at.to_string().len()).max();
    let width = width.unwrap_or(0);
    for fact in told {
        page.entry(4, &format!("{:<width$}", fact.at.to_string()), &fact.text);
    }
}

/// The lines of the scenario that are behind a failure: what it expects, else the
/// faults that struck.
fn where_it_stands(page: &mut Page, ran: &Ran, row: &Row<'_>, check: Option<CheckId>) {
    let faults = ran
        .scenario
        .plan
        .faults
        .iter()
        .zip(&ran.scenario.places.faults);
    let until = row.at.unwrap_or(ran.outcome.end);
    let struck = faults.filter(|it| it.0.at <= until).map(|it| it.1).take(3);
    let places: Vec<&Place> = row.place.into_iter().chain(struck).collect();
    for place in &places {
        page.line(&format!("  {}:{}", place.file, place.line));
        if let Some(line) = line_of(&ran.scenario, place) {
            page.line(&format!(
                "    {}",
                cut(&clean(line.trim()), page.width().saturating_sub(4))
            ));
        }
    }
    if let Some(check) = check {
        page.line(&format!("  More: lifeboat explain {}", check.slug()));
    }
}

fn line_of<'a>(scenario: &'a Scenario, place: &Place) -> Option<&'a str> {
    (&*place.file == scenario.path())
        .then(|| {
            scenario
                .source
                .text()
                .lines()
                .nth(place.line.checked_sub(1)?)
        })
        .flatten()
}

fn describe_standing(row: &Row<'_>) -> String {
    match (row.standing.scenario(), row.verdict) {
        (ScenarioVerdict::UnexpectedPass, verdict) => {
            format!("is {}, and was known to fail", verdict.name())
        }
        (ScenarioVerdict::KnownFailure, verdict) => format!("is {}, as is known,", verdict.name()),
        (_, verdict @ (Verdict::Excused | Verdict::Vacuous)) if row.require => {
            format!("is {}, and was required", verdict.name())
        }
        (_, verdict) => format!("is {}", verdict.name()),
    }
}

/// The world's own time of an instant, where the scenario says when T+0 is.
fn on_the_clock(scenario: &Scenario, at: Instant) -> String {
    let starts = scenario
        .starts
        .map(|it| it.as_epoch_millis().saturating_add(at.as_millis()));
    starts
        .and_then(StartInstant::from_epoch_millis)
        .map_or(String::new(), |it| format!(" ({it})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_are_read_as_durations() {
        assert_eq!(margin(2 * 3_600_000), "2h");
        assert_eq!(margin(-90_000), "-1m30s");
        assert_eq!(margin(0), "0s");
    }
}
