//! Nodes made by the program rather than read from a file.

use crate::chance::{Dist, Quantity, Shape};
use crate::scenario::syntax::{Entry, Node, Scalar, ScalarStyle, Span, Spanned, Value};

/// A scalar. Quotes are put around it where it is written, if it needs them.
#[must_use]
#[expect(
    clippy::needless_pass_by_value,
    reason = "values and references are both written down"
)]
pub fn leaf(text: impl ToString) -> Node {
    scalar(text.to_string(), ScalarStyle::Plain)
}

/// A scalar that is a text, whatever it looks like: a title, a reason.
#[must_use]
pub fn quoted_leaf(text: impl Into<String>) -> Node {
    let mut node = scalar(text.into(), ScalarStyle::Quoted);
    normal(&mut node);
    node
}

fn scalar(text: String, style: ScalarStyle) -> Node {
    node(Value::Scalar(Scalar { text, style }))
}

fn node(value: Value) -> Node {
    Node {
        span: Span::default(),
        value,
    }
}

/// A map, in that order.
pub fn map<K: Into<String>>(entries: impl IntoIterator<Item = (K, Node)>) -> Node {
    let entry = |(key, value): (K, Node)| Entry {
        key: Spanned::new(key.into(), Span::default()),
        value,
    };
    node(Value::Map(entries.into_iter().map(entry).collect()))
}

/// A list.
pub fn list(items: impl IntoIterator<Item = Node>) -> Node {
    node(Value::List(items.into_iter().collect()))
}

/// What is fixed, or the distribution that it is drawn from.
pub(in crate::scenario) fn dist<Q: Quantity>(dist: &Dist<Q>) -> Node {
    let (name, inner) = match dist.shape() {
        Shape::Fixed(value) => return leaf(value),
        Shape::Uniform { min, max } => ("uniform", vec![("min", min), ("max", max)]),
        Shape::Pert { min, mode, max } => {
            ("pert", vec![("min", min), ("mode", mode), ("max", max)])
        }
        Shape::LogNormal { p50, p95 } => ("lognormal", vec![("p50", p50), ("p95", p95)]),
        Shape::Exponential { mean } => ("exponential", vec![("mean", mean)]),
        Shape::Empirical(values) => {
            return map([("empirical", list(values.iter().map(leaf)))]);
        }
    };
    map([(name, map(inner.into_iter().map(|it| (it.0, leaf(it.1)))))])
}

/// Forgets where a node stood, and quotes that say nothing.
pub(super) fn normal(node: &mut Node) {
    node.span = Span::default();
    match &mut node.value {
        Value::Scalar(scalar) => {
            if scalar.style == ScalarStyle::Quoted && scalar.is_text_anyway() {
                scalar.style = ScalarStyle::Plain;
            }
        }
        Value::List(items) => items.iter_mut().for_each(normal),
        Value::Map(entries) => {
            for entry in entries {
                entry.key.span = Span::default();
                normal(&mut entry.value);
            }
        }
        Value::Null => {}
    }
}
