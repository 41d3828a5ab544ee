//! What came of breaking a procedure step by step: for people, and for machines.

use super::machine;
use super::text::{Ink, Page};
use crate::explore::{Mutant, Mutants, Mutation, Noticed};
use crate::scenario::syntax::RenderStyle;
use serde::Serialize;

/// For people.
#[must_use]
pub fn human(tried: &Mutants, style: RenderStyle) -> String {
    let all = &tried.all;
    let mut page = Page::new(style);
    let mut step = "";
    for mutant in all {
        if *mutant.step != *step {
            step = &mutant.step;
            page.line(step);
        }
        let how = match &mutant.noticed {
            Noticed::By(checks) => {
                let names: Vec<&str> = checks.iter().map(|it| it.slug()).collect();
                format!("noticed by {}", names.join(", "))
            }
            Noticed::Not => page.paint(Ink::Bad, "nobody notices"),
            Noticed::Impossible => "cannot be".to_owned(),
        };
        page.paragraph(2, 10, &format!("{:<9} {how}", mutant.mutation.name()));
    }
    let lost = needless(all);
    page.line("");
    if tried.left > 0 {
        let left = tried.left;
        page.line(&format!(
            "Stopped: {left} of {} were not tried.",
            all.len() + left
        ));
    }
    if lost.is_empty() {
        page.line("Every step whose loss was tried is missed by some check.");
    } else {
        page.paragraph(
            0,
            0,
            &format!(
                "Needless, or untested: nobody notices when {} is dropped.",
                lost.join(" or ")
            ),
        );
    }
    page.finish()
}

/// The steps whose loss nobody notices.
fn needless(all: &[Mutant]) -> Vec<&str> {
    all.iter()
        .filter(|it| it.mutation == Mutation::Dropped && it.noticed == Noticed::Not)
        .map(|it| &*it.step)
        .collect()
}

/// A procedure under mutation, as JSON.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Document {
    /// `lifeboat-procedure.v1`.
    format: &'static str,
    /// The version of the program.
    lifeboat: &'static str,
    /// The scenario.
    path: String,
    /// The seed of the hunt.
    seed: String,
    /// Hunted runs for each broken procedure.
    runs: u64,
    /// Each step, broken in each way.
    mutants: Vec<MutantJson>,
    /// How many more there are that were not tried, since it was stopped.
    left: usize,
    /// Steps whose loss nobody notices: needless, or untested.
    needless: Vec<String>,
}

/// A step, broken.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct MutantJson {
    /// Which step.
    step: String,
    /// How it is broken: `dropped`, `swapped`, `repeated`, `delayed`, `fails`.
    mutation: &'static str,
    /// Whether the procedure is one at all when it is broken like that.
    possible: bool,
    /// The checks that notice.
    noticed_by: Vec<&'static str>,
}

/// For machines; the same for the same hunt.
#[must_use]
pub fn json(tried: &Mutants, path: &str, seed: String, runs: u64) -> String {
    let one = |it: &Mutant| MutantJson {
        step: it.step.to_string(),
        mutation: it.mutation.name(),
        possible: it.noticed != Noticed::Impossible,
        noticed_by: match &it.noticed {
            Noticed::By(checks) => checks.iter().map(|it| it.slug()).collect(),
            _ => Vec::new(),
        },
    };
    let document = Document {
        format: "lifeboat-procedure.v1",
        lifeboat: env!("CARGO_PKG_VERSION"),
        path: path.to_owned(),
        seed,
        runs,
        mutants: tried.all.iter().map(one).collect(),
        left: tried.left,
        needless: needless(&tried.all)
            .into_iter()
            .map(str::to_owned)
            .collect(),
    };
    machine::pretty(&document)
}

/// The schema of [`json`].
#[cfg(feature = "cli")]
#[must_use]
pub fn schema_text() -> String {
    machine::schema::<Document>()
}
