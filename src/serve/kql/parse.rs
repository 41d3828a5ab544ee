//! From a text to a query.

use super::tokens::{Token, bad, tokens};
use super::{BadQuery, Function, Like, Query, Stage, Term, Test};
use serde_json::Value;
use std::str::FromStr;

/// The longest query, and how deep its parentheses go.
const LENGTH_MAX: usize = 16 * 1024;
const DEPTH_MAX: usize = 32;

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
