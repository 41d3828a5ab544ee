//! The JSON Schema of a shape, for editors: they complete, explain and underline while one writes.

use serde_json::{Map, Value, json};

use super::shape::{Alternative, Field, Shape, TextKind};

/// The schema of a shape, in draft 2020-12.
///
/// It accepts whatever [`validate`](super::validate()) accepts. It cannot say everything that is
/// checked: a pattern may allow more than the parser behind it.
#[must_use]
pub fn json_schema(shape: &'static Shape, title: &str, id: &str) -> Value {
    let mut writer = Writer {
        definitions: Map::new(),
    };
    let mut root = Map::new();
    root.insert(
        "$schema".into(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    root.insert("$id".into(), json!(id));
    root.insert("title".into(), json!(title));
    root.extend(writer.shape(shape));
    if !writer.definitions.is_empty() {
        // By name, so that the file does not change when tables are reordered.
        writer.definitions.sort_keys();
        root.insert("$defs".into(), Value::Object(writer.definitions));
    }
    Value::Object(root)
}

struct Writer {
    definitions: Map<String, Value>,
}

impl Writer {
    fn shape(&mut self, shape: &'static Shape) -> Map<String, Value> {
        let schema = match shape {
            // A text that says something.
            Shape::Word => json!({ "type": "string", "pattern": "\\S" }),
            Shape::Text(kind) => text(kind),
            Shape::Number(kind) => {
                json!({ "type": "number", "description": kind.doc, "examples": [example(kind)] })
            }
            Shape::Bool => json!({ "type": "boolean" }),
            Shape::Whole { min, max } => whole(*min, *max),
            Shape::OneOf(variants) => {
                let one = |name: &str, doc: &str| json!({ "const": name, "description": doc });
                let all: Vec<Value> = variants.iter().map(|v| one(v.name, v.doc)).collect();
                json!({ "type": "string", "oneOf": all })
            }
            Shape::Map(fields) => self.map(fields),
            Shape::MapOf {
                key,
                value,
                min,
                max,
            } => {
                let names = json!({ "pattern": anchored(key) });
                let value = Value::Object(self.shape(value));
                let schema = json!({
                    "type": "object",
                    "propertyNames": names,
                    "additionalProperties": value,
                });
                sized(schema, ("minProperties", *min), ("maxProperties", *max))
            }
            Shape::ListOf { item, min, max } => {
                let item = Value::Object(self.shape(item));
                sized(
                    json!({ "type": "array", "items": item }),
                    ("minItems", *min),
                    ("maxItems", *max),
                )
            }
            Shape::Choice(alternatives) => self.choice(alternatives),
            Shape::AnyOf(shapes) => {
                let all: Vec<Value> = shapes
                    .iter()
                    .map(|shape| Value::Object(self.shape(shape)))
                    .collect();
                json!({ "anyOf": all })
            }
            Shape::Shared(shared) => {
                if !self.definitions.contains_key(shared.name) {
                    // Taken before it is written: it may hold itself.
                    self.definitions.insert(shared.name.into(), Value::Null);
                    let mut inner = self.shape(shared.shape);
                    inner.insert("description".into(), json!(shared.doc));
                    self.definitions
                        .insert(shared.name.into(), Value::Object(inner));
                }
                json!({ "$ref": format!("#/$defs/{}", shared.name) })
            }
        };
        match schema {
            Value::Object(object) => object,
            // Every arm above makes an object.
            _ => Map::new(),
        }
    }

    fn map(&mut self, fields: &'static [Field]) -> Value {
        let mut properties = Map::new();
        for field in fields {
            let mut schema = self.shape(&field.shape);
            let default = field.default.map(|default| format!(" Default: {default}."));
            let doc = format!("{}{}", field.doc, default.unwrap_or_default());
            schema.insert("description".into(), json!(doc));
            properties.insert(field.name.into(), Value::Object(schema));
        }
        let required: Vec<&str> = fields
            .iter()
            .filter(|field| field.required)
            .map(|field| field.name)
            .collect();
        json!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    }

    fn choice(&mut self, alternatives: &'static [Alternative]) -> Value {
        let mut properties = Map::new();
        for alternative in alternatives {
            let mut schema = self.shape(&alternative.shape);
            schema.insert("description".into(), json!(alternative.doc));
            properties.insert(alternative.name.into(), Value::Object(schema));
        }
        json!({
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
            "minProperties": 1,
            "maxProperties": 1,
        })
    }
}

fn text(kind: &TextKind) -> Value {
    json!({
        "type": "string",
        "pattern": anchored(kind),
        "description": kind.doc,
        "examples": [kind.example],
    })
}

/// The pattern for a whole text.
fn anchored(kind: &TextKind) -> String {
    if kind.pattern.is_empty() {
        "\\S".to_owned()
    } else {
        format!("^(?:{})$", kind.pattern)
    }
}

/// An example of a number, as a number.
fn example(kind: &TextKind) -> Value {
    serde_json::from_str(kind.example).unwrap_or_else(|_| json!(kind.example))
}

/// Bounds that bound nothing are left out.
fn whole(min: i64, max: i64) -> Value {
    let mut schema = json!({ "type": "integer" });
    if min != i64::MIN {
        schema["minimum"] = json!(min);
    }
    if max != i64::MAX {
        schema["maximum"] = json!(max);
    }
    schema
}

fn sized(mut schema: Value, min: (&str, usize), max: (&str, usize)) -> Value {
    if min.1 > 0 {
        schema[min.0] = json!(min.1);
    }
    if max.1 < usize::MAX {
        schema[max.0] = json!(max.1);
    }
    schema
}
