//! What may be written on the command line.

use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Fire drills for the loss of a cloud region: scenario file in, verdict out.
#[derive(Parser, Debug)]
#[command(name = "lifeboat", version, max_term_width = 100, after_help = EXITS)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

const EXITS: &str =
    "Exit codes: 0 as declared, 1 violated, 2 wrong usage, 3 not valid, 4 nothing selected,
5 inconclusive, 6 not deterministic, 70 an error of the program, 74 a result that could not
be written, 130 interrupted.
Settings: flag, then environment, then lifeboat.toml found upwards, then default.";

/// What every verb takes.
#[derive(clap::Args, Debug)]
pub(super) struct Common {
    /// Whether to colour.
    #[arg(long, global = true, env = "LIFEBOAT_COLOR", value_name = "WHEN")]
    pub(super) color: Option<Color>,
    /// Say nothing but results.
    #[arg(long, short, global = true, env = "LIFEBOAT_QUIET", action = ArgAction::SetTrue,
        value_parser = clap::builder::FalseyValueParser::new())]
    pub(super) quiet: bool,
    /// The shape of the result.
    #[arg(long, short, global = true, env = "LIFEBOAT_FORMAT")]
    pub(super) format: Option<Format>,
    /// Use this seed instead of each scenario's own.
    #[arg(long, global = true, env = "LIFEBOAT_SEED", value_parser = super::settings::seed)]
    pub(super) seed: Option<u64>,
    /// How many drills run at once; by default one for each core.
    #[arg(long, short, global = true, env = "LIFEBOAT_JOBS", value_name = "N")]
    pub(super) jobs: Option<std::num::NonZeroUsize>,
    /// The most orgs that a fleet may have.
    #[arg(long, global = true, env = "LIFEBOAT_ORGS_MAX", value_name = "N")]
    pub(super) orgs_max: Option<u64>,
    /// The most alerts that a fleet may have; each takes four bytes.
    #[arg(long, global = true, env = "LIFEBOAT_ALERTS_MAX", value_name = "N")]
    pub(super) alerts_max: Option<u64>,
    /// The most orgs that a timeline may hit, each counted as often as it is hit.
    #[arg(long, global = true, env = "LIFEBOAT_STRUCK_MAX", value_name = "N")]
    pub(super) struck_max: Option<u64>,
}

/// When to colour.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Color {
    /// On a terminal that can, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The shape of a result.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Format {
    /// For people.
    #[default]
    Human,
    /// One document: `lifeboat schema result`.
    Json,
    /// The trace: a fact a line.
    Jsonl,
    /// A suite for each scenario, a case for each check.
    Junit,
    /// Annotations, and a step summary where `GITHUB_STEP_SUMMARY` is set.
    Github,
}

impl Format {
    /// As it is written.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Junit => "junit",
            Self::Github => "github",
        }
    }
}

/// What to do.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Run scenarios and say what came of them.
    Run(Run),
    /// Look for what breaks a scenario, and hand it back as a small one.
    Hunt(Hunt),
    /// Run what a hunt found again: that, and only that.
    Replay(Replay),
    /// Hunt every planted bug, and say whether hunting finds what it is for.
    Oracle(Oracle),
    /// Run scenarios on the same luck, and say how they differ.
    Compare(Compare),
    /// Lose every region of a fleet in turn, and say what would help.
    Plan(Plan),
    /// Say which assumption the odds hang on.
    Why(Why),
    /// Say how late people may begin and still keep every promise.
    Slack(Slack),
    /// Run a scenario thousands of times: how likely, how long, how much.
    Sample(Sample),
    /// Put parts of one sample together.
    Merge(Merge),
    /// Make a fleet out of what was exported from the real one.
    Import(Import),
    /// Read scenarios and say what is wrong with them, without running any.
    Check(Check),
    /// List what there is.
    List(List),
    /// Write a commented scenario to begin with.
    New(New),
    /// Explain a check, a fault, a parameter, an error code, …
    Explain(Explain),
    /// Print a JSON Schema.
    Schema(Schema),
    /// Serve the control plane over HTTP, for a recovery in any language.
    Serve(Serve),
}

