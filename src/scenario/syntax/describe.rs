//! Shapes in words: for messages, and as listings for the reference.

use super::node::{Node, ScalarStyle, Value};
use super::quote::{counted, quoted, words};
use super::scalars::{Guess, guess};
use super::shape::{Field, Shape, TextKind, Variant};

/// The longest description that a label takes, in characters.
const LONGEST_LABEL: usize = 40;

impl Shape {
    /// What is expected, in words that follow 'expected': `a list of durations`.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Word => "a text".to_owned(),
            Self::Text(kind) | Self::Number(kind) => kind.name.to_owned(),
            Self::Bool => "`true` or `false`".to_owned(),
            Self::Whole { min, max } => format!("a whole number {}", range(*min, *max)),
            Self::OneOf(variants) => words(variants.iter().map(|variant| variant.name)),
            Self::Map(_) | Self::MapOf { .. } => "a map".to_owned(),
            Self::ListOf { item, .. } => format!("a list, each item {}", item.describe()),
            Self::Choice(alternatives) => {
                let names = words(alternatives.iter().map(|alternative| alternative.name));
                format!("a map with one key: {names}")
            }
            Self::AnyOf(shapes) => {
                let all: Vec<String> = shapes.iter().map(Self::describe).collect();
                all.join(", or ")
            }
            Self::Shared(shared) => shared.shape.describe(),
        }
    }

    /// What is expected, in at most a few words: for labels, which cannot be wrapped.
    #[must_use]
    pub fn describe_briefly(&self) -> String {
        let full = self.describe();
        if full.chars().count() <= LONGEST_LABEL {
            return full;
        }
        match self.resolved() {
            Self::OneOf(_) => "one of a few words",
            Self::Choice(_) => "a map with one key",
            Self::ListOf { .. } => "a list",
            _ => "something else, see below",
        }
        .to_owned()
    }

    /// A value of this shape, on one line, as it would stand in a file.
    #[must_use]
    pub fn example(&self) -> String {
        self.example_within(4)
    }

    /// `depth` ends the example of a shape that holds itself.
    fn example_within(&self, depth: usize) -> String {
        let Some(depth) = depth.checked_sub(1) else {
            return "…".to_owned();
        };
        match self {
            Self::Word => "\"some text\"".to_owned(),
            Self::Text(kind) | Self::Number(kind) => flow_text(kind),
            Self::Bool => "true".to_owned(),
            Self::Whole { min, max } => 1.clamp(*min, *max).to_string(),
            Self::OneOf(variants) => variants.first().map_or("…", |first| first.name).to_owned(),
            Self::Map(fields) => {
                let entries: Vec<String> = required(fields)
                    .map(|field| format!("{}: {}", field.name, field.example_within(depth)))
                    .collect();
                if entries.is_empty() {
                    "{}".to_owned()
                } else {
                    format!("{{ {} }}", entries.join(", "))
                }
            }
            Self::MapOf { key, value, .. } => {
                format!("{{ {}: {} }}", key.example, value.example_within(depth))
            }
            Self::ListOf { item, .. } => format!("[{}]", item.example_within(depth)),
            Self::Choice(alternatives) => alternatives.first().map_or("…".to_owned(), |first| {
                format!(
                    "{{ {}: {} }}",
                    first.name,
                    first.shape.example_within(depth)
                )
            }),
            Self::AnyOf(shapes) => shapes
                .first()
                .map_or("…".to_owned(), |first| first.example_within(depth)),
            Self::Shared(shared) => shared.shape.example_within(depth),
        }
    }
}

impl Field {
    /// A value for this key, on one line.
    #[must_use]
    pub fn example(&self) -> String {
        self.example_within(4)
    }

    fn example_within(&self, depth: usize) -> String {
        self.example
            .map_or_else(|| self.shape.example_within(depth), str::to_owned)
    }
}

/// What stands there, in words that begin a sentence: `a list`, `the word \`no\``.
pub(super) fn found(node: &Node) -> String {
    let Value::Scalar(scalar) = &node.value else {
        let name = match &node.value {
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
            _ => "nothing",
        };
        return name.to_owned();
    };
    let kind = match guess(scalar) {
        Guess::Number => "the number",
        Guess::Bool => "the word",
        Guess::Text if scalar.style == ScalarStyle::Quoted => "the quoted text",
        Guess::Text if scalar.text.contains(char::is_whitespace) => "the text",
        Guess::Text => "the word",
    };
    format!("{kind} {}", quoted(&scalar.text))
}

