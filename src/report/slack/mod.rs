//! How late is too late: for people, and for machines.

mod human;
mod json;

use super::exit::Exit;
use crate::explore::slack::{Answer, Slack};
use crate::scenario::Scenario;

pub use human::human;
#[cfg(feature = "cli")]
pub use json::schema_text;
pub use json::{Document, OrgJson, PartyJson, document, json};

/// What is told of a scenario: how late each party may begin.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The answers, for one party or for both.
    pub slacks: &'a [Slack],
    /// Whether every group of orgs is shown.
    pub full: bool,
}

/// How the command ends: with 1 where it is too late already for somebody, with 5 where
/// the run is too short to say.
#[must_use]
pub fn exit(slacks: &[Slack]) -> Exit {
    let answers = slacks.iter().flat_map(|it| &it.orgs);
    answers.fold(Exit::Success, |exit, it| match it.1 {
        Answer::TooLate { by, .. } if by.unsettled => exit.worse(Exit::Inconclusive),
        Answer::TooLate { .. } => exit.worse(Exit::Failure),
        Answer::Until { .. } | Answer::Never => exit,
    })
}
