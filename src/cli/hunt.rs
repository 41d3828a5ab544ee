//! `hunt`: look for what breaks a scenario, and hand it back small.

use super::args::{self, Format};
use super::replay::replay_again;
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, Stop, output, sweep};
use crate::drill::Drill;
use crate::explore::{
    Budget, Cause, Finding, Hunt, Hunted, Phase, Prey, Progress, Stopped, all_inevitable,
    hunt as hunted, mutants as broken,
};
use crate::report::found::{self, Again, Found, Story};
use crate::report::{Entry, Exit, Explain, drill, junit, mutants, seed_text, shell_word};
use crate::scenario::Reader;
use crate::scenario::document::Document;
use crate::scenario::kept::{self, Kept};
use crate::scenario::syntax::{DiagnosticRecord, Diagnostics, Limits, Source};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};

/// How many runs there are where nothing is said.
const RUNS: u64 = 20_000;

/// How many hunted runs a broken procedure gets.
const RUNS_OF_MUTANT: u64 = 500;

pub(super) fn hunt(verb: &args::Hunt, settings: &Settings, terminal: &Terminal) -> Ended {
    let reader = sweep::reader(&verb.path, settings);
    let shown = verb.path.display().to_string();
    let invalid = |found: Diagnostics| Stop::invalid(&found, terminal);
    // Read with its places first: what is wrong with it is told where it stands.
    reader.read(&verb.path).map_err(invalid)?;
    let document = reader.document(&verb.path).map_err(invalid)?;
    terminal.note(&format!(
        "lifeboat {}: hunting {shown}, hunt seed {}",
        env!("CARGO_PKG_VERSION"),
        seed_text(verb.hunt_seed)
    ));
    sweep::heed_interrupts_twice(terminal);
    if verb.procedure {
        return procedure(verb, settings, terminal, &reader, &document);
    }
    let file = verb
        .findings
        .clone()
        .unwrap_or_else(|| kept::path_beside(&verb.path));
    let (source, before) = earlier(&file).map_err(invalid)?;
    let prey = Prey::new(&reader, &document, &shown).map_err(invalid)?;
    let again: Vec<(String, Again)> = before
        .iter()
        .map(|it| (it.id.clone(), again(&reader, &prey, &source, it)))
        .collect();
    let mut result = chase(verb, settings, terminal, &prey, &reader);
    // First of all it is kept: whoever stops what follows loses nothing.
    let saved = keep(verb, &file, before, &result);
    if !sweep::insisted() {
        all_inevitable(&mut result.findings, settings.threads());
    }
    let stories: Vec<Option<Story>> = result.findings.iter().map(Story::of).collect();
    let shown_file = file.display().to_string();
    let told = Found {
        path: &shown,
        seed: verb.hunt_seed,
        hunted: &result,
        stories: &stories,
        kept: &again,
        file: (!verb.no_keep).then_some(shown_file.as_str()),
    };
    // What was found is told, whatever becomes of the file that it is kept in.
    let told = tell(&told, verb, settings, terminal);
    saved.and(told)?;
    let mut exit = if result.findings.is_empty() && !again.iter().any(|it| it.1 == Again::Fails) {
        Exit::Success
    } else {
        Exit::Failure
    };
    if result.stopped == Stopped::Asked && sweep::stopped() {
        exit = exit.worse(Exit::Interrupted);
    }
    Ok(exit)
}

/// Breaks the procedure, step by step.
fn procedure(
    verb: &args::Hunt,
    settings: &Settings,
    terminal: &Terminal,
    reader: &Reader,
    document: &Document,
) -> Ended {
    let format = settings.format_of("hunt --procedure", &[Format::Human, Format::Json])?;
    let (seed, runs) = (verb.hunt_seed, verb.runs.unwrap_or(RUNS_OF_MUTANT));
    let began = now();
    let stop = || sweep::stopped() || verb.is_over(began);
    let (shown, jobs) = (verb.path.display().to_string(), settings.threads());
    let all = broken(reader, document, &shown, (seed, runs), jobs, &stop)
        .map_err(|found| Stop::invalid(&found, terminal))?;
    let text = match format {
        Format::Json => mutants::json(&all, &shown, seed_text(seed), runs),
        _ => mutants::human(&all, seed, runs, terminal.style(false)),
    };
    output::print(&text)?;
    Ok(match sweep::stopped() && all.left > 0 {
        true => Exit::Interrupted,
        false => Exit::Success,
    })
}

