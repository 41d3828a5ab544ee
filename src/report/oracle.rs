//! What hunting every planted bug came to: for people, and for machines.

use super::machine;
use super::text::{Ink, Page, Table, counted};
use crate::checks::CheckId;
use crate::explore::{Bug, Score};
use crate::scenario::syntax::RenderStyle;
use crate::time::Duration;
use serde::Serialize;
use std::collections::BTreeMap;

/// How long it took: for whoever waits, and never part of what is compared.
#[derive(Clone, Debug, Default)]
pub struct Took {
    /// Everything.
    pub all: Duration,
    /// By bug: its hunts, and making its catch small.
    pub bugs: BTreeMap<&'static str, (Duration, Duration)>,
}

/// For people. Without times it is the same for the same score.
#[must_use]
pub fn human(score: &Score, style: RenderStyle, took: Option<&Took>) -> String {
    let mut page = Page::new(style);
    bugs(&mut page, score, took);
    checks(&mut page, score);
    clean(&mut page, score);
    summary(&mut page, score, took);
    page.finish()
}

fn bugs(page: &mut Page, score: &Score, took: Option<&Took>) {
    let mut table = Table::default();
    let mut head = vec!["bug", "runs", "seeds", "con.", "orgs", "faults"];
    if took.is_some() {
        head.extend(["hunt", "shrink"]);
    }
    table.row(head.into_iter().map(str::to_owned).collect());
    for bug in &score.bugs {
        let size = |of: fn(crate::explore::Size) -> usize| {
            bug.small.map_or("-".to_owned(), |it| of(it).to_string())
        };
        let mut row = vec![
            bug.defect.name.to_owned(),
            bug.median().map_or("-".to_owned(), |it| it.to_string()),
            format!("{}/{}", bug.seeds(), bug.after.len()),
            size(|it| it.connectors),
            size(|it| it.orgs),
            size(|it| it.faults),
        ];
        if let Some((hunt, shrink)) = took.and_then(|it| it.bugs.get(bug.defect.name)) {
            row.extend([seconds(*hunt), seconds(*shrink)]);
        }
        table.row(row);
    }
    page.heading("Bugs: the run that finds it, the median over seeds; the size of what is left");
    // With times it is closer, to stay within 80 columns.
    let apart = if took.is_some() { 1 } else { 2 };
    let mut lines = table.lines(apart).into_iter();
    page.line(&lines.next().unwrap_or_default());
    for (line, bug) in lines.zip(&score.bugs) {
        page.line(&line);
        page.paragraph(4, 0, &by(page, bug));
    }
}

/// Who caught it.
fn by(page: &Page, bug: &Bug) -> String {
    if bug.is_found() {
        return slugs(bug.caught_by.iter().copied());
    }
    match bug.excuse() {
        Some(reason) => format!("not found, as declared: {reason}"),
        None => page.paint(Ink::Bad, "not found"),
    }
}

fn checks(page: &mut Page, score: &Score) {
    let mut table = Table::default();
    let row = |cells: [String; 3]| cells.to_vec();
    table.row(row(["check".into(), "bugs".into(), "alone".into()]));
    let mut alone = Vec::new();
    for check in CheckId::ALL {
        let (all, only) = score.caught_by(check);
        let (all, count) = (all.len().to_string(), only.len().to_string());
        table.row(row([check.slug().into(), all, count]));
        alone.push(only);
    }
    page.heading("Checks: how many bugs each catches, and how many no other catches");
    let mut lines = table.lines(2).into_iter();
    page.line(&lines.next().unwrap_or_default());
    for (line, only) in lines.zip(&alone) {
        page.line(&line);
        let names: Vec<&str> = only.iter().map(|it| it.defect.name).collect();
        if !names.is_empty() {
            page.paragraph(4, 0, &names.join(", "));
        }
    }
    let never = CheckId::ALL.into_iter().zip(&alone);
    let never = never.filter(|it| it.1.is_empty()).map(|it| it.0);
    page.gap();
    page.paragraph(2, 0, &format!("Never alone: {}.", slugs(never)));
    let few: Vec<CheckId> = CheckId::ALL
        .into_iter()
        .filter(|it| score.caught_by(*it).0.len() < 2)
        .collect();
    let text = if few.is_empty() {
        "Every check catches two bugs or more.".to_owned()
    } else {
        format!("Fewer than two bugs are caught by {}.", slugs(few))
    };
    page.paragraph(2, 0, &text);
}

