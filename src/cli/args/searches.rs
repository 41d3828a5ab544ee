//! What the verbs take that look for what breaks a scenario.

use clap::ValueEnum;
use std::path::PathBuf;

/// `hunt`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Hunt {
    /// The scenario file.
    #[arg(value_name = "SCENARIO")]
    pub(in crate::cli) path: PathBuf,
    /// How many runs; 20,000 unless `--for` is given.
    #[arg(long, value_name = "N")]
    pub(in crate::cli) runs: Option<u64>,
    /// For how long, as in `90s` or `10m`. What is found is made small after that.
    #[arg(long = "for", value_name = "TIME")]
    pub(in crate::cli) time: Option<crate::time::Duration>,
    /// How each run is chosen.
    #[arg(long, default_value = "mix")]
    pub(in crate::cli) strategy: Strategy,
    /// The seed of the hunt; `--seed` is that of the scenario.
    #[arg(long, default_value = "1", value_name = "SEED", value_parser = crate::cli::settings::seed)]
    pub(in crate::cli) hunt_seed: u64,
    /// How many findings there are at most for one cause.
    #[arg(long, default_value = "3", value_name = "N")]
    pub(in crate::cli) ways: usize,
    /// Keep findings in this file; by default `NAME.findings.yaml` beside the scenario.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) findings: Option<PathBuf>,
    /// Keep nothing.
    #[arg(long, conflicts_with = "findings")]
    pub(in crate::cli) no_keep: bool,
    /// Write each finding as a scenario into this folder.
    #[arg(long, value_name = "FOLDER")]
    pub(in crate::cli) write: Option<PathBuf>,
    /// Print each finding as a test in Rust too.
    #[arg(long)]
    pub(in crate::cli) rust_test: bool,
    /// Break the procedure instead, step by step, and say who notices.
    #[arg(long)]
    pub(in crate::cli) procedure: bool,
}

/// How each run of a hunt is chosen.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cli) enum Strategy {
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
pub(in crate::cli) struct Replay {
    /// A file of findings, a scenario, or the id of a finding kept under this folder.
    #[arg(value_name = "FILE|ID")]
    pub(in crate::cli) what: String,
    /// Only this finding of the file.
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: Option<String>,
}

/// `oracle`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Oracle {
    /// How many runs each bug gets, for each seed.
    #[arg(long, default_value = "1000", value_name = "N")]
    pub(in crate::cli) runs: std::num::NonZeroU32,
    /// How many seeds each bug is hunted with; `--seed` is the first of them.
    #[arg(long, default_value = "3", value_name = "N")]
    pub(in crate::cli) seeds: std::num::NonZeroU32,
    /// Only bugs whose name or family contains this.
    #[arg(long, env = "LIFEBOAT_FILTER", value_name = "TEXT")]
    pub(in crate::cli) filter: Option<String>,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}
