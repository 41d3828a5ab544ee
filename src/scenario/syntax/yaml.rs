//! YAML in, positioned nodes out. The library that reads YAML is known in this file and in
//! `yaml_errors` only.
//!
//! It is asked for as little as possible: events in order, with their places. Scalars are taken
//! from the text as they were written, whatever the library makes of them.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy};
use serde_saphyr::{Budget, Location, Options, Spanned as Located, Tagged};

use super::codes;
use super::describe::found;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::node::{Entry, Node, Scalar, ScalarStyle, Spanned, Value};
use super::source::{Limits, Source, Span};
use super::yaml_errors::explain;

/// Reads the one document of a source.
///
/// # Errors
/// Syntax errors come one at a time (what follows one cannot be trusted); tags and keys that are
/// no words come all at once. Nothing that a file holds makes this panic, hang or use memory out
/// of proportion to `limits`.
pub fn parse(source: &Source, limits: &Limits) -> Result<Node, Diagnostics> {
    let read = serde_saphyr::from_str_with_options::<Raw>(source.text(), options(limits));
    let raw = read.map_err(|error| Diagnostics::from(explain(&error, source, limits)))?;
    let mut reader = Reader {
        source,
        found: Diagnostics::new(),
        unfolding: false,
    };
    let (node, _) = reader.node(raw);
    if reader.found.is_empty() && node.value == Value::Null && node.span.len == 0 {
        reader.found.push(
            Diagnostic::new(&codes::YAML_EMPTY, source, "there is nothing in this file")
                .label(Span::default(), "expected a map")
                .help("`lifeboat new` writes a scenario to start from"),
        );
    }
    if reader.found.is_empty() {
        Ok(node)
    } else {
        Err(reader.found)
    }
}

/// Everything that the library would decide for us is switched off or passed through.
fn options(limits: &Limits) -> Options {
    let mut budget = Budget::default();
    budget.max_depth = limits.depth();
    budget.flow_nesting_limit = limits.depth() + 1;
    budget.max_nodes = limits.nodes;
    // A node is at most two events; a document has a few of its own.
    budget.max_events = limits.nodes.saturating_mul(2).saturating_add(16);
    budget.max_aliases = limits.aliases;
    budget.max_anchors = limits.aliases;
    budget.max_recorded_anchor_events = limits.nodes;
    let mut options = Options::default();
    options.budget = Some(budget);
    options.alias_limits.max_total_replayed_events = limits.unfolded_nodes;
    options.emit_comments = false;
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.merge_keys = MergeKeyPolicy::Error;
    options.strict_booleans = true;
    options.leading_zero_numbers_as_strings = true;
    options.underscored_numbers_as_strings = true;
    options.non_finite_float_policy = NonFiniteFloatPolicy::AsString;
    options.with_snippet = false;
    options
}

/// A node as the library hands it over: where, with which tag, and what.
type Raw = Located<Tagged<RawValue>>;

enum RawValue {
    Null,
    /// What quotes, escapes and folded lines come to.
    Text(String),
    /// The library takes it for a truth value or a number; its text has to come from the source.
    Typed,
    List(Vec<Raw>),
    Map(Vec<(Raw, Raw)>),
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyNode)
    }
}

struct AnyNode;

