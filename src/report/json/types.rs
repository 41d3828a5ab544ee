//! The shape of the JSON result. Its schema is made from these types, their words
//! and all.

use serde::Serialize;
use std::collections::BTreeMap;

/// A whole result.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Document {
    /// The version of the program.
    pub lifeboat: String,
    /// The version of this format.
    pub format: u32,
    /// The exit code of the program: that of the worst scenario.
    pub exit_code: u8,
    /// How many scenarios came to each verdict; those of a run that cannot be
    /// trusted are under `broken`.
    pub summary: BTreeMap<String, u64>,
    /// Every scenario, in the order of the paths.
    pub scenarios: Vec<ScenarioResult>,
}

/// One scenario.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ScenarioResult {
    /// Its `id`, else its file's name without `.yaml`.
    pub id: String,
    /// Its file.
    pub path: String,
    /// Its title; null where the file could not be read.
    pub title: Option<String>,
    /// The seed, in hexadecimal; null where the file could not be read.
    pub seed: Option<String>,
    /// `pass`, `fail`, `known-failure`, `unexpected-pass`, `inconclusive`,
    /// `invalid`.
    pub verdict: String,
    /// The hash of every fact, in hexadecimal; null where nothing was run.
    pub trace_hash: Option<String>,
    /// How many facts there were.
    pub facts: u64,
    /// When the run ended; null where nothing was run.
    pub end_ms: Option<i64>,
    /// What each check that is on says.
    pub checks: Vec<CheckResult>,
    /// What came of each bound on a measure.
    pub bounds: Vec<BoundJson>,
    /// What the run was like, in numbers; null where nothing was run.
    pub measures: Option<MeasuresJson>,
    /// What the scenario rests on.
    pub assumptions: Vec<AssumptionJson>,
    /// What is wrong with the file, or questionable about it.
    pub diagnostics: Vec<DiagnosticJson>,
    /// Why a run cannot be trusted; null where it can.
    pub broken: Option<String>,
    /// The command that does it again; null where the file could not be read.
    pub again: Option<String>,
}

/// A check's verdict.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct CheckResult {
    /// Which check.
    pub id: String,
    /// `held`, `violated`, `inconclusive`, `excused` or `vacuous`.
    pub verdict: String,
    /// How it counts in its scenario: a scenario verdict.
    pub counts_as: String,
    /// When it was first violated; for a deadline, the deadline.
    pub at_ms: Option<i64>,
    /// The first few of those that did not hold.
    pub subjects: Vec<String>,
    /// How many got the verdict. Where it held: how many were put to the test.
    pub subject_count: u64,
    /// How far from its limit the nearest miss was: the deadline minus the instant when
    /// it was met; negative where it was late. Null without a deadline, and where
    /// something was never met.
    pub margin_ms: Option<i64>,
    /// One sentence.
    pub message: String,
    /// Why it is known to fail.
    pub known_failure: Option<String>,
    /// The facts behind it: `F-9`.
    pub cites: Vec<String>,
    /// The facts of the run that led to it, where they were recorded.
    pub led_by: Vec<LedBy>,
    /// Where the scenario speaks of it.
    pub place: Option<PlaceJson>,
}

/// A fact that led to a verdict.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct LedBy {
    /// When.
    pub at_ms: i64,
    /// One sentence.
    pub text: String,
}

/// A bound on a measure.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct BoundJson {
    /// What is bound: `clocks.full`.
    pub measure: String,
    /// `held`, `violated`, `inconclusive`, `excused` or `vacuous`.
    pub verdict: String,
    /// How it counts in its scenario: a scenario verdict.
    pub counts_as: String,
    /// The most that it may show, in milliseconds or records.
    pub most: u64,
    /// What it showed, in milliseconds or records; null for a clock that never
    /// stopped, or where there was nothing to measure.
    pub shown: Option<u64>,
    /// When it was exceeded, where that is an instant.
    pub at_ms: Option<i64>,
    /// How much room was left, of a length of time; negative where it was exceeded.
    pub margin_ms: Option<i64>,
    /// One sentence.
    pub message: String,
    /// Why it is known to fail.
    pub known_failure: Option<String>,
    /// Where the scenario speaks of it.
    pub place: Option<PlaceJson>,
}

