//! Diagnostics as people read them, and as programs do.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use serde::Serialize;

use super::diagnostic::{Diagnostic, Diagnostics, Severity};
use super::source::{Position, Source, Span};

/// A line longer than this is shown in part.
const LONGEST_LINE: usize = 160;

/// How much of a long line is shown on either side of what is underlined.
const SIDE: usize = 40;

/// The longest piece that is underlined.
const LONGEST_MARK: usize = 120;

/// A second label farther away than this is told as a line and column instead of shown.
const FAR: usize = 4_000;

/// How diagnostics look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RenderStyle {
    /// The width of the terminal, in columns.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
    /// Whether to draw with more than ASCII.
    pub unicode: bool,
}

impl Default for RenderStyle {
    /// 80 columns, no colour, Unicode.
    fn default() -> Self {
        Self {
            width: 80,
            color: false,
            unicode: true,
        }
    }
}

impl RenderStyle {
    fn handler(self) -> GraphicalReportHandler {
        let theme = GraphicalTheme {
            characters: if self.unicode {
                ThemeCharacters::unicode()
            } else {
                ThemeCharacters::ascii()
            },
            styles: if self.color {
                ThemeStyles::ansi()
            } else {
                ThemeStyles::none()
            },
        };
        // Narrower than this, the frame alone would fill the line.
        GraphicalReportHandler::new_themed(theme)
            .with_width(self.width.max(40))
            .with_links(false)
            .without_cause_chain()
            .tab_width(2)
            .with_context_lines(1)
    }
}

impl Diagnostic {
    /// The diagnostic with its piece of the file, as a terminal shows it.
    #[must_use]
    pub fn render(&self, style: RenderStyle) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail, and the source below never refuses a span.
        if style.handler().render_report(&mut out, self).is_err() {
            out = self.record().to_string();
        }
        // The frame pads its lines; what is pasted into a ticket should not be padded.
        let lines = out.lines().map(str::trim_end);
        lines.fold(String::new(), |text, line| text + line + "\n")
    }

    /// The diagnostic in plain fields, for machines and for one-line output.
    #[must_use]
    pub fn record(&self) -> DiagnosticRecord<'_> {
        let places = self
            .labels()
            .first()
            .map(|label| (self.source_file().line_col(label.span), label));
        let ((start, end), detail) = places.map_or_else(
            || (self.source_file().line_col(Span::default()), ""),
            |(range, label)| (range, label.text.as_str()),
        );
        DiagnosticRecord {
            severity: self.severity().name(),
            code: self.code(),
            name: self.doc().slug,
            file: self.source_file().name(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            message: self.message(),
            detail,
            help: self.advice(),
        }
    }

    /// What to show under the snippet: the advice, and the places too far away to show.
    fn footer(&self) -> Option<String> {
        let mut text = self.advice();
        for label in self.labels().iter().filter(|label| self.is_far(label.span)) {
            let Position { line, column } = self.source_file().position(label.span.offset);
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&format!("{}: line {line}, column {column}", label.text));
        }
        (!text.is_empty()).then_some(text)
    }

    fn is_far(&self, span: Span) -> bool {
        self.span()
            .is_some_and(|first| first.offset.abs_diff(span.offset) > FAR)
    }

    /// The span as it is underlined: within one line, on whole characters, not too long.
    fn marked(&self, span: Span) -> SourceSpan {
        let source = self.source_file();
        let start = source.floor_char(span.offset);
        let (_, line_end) = source.line_range(source.line_index(start));
        let line = source.text().get(start..line_end).unwrap_or_default();
        let most = start + line.trim_end_matches(['\r', '\n']).len();
        let end = source
            .floor_char(span.end().min(most).min(start + LONGEST_MARK))
            .max(start);
        (start, end - start).into()
    }
}

