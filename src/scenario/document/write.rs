//! Nodes as YAML, as a person would write them: short maps in braces, the rest in
//! lines, quotes only where they are needed.
//!
//! The library that reads YAML writes it too, but decides by a value's type, not
//! by its length, whether it goes on one line.

use std::fmt::Write as _;

use crate::scenario::syntax::{Node, Scalar, ScalarStyle, Value};

/// The longest line that is written in braces, in characters.
const WIDEST: usize = 100;

/// A file.
pub(super) fn yaml(root: &Node) -> String {
    let mut out = String::new();
    for entry in root.entries() {
        let _ = write!(out, "{}:", key(&entry.key.value));
        value(&mut out, &entry.value, 1, 0, entry.key.value.len() + 1);
    }
    out
}

/// What stands behind a key, or behind the dash of a list, up to the end of its
/// last line.
fn value(out: &mut String, node: &Node, depth: usize, indent: usize, used: usize) {
    if !in_lines(node, depth) {
        let line = flow(node);
        let scalar = matches!(node.value, Value::Null | Value::Scalar(_));
        if scalar || indent + used + line.chars().count() < WIDEST || is_empty(node) {
            let _ = writeln!(out, " {line}");
            return;
        }
    }
    out.push('\n');
    lines(out, node, depth, indent + 2);
}

/// The entries or items of a node, each on lines of its own.
fn lines(out: &mut String, node: &Node, depth: usize, indent: usize) {
    let pad = " ".repeat(indent);
    for entry in node.entries() {
        let _ = write!(out, "{pad}{}:", key(&entry.key.value));
        value(
            out,
            &entry.value,
            depth + 1,
            indent,
            entry.key.value.len() + 1,
        );
    }
    for item in node.items() {
        let whole = in_lines(item, depth + 1);
        let line = flow(item);
        if !whole && indent + line.chars().count() + 2 < WIDEST || item.entries().is_empty() {
            let _ = writeln!(out, "{pad}- {line}");
            continue;
        }
        let mut inner = String::new();
        lines(&mut inner, item, depth + 1, indent + 2);
        // The first entry stands behind the dash.
        let _ = write!(out, "{pad}- {}", inner.trim_start_matches(' '));
    }
}

/// Whether a node is written in lines though it might fit in one: the top level,
/// maps of maps under it, and the events of a list.
fn in_lines(node: &Node, depth: usize) -> bool {
    let maps = |node: &Node| !node.entries().is_empty();
    match &node.value {
        Value::Map(entries) if entries.is_empty() => false,
        Value::Map(entries) => {
            depth <= 1 || depth == 2 && entries.iter().all(|it| maps(&it.value)) || is_event(node)
        }
        Value::List(items) => {
            !items.is_empty() && items.iter().all(maps) && (depth <= 1 || items.len() > 1)
        }
        Value::Null | Value::Scalar(_) => false,
    }
}

/// An entry of a timeline.
fn is_event(node: &Node) -> bool {
    let has = |key: &str| node.entries().iter().any(|it| it.key.value == key);
    has("at") && has("fault")
}

fn is_empty(node: &Node) -> bool {
    node.entries().is_empty() && node.items().is_empty()
}

/// A node on one line.
pub(super) fn flow(node: &Node) -> String {
    match &node.value {
        Value::Null => "~".to_owned(),
        Value::Scalar(it) => scalar(it),
        Value::List(items) if items.is_empty() => "[]".to_owned(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Map(entries) => {
            let one = |it: &crate::scenario::syntax::Entry| {
                format!("{}: {}", key(&it.key.value), flow(&it.value))
            };
            let entries: Vec<String> = entries.iter().map(one).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

fn scalar(scalar: &Scalar) -> String {
    if scalar.style == ScalarStyle::Plain && is_plain(&scalar.text) {
        scalar.text.clone()
    } else {
        double_quoted(&scalar.text)
    }
}

fn key(text: &str) -> String {
    if is_plain(text) && !matches!(text, "~" | "null") {
        text.to_owned()
    } else {
        double_quoted(text)
    }
}

/// Whether a text may stand without quotes, in braces too.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next();
    let opens =
        first.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '(' | '+'));
    let signed = text.starts_with('-') && text[1..].starts_with(|c: char| c.is_ascii_digit());
    let inside = |c: char| {
        !c.is_control()
            && !matches!(
                c,
                '"' | '\'' | '[' | ']' | '{' | '}' | ',' | '#' | '\\' | '`'
            )
    };
    (opens || signed)
        && text.chars().all(inside)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
}

fn double_quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
