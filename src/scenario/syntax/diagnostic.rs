//! One complaint, and a collection of them.

use std::fmt;

use super::catalogue::CodeDoc;
use super::source::{Position, Source, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, and probably does not say what was meant.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place in the source, and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What is underlined.
    pub span: Span,
    /// What is written under it.
    pub text: String,
}

/// One complaint about a file: a stable code, a sentence, places, and what to do.
///
/// The first label is the place that the complaint is about; further ones explain it.
///
/// ```
/// # use lifeboat::scenario::syntax::{Diagnostic, Source, Span, codes};
/// let source = Source::new("a.yaml", "regoin: x\n");
/// let diagnostic = Diagnostic::new(&codes::UNKNOWN_KEY, &source, "there is no key `regoin` here")
///     .label(Span::new(0, 6), "did you mean `region`?");
/// assert_eq!(
///     diagnostic.record().to_string(),
///     "a.yaml:1:1: error[LB0201]: there is no key `regoin` here: did you mean `region`?",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic(Box<Inner>);

/// Boxed as a whole: a diagnostic is the error half of many results.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    doc: &'static CodeDoc,
    severity: Severity,
    source: Source,
    message: String,
    labels: Vec<Label>,
    elsewhere: Vec<String>,
    help: Option<String>,
}

impl Diagnostic {
    /// An error with a code, about a file.
    #[must_use]
    pub fn new(doc: &'static CodeDoc, source: &Source, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            doc,
            severity: Severity::Error,
            source: source.clone(),
            message: message.into(),
            labels: Vec::new(),
            elsewhere: Vec::new(),
            help: None,
        }))
    }

    /// Makes it a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.0.severity = Severity::Warning;
        self
    }

    /// Adds a place in the source. The first one is the one that matters.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.0.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds a place in another file, which is named instead of shown.
    #[must_use]
    pub fn elsewhere(mut self, source: &Source, span: Span, text: impl fmt::Display) -> Self {
        let Position { line, column } = source.position(span.offset);
        self.0
            .elsewhere
            .push(format!("{text}: {}:{line}:{column}", source.name()));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// What is known of its code.
    #[must_use]
    pub fn doc(&self) -> &'static CodeDoc {
        self.0.doc
    }

    /// The stable code: `LB0201`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.doc.code
    }

    /// Error or warning.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.0.severity
    }

    /// The file that it is about.
    #[must_use]
    pub fn source_file(&self) -> &Source {
        &self.0.source
    }

    /// The sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The places, the one that matters first.
    #[must_use]
    pub fn labels(&self) -> &[Label] {
        &self.0.labels
    }

    /// What to do, and places in other files; empty when there is nothing to say.
    #[must_use]
    pub fn advice(&self) -> String {
        let mut lines: Vec<&str> = self.0.help.as_deref().into_iter().collect();
        lines.extend(self.0.elsewhere.iter().map(String::as_str));
        lines.join("\n")
    }

    /// The place that it is about, if it is about one.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.0.labels.first().map(|label| label.span)
    }

    /// What the order of diagnostics goes by: file, place, code, words.
    fn order(&self) -> (&str, usize, &str, &str) {
        let offset = self.span().map_or(0, |span| span.offset);
        (self.0.source.name(), offset, self.code(), &self.0.message)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Diagnostic {}

/// Diagnostics of any number of files.
///
/// They are kept in the order of file and place, whatever order they came in, and each only once.
/// Beyond [`Diagnostics::MOST`] they are counted and no longer kept: nobody reads more, and a file
/// that is wrong in a million places must not cost a million reports.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    errors: usize,
    omitted: usize,
}

impl Diagnostics {
    /// How many are kept.
    pub const MOST: usize = 200;

    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one, unless it was said before (what stands under an anchor is seen once an alias).
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let place = self
            .kept
            .binary_search_by(|kept| kept.order().cmp(&diagnostic.order()));
        let Err(index) = place else { return };
        self.errors += usize::from(diagnostic.severity() == Severity::Error);
        if self.kept.len() < Self::MOST {
            self.kept.insert(index, diagnostic);
        } else {
            self.omitted += 1;
        }
    }

    /// Adds those of another collection that pass, and what that one no longer kept.
    pub fn take(&mut self, other: Self, passes: impl Fn(&Diagnostic) -> bool) {
        let kept = other
            .kept
            .iter()
            .filter(|it| it.severity() == Severity::Error);
        let unkept_errors = other.errors - kept.count();
        for diagnostic in other.kept.into_iter().filter(passes) {
            self.push(diagnostic);
        }
        self.errors += unkept_errors;
        self.omitted += other.omitted;
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// How many are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// How many were not kept, being too many.
    #[must_use]
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// Whether any is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// How many errors there were, those not kept included.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Those kept, by file and place.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.kept.iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        diagnostics
            .into_iter()
            .for_each(|diagnostic| self.push(diagnostic));
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        let mut all = Self::new();
        all.push(diagnostic);
        all
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.into_iter()
    }
}
