//! Parts of samples as files: read, kept whole at any moment, and gone on from; and the
//! rows that are written beside them.

use super::Stop;
use super::output::Target;
use super::terminal::Terminal;
use crate::explore::odds::{Apart, Part, Row, written};
use crate::report::Exit;
use crate::report::odds::rows;
use crate::scenario::syntax::Source;
use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Reads a part, and says what is wrong with it.
pub(super) fn read(path: &Path, terminal: &Terminal) -> Result<(Part, Source), Stop> {
    let shown = path.display();
    let bytes = std::fs::read(path).map_err(|error| invalid(format!("{shown}: {error}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|error| invalid(format!("{shown}: this part is damaged: {error}")))?;
    let source = Source::new(shown.to_string(), text);
    match written::read(&source) {
        Ok(part) => Ok((part, source)),
        Err(error) => Err(Stop::invalid(&error.into(), terminal)),
    }
}

/// Says why a part does not go with others.
pub(super) fn refuse(source: &Source, why: &Apart, terminal: &Terminal) -> Stop {
    Stop::invalid(&written::apart(source, why).into(), terminal)
}

fn invalid(message: String) -> Stop {
    Stop {
        exit: Exit::Invalid,
        message,
    }
}

/// The part that a sample begins with: nothing, or what its checkpoint holds.
pub(super) fn begin(
    fresh: Part,
    runs: &Range<u64>,
    checkpoint: Option<&Target>,
    resume: bool,
    terminal: &Terminal,
) -> Result<Part, Stop> {
    let Some(file) = checkpoint.filter(|it| it.is_there()) else {
        return Ok(fresh);
    };
    if !resume {
        return Err(Stop::usage(format!(
            "{} is there already: go on from it with --resume, or take it away",
            file.shown()
        )));
    }
    let (part, source) = read(file.path(), terminal)?;
    if let Err(why) = fresh.header.fits(&part.header) {
        return Err(refuse(&source, &why, terminal));
    }
    let fits = match &part.ranges[..] {
        [] => true,
        [one] => one.start == runs.start && one.end <= runs.end,
        _ => false,
    };
    if !fits {
        let held: Vec<String> = part
            .ranges
            .iter()
            .map(|it| format!("{}–{}", it.start, it.end - 1))
            .collect();
        return Err(invalid(format!(
            "{}: it holds the runs {}, which are no beginning of the runs {}–{} that are asked for",
            file.shown(),
            held.join(", "),
            runs.start,
            runs.end.saturating_sub(1)
        )));
    }
    Ok(Part {
        header: fresh.header,
        ..part
    })
}

/// A row a run, in a file that is as long as its checkpoint says.
#[derive(Debug)]
pub(super) struct Rows {
    file: File,
    shown: PathBuf,
    text: String,
    /// How long the file is.
    pub(super) bytes: u64,
}

impl Rows {
    /// Begins the file, or goes on where the part says.
    pub(super) fn open(target: &Target, part: &Part) -> Result<Self, Stop> {
        let begun = part.sampled.runs > 0;
        let kept = match (begun, part.rows_bytes) {
            (false, _) => 0,
            (true, Some(bytes)) => bytes,
            (true, None) => {
                return Err(Stop::usage(
                    "the checkpoint was begun without --csv, so the rows of its runs are missing",
                ));
            }
        };
        let mut options = OpenOptions::new();
        let file = options.create(true).truncate(false).write(true);
        let file = file.open(target.path()).map_err(|it| target.failed(&it))?;
        let long = file.metadata().map_err(|it| target.failed(&it))?.len();
        if long < kept {
            return Err(invalid(format!(
                "{}: it is {long} bytes long, and the checkpoint says {kept}: rows are missing",
                target.shown()
            )));
        }
        let mut rows = Self {
            file,
            shown: PathBuf::from(target.shown().to_string()),
            text: String::new(),
            bytes: kept,
        };
        let cut = rows.file.set_len(kept);
        cut.and_then(|()| rows.file.seek(SeekFrom::End(0)).map(drop))
            .map_err(|it| target.failed(&it))?;
        if kept == 0 {
            rows.text = rows::head();
        }
        Ok(rows)
    }

    /// Adds rows, down to the disk: a checkpoint says no more than what is there.
    pub(super) fn add(&mut self, more: &[Row]) -> Result<(), Stop> {
        more.iter().for_each(|it| rows::add(it, &mut self.text));
        let written = self.file.write_all(self.text.as_bytes());
        written
            .and_then(|()| self.file.sync_data())
            .map_err(|error| {
                super::output::unwritten(&format!("to {}", self.shown.display()), &error)
            })?;
        self.bytes += self.text.len() as u64;
        self.text.clear();
        Ok(())
    }
}
