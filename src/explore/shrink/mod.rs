//! Making a failing scenario small: whatever its violation does not need is taken
//! out, and what stays is made plain.
//!
//! A step is kept only if the same check is violated by the same kind of fact, and no
//! check is violated that was not before: never past the violation, never into
//! another one.

mod edits;
mod free;
mod values;

use super::cause::Cause;
use super::finding::NAME;
use crate::checks::Detail;
use crate::drill::Drill;
use crate::scenario::Reader;
use crate::scenario::document::Document;
use std::collections::BTreeSet;

/// The most scenarios that are tried for one finding.
pub const STEPS_MAX: u64 = 3_000;

/// Why shrinking ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WhyStopped {
    /// Nothing more can be taken out.
    Smallest,
    /// [`STEPS_MAX`] scenarios were tried.
    Bound,
    /// Somebody said stop.
    Asked,
}

/// A value that may be anything: the violation stays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Free {
    /// Where it stands: `timeline/0/fault/region-outage/lasts`; or `region westeurope`, for
    /// its name wherever it stands.
    pub path: String,
    /// What it is in the finding.
    pub value: String,
    /// What else was tried, and shows the same.
    pub tried: Vec<String>,
}

/// A scenario that was made small.
#[derive(Clone, PartialEq, Debug)]
pub struct Shrunk {
    /// The small one.
    pub document: Document,
    /// How many scenarios were tried.
    pub tried: u64,
    /// How many of them were kept.
    pub kept: u64,
    /// Why it ended.
    pub why: WhyStopped,
    /// What remains and could be anything.
    pub free: Vec<Free>,
}

/// Makes a scenario small that violates a check.
#[must_use]
pub fn shrunk(reader: &Reader, start: &Document, cause: Cause) -> Shrunk {
    shrunk_while(reader, start, cause, &|_| true, &|| false)
}

/// The same, as long as something else holds too of what is tried, and until somebody
/// says stop.
pub(super) fn shrunk_while(
    reader: &Reader,
    start: &Document,
    cause: Cause,
    holds: &dyn Fn(&Document) -> bool,
    stop: &dyn Fn() -> bool,
) -> Shrunk {
    let allowed = violated(reader, start).unwrap_or_default();
    let mut shrinking = Shrinking {
        reader,
        cause,
        holds,
        stop,
        asked: false,
        allowed,
        best: start.clone(),
        tried: 0,
        kept: 0,
    };
    loop {
        let before = shrinking.kept;
        // What was chosen first, then what is there, then how much of it.
        edits::choices(&mut shrinking);
        edits::faults(&mut shrinking);
        edits::fleet(&mut shrinking);
        edits::anything(&mut shrinking);
        values::plainer(&mut shrinking);
        if shrinking.kept == before || shrinking.is_over() {
            break;
        }
    }
    let why = if shrinking.asked {
        WhyStopped::Asked
    } else if shrinking.is_over() {
        WhyStopped::Bound
    } else {
        WhyStopped::Smallest
    };
    let free = free::free(&shrinking);
    Shrunk {
        document: shrinking.best,
        tried: shrinking.tried,
        kept: shrinking.kept,
        why,
        free,
    }
}

/// Whether a scenario violates a check by that kind of fact.
pub(super) fn shows(reader: &Reader, document: &Document, cause: Cause) -> bool {
    violated(reader, document).is_some_and(|it| it.contains(&cause))
}

/// What a scenario violates that it does not say it does; nothing if it is not valid.
fn violated(reader: &Reader, document: &Document) -> Option<BTreeSet<Cause>> {
    let plan = reader.compile(document, NAME).ok()?.plan;
    let outcome = Drill::new(&plan).telling(Detail::Numbers).run();
    Some(
        Cause::all(&outcome)
            .filter(|it| !it.is_known(&plan))
            .collect(),
    )
}

struct Shrinking<'a> {
    reader: &'a Reader,
    cause: Cause,
    /// What else must hold.
    holds: &'a dyn Fn(&Document) -> bool,
    /// Whether somebody says stop.
    stop: &'a dyn Fn() -> bool,
    /// Whether somebody did.
    asked: bool,
    /// What may be violated: what was to begin with.
    allowed: BTreeSet<Cause>,
    best: Document,
    tried: u64,
    kept: u64,
}

impl Shrinking<'_> {
    fn is_over(&self) -> bool {
        self.asked || self.tried >= STEPS_MAX
    }

    /// Whether another scenario shows the same, and nothing else.
    fn shows(&mut self, other: &Document) -> bool {
        self.asked = self.asked || (self.stop)();
        if self.is_over() {
            return false;
        }
        self.tried += 1;
        violated(self.reader, other)
            .is_some_and(|it| it.contains(&self.cause) && it.is_subset(&self.allowed))
            && (self.holds)(other)
    }

    /// Takes a scenario if it shows the same.
    fn keep_if(&mut self, other: Document) -> bool {
        if other == self.best || !self.shows(&other) {
            return false;
        }
        self.best = other;
        self.kept += 1;
        true
    }

    /// Tries the scenario without something.
    fn without(&mut self, path: &[&str]) -> bool {
        let mut other = self.best.clone();
        other.remove(path).is_some() && self.keep_if(other)
    }
}
