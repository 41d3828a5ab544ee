//! A scenario's file and all pieces that it uses, laid over each other.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::apart::leave_out;
use super::codes;
use super::files::Files;
use super::merge::merge;
use super::reader::Reader;
use super::syntax::{
    Diagnostic, Diagnostics, Node, Source, Span, View, codes as syntax, parse, quoted, validate,
};
use super::tables::{SCENARIO, VERSION};

/// How many pieces a scenario may use.
const PIECES_MAX: usize = 256;

/// What was read.
pub(super) struct Gathered {
    /// The scenario's own file.
    pub(super) source: Source,
    /// All files.
    pub(super) files: Files,
    /// The tree, with what was used beneath.
    pub(super) tree: Node,
    /// What was wrong, if meaning can be looked at in spite of it.
    pub(super) found: Diagnostics,
}

pub(super) struct Gatherer<'a> {
    reader: &'a Reader,
    root: Option<PathBuf>,
    files: Files,
    trees: Vec<Node>,
    done: BTreeSet<PathBuf>,
    open: Vec<PathBuf>,
    found: Diagnostics,
    unreadable: bool,
    /// How many bytes of pieces may still be read.
    left: u64,
}

impl<'a> Gatherer<'a> {
    pub(super) fn new(reader: &'a Reader, folder: Option<&Path>) -> Self {
        let root = reader.root.as_deref().or(folder);
        Self {
            reader,
            root: root.and_then(|it| it.canonicalize().ok()),
            files: Files::default(),
            trees: Vec::new(),
            done: BTreeSet::new(),
            open: Vec::new(),
            found: Diagnostics::new(),
            unreadable: false,
            left: reader.limits.file_bytes.saturating_mul(2),
        }
    }

    pub(super) fn gather(
        mut self,
        source: Source,
        folder: Option<&Path>,
    ) -> Result<Gathered, Diagnostics> {
        if let Some(path) = folder.and_then(|_| Path::new(source.name()).canonicalize().ok()) {
            self.open.push(path);
        }
        self.file(source.clone(), folder, true);
        if self.unreadable {
            return Err(self.found);
        }
        let mut trees = self.trees.into_iter();
        let Some(mut tree) = trees.next() else {
            return Err(self.found);
        };
        for over in trees {
            merge(&mut tree, over, &SCENARIO);
        }
        if self.files.len() > 1 {
            let mut missing = Diagnostics::new();
            validate(&tree, &SCENARIO, &self.files.joined(), &mut missing);
            let missing = missing.iter().filter(|it| is_missing(it));
            self.found
                .extend(missing.map(|it| self.files.told_apart(it)));
        }
        if self.found.has_errors() && !leave_out(&self.found, &self.files, &mut tree) {
            return Err(self.found);
        }
        Ok(Gathered {
            source,
            files: self.files,
            tree,
            found: self.found,
        })
    }

    /// Reads one file, after the pieces that it uses.
    fn file(&mut self, source: Source, folder: Option<&Path>, main: bool) {
        let mut node = match parse(&source, &self.reader.limits) {
            Ok(node) => node,
            Err(found) => {
                self.unreadable = true;
                self.found.extend(found);
                return;
            }
        };
        if let Some(error) = other_version(&node, &source) {
            self.unreadable = true;
            self.found.push(error);
            return;
        }
        let view = View::of(&node);
        let alone = main && view.get("use").is_none();
        let mut found = Diagnostics::new();
        validate(&node, &SCENARIO, &source, &mut found);
        // What one file leaves out another may say: that is looked at when all are laid together.
        let version = view.get("scenario").is_some();
        let kept = |it: &Diagnostic| {
            alone || !is_missing(it) || (!version && it.message() == "`scenario` is missing")
        };
        self.found.take(found, kept);
        if let Some(uses) = view.get("use").filter(|it| it.is_list()) {
            for item in uses.items().filter(|it| it.is_scalar()) {
                self.piece(item.text(), item.span(), &source, folder);
            }
        }
        self.files.add(source, &mut node);
        self.trees.push(node);
    }

    fn piece(&mut self, path: &str, span: Span, from: &Source, folder: Option<&Path>) {
        let error = |code, message: String, label: &str| {
            Diagnostic::new(code, from, message).label(span, label)
        };
        let Some((folder, root)) = folder.zip(self.root.clone()) else {
            let message = "a scenario out of a text uses no pieces";
            let error = error(
                &codes::USE_OUTSIDE,
                message.into(),
                "there is no folder to look in",
            );
            return self
                .found
                .push(error.help("write it to a file, or give the reader a root"));
        };
        let relative = Path::new(path);
        let odd = |it: Component<'_>| matches!(it, Component::RootDir | Component::Prefix(_));
        if relative.components().any(odd) {
            let message = format!("{} is no path from this file", quoted(path));
            let error = error(&codes::USE_OUTSIDE, message, "expected a relative path");
            return self.found.push(error);
        }
        let joined = folder.join(relative);
        let whole = joined.canonicalize().unwrap_or_else(|_| joined.clone());
        if joined.exists() && !whole.starts_with(&root) {
            let message = format!("{} lies outside of the scenarios", quoted(path));
            let help = format!(
                "pieces lie in {} or below",
                quoted(&root.display().to_string())
            );
            let error = error(&codes::USE_OUTSIDE, message, "leads out of the folder");
            return self.found.push(error.help(help));
        }
        if self.open.contains(&whole) {
            let message = format!("{} uses itself, in the end", quoted(path));
            let error = error(&codes::USE_CIRCLE, message, "closes the circle");
            return self.found.push(error);
        }
        if self.done.contains(&whole) {
            return;
        }
        if self.done.len() + self.open.len() >= PIECES_MAX {
            let message = format!("more than {PIECES_MAX} pieces are used");
            let error = error(&codes::USE_TOO_MANY, message, "one too many");
            return self.found.push(error);
        }
        match Source::read(&joined, &self.reader.limits) {
            Ok(source) if source.text().len() as u64 > self.left => {
                let message = "the scenario and its pieces are too long together";
                self.found
                    .push(error(&codes::USE_TOO_MANY, message.into(), "one too many"));
            }
            Ok(source) => {
                self.left -= source.text().len() as u64;
                self.open.push(whole.clone());
                self.file(source, joined.parent(), false);
                self.open.pop();
                self.done.insert(whole);
            }
            Err(failed) => {
                self.unreadable = true;
                let told = error(failed.doc(), failed.message().into(), "used here");
                self.found.push(told.help(failed.advice()));
            }
        }
    }
}

fn is_missing(it: &Diagnostic) -> bool {
    it.code() == syntax::MISSING_KEY.code
}

/// A file of another version is not read any further.
fn other_version(node: &Node, source: &Source) -> Option<Diagnostic> {
    let version = View::of(node).get("scenario")?;
    if !version.is_scalar() || version.text() == VERSION || version.text().trim().is_empty() {
        return None;
    }
    let message = format!(
        "this build reads {} scenarios, and this is {}",
        quoted(VERSION),
        quoted(version.text())
    );
    let error = Diagnostic::new(&codes::UNKNOWN_VERSION, source, message);
    let error = error.label(version.span(), format!("expected `{VERSION}`"));
    Some(error.help(
        "use a build that reads this version, or write the file in one that this build reads",
    ))
}
