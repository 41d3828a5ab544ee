//! The files of one scenario, and where in them things stand.

use super::syntax::{Diagnostic, Node, Source, Span, Value};

/// A place in a file, as people say it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as its name is shown.
    pub file: Box<str>,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// The scenario's file and the pieces that it uses. Their spans stand one behind
/// the other, so that one span says which file and where.
#[derive(Debug, Clone, Default)]
pub(super) struct Files {
    /// Each source with the offset of its first byte.
    sources: Vec<(usize, Source)>,
    end: usize,
}

impl Files {
    /// Takes a file in and moves a tree that was read from it to its place.
    pub(super) fn add(&mut self, source: Source, tree: &mut Node) {
        let base = self.end;
        // One byte apart, so that a span at the end of a file is not in the next.
        self.end = base + source.text().len() + 1;
        self.sources.push((base, source));
        shift(tree, base);
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.sources.len()
    }

    /// All of them as one, spans fitting.
    pub(super) fn joined(&self) -> Source {
        let mut text = String::with_capacity(self.end);
        for (_, source) in &self.sources {
            text.push_str(source.text());
            text.push('\n');
        }
        Source::new("", text)
    }

    /// The file of a span, and the span in it.
    pub(super) fn locate(&self, span: Span) -> Option<(&Source, Span)> {
        let after = self
            .sources
            .partition_point(|(base, _)| *base <= span.offset);
        let (base, source) = self.sources.get(after.checked_sub(1)?)?;
        Some((source, Span::new(span.offset - base, span.len)))
    }

    /// The place of a span.
    pub(super) fn place(&self, span: Span) -> Place {
        let (file, position) = match self.locate(span) {
            Some((source, local)) => (source.name(), source.position(local.offset)),
            None => ("", Source::new("", "").position(0)),
        };
        Place {
            file: file.into(),
            line: position.line,
            column: position.column,
        }
    }

    /// A diagnostic about a place.
    pub(super) fn diagnose(
        &self,
        doc: &'static super::syntax::CodeDoc,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Diagnostic {
        match self.locate(span) {
            Some((source, local)) => Diagnostic::new(doc, source, message).label(local, label),
            None => Diagnostic::new(doc, &Source::new("", ""), message),
        }
    }

    /// Adds another place to a diagnostic, in the same file or in another.
    pub(super) fn also(&self, to: Diagnostic, span: Span, text: &str) -> Diagnostic {
        match self.locate(span) {
            Some((source, local)) if source == to.source_file() => to.label(local, text),
            Some((source, local)) => to.elsewhere(source, local, text),
            None => to,
        }
    }

    /// A diagnostic about the joined text, told about the file that it concerns.
    pub(super) fn told_apart(&self, joined: &Diagnostic) -> Diagnostic {
        let span = joined.span().unwrap_or_default();
        let label = joined
            .labels()
            .first()
            .map_or("", |label| label.text.as_str());
        self.diagnose(joined.doc(), span, joined.message(), label)
            .help(joined.advice())
    }
}

fn shift(node: &mut Node, by: usize) {
    node.span.offset += by;
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Value::Map(entries) => {
            for entry in entries {
                entry.key.span.offset += by;
                shift(&mut entry.value, by);
            }
        }
        Value::Null | Value::Scalar(_) => {}
    }
}
