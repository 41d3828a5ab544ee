//! `import`: a fleet out of exports.

use super::args::{self, Format};
use super::output::{self, Target};
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, Stop};
use crate::report::Exit;
use crate::scenario::Reader;
use crate::scenario::import::{Exports, Imported};
use crate::scenario::syntax::{Diagnostic, Source, codes};
use std::io::Read;
use std::path::Path;

pub(super) fn import(verb: &args::Import, settings: &Settings, terminal: &Terminal) -> Ended {
    settings.format_of("import", &[Format::Human])?;
    let to = verb.output.as_deref();
    let to = to.map(|it| Target::new(it, &verb.files)).transpose()?;
    let mut exports = Exports::new(verb.anonymise);
    let mut unread = Vec::new();
    for (at, path) in verb.files.iter().enumerate() {
        match read(path) {
            // What a file is called says whose it is.
            Ok(source) if verb.anonymise => {
                exports.read(&Source::new(format!("export {}", at + 1), source.text()));
            }
            Ok(source) => exports.read(&source),
            Err(error) => unread.push(error),
        }
    }
    if !unread.is_empty() {
        show(&unread, terminal);
        return Ok(Exit::Invalid);
    }
    let imported = exports.fleet();
    let told = told(imported, verb.skip_unusable, terminal)?;
    sound(&told.text, terminal)?;
    output::deliver(to.as_ref(), &told.text)?;
    terminal.note(&match &to {
        Some(file) => format!("wrote {}: {}", file.shown(), told.size),
        None => format!("imported {}", told.size),
    });
    Ok(Exit::Success)
}

/// Reads an export, and no more of it than the limit.
fn read(path: &Path) -> Result<Source, Diagnostic> {
    let limits = Exports::LIMITS;
    let source = if path == Path::new("-") {
        let name = "standard input";
        let mut bytes = Vec::new();
        let most = limits.file_bytes.saturating_add(1);
        let read = std::io::stdin().lock().take(most).read_to_end(&mut bytes);
        read.map_err(|error| {
            let message = format!("{name} cannot be read: {error}");
            Diagnostic::new(&codes::FILE_UNREADABLE, &Source::new(name, ""), message)
        })?;
        Source::from_bytes(name, bytes, &limits)
    } else {
        Source::read(path, &limits)
    };
    source.map_err(|error| plain(&error))
}

/// What is wrong with a file as a whole, without a piece of it: that may be a secret.
fn plain(error: &Diagnostic) -> Diagnostic {
    let source = Source::new(error.source_file().name(), "");
    let help = match error.code() {
        code if code == codes::FILE_TOO_LARGE.code => {
            "hand over a file for each call, or select fewer columns".to_owned()
        }
        code if code == codes::FILE_NOT_UTF8.code => {
            "write it as UTF-8: the shell that wrote it may have made UTF-16 of it".to_owned()
        }
        _ => error.advice(),
    };
    Diagnostic::new(error.doc(), &source, error.message()).help(help)
}

/// Says everything that is to be said; the fleet, if it may be written.
fn told(imported: Imported, skip: bool, terminal: &Terminal) -> Result<Imported, Stop> {
    let wrong = !imported.complaints.is_empty();
    let left_out = wrong && skip && !imported.fatal;
    let mut shown = imported.complaints.clone();
    if left_out {
        shown = shown.into_iter().map(Diagnostic::warning).collect();
    }
    shown.extend(imported.remarks.iter().cloned());
    show(&shown, terminal);
    if imported.omitted > 0 {
        terminal.warn(&format!("{} more of these are not shown", imported.omitted));
    }
    if !wrong || left_out {
        return Ok(imported);
    }
    let message = if imported.fatal {
        "nothing was imported".to_owned()
    } else {
        "nothing was imported: mend what is wrong, or leave it out with --skip-unusable".to_owned()
    };
    let exit = Exit::Invalid;
    Err(Stop { exit, message })
}

fn show(all: &[Diagnostic], terminal: &Terminal) {
    let style = terminal.error_style();
    for it in all {
        terminal.show_error(&format!("{}\n", it.render(style)));
    }
}

/// Holds what is written against what is read: a fleet that no scenario can use would be
/// an error of this program.
fn sound(text: &str, terminal: &Terminal) -> Result<(), Stop> {
    let whole = format!("{text}title: Imported\n");
    let Err(found) = Reader::default().read_text("imported.yaml", whole) else {
        return Ok(());
    };
    terminal.show_error(&found.render(terminal.error_style()));
    Err(Stop {
        exit: Exit::Internal,
        message: "the fleet that came out is not valid; please report this".to_owned(),
    })
}