/// `serve`
#[derive(clap::Args, Debug)]
pub(super) struct Serve {
    /// The scenario file.
    #[arg(value_name = "SCENARIO")]
    pub(super) path: PathBuf,
    /// Start this program, and end when it does; without it, Ctrl-C or a POST to
    /// /lifeboat/end ends the serving. The shell reads it.
    #[arg(long, value_name = "CMD")]
    pub(super) exec: Option<String>,
    /// What moves the clock: `polled`, `manual`, or `real:N`, N times real time, which
    /// alone cannot be repeated.
    #[cfg(feature = "serve")]
    #[arg(long, value_name = "MODE", default_value = "polled", value_parser = clock)]
    pub(super) clock: crate::serve::Mode,
    /// How long whoever reads the same thing twice has waited in between, where the
    /// clock is polled.
    #[arg(long, value_name = "DURATION", default_value = "15m", value_parser = duration)]
    pub(super) poll_every: crate::time::Duration,
    /// How long an operation takes that is answered with a promise (assumed).
    #[arg(long, value_name = "DURATION", default_value = "30s", value_parser = duration)]
    pub(super) operation_time: crate::time::Duration,
    /// Tell waits in whole seconds of Retry-After alone, for clients that read no
    /// milliseconds.
    #[arg(long)]
    pub(super) whole_seconds: bool,
    /// The address to listen at; others than this machine's own are warned of.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(super) bind: std::net::IpAddr,
    /// The port to listen at; 0 is any that is free.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub(super) port: u16,
    /// Speak HTTPS, with a certificate made for this run.
    #[arg(long)]
    pub(super) tls: bool,
    /// Write the certificate into this folder instead of one of its own.
    #[arg(long, value_name = "FOLDER", requires = "tls")]
    pub(super) tls_dir: Option<PathBuf>,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Everything about the run, not only what does not pass.
    #[arg(long)]
    pub(super) full: bool,
    /// List every assumption that the scenario rests on.
    #[arg(long)]
    pub(super) assumptions: bool,
}

fn duration(text: &str) -> Result<crate::time::Duration, String> {
    let found: crate::time::Duration = text.parse().map_err(|error| format!("{error}"))?;
    Some(found)
        .filter(|it| !it.is_zero())
        .ok_or_else(|| "more than nothing is needed".to_owned())
}

#[cfg(feature = "serve")]
fn clock(text: &str) -> Result<crate::serve::Mode, String> {
    use crate::serve::Mode;
    let says = "the clock is polled, manual, or real:N with N from 1 to 1000000";
    match text {
        "polled" => Ok(Mode::Polled),
        "manual" => Ok(Mode::Manual),
        _ => {
            let pace = text.strip_prefix("real:").and_then(|it| it.parse().ok());
            let pace = pace.filter(|it| (1..=1_000_000).contains(it));
            pace.map(Mode::Real).ok_or_else(|| says.to_owned())
        }
    }
}

/// `run`
#[derive(clap::Args, Debug)]
pub(super) struct Run {
    /// Scenario files, or folders of them.
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Only scenarios whose id, title or one of whose tags contains this.
    #[arg(long, env = "LIFEBOAT_FILTER", value_name = "TEXT")]
    pub(super) filter: Option<String>,
    /// Run everything twice, and name the first fact that differs.
    #[arg(long)]
    pub(super) verify: bool,
    /// Everything about every scenario, not only about those that do not pass.
    #[arg(long)]
    pub(super) full: bool,
    /// List every assumption that a scenario rests on.
    #[arg(long)]
    pub(super) assumptions: bool,
}

/// `hunt`
#[derive(clap::Args, Debug)]
pub(super) struct Hunt {
    /// The scenario file.
    #[arg(value_name = "SCENARIO")]
    pub(super) path: PathBuf,
    /// How many runs; 20,000 unless `--for` is given.
    #[arg(long, value_name = "N")]
    pub(super) runs: Option<u64>,
    /// For how long, as in `90s` or `10m`. What is found is made small after that.
    #[arg(long = "for", value_name = "TIME")]
    pub(super) time: Option<crate::time::Duration>,
    /// How each run is chosen.
    #[arg(long, default_value = "mix")]
    pub(super) strategy: Strategy,
    /// The seed of the hunt; `--seed` is that of the scenario.
    #[arg(long, default_value = "1", value_name = "SEED", value_parser = super::settings::seed)]
    pub(super) hunt_seed: u64,
    /// How many findings there are at most for one cause.
    #[arg(long, default_value = "3", value_name = "N")]
    pub(super) ways: usize,
    /// Keep findings in this file; by default `NAME.findings.yaml` beside the scenario.
    #[arg(long, value_name = "FILE")]
    pub(super) findings: Option<PathBuf>,
    /// Keep nothing.
    #[arg(long, conflicts_with = "findings")]
    pub(super) no_keep: bool,
    /// Write each finding as a scenario into this folder.
    #[arg(long, value_name = "FOLDER")]
    pub(super) write: Option<PathBuf>,
    /// Print each finding as a test in Rust too.
    #[arg(long)]
    pub(super) rust_test: bool,
    /// Break the procedure instead, step by step, and say who notices.
    #[arg(long)]
    pub(super) procedure: bool,
}

