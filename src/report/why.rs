//! Which assumption the odds hang on: for people, and for machines.

use super::compare::{DifferenceJson, difference};
use super::machine::{self, Head};
use super::seed_text;
use super::text::{Ink, Page, Table, brief, counted, thousands};
use crate::explore::sensitivity::{Moved, Sensitivities, Sensitivity, Together};
use crate::measures::Quantity;
use crate::scenario::Scenario;
use crate::scenario::syntax::RenderStyle;
use crate::statistics::{Confidence, Level, Value};
use crate::time::Duration;
use serde::Serialize;

/// How much of what two parameters do together has to be unlike the sum of what they do
/// by themselves to be told: one part in ten.
const UNLIKE: f64 = 0.1;

/// What is told.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The seed of the samples.
    pub seed: u64,
    /// How many runs each change had.
    pub runs: u64,
    /// What was found.
    pub found: &'a Sensitivities,
}

/// For people.
#[must_use]
pub fn human(told: &Told<'_>, style: RenderStyle) -> String {
    let found = told.found;
    let mut page = Page::new(style);
    page.entry(0, told.scenario.path(), &told.scenario.title);
    let quantity = found.quantity;
    page.heading(&format!("What the p95 of {} hangs on", quantity.name()));
    let base = found.base.quantile(Level::P95, Confidence::USUAL).ok();
    match base {
        Some(it) => page.paragraph(
            2,
            0,
            &format!(
                "As it is: {}, at 95% between {} and {}.",
                value(quantity, it.value),
                value(quantity, it.low),
                value(quantity, it.high)
            ),
        ),
        None => page.paragraph(
            2,
            0,
            "So few runs carry no p95: let there be more (--runs).",
        ),
    }
    if found.parameters.is_empty() {
        page.paragraph(2, 0, "Nothing that it could hang on is uncertain.");
        return page.finish();
    }
    page.gap();
    table(&mut page, found);
    page.gap();
    for it in &found.together {
        if let Some(text) = unlike(found, it) {
            let text = page.paint(Ink::Odd, &text);
            page.paragraph(2, 2, &text);
        }
    }
    page.paragraph(
        2,
        0,
        &format!(
            "{} of the scenario and of each change, {} in all, seed {}. Fixed, halved: the p95 on the same luck with that one fixed at its median, or \
             halved as far as its distribution goes. Rank: the correlation of what it was \
             drawn as with what came of it. One is changed at a time: what two do together \
             was tried for the first few only. What a fleet's alerts and counts were drawn \
             as is not looked at.",
            counted(told.runs, "run"),
            thousands(found.runs),
            seed_text(told.seed)
        ),
    );
    page.finish()
}

fn table(page: &mut Page, found: &Sensitivities) {
    let quantity = found.quantity;
    let mut table = Table::default();
    table.row(
        ["", "fixed", "halved", "rank", "runs"]
            .map(str::to_owned)
            .to_vec(),
    );
    let (moving, still): (Vec<&Sensitivity>, Vec<&Sensitivity>) =
        found.parameters.iter().partition(|it| moves(it));
    for it in &moving {
        let p95 = |it: &Moved| it.p95.map_or("-".to_owned(), |it| value(quantity, it));
        table.row(vec![
            it.parameter.name.to_string(),
            p95(&it.fixed),
            p95(&it.halved),
            it.rho.map_or("-".to_owned(), |it| format!("{it:+.2}")),
            thousands(it.drawn),
        ]);
    }
    if !moving.is_empty() {
        table.lines(2).iter().for_each(|line| page.line(line));
    }
    if !still.is_empty() {
        let names: Vec<&str> = still.iter().map(|it| &*it.parameter.name).collect();
        let text = format!("Moves it in no run: {}.", names.join(", "));
        page.paragraph(2, 2, &text);
    }
}

/// Whether a change of it changes the quantity in any run.
fn moves(it: &Sensitivity) -> bool {
    let still = |it: &Moved| it.paired.same() == it.paired.count();
    !still(&it.fixed) || !still(&it.halved)
}

/// What two do together, where that is not what they do by themselves.
fn unlike(found: &Sensitivities, it: &Together) -> Option<String> {
    let of = |at: usize| &found.parameters[at];
    let mean = |it: &Moved| it.paired.mean();
    let (a, b) = (of(it.pair.0), of(it.pair.1));
    let (both, one, other) = (mean(&it.fixed)?, mean(&a.fixed)?, mean(&b.fixed)?);
    let apart = both - one - other;
    let size = both.abs().max(one.abs()).max(other.abs());
    if apart.abs() <= UNLIKE * size {
        return None;
    }
    let text = |it: f64| signed(found.quantity, it);
    Some(format!(
        "{} and {} act on each other: fixed together they change the mean by {}, one by one \
         by {} and {}.",
        a.parameter.name,
        b.parameter.name,
        text(both),
        text(one),
        text(other)
    ))
}

fn signed(quantity: Quantity, it: f64) -> String {
    let whole = libm::round(it) as i64;
    let sign = match whole.signum() {
        -1 => "-",
        0 => "",
        _ => "+",
    };
    format!("{sign}{}", value(quantity, Value::At(whole.unsigned_abs())))
}