/// The bounds of a whole number, in words.
pub(super) fn range(min: i64, max: i64) -> String {
    match (min, max) {
        (i64::MIN, i64::MAX) => "of any size".to_owned(),
        (min, i64::MAX) => format!("of at least {min}"),
        (i64::MIN, max) => format!("of at most {max}"),
        (min, max) => format!("from {min} to {max}"),
    }
}

/// The allowed number of entries, in words; `noun` is `item` or `entry`.
pub(super) fn sizes(min: usize, max: usize, noun: &str) -> String {
    match (min, max) {
        (min, usize::MAX) => format!("at least {}", counted(min as u64, noun)),
        (0, max) => format!("at most {}", counted(max as u64, noun)),
        (min, max) if min == max => format!("exactly {}", counted(min as u64, noun)),
        (min, max) => format!("{min} to {}", counted(max as u64, noun)),
    }
}

fn required(fields: &'static [Field]) -> impl Iterator<Item = &'static Field> {
    fields.iter().filter(|field| field.required)
}

/// An example as it may stand between braces.
fn flow_text(kind: &TextKind) -> String {
    let special = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}' | '#' | '"' | '\'');
    if kind.example.contains(special) || kind.example.contains(": ") {
        format!("{:?}", kind.example)
    } else {
        kind.example.to_owned()
    }
}

/// One line of a listing: a key, a word or an alternative that a shape knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it stands, from the top of the file: `fleet.connectors.*.region`.
    pub path: String,
    /// What is expected there.
    pub expects: String,
    /// Whether it has to be there.
    pub required: bool,
    /// What holds where it is not there.
    pub default: Option<&'static str>,
    /// What it means.
    pub doc: &'static str,
    /// A value.
    pub example: String,
}

/// Every key, word and alternative of a shape, in the order of the tables: what the reference and
/// `lifeboat explain` are made from. `*` stands for a key of the writer's own and `[]` for an item;
/// a shape inside itself is listed once.
#[must_use]
pub fn listing(shape: &'static Shape) -> Vec<Listed> {
    let mut out = Vec::new();
    list(shape, "", &mut Vec::new(), &mut out);
    out
}

fn list(shape: &'static Shape, path: &str, inside: &mut Vec<&'static str>, out: &mut Vec<Listed>) {
    match shape {
        Shape::Map(fields) => {
            for field in *fields {
                let path = join(path, field.name);
                out.push(Listed {
                    expects: field.shape.describe(),
                    required: field.required,
                    default: field.default,
                    doc: field.doc,
                    example: field.example(),
                    path: path.clone(),
                });
                list(&field.shape, &path, inside, out);
            }
        }
        Shape::Choice(alternatives) => {
            for alternative in *alternatives {
                let path = join(path, alternative.name);
                let shape = &alternative.shape;
                out.push(entry(
                    &path,
                    shape.describe(),
                    alternative.doc,
                    shape.example(),
                ));
                list(shape, &path, inside, out);
            }
        }
        Shape::OneOf(variants) => {
            for Variant { name, doc } in *variants {
                let path = format!("{path} = {name}");
                out.push(entry(
                    &path,
                    "the word itself".to_owned(),
                    doc,
                    (*name).to_owned(),
                ));
            }
        }
        Shape::MapOf { value, .. } => list(value, &join(path, "*"), inside, out),
        Shape::ListOf { item, .. } => list(item, &format!("{path}[]"), inside, out),
        Shape::AnyOf(shapes) => shapes
            .iter()
            .for_each(|shape| list(shape, path, inside, out)),
        Shape::Shared(shared) if !inside.contains(&shared.name) => {
            inside.push(shared.name);
            list(shared.shape, path, inside, out);
            inside.pop();
        }
        _ => {}
    }
}

fn entry(path: &str, expects: String, doc: &'static str, example: String) -> Listed {
    Listed {
        path: path.to_owned(),
        expects,
        required: false,
        default: None,
        doc,
        example,
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