/// How each run of a hunt is chosen.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Strategy {
    /// One run of four random, two swarm, one guided.
    Mix,
    /// Any kinds, at any time, of any strength.
    Random,
    /// Each run has some kinds and strengths of its own.
    Swarm,
    /// What led somewhere new is kept, and varied.
    Guided,
}

impl From<Strategy> for crate::explore::Strategy {
    fn from(it: Strategy) -> Self {
        match it {
            Strategy::Mix => Self::Mix,
            Strategy::Random => Self::Random,
            Strategy::Swarm => Self::Swarm,
            Strategy::Guided => Self::Guided,
        }
    }
}

/// `replay`
#[derive(clap::Args, Debug)]
pub(super) struct Replay {
    /// A file of findings, a scenario, or the id of a finding kept under this folder.
    #[arg(value_name = "FILE|ID")]
    pub(super) what: String,
    /// Only this finding of the file.
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
}

/// `oracle`
#[derive(clap::Args, Debug)]
pub(super) struct Oracle {
    /// How many runs each bug gets, for each seed.
    #[arg(long, default_value = "1000", value_name = "N")]
    pub(super) runs: std::num::NonZeroU32,
    /// How many seeds each bug is hunted with; `--seed` is the first of them.
    #[arg(long, default_value = "3", value_name = "N")]
    pub(super) seeds: std::num::NonZeroU32,
    /// Only bugs whose name or family contains this.
    #[arg(long, env = "LIFEBOAT_FILTER", value_name = "TEXT")]
    pub(super) filter: Option<String>,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// `compare`
#[derive(clap::Args, Debug)]
pub(super) struct Compare {
    /// Two scenario files or more: all others are held against the first, on its seed.
    #[arg(required = true, value_name = "SCENARIO")]
    pub(super) paths: Vec<PathBuf>,
    /// How many runs of each.
    #[arg(long, default_value = "1000", value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) runs: u64,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// `plan`
#[derive(clap::Args, Debug)]
pub(super) struct Plan {
    /// The scenario file: its fleet, teams, procedure and parameters.
    #[arg(value_name = "SCENARIO")]
    pub(super) path: PathBuf,
    /// How many runs of each outage, and of each lever in each outage of one region.
    #[arg(long, default_value = "200", value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) runs: u64,
    /// How long each outage lasts; by default as long as the first outage of the
    /// scenario's timeline.
    #[arg(long, value_name = "TIME")]
    pub(super) lasts: Option<crate::time::Duration>,
    /// Only outages that this region is part of, in detail.
    #[arg(long, value_name = "REGION")]
    pub(super) region: Option<String>,
    /// Every outage in detail.
    #[arg(long)]
    pub(super) full: bool,
    /// What could be changed, and what it costs: a file of levers. Those of the program
    /// are written by `lifeboat new --kind levers`.
    #[arg(long, value_name = "FILE")]
    pub(super) levers: Option<PathBuf>,
    /// What levers are to make less: a quantity, as `lifeboat sample` names them.
    #[arg(long, default_value = "clocks.protection", value_name = "QUANTITY")]
    pub(super) by: String,
    /// How many levers are pulled one on top of the other.
    #[arg(long, default_value = "3", value_name = "N")]
    pub(super) steps: usize,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// `why`
#[derive(clap::Args, Debug)]
pub(super) struct Why {
    /// The scenario file.
    #[arg(value_name = "SCENARIO")]
    pub(super) path: PathBuf,
    /// What hangs on it: a quantity, as `lifeboat sample` names them.
    #[arg(long, default_value = "clocks.protection", value_name = "QUANTITY")]
    pub(super) of: String,
    /// How many runs of the scenario, and of each change of it.
    #[arg(long, default_value = "200", value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) runs: u64,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// `slack`
#[derive(clap::Args, Debug)]
pub(super) struct Slack {
    /// The scenario file.
    #[arg(value_name = "SCENARIO")]
    pub(super) path: PathBuf,
    /// Only for this party; by default for both.
    #[arg(long, value_name = "WHO")]
    pub(super) party: Option<Party>,
    /// How sharp the answer is: every delay tried is a multiple of this.
    #[arg(long, default_value = "1m", value_name = "TIME")]
    pub(super) resolution: crate::time::Duration,
    /// How many delays are tried to begin with, evenly spread over the run; by default as
    /// many as suit the fleet, 512 at most.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(super) looks: Option<u64>,
    /// The most runs for each party.
    #[arg(long, default_value = "20000", value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) runs_max: u64,
    /// Every group of orgs, however many there are.
    #[arg(long)]
    pub(super) full: bool,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// Who begins later.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Party {
    /// The customer, with detection.
    Customer,
    /// Microsoft's support, with the triage of a ticket.
    Support,
}

/// `sample`
#[derive(clap::Args, Debug)]
pub(super) struct Sample {
    /// The scenario file.
    #[arg(value_name = "SCENARIO")]
    pub(super) path: PathBuf,
    /// How many runs; at most so many where one of `--until-…` is given.
    #[arg(long, default_value = "10000", value_name = "N",
        value_parser = clap::value_parser!(u64).range(1..=1_000_000_000_000))]
    pub(super) runs: u64,
    /// Stop as soon as every objective of the scenario passes or fails.
    #[arg(long)]
    pub(super) until_settled: bool,
    /// Stop as soon as the 95th percentile of every clock is known to within this part
    /// of itself, as in `5%`.
    #[arg(long, value_name = "PART")]
    pub(super) until_sharp: Option<crate::chance::Probability>,
    /// Only the M-th of N equal parts of the runs, as in `1/4`. Needs `--checkpoint`.
    #[arg(long, value_name = "M/N", requires = "checkpoint",
        conflicts_with_all = ["until_settled", "until_sharp"])]
    pub(super) partition: Option<Partition>,
    /// Keep what is done in this file, whole at any moment: to go on from, or to merge.
    #[arg(long, value_name = "FILE")]
    pub(super) checkpoint: Option<PathBuf>,
    /// Go on from what is in the checkpoint, if it is there.
    #[arg(long, requires = "checkpoint")]
    pub(super) resume: bool,
    /// Write a row a run into this file, in their order.
    #[arg(long, value_name = "FILE")]
    pub(super) csv: Option<PathBuf>,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Every quantity and every check, also where there is nothing to see.
    #[arg(long)]
    pub(super) full: bool,
    /// Draw each quantity that varies: its histogram, its distribution function, or both.
    #[arg(long, value_name = "WHAT", num_args = 0..=1, default_missing_value = "both")]
    pub(super) draw: Option<Draw>,
}