fn value(quantity: Quantity, it: Value) -> String {
    match it {
        Value::Never => "never".to_owned(),
        Value::At(ms) if quantity.is_time() => brief(Duration::from_millis(ms)).to_string(),
        Value::At(count) => thousands(count),
    }
}

/// Which assumption a quantity hangs on, for machines.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Document {
    /// Which program, of which scenario, on which luck.
    #[serde(flatten)]
    pub head: Head,
    /// How many runs the scenario had, and each change of it.
    pub runs: u64,
    /// What is moved.
    pub quantity: String,
    /// How many runs there were in all.
    pub runs_in_all: u64,
    /// Its p95 as things are; null where it never ends, or the runs carry none.
    pub p95: Option<u64>,
    /// The parameters, those that move it most first.
    pub parameters: Vec<ParameterJson>,
    /// The first few, fixed by pairs.
    pub together: Vec<TogetherJson>,
}

/// How much one parameter moves it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ParameterJson {
    /// Its name: its place in the scenario file, as far as it has one.
    pub parameter: String,
    /// In how many runs it was drawn.
    pub drawn: u64,
    /// The rank correlation (Spearman's rho); null where either never varies.
    pub rho: Option<f64>,
    /// Fixed at its median.
    pub fixed: MovedJson,
    /// Halved.
    pub halved: MovedJson,
}

/// What a change does.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct MovedJson {
    /// The p95 with it; null where it never ends, or the runs carry none.
    pub p95: Option<u64>,
    /// With it, less without it, on the same luck.
    pub difference: DifferenceJson,
}

/// What two parameters do together.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct TogetherJson {
    /// The two.
    pub parameters: [String; 2],
    /// Both fixed at their medians.
    pub fixed: MovedJson,
}

fn number(it: Option<Value>) -> Option<u64> {
    match it? {
        Value::At(it) => Some(it),
        Value::Never => None,
    }
}

/// The document of some sensitivities.
#[must_use]
pub fn document(told: &Told<'_>) -> Document {
    let found = told.found;
    let moved = |it: &Moved| MovedJson {
        p95: number(it.p95),
        difference: difference(found.quantity, &it.paired),
    };
    let name = |at: usize| found.parameters[at].parameter.name.to_string();
    let base = found.base.quantile(Level::P95, Confidence::USUAL);
    Document {
        head: Head::of(told.scenario, told.seed),
        runs: told.runs,
        quantity: found.quantity.name().into(),
        runs_in_all: found.runs,
        p95: number(base.ok().map(|it| it.value)),
        parameters: found
            .parameters
            .iter()
            .map(|it| ParameterJson {
                parameter: it.parameter.name.to_string(),
                drawn: it.drawn,
                rho: it.rho,
                fixed: moved(&it.fixed),
                halved: moved(&it.halved),
            })
            .collect(),
        together: found
            .together
            .iter()
            .map(|it| TogetherJson {
                parameters: [name(it.pair.0), name(it.pair.1)],
                fixed: moved(&it.fixed),
            })
            .collect(),
    }
}

/// The whole as JSON.
#[must_use]
pub fn json(told: &Told<'_>) -> String {
    machine::pretty(&document(told))
}

/// The schema of [`Document`].
#[cfg(feature = "cli")]
#[must_use]
pub fn schema_text() -> String {
    machine::schema::<Document>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::sensitivity::{Question, sensitivities};
    use crate::measures::ClockKind;
    use crate::scenario::Reader;
    use std::num::NonZeroUsize;

    /// The old connector goes once the region is back and the recovery is done: what
    /// comes later decides, and shortening one alone gains little.
    const WAITS_FOR_BOTH: &str = "
scenario: v1
title: Two to wait for
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 1 } } }
timeline: [ { at: T+0, id: storm, fault: { region-outage: { region: westeurope, lasts: { uniform: { min: 5h, max: 45h } } } } } ]
procedure: { steps: { triage-ticket: { takes: { uniform: { min: 0m, max: 40h } } } } }
";

    fn told(kind: ClockKind) -> String {
        let read = Reader::default().read_text("both.yaml", WAITS_FOR_BOTH);
        let scenario = read.expect("the scenario is valid");
        let found = sensitivities(&Question {
            plan: &scenario.plan,
            quantity: Quantity::Clock(kind),
            seed: 3,
            runs: 150,
            jobs: NonZeroUsize::MIN,
            progress: &|_, _| true,
        });
        let told = Told {
            scenario: &scenario,
            seed: 3,
            runs: 150,
            found: &found.expect("every ledger balances"),
        };
        human(&told, RenderStyle::default())
    }

    #[test]
    fn two_that_act_on_each_other_are_told_and_two_that_do_not_are_not() {
        let full = told(ClockKind::Full);
        assert!(full.contains("act on each other"), "{full}");
        let owned = told(ClockKind::Ownership);
        assert!(!owned.contains("act on each other"), "{owned}");
        assert!(
            owned.contains("Moves it in no run: timeline.storm.lasts."),
            "{owned}"
        );
    }
}
