//! For machines.

use super::{Told, exit};
use crate::explore::slack::{Answer, Slack};
use crate::model::ids::OrgIx;
use crate::report::machine::{self, Head};
use crate::time::Instant;
use serde::Serialize;

/// How late people may begin, for machines.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Document {
    /// Which program, of which scenario, on which luck.
    #[serde(flatten)]
    pub head: Head,
    /// The exit code of the program.
    pub exit_code: u8,
    /// Each party that was asked about.
    pub parties: Vec<PartyJson>,
}

/// How late one party may begin.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PartyJson {
    /// `customer` or `support`.
    pub party: String,
    /// Whether the procedure has a step with which it begins; without one nothing can
    /// be put off.
    pub begins: bool,
    /// Every delay tried is a multiple of this.
    pub resolution_ms: u64,
    /// The longest delay tried.
    pub longest_ms: u64,
    /// How far apart the delays were that were tried whatever came of the others: what
    /// breaks and mends again within less may have gone unseen.
    pub every_ms: u64,
    /// How many runs there were.
    pub runs: u64,
    /// Whether every edge is as sharp as the resolution.
    pub sharp: bool,
    /// How many orgs of the fleet were never hit.
    pub spared: u64,
    /// The smallest slack; null where nothing ever breaks or it is too late already.
    pub slack_ms: Option<u64>,
    /// Every org that was hit, in the order of the fleet.
    pub orgs: Vec<OrgJson>,
}

/// How late is too late for one org.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct OrgJson {
    /// Its name.
    pub org: String,
    /// `slack`, `too-late`, `run-too-short` or `never`.
    pub status: String,
    /// When the party begins today; null where it never does.
    pub today_ms: Option<i64>,
    /// The longest delay that keeps every promise.
    pub slack_ms: Option<u64>,
    /// `today_ms` and `slack_ms` together: the latest instant.
    pub latest_ms: Option<i64>,
    /// The shortest delay that was seen to break one.
    pub broken_ms: Option<u64>,
    /// What breaks then, or is broken already: a check, or a bound on a measure.
    pub breaks: Option<String>,
    /// A longer delay that keeps every promise again; null where none was seen.
    pub again_ms: Option<u64>,
}

/// The document of some answers.
#[must_use]
pub fn document(told: &Told<'_>) -> Document {
    Document {
        head: Head::of(told.scenario, told.scenario.plan.seed),
        exit_code: exit(told.slacks).code(),
        parties: told.slacks.iter().map(|it| party_json(told, it)).collect(),
    }
}

fn party_json(told: &Told<'_>, slack: &Slack) -> PartyJson {
    let late = |it: &(OrgIx, Answer)| matches!(it.1, Answer::TooLate { .. });
    let kept = slack.orgs.iter().filter_map(|it| match it.1 {
        Answer::Until { kept, .. } => Some(kept.as_millis()),
        Answer::TooLate { .. } | Answer::Never => None,
    });
    PartyJson {
        party: slack.party.name().into(),
        begins: slack.begins,
        resolution_ms: slack.resolution.as_millis(),
        longest_ms: slack.longest.as_millis(),
        every_ms: slack.every.as_millis(),
        runs: slack.runs,
        sharp: slack.sharp,
        spared: slack.spared,
        slack_ms: kept.min().filter(|_| !slack.orgs.iter().any(late)),
        orgs: slack
            .orgs
            .iter()
            .zip(&slack.today)
            .map(|(&(org, answer), &today)| org_json(told, org, answer, today))
            .collect(),
    }
}

fn org_json(told: &Told<'_>, org: OrgIx, answer: Answer, today: Option<Instant>) -> OrgJson {
    let (status, kept, broken, by, again) = match answer {
        Answer::TooLate { by, again } if by.unsettled => {
            ("run-too-short", None, None, Some(by), again)
        }
        Answer::TooLate { by, again } => ("too-late", None, None, Some(by), again),
        Answer::Until {
            kept,
            broken,
            by,
            again,
        } => ("slack", Some(kept), Some(broken), Some(by), again),
        Answer::Never => ("never", None, None, None, None),
    };
    OrgJson {
        org: told.scenario.plan.fleet.org_name(org).into(),
        status: status.into(),
        today_ms: today.map(Instant::as_millis),
        slack_ms: kept.map(|it| it.as_millis()),
        latest_ms: kept.zip(today).map(|(kept, at)| (at + kept).as_millis()),
        broken_ms: broken.map(|it| it.as_millis()),
        breaks: by.map(|it| it.promise.name().into()),
        again_ms: again.map(|it| it.as_millis()),
    }
}

/// The whole as JSON.
#[must_use]
pub fn json(told: &Told<'_>) -> String {
    machine::pretty(&document(told))
}

/// The schema of [`Document`].
#[cfg(feature = "cli")]
#[must_use]
pub fn schema_text() -> String {
    machine::schema::<Document>()
}
