//! What may be written on the command line.

mod drills;
mod odds;
mod reference;
mod searches;
mod serving;

pub(super) use drills::{Check, Import, Run};
pub(super) use odds::{Compare, Merge, Party, Plan, Sample, Slack, Why};
pub(super) use reference::{Explain, Kind, List, Listing, New, Schema, SchemaOf};
pub(super) use searches::{Hunt, Oracle, Replay};
pub(super) use serving::Serve;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};

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

/// A time that is not nothing.
fn duration(text: &str) -> Result<crate::time::Duration, String> {
    let found: crate::time::Duration = text.parse().map_err(|error| format!("{error}"))?;
    Some(found)
        .filter(|it| !it.is_zero())
        .ok_or_else(|| "more than nothing is needed".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }
}
