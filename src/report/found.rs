//! What a hunt found: as a file, for people, and for machines.

use super::entry::{Entry, Explain, Ran, drill, seed_text};
use super::machine;
use super::story::{Told, led_to};
use super::text::{Ink, Page, counted};
use crate::checks::Judgement;
use crate::explore::{Finding, Hunted, LUCKS, Stopped, WhyStopped};
use crate::scenario::syntax::RenderStyle;
use serde::Serialize;
use std::fmt::Write as _;

/// A finding, run once more for its story.
#[derive(Clone, Debug)]
pub struct Story {
    ran: Box<Ran>,
    place: usize,
    told: Vec<Told>,
}

impl Story {
    /// Tells a finding; nothing if its run cannot be trusted.
    #[must_use]
    pub fn of(finding: &Finding) -> Option<Self> {
        let Entry::Ran(ran) = drill(finding.scenario.clone(), Explain::Always, false) else {
            return None;
        };
        let is_it = |it: &Judgement| it.check == finding.cause.check;
        let place = ran.outcome.judgements.iter().position(is_it)?;
        let told = led_to(&ran, &ran.outcome.judgements[place]);
        Some(Self { ran, place, told })
    }

    /// The violation in a sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.ran.outcome.judgements[self.place].message
    }
}

/// What became of a finding from earlier, under the scenario as it is now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Again {
    /// It still fails.
    Fails,
    /// It does not fail any more.
    Holds,
    /// It cannot be tried, and why.
    Untried(String),
}

/// Everything about a hunt that a face shows.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The scenario's file.
    pub path: &'a str,
    /// The seed of the hunt.
    pub seed: u64,
    /// What came of it.
    pub hunted: &'a Hunted,
    /// The stories of its findings, in their order.
    pub stories: &'a [Option<Story>],
    /// What was kept from earlier: id, and what became of it.
    pub kept: &'a [(String, Again)],
    /// Where the findings are kept now.
    pub file: Option<&'a str>,
}

/// A finding as a scenario file, with a comment that tells what happens.
#[must_use]
pub fn file_text(finding: &Finding, story: Option<&Story>, seed: u64) -> String {
    let mut text = format!(
        "# Found by `lifeboat hunt`: {}, run {} of hunt {}.\n",
        finding.strategy.name(),
        finding.run,
        seed_text(seed)
    );
    if let Some(story) = story {
        let _ = writeln!(text, "# {}", story.message());
        if !finding.also.is_empty() {
            let _ = writeln!(text, "# {}", also_words(finding));
        }
        for it in &story.told {
            let _ = writeln!(text, "#   {:<12} {}", it.at.to_string(), it.text);
        }
    }
    for line in [
        shrunk_words(finding),
        free_words(finding),
        inevitable_words(finding, story),
    ] {
        if !line.is_empty() {
            let _ = writeln!(text, "# {line}");
        }
    }
    text + &finding.document.to_yaml()
}

/// A finding as a test in Rust.
#[must_use]
pub fn rust_test(finding: &Finding, story: Option<&Story>, seed: u64) -> String {
    let name = finding.id.replace('-', "_");
    let text = file_text(finding, story, seed);
    format!(
        "#[test]\nfn {name}() {{\n    let text = r####\"{text}\"####;\n    \
         let scenario = lifeboat::scenario::Reader::default()\n        \
         .read_text(\"{id}.yaml\", text)\n        .expect(\"the scenario is valid\");\n    \
         let outcome = lifeboat::drill::Drill::new(&scenario.plan).run();\n    \
         let check = outcome.judgements.iter().find(|it| it.check.slug() == \"{check}\");\n    \
         let verdict = check.map(|it| it.verdict.name());\n    \
         assert_ne!(verdict, Some(\"violated\"), \"{{check:?}}\");\n}}\n",
        id = finding.id,
        check = finding.cause.check.slug(),
    )
}

