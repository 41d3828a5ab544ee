//! Reading a node that was found valid.

use std::str::FromStr;

use super::node::{Entry, Node, Value};
use super::scalars::{parse_bool, parse_whole};
use super::source::Span;

/// A node whose shape was checked, to be read without a way to fail.
///
/// The methods ask for what the shape promised. Asked for something else they answer with nothing
/// (no entry, no item, an empty text, zero), so that decoding a node that was never checked gives
/// nonsense but no panic.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    node: &'a Node,
}

impl<'a> View<'a> {
    /// A view of a node.
    #[must_use]
    pub const fn of(node: &'a Node) -> Self {
        Self { node }
    }

    /// The node itself.
    #[must_use]
    pub const fn node(self) -> &'a Node {
        self.node
    }

    /// Where it stands.
    #[must_use]
    pub const fn span(self) -> Span {
        self.node.span
    }

    /// Whether it is a scalar.
    #[must_use]
    pub const fn is_scalar(self) -> bool {
        matches!(self.node.value, Value::Scalar(_))
    }

    /// Whether it is a list.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self.node.value, Value::List(_))
    }

    /// Whether it is a map.
    #[must_use]
    pub const fn is_map(self) -> bool {
        matches!(self.node.value, Value::Map(_))
    }

    /// The value under a key of this map.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Self> {
        self.entry(key).map(|entry| Self::of(&entry.value))
    }

    /// Where a key of this map stands.
    #[must_use]
    pub fn key_span(self, key: &str) -> Option<Span> {
        self.entry(key).map(|entry| entry.key.span)
    }

    /// The entries of this map, in the order of the file.
    pub fn entries(self) -> impl ExactSizeIterator<Item = (&'a super::Spanned<String>, Self)> {
        self.node
            .entries()
            .iter()
            .map(|entry| (&entry.key, Self::of(&entry.value)))
    }

    /// The items of this list.
    pub fn items(self) -> impl ExactSizeIterator<Item = Self> {
        self.node.items().iter().map(Self::of)
    }

    /// The text of this scalar: of a word, a text, a number, one of a few words.
    #[must_use]
    pub fn text(self) -> &'a str {
        self.node.scalar().map_or("", |scalar| &scalar.text)
    }

    /// The truth value of this scalar.
    #[must_use]
    pub fn bool(self) -> bool {
        self.node.scalar().and_then(parse_bool).unwrap_or_default()
    }

    /// The whole number of this scalar.
    #[must_use]
    pub fn whole(self) -> i64 {
        parse_whole(self.text()).unwrap_or_default()
    }

    /// The text of this scalar, parsed: never nothing where the shape's own parser is this one.
    #[must_use]
    pub fn parse<T: FromStr>(self) -> Option<T> {
        self.node
            .scalar()
            .and_then(|scalar| scalar.text.parse().ok())
    }

    /// The key of this one-key map and what stands under it.
    #[must_use]
    pub fn choice(self) -> (&'a str, Self) {
        self.node.entries().first().map_or(("", self), |entry| {
            (&entry.key.value, Self::of(&entry.value))
        })
    }

    fn entry(self, key: &str) -> Option<&'a Entry> {
        self.node
            .entries()
            .iter()
            .find(|entry| entry.key.value == key)
    }
}
