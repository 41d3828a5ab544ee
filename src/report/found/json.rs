//! For machines.

use super::words::stopped;
use super::{Again, Found, Story, file_text};
use crate::explore::{Finding, WhyStopped};
use crate::report::machine;
use crate::report::seed_text;
use serde::Serialize;

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
    /// Values that could be anything, by path; or `region` and a name, wherever it stands.
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
        stopped: stopped(hunted.stopped).into(),
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
