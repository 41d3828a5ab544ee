//! One file of a sweep: drilled, or why not.

use super::assess::{Assessed, ScenarioVerdict, assess};
use super::exit::Exit;
use super::names::Names;
use crate::drill::{Divergence, Drill, Outcome, Record};
use crate::measures::Imbalance;
use crate::scenario::syntax::Diagnostics;
use crate::scenario::{Reader, Scenario};
use std::path::Path;

/// The most facts that are recorded for an explanation (about 200 MiB). A longer
/// run is told without its timeline and without the facts that led to a verdict.
pub const FACTS_MAX: u64 = 4_000_000;

/// When a run is explained: run again with its facts recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Explain {
    /// Never.
    Never,
    /// When the scenario does not pass.
    #[default]
    WhenBad,
    /// Always.
    Always,
}

/// A scenario that was run.
#[derive(Clone, Debug)]
pub struct Ran {
    /// What was run.
    pub scenario: Scenario,
    /// What came of it; with its facts where they were asked for.
    pub outcome: Outcome,
    /// What that means.
    pub assessed: Assessed,
    /// For each strike the fault that it is of, by its place in the plan.
    pub strikes: Vec<u32>,
    /// What does this run again: a command.
    pub again: String,
}

impl Ran {
    /// A run that somebody else drove: a team's own code, which `again` runs again.
    ///
    /// # Errors
    /// The ledger does not balance: an error of this program.
    pub fn driven(
        scenario: Scenario,
        outcome: Outcome,
        strikes: Vec<u32>,
        again: String,
    ) -> Result<Self, Imbalance> {
        outcome.balance?;
        let assessed = assess(&scenario, &outcome);
        Ok(Self {
            scenario,
            outcome,
            assessed,
            strikes,
            again,
        })
    }

    /// Who is who in the run.
    #[must_use]
    pub fn names(&self) -> Names<'_> {
        Names {
            plan: &self.scenario.plan,
            world: &self.outcome.world,
            strikes: &self.strikes,
        }
    }

    /// Whether its facts were recorded.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        self.outcome.recorded.len() as u64 == self.outcome.facts
    }

    /// The seed, as it is written everywhere.
    #[must_use]
    pub fn seed(&self) -> String {
        seed_text(self.scenario.plan.seed)
    }
}

/// A seed as it is shown: `0x134b1f1`.
#[must_use]
pub fn seed_text(seed: u64) -> String {
    format!("{seed:#x}")
}

/// The command that runs a scenario with a seed.
pub(super) fn run_again(path: &str, seed: u64) -> String {
    format!(
        "lifeboat run {} --seed {}",
        shell_word(path),
        seed_text(seed)
    )
}

/// A path, or any other text, as a shell takes it in one piece.
#[must_use]
pub fn shell_word(path: &str) -> String {
    let plain = |c: char| {
        c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '@' | '+' | ':' | '\\')
    };
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

/// A run that says nothing about its scenario: the program, or the machine, is
/// wrong.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The scenario's file.
    pub path: String,
    /// The seed, if the scenario could be read.
    pub seed: Option<u64>,
    /// [`Exit::Diverged`] or [`Exit::Internal`].
    pub exit: Exit,
    /// What went wrong.
    pub message: String,
}

/// What came of one file.
#[derive(Clone, Debug)]
pub enum Entry {
    /// It was run.
    Ran(Box<Ran>),
    /// It is not a valid scenario.
    Invalid {
        /// The file.
        path: String,
        /// What is wrong with it.
        diagnostics: Diagnostics,
    },
    /// Its run cannot be trusted.
    Broken(Broken),
}

impl Entry {
    /// The file.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Ran(ran) => ran.scenario.path(),
            Self::Invalid { path, .. } => path,
            Self::Broken(broken) => &broken.path,
        }
    }

    /// The verdict; one whose run cannot be trusted counts as invalid.
    #[must_use]
    pub fn verdict(&self) -> ScenarioVerdict {
        match self {
            Self::Ran(ran) => ran.assessed.verdict,
            Self::Invalid { .. } | Self::Broken(_) => ScenarioVerdict::Invalid,
        }
    }

    /// What it means for the program's exit code.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::Broken(broken) => broken.exit,
            other => other.verdict().exit(),
        }
    }
}

