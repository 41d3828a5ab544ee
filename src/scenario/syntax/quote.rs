//! Words for messages: quoting, listing, guessing what was meant.

use std::borrow::Cow;

/// The longest piece of a file that a message repeats, in characters.
const LONGEST_QUOTE: usize = 60;

/// How many valid names a message lists before it stops.
const MOST_NAMES: usize = 12;

/// A piece of a file as a message shows it: in backticks, cut where long, control characters
/// escaped so that a file cannot command a terminal.
///
/// ```
/// # use lifeboat::scenario::syntax::quoted;
/// assert_eq!(quoted("westeurope"), "`westeurope`");
/// assert_eq!(quoted("a\u{1b}[2J"), "`a\\u{1b}[2J`");
/// ```
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::from("`");
    for (count, c) in text.chars().enumerate() {
        if count == LONGEST_QUOTE {
            out.push('…');
            break;
        }
        if is_unprintable(c) || matches!(c, '\n' | '\r' | '\t') {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out.push('`');
    out
}

/// Names as a sentence lists them, quoted: `a`, `b` or `c`. Cut where there are very many.
#[must_use]
pub fn words<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<&str> = names.into_iter().collect();
    let mut out = String::new();
    let shown = all.len().min(MOST_NAMES);
    for (index, name) in all.iter().take(shown).enumerate() {
        if index > 0 {
            out.push_str(if index + 1 == all.len() { " or " } else { ", " });
        }
        out.push_str(&quoted(name));
    }
    if all.len() > shown {
        out.push_str(&format!(" and {} more", all.len() - shown));
    }
    out
}

/// The name that was probably meant, if one is near enough to be worth saying.
///
/// ```
/// # use lifeboat::scenario::syntax::did_you_mean;
/// assert_eq!(did_you_mean("regoin", ["region", "scm"]), Some("region"));
/// assert_eq!(did_you_mean("colour", ["region", "scm"]), None);
/// ```
#[must_use]
pub fn did_you_mean<'a>(
    written: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    // Distance is quadratic in length: a name of a megabyte resembles nothing anyway.
    if written.len() > 4 * LONGEST_QUOTE {
        return None;
    }
    let plain = squashed(written);
    // One slip for every three letters, at least one; a swap of neighbours is one slip.
    let allowed = (plain.chars().count() / 3).max(1);
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&plain, &squashed(name)), name))
        .filter(|(distance, name)| *distance <= allowed && *distance < name.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Case, `_` and `-` are what people mix up most: they do not count as a difference.
fn squashed(name: &str) -> Cow<'_, str> {
    if name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.to_lowercase().replace(['_', ' '], "-"))
    }
}

/// Whether a character would disturb a terminal, or show a text other than it is: control
/// characters but for line break and tab, and those that turn the direction of writing.
pub(super) fn is_unprintable(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A number with commas between its thousands.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count and its noun: `1 item`, `2 items`.
pub(in crate::scenario) fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(count))
}
