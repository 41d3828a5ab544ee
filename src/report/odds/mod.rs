//! What many runs of one scenario came to: for people and for machines.

mod human;
mod json;
mod objectives;
pub mod rows;
mod words;

pub use human::human;
#[cfg(feature = "cli")]
pub use json::schema_text;
pub use json::{SampleJson, document, to_text};
pub use objectives::{Outcome, exit, judged};

use crate::explore::odds::Part;
use crate::statistics::{Confidence, Level, Looks};

/// A sample as it is told.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// What was run, and what it came to.
    pub part: &'a Part,
    /// Whether it is everything that was asked for: not where somebody interrupted it.
    pub whole: bool,
    /// Every quantity and every check, also where there is nothing to see.
    pub full: bool,
    /// What is drawn of each quantity that varies.
    pub draw: Draw,
}

/// What is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Draw {
    /// Nothing.
    #[default]
    Nothing,
    /// Where the runs lie.
    Histogram,
    /// What share of them stays at or below a value.
    Ecdf,
    /// Both.
    Both,
}

impl Told<'_> {
    fn looks(&self) -> Looks {
        self.part.header.looks
    }

    /// How sure intervals are.
    fn confidence(&self) -> Confidence {
        Confidence {
            level: Level::P95,
            looks: self.looks(),
        }
    }
}