/// What is drawn of a quantity.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Draw {
    /// Where the runs lie.
    Histogram,
    /// What share of them stays at or below a value.
    Ecdf,
    /// Both.
    Both,
}

impl From<Option<Draw>> for crate::report::odds::Draw {
    fn from(it: Option<Draw>) -> Self {
        match it {
            None => Self::Nothing,
            Some(Draw::Histogram) => Self::Histogram,
            Some(Draw::Ecdf) => Self::Ecdf,
            Some(Draw::Both) => Self::Both,
        }
    }
}

/// One of some equal parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Partition {
    part: u64,
    of: u64,
}

impl Partition {
    /// Its share of so many runs: the parts follow each other, and leave nothing out.
    pub(super) fn of(self, runs: u64) -> std::ops::Range<u64> {
        let end = |part: u64| (u128::from(runs) * u128::from(part) / u128::from(self.of)) as u64;
        end(self.part - 1)..end(self.part)
    }
}

impl std::str::FromStr for Partition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(part, of)| {
            let (part, of) = (part.parse().ok()?, of.parse().ok()?);
            (1 <= part && part <= of).then_some(Self { part, of })
        });
        parsed.ok_or_else(|| "expected as in 1/4, 2/4, 3/4, 4/4".to_owned())
    }
}

/// `merge`
#[derive(clap::Args, Debug)]
pub(super) struct Merge {
    /// Checkpoints of one sample.
    #[arg(required = true, value_name = "PART")]
    pub(super) parts: Vec<PathBuf>,
    /// Write what they are together into this file, as a part.
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Every quantity and every check, also where there is nothing to see.
    #[arg(long)]
    pub(super) full: bool,
    /// Draw each quantity that varies: its histogram, its distribution function, or both.
    #[arg(long, value_name = "WHAT", num_args = 0..=1, default_missing_value = "both")]
    pub(super) draw: Option<Draw>,
}

