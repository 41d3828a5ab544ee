//! As much of the query language as finding connectors takes. What is not understood
//! is refused, with what is.

use serde_json::{Map, Value};
use std::cmp::Ordering;
use std::str::FromStr;

/// A query that is not understood.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "The query is not understood at {at:?}. What is: 'resources' or 'securityresources', then, \
     each after '|': where (==, =~, !=, !~, in, in~, contains, has, startswith, and, or, not, \
     parentheses), extend, project, order by, limit, take, count; values are texts, numbers, \
     columns as in properties.environmentName, tostring(), tolower(), toupper(), parse_json()."
)]
pub(super) struct BadQuery {
    /// What begins there.
    at: String,
}

/// A query: stages, one after another.
#[derive(Clone, Debug)]
pub(super) struct Query(Vec<Stage>);

#[derive(Clone, Debug)]
enum Stage {
    Where(Test),
    Extend(Vec<(String, Term)>),
    Project(Vec<(String, Term)>),
    Order(Vec<(Term, bool)>),
    Limit(usize),
    Count,
}

#[derive(Clone, Debug)]
enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Is(Term, Like, Vec<Term>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Like {
    Equal { fold: bool, not: bool },
    In { fold: bool },
    Contains,
    Begins,
}

#[derive(Clone, Debug)]
enum Term {
    Value(Value),
    Column(Vec<String>),
    Call(Function, Box<Term>),
}

#[derive(Clone, Copy, Debug)]
enum Function {
    Text,
    Lower,
    Upper,
    Json,
}

/// The longest query, and how deep its parentheses go.
const LENGTH_MAX: usize = 16 * 1024;
const DEPTH_MAX: usize = 32;

#[derive(Clone, PartialEq, Debug)]
enum Token {
    Word(String),
    Text(String),
    Number(u64),
    Sign(&'static str),
}

const SIGNS: [&str; 15] = [
    "==", "=~", "!=", "!~", "in~", "|", "(", ")", "[", "]", ",", ".", "=", ";", "-",
];

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, BadQuery> {
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

fn bad(rest: &str) -> BadQuery {
    BadQuery {
        at: rest.chars().take(40).collect(),
    }
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<(usize, Token)>,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|it| &it.1)
    }

    fn bad(&self) -> BadQuery {
        let place = self.tokens.get(self.at).map_or(self.text.len(), |it| it.0);
        bad(&self.text[place..])
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        let there = matches!(self.peek(), Some(Token::Sign(it)) if *it == sign);
        self.at += usize::from(there);
        there
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let there = matches!(self.peek(), Some(Token::Word(it)) if it.eq_ignore_ascii_case(word));
        self.at += usize::from(there);
        there
    }

    fn needs_sign(&mut self, sign: &str) -> Result<(), BadQuery> {
        self.takes_sign(sign)
            .then_some(())
            .ok_or_else(|| self.bad())
    }

    fn word(&mut self) -> Result<String, BadQuery> {
        match self.peek() {
            Some(Token::Word(it)) => {
                let it = it.clone();
                self.at += 1;
                Ok(it)
            }
            _ => Err(self.bad()),
        }
    }

    fn query(&mut self) -> Result<Query, BadQuery> {
        if !self.takes_word("resources") && !self.takes_word("securityresources") {
            return Err(self.bad());
        }
        let mut stages = Vec::new();
        while self.takes_sign("|") {
            stages.push(self.stage()?);
        }
        self.takes_sign(";");
        match self.peek() {
            None => Ok(Query(stages)),
            Some(_) => Err(self.bad()),
        }
    }

    fn stage(&mut self) -> Result<Stage, BadQuery> {
        let before = self.at;
        match self.word()?.to_lowercase().as_str() {
            "where" => Ok(Stage::Where(self.any()?)),
            "extend" => Ok(Stage::Extend(self.columns(true)?)),
            "project" => Ok(Stage::Project(self.columns(false)?)),
            "count" => Ok(Stage::Count),
            "order" | "sort" if self.takes_word("by") => self.order(),
            "limit" | "take" => match self.peek() {
                Some(&Token::Number(it)) => {
                    self.at += 1;
                    Ok(Stage::Limit(usize::try_from(it).unwrap_or(usize::MAX)))
                }
                _ => Err(self.bad()),
            },
            _ => {
                self.at = before;
                Err(self.bad())
            }
        }
    }

    fn order(&mut self) -> Result<Stage, BadQuery> {
        let mut by = Vec::new();
        loop {
            let term = self.term()?;
            // Without a word the largest comes first, as in the language itself.
            let ascending = self.takes_word("asc");
            if !ascending {
                self.takes_word("desc");
            }
            by.push((term, ascending));
            if !self.takes_sign(",") {
                return Ok(Stage::Order(by));
            }
        }
    }

    fn columns(&mut self, named: bool) -> Result<Vec<(String, Term)>, BadQuery> {
        let mut columns = Vec::new();
        loop {
            let begins = self.at;
            let name = self.word()?;
            let term = if self.takes_sign("=") {
                self.term()?
            } else if named {
                return Err(self.bad());
            } else {
                self.at = begins;
                self.term()?
            };
            // A path of several names is shown under them, joined.
            let name = match &term {
                Term::Column(path) if path[0] == name && path.len() > 1 => path.join("_"),
                _ => name,
            };
            columns.push((name, term));
            if !self.takes_sign(",") {
                return Ok(columns);
            }
        }
    }

    fn any(&mut self) -> Result<Test, BadQuery> {
        let mut tests = vec![self.all()?];
        while self.takes_word("or") {
            tests.push(self.all()?);
        }
        Ok(Test::Any(tests))
    }

    fn all(&mut self) -> Result<Test, BadQuery> {
        let mut tests = vec![self.one()?];
        while self.takes_word("and") {
            tests.push(self.one()?);
        }
        Ok(Test::All(tests))
    }

    fn one(&mut self) -> Result<Test, BadQuery> {
        let not = self.takes_word("not");
        if self.takes_sign("(") {
            self.deeper()?;
            let inner = self.any()?;
            self.depth -= 1;
            self.needs_sign(")")?;
            return Ok(if not {
                Test::Not(Box::new(inner))
            } else {
                inner
            });
        }
        if not {
            return Err(self.bad());
        }
        let left = self.term()?;
        let (like, many) = self.like()?;
        let right = if many {
            self.needs_sign("(")?;
            let mut all = vec![self.term()?];
            while self.takes_sign(",") {
                all.push(self.term()?);
            }
            self.needs_sign(")")?;
            all
        } else {
            vec![self.term()?]
        };
        Ok(Test::Is(left, like, right))
    }

    fn like(&mut self) -> Result<(Like, bool), BadQuery> {
        let equal = |fold, not| (Like::Equal { fold, not }, false);
        let found = match self.peek() {
            Some(Token::Sign("==")) => equal(false, false),
            Some(Token::Sign("=~")) => equal(true, false),
            Some(Token::Sign("!=")) => equal(false, true),
            Some(Token::Sign("!~")) => equal(true, true),
            Some(Token::Sign("in~")) => (Like::In { fold: true }, true),
            Some(Token::Word(it)) => match it.to_lowercase().as_str() {
                "in" => (Like::In { fold: false }, true),
                "contains" | "has" => (Like::Contains, false),
                "startswith" => (Like::Begins, false),
                _ => return Err(self.bad()),
            },
            _ => return Err(self.bad()),
        };
        self.at += 1;
        Ok(found)
    }

    fn deeper(&mut self) -> Result<(), BadQuery> {
        self.depth += 1;
        (self.depth <= DEPTH_MAX)
            .then_some(())
            .ok_or_else(|| self.bad())
    }

    fn term(&mut self) -> Result<Term, BadQuery> {
        match self.peek() {
            Some(Token::Text(it)) => {
                let value = Term::Value(Value::String(it.clone()));
                self.at += 1;
                return Ok(value);
            }
            Some(&Token::Number(it)) => {
                self.at += 1;
                return Ok(Term::Value(it.into()));
            }
            _ => {}
        }
        let begins = self.at;
        let word = self.word()?;
        if self.takes_sign("(") {
            let function = match word.to_lowercase().as_str() {
                "tostring" => Function::Text,
                "tolower" => Function::Lower,
                "toupper" => Function::Upper,
                "parse_json" | "todynamic" => Function::Json,
                _ => {
                    self.at = begins;
                    return Err(self.bad());
                }
            };
            self.deeper()?;
            let inner = self.term()?;
            self.depth -= 1;
            self.needs_sign(")")?;
            return Ok(Term::Call(function, Box::new(inner)));
        }
        let mut path = vec![word];
        loop {
            if self.takes_sign(".") {
                path.push(self.word()?);
            } else if self.takes_sign("[") {
                match self.peek() {
                    Some(Token::Text(it)) => path.push(it.clone()),
                    _ => return Err(self.bad()),
                }
                self.at += 1;
                self.needs_sign("]")?;
            } else {
                return Ok(Term::Column(path));
            }
        }
    }
}

impl FromStr for Query {
    type Err = BadQuery;

    fn from_str(text: &str) -> Result<Self, BadQuery> {
        if text.len() > LENGTH_MAX {
            return Err(bad("a query of this length"));
        }
        let mut parser = Parser {
            text,
            tokens: tokens(text)?,
            at: 0,
            depth: 0,
        };
        parser.query()
    }
}

impl Query {
    /// The rows that it finds.
    pub(super) fn run(&self, mut rows: Vec<Value>) -> Vec<Value> {
        for stage in &self.0 {
            match stage {
                Stage::Where(test) => rows.retain(|it| test.holds(it)),
                Stage::Limit(count) => rows.truncate(*count),
                Stage::Count => rows = vec![serde_json::json!({ "Count": rows.len() })],
                Stage::Extend(columns) => {
                    for row in &mut rows {
                        for (name, term) in columns {
                            let value = term.of(row);
                            if let Value::Object(row) = row {
                                row.insert(name.clone(), value);
                            }
                        }
                    }
                }
                Stage::Project(columns) => {
                    let shown = |row: &Value| {
                        let one = |(name, term): &(String, Term)| (name.clone(), term.of(row));
                        Value::Object(columns.iter().map(one).collect::<Map<_, _>>())
                    };
                    rows = rows.iter().map(shown).collect();
                }
                Stage::Order(by) => rows.sort_by(|a, b| {
                    by.iter()
                        .map(|(term, ascending)| {
                            let order = compare(&term.of(a), &term.of(b));
                            if *ascending { order } else { order.reverse() }
                        })
                        .find(|it| it.is_ne())
                        .unwrap_or(Ordering::Equal)
                }),
            }
        }
        rows
    }
}

fn compare(a: &Value, b: &Value) -> Ordering {
    match (a.as_u64(), b.as_u64()) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => text(a).cmp(&text(b)),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(it) => it.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

impl Term {
    fn of(&self, row: &Value) -> Value {
        match self {
            Self::Value(it) => it.clone(),
            Self::Column(path) => {
                let mut at = row;
                for name in path {
                    at = at.get(name).unwrap_or(&Value::Null);
                }
                at.clone()
            }
            Self::Call(function, inner) => {
                let value = inner.of(row);
                match function {
                    Function::Json => value,
                    Function::Text => Value::String(text(&value)),
                    Function::Lower => Value::String(text(&value).to_lowercase()),
                    Function::Upper => Value::String(text(&value).to_uppercase()),
                }
            }
        }
    }
}

impl Test {
    fn holds(&self, row: &Value) -> bool {
        match self {
            Self::All(tests) => tests.iter().all(|it| it.holds(row)),
            Self::Any(tests) => tests.iter().any(|it| it.holds(row)),
            Self::Not(test) => !test.holds(row),
            Self::Is(left, like, right) => {
                let left = text(&left.of(row));
                let mut right = right.iter().map(|it| text(&it.of(row)));
                let lower = left.to_lowercase();
                let same = |fold: bool, it: &str| left == it || fold && lower == it.to_lowercase();
                match like {
                    Like::Equal { fold, not } => right.any(|it| same(*fold, &it)) != *not,
                    Like::In { fold } => right.any(|it| same(*fold, &it)),
                    Like::Contains => right.any(|it| lower.contains(&it.to_lowercase())),
                    Like::Begins => right.any(|it| lower.starts_with(&it.to_lowercase())),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(query: &str) -> Result<Vec<Value>, BadQuery> {
        let rows = [
            ("a", "westeurope", "Github"),
            ("b", "eastus", "AzureDevOps"),
        ];
        let rows = rows.map(|(name, location, environment)| {
            json!({ "name": name, "location": location, "type": "microsoft.security/securityconnectors",
                    "properties": { "environmentName": environment } })
        });
        query.parse::<Query>().map(|it| it.run(rows.into()))
    }

    #[test]
    fn rows_are_found_shaped_and_ordered() {
        let query = "resources
            | where type =~ 'Microsoft.Security/securityConnectors' // ours
            | extend source = tostring(properties.environmentName)
            | where source in ('Github', \"AzureDevOps\") and not(location contains 'nowhere')
            | order by name desc
            | project region = location, properties['environmentName'], source
            | take 1";
        let row = json!({ "region": "eastus", "properties_environmentName": "AzureDevOps",
                          "source": "AzureDevOps" });
        assert_eq!(found(query), Ok(vec![row]));
        let names = |query: &str| -> Vec<String> {
            let rows = found(query).expect("it is understood");
            rows.iter().map(|it| text(&it["name"])).collect()
        };
        assert_eq!(names("resources | where name != 'a'"), ["b"]);
        assert_eq!(names("Resources | where name == 'A'"), [""; 0]);
        assert_eq!(
            names("resources | where name in~ ('A') or location startswith 'EAST'"),
            ["a", "b"]
        );
        assert_eq!(found("resources | count"), Ok(vec![json!({ "Count": 2 })]));
    }

    #[test]
    fn what_is_not_understood_is_refused_where_it_stands() {
        for (query, at) in [
            ("", ""),
            ("machines | take 1", "machines | take 1"),
            ("resources | summarize count()", "summarize count()"),
            ("resources | where name", ""),
            ("resources | where name == 'a", "'a"),
            ("resources | take all", "all"),
            ("resources | where strlen(name) == 1", "strlen(name) == 1"),
            ("resources | project", ""),
            ("resources ~", "~"),
        ] {
            assert_eq!(found(query), Err(BadQuery { at: at.into() }), "{query}");
        }
        let deep = format!("resources | where {}", "(".repeat(5_000));
        assert!(found(&deep).is_err());
        let deep = format!("resources | where {}", "tolower(".repeat(2_000));
        assert!(found(&deep).is_err());
    }
}
