//! `replay`: run a finding again, that and only that.

use super::args;
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, Stop, output, sweep};
use crate::explore;
use crate::report::human::{Face, entry_face};
use crate::report::{Exit, Explain, drill, find};
use crate::scenario::Reader;
use crate::scenario::kept::{self, Kept};
use crate::scenario::syntax::{Diagnostics, Limits, Source};
use std::path::PathBuf;

pub(super) fn replay(verb: &args::Replay, settings: &Settings, terminal: &Terminal) -> Ended {
    let limits = Limits::default();
    let invalid = |found: Diagnostics| {
        terminal.show_error(&found.render(terminal.error_style()));
        Stop {
            exit: Exit::Invalid,
            message: String::new(),
        }
    };
    let given = PathBuf::from(&verb.what);
    let (file, id) = if given.exists() {
        (given, verb.id.clone())
    } else {
        (holding(&verb.what, &limits)?, Some(verb.what.clone()))
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
    let other = kept::other_version(&source, &limits, env!("CARGO_PKG_VERSION"));
    if other.has_errors() {
        return Err(invalid(other));
    }
    let wanted = |it: &&Kept| id.as_deref().is_none_or(|id| it.id == id);
    let mut exit = Exit::Success;
    let mut count = 0;
    for it in all.iter().filter(wanted) {
        count += 1;
        exit = exit.worse(one(it, terminal).map_err(invalid)??);
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

/// One finding; wrong are only scenarios that this version does not read.
fn one(it: &Kept, terminal: &Terminal) -> Result<Ended, Diagnostics> {
    let reader = Reader::default();
    let scenario = reader.compile(&it.document, &format!("{}.yaml", it.id))?;
    let replayed = explore::replay(&scenario.plan, it.check, it.trace);
    if replayed.diverged() {
        terminal.error(&format!(
            "{}: the run is not the one that was recorded: its trace is {:#x}, and was {:#x}",
            it.id, replayed.trace_hash, replayed.recorded
        ));
        return Ok(Ok(Exit::Diverged));
    }
    let entry = drill(scenario, Explain::Always, false);
    let exit = entry.exit();
    Ok(output::print(&entry_face(&entry, face(terminal))).map(|()| exit))
}

/// The file of findings under the current folder that holds an id.
fn holding(id: &str, limits: &Limits) -> Result<PathBuf, Stop> {
    let holds = |path: &PathBuf| {
        let source = Source::read(path, limits).ok();
        let all = source.and_then(|it| kept::read(&it, limits).ok());
        all.is_some_and(|it| it.iter().any(|it| it.id == id))
    };
    let files = find::findings(&PathBuf::from(".")).unwrap_or_default();
    files.into_iter().find(holds).ok_or_else(|| Stop {
        exit: Exit::Invalid,
        message: format!("{id:?} is neither a file nor a finding kept under this folder"),
    })
}