/// The hunt itself, with its budget and its bar.
fn chase(
    verb: &args::Hunt,
    settings: &Settings,
    terminal: &Terminal,
    prey: &Prey,
    reader: &Reader,
) -> Hunted {
    let budget = match (verb.runs, verb.time) {
        (None, Some(_)) => Budget::UntilStopped,
        (runs, _) => Budget::Runs(runs.unwrap_or(RUNS)),
    };
    let bar = if terminal.shows_progress() {
        ProgressBar::new_spinner()
    } else {
        ProgressBar::hidden()
    };
    if let Ok(style) = ProgressStyle::with_template("{elapsed} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    let began = now();
    let progress = |it: &Progress| {
        let doing = if it.shrinking {
            ", making findings small"
        } else {
            ""
        };
        let of = match budget {
            Budget::Runs(runs) => format!(" of {runs}"),
            Budget::UntilStopped => String::new(),
        };
        bar.set_message(format!(
            "{}{of} runs, coverage {}, {} violating{doing}",
            it.runs, it.coverage, it.violating
        ));
        !verb.is_over(began) && !sweep::stopped()
    };
    // Asked once, the runs end; asked again, what was found is kept as it is.
    let stop = |phase| match phase {
        Phase::Running => verb.is_over(began) || sweep::stopped(),
        Phase::Shrinking => sweep::insisted(),
    };
    let result = hunted(
        &Hunt {
            prey,
            strategy: verb.strategy.into(),
            seed: verb.hunt_seed,
            budget,
            jobs: settings.threads(),
            ways: verb.ways,
            progress: &progress,
            stop: &stop,
        },
        reader,
    );
    bar.finish_and_clear();
    result
}

impl args::Hunt {
    /// Whether the time that was given is up.
    fn is_over(&self, began: std::time::Instant) -> bool {
        let passed = began.elapsed().as_millis();
        self.time
            .is_some_and(|it| passed >= u128::from(it.as_millis()))
    }
}

/// The clock of the wall: how long a hunt may take, and nothing that a run sees.
#[expect(
    clippy::disallowed_methods,
    reason = "a budget in seconds; no run sees it"
)]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

/// What was found earlier, and its file; nothing where there is none.
fn earlier(file: &Path) -> Result<(Source, Vec<Kept>), Diagnostics> {
    if !file.exists() {
        return Ok((Source::new(file.display().to_string(), ""), Vec::new()));
    }
    let limits = Limits::default();
    let source = Source::read(file, &limits)?;
    let all = kept::read(&source, &limits)?;
    Ok((source, all))
}

/// Whether an earlier finding's faults and luck still break the scenario as it is now.
fn again(reader: &Reader, prey: &Prey, source: &Source, it: &Kept) -> Again {
    if let Err(found) = kept::compile(reader, source, it) {
        let place = first_of(&found).map(|it| format!("{}:{}: {}", it.file, it.line, it.message));
        return Again::Untried(place.unwrap_or_default());
    }
    let mut now: Document = prey.document.clone();
    for section in ["timeline", "seed", "luck"] {
        now.remove(&[section]);
        if let Some(node) = it.document.get(&[section]) {
            now.set(&[section], node.clone());
        }
    }
    let scenario = match reader.compile(&now, &it.id) {
        Ok(scenario) => scenario,
        Err(found) => {
            let why = first_of(&found).map_or("", |it| it.message);
            return Again::Untried(format!("under the scenario as it is now, {why}"));
        }
    };
    let outcome = Drill::new(&scenario.plan).run();
    let same = |it_is: Cause| it_is.check == it.check && !it_is.is_known(&scenario.plan);
    match Cause::all(&outcome).any(same) {
        true => Again::Fails,
        false => Again::Holds,
    }
}

/// What is wrong first.
fn first_of(found: &Diagnostics) -> Option<DiagnosticRecord<'_>> {
    let mut errors = found.records().filter(|it| it.severity == "error");
    errors.next()
}