/// Reads a file and runs it.
#[must_use]
pub fn drill_file(reader: &Reader, path: &Path, explain: Explain, verify: bool) -> Entry {
    match reader.read(path) {
        Ok(scenario) => drill(scenario, explain, verify),
        Err(diagnostics) => Entry::Invalid {
            path: path.display().to_string(),
            diagnostics,
        },
    }
}

/// Runs a scenario: once, or twice where it is to be explained or verified. Two
/// runs that differ are told apart from every verdict.
#[must_use]
pub fn drill(scenario: Scenario, explain: Explain, verify: bool) -> Entry {
    drill_unless(scenario, explain, verify, || false).expect("nobody stops it")
}

/// Runs a scenario as [`drill`] does, unless `stop` says otherwise on the way: then
/// nothing came of it.
pub fn drill_unless(
    scenario: Scenario,
    explain: Explain,
    verify: bool,
    stop: impl Fn() -> bool,
) -> Option<Entry> {
    let entry = match conduct(&scenario, explain, verify, stop)? {
        Ok((outcome, assessed, strikes)) => Entry::Ran(Box::new(Ran {
            again: run_again(scenario.path(), scenario.plan.seed),
            scenario,
            outcome,
            assessed,
            strikes,
        })),
        Err((exit, message)) => Entry::Broken(Broken {
            path: scenario.path().to_owned(),
            seed: Some(scenario.plan.seed),
            exit,
            message,
        }),
    };
    Some(entry)
}

type Conducted = (Outcome, Assessed, Vec<u32>);

fn conduct(
    scenario: &Scenario,
    explain: Explain,
    verify: bool,
    stop: impl Fn() -> bool,
) -> Option<Result<Conducted, (Exit, String)>> {
    let drill = Drill::new(&scenario.plan);
    let strikes = drill.schedule().strikes.clone();
    let first = if verify {
        match drill.verify_unless(&stop)? {
            Ok(outcome) => outcome,
            Err(it) => {
                let message = divergence(scenario, &strikes, &drill, &it);
                return Some(Err((Exit::Diverged, message)));
            }
        }
    } else {
        drill.run_unless(Record::Nothing, &stop)?
    };
    if let Err(imbalance) = &first.balance {
        return Some(Err((Exit::Internal, imbalance.to_string())));
    }
    let assessed = assess(scenario, &first);
    let wanted = match explain {
        Explain::Never => false,
        Explain::WhenBad => !assessed.verdict.passes(),
        Explain::Always => true,
    };
    if !wanted || !first.recorded.is_empty() || first.facts > FACTS_MAX {
        return Some(Ok((first, assessed, strikes)));
    }
    let second = drill.run_unless(Record::Everything, &stop)?;
    if second.trace_hash != first.trace_hash {
        let message = format!(
            "the run was repeated for its facts, and differed: `{}` says where",
            "--verify"
        );
        return Some(Err((Exit::Diverged, message)));
    }
    Some(Ok((second, assessed, strikes)))
}

/// The first fact and entity that differ, by name.
fn divergence(
    scenario: &Scenario,
    strikes: &[u32],
    drill: &Drill<'_>,
    found: &Divergence,
) -> String {
    let outcome = drill.run();
    let names = Names {
        plan: &scenario.plan,
        world: &outcome.world,
        strikes,
    };
    let say = |fact: &Option<crate::model::fact::Fact>| {
        fact.as_ref().map_or("nothing".to_owned(), |it| {
            format!("{} at {}", super::describe(&names, &it.what), it.at)
        })
    };
    let (first, second) = (say(&found.first), say(&found.second));
    format!(
        "two runs of one seed differ from fact {} on: '{first}' against '{second}'",
        found.at
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_pasted_in_one_piece() {
        assert_eq!(shell_word("scenarios/a-1.yaml"), "scenarios/a-1.yaml");
        assert_eq!(
            shell_word("my drills/it's.yaml"),
            "'my drills/it'\\''s.yaml'"
        );
        assert_eq!(seed_text(20_231_009), "0x134b361");
    }
}