fn clean(page: &mut Page, score: &Score) {
    page.heading("Without any bug");
    let runs = score.trial.runs * score.trial.seeds;
    let list = |of: &[(CheckId, u64)]| {
        let one = |it: &(CheckId, u64)| format!("{} ({})", it.0.slug(), it.1);
        of.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let known = match &score.known[..] {
        [] => "Nothing that is known to fail does.".to_owned(),
        known => format!("Known to fail, of {} runs: {}.", runs, list(known)),
    };
    page.paragraph(2, 0, &known);
    let alarms = match &score.alarms[..] {
        [] => "No false alarm.".to_owned(),
        alarms => page.paint(Ink::Bad, &format!("False alarms: {}.", list(alarms))),
    };
    page.paragraph(2, 0, &alarms);
}

fn summary(page: &mut Page, score: &Score, took: Option<&Took>) {
    page.gap();
    let bugs = score.bugs.len() as u64;
    let trial = score.trial;
    page.paragraph(
        0,
        0,
        &format!(
            "{} of {} found, each within {} for each of {}.",
            score.found(),
            counted(bugs, "planted bug"),
            counted(trial.runs, "run"),
            counted(trial.seeds, "seed")
        ),
    );
    let (small, all) = score.small();
    page.paragraph(
        0,
        0,
        &format!("{small} of {all} are left with at most 2 connectors, 3 orgs and 2 faults."),
    );
    let survivors: Vec<&str> = score.survivors().map(|it| it.defect.name).collect();
    if !survivors.is_empty() {
        let text = format!("Not found, without a reason: {}.", survivors.join(", "));
        let text = page.paint(Ink::Bad, &text);
        page.paragraph(0, 0, &text);
    }
    if score.found() == 0 {
        let text = "Nothing was found at all: hunting is broken.";
        let text = page.paint(Ink::Bad, text);
        page.line(&text);
    }
    if let Some(took) = took {
        let mut shrink: Vec<Duration> = took.bugs.values().map(|it| it.1).collect();
        shrink.sort_unstable();
        let median = shrink.get(shrink.len() / 2).copied().unwrap_or_default();
        page.line(&format!(
            "It took {} s; making a catch small, {} s in the median.",
            seconds(took.all),
            seconds(median)
        ));
    }
}

fn slugs(checks: impl IntoIterator<Item = CheckId>) -> String {
    let names: Vec<&str> = checks.into_iter().map(CheckId::slug).collect();
    names.join(", ")
}

fn seconds(it: Duration) -> String {
    let hundredths = it.as_millis() / 10;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The score as JSON.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct ScoreJson<'a> {
    /// `lifeboat-oracle.v1`.
    format: &'static str,
    /// The most runs that each bug was hunted for, for each seed.
    runs: u64,
    /// How many seeds each bug was hunted with.
    seeds: u64,
    /// The first of them.
    seed: u64,
    /// Whether every bug was found, or has its reason, and there was no false alarm.
    good: bool,
    /// How many bugs were found.
    found: usize,
    /// Each bug.
    bugs: Vec<BugJson<'a>>,
    /// Each check.
    checks: Vec<CheckJson<'a>>,
    /// Known failures of the clean fleet, with the number of runs.
    known: BTreeMap<&'static str, u64>,
    /// False alarms: other failures of the clean fleet, with the number of runs.
    alarms: BTreeMap<&'static str, u64>,
}

/// A planted bug.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct BugJson<'a> {
    /// Its name under `defects`.
    bug: &'a str,
    /// `platform`, `procedure` or `people`.
    family: &'a str,
    /// Whether it was found with every seed.
    found: bool,
    /// The checks that saw it.
    caught_by: Vec<&'static str>,
    /// For each seed, the run that found it.
    after: &'a [Option<u64>],
    /// The median of those.
    median: Option<u64>,
    /// Why it may survive.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    /// The smallest scenario that shows it.
    small: Option<SizeJson>,
}

/// The size of a scenario that was made small.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct SizeJson {
    /// Its connectors.
    connectors: usize,
    /// Its orgs.
    orgs: usize,
    /// Its faults.
    faults: usize,
    /// How many scenarios were tried on the way.
    tried: u64,
}

/// What a check caught.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct CheckJson<'a> {
    /// Its name.
    check: &'a str,
    /// How many bugs it caught.
    bugs: usize,
    /// Those that no other check caught.
    alone: Vec<&'a str>,
}

/// For machines; the same for the same score.
#[must_use]
pub fn json(score: &Score) -> String {
    let bug = |it| bug_json(it);
    let check = |it: CheckId| {
        let (all, alone) = score.caught_by(it);
        CheckJson {
            check: it.slug(),
            bugs: all.len(),
            alone: alone.iter().map(|it| it.defect.name).collect(),
        }
    };
    let counts = |of: &[(CheckId, u64)]| of.iter().map(|it| (it.0.slug(), it.1)).collect();
    let document = ScoreJson {
        format: "lifeboat-oracle.v1",
        runs: score.trial.runs,
        seeds: score.trial.seeds,
        seed: score.trial.seed,
        good: score.is_good(),
        found: score.found(),
        bugs: score.bugs.iter().map(bug).collect(),
        checks: CheckId::ALL.into_iter().map(check).collect(),
        known: counts(&score.known),
        alarms: counts(&score.alarms),
    };
    machine::pretty(&document)
}

/// The schema of [`json`].
#[cfg(feature = "cli")]
#[must_use]
pub fn schema_text() -> String {
    machine::schema::<ScoreJson<'_>>()
}

fn bug_json(it: &Bug) -> BugJson<'_> {
    BugJson {
        bug: it.defect.name,
        family: it.defect.family.name(),
        found: it.is_found(),
        caught_by: it.caught_by.iter().map(|it| it.slug()).collect(),
        after: &it.after,
        median: it.median(),
        reason: if it.is_found() { None } else { it.excuse() },
        small: it.small.map(|it| SizeJson {
            connectors: it.connectors,
            orgs: it.orgs,
            faults: it.faults,
            tried: it.tried,
        }),
    }
}
