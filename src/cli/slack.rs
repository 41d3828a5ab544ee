//! `slack`: how late people may begin and still keep every promise. A verb of its own,
//! since it answers for orgs, out of many runs, where `run` answers for one run.

use super::args::{self, Format};
use super::output::{self, Target};
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, Stop, sweep};
use crate::explore::slack::{Party, Question, Slack, Tried, looks_for, slack as found};
use crate::report::slack::{Told, exit, human, json};
use crate::report::{Exit, seed_text};
use crate::scenario::Scenario;
use crate::time::Duration;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;

pub(super) fn slack(verb: &args::Slack, settings: &Settings, terminal: &Terminal) -> Ended {
    let format = settings.format_of("slack", &[Format::Human, Format::Json])?;
    if verb.resolution == Duration::ZERO {
        return Err(Stop::usage("--resolution is some length of time, as in 1m"));
    }
    let mut inputs: Vec<PathBuf> = settings.file.iter().cloned().collect();
    inputs.push(verb.path.clone());
    let to = verb.output.as_deref().or(settings.output.as_deref());
    let to = to.map(|it| Target::new(it, &inputs)).transpose()?;
    let scenario = sweep::scenario(&verb.path, settings, terminal)?;
    terminal.note(&format!(
        "lifeboat {}: how late is too late in {}, seed {}",
        env!("CARGO_PKG_VERSION"),
        scenario.path(),
        seed_text(scenario.plan.seed)
    ));
    sweep::heed_interrupts(terminal);
    let parties = match verb.party {
        Some(args::Party::Customer) => &Party::ALL[..1],
        Some(args::Party::Support) => &Party::ALL[1..],
        None => &Party::ALL[..],
    };
    let mut slacks = Vec::new();
    for &party in parties {
        let Some(it) = ask(verb, settings, terminal, &scenario, party) else {
            return Ok(Exit::Interrupted);
        };
        slacks.push(it);
    }
    let told = Told {
        scenario: &scenario,
        slacks: &slacks,
        full: verb.full || settings.full,
    };
    let text = match format {
        Format::Json => json(&told),
        _ => human(&told, terminal.style(to.is_some())),
    };
    output::deliver(to.as_ref(), &text)?;
    Ok(exit(&slacks))
}

fn ask(
    verb: &args::Slack,
    settings: &Settings,
    terminal: &Terminal,
    scenario: &Scenario,
    party: Party,
) -> Option<Slack> {
    let bar = if terminal.shows_progress() {
        ProgressBar::new_spinner()
    } else {
        ProgressBar::hidden()
    };
    if let Ok(style) = ProgressStyle::with_template("{elapsed} {msg}") {
        bar.set_style(style);
    }
    let progress = |it: &Tried| {
        bar.set_message(format!(
            "{}: {} runs of at most {}, {} orgs without a sharp edge",
            party.name(),
            it.runs,
            verb.runs_max,
            it.open
        ));
        bar.tick();
        !sweep::stopped()
    };
    let it = found(&Question {
        plan: &scenario.plan,
        party,
        resolution: verb.resolution,
        looks: verb.looks.unwrap_or_else(|| looks_for(&scenario.plan)),
        runs_max: verb.runs_max,
        jobs: settings.threads(),
        progress: &progress,
    });
    bar.finish_and_clear();
    it
}
