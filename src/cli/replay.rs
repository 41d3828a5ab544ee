//! `replay`: run a finding again, that and only that.

use super::args::{self, Format};
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, Stop, output, sweep};
use crate::explore;
use crate::report::human::{Face, entry_face};
use crate::report::{Entry, Exit, Explain, drill, find, shell_word};
use crate::scenario::Reader;
use crate::scenario::kept::{self, Kept};
use crate::scenario::syntax::{Diagnostics, Limits, Source};
use std::path::{Path, PathBuf};

pub(super) fn replay(verb: &args::Replay, settings: &Settings, terminal: &Terminal) -> Ended {
    settings.format_of("replay", &[Format::Human])?;
    let limits = Limits::default();
    let invalid = |found: Diagnostics| Stop::invalid(&found, terminal);
    let given = PathBuf::from(&verb.what);
    let (file, id) = if given.exists() {
        (given, verb.id.clone())
    } else {
        let file = holding(&verb.what, &limits)?;
        terminal.note(&format!("{} is kept in {}", verb.what, file.display()));
        (file, Some(verb.what.clone()))
    };
    let source = Source::read(&file, &limits).map_err(|it| invalid(it.into()))?;
    if !kept::is_findings(&source, &limits) && verb.id.is_none() {
        // A scenario is a finding by itself.
        let scenario = sweep::reader(&file, settings)
            .read(&file)
            .map_err(invalid)?;
        let entry = drill(scenario, Explain::Always, false);
        output::print(&entry_face(&entry, face(terminal)))?;
        return Ok(entry.exit());
    }
    let all = kept::read(&source, &limits).map_err(invalid)?;
    let other = kept::other_version(&source, &limits, env!("CARGO_PKG_VERSION"), id.as_deref());
    if other.has_errors() {
        return Err(invalid(other));
    }
    let wanted = |it: &&Kept| id.as_deref().is_none_or(|id| it.id == id);
    let mut exit = Exit::Success;
    let mut count = 0;
    for it in all.iter().filter(wanted) {
        count += 1;
        match one(it, &source, terminal) {
            Ok(ended) => exit = exit.worse(ended?),
            Err(found) => {
                terminal.error(&format!("{} cannot be run", it.id));
                terminal.show_error(&found.render(terminal.error_style()));
                exit = exit.worse(Exit::Invalid);
            }
        }
    }
    if count == 0 {
        let message = format!("there is no such finding in {}", file.display());
        return Err(Stop {
            exit: Exit::Nothing,
            message,
        });
    }
    Ok(exit)
}

fn face(terminal: &Terminal) -> Face {
    Face {
        style: terminal.style(false),
        ..Face::default()
    }
}

/// One finding; what is wrong with its scenario is told where it stands in the file.
fn one(it: &Kept, source: &Source, terminal: &Terminal) -> Result<Ended, Diagnostics> {
    let scenario = kept::compile(&Reader::default(), source, it)?;
    let replayed = explore::replay(&scenario.plan, it.check, it.trace);
    if replayed.diverged() {
        terminal.error(&format!(
            "{}: the run is not the one that was recorded: its trace is {:#x}, and was {:#x}",
            it.id, replayed.trace_hash, replayed.recorded
        ));
        return Ok(Ok(Exit::Diverged));
    }
    let mut entry = drill(scenario, Explain::Always, false);
    if let Entry::Ran(ran) = &mut entry {
        ran.again = replay_again(source.name(), &it.id);
    }
    let exit = entry.exit();
    Ok(output::print(&entry_face(&entry, face(terminal))).map(|()| exit))
}

/// The command that runs a finding again.
pub(super) fn replay_again(file: &str, id: &str) -> String {
    format!("lifeboat replay {} {}", shell_word(file), shell_word(id))
}

/// The file of findings under the current folder that holds an id. Ids say what a finding
/// needs, not of which scenario it is: several files may hold the same.
fn holding(id: &str, limits: &Limits) -> Result<PathBuf, Stop> {
    let holds = |path: &PathBuf| {
        let source = Source::read(path, limits).ok();
        let all = source.and_then(|it| kept::read(&it, limits).ok());
        all.is_some_and(|it| it.iter().any(|it| it.id == id))
    };
    let plain = |it: PathBuf| it.strip_prefix(".").map_or(it.clone(), Path::to_owned);
    let files = find::findings(Path::new(".")).unwrap_or_default();
    let mut files: Vec<PathBuf> = files.into_iter().filter(holds).map(plain).collect();
    if files.len() > 1 {
        let again = |it: &PathBuf| format!("\n  {}", replay_again(&it.display().to_string(), id));
        let commands: String = files.iter().map(again).collect();
        return Err(Stop::usage(format!(
            "{} files hold a finding {id:?}; say which is meant:{commands}",
            files.len()
        )));
    }
    files.pop().ok_or_else(|| Stop {
        exit: Exit::Invalid,
        message: format!("{id:?} is neither a file nor a finding kept under this folder"),
    })
}
