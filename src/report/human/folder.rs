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
        let named = ScenarioVerdict::ALL.into_iter().filter(|&it| self.get(it) > 0);
        let mut parts: Vec<String> = named.map(|it| format!("{} {}", self.get(it), it.name())).collect();
        if self.broken > 0 {
            parts.push(format!("{} not to be trusted", self.broken));
        }
        write!(f, "{}: {}", counted(all, "scenario"), parts.join(", "))
    }
}

/// One file in a line: its verdict, where it is, and what it is about.
#[must_use]
pub fn folder_line(entry: &Entry, style: RenderStyle) -> String {
    let mut page = Page::new(style);
    let (ink, word) = match entry {
        Entry::Broken(_) => (Ink::Bad, "NOT TRUSTED"),
        other => verdict_word(other.verdict()),
    };
    let verdict = page.paint(ink, &format!("{word:<15}"));
    let about = match entry {
        Entry::Ran(ran) => clean(&ran.scenario.title),
        Entry::Invalid { diagnostics, .. } => counted(diagnostics.errors() as u64, "error"),
        Entry::Broken(broken) => clean(&broken.message),
    };
    let path = entry.path();
    page.line(&format!("{verdict} {path}"));
    page.line(&format!("{:16}{}", "", cut(&about, page.width().saturating_sub(16))));
    page.finish()
}

/// The end of a sweep.
#[must_use]
pub fn summary(entries: &[Entry], style: RenderStyle) -> String {
    let mut page = Page::new(style);
    let tally = Tally::of(entries);
    let bad = entries.iter().any(|it| !matches!(it, Entry::Ran(ran) if ran.assessed.verdict.passes()));
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
        Entry::Ran(ran) if !ran.assessed.verdict.passes() => Some(ran.again()),
        _ => None,
    }
}
