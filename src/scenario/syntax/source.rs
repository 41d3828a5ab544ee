//! A file's name and text, read within limits, and positions in it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::codes;
use super::diagnostic::Diagnostic;
use super::quote::{is_unprintable, quoted, thousands};

/// How much of a file is read before it is refused.
///
/// The defaults are far above what a person writes and far below what hurts a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The largest file, in bytes.
    pub file_bytes: u64,
    /// The deepest nesting of maps and lists; 64 at most, whatever is set, since reading recurses.
    pub depth: usize,
    /// The most maps, lists and scalars in one file.
    pub nodes: usize,
    /// The most anchors, and the most aliases, in one file.
    pub aliases: usize,
    /// The most nodes that aliases may unfold to, all together.
    pub unfolded_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 4 * 1024 * 1024,
            depth: 32,
            nodes: 1_000_000,
            aliases: 1_000,
            unfolded_nodes: 100_000,
        }
    }
}

impl Limits {
    /// The depth that is kept to.
    pub(super) fn depth(&self) -> usize {
        self.depth.min(64)
    }
}

/// A piece of a [`Source`]: byte offset and length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte, counted from 0.
    pub offset: usize,
    /// How many bytes.
    pub len: usize,
}

impl Span {
    /// A span from its first byte and its length.
    #[must_use]
    pub const fn new(offset: usize, len: usize) -> Self {
        Self { offset, len }
    }

    /// A span from its first byte to the byte after its last.
    #[must_use]
    pub const fn between(start: usize, end: usize) -> Self {
        Self {
            offset: start,
            len: end.saturating_sub(start),
        }
    }

    /// The offset just after the last byte.
    #[must_use]
    pub const fn end(self) -> usize {
        self.offset.saturating_add(self.len)
    }
}

/// A place as people say it: line and column, both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters (not bytes).
    pub column: usize,
}

/// A file: its name as it is shown, and its text. Cheap to clone.
#[derive(Clone)]
pub struct Source(Arc<Inner>);

struct Inner {
    name: String,
    text: String,
    /// Where each line starts. Built when first asked for: a good file never needs it.
    line_starts: OnceLock<Vec<usize>>,
    /// The text fit for a terminal, where it differs from `text`.
    printable: OnceLock<Option<String>>,
}

impl Source {
    /// A source out of a text at hand. A byte order mark in front is dropped.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self(Arc::new(Inner {
            name: name.into(),
            text,
            line_starts: OnceLock::new(),
            printable: OnceLock::new(),
        }))
    }

    /// Reads a file, and no more of it than `limits` allow.
    ///
    /// # Errors
    /// A diagnostic that says why: the file is missing, a folder, forbidden, too large or not
    /// UTF-8.
    pub fn read(path: impl AsRef<Path>, limits: &Limits) -> Result<Self, Diagnostic> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let failed = |error: &io::Error| io_diagnostic(&name, error);
        let about = std::fs::metadata(path).map_err(|error| failed(&error))?;
        if about.is_dir() {
            let message = format!("{} is a folder", quoted(&name));
            return Err(bare(&codes::FILE_IS_FOLDER, &name, message).help("name a file in it"));
        }
        // Before reading: a huge file must not cost a huge read.
        if about.len() > limits.file_bytes {
            return Err(too_large(&name, Some(about.len()), limits));
        }
        let file = File::open(path).map_err(|error| failed(&error))?;
        let mut bytes = Vec::new();
        // One byte more than allowed tells a full file from one that grew, or a pipe.
        file.take(limits.file_bytes.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| failed(&error))?;
        Self::from_bytes(name, bytes, limits)
    }

    /// A source out of bytes that came from anywhere, standard input for one.
    ///
    /// # Errors
    /// A diagnostic when there are too many bytes or they are not UTF-8.
    pub fn from_bytes(
        name: impl Into<String>,
        bytes: Vec<u8>,
        limits: &Limits,
    ) -> Result<Self, Diagnostic> {
        let name = name.into();
        if bytes.len() as u64 > limits.file_bytes {
            return Err(too_large(&name, None, limits));
        }
        String::from_utf8(bytes)
            .map(|text| Self::new(name.clone(), text))
            .map_err(|error| not_utf8(&name, &error))
    }

    /// The name of the file, as it is shown.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The text under a span; empty where the span does not fit the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.0.text.get(span.offset..span.end()).unwrap_or_default()
    }

    /// Where a span begins, and where it ends: the end is just after the last character.
    #[must_use]
    pub fn line_col(&self, span: Span) -> (Position, Position) {
        (self.position(span.offset), self.position(span.end()))
    }

    /// The line and column of a byte offset; beyond the end, those of the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_index(offset);
        let start = self.line_starts()[line];
        let end = self.floor_char(offset);
        let column = self
            .text()
            .get(start..end)
            .map_or(0, |before| before.chars().count())
            + 1;
        Position {
            line: line + 1,
            column,
        }
    }

    /// The byte range of a line (counted from 0), its line break included.
    pub(super) fn line_range(&self, line: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let end = self.text().len();
        let at = |index: usize| starts.get(index).copied().unwrap_or(end);
        (at(line), at(line.saturating_add(1)))
    }

    /// The line (counted from 0) that holds a byte offset.
    pub(in crate::scenario) fn line_index(&self, offset: usize) -> usize {
        self.line_starts()
            .partition_point(|start| *start <= offset)
            .saturating_sub(1)
    }

    /// The byte offset of a line and a column, as a parser gives them: both from 1, the column in
    /// characters.
    pub(super) fn offset_of(&self, line: usize, column: usize) -> usize {
        let (start, end) = self.line_range(line.saturating_sub(1));
        let text = self.text().get(start..end).unwrap_or_default();
        let text = text.trim_end_matches(['\r', '\n']);
        text.char_indices()
            .nth(column.saturating_sub(1))
            .map_or(start + text.len(), |(at, _)| start + at)
    }

    /// The nearest offset at or before this one that does not split a character.
    pub(super) fn floor_char(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text().len());
        while !self.text().is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The text with what would disturb a terminal or deceive a reader replaced by `?`, byte for
    /// byte, so that spans stay right.
    pub(super) fn printable(&self) -> &str {
        let replaced = self.0.printable.get_or_init(|| {
            self.text().chars().any(is_unprintable).then(|| {
                let mut out = String::with_capacity(self.text().len());
                for c in self.text().chars() {
                    if is_unprintable(c) {
                        out.extend(std::iter::repeat_n('?', c.len_utf8()));
                    } else {
                        out.push(c);
                    }
                }
                out
            })
        });
        replaced.as_deref().unwrap_or(self.text())
    }

    fn line_starts(&self) -> &[usize] {
        self.0.line_starts.get_or_init(|| {
            let breaks = self
                .text()
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0)
                .chain(breaks.map(|(at, _)| at + 1))
                .collect()
        })
    }
}

