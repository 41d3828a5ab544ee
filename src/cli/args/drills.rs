//! What the verbs take that read scenarios or a fleet, and run each once.

use std::path::PathBuf;

/// `run`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Run {
    /// Scenario files, or folders of them.
    #[arg(required = true, value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Only scenarios whose id, title or one of whose tags contains this.
    #[arg(long, env = "LIFEBOAT_FILTER", value_name = "TEXT")]
    pub(in crate::cli) filter: Option<String>,
    /// Run everything twice, and name the first fact that differs.
    #[arg(long)]
    pub(in crate::cli) verify: bool,
    /// Everything about every scenario, not only about those that do not pass.
    #[arg(long)]
    pub(in crate::cli) full: bool,
    /// List every assumption that a scenario rests on.
    #[arg(long)]
    pub(in crate::cli) assumptions: bool,
}

/// `check`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Check {
    /// Scenario files, or folders of them.
    #[arg(required = true, value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
}

/// `import`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Import {
    /// Exports as JSON, in any order: answers of Resource Graph, lists of connectors,
    /// configurations, orgs, projects and repos as the API gives them and as `az` prints
    /// them; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// Write the fleet to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Replace the names of connectors and orgs by numbers, and leave out all ids; messages
    /// name nothing either.
    #[arg(long)]
    pub(in crate::cli) anonymise: bool,
    /// Leave out rows that cannot be used, and say which; by default the first of them
    /// means that nothing is written and the exit code is 3.
    #[arg(long)]
    pub(in crate::cli) skip_unusable: bool,
}
