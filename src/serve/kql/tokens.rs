//! Words, texts, numbers and signs.

use super::BadQuery;

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token {
    Word(String),
    Text(String),
    Number(u64),
    Sign(&'static str),
}

const SIGNS: [&str; 15] = [
    "==", "=~", "!=", "!~", "in~", "|", "(", ")", "[", "]", ",", ".", "=", ";", "-",
];

pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, BadQuery> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let place = text.len() - rest.len();
        let Some(first) = rest.chars().next() else {
            return Ok(found);
        };
        let sign = SIGNS.iter().find(|it| rest.starts_with(**it));
        let (token, length) = if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |it| it.1);
            continue;
        } else if let Some(sign) = sign {
            (Token::Sign(sign), sign.len())
        } else if first == '\'' || first == '"' {
            let end = rest[1..].find(first).ok_or_else(|| bad(rest))?;
            (Token::Text(rest[1..=end].to_owned()), end + 2)
        } else {
            let inside = |it: char| it.is_alphanumeric() || it == '_' || it == '$';
            let end = rest.find(|it| !inside(it)).unwrap_or(rest.len());
            let word = &rest[..end];
            match word.parse() {
                _ if word.is_empty() => return Err(bad(rest)),
                Ok(number) => (Token::Number(number), end),
                Err(_) => (Token::Word(word.to_owned()), end),
            }
        };
        found.push((place, token));
        rest = &rest[length..];
    }
}

pub(super) fn bad(rest: &str) -> BadQuery {
    BadQuery {
        at: rest.chars().take(40).collect(),
    }
}
