//! `run`: scenario files in, verdicts out.

use super::args::{self, Format};
use super::output::{self, Target};
use super::settings::Settings;
use super::sweep::{self, Sweep};
use super::terminal::Terminal;
use super::{Ended, Stop};
use crate::report::human::{Face, drill_face, entry_face, folder_lines, summary};
use crate::report::{Entry, Exit, Explain, github, json, jsonl, junit, seed_text};
use crate::scenario::syntax::RenderStyle;
use std::path::{Path, PathBuf};

pub(super) fn run(verb: &args::Run, settings: &Settings, terminal: &Terminal) -> Ended {
    let files = sweep::files(&verb.paths);
    let full = verb.full || settings.full;
    let filter = verb.filter.as_deref().or(settings.filter.as_deref());
    let explain = match settings.format {
        Format::Human if full || files.len() == 1 => Explain::Always,
        Format::Json | Format::Jsonl => Explain::Always,
        _ => Explain::WhenBad,
    };
    let verify = verb.verify || settings.verify;
    let to = verb.output.as_deref().or(settings.output.as_deref());
    let inputs: Vec<PathBuf> = files.iter().chain(&settings.file).cloned().collect();
    let to = to.map(|it| Target::new(it, &inputs)).transpose()?;
    announce(&files, settings, terminal);
    let swept = Sweep {
        files: &files,
        settings,
        filter,
        explain,
        verify,
    }
    .run(terminal);
    if swept.entries.is_empty() && !swept.stopped {
        let why = match filter {
            Some(text) => format!("no scenario has {text:?} in its id, title or tags"),
            None => "there is no scenario under these paths".to_owned(),
        };
        return Err(Stop {
            exit: Exit::Nothing,
            message: why,
        });
    }
    let mut exit = swept
        .entries
        .iter()
        .map(Entry::exit)
        .fold(Exit::Success, Exit::worse);
    if swept.stopped {
        terminal.note("interrupted: what was finished follows");
        exit = exit.worse(Exit::Interrupted);
    }
    let face = Face {
        style: terminal.style(to.is_some()),
        full,
        assumptions: verb.assumptions,
    };
    let single = files.len() == 1;
    tell(
        &swept.entries,
        settings.format,
        face,
        single,
        exit,
        to.as_ref(),
        terminal,
    )?;
    Ok(exit)
}

/// The seed, before the work starts: whoever kills the run still has it. That of a
/// single scenario is said as soon as it is read.
fn announce(files: &[PathBuf], settings: &Settings, terminal: &Terminal) {
    if files.len() < 2 {
        return;
    }
    let from = match settings.seed {
        Some(seed) => format!("seed {}", seed_text(seed)),
        None => format!(
            "seed: each scenario's own, else {}",
            seed_text(crate::scenario::DEFAULT_SEED)
        ),
    };
    terminal.note(&format!(
        "lifeboat {}: {} scenarios, {from}",
        env!("CARGO_PKG_VERSION"),
        files.len()
    ));
}

/// Tells what came of entries, in the format asked for.
pub(super) fn tell(
    entries: &[Entry],
    format: Format,
    face: Face,
    single: bool,
    exit: Exit,
    to: Option<&Target>,
    terminal: &Terminal,
) -> Result<(), Stop> {
    let text = match format {
        Format::Human => {
            show_invalid(entries, terminal);
            human(entries, face, single)
        }
        Format::Json => json::to_text(&json::document(entries, exit)),
        Format::Jsonl => {
            let mut bytes = Vec::new();
            for entry in entries {
                jsonl::write(entry, &mut bytes)
                    .map_err(|error| output::unwritten("to memory", &error))?;
            }
            String::from_utf8_lossy(&bytes).into_owned()
        }
        Format::Junit => junit::to_text(entries),
        Format::Github => {
            if let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|it| !it.is_empty())
            {
                output::append(Path::new(&path), &github::summary(entries))?;
            }
            let plain = RenderStyle {
                color: false,
                ..face.style
            };
            github::annotations(entries) + &summary(entries, plain)
        }
    };
    match to {
        None => output::print(&text),
        // Nothing came of it that could be read there: what went wrong was said.
        Some(file) if text.is_empty() => {
            terminal.note(&format!("{}: left alone, there is no result", file.shown()));
            Ok(())
        }
        Some(file) => {
            file.write(&text)?;
            terminal.note(&format!("wrote {}", file.shown()));
            Ok(())
        }
    }
}

/// What is wrong with files goes to standard error.
fn show_invalid(entries: &[Entry], terminal: &Terminal) {
    for entry in entries {
        if matches!(entry, Entry::Invalid { .. } | Entry::Broken(_)) {
            let face = Face {
                style: terminal.error_style(),
                ..Face::default()
            };
            terminal.show_error(&(entry_face(entry, face) + "\n"));
        }
    }
}

fn human(entries: &[Entry], face: Face, single: bool) -> String {
    if single {
        return entries
            .iter()
            .filter_map(ran)
            .map(|it| drill_face(it, face))
            .collect();
    }
    let mut text = folder_lines(entries, face.style);
    let line = "-".repeat(face.style.width.min(80));
    for ran in entries
        .iter()
        .filter_map(ran)
        .filter(|it| face.full || !it.assessed.verdict.passes())
    {
        text.push_str(&format!("\n{line}\n{}", drill_face(ran, face)));
    }
    text + "\n" + &summary(entries, face.style)
}

fn ran(entry: &Entry) -> Option<&crate::report::Ran> {
    match entry {
        Entry::Ran(ran) => Some(ran),
        Entry::Invalid { .. } | Entry::Broken(_) => None,
    }
}
