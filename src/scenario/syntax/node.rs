//! The tree that a file is read into: every node knows where it stands.

use super::scalars::{Guess, guess};
use super::source::Span;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands in its source.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at a place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// One node of a file.
///
/// The span of a map or a list in braces includes the braces; that of an indented one reaches from
/// its first to its last entry. The nodes under an alias stand where their anchor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where the node stands in its source.
    pub span: Span,
    /// What stands there.
    pub value: Value,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing: `key:` without a value, `~` or `null`.
    Null,
    /// A word, a number, a text: not yet decided which.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file, duplicate keys included.
    Map(Vec<Entry>),
}

/// One `key: value` of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key, as text.
    pub key: Spanned<String>,
    /// The value.
    pub value: Node,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScalarStyle {
    /// Without quotes: readers of YAML may take it for a number or a truth value.
    Plain,
    /// In single or double quotes, or as a block (`|`, `>`): always text.
    Quoted,
}

/// A scalar: its text, and whether it was quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The text: for a plain scalar as it stands in the file, for a quoted one what the quotes
    /// mean.
    pub text: String,
    /// How it was written.
    pub style: ScalarStyle,
}

impl Scalar {
    /// Whether it is a text for every reader of YAML, quotes or not.
    pub(in crate::scenario) fn is_text_anyway(&self) -> bool {
        let plain = Self {
            text: self.text.clone(),
            style: ScalarStyle::Plain,
        };
        !matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
            && guess(&plain) == Guess::Text
    }
}

impl Node {
    /// The entries, if this is a map; else none.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items, if this is a list; else none.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The scalar, if this is one.
    #[must_use]
    pub fn scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }
}
