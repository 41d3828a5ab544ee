//! What a query finds among rows.

use super::{Function, Like, Query, Stage, Term, Test};
use serde_json::{Map, Value};
use std::cmp::Ordering;

impl Query {
    /// The rows that it finds.
    pub(in crate::serve) fn run(&self, mut rows: Vec<Value>) -> Vec<Value> {
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

pub(super) fn text(value: &Value) -> String {
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
