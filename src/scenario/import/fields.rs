//! What a map of an export says, by key.

use std::collections::BTreeMap;

use super::json::{Broken, Json, Kind};

/// The keys that are looked at. Case, `_` and `$` do not count: clients differ in those. What
/// stands under any other key is not read at all: tags, who made it and when, tokens.
const KEYS: [&str; 30] = [
    "actionableRemediation",
    "authorization",
    "autoDiscovery",
    "code",
    "columns",
    "connectorResourceId",
    "connectorType",
    "count",
    "data",
    "environmentData",
    "environmentName",
    "environmentType",
    "error",
    "errorMessage",
    "id",
    "location",
    "name",
    "nextLink",
    "onboardingState",
    "properties",
    "provisioningState",
    "region",
    "resultTruncated",
    "rows",
    "skipToken",
    "state",
    "tenantId",
    "topLevelInventoryList",
    "totalRecords",
    "value",
];

/// Why a map cannot be read.
#[derive(Debug)]
pub(super) enum Fault {
    /// A key is there twice, with different values.
    Twice(&'static str),
    /// A text that no characters stand for.
    Broken,
    /// Something of another kind stands under a key.
    Kind(&'static str, &'static str),
}

impl From<Broken> for Fault {
    fn from(_: Broken) -> Self {
        Self::Broken
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Twice(key) => write!(f, "`{key}` is there twice, with different values"),
            Self::Broken => f.write_str("a text has an escape that stands for no character"),
            Self::Kind(key, wanted) => write!(f, "`{key}` is not {wanted}"),
        }
    }
}

/// The values of a map, under the keys that are looked at.
#[derive(Debug, Default)]
pub(super) struct Fields<'t>(BTreeMap<&'static str, Json<'t>>);

impl<'t> Fields<'t> {
    /// Reads a map.
    pub(super) fn of(map: Json<'t>) -> Result<Self, Fault> {
        let mut fields = Self::default();
        let mut twice = None;
        map.entries(|key, value| {
            if let Some(key) = known(key) {
                twice = twice.or(fields.add(key, value));
            }
        })?;
        twice.map_or(Ok(fields), |key| Err(Fault::Twice(key)))
    }

    /// Reads a row of a table.
    pub(super) fn of_row(columns: &[Option<&'static str>], row: Json<'t>) -> Result<Self, Fault> {
        let mut fields = Self::default();
        let mut twice = None;
        row.items(|at, value| {
            if let Some(Some(key)) = columns.get(at) {
                twice = twice.or(fields.add(key, value));
            }
        });
        twice.map_or(Ok(fields), |key| Err(Fault::Twice(key)))
    }

    /// Adds a value; the key, if another one stands under it.
    fn add(&mut self, key: &'static str, value: Json<'t>) -> Option<&'static str> {
        if value.kind() == Kind::Null {
            return None;
        }
        let before = self.0.insert(key, value)?;
        (before.written() != value.written()).then_some(key)
    }

    /// The same with what stands under `properties`, which some clients flatten.
    pub(super) fn flattened(mut self) -> Result<Self, Fault> {
        if let Some(properties) = self.get("properties") {
            for (key, value) in Self::of(properties)?.0 {
                self.0.entry(key).or_insert(value);
            }
        }
        Ok(self)
    }

    /// What stands under a key, if it is not null.
    pub(super) fn get(&self, key: &str) -> Option<Json<'t>> {
        self.0.get(key).copied()
    }

    /// The text under a key; an empty one counts as none.
    pub(super) fn text(&self, key: &'static str) -> Result<Option<String>, Fault> {
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        let text = value.text()?.ok_or(Fault::Kind(key, "a text"))?;
        Ok(Some(text).filter(|it| !it.trim().is_empty()))
    }

    /// The first text under one of several keys.
    pub(super) fn first_text(&self, keys: &[&'static str]) -> Result<Option<String>, Fault> {
        for key in keys {
            if let Some(text) = self.text(key)? {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    /// The map under a key.
    pub(super) fn map(&self, key: &'static str) -> Result<Self, Fault> {
        match self.get(key) {
            None => Ok(Self::default()),
            Some(map) if map.kind() == Kind::Map => Self::of(map),
            Some(_) => Err(Fault::Kind(key, "a map")),
        }
    }
}

/// The key that is meant, if it is one that is looked at.
pub(super) fn known(key: &str) -> Option<&'static str> {
    // The longest has 21 letters, and few keys are much longer.
    if key.len() > 40 {
        return None;
    }
    let plain: String = key.chars().filter(|it| !matches!(it, '_' | '$')).collect();
    KEYS.into_iter().find(|it| it.eq_ignore_ascii_case(&plain))
}