/// A place in a file.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PlaceJson {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// The column, from 1, in characters.
    pub column: u64,
}

/// The measures of a run.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct MeasuresJson {
    /// The largest clocks of all orgs, each from its own connector's outage.
    pub clocks_ms: ClocksJson,
    /// Where the time of each clock went, for the slowest org; a clock without it
    /// never stopped, or the run was too long to be recorded.
    pub critical_paths: BTreeMap<String, PathJson>,
    /// The longest time that one org was orphaned in all.
    pub blind_ms_max: u64,
    /// The same, summed over all orgs.
    pub blind_ms_total: u64,
    /// Orgs that existed at some time.
    pub orgs: u64,
    /// The largest number of orgs that were orphaned at one time.
    pub orphaned_peak: u64,
    /// What became of the alerts.
    pub alerts: LinesJson,
    /// What became of every kind of record, `alerts` among them.
    pub records: BTreeMap<String, LinesJson>,
    /// Records by line, then by who was responsible (F-4).
    pub responsible: BTreeMap<String, BTreeMap<String, u64>>,
    /// Alerts that were lost to delay, by the step that waited.
    pub lost_to_delay_by_step: BTreeMap<String, u64>,
}

/// Four clocks.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ClocksJson {
    /// A working owner again.
    pub ownership: Option<u64>,
    /// Recommendations, graph entities and recent alerts are back.
    pub protection: Option<u64>,
    /// Grants, auto-discovery and annotations are back.
    pub configuration: Option<u64>,
    /// All of it, promoted, the old connector gone.
    pub full: Option<u64>,
}

/// A clock, split.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PathJson {
    /// Whose clock it is: the slowest org's.
    pub org: String,
    /// When it began.
    pub from_ms: i64,
    /// What the time was spent on; the parts sum to the clock.
    pub parts_ms: BTreeMap<String, u64>,
    /// The steps on the way, first to last.
    pub via: Vec<String>,
}

/// Where records of one kind ended: the lines sum to `at_outage`.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct LinesJson {
    /// What the connectors held when their outages began.
    pub at_outage: u64,
    /// Where it was.
    pub kept: u64,
    /// In another connector.
    pub recreated: u64,
    /// Not recreated, as F-14 says.
    pub lost_as_documented: u64,
    /// Inside the window when the outage began, outside when it counted.
    pub lost_to_delay: u64,
    /// Destroyed, and nothing in F-14 says so.
    pub lost_undocumented: u64,
    /// In two homes, or twice in one.
    pub duplicated: u64,
    /// Its org was deleted at its SCM.
    pub gone_with_org: u64,
    /// The run ended first.
    pub pending: u64,
}

/// A value that a scenario rests on.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct AssumptionJson {
    /// What it is: `alert-window.length`.
    pub name: String,
    /// Its value, as it would stand in a file.
    pub value: String,
    /// `vendor`, `assumed` or `user`.
    pub origin: String,
    /// A fact, or the author's words; may be empty.
    pub source: String,
    /// Whether the scenario says something else than the default.
    pub changed: bool,
}

/// Something that is wrong with a file, or questionable about it.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct DiagnosticJson {
    /// `error` or `warning`.
    pub severity: String,
    /// The stable code: `LB0201`.
    pub code: String,
    /// The stable name: `unknown-key`.
    pub name: String,
    /// Where it is.
    pub place: PlaceJson,
    /// What is wrong.
    pub message: String,
    /// What is to be said about the place; may be empty.
    pub detail: String,
    /// What to do; may be empty.
    pub help: String,
}
