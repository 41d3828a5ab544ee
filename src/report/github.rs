//! GitHub: annotations on the lines of the scenarios, and a summary in Markdown.

use super::assess::ScenarioVerdict;
use super::entry::{Entry, Ran};
use super::human::{
    Tally,
    checks::{Row, rows},
};
use super::text::brief;
use std::fmt::Write;

/// Workflow commands that put each failure on its line, one a line.
#[must_use]
pub fn annotations(entries: &[Entry]) -> String {
    let mut out = String::new();
    for entry in entries {
        match entry {
            Entry::Ran(ran) => of_run(ran, &mut out),
            Entry::Invalid { diagnostics, .. } => {
                for it in diagnostics.records() {
                    let title = format!("{} {}", it.code, it.name);
                    let place = (it.file, it.line, it.column);
                    let text = [it.message, it.detail, &it.help].join("\n");
                    command(&mut out, it.severity, Some(place), &title, text.trim_end());
                }
            }
            Entry::Broken(broken) => {
                command(
                    &mut out,
                    "error",
                    Some((&broken.path, 1, 1)),
                    "not to be trusted",
                    &broken.message,
                );
            }
        }
    }
    out
}

fn of_run(ran: &Ran, out: &mut String) {
    for row in rows(ran).iter().filter(|it| it.standing.is_bad()) {
        let title = format!(
            "{}: {} ({})",
            ran.scenario.id,
            row.name,
            row.standing.name()
        );
        let text = format!("{}\nAgain: {}", row.message, ran.again);
        command(out, "error", Some(place(ran, row)), &title, &text);
    }
    for it in ran.scenario.warnings.records() {
        command(
            out,
            "warning",
            Some((it.file, it.line, it.column)),
            it.code,
            it.message,
        );
    }
}

/// Where a failure is shown: what the scenario expects, else its first fault.
fn place<'a>(ran: &'a Ran, row: &Row<'a>) -> (&'a str, usize, usize) {
    let place = row.place.or_else(|| ran.scenario.places.faults.first());
    place.map_or((ran.scenario.path(), 1, 1), |it| {
        (&*it.file, it.line, it.column)
    })
}

fn command(
    out: &mut String,
    kind: &str,
    place: Option<(&str, usize, usize)>,
    title: &str,
    text: &str,
) {
    let place = place.map_or(String::new(), |(file, line, column)| {
        format!("file={},line={line},col={column},", property(file))
    });
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "::{kind} {place}title={}::{}",
        property(title),
        data(text)
    );
}

/// The text of a command: its line breaks, and what would end it, escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The step summary, in Markdown.
#[must_use]
pub fn summary(entries: &[Entry]) -> String {
    let mut out = format!("## Fire drills\n\n{}.\n\n", Tally::of(entries));
    out.push_str("| verdict | scenario | ownership | protection | full | seed |\n");
    out.push_str("| --- | --- | --- | --- | --- | --- |\n");
    for entry in entries {
        out.push_str(&row(entry));
    }
    let bad = |it: &&Entry| matches!(it, Entry::Ran(ran) if !ran.assessed.verdict.passes());
    for entry in entries.iter().filter(bad) {
        let Entry::Ran(ran) = entry else { continue };
        let _ = write!(out, "\n### {}\n\n", cell(&ran.scenario.title));
        for row in rows(ran).iter().filter(|it| it.standing.is_bad()) {
            let _ = writeln!(
                out,
                "- **{}** ({}): {}",
                row.name,
                row.standing.name(),
                cell(row.message)
            );
        }
        let _ = write!(out, "\n```sh\n{}\n```\n", ran.again);
    }
    out
}

fn row(entry: &Entry) -> String {
    let (verdict, path) = (entry.verdict(), cell(entry.path()));
    let Entry::Ran(ran) = entry else {
        let word = if matches!(entry, Entry::Broken(_)) {
            "**not to be trusted**"
        } else {
            "**invalid**"
        };
        return format!("| {word} | `{path}` | | | | |\n");
    };
    let word = match verdict {
        ScenarioVerdict::Pass | ScenarioVerdict::KnownFailure => verdict.name().to_owned(),
        _ => format!("**{}**", verdict.name()),
    };
    let clocks = &ran.outcome.measures.clocks;
    let shown = |clock: crate::measures::Clock| match clock {
        crate::measures::Clock::Idle => String::new(),
        crate::measures::Clock::Running => "never".to_owned(),
        crate::measures::Clock::Stopped(after) => brief(after).to_string(),
    };
    let title = cell(&ran.scenario.title);
    let (ownership, protection, full) = (
        shown(clocks.ownership),
        shown(clocks.protection),
        shown(clocks.full),
    );
    format!(
        "| {word} | {title}<br>`{path}` | {ownership} | {protection} | {full} | `{}` |\n",
        ran.seed()
    )
}

/// A text as it may stand in a table.
fn cell(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.replace('|', "\\|").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let mut out = String::new();
        command(
            &mut out,
            "error",
            Some(("a,b.yaml", 3, 1)),
            "LB0201: key",
            "50% lost\nand more",
        );
        assert_eq!(
            out,
            "::error file=a%2Cb.yaml,line=3,col=1,title=LB0201%3A key::50%25 lost%0Aand more\n"
        );
    }

    #[test]
    fn a_title_cannot_break_the_table() {
        assert_eq!(cell("a|b\n<script>"), "a\\|b &lt;script>");
    }
}
