//! `schema`: JSON Schemas, for editors and for whoever reads results.

use super::args::{self, SchemaOf};
use super::terminal::Terminal;
use super::{Ended, output};
use crate::report::{Exit, json};
use crate::scenario;

pub(super) fn schema(verb: &args::Schema, _terminal: &Terminal) -> Ended {
    let text = match verb.of {
        SchemaOf::Scenario => format!("{:#}\n", scenario::schema()),
        SchemaOf::Piece => format!("{:#}\n", scenario::piece_schema()),
        SchemaOf::Result => json::schema_text(),
    };
    output::print(&text)?;
    Ok(Exit::Success)
}
