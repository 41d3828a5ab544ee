//! Many scenarios: a line for each, and a summary.

use super::{clean, verdict_word};
use crate::report::assess::ScenarioVerdict;
use crate::report::entry::Entry;
use crate::report::text::{Ink, Page, counted, cut};
use crate::scenario::syntax::RenderStyle;

/// How many files came to each verdict.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    counts: [u64; ScenarioVerdict::ALL.len()],
    /// Runs that cannot be trusted: they are not counted as invalid.
    pub broken: u64,
}

impl Tally {
    /// Counts entries.
    #[must_use]
    pub fn of(entries: &[Entry]) -> Self {
        let mut tally = Self::default();
        for entry in entries {
            match entry {
                Entry::Broken(_) => tally.broken += 1,
                other => tally.counts[other.verdict() as usize] += 1,
            }
        }
        tally
    }

    /// How many came to a verdict.
    #[must_use]
    pub const fn get(&self, verdict: ScenarioVerdict) -> u64 {
        self.counts[verdict as usize]
    }
}

impl std::fmt::Display for Tally {
    /// `24 scenarios: 20 pass, 3 known-failure, 1 fail`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all = self.counts.iter().sum::<u64>() + self.broken;
        let named = ScenarioVerdict::ALL
            .into_iter()
            .filter(|&it| self.get(it) > 0);
        let mut parts: Vec<String> = named
            .map(|it| format!("{} {}", self.get(it), it.name()))
            .collect();
        if self.broken > 0 {
            parts.push(format!("{} not to be trusted", self.broken));
        }
        write!(f, "{}: {}", counted(all, "scenario"), parts.join(", "))
    }
}

/// The longest name of a file that all titles make room for.
const NAME_MAX: usize = 26;

/// A line for each file: its verdict, its name, and what it is about; under the
/// folder that it lies in.
#[must_use]
pub fn folder_lines(entries: &[Entry], style: RenderStyle) -> String {
    let mut page = Page::new(style);
    let width = entries
        .iter()
        .map(|it| split(it.path()).1.chars().count())
        .max()
        .unwrap_or(0)
        .min(NAME_MAX);
    let mut folder = None;
    for entry in entries {
        let (here, name) = split(entry.path());
        if folder != Some(here) {
            folder = Some(here);
            if !here.is_empty() {
                page.heading(here);
            }
        }
        let (ink, word) = match entry {
            Entry::Broken(_) => (Ink::Bad, "NOT TRUSTED"),
            other => verdict_word(other.verdict()),
        };
        let about = match entry {
            Entry::Ran(ran) => clean(&ran.scenario.title),
            Entry::Invalid { diagnostics, .. } => counted(diagnostics.errors() as u64, "error"),
            Entry::Broken(broken) => clean(&broken.message),
        };
        let verdict = page.paint(ink, &format!("{word:<15}"));
        let room = page
            .width()
            .saturating_sub(15 + 2 + 2 + name.chars().count().max(width));
        page.line(&format!("  {verdict} {name:<width$} {}", cut(&about, room)));
    }
    page.finish()
}

/// A path as its folder and its name, without `.yaml`.
fn split(path: &str) -> (&str, &str) {
    let (folder, name) = path.rsplit_once(['/', '\\']).unwrap_or(("", path));
    (
        folder,
        name.strip_suffix(".yaml")
            .or_else(|| name.strip_suffix(".yml"))
            .unwrap_or(name),
    )
}

/// The end of a sweep.
#[must_use]
pub fn summary(entries: &[Entry], style: RenderStyle) -> String {
    let mut page = Page::new(style);
    let tally = Tally::of(entries);
    let bad = entries
        .iter()
        .any(|it| !matches!(it, Entry::Ran(ran) if ran.assessed.verdict.passes()));
    let text = page.paint(if bad { Ink::Bad } else { Ink::Good }, &tally.to_string());
    page.line(&text);
    let again: Vec<String> = entries.iter().filter_map(again).collect();
    if !again.is_empty() {
        page.line("Again, one by one:");
        again.iter().for_each(|it| page.line(&format!("  {it}")));
    }
    page.finish()
}

fn again(entry: &Entry) -> Option<String> {
    match entry {
        Entry::Ran(ran) if !ran.assessed.verdict.passes() => Some(ran.again.clone()),
        _ => None,
    }
}

/// Names and what there is to say of each, side by side.
#[must_use]
pub fn listing(lines: &[(String, String)], style: RenderStyle) -> String {
    let mut page = Page::new(style);
    let longest = lines
        .iter()
        .map(|it| it.0.chars().count())
        .max()
        .unwrap_or(0);
    if longest > style.width / 2 {
        for (name, says) in lines {
            page.line(&page.paint(Ink::Heading, name));
            page.paragraph(4, 0, &clean(says));
        }
    } else {
        lines
            .iter()
            .for_each(|(name, says)| page.entry(0, &format!("{name:<longest$}"), &clean(says)));
    }
    page.finish()
}

/// An explanation: a title, and parts under their headings. A part that begins with
/// a line break is shown line by line, as an example of a file has to be.
#[must_use]
pub fn article(title: &str, parts: &[(&'static str, String)], style: RenderStyle) -> String {
    let mut page = Page::new(style);
    let title = page.paint(Ink::Heading, title);
    page.line(&title);
    for (head, text) in parts {
        match (text.strip_prefix('\n'), head.is_empty()) {
            (Some(lines), _) => {
                page.line(&format!("  {head}:"));
                for line in lines.lines() {
                    let indent = 4 + line.len() - line.trim_start().len();
                    if indent + line.trim().chars().count() <= page.width() {
                        page.line(&format!("    {line}"));
                    } else {
                        page.paragraph(indent, 2, line);
                    }
                }
            }
            (None, true) => page.paragraph(2, 0, text),
            (None, false) => page.paragraph(2, 2, &format!("{head}: {text}")),
        }
    }
    page.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_folder_and_a_name() {
        assert_eq!(split("scenarios/people/a.yaml"), ("scenarios/people", "a"));
        assert_eq!(split("a.yml"), ("", "a"));
        assert_eq!(split("a/b.json"), ("a", "b.json"));
    }
}