impl<'de> Visitor<'de> for AnyNode {
    type Value = RawValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML")
    }

    fn visit_unit<E: de::Error>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<RawValue, E> {
        Ok(RawValue::Typed)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<RawValue, E> {
        Ok(RawValue::Typed)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<RawValue, E> {
        Ok(RawValue::Typed)
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<RawValue, E> {
        Ok(RawValue::Typed)
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<RawValue, E> {
        Ok(RawValue::Typed)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<RawValue, E> {
        Ok(RawValue::Typed)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<RawValue, E> {
        Ok(RawValue::Text(text.to_owned()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<RawValue, E> {
        Ok(RawValue::Text(text))
    }

    // No capacity is taken from hints: memory grows with what was really read.
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<RawValue, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(RawValue::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawValue, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(RawValue::Map(entries))
    }
}

/// Makes nodes of what was read. Recursion is as deep as the budget let the library go.
struct Reader<'a> {
    source: &'a Source,
    found: Diagnostics,
    /// Whether the nodes being made are those that an alias stands for.
    unfolding: bool,
}

impl Reader<'_> {
    /// A node, and where it ends in the text around it: an alias is short, what it names is not.
    fn node(&mut self, raw: Raw) -> (Node, usize) {
        let span = self.span(&raw.defined);
        // Everything that an alias unfolds to is referenced where the alias stands: only the
        // outermost of it says something about the text around the alias.
        let aliased = raw.referenced != raw.defined && !self.unfolding;
        self.unfolding |= aliased;
        let Tagged(value, tag) = raw.value;
        if let Some(tag) = tag {
            self.tag(&tag, span);
        }
        let node = match value {
            RawValue::Null => Node {
                span,
                value: Value::Null,
            },
            RawValue::Text(text) => self.scalar(Some(text), span),
            RawValue::Typed => self.scalar(None, span),
            RawValue::List(items) => self.list(items, span),
            RawValue::Map(entries) => self.map(entries, span),
        };
        if !aliased {
            let end = node.span.end();
            return (node, end);
        }
        self.unfolding = false;
        (node, self.span(&raw.referenced).end())
    }

    fn list(&mut self, items: Vec<Raw>, start: Span) -> Node {
        let mut end = start.end();
        let mut nodes = Vec::with_capacity(items.len());
        for item in items {
            let (node, item_end) = self.node(item);
            end = end.max(item_end);
            nodes.push(node);
        }
        Node {
            span: self.container(start, end),
            value: Value::List(nodes),
        }
    }

    fn map(&mut self, raw: Vec<(Raw, Raw)>, start: Span) -> Node {
        let mut end = start.end();
        let mut entries = Vec::with_capacity(raw.len());
        for (key, value) in raw {
            let (key, key_end) = self.node(key);
            let (value, value_end) = self.node(value);
            end = end.max(key_end).max(value_end);
            let Value::Scalar(Scalar { text, .. }) = key.value else {
                self.key(&key);
                continue;
            };
            entries.push(Entry {
                key: Spanned::new(text, key.span),
                value,
            });
        }
        Node {
            span: self.container(start, end),
            value: Value::Map(entries),
        }
    }

    /// `text` is what the library made of it, where that is a text.
    fn scalar(&self, text: Option<String>, span: Span) -> Node {
        let raw = self.source.slice(span);
        // The place of a block scalar begins behind its `|`; it is told by what stands before.
        let quoted = raw.starts_with(['"', '\'']) || self.is_block(span);
        let style = if quoted {
            ScalarStyle::Quoted
        } else {
            ScalarStyle::Plain
        };
        let text = text.unwrap_or_else(|| raw.trim().to_owned());
        Node {
            span,
            value: Value::Scalar(Scalar { text, style }),
        }
    }

    fn is_block(&self, span: Span) -> bool {
        let before = self.source.text().get(..span.offset).unwrap_or_default();
        let own_line = before.trim_end_matches([' ', '\t']);
        if !own_line.ends_with('\n') {
            return false;
        }
        // `|`, `>`, with `+`, `-` or a digit, and perhaps a comment.
        let header = own_line.trim_end().lines().next_back().unwrap_or_default();
        if header.trim_start().starts_with('#') {
            return false;
        }
        let header = header.split(" #").next().unwrap_or_default().trim_end();
        header
            .trim_end_matches(|c: char| matches!(c, '+' | '-' | '1'..='9'))
            .ends_with(['|', '>'])
    }

    /// The span of a map or a list: with its closing bracket, if it was opened with one. The
    /// library says only where it begins.
    fn container(&self, start: Span, end: usize) -> Span {
        let text = self.source.text();
        let close = match text.as_bytes().get(start.offset) {
            Some(b'{') if start.len > 0 => b'}',
            Some(b'[') if start.len > 0 => b']',
            _ => return Span::between(start.offset, end),
        };
        let mut at = end.max(start.offset + 1);
        while let Some(byte) = text.as_bytes().get(at) {
            let comment = *byte == b'#' && text.as_bytes()[at - 1].is_ascii_whitespace();
            match byte {
                byte if *byte == close => return Span::between(start.offset, at + 1),
                _ if comment => at += text[at..].find('\n').unwrap_or(text.len() - at),
                _ => at += 1,
            }
        }
        Span::between(start.offset, end)
    }

    fn span(&self, location: &Location) -> Span {
        span_of(location, self.source)
    }

    fn tag(&mut self, tag: &str, span: Span) {
        let shown = super::quote::quoted(tag.strip_prefix("tag:yaml.org,2002:").unwrap_or(tag));
        self.found.push(
            Diagnostic::new(
                &codes::YAML_TAG,
                self.source,
                format!("the tag {shown} is not read"),
            )
            .label(span, "what is tagged")
            .help("remove the tag; quote a text that looks like a number"),
        );
    }

    fn key(&mut self, key: &Node) {
        let what = found(key);
        self.found.push(
            Diagnostic::new(
                &codes::YAML_KEY,
                self.source,
                format!("{what} cannot be a key"),
            )
            .label(key.span, "expected a word")
            .help("quote a key that is meant as text, such as \"null\""),
        );
    }
}

/// Where the library says something is, as bytes of our text.
pub(super) fn span_of(location: &Location, source: &Source) -> Span {
    let given = location.span();
    let found = given.byte_offset().zip(given.byte_len());
    let exact = found.map(|(offset, len)| Span::new(offset as usize, len as usize));
    let end = source.text().len();
    match exact.filter(|span| span.end() <= end) {
        Some(span) => span,
        // Without bytes there are a line and a column.
        None if location.line() == 0 => Span::new(end, 0),
        None => {
            let offset = source.offset_of(location.line() as usize, location.column() as usize);
            Span::new(offset, 0)
        }
    }
}
