//! `check`: reads and lints, without running anything.

use super::args::{self, Format};
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, Stop, output, sweep};
use crate::report::{Entry, Exit, github, json};
use crate::scenario::syntax::Diagnostics;
use rayon::prelude::*;

pub(super) fn check(verb: &args::Check, settings: &Settings, terminal: &Terminal) -> Ended {
    let format = settings.format_of("check", &[Format::Human, Format::Json, Format::Github])?;
    let files = sweep::files(&verb.paths);
    if files.is_empty() {
        let message = "there is no scenario under these paths".to_owned();
        return Err(Stop {
            exit: Exit::Nothing,
            message,
        });
    }
    let read = |path: &std::path::PathBuf| match sweep::reader(path, settings).read(path) {
        Ok(scenario) => (scenario.warnings, Some(scenario.id)),
        Err(diagnostics) => (diagnostics, None),
    };
    let (found, ids): (Vec<Diagnostics>, Vec<_>) = files.par_iter().map(read).unzip();
    let paths = files.iter().map(|it| it.display().to_string());
    let named: Vec<(Box<str>, String)> = ids
        .into_iter()
        .zip(paths)
        .filter_map(|it| Some((it.0?, it.1)))
        .collect();
    for text in sweep::namesakes(named.iter().map(|it| (&*it.0, &*it.1))) {
        terminal.warn(&text);
    }
    let exit = if found.iter().any(Diagnostics::has_errors) {
        Exit::Invalid
    } else {
        Exit::Success
    };
    let text = match format {
        Format::Human => human(&found, terminal),
        Format::Json => {
            let all: Vec<_> = found.iter().flat_map(json::diagnostics).collect();
            let document = serde_json::json!({
                "lifeboat": env!("CARGO_PKG_VERSION"),
                "format": json::FORMAT,
                "exit_code": exit.code(),
                "diagnostics": all,
            });
            format!("{document:#}\n")
        }
        _ => {
            let entry = |(path, diagnostics): (&std::path::PathBuf, Diagnostics)| Entry::Invalid {
                path: path.display().to_string(),
                diagnostics,
            };
            let entries: Vec<Entry> = files.iter().zip(found).map(entry).collect();
            github::annotations(&entries)
        }
    };
    output::print(&text)?;
    Ok(exit)
}

fn human(found: &[Diagnostics], terminal: &Terminal) -> String {
    let style = terminal.style(false);
    let mut text = String::new();
    for diagnostics in found.iter().filter(|it| !it.is_empty()) {
        text.push_str(&diagnostics.render(style));
        text.push('\n');
    }
    let errors: usize = found.iter().map(Diagnostics::errors).sum();
    let warnings: usize = found
        .iter()
        .map(|it| it.len() + it.omitted())
        .sum::<usize>()
        - errors;
    let bad = found.iter().filter(|it| it.has_errors()).count();
    let count =
        |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let good = count(found.len() - bad, "scenario");
    text.push_str(&match bad {
        0 => format!("{good} can be run, {}\n", count(warnings, "warning")),
        _ => format!(
            "{good} can be run, {bad} cannot: {}, {}\n",
            count(errors, "error"),
            count(warnings, "warning")
        ),
    });
    text
}