/// `import`
#[derive(clap::Args, Debug)]
pub(super) struct Import {
    /// Exports as JSON, in any order: answers of Resource Graph, lists of connectors,
    /// configurations, orgs, projects and repos as the API gives them and as `az` prints
    /// them; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Write the fleet to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Replace the names of connectors and orgs by numbers, and leave out all ids; messages
    /// name nothing either.
    #[arg(long)]
    pub(super) anonymise: bool,
    /// Leave out rows that cannot be used, and say which; by default the first of them
    /// means that nothing is written and the exit code is 3.
    #[arg(long)]
    pub(super) skip_unusable: bool,
}

/// `check`
#[derive(clap::Args, Debug)]
pub(super) struct Check {
    /// Scenario files, or folders of them.
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
}

/// `list`
#[derive(clap::Args, Debug)]
pub(super) struct List {
    /// What to list.
    #[arg(default_value = "checks", value_name = "WHAT")]
    pub(super) what: Listing,
    /// For `scenarios`: files, or folders of them.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
}

/// What can be listed.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Listing {
    /// What must hold.
    Checks,
    /// What can go wrong in a timeline.
    Faults,
    /// The points that the published procedure leaves open, and their defaults.
    Parameters,
    /// The built-in procedures.
    Procedures,
    /// The regions of both catalogues.
    Regions,
    /// Bugs that a scenario can plant.
    Defects,
    /// What people get wrong on a step.
    Slips,
    /// What steps can do.
    Commands,
    /// What a scenario may bound.
    Measures,
    /// The facts that the model rests on.
    Facts,
    /// The codes of errors in scenario files.
    Codes,
    /// The scenarios of a folder.
    Scenarios,
}

/// `new`
#[derive(clap::Args, Debug)]
pub(super) struct New {
    /// What to call it; `.yaml` is added. A file that is there is left alone.
    #[arg(default_value = "my-first-drill")]
    pub(super) name: String,
    /// What to begin with.
    #[arg(long, default_value = "first")]
    pub(super) kind: Kind,
}

/// Scenarios to begin with.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// The smallest: one connector, one outage.
    First,
    /// A published incident, with orgs of your own.
    Incident,
    /// People: teams with hours, slips, a slow ticket.
    People,
    /// Your own runbook: changes to the built-in procedure.
    Runbook,
    /// A fleet as a piece, to be named under `use`.
    Fleet,
    /// What could be changed, and what it costs: for `lifeboat plan --levers`.
    Levers,
}

/// `explain`
#[derive(clap::Args, Debug)]
pub(super) struct Explain {
    /// A check, fault, slip, defect, parameter, procedure, command, region, fact
    /// (`F-9`), error code (`LB0201`), or a word of the output (`vacuous`).
    #[arg(value_name = "ID")]
    pub(super) id: String,
}

/// `schema`
#[derive(clap::Args, Debug)]
pub(super) struct Schema {
    /// Of what.
    #[arg(default_value = "scenario")]
    pub(super) of: SchemaOf,
}

/// What has a schema.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SchemaOf {
    /// A scenario file.
    Scenario,
    /// A piece that scenarios name under `use`: a fleet, a procedure.
    Piece,
    /// The JSON result.
    Result,
    /// The JSON result of a hunt.
    Hunt,
    /// The JSON result of a procedure under mutation: `hunt --procedure`.
    Procedure,
    /// The JSON result of the oracle.
    Oracle,
    /// The JSON result of `compare`.
    Compare,
    /// The JSON result of `plan`.
    Plan,
    /// A file of levers.
    Levers,
    /// The JSON result of `why`.
    Why,
    /// The JSON result of `slack`.
    Slack,
    /// The JSON result of a sample.
    Sample,
    /// The OpenAPI document of what `serve` answers.
    Openapi,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn partitions_follow_each_other_and_leave_nothing_out() {
        for runs in [0, 1, 7, 10_000, u64::MAX] {
            for of in [1, 2, 3, 7, 100] {
                let parts = (1..=of).map(|it| format!("{it}/{of}").parse::<Partition>().unwrap());
                let end = parts.fold(0, |from, it| {
                    assert_eq!(it.of(runs).start, from);
                    it.of(runs).end
                });
                assert_eq!(end, runs);
            }
        }
        for bad in ["0/2", "3/2", "1", "a/b", "1/0", ""] {
            assert!(bad.parse::<Partition>().is_err(), "{bad}");
        }
    }
}
