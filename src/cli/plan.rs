//! `plan`: every region lost in turn, and what would help.

use super::args::{self, Format};
use super::compare::{bar, broken};
use super::output::{self, Target};
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, Stop, sweep};
use crate::explore::planning::{Lasts, NoPlan, Planning, plan as planned};
use crate::measures::Quantity;
use crate::report::planned::{Told, human, json};
use crate::report::{Exit, seed_text};
use crate::scenario::Scenario;
use crate::scenario::levers::{Base, Levers};
use crate::scenario::syntax::{Limits, Source, did_you_mean, quoted};
use std::path::PathBuf;

pub(super) fn plan(verb: &args::Plan, settings: &Settings, terminal: &Terminal) -> Ended {
    let format = settings.format_of("plan", &[Format::Human, Format::Json])?;
    let by = quantity("--by", &verb.by)?;
    let mut inputs: Vec<PathBuf> = settings.file.iter().cloned().collect();
    inputs.push(verb.path.clone());
    inputs.extend(verb.levers.clone());
    let to = verb.output.as_deref().or(settings.output.as_deref());
    let to = to.map(|it| Target::new(it, &inputs)).transpose()?;
    let levers = levers(verb, terminal)?;
    // Read with its places first: what is wrong with it is told where it stands.
    let scenario = sweep::scenario(&verb.path, settings, terminal)?;
    let reader = sweep::reader(&verb.path, settings);
    let document = reader
        .document(&verb.path)
        .map_err(|it| Stop::invalid(&it, terminal))?;
    let lasts = verb.lasts.map_or_else(|| Lasts::of(&document), Lasts::For);
    known_region(verb.region.as_deref(), &scenario)?;
    let base = Base { document, scenario };
    let seed = base.scenario.plan.seed;
    terminal.note(&format!(
        "lifeboat {}: losing every region of {}, {} runs each, seed {}",
        env!("CARGO_PKG_VERSION"),
        base.scenario.path(),
        verb.runs,
        seed_text(seed)
    ));
    sweep::heed_interrupts(terminal);
    let bar = bar(0, terminal);
    let came = planned(&Planning {
        reader: &reader,
        base: &base,
        lasts: &lasts,
        region: verb.region.as_deref(),
        by,
        levers: &levers,
        steps: verb.steps,
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
    let planned = match came {
        Ok(it) => it,
        Err(why) => return Err(none(why, verb, terminal)),
    };
    let told = Told {
        scenario: &base.scenario,
        lasts: &lasts,
        by,
        levers: &levers,
        seed,
        runs: verb.runs,
        details: verb.region.is_some() || verb.full || settings.full,
        planned: &planned,
    };
    let text = match format {
        Format::Json => json(&told),
        _ => human(&told, terminal.style(to.is_some())),
    };
    output::deliver(to.as_ref(), &text)?;
    Ok(Exit::Success)
}

/// The levers of a file, or those of the program.
fn levers(verb: &args::Plan, terminal: &Terminal) -> Result<Levers, Stop> {
    let Some(path) = &verb.levers else {
        return Ok(Levers::standard());
    };
    let limits = Limits::default();
    let source = Source::read(path, &limits).map_err(|it| Stop::invalid(&it.into(), terminal))?;
    Levers::read(&source, &limits).map_err(|it| Stop::invalid(&it, terminal))
}

/// A region that is in no catalogue is a slip of the finger, and no empty plan.
fn known_region(region: Option<&str>, scenario: &Scenario) -> Result<(), Stop> {
    let names = || {
        scenario
            .plan
            .fleet
            .catalogue()
            .regions
            .iter()
            .map(|it| it.name)
    };
    let Some(name) = region.filter(|&name| !names().any(|it| it == name)) else {
        return Ok(());
    };
    let meant = did_you_mean(name, names());
    let meant = meant.map_or(String::new(), |it| format!(" Did you mean `{it}`?"));
    Err(Stop::usage(format!(
        "--region knows no region {}.{meant} `lifeboat list regions` says what there is.",
        quoted(name)
    )))
}

/// Why there is no plan.
fn none(why: NoPlan, verb: &args::Plan, terminal: &Terminal) -> Stop {
    match why {
        NoPlan::Invalid(found) => Stop::invalid(&found, terminal),
        NoPlan::Broken(it) => broken(&it),
        NoPlan::Stopped => Stop {
            exit: Exit::Interrupted,
            message: String::new(),
        },
        NoPlan::Nowhere => Stop {
            exit: Exit::Nothing,
            message: match &verb.region {
                Some(region) => format!("no connector of the fleet holds an org in {region:?}"),
                None => "no connector of the fleet holds an org".to_owned(),
            },
        },
    }
}

/// The quantity that a flag names.
pub(super) fn quantity(flag: &str, name: &str) -> Result<Quantity, Stop> {
    Quantity::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = Quantity::ALL.iter().map(|it| it.name()).collect();
        Stop::usage(format!(
            "{flag} knows no quantity {name:?}: it is one of {}",
            known.join(", ")
        ))
    })
}
