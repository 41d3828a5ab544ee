//! The face for people.

use super::words::{also, free, inevitable, left_out, list, shrunk, stopped};
use super::{Again, Found, Story};
use crate::explore::Finding;
use crate::report::text::{Ink, Page, counted};
use crate::scenario::syntax::RenderStyle;

/// The face for people.
#[must_use]
pub fn human(found: &Found<'_>, style: RenderStyle) -> String {
    let hunted = found.hunted;
    let mut page = Page::new(style);
    let runs = hunted
        .strategies
        .iter()
        .map(|it| format!("{} {}", it.0.name(), it.1));
    let runs: Vec<String> = runs.collect();
    let runs = match runs.is_empty() {
        true => String::new(),
        false => format!(" ({})", runs.join(", ")),
    };
    let count = counted(hunted.progress.runs, "run");
    page.line(&format!("{}: {count} hunted{runs}", found.path));
    let reached = match hunted.progress.coverage {
        0 => String::new(),
        some => format!("; {some} states and sequences of facts reached"),
    };
    page.paragraph(
        2,
        0,
        &format!("Ended because {}{reached}.", stopped(hunted.stopped)),
    );
    for (id, again) in found.kept {
        let how = match again {
            Again::Fails => "still fails".to_owned(),
            Again::Holds => "does not fail any more".to_owned(),
            Again::Untried(why) => format!("cannot be tried, and is kept as it is: {why}"),
        };
        page.paragraph(2, 0, &format!("Kept from earlier: {id} {how}."));
    }
    for known in &hunted.known {
        let runs = counted(known.runs, "run");
        page.paragraph(
            2,
            0,
            &format!("Known failure: {} in {runs}.", known.check.slug()),
        );
    }
    if !hunted.as_it_stands.is_empty() {
        let checks = list(hunted.as_it_stands.iter().map(|it| it.slug()));
        let text = format!(
            "It fails as it stands, without any fault thrown: {checks}. Mend that first, or \
             declare it (`known-failure`): every other run has it too."
        );
        page.paragraph(2, 0, &page.paint(Ink::Bad, &text));
    }
    let count = counted(hunted.findings.len() as u64, "finding");
    let ink = if hunted.findings.is_empty() {
        Ink::Good
    } else {
        Ink::Bad
    };
    page.line(&page.paint(ink, &format!("  {count}.")));
    for (finding, story) in hunted.findings.iter().zip(found.stories) {
        one_finding(&mut page, finding, story.as_ref());
    }
    if hunted.left_out > 0 {
        page.line("");
        page.paragraph(0, 0, &left_out(hunted.left_out));
    }
    if let Some(file) = found.file.filter(|_| !hunted.findings.is_empty()) {
        page.line("");
        page.line(&format!("Kept in {file}. Again: lifeboat replay {file}"));
    }
    page.finish()
}

/// One finding, for people.
fn one_finding(page: &mut Page, finding: &Finding, story: Option<&Story>) {
    page.line("");
    let head = page.paint(Ink::Bad, &finding.id);
    let runs = counted(finding.runs, "run");
    let first = match finding.run {
        0 => "the first is the scenario as it stands".to_owned(),
        run => format!("first {run} by {}", finding.strategy.name()),
    };
    page.line(&format!("{head}: {runs}, {first}"));
    if let Some(story) = story {
        page.paragraph(2, 0, story.message());
    }
    if !finding.also.is_empty() {
        page.paragraph(2, 0, &also(finding));
    }
    if let Some(story) = story {
        for it in &story.told {
            page.paragraph(4, 4, &format!("{}: {}", it.at, it.text));
        }
    }
    for line in [shrunk(finding), free(finding), inevitable(finding, story)] {
        if !line.is_empty() {
            page.paragraph(2, 0, &line);
        }
    }
    page.line("");
    for line in finding.document.to_yaml().lines() {
        page.line(&format!("    {line}"));
    }
}