/// Keeps what was found, beside what was found before, and writes scenarios and tests
/// where that is asked for.
fn keep(verb: &args::Hunt, file: &Path, before: Vec<Kept>, result: &Hunted) -> Result<(), Stop> {
    let new = |it: &Finding| Kept {
        id: it.id.clone(),
        check: it.cause.check,
        version: env!("CARGO_PKG_VERSION").into(),
        strategy: it.strategy.name().into(),
        hunt: verb.hunt_seed,
        run: it.run,
        trace: it.trace_hash,
        document: it.document.clone(),
    };
    let found: Vec<Kept> = result.findings.iter().map(new).collect();
    if verb.no_keep || found.is_empty() {
        return Ok(());
    }
    let mut all: Vec<Kept> = before;
    all.retain(|it| !found.iter().any(|new| new.id == it.id));
    all.extend(found);
    all.sort_by(|a, b| a.id.cmp(&b.id));
    kept::write(file, &all).map_err(|error| unwritten(file, &error))
}

fn unwritten(path: &Path, error: &std::io::Error) -> Stop {
    let message = format!(
        "{} cannot be written: {error}. What was found is printed, whole: it can be copied",
        path.display()
    );
    Stop {
        exit: Exit::Unwritten,
        message,
    }
}

/// A finding, run, with a command that runs it again: out of the file that it is kept in,
/// else out of the folder that it is written to, else by the same hunt.
fn entry(finding: &Finding, told: &Found<'_>, verb: &args::Hunt) -> Entry {
    let mut entry = drill(finding.scenario.clone(), Explain::Always, false);
    if let Entry::Ran(ran) = &mut entry {
        let written = verb
            .write
            .as_ref()
            .map(|it| it.join(format!("{}.yaml", finding.id)));
        ran.again = match (told.file, written) {
            (Some(file), _) => replay_again(file, &finding.id),
            (None, Some(path)) => {
                format!("lifeboat run {}", shell_word(&path.display().to_string()))
            }
            (None, None) => format!(
                "lifeboat hunt {} --strategy {} --hunt-seed {} --runs {}",
                shell_word(told.path),
                crate::explore::Strategy::from(verb.strategy).name(),
                seed_text(told.seed),
                told.hunted.progress.runs
            ),
        };
    }
    entry
}

fn tell(
    told: &Found<'_>,
    verb: &args::Hunt,
    settings: &Settings,
    terminal: &Terminal,
) -> Result<(), Stop> {
    let findings = || told.hunted.findings.iter().zip(told.stories);
    let text = match settings.format {
        Format::Human => found::human(told, terminal.style(false)),
        Format::Json => found::json(told),
        Format::Jsonl => found::jsonl(told),
        Format::Github => found::github(told),
        Format::Junit => {
            let entries = findings().map(|it| entry(it.0, told, verb));
            junit::to_text(&entries.collect::<Vec<Entry>>())
        }
    };
    // Files first: whoever reads standard output may stop, or have no room.
    let written = write(told, verb, terminal);
    output::print(&text)?;
    if verb.rust_test {
        for (finding, story) in findings() {
            output::print(&found::rust_test(finding, story.as_ref(), told.seed))?;
        }
    }
    written
}

/// Writes each finding as a scenario, where a folder for them is named.
fn write(told: &Found<'_>, verb: &args::Hunt, terminal: &Terminal) -> Result<(), Stop> {
    let findings = || told.hunted.findings.iter().zip(told.stories);
    if let Some(folder) = &verb.write {
        std::fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
        for (finding, story) in findings() {
            let path: PathBuf = folder.join(format!("{}.yaml", finding.id));
            let text = found::file_text(finding, story.as_ref(), told.seed);
            if std::fs::read_to_string(&path).is_ok_and(|it| it != text) {
                terminal.warn(&format!(
                    "{} is there already, holds something else, and is left alone: \
                     move it away to have the finding written",
                    path.display()
                ));
                continue;
            }
            output::replace(&path, &text).map_err(|error| unwritten(&path, &error))?;
        }
    }
    Ok(())
}
