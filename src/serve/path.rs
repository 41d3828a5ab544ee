//! Paths as clients send them: taken apart, decoded, and never anything that could
//! mean another place.

use super::errors::Fault;
use std::borrow::Cow;

/// The longest name that anything has.
const NAME_MAX: usize = 260;

/// The most segments that a path has: the longest known has sixteen.
const SEGMENTS_MAX: usize = 24;

/// The decoded segments of a path.
pub(super) fn segments(path: &str) -> Result<Vec<Cow<'_, str>>, Fault> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        return Ok(Vec::new());
    }
    if path.split('/').count() > SEGMENTS_MAX {
        return Err(Fault::no_such_path());
    }
    path.split('/').map(segment).collect()
}

fn segment(raw: &str) -> Result<Cow<'_, str>, Fault> {
    let bad = || {
        let shown: String = raw.chars().take(80).collect();
        let says = format!(
            "The path segment {shown:?} is no name: names have 1 to {NAME_MAX} characters, \
             no control characters, slashes, and are not '.' or '..'."
        );
        Fault::arm(400, "InvalidResourceName", says)
    };
    let text = decoded(raw).ok_or_else(bad)?;
    let wrong = |it: char| it.is_control() || matches!(it, '/' | '\\');
    let fits = (1..=NAME_MAX).contains(&text.chars().count());
    if !fits || text.contains(wrong) || matches!(text.trim(), "" | "." | "..") {
        return Err(bad());
    }
    Ok(text)
}

/// What percent signs stand for; nothing if they stand for no text.
fn decoded(raw: &str) -> Option<Cow<'_, str>> {
    let bytes = raw.as_bytes();
    if !bytes.contains(&b'%') {
        return Some(Cow::Borrowed(raw));
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let digits = bytes.get(at + 1..at + 3)?;
            if !digits.iter().all(u8::is_ascii_hexdigit) {
                return None;
            }
            let digits = std::str::from_utf8(digits).ok()?;
            out.push(u8::from_str_radix(digits, 16).ok()?);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).ok().map(Cow::Owned)
}

/// Parameters of a query: names and values.
pub(super) type Parameters<'q> = Vec<(Cow<'q, str>, Cow<'q, str>)>;

/// The parameters of a query, decoded; names without case.
pub(super) fn parameters(query: &str) -> Result<Parameters<'_>, Fault> {
    let mut found = Vec::new();
    for pair in query.split('&').filter(|it| !it.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match (plain(name), plain(value)) {
            (Some(name), Some(value)) => found.push((lower(name), value)),
            _ => {
                let says = "The query has a percent sign that stands for no text.";
                return Err(Fault::arm(400, "InvalidQueryString", says));
            }
        }
    }
    Ok(found)
}

/// What a query's text stands for: a plus is a blank there.
fn plain(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('+') {
        return decoded(text);
    }
    let text = text.replace('+', " ");
    decoded(&text).map(|it| Cow::Owned(it.into_owned()))
}

fn lower(name: Cow<'_, str>) -> Cow<'_, str> {
    if name.bytes().any(|it| it.is_ascii_uppercase()) {
        return Cow::Owned(name.to_ascii_lowercase());
    }
    name
}

/// A text as a path takes it in one segment.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
