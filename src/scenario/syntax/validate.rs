//! Holds a node against a shape, and says everything that does not fit.

use std::collections::BTreeMap;

use super::catalogue::CodeDoc;
use super::codes;
use super::describe::{found, sizes};
use super::diagnostic::{Diagnostic, Diagnostics};
use super::node::{Entry, Node, Value};
use super::quote::{did_you_mean, quoted, words};
use super::scalar_check::scalar_problem;
use super::scalars::{Guess, guess};
use super::shape::{Alternative, Field, Shape, TextKind};
use super::source::{Source, Span};

/// Holds a node against a shape. Goes on after each complaint, so that one pass finds them all.
///
/// When it found no error, a [`View`](super::View) of the node can be decoded without checking
/// anything again.
pub fn validate(node: &Node, shape: &Shape, source: &Source, found: &mut Diagnostics) {
    Checker { source, found }.node(node, shape, None);
}

pub(super) struct Checker<'a> {
    pub(super) source: &'a Source,
    found: &'a mut Diagnostics,
}

impl Checker<'_> {
    /// `key` is where the node's own key stands: complaints about a whole map are shown there.
    fn node(&mut self, node: &Node, shape: &Shape, key: Option<Span>) {
        match (shape, &node.value) {
            (Shape::Shared(shared), _) => self.node(node, shared.shape, key),
            (_, Value::Null) => self.empty(node, shape, key),
            (Shape::AnyOf(shapes), _) => self.any_of(node, shape, shapes, key),
            (Shape::Map(fields), Value::Map(_)) => self.map(node, fields, key),
            (
                Shape::MapOf {
                    key: kind,
                    value,
                    min,
                    max,
                },
                Value::Map(entries),
            ) => {
                self.map_of(kind, value, entries);
                self.length(node, entries.len(), (*min, *max, "entry"), key);
            }
            (Shape::ListOf { item, min, max }, Value::List(items)) => {
                for node in items {
                    self.node(node, item, key);
                }
                self.length(node, items.len(), (*min, *max, "item"), key);
            }
            (Shape::Choice(alternatives), Value::Map(_)) => {
                self.choice(node, shape, alternatives, key);
            }
            (_, Value::Scalar(scalar)) if shape.is_scalar() => self.scalar(node, shape, scalar),
            _ => self.wrong_type(node, shape, key),
        }
    }

    /// The alternative is told by the kind of node; where several take the kind, by the words.
    fn any_of(&mut self, node: &Node, whole: &Shape, shapes: &[Shape], key: Option<Span>) {
        let of_kind: Vec<&Shape> = shapes
            .iter()
            .filter(|shape| takes(shape, &node.value))
            .collect();
        let chosen = match of_kind.as_slice() {
            [] => None,
            [only] => Some(*only),
            several => several
                .iter()
                .copied()
                .find(|shape| fits(shape, &node.value))
                .or_else(|| {
                    several
                        .iter()
                        .copied()
                        .find(|shape| meant(shape, &node.value))
                }),
        };
        match (chosen, &node.value) {
            (Some(shape), _) => self.node(node, shape, key),
            (None, Value::Scalar(scalar)) if !of_kind.is_empty() => {
                self.no_scalar(node, scalar, whole, &of_kind);
            }
            _ => self.wrong_type(node, whole, key),
        }
    }

    fn map(&mut self, node: &Node, fields: &[Field], key: Option<Span>) {
        let entries = node.entries();
        self.duplicates(entries);
        let named = |name: &str| fields.iter().position(|field| field.name == name);
        let mut given = vec![false; fields.len()];
        for index in entries.iter().filter_map(|entry| named(&entry.key.value)) {
            given[index] = true;
        }
        for entry in entries {
            // What stands under a misspelt key is checked as what was meant, so that mending the
            // key does not bring new errors to light; nor is the key missing then.
            let index = named(&entry.key.value).or_else(|| self.unknown_key(entry, fields, &given));
            if let Some(index) = index {
                given[index] = true;
                self.node(&entry.value, &fields[index].shape, Some(entry.key.span));
            }
        }
        for (field, _) in fields
            .iter()
            .zip(given)
            .filter(|(field, given)| field.required && !given)
        {
            let name = field.name;
            let owner = key.map(|span| format!(" in {}", quoted(self.source.slice(span))));
            let message = format!("`{name}` is missing{}", owner.unwrap_or_default());
            let label = format!("expected a key `{name}` in this map");
            let help = format!("add `{name}: {}`. {}", field.example(), field.doc);
            let diagnostic = Diagnostic::new(&codes::MISSING_KEY, self.source, message);
            self.say(diagnostic.label(self.head(node, key), label).help(help));
        }
    }

    fn map_of(&mut self, kind: &TextKind, value: &Shape, entries: &[Entry]) {
        self.duplicates(entries);
        for entry in entries {
            if let Err(why) = (kind.parse)(&entry.key.value) {
                let message = format!("{} is not {}: {why}", quoted(&entry.key.value), kind.name);
                let label = format!("expected {} as the key", kind.name);
                let help = format!("an example: `{}`. {}", kind.example, kind.doc);
                let diagnostic = Diagnostic::new(&codes::BAD_TEXT, self.source, message);
                self.say(diagnostic.label(entry.key.span, label).help(help));
            }
            self.node(&entry.value, value, Some(entry.key.span));
        }
    }

    fn choice(
        &mut self,
        node: &Node,
        shape: &Shape,
        alternatives: &[Alternative],
        key: Option<Span>,
    ) {
        let entries = node.entries();
        self.duplicates(entries);
        let names = || alternatives.iter().map(|alternative| alternative.name);
        for entry in entries {
            let name = entry.key.value.as_str();
            let known = names().any(|known| known == name);
            if !known {
                self.not_one_of(name, entry.key.span, names());
            }
            let meant = if known {
                Some(name)
            } else {
                did_you_mean(name, names())
            };
            if let Some(one) = alternatives.iter().find(|one| Some(one.name) == meant) {
                self.node(&entry.value, &one.shape, Some(entry.key.span));
            }
        }
        let problem = match entries {
            [_] => return,
            [] => "none is named here",
            _ => "more than one key stands here",
        };
        let place = entries
            .get(1)
            .map_or_else(|| self.head(node, key), |entry| entry.key.span);
        let message = format!("one alternative is wanted, and {problem}");
        self.complain(&codes::CHOICE, place, message, shape, example_of(shape));
    }

    fn duplicates(&mut self, entries: &[Entry]) {
        let mut first = BTreeMap::new();
        for entry in entries {
            let name = entry.key.value.as_str();
            if let Some(span) = first.get(name) {
                let message = format!("the key {} stands twice in one map", quoted(name));
                let diagnostic = Diagnostic::new(&codes::DUPLICATE_KEY, self.source, message)
                    .label(entry.key.span, "here again")
                    .label(*span, "here first");
                self.say(diagnostic.help("remove one of them"));
            } else {
                first.insert(name, entry.key.span);
            }
        }
    }

    /// Says that a key is not known, and gives back which of those not given it probably is.
    fn unknown_key(&mut self, entry: &Entry, fields: &[Field], given: &[bool]) -> Option<usize> {
        let name = &entry.key.value;
        let free = fields.iter().zip(given).filter(|(_, given)| !**given);
        let near = did_you_mean(name, free.map(|(field, _)| field.name));
        let label = near.map_or_else(
            || "not a key of this map".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let help = if fields.is_empty() {
            "this map has no keys".to_owned()
        } else {
            format!(
                "valid here: {}",
                words(fields.iter().map(|field| field.name))
            )
        };
        let message = format!("there is no key {} here", quoted(name));
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_KEY, self.source, message);
        self.say(diagnostic.label(entry.key.span, label).help(help));
        near.and_then(|near| fields.iter().position(|field| field.name == near))
    }

    fn length(
        &mut self,
        node: &Node,
        count: usize,
        (min, max, noun): (usize, usize, &str),
        key: Option<Span>,
    ) {
        if (min..=max).contains(&count) {
            return;
        }
        let wanted = sizes(min, max, noun);
        let problem = if count < min { "too few" } else { "too many" };
        let message = format!("there are {problem} entries here: {count}");
        let diagnostic = Diagnostic::new(&codes::BAD_LENGTH, self.source, message);
        self.say(diagnostic.label(self.head(node, key), format!("expected {wanted}")));
    }

    pub(super) fn empty(&mut self, node: &Node, shape: &Shape, key: Option<Span>) {
        let place = if node.span.len == 0 {
            key.unwrap_or(node.span)
        } else {
            node.span
        };
        let hint = match shape.resolved() {
            Shape::Map(_) | Shape::MapOf { .. } => "; an empty map is `{}`",
            Shape::ListOf { .. } => "; an empty list is `[]`",
            _ => "",
        };
        let message = "something is wanted here, and there is nothing";
        let help = format!("an example: `{}`{hint}", shape.example());
        self.complain(&codes::EMPTY, place, message, shape, help);
    }

    fn wrong_type(&mut self, node: &Node, shape: &Shape, key: Option<Span>) {
        let message = format!(
            "{} where {} is wanted",
            found(node),
            shape.describe_briefly()
        );
        let place = if node.scalar().is_some() {
            node.span
        } else {
            self.head(node, key)
        };
        self.complain(&codes::WRONG_TYPE, place, message, shape, example_of(shape));
    }

    /// Says that something else is expected.
    pub(super) fn complain(
        &mut self,
        doc: &'static CodeDoc,
        place: Span,
        message: impl Into<String>,
        shape: &Shape,
        help: impl Into<String>,
    ) {
        let (brief, full) = (shape.describe_briefly(), shape.describe());
        let diagnostic = Diagnostic::new(doc, self.source, message);
        let diagnostic = diagnostic.label(place, format!("expected {brief}"));
        // A label cannot be wrapped: what is long goes below.
        let help = help.into();
        let help = if brief == full {
            help
        } else {
            format!(
                "expected {full}
{help}"
            )
        };
        self.say(diagnostic.help(help));
    }

    /// Says that a word is none of the valid ones.
    pub(super) fn not_one_of<'n>(
        &mut self,
        word: &str,
        place: Span,
        names: impl Iterator<Item = &'n str> + Clone,
    ) {
        let label = did_you_mean(word, names.clone()).map_or_else(
            || "not one of these".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("{} is not valid here", quoted(word));
        let help = format!("valid here: {}", words(names));
        self.say(
            Diagnostic::new(&codes::NOT_ONE_OF, self.source, message)
                .label(place, label)
                .help(help),
        );
    }

    pub(super) fn say(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Where a complaint about a whole map or list is shown: at its key, else at its beginning.
    fn head(&self, node: &Node, key: Option<Span>) -> Span {
        let first = match &node.value {
            Value::Map(entries) => entries.first().map(|entry| entry.key.span),
            _ => None,
        };
        // The bracket that opens it, or the first key: never the lines that follow.
        key.or(first)
            .unwrap_or(Span::new(node.span.offset, node.span.len.min(1)))
    }
}

/// Whether a shape takes nodes of this kind.
fn takes(shape: &Shape, value: &Value) -> bool {
    match (shape.resolved(), value) {
        (Shape::AnyOf(shapes), _) => shapes.iter().any(|shape| takes(shape, value)),
        (Shape::Map(_) | Shape::MapOf { .. } | Shape::Choice(_), Value::Map(_))
        | (Shape::ListOf { .. }, Value::List(_)) => true,
        (shape, Value::Scalar(_)) => shape.is_scalar(),
        _ => false,
    }
}

/// Whether a map is a map of this shape by more than its kind.
fn fits(shape: &Shape, value: &Value) -> bool {
    match (shape.resolved(), value) {
        (Shape::AnyOf(shapes), _) => shapes.iter().any(|shape| fits(shape, value)),
        (Shape::Choice(all), Value::Map(entries)) => entries
            .iter()
            .any(|entry| all.iter().any(|one| one.name == entry.key.value)),
        (shape, Value::Scalar(scalar)) => {
            shape.is_scalar() && scalar_problem(shape, scalar).is_none()
        }
        _ => false,
    }
}

/// Whether, of several shapes that do not fit, this one was probably meant: a map that names no
/// alternative is an ordinary map, and a number that is out of range is a number.
fn meant(shape: &Shape, value: &Value) -> bool {
    match (shape.resolved(), value) {
        (Shape::Map(_) | Shape::MapOf { .. }, Value::Map(_)) => true,
        (Shape::Whole { .. } | Shape::Number(_), Value::Scalar(scalar)) => {
            guess(scalar) == Guess::Number
        }
        _ => false,
    }
}

/// An example as a help line.
pub(super) fn example_of(shape: &Shape) -> String {
    format!("an example: `{}`", shape.example())
}
