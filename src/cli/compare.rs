//! `compare`: several scenarios on the same luck.

use super::args::{self, Format};
use super::output::{self, Target};
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, Stop, sweep};
use crate::explore::compare::{Compare, compare as compared};
use crate::explore::odds::Broken;
use crate::report::compare::{Told, human, json};
use crate::report::{Exit, seed_text};
use crate::scenario::{Plan, Scenario};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;

pub(super) fn compare(verb: &args::Compare, settings: &Settings, terminal: &Terminal) -> Ended {
    let format = settings.format_of("compare", &[Format::Human, Format::Json])?;
    if verb.paths.len() < 2 {
        return Err(Stop::usage("compare takes two scenarios or more"));
    }
    let inputs: Vec<PathBuf> = settings.file.iter().chain(&verb.paths).cloned().collect();
    let to = verb.output.as_deref().or(settings.output.as_deref());
    let to = to.map(|it| Target::new(it, &inputs)).transpose()?;
    let read = |path| sweep::scenario(path, settings, terminal);
    let scenarios: Vec<Scenario> = verb
        .paths
        .iter()
        .map(|it| read(it))
        .collect::<Result<_, _>>()?;
    // One seed for all, or the luck would not be the same.
    let seed = scenarios[0].plan.seed;
    terminal.note(&format!(
        "lifeboat {}: comparing {} scenarios, {} runs each, seed {}",
        env!("CARGO_PKG_VERSION"),
        scenarios.len(),
        verb.runs,
        seed_text(seed)
    ));
    sweep::heed_interrupts(terminal);
    let bar = bar(verb.runs, terminal);
    let plans: Vec<&Plan> = scenarios.iter().map(|it| &it.plan).collect();
    let came = compared(&Compare {
        plans: &plans,
        seed,
        runs: verb.runs,
        jobs: settings.threads(),
        progress: &|runs| {
            bar.set_position(runs);
            !sweep::stopped()
        },
    });
    bar.finish_and_clear();
    let Some(compared) = came.map_err(|it| broken(&it))? else {
        return Ok(Exit::Interrupted);
    };
    let told = Told {
        scenarios: &scenarios,
        seed,
        compared: &compared,
    };
    let text = match format {
        Format::Json => json(&told),
        _ => human(&told, terminal.style(to.is_some())),
    };
    output::deliver(to.as_ref(), &text)?;
    Ok(Exit::Success)
}

/// A bar that knows how much is left.
pub(super) fn bar(most: u64, terminal: &Terminal) -> ProgressBar {
    let bar = if terminal.shows_progress() {
        ProgressBar::new(most)
    } else {
        ProgressBar::hidden()
    };
    let template = "{elapsed} [{bar:30}] {human_pos} of {human_len} runs, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// A run that cannot be trusted: an error of this program.
pub(super) fn broken(it: &Broken) -> Stop {
    Stop {
        exit: Exit::Internal,
        message: format!("the loss ledger does not balance, an error of this program: {it}"),
    }
}