impl std::fmt::Debug for Source {
    /// The name and the size: a whole file has no place in a debug line.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Source({:?}, {} bytes)", self.name(), self.text().len())
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.name(), self.text()) == (other.name(), other.text())
    }
}

impl Eq for Source {}

/// A diagnostic about a file that has no text to show.
fn bare(code: &'static super::CodeDoc, name: &str, message: String) -> Diagnostic {
    Diagnostic::new(code, &Source::new(name, ""), message)
}

fn io_diagnostic(name: &str, error: &io::Error) -> Diagnostic {
    let shown = quoted(name);
    match error.kind() {
        io::ErrorKind::NotFound => bare(
            &codes::FILE_MISSING,
            name,
            format!("there is no file {shown}"),
        )
        .help("check the spelling, and the folder it is looked for in"),
        io::ErrorKind::PermissionDenied => bare(
            &codes::FILE_FORBIDDEN,
            name,
            format!("{shown} may not be read"),
        )
        .help("give yourself the right to read it"),
        _ => bare(
            &codes::FILE_UNREADABLE,
            name,
            format!("{shown} cannot be read: {error}"),
        )
        .help("try again, or copy the file to a local disk first"),
    }
}

fn too_large(name: &str, bytes: Option<u64>, limits: &Limits) -> Diagnostic {
    let size = bytes.map_or("more".to_owned(), |bytes| {
        format!("{} bytes", thousands(bytes))
    });
    let most = thousands(limits.file_bytes);
    let message = format!(
        "{} is too large: {size}, where {most} bytes are allowed",
        quoted(name)
    );
    bare(&codes::FILE_TOO_LARGE, name, message)
        .help("split it, and name the pieces under `use`; or give counts instead of single orgs")
}

/// Shows the text up to the first bad byte, so that the place can be found.
fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let bytes = error.as_bytes();
    let source = Source::new(name, String::from_utf8_lossy(bytes));
    let offset = at - (bytes.starts_with("\u{feff}".as_bytes()) as usize * '\u{feff}'.len_utf8());
    let byte = bytes.get(at).copied().unwrap_or_default();
    let place = format!("byte {} is 0x{byte:02x}", thousands(at as u64));
    let message = format!("{} is not UTF-8 text: {place}", quoted(name));
    Diagnostic::new(&codes::FILE_NOT_UTF8, &source, message)
        .label(
            Span::new(offset, '\u{fffd}'.len_utf8()),
            "the first byte that is not UTF-8",
        )
        .help("save the file as UTF-8")
}
