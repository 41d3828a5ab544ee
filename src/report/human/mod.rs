//! The face for people: readable at three in the morning, in 80 columns, without
//! colour, and for a fleet of ten thousand orgs.

pub(super) mod checks;
mod clocks;
mod folder;
mod rest;

pub use folder::{Tally, article, folder_lines, listing, summary};

use super::assess::ScenarioVerdict;
use super::entry::{Broken, Entry, Ran};
use super::text::{Ink, Page, counted, cut, wrap};
use crate::checks::Verdict;
use crate::scenario::syntax::RenderStyle;

/// How the face for people looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Face {
    /// Width, colour, Unicode or not.
    pub style: RenderStyle,
    /// Everything: also a sentence for each check that holds, and every assumption.
    pub full: bool,
    /// Every assumption.
    pub assumptions: bool,
}

/// One drill, whole.
#[must_use]
pub fn drill_face(ran: &Ran, face: Face) -> String {
    let mut page = Page::new(face.style);
    header(&mut page, ran);
    checks::table(&mut page, ran, face.full);
    checks::failures(&mut page, ran);
    clocks::write(&mut page, ran);
    rest::timeline(&mut page, ran);
    rest::unstruck(&mut page, ran);
    rest::ledger(&mut page, ran);
    rest::assumptions(&mut page, ran, face.full || face.assumptions);
    rest::warnings(&mut page, ran, face.style);
    page.finish()
}

/// Why a scenario does not pass: what a test prints when it fails.
#[must_use]
pub fn failure_face(ran: &Ran, style: RenderStyle) -> String {
    let mut page = Page::new(style);
    header(&mut page, ran);
    checks::failures(&mut page, ran);
    page.finish()
}

/// One file of any kind: a drill, or why there was none.
#[must_use]
pub fn entry_face(entry: &Entry, face: Face) -> String {
    match entry {
        Entry::Ran(ran) => drill_face(ran, face),
        Entry::Invalid { diagnostics, .. } => diagnostics.render(face.style),
        Entry::Broken(broken) => broken_face(broken, face.style),
    }
}

/// A run that cannot be trusted.
#[must_use]
pub fn broken_face(broken: &Broken, style: RenderStyle) -> String {
    let mut page = Page::new(style);
    let kind = match broken.exit {
        super::Exit::Diverged => "NOT DETERMINISTIC",
        _ => "ERROR OF THE PROGRAM",
    };
    page.line(&format!("{} {}", page.paint(Ink::Bad, kind), broken.path));
    page.paragraph(2, 0, &broken.message);
    let seed = broken.seed.map_or(String::new(), |it| {
        format!(", seed {}", super::seed_text(it))
    });
    page.paragraph(
        2,
        0,
        &format!("This is no verdict on the scenario{seed}. Please report it, with the file."),
    );
    page.finish()
}

/// The most of a title that is shown.
const TITLE_MAX: usize = 300;

fn header(page: &mut Page, ran: &Ran) {
    let title = cut(&clean(&ran.scenario.title), TITLE_MAX);
    for line in wrap(&title, page.width(), page.width()) {
        page.line(&page.paint(Ink::Heading, &line));
    }
    let fleet = &ran.scenario.plan.fleet;
    let facts = [
        ran.scenario.path().to_owned(),
        format!("seed {}", ran.seed()),
        counted(fleet.connectors().len() as u64, "connector"),
        counted(ran.outcome.measures.orgs, "org"),
        format!("ran to {}", ran.outcome.end),
    ];
    page.paragraph(2, 0, &facts.join(", "));
    let (ink, word) = verdict_word(ran.assessed.verdict);
    let text = format!("{word}: {}", in_words(ran));
    let mut lines = wrap(&text, page.width() - 2, page.width() - 2);
    if let Some(first) = lines.first_mut() {
        *first = first.replacen(word, &page.paint(ink, word), 1);
    }
    for line in lines {
        page.line(&format!("  {line}"));
    }
}

/// How a verdict is shouted.
pub(super) const fn verdict_word(verdict: ScenarioVerdict) -> (Ink, &'static str) {
    match verdict {
        ScenarioVerdict::Pass => (Ink::Good, "PASS"),
        ScenarioVerdict::KnownFailure => (Ink::Odd, "KNOWN FAILURE"),
        ScenarioVerdict::Inconclusive => (Ink::Odd, "INCONCLUSIVE"),
        ScenarioVerdict::UnexpectedPass => (Ink::Bad, "UNEXPECTED PASS"),
        ScenarioVerdict::Fail => (Ink::Bad, "FAIL"),
        ScenarioVerdict::Invalid => (Ink::Bad, "INVALID"),
    }
}

/// The verdict in a sentence or two.
pub(super) fn in_words(ran: &Ran) -> String {
    let rows = checks::rows(ran);
    let named = |verdict: ScenarioVerdict| {
        let named: Vec<&str> = rows
            .iter()
            .filter(|it| it.standing.scenario() == verdict)
            .map(|it| it.name)
            .collect();
        named.join(", ")
    };
    let verdict = ran.assessed.verdict;
    let first = match verdict {
        ScenarioVerdict::Pass | ScenarioVerdict::Invalid => "everything as declared.".to_owned(),
        ScenarioVerdict::KnownFailure => {
            format!("{} failed, as the scenario says.", named(verdict))
        }
        ScenarioVerdict::Inconclusive => {
            format!(
                "the run ended at {}, too early to say: {}.",
                ran.outcome.end,
                named(verdict)
            )
        }
        ScenarioVerdict::UnexpectedPass => {
            format!(
                "{} no longer failed: remove `known-failure` there.",
                named(verdict)
            )
        }
        ScenarioVerdict::Fail => format!("{}.", named(verdict)),
    };
    let count = |verdict: Verdict| rows.iter().filter(|it| it.verdict == verdict).count() as u64;
    let mut parts = vec![format!("{} held", count(Verdict::Held))];
    for (verdict, words) in [
        (Verdict::Violated, "violated"),
        (Verdict::Inconclusive, "inconclusive"),
        (Verdict::Excused, "excused"),
        (Verdict::Vacuous, "not put to the test"),
    ] {
        if count(verdict) > 0 {
            parts.push(format!("{} {words}", count(verdict)));
        }
    }
    format!(
        "{first} Of {}: {}.",
        counted(rows.len() as u64, "check"),
        parts.join(", ")
    )
}

/// What an author wrote, without what would command a terminal.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
