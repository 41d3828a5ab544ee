//! What this terminal can do, and what is said on it besides results.

use super::args::Color;
use crate::scenario::syntax::RenderStyle;
use std::io::{self, IsTerminal, Write};

/// The widest that a page gets: longer lines are hard to read.
const WIDEST: usize = 120;

/// The narrowest: the tables need it.
const NARROWEST: usize = 60;

/// The terminal of this process.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    color: Color,
    quiet: bool,
    width: usize,
    unicode: bool,
}

impl Terminal {
    pub(super) fn new(color: Color, quiet: bool) -> Self {
        let seen = |name: &str| std::env::var(name).ok().filter(|it| !it.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(seen);
        Self {
            color,
            quiet,
            width: width(seen("COLUMNS")),
            unicode: is_unicode(locale.as_deref(), seen("TERM").as_deref()),
        }
    }

    /// How a page for people looks on standard output, or in a file.
    pub(super) fn style(&self, to_file: bool) -> RenderStyle {
        let color = match self.color {
            Color::Auto if to_file => false,
            Color::Auto => {
                anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
            }
            Color::Always => true,
            Color::Never => false,
        };
        RenderStyle {
            width: self.width,
            color,
            unicode: self.unicode,
        }
    }

    /// How an error looks on standard error.
    pub(super) fn error_style(&self) -> RenderStyle {
        let color = match self.color {
            Color::Auto => {
                anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never
            }
            Color::Always => true,
            Color::Never => false,
        };
        RenderStyle {
            width: self.width,
            color,
            unicode: self.unicode,
        }
    }

    /// Says something on standard error that is neither a result nor an error.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    /// Says what may not be meant.
    pub(super) fn warn(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "warning: {text}");
    }

    /// Says what went wrong.
    pub(super) fn error(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "error: {text}");
    }

    /// Shows what was rendered for standard error.
    pub(super) fn show_error(&self, rendered: &str) {
        let _ = io::stderr().lock().write_all(rendered.as_bytes());
    }

    /// Whether progress may be drawn.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }
}

fn width(columns: Option<String>) -> usize {
    let said = columns.and_then(|it| it.parse::<usize>().ok());
    let seen = || terminal_size::terminal_size_of(io::stdout()).map(|it| usize::from(it.0.0));
    said.or_else(seen).unwrap_or(80).clamp(NARROWEST, WIDEST)
}

/// Whether more than ASCII may be drawn: unless the locale says that it is not
/// UTF-8, or the terminal that it can do little. No locale at all says nothing, as
/// in most containers.
fn is_unicode(locale: Option<&str>, term: Option<&str>) -> bool {
    let utf8 = locale.is_none_or(|it| {
        let it = it.to_ascii_lowercase();
        it.contains("utf-8") || it.contains("utf8")
    });
    utf8 && term != Some("dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_is_for_those_who_say_so() {
        assert!(is_unicode(None, None));
        assert!(is_unicode(Some("C.UTF-8"), Some("xterm")));
        assert!(!is_unicode(Some("C"), Some("xterm")));
        assert!(!is_unicode(Some("de_DE.UTF-8"), Some("dumb")));
    }

    #[test]
    fn the_width_has_bounds() {
        assert_eq!(width(Some("10".into())), NARROWEST);
        assert_eq!(width(Some("500".into())), WIDEST);
    }
}
