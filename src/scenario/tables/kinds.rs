//! Texts with a grammar.

use crate::chance::Probability;
use crate::scenario::syntax::TextKind;
use crate::time::{Dates, Duration, Factor, Hours, Instant, Rate, StartInstant};

/// The longest name, in bytes.
pub(in crate::scenario) const NAME_MAX: usize = 128;

/// The longest id, in bytes: a Resource ID (L-6) is longer than any name.
pub(in crate::scenario) const ID_MAX: usize = 1024;

/// A parser that says in words why it does not take a text.
macro_rules! parsed {
    ($kind:ty) => {
        |text| {
            text.parse::<$kind>()
                .map(drop)
                .map_err(|error| error.to_string())
        }
    };
}

pub(in crate::scenario) static NAME: TextKind = TextKind {
    name: "a name",
    doc: "Letters, digits, and `-`, `_`, `.`, `/`; it begins with a letter or a digit.",
    pattern: "[A-Za-z0-9][A-Za-z0-9_./-]{0,127}",
    parse: name,
    example: "contoso",
};

pub(in crate::scenario) static REGION: TextKind = TextKind {
    name: "a region",
    doc: "The control plane's name of a region: small letters and digits.",
    pattern: "[a-z0-9]{1,40}",
    parse: region,
    example: "westeurope",
};

pub(in crate::scenario) static STEP: TextKind = TextKind {
    name: "a step",
    doc: "The name of a step: small letters, digits and dashes.",
    pattern: "[a-z0-9-]{1,64}",
    parse: step,
    example: "open-ticket",
};

pub(in crate::scenario) static ID: TextKind = TextKind {
    name: "an id",
    doc: "What something keeps when it is renamed: any text without blanks.",
    pattern: "\\S{1,1024}",
    parse: id,
    example: "contoso",
};

pub(super) static DURATION: TextKind = TextKind {
    name: "a duration",
    doc: "Whole numbers with `w`, `d`, `h`, `m`, `s` or `ms`, largest first.",
    pattern: "([0-9]+(w|d|h|ms|m|s))+",
    parse: parsed!(Duration),
    example: "24h20m",
};

pub(super) static INSTANT: TextKind = TextKind {
    name: "an instant",
    doc: "The time from the start: `T+` and a duration, or `T+0`.",
    pattern: "T\\+(0|([0-9]+(w|d|h|ms|m|s))+)",
    parse: instant,
    example: "T+5h",
};

pub(super) static RATE: TextKind = TextKind {
    name: "a rate",
    doc: "How many in which time: a second, a minute, an hour or a day.",
    pattern: "[0-9]+/[smhd]",
    parse: parsed!(Rate),
    example: "100/h",
};

pub(in crate::scenario) static PROBABILITY: TextKind = TextKind {
    name: "a probability",
    doc: "Per cent, with at most four decimals.",
    pattern: "[0-9]{1,3}(\\.[0-9]{1,4})?%",
    parse: parsed!(Probability),
    example: "25%",
};

pub(super) static FACTOR: TextKind = TextKind {
    name: "a factor",
    doc: "How many times as slow: a number with at most three decimals.",
    pattern: "",
    parse: parsed!(Factor),
    example: "4",
};

pub(super) static START: TextKind = TextKind {
    name: "a date and time",
    doc: "A date, a time and an offset, as in RFC 3339; the seconds may be left out.",
    pattern: "[0-9]{4}-[0-9]{2}-[0-9]{2}T.+",
    parse: parsed!(StartInstant),
    example: "2024-07-18T21:40Z",
};

pub(super) static HOURS: TextKind = TextKind {
    name: "working hours",
    doc: "Days, times and a time zone; several shifts with ` + ` between them.",
    pattern: ".+ .+",
    parse: parsed!(Hours),
    example: "Mon-Fri 09:00-17:00 Europe/Berlin",
};

pub(super) static DATES: TextKind = TextKind {
    name: "a date",
    doc: "A date, or two with `..` between them, both included.",
    pattern: "[0-9]{4}-[0-9]{2}-[0-9]{2}(\\.\\.[0-9]{4}-[0-9]{2}-[0-9]{2})?",
    parse: parsed!(Dates),
    example: "2024-12-25",
};

pub(super) static SEED: TextKind = TextKind {
    name: "a seed",
    doc: "A whole number below 2^64, in decimal digits or with `0x`.",
    pattern: "",
    parse: |text| seed(text).map(drop),
    example: "20231009",
};

pub(in crate::scenario) static NUMBER: TextKind = TextKind {
    name: "a number",
    doc: "A whole number below 2^64, in decimal digits or with `0x`.",
    pattern: "",
    parse: |text| seed(text).map(drop),
    example: "3",
};

pub(super) static SITE: TextKind = TextKind {
    name: "an entity",
    doc: "`connector/`, `org/`, `fault/`, `others/`, `region/` or `team/`, and an id.",
    pattern: "(connector|org|fault|others|region|team)/.+",
    parse: |text| {
        match text.split_once('/') {
        Some(("connector" | "org" | "fault" | "others" | "region" | "team", rest)) => id(rest),
        _ => Err("it does not begin with `connector/`, `org/`, `fault/`, `others/`, `region/` or `team/`".into()),
    }
    },
    example: "org/payments-02",
};

/// The number of a seed.
pub(in crate::scenario) fn seed(text: &str) -> Result<u64, String> {
    let number = match text.strip_prefix("0x") {
        Some(digits) if digits.bytes().all(|it| it.is_ascii_hexdigit()) => {
            u64::from_str_radix(digits, 16)
        }
        _ if text.bytes().all(|it| it.is_ascii_digit()) => text.parse(),
        _ => return Err("it is not a whole number".into()),
    };
    number.map_err(|_| "it does not fit 64 bits".into())
}

fn name(text: &str) -> Result<(), String> {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    limited(text, NAME_MAX, good)?;
    if text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        Ok(())
    } else {
        Err("it begins with neither a letter nor a digit".into())
    }
}

fn region(text: &str) -> Result<(), String> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    limited(text, 40, good)
}

fn step(text: &str) -> Result<(), String> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    limited(text, 64, good)
}

fn id(text: &str) -> Result<(), String> {
    limited(text, ID_MAX, |c: char| {
        !c.is_whitespace() && !c.is_control()
    })
}

fn instant(text: &str) -> Result<(), String> {
    match text.parse::<Instant>() {
        Ok(at) if at < Instant::ZERO => {
            Err("nothing can go wrong before T+0, when the scenario begins".into())
        }
        Ok(_) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

fn limited(text: &str, most: usize, good: impl Fn(char) -> bool) -> Result<(), String> {
    if text.is_empty() {
        return Err("it is empty".into());
    }
    if text.len() > most {
        return Err(format!("it is longer than {most} bytes"));
    }
    match text.chars().find(|c| !good(*c)) {
        Some(c) => Err(format!("{c:?} may not stand in it")),
        None => Ok(()),
    }
}