impl miette::Diagnostic for Diagnostic {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!("{} {}", self.doc().code, self.doc().slug)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity() {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.footer()
            .map(|text| Box::new(text) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.labels().is_empty()).then_some(self.source_file() as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let near = self
            .labels()
            .iter()
            .filter(|label| !self.is_far(label.span));
        Some(Box::new(near.enumerate().map(|(index, label)| {
            let text = (!label.text.is_empty()).then(|| label.text.clone());
            let span = self.marked(label.span);
            if index == 0 {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })))
    }
}

/// Finds lines by an index instead of by scanning, cuts very long ones, and shows nothing that
/// would disturb a terminal.
impl SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let shown = self.window(Span::new(span.offset(), span.len()), before, after);
        let from = self.position(shown.offset);
        let data = self
            .printable()
            .get(shown.offset..shown.end())
            .unwrap_or_default();
        Ok(Box::new(MietteSpanContents::new_named(
            self.name().to_owned(),
            data.as_bytes(),
            (shown.offset, shown.len).into(),
            from.line - 1,
            from.column - 1,
            data.lines().count(),
        )))
    }
}

impl Source {
    /// What is shown around a span: whole lines, but of a very long one only the part near it.
    fn window(&self, span: Span, before: usize, after: usize) -> Span {
        // Asked without context, the caller wants the position of the span itself.
        if before == 0 && after == 0 {
            return Span::between(self.floor_char(span.offset), self.floor_char(span.end()));
        }
        let (first, last) = (self.line_index(span.offset), self.line_index(span.end()));
        let mut start = self.line_range(first).0;
        if span.offset - start > LONGEST_LINE {
            start = self.floor_char(span.offset - SIDE);
        } else if let Some((above, end)) =
            first.checked_sub(before).map(|line| self.line_range(line))
            && end - above <= LONGEST_LINE
        {
            start = above;
        }
        let mut end = self.line_range(last).1;
        if end.saturating_sub(span.end()) > LONGEST_LINE {
            end = self.floor_char(span.end() + SIDE);
        } else {
            let (_, below) = self.line_range(last.saturating_add(after));
            end = if below.saturating_sub(end) <= LONGEST_LINE {
                below
            } else {
                end
            };
        }
        Span::between(start, end)
    }
}

impl Diagnostics {
    /// All of them, as a terminal shows them, one blank line between two.
    #[must_use]
    pub fn render(&self, style: RenderStyle) -> String {
        let mut parts: Vec<String> = self.iter().map(|one| one.render(style)).collect();
        if self.omitted() > 0 {
            parts.push(format!("… and {} more\n", self.omitted()));
        }
        parts.join("\n")
    }

    /// All of them in plain fields.
    pub fn records(&self) -> impl Iterator<Item = DiagnosticRecord<'_>> {
        self.iter().map(Diagnostic::record)
    }
}

/// A diagnostic in plain fields. Lines and columns count from 1, columns in characters; the end is
/// just after the last character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiagnosticRecord<'a> {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The stable code: `LB0201`.
    pub code: &'static str,
    /// The stable name: `unknown-key`.
    pub name: &'static str,
    /// The file, as it was named.
    pub file: &'a str,
    /// The line where it begins.
    pub line: usize,
    /// The column where it begins.
    pub column: usize,
    /// The line where it ends.
    pub end_line: usize,
    /// The column where it ends.
    pub end_column: usize,
    /// What is wrong.
    pub message: &'a str,
    /// What is to be said about the place; may be empty.
    pub detail: &'a str,
    /// What to do; may be empty.
    pub help: String,
}

impl fmt::Display for DiagnosticRecord<'_> {
    /// One line, as compilers write it: `file:line:column: error[LB0201]: message: detail`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            severity,
            code,
            message,
            detail,
            ..
        } = self;
        write!(f, "{file}:{line}:{column}: {severity}[{code}]: {message}")?;
        if !detail.is_empty() {
            write!(f, ": {detail}")?;
        }
        Ok(())
    }
}
