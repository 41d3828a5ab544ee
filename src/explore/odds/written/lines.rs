//! What the lines of the file hold.

use crate::measures::Cause;
use crate::statistics::{Share, Spread, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A [`Value`]: a number, `"never"`, or null where nothing put it to the test.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq)]
#[serde(untagged)]
pub(super) enum Came {
    At(u64),
    Never(Never),
}

#[derive(Serialize, Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Never {
    Never,
}

impl From<Value> for Came {
    fn from(value: Value) -> Self {
        match value {
            Value::At(it) => Self::At(it),
            Value::Never => Self::Never(Never::Never),
        }
    }
}

impl From<Came> for Value {
    fn from(came: Came) -> Self {
        match came {
            Came::At(it) => Self::At(it),
            Came::Never(_) => Self::Never,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeaderLine {
    #[serde(rename = "lifeboat-part")]
    pub(super) format: u32,
    pub(super) lifeboat: String,
    pub(super) scenario: String,
    pub(super) seed: String,
    pub(super) looks: LooksLine,
    pub(super) path: String,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) objectives: Vec<ObjectiveLine>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LooksLine {
    Once,
    Always,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ObjectiveLine {
    pub(super) name: String,
    pub(super) subject: SubjectLine,
    pub(super) share_ppm: u32,
    pub(super) confidence_ppm: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum SubjectLine {
    Quantity { name: String, most: u64 },
    Check(String),
    Checks,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RunsLine {
    pub(super) runs: Vec<(u64, u64)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rows_bytes: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuantityLine {
    pub(super) quantity: String,
    pub(super) least: Option<(Came, u64)>,
    pub(super) most: Option<(Came, u64)>,
    pub(super) spread: Spread,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckLine {
    pub(super) check: String,
    pub(super) verdicts: [u64; 5],
    pub(super) violated_in: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChecksLine {
    pub(super) violated: u64,
    pub(super) violated_in: Option<u64>,
    pub(super) objectives: Vec<Share>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpentLine {
    pub(super) looked_at: u64,
    pub(super) spent: BTreeMap<String, SplitLine>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SplitLine {
    pub(super) clocks: u64,
    pub(super) by_ms: [u64; Cause::COUNT],
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EarlyLine {
    pub(super) run: u64,
    pub(super) values: Vec<Option<Came>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EndLine {
    pub(super) lines: u64,
}
