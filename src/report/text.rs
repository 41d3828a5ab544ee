//! Plain text for a terminal: wrapping, tables, colour, and a way to do without
//! Unicode. Everything is drawn with Unicode and put into ASCII at the very end.

use crate::scenario::syntax::RenderStyle;
use crate::time::{Duration, Instant};

/// What a piece of text is about, so that it can be coloured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ink {
    /// A heading.
    Heading,
    /// Something holds.
    Good,
    /// Something is wrong.
    Bad,
    /// Something is to be looked at.
    Odd,
    /// Something beside the point.
    Dim,
}

impl Ink {
    const fn style(self) -> anstyle::Style {
        let (color, bold) = match self {
            Self::Heading => (None, true),
            Self::Good => (Some(anstyle::AnsiColor::Green), false),
            Self::Bad => (Some(anstyle::AnsiColor::Red), true),
            Self::Odd => (Some(anstyle::AnsiColor::Yellow), false),
            Self::Dim => (None, false),
        };
        let style = anstyle::Style::new();
        let style = if bold { style.bold() } else { style };
        match (self, color) {
            (Self::Dim, _) => style.dimmed(),
            (_, Some(color)) => style.fg_color(Some(anstyle::Color::Ansi(color))),
            (_, None) => style,
        }
    }
}

/// A page that is being written.
#[derive(Debug)]
pub(super) struct Page {
    style: RenderStyle,
    text: String,
}

impl Page {
    pub(super) const fn new(style: RenderStyle) -> Self {
        Self {
            style,
            text: String::new(),
        }
    }

    /// How many columns there are.
    pub(super) const fn width(&self) -> usize {
        self.style.width
    }

    /// A piece of text in colour, where colour is wanted.
    pub(super) fn paint(&self, ink: Ink, text: &str) -> String {
        if !self.style.color || text.is_empty() {
            return text.to_owned();
        }
        let style = ink.style();
        format!("{style}{text}{style:#}")
    }

    /// A line as it is.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// An empty line, but never two.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A heading, with an empty line above.
    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        let text = self.paint(Ink::Heading, text);
        self.line(&text);
    }

    /// A paragraph behind an indent; further lines are indented by `hang` more.
    pub(super) fn paragraph(&mut self, indent: usize, hang: usize, text: &str) {
        let first = self.width().saturating_sub(indent);
        for (at, line) in wrap(text, first, first.saturating_sub(hang))
            .into_iter()
            .enumerate()
        {
            let pad = if at == 0 { indent } else { indent + hang };
            self.line(&format!("{:pad$}{line}", ""));
        }
    }

    /// A label and, beside it, a text that is wrapped.
    pub(super) fn entry(&mut self, indent: usize, label: &str, text: &str) {
        let pad = indent + label.chars().count() + 2;
        let room = self.width().saturating_sub(pad);
        for (at, line) in wrap(text, room, room).into_iter().enumerate() {
            let line = match at {
                0 => format!("{:indent$}{label}  {line}", ""),
                _ => format!("{:pad$}{line}", ""),
            };
            self.line(&line);
        }
    }

    /// The page, in ASCII where Unicode is not wanted.
    pub(super) fn finish(self) -> String {
        if self.style.unicode {
            self.text
        } else {
            ascii(&self.text)
        }
    }
}

/// Breaks a text into lines of at most `first` characters, then of at most
/// `rest`. A word that is longer stays whole: a path must be copied in one piece.
pub(super) fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut room = first;
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("there is always a line");
        let used = last.chars().count();
        if used == 0 {
            last.push_str(word);
        } else if used + 1 + word.chars().count() <= room {
            last.push(' ');
            last.push_str(word);
        } else {
            room = rest;
            lines.push(word.to_owned());
        }
    }
    lines
}

/// Cuts a text to so many characters, and shows that it did.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// A number with commas between its thousands.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count and its noun: `1 org`, `2 orgs`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(count))
}

