//! What a scalar is, decided by what is wanted of it.

use super::node::{Scalar, ScalarStyle};

/// What other readers of YAML would make of a plain scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// Text, for everybody.
    Text,
    /// A truth value, for some or all.
    Bool,
    /// A number, for some or all.
    Number,
}

/// What others would take a scalar for. Quotes settle it: text.
pub(super) fn guess(scalar: &Scalar) -> Guess {
    if scalar.style == ScalarStyle::Quoted {
        return Guess::Text;
    }
    let lower = scalar.text.to_ascii_lowercase();
    match lower.as_str() {
        // Half of these are truth values in YAML 1.1 only; many tools still read 1.1.
        "true" | "false" | "yes" | "no" | "on" | "off" => Guess::Bool,
        text if is_number(text) => Guess::Number,
        _ => Guess::Text,
    }
}

/// Whether a lower-case plain scalar is a number in YAML 1.1 or 1.2. Sexagesimal numbers (`12:30`)
/// are left out: nobody reads them any more, and times of day are written like that.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".nan" | "inf" | "nan" | "infinity") {
        return true;
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = unsigned.strip_prefix(prefix) {
            return !digits.is_empty() && digits.chars().all(|c| c == '_' || c.is_digit(radix));
        }
    }
    let (mantissa, exponent) = unsigned.split_once('e').unwrap_or((unsigned, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let digits = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_')
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    digits(whole)
        && digits(fraction)
        && digits(exponent)
        && mantissa.bytes().any(|byte| byte.is_ascii_digit())
        && exponent.bytes().any(|byte| byte.is_ascii_digit())
        && !whole.starts_with('_')
}

/// A truth value: `true` or `false`, not quoted, in lower case.
pub(super) fn parse_bool(scalar: &Scalar) -> Option<bool> {
    match (scalar.style, scalar.text.as_str()) {
        (ScalarStyle::Plain, "true") => Some(true),
        (ScalarStyle::Plain, "false") => Some(false),
        _ => None,
    }
}

/// A whole number: decimal digits, perhaps behind a minus, and nothing else.
///
/// ```
/// # use lifeboat::scenario::syntax::parse_whole;
/// assert_eq!(parse_whole("120"), Some(120));
/// for other in ["08", "1_000", "1e3", "+1", "0x10", "1.0", "-0", ""] {
///     assert_eq!(parse_whole(other), None, "{other}");
/// }
/// ```
#[must_use]
pub fn parse_whole(text: &str) -> Option<i64> {
    is_spelled_whole(text).then(|| text.parse().ok()).flatten()
}

/// Whether a text is a whole number as everybody writes it, of whatever size.
pub(super) fn is_spelled_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    match digits.as_bytes() {
        [b'0'] => text == "0",
        [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// Why a text that others may take for a number is no whole number here, and how to write it.
pub(super) fn whole_advice(text: &str) -> Option<&'static str> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if text.contains('_') && digits(&unsigned.replace('_', "")) {
        Some("write it without `_`: not every reader of YAML takes it for a number")
    } else if unsigned.starts_with('0') && digits(unsigned) {
        Some("write it without the leading zero: to some readers of YAML that means octal")
    } else if text.starts_with('+') && digits(unsigned) {
        Some("write it without the `+`")
    } else if digits(unsigned) {
        Some("it is too large for this program")
    } else if is_number(&text.to_ascii_lowercase()) {
        Some("write it in decimal digits, without exponent, fraction or prefix")
    } else {
        None
    }
}
