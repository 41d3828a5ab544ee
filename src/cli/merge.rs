//! `merge`: parts of one sample, put together.

use super::args::{self, Format};
use super::output::Target;
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, checkpoint};
use crate::explore::odds::{Part, written};
use crate::report::odds::{self, Told};

pub(super) fn merge(verb: &args::Merge, settings: &Settings, terminal: &Terminal) -> Ended {
    let format = settings.format_of("merge", &[Format::Human, Format::Json])?;
    let to = verb.output.as_deref();
    let to = to.map(|it| Target::new(it, &verb.parts)).transpose()?;
    let mut whole: Option<Part> = None;
    for path in &verb.parts {
        let (part, source) = checkpoint::read(path, terminal)?;
        match &mut whole {
            None => whole = Some(part),
            Some(whole) => whole
                .merge(&part)
                .map_err(|why| checkpoint::refuse(&source, &why, terminal))?,
        }
    }
    let Some(mut whole) = whole else {
        return Err(super::Stop::usage("there is nothing to merge"));
    };
    whole.rows_bytes = None;
    if let Some(file) = &to {
        file.write(&written::to_text(&whole))?;
        terminal.note(&format!("wrote {}", file.shown()));
    }
    let told = Told {
        part: &whole,
        whole: true,
        full: verb.full,
        draw: verb.draw.into(),
    };
    let exit = odds::exit(&whole);
    super::sample::tell(&told, format, exit, None, terminal)?;
    Ok(exit)
}
