//! What cannot be used, and where it stands.
//!
//! A message names the file, the line and the row, and shows the value that is wrong, but
//! never the text around it: exports hold who made what, tags, and at times a secret.
//! Where names are not to be told, it shows no value either.

use super::harvest::Place;
use crate::scenario::syntax::{CodeDoc, Diagnostic, Source, quoted};

/// How many are kept: nobody reads more.
const MOST: usize = 50;

/// Complaints, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Complaints {
    pub(super) neutral: bool,
    pub(super) kept: Vec<Diagnostic>,
    pub(super) omitted: usize,
    /// Whether something was no export at all.
    pub(super) fatal: bool,
}

impl Complaints {
    /// Adds one: where, what, the value that it is about, and what to do.
    pub(super) fn add(
        &mut self,
        doc: &'static CodeDoc,
        place: &Place,
        what: &str,
        value: Option<&str>,
        help: impl Into<String>,
    ) {
        if self.kept.len() == MOST {
            self.omitted += 1;
            return;
        }
        let value = value.filter(|_| !self.neutral);
        let value = value.map_or(String::new(), |it| format!(": {}", quoted(it)));
        let source = Source::new(&*place.file, "");
        let message = format!("{place}: {what}{value}");
        self.kept
            .push(Diagnostic::new(doc, &source, message).help(help));
    }

    /// Adds one that is about all exports together, and that nothing can be left out for.
    pub(super) fn whole(&mut self, doc: &'static CodeDoc, what: &str, help: &str) {
        self.fatal = true;
        self.kept
            .push(Diagnostic::new(doc, &Source::new("", ""), what).help(help));
    }
}