/// What else the scenario violates.
fn also_words(finding: &Finding) -> String {
    let checks = list(finding.also.iter().map(|it| it.check.slug()));
    format!("The same scenario violates too: {checks}.")
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn left_out_words(count: u64) -> String {
    let ways = counted(count, "more way");
    format!(
        "{ways} to fail left out, of causes that have enough already: `--ways` makes more small."
    )
}

fn shrunk_words(finding: &Finding) -> String {
    let why = match finding.shrunk.why {
        WhyStopped::Smallest => "nothing more can be taken out",
        WhyStopped::Bound => "the bound on steps was reached",
        WhyStopped::Asked => "somebody stopped it",
    };
    format!(
        "Made small in {} steps, {} of them kept; {why}.",
        finding.shrunk.tried, finding.shrunk.kept
    )
}

fn free_words(finding: &Finding) -> String {
    let free = finding.shrunk.free.iter();
    let free: Vec<String> = free
        .map(|it| format!("{} ({})", it.path, it.tried.join(", ")))
        .collect();
    match free.is_empty() {
        true => String::new(),
        false => format!(
            "Could be anything, as far as was tried: {}.",
            free.join("; ")
        ),
    }
}

fn inevitable_words(finding: &Finding, story: Option<&Story>) -> String {
    let Some(it) = &finding.inevitable else {
        return String::new();
    };
    let bound = format!(
        "tried: {} other lucks a branch, {} branches",
        LUCKS + 1,
        it.branches
    );
    match (&it.since, story) {
        (Some(fact), Some(story)) => {
            let what = super::describe(&story.ran.names(), &fact.what);
            format!(
                "Not to be avoided any more since {}: {what} ({bound}).",
                fact.at
            )
        }
        (Some(fact), None) => format!("Not to be avoided any more since {} ({bound}).", fact.at),
        (None, _) => format!("Not to be avoided from the beginning ({bound})."),
    }
}

fn stopped_words(stopped: Stopped) -> &'static str {
    match stopped {
        Stopped::Budget => "the budget is used up",
        Stopped::Asked => "its time was up, or somebody stopped it",
        Stopped::CoverageFlat => "coverage stopped growing",
    }
}

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
        &format!("Ended because {}{reached}.", stopped_words(hunted.stopped)),
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
        page.paragraph(0, 0, &left_out_words(hunted.left_out));
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
        page.paragraph(2, 0, &also_words(finding));
    }
    if let Some(story) = story {
        for it in &story.told {
            page.paragraph(4, 4, &format!("{}: {}", it.at, it.text));
        }
    }
    for line in [
        shrunk_words(finding),
        free_words(finding),
        inevitable_words(finding, story),
    ] {
        if !line.is_empty() {
            page.paragraph(2, 0, &line);
        }
    }
    page.line("");
    for line in finding.document.to_yaml().lines() {
        page.line(&format!("    {line}"));
    }
}

/// The result of a hunt, for machines.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Document {
    /// The version of this program.
    pub lifeboat: String,
    /// The version of this format.
    pub format: u32,
    /// The scenario's file.
    pub path: String,
    /// The seed of the hunt.
    pub seed: String,
    /// How many runs there were.
    pub runs: u64,
    /// How many of them violated what is not known to fail.
    pub violating: u64,
    /// How many states and sequences of facts guided runs reached.
    pub coverage: u64,
    /// Why it ended.
    pub stopped: String,
    /// What the scenario violates as it stands, without any fault thrown.
    pub as_it_stands: Vec<String>,
    /// What was found.
    pub findings: Vec<FindingJson>,
    /// How many more ways to fail were not made small: `--ways`.
    pub left_out: u64,
    /// Known failures that came up, with the number of runs.
    pub known: Vec<(String, u64)>,
    /// Findings from earlier.
    pub kept: Vec<KeptJson>,
}

