//! What the verbs take that tell of what there is.

use clap::ValueEnum;
use std::path::PathBuf;

/// `list`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct List {
    /// What to list.
    #[arg(default_value = "checks", value_name = "WHAT")]
    pub(in crate::cli) what: Listing,
    /// For `scenarios`: files, or folders of them.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(in crate::cli) paths: Vec<PathBuf>,
}

/// What can be listed.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cli) enum Listing {
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
pub(in crate::cli) struct New {
    /// What to call it; `.yaml` is added. A file that is there is left alone.
    #[arg(default_value = "my-first-drill")]
    pub(in crate::cli) name: String,
    /// What to begin with.
    #[arg(long, default_value = "first")]
    pub(in crate::cli) kind: Kind,
}

/// Scenarios to begin with.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cli) enum Kind {
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
pub(in crate::cli) struct Explain {
    /// A check, fault, slip, defect, parameter, procedure, command, region, fact
    /// (`F-9`), error code (`LB0201`), or a word of the output (`vacuous`).
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: String,
}

/// `schema`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Schema {
    /// Of what.
    #[arg(default_value = "scenario")]
    pub(in crate::cli) of: SchemaOf,
}

/// What has a schema.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cli) enum SchemaOf {
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