/// A length of time without what nobody reads: no seconds from an hour on, no
/// milliseconds from a minute on. Rounded down; the JSON result has it to the
/// millisecond.
pub(super) fn brief(length: Duration) -> Duration {
    let ms = length.as_millis();
    let grain = match ms {
        0..60_000 => 1,
        60_000..3_600_000 => 1_000,
        _ => 60_000,
    };
    Duration::from_millis(ms - ms % grain)
}

/// An instant, as briefly.
pub(super) fn brief_at(at: Instant) -> String {
    let length = brief(at.since(Instant::ZERO));
    if at < Instant::ZERO {
        at.to_string()
    } else {
        (Instant::ZERO + length).to_string()
    }
}

/// Our own signs in ASCII, one for one so that columns stay; what a user wrote is
/// left alone.
pub(super) fn ascii(text: &str) -> String {
    let plain = |c: char| match c {
        '█' | '▉' | '▊' | '▋' | '▌' | '▅' | '▆' | '▇' => '#',
        '▍' | '▎' | '▏' => ':',
        '▁' | '▂' | '▃' | '▄' => '.',
        '▓' => '%',
        '▒' => '=',
        '░' => '.',
        '─' | '–' | '—' | '−' => '-',
        '│' | '┆' => '|',
        '┬' | '┴' | '└' | '├' => '+',
        '…' => '~',
        '·' => ',',
        '•' => '*',
        '→' => '>',
        '↑' => '^',
        '×' => 'x',
        '≤' => '<',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        other => other,
    };
    text.chars().map(plain).collect()
}

/// A table: every column but the first is set to the right.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The lines, each behind two spaces, with so many spaces between the columns.
    pub(super) fn lines(&self, gap: usize) -> Vec<String> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let wide = |row: &Vec<String>, at: usize| row.get(at).map_or(0, |it| it.chars().count());
        let widest = |at| self.rows.iter().map(|row| wide(row, at)).max();
        let widths: Vec<usize> = (0..columns).map(|at| widest(at).unwrap_or(0)).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).enumerate();
            cells.fold(String::new(), |line, (at, (cell, &width))| match at {
                0 => format!("  {cell:<width$}"),
                _ => format!("{line}{:gap$}{cell:>width$}", ""),
            })
        };
        self.rows.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_keeps_to_the_width_and_words_whole() {
        assert_eq!(wrap("one two three", 7, 5), ["one two", "three"]);
        assert_eq!(wrap("a/very/long/path x", 4, 4), ["a/very/long/path", "x"]);
        assert_eq!(wrap("", 4, 4), [""]);
    }

    #[test]
    fn ascii_keeps_the_columns() {
        let drawn = "│█░▒─…·→×";
        assert_eq!(ascii(drawn).chars().count(), drawn.chars().count());
        assert!(ascii(drawn).is_ascii());
        assert_eq!(ascii("Gävle"), "Gävle");
    }

    #[test]
    fn numbers_are_readable() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(counted(1, "org"), "1 org");
        assert_eq!(cut("payments", 5), "paym…");
    }

    #[test]
    fn long_times_are_told_without_their_milliseconds() {
        let text = |ms| brief(Duration::from_millis(ms)).to_string();
        assert_eq!(
            [text(240), text(60_240), text(3_661_240)],
            ["240ms", "1m", "1h1m"]
        );
    }

    #[test]
    fn a_table_sets_numbers_to_the_right() {
        let mut table = Table::default();
        table.row(vec!["kept".into(), "1".into()]);
        table.row(vec!["pending".into(), "12".into()]);
        assert_eq!(table.lines(2), ["  kept      1", "  pending  12"]);
    }

    #[test]
    fn a_page_without_colour_is_plain() {
        let mut page = Page::new(RenderStyle {
            width: 20,
            color: false,
            unicode: false,
        });
        page.heading("Clocks");
        page.paragraph(2, 2, "one two three four five six");
        assert_eq!(
            page.finish(),
            "Clocks\n  one two three four\n    five six\n"
        );
    }
}