/// What became of a finding from earlier.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct KeptJson {
    /// Its name.
    pub id: String,
    /// `fails`, `holds` or `cannot-be-tried`.
    pub outcome: &'static str,
    /// Why it cannot be tried.
    pub why: Option<String>,
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct FindingJson {
    /// Its name.
    pub id: String,
    /// Which check is violated.
    pub check: String,
    /// Which others the same scenario violates.
    pub also: Vec<String>,
    /// The violation in a sentence.
    pub message: String,
    /// The kinds of fault that it needs.
    pub faults: Vec<String>,
    /// Which strategy found it.
    pub strategy: String,
    /// In which run it came up first.
    pub run: u64,
    /// In how many it came up.
    pub runs: u64,
    /// How many scenarios were tried to make it small.
    pub steps: u64,
    /// Whether nothing more can be taken out.
    pub smallest: bool,
    /// Values that could be anything, by path.
    pub free: Vec<String>,
    /// From when on it could not be avoided, in milliseconds; null if that was not found.
    pub inevitable_since_ms: Option<i64>,
    /// The hash of its run.
    pub trace_hash: String,
    /// A scenario file that shows it.
    pub scenario: String,
}

/// The document of a hunt.
#[must_use]
pub fn document(found: &Found<'_>) -> Document {
    let hunted = found.hunted;
    let one = |(finding, story): (&Finding, &Option<Story>)| FindingJson {
        id: finding.id.clone(),
        check: finding.cause.check.slug().into(),
        also: finding
            .also
            .iter()
            .map(|it| it.check.slug().into())
            .collect(),
        message: story
            .as_ref()
            .map_or_else(String::new, |it| it.message().into()),
        faults: finding.kinds.iter().map(|it| (*it).into()).collect(),
        strategy: finding.strategy.name().into(),
        run: finding.run,
        runs: finding.runs,
        steps: finding.shrunk.tried,
        smallest: finding.shrunk.why == WhyStopped::Smallest,
        free: finding
            .shrunk
            .free
            .iter()
            .map(|it| it.path.clone())
            .collect(),
        inevitable_since_ms: finding
            .inevitable
            .and_then(|it| it.since)
            .map(|it| it.at.as_millis()),
        trace_hash: format!("{:#018x}", finding.trace_hash),
        scenario: file_text(finding, story.as_ref(), found.seed),
    };
    Document {
        lifeboat: env!("CARGO_PKG_VERSION").into(),
        format: 1,
        path: found.path.into(),
        seed: seed_text(found.seed),
        runs: hunted.progress.runs,
        violating: hunted.progress.violating,
        coverage: hunted.progress.coverage as u64,
        stopped: stopped_words(hunted.stopped).into(),
        as_it_stands: hunted
            .as_it_stands
            .iter()
            .map(|it| it.slug().into())
            .collect(),
        findings: hunted.findings.iter().zip(found.stories).map(one).collect(),
        left_out: hunted.left_out,
        known: hunted
            .known
            .iter()
            .map(|it| (it.check.slug().into(), it.runs))
            .collect(),
        kept: found.kept.iter().map(kept).collect(),
    }
}

fn kept((id, again): &(String, Again)) -> KeptJson {
    let (outcome, why) = match again {
        Again::Fails => ("fails", None),
        Again::Holds => ("holds", None),
        Again::Untried(why) => ("cannot-be-tried", Some(why.clone())),
    };
    let id = id.clone();
    KeptJson { id, outcome, why }
}

/// The whole as JSON.
#[must_use]
pub fn json(found: &Found<'_>) -> String {
    machine::pretty(&document(found))
}

/// A finding a line.
#[must_use]
pub fn jsonl(found: &Found<'_>) -> String {
    let line = |it: &FindingJson| serde_json::to_string(it).expect("a finding is JSON") + "\n";
    document(found).findings.iter().map(line).collect()
}

/// Annotations on the scenario's file.
#[must_use]
pub fn github(found: &Found<'_>) -> String {
    let one = |it: &FindingJson| {
        let escaped = |text: &str| text.replace('%', "%25").replace('\n', "%0A");
        let message = format!("{}: {}\n{}", it.id, it.message, it.scenario);
        format!(
            "::error file={},title={}::{}\n",
            found.path,
            it.check,
            escaped(&message)
        )
    };
    document(found).findings.iter().map(one).collect()
}

/// The schema of [`Document`].
#[cfg(feature = "cli")]
#[must_use]
pub fn schema_text() -> String {
    machine::schema::<Document>()
}
