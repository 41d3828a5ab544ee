//! `schema`: JSON Schemas, for editors and for whoever reads results.

use super::args::{self, Format, SchemaOf};
use super::settings::Settings;
use super::{Ended, output};
use crate::report::{Exit, compare, found, json, mutants, odds, oracle, planned, slack, why};
use crate::scenario;

pub(super) fn schema(verb: &args::Schema, settings: &Settings) -> Ended {
    // A schema is JSON, whoever reads it.
    settings.format_of("schema", &[Format::Human, Format::Json])?;
    let text = match verb.of {
        SchemaOf::Scenario => format!("{:#}\n", scenario::schema()),
        SchemaOf::Piece => format!("{:#}\n", scenario::piece_schema()),
        SchemaOf::Result => json::schema_text(),
        SchemaOf::Hunt => found::schema_text(),
        SchemaOf::Procedure => mutants::schema_text(),
        SchemaOf::Oracle => oracle::schema_text(),
        SchemaOf::Compare => compare::schema_text(),
        SchemaOf::Plan => planned::schema_text(),
        SchemaOf::Levers => format!("{:#}\n", scenario::levers::schema()),
        SchemaOf::Why => why::schema_text(),
        SchemaOf::Slack => slack::schema_text(),
        SchemaOf::Sample => odds::schema_text(),
        #[cfg(feature = "serve")]
        SchemaOf::Openapi => format!("{:#}\n", crate::serve::openapi()),
        #[cfg(not(feature = "serve"))]
        SchemaOf::Openapi => return Err(super::Stop::usage(super::WITHOUT_SERVE)),
    };
    output::print(&text)?;
    Ok(Exit::Success)
}
