//! `why`: which assumption the odds hang on. A verb of its own, since it runs the scenario
//! again and again with something changed, where `sample` runs it as it is.

use super::args::{self, Format};
use super::compare::bar;
use super::output::{self, Target};
use super::plan::quantity;
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, Stop, sweep};
use crate::explore::sensitivity::{NoAnswer, Question, sensitivities};
use crate::report::why::{Told, human, json};
use crate::report::{Exit, seed_text};
use std::path::PathBuf;

pub(super) fn why(verb: &args::Why, settings: &Settings, terminal: &Terminal) -> Ended {
    let format = settings.format_of("why", &[Format::Human, Format::Json])?;
    let quantity = quantity("--of", &verb.of)?;
    let mut inputs: Vec<PathBuf> = settings.file.iter().cloned().collect();
    inputs.push(verb.path.clone());
    let to = verb.output.as_deref().or(settings.output.as_deref());
    let to = to.map(|it| Target::new(it, &inputs)).transpose()?;
    let scenario = sweep::scenario(&verb.path, settings, terminal)?;
    let seed = scenario.plan.seed;
    terminal.note(&format!(
        "lifeboat {}: what {} hangs on in {}, {} runs of each change, seed {}",
        env!("CARGO_PKG_VERSION"),
        quantity.name(),
        scenario.path(),
        verb.runs,
        seed_text(seed)
    ));
    sweep::heed_interrupts(terminal);
    let bar = bar(0, terminal);
    let found = sensitivities(&Question {
        plan: &scenario.plan,
        quantity,
        seed,
        runs: verb.runs,
        jobs: settings.threads(),
        progress: &|runs, most| {
            bar.set_length(most);
            bar.set_position(runs);
            !sweep::stopped()
        },
    });
    bar.finish_and_clear();
    let found = match found {
        Ok(it) => it,
        Err(NoAnswer::Stopped) => return Ok(Exit::Interrupted),
        Err(NoAnswer::Broken { run, imbalance }) => {
            return Err(Stop {
                exit: Exit::Internal,
                message: format!(
                    "the loss ledger of run {run} does not balance, an error of this program: \
                     {imbalance}"
                ),
            });
        }
    };
    let told = Told {
        scenario: &scenario,
        seed,
        runs: verb.runs,
        found: &found,
    };
    let text = match format {
        Format::Json => json(&told),
        _ => human(&told, terminal.style(to.is_some())),
    };
    output::deliver(to.as_ref(), &text)?;
    Ok(Exit::Success)
}
