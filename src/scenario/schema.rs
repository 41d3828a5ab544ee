//! The JSON Schemas of the files, for editors.

use serde_json::{Value, json};

use super::syntax::json_schema;
use super::tables::SCENARIO;

/// What the schemas are called; they are shipped in `schemas/`.
const HOME: &str = "urn:lifeboat:schema";

/// The schema of a scenario file. What one file leaves out a piece under `use` may
/// say, so some keys are only required where nothing is used.
#[must_use]
pub fn schema() -> Value {
    let id = format!("{HOME}:scenario.v1");
    let mut schema = json_schema(&SCENARIO, "A lifeboat scenario, v1", &id);
    let connector = ["region", "scm", "orgs"];
    relax(&mut schema);
    schema["required"] = json!(["scenario", "title"]);
    schema["if"] = json!({ "not": { "required": ["use"] } });
    schema["then"] = json!({
        "required": ["fleet"],
        "properties": { "fleet": {
            "required": ["connectors"],
            "properties": { "connectors": { "additionalProperties": { "required": connector } } },
        } },
    });
    schema
}

/// The schema of a piece that scenarios use: the same keys, and none is required
/// but the version.
#[must_use]
pub fn piece_schema() -> Value {
    let id = format!("{HOME}:scenario-piece.v1");
    let mut schema = json_schema(&SCENARIO, "A piece of a lifeboat scenario, v1", &id);
    relax(&mut schema);
    schema["required"] = json!(["scenario"]);
    schema
}

/// Maps that pieces are merged into: what one file leaves out another may say.
/// Lists and choices are replaced as a whole, so theirs stays required.
pub(super) const MERGED: &[&str] = &[
    "/properties/fleet",
    "/$defs/connector",
    "/$defs/expect-clock",
    "/$defs/expect-time",
    "/$defs/expect-loss",
    "/properties/parameters/properties/promotion/anyOf/1",
    "/properties/parameters/properties/recoveries/anyOf/1",
    "/properties/parameters/properties/resource-ids/anyOf/1",
];

/// Takes back what a merged scenario needs and a single file may leave out.
fn relax(schema: &mut Value) {
    for path in MERGED {
        if let Some(map) = schema.pointer_mut(path).and_then(Value::as_object_mut) {
            map.remove("required");
        }
    }
}
