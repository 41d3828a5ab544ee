//! What came of breaking a procedure step by step: for people, and for machines.

use super::machine;
use super::seed_text;
use super::text::{Ink, Page, counted};
use crate::explore::{Mutant, Mutants, Mutation, Notice, Noticed};
use crate::scenario::syntax::RenderStyle;
use serde::Serialize;

/// For people.
#[must_use]
pub fn human(tried: &Mutants, seed: u64, runs: u64, style: RenderStyle) -> String {
    let all = &tried.all;
    let mut page = Page::new(style);
    let text = format!(
        "Each step broken in turn: the scenario as it stands and {} of the hunt, seed {}, with \
         and without. `+3 -1`: three of these runs violate the check only with the step broken, \
         one only without.",
        counted(runs, "run"),
        seed_text(seed)
    );
    page.paragraph(0, 0, &text);
    if !tried.as_it_stands.is_empty() {
        let names: Vec<&str> = tried.as_it_stands.iter().map(|it| it.slug()).collect();
        let text = format!(
            "It fails as it stands, with nothing broken, so that these checks say less: {}.",
            names.join(", ")
        );
        let text = page.paint(Ink::Bad, &text);
        page.paragraph(0, 0, &text);
    }
    page.gap();
    let mut step = "";
    for mutant in all {
        if *mutant.step != *step {
            step = &mutant.step;
            page.line(step);
        }
        let how = match &mutant.noticed {
            Noticed::By(checks) => {
                let one = |it: &Notice| match it.fewer {
                    0 => format!("{} +{}", it.check.slug(), it.more),
                    fewer => format!("{} +{} -{fewer}", it.check.slug(), it.more),
                };
                let names: Vec<String> = checks.iter().map(one).collect();
                format!("noticed by {}", names.join(", "))
            }
            Noticed::Not => page.paint(Ink::Bad, "nobody notices"),
            Noticed::Impossible(why) => format!("cannot be: {why}"),
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
    /// The checks that the scenario as it stands violates, with nothing broken.
    as_it_stands: Vec<&'static str>,
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
    /// Why it is none.
    why_not: Option<String>,
    /// The checks that notice: those that are violated in more of the same runs.
    noticed_by: Vec<NoticeJson>,
}

/// A check that notices.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct NoticeJson {
    /// Which.
    check: &'static str,
    /// Runs that violate it with the step broken, and not without.
    more: u64,
    /// Runs that violate it without, and not with the step broken.
    fewer: u64,
}

/// For machines; the same for the same hunt.
#[must_use]
pub fn json(tried: &Mutants, path: &str, seed: String, runs: u64) -> String {
    let one = |it: &Mutant| MutantJson {
        step: it.step.to_string(),
        mutation: it.mutation.name(),
        possible: !matches!(it.noticed, Noticed::Impossible(_)),
        why_not: match &it.noticed {
            Noticed::Impossible(why) => Some(why.clone()),
            _ => None,
        },
        noticed_by: match &it.noticed {
            Noticed::By(checks) => checks.iter().map(notice_json).collect(),
            _ => Vec::new(),
        },
    };
    let document = Document {
        format: "lifeboat-procedure.v1",
        lifeboat: env!("CARGO_PKG_VERSION"),
        path: path.to_owned(),
        seed,
        runs,
        as_it_stands: tried.as_it_stands.iter().map(|it| it.slug()).collect(),
        mutants: tried.all.iter().map(one).collect(),
        left: tried.left,
        needless: needless(&tried.all)
            .into_iter()
            .map(str::to_owned)
            .collect(),
    };
    machine::pretty(&document)
}

fn notice_json(it: &Notice) -> NoticeJson {
    NoticeJson {
        check: it.check.slug(),
        more: it.more,
        fewer: it.fewer,
    }
}

/// The schema of [`json`].
#[cfg(feature = "cli")]
#[must_use]
pub fn schema_text() -> String {
    machine::schema::<Document>()
}
