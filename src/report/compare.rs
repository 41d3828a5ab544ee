//! Plans on the same luck: for people, and for machines.

use super::machine;
use super::seed_text;
use super::text::{Ink, Page, Table, brief, counted, thousands};
use crate::explore::compare::{Compared, Pairs};
use crate::measures::Quantity;
use crate::scenario::Scenario;
use crate::scenario::syntax::RenderStyle;
use crate::statistics::{
    Confidence, Difference, Interval, Level, Paired, Percentile, Share, Value,
};
use crate::time::Duration;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is told: the scenarios, in the order in which they were named, and what came of
/// them.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The scenarios.
    pub scenarios: &'a [Scenario],
    /// The seed of the sample.
    pub seed: u64,
    /// What came of them.
    pub compared: &'a Compared,
}

/// What a scenario is called in tables: A, B, C, …
fn letter(place: usize) -> String {
    let letters = ('A'..='Z').nth(place);
    letters.map_or_else(|| format!("#{}", place + 1), |it| it.to_string())
}

/// For people.
#[must_use]
pub fn human(told: &Told<'_>, style: RenderStyle) -> String {
    let mut page = Page::new(style);
    for (place, it) in told.scenarios.iter().enumerate() {
        page.entry(0, &letter(place), &format!("{} ({})", it.title, it.path()));
    }
    page.gap();
    page.paragraph(
        0,
        0,
        &format!(
            "{} of each on the same luck, seed {}. Intervals hold at 95%.",
            counted(told.compared.runs, "run"),
            seed_text(told.seed)
        ),
    );
    alone(&mut page, told);
    for (place, pairs) in told.compared.pairs.iter().enumerate() {
        differences(&mut page, told, place + 1, pairs);
    }
    page.finish()
}

/// Quantities that come to something in some plan: for people the usual ones alone.
fn shown(told: &Told<'_>) -> Vec<Quantity> {
    let usual = |it: &Quantity| {
        let name = it.name();
        it.is_time() || name.starts_with("losses.")
    };
    let something = |it: &Quantity| {
        let most = |at: &crate::explore::odds::Sampled| at.tally(*it).spread.max();
        let most: Vec<_> = told.compared.alone.iter().filter_map(most).collect();
        most.iter().any(|it| *it != Value::At(0))
    };
    let all = Quantity::ALL.into_iter();
    all.filter(usual).filter(something).collect()
}

fn alone(page: &mut Page, told: &Told<'_>) {
    page.heading("Each for itself");
    let mut table = Table::default();
    let mut head = vec![String::new()];
    for place in 0..told.scenarios.len() {
        head.push(format!("{} p50", letter(place)));
        head.push(format!("{} p95", letter(place)));
    }
    table.row(head);
    for quantity in shown(told) {
        let mut cells = vec![quantity.name().to_owned()];
        for sampled in &told.compared.alone {
            let spread = &sampled.tally(quantity).spread;
            for level in [Level::P50, Level::P95] {
                let found = spread.quantile(level, Confidence::USUAL);
                cells.push(found.map_or("-".to_owned(), |it| value(quantity, it.value)));
            }
        }
        table.row(cells);
    }
    let mut violates = vec!["runs that violate a check".to_owned()];
    for sampled in &told.compared.alone {
        violates.push(share(sampled.violating()));
        violates.push(String::new());
    }
    table.row(violates);
    table.lines(2).iter().for_each(|line| page.line(line));
}

fn differences(page: &mut Page, told: &Told<'_>, place: usize, pairs: &Pairs) {
    let name = letter(place);
    page.heading(&format!("{name} less A, run by run"));
    let mut table = Table::default();
    let head = ["", "mean", "between", "p5", "p95", "worth"];
    table.row(head.map(str::to_owned).to_vec());
    let mut same = Vec::new();
    let mut open: BTreeMap<[u64; 3], Vec<&str>> = BTreeMap::new();
    for quantity in shown(told) {
        let paired = pairs.of(quantity);
        if paired.same() == paired.count() {
            same.push(quantity.name());
            continue;
        }
        table.row(row(quantity, paired));
        let never = never(paired);
        if never != [0; 3] {
            open.entry(never).or_default().push(quantity.name());
        }
    }
    let lines = table.lines(1);
    if lines.len() > 1 {
        lines.iter().for_each(|line| page.line(line));
    }
    if !same.is_empty() {
        let text = format!("The same in every run: {}.", same.join(", "));
        page.paragraph(2, 2, &text);
    }
    for (never, of) in open {
        let text = page.paint(Ink::Odd, &never_text(&name, never, &of));
        page.paragraph(2, 2, &text);
    }
    let (first, second) = (pairs.only_first_violates, pairs.only_second_violates);
    let text = if first == 0 && second == 0 {
        format!("A and {name} violate checks in the same runs.")
    } else {
        format!(
            "In {} only A violates a check, in {} only {name}.",
            counted(first, "run"),
            thousands(second)
        )
    };
    page.paragraph(2, 2, &text);
    page.paragraph(
        2,
        2,
        "Worth: how many times wider the interval of the mean would be if each had run as \
         often on luck of its own.",
    );
}

fn row(quantity: Quantity, paired: &Paired) -> Vec<String> {
    let dash = || "-".to_owned();
    let signed = |it: f64| difference_text(quantity, libm::round(it) as i64);
    let level = |ppm| crate::chance::Probability::from_ppm(ppm).and_then(Level::new);
    let quantile = |ppm| {
        let found = level(ppm)?;
        paired.quantile(found, Confidence::USUAL).ok()
    };
    let at = |ppm| quantile(ppm).map_or_else(dash, |it| beyond(quantity, it.value));
    let between = paired.mean_interval(Level::P95);
    vec![
        quantity.name().to_owned(),
        paired.mean().map_or_else(dash, signed),
        between.map_or_else(dash, |it| {
            format!("{} to {}", signed(it.low), signed(it.high))
        }),
        at(50_000),
        at(950_000),
        paired
            .worth()
            .map_or("exact".to_owned(), |it| format!("x{it:.1}")),
    ]
}

/// Runs in which one of the two never came to a number: of A alone, of the other alone,
/// of both. They are in no mean.
fn never(paired: &Paired) -> [u64; 3] {
    let (only_first, only_second) = (paired.less().never().hits, paired.more().never().hits);
    [only_first, only_second, paired.neither()]
}

fn never_text(name: &str, [only_first, only_second, both]: [u64; 3], of: &[&str]) -> String {
    format!(
        "Never at an end in {} of A alone, in {} of {name} alone, in {} of both, and left out \
         of the mean: {}.",
        counted(only_first, "run"),
        thousands(only_second),
        thousands(both),
        of.join(", ")
    )
}

/// A value as people read it.
fn value(quantity: Quantity, it: Value) -> String {
    match it {
        Value::Never => "never".to_owned(),
        Value::At(ms) if quantity.is_time() => brief(Duration::from_millis(ms)).to_string(),
        Value::At(count) => thousands(count),
    }
}

fn beyond(quantity: Quantity, it: Difference) -> String {
    match it {
        Difference::By(by) => difference_text(quantity, by),
        Difference::OnlySecond => "ends".to_owned(),
        Difference::OnlyFirst => "never".to_owned(),
    }
}

/// A difference, with its sign.
fn difference_text(quantity: Quantity, by: i64) -> String {
    let sign = match by.signum() {
        -1 => "-",
        0 => "",
        _ => "+",
    };
    format!("{sign}{}", value(quantity, Value::At(by.unsigned_abs())))
}

fn share(it: Share) -> String {
    format!("{:.1}%", it.observed() * 100.0)
}

/// Plans on the same luck, for machines.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Document {
    /// The version of the program.
    pub lifeboat: String,
    /// The version of this format.
    pub format: u32,
    /// The seed of the sample, in hexadecimal.
    pub seed: String,
    /// How many runs there were of each scenario.
    pub runs: u64,
    /// Each scenario for itself; all others are held against the first.
    pub scenarios: Vec<AloneJson>,
    /// Every scenario but the first, held against the first.
    pub differences: Vec<PairsJson>,
}

/// A scenario for itself.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct AloneJson {
    /// Its `id`, else its file's name without `.yaml`.
    pub id: String,
    /// Its file.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Runs that violate a check that is not known to fail.
    pub violating: u64,
    /// Every quantity that was put to the test.
    pub quantities: Vec<QuantityJson>,
}

/// How a quantity came out.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct QuantityJson {
    /// Its name.
    pub quantity: String,
    /// `ms`, or `count`.
    pub unit: String,
    /// Runs that put it to the test.
    pub runs: u64,
    /// Of those, runs in which it never came to a number.
    pub never: u64,
    /// The mean of the others.
    pub mean: Option<f64>,
    /// The median; null where the runs carry none.
    pub p50: Option<PercentileJson>,
    /// The 95th percentile; null where the runs carry none.
    pub p95: Option<PercentileJson>,
}

/// A percentile, and between what the true one lies at 95% confidence. Null stands for
/// what never came to a number: beyond every number, or where only one of two did.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PercentileJson {
    /// As observed.
    pub value: Option<i64>,
    /// The lower end.
    pub low: Option<i64>,
    /// The upper end.
    pub high: Option<i64>,
}

/// A scenario held against the first, run by run.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PairsJson {
    /// The scenario: its place among `scenarios`, from 0.
    pub scenario: usize,
    /// Runs in which the first violates a check and this one does not.
    pub only_first_violates: u64,
    /// Runs in which this one violates a check and the first does not.
    pub only_second_violates: u64,
    /// Every quantity that both put to the test.
    pub differences: Vec<DifferenceJson>,
}

/// How much a quantity differs: this scenario's less the first one's.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct DifferenceJson {
    /// Its name.
    pub quantity: String,
    /// `ms`, or `count`.
    pub unit: String,
    /// Runs in which at least one of the two came to a number.
    pub runs: u64,
    /// Of those, runs in which both came to the same.
    pub same: u64,
    /// Runs in which only the first never came to a number.
    pub only_first_never: u64,
    /// Runs in which only this one never did.
    pub only_second_never: u64,
    /// Runs in which neither did.
    pub neither: u64,
    /// The mean difference, of the runs in which both came to a number.
    pub mean: Option<f64>,
    /// Between what the true mean lies, at 95% confidence: its lower end.
    pub mean_low: Option<f64>,
    /// Its upper end.
    pub mean_high: Option<f64>,
    /// How many times wider that would be if each had run as often on luck of its own;
    /// null where the difference never varies.
    pub worth: Option<f64>,
    /// The median difference.
    pub p50: Option<PercentileJson>,
    /// The 5th percentile of the difference.
    pub p5: Option<PercentileJson>,
    /// The 95th percentile of the difference.
    pub p95: Option<PercentileJson>,
}

const fn unit(quantity: Quantity) -> &'static str {
    if quantity.is_time() { "ms" } else { "count" }
}

/// The document of a comparison.
#[must_use]
pub fn document(told: &Told<'_>) -> Document {
    let scenarios = told.scenarios.iter().zip(&told.compared.alone);
    let alone = |(scenario, sampled): (&Scenario, &crate::explore::odds::Sampled)| AloneJson {
        id: scenario.id.to_string(),
        path: scenario.path().into(),
        title: scenario.title.to_string(),
        violating: sampled.violating().hits,
        quantities: quantities(sampled),
    };
    let pairs = |(at, it): (usize, &Pairs)| PairsJson {
        scenario: at + 1,
        only_first_violates: it.only_first_violates,
        only_second_violates: it.only_second_violates,
        differences: Quantity::ALL
            .into_iter()
            .filter(|&quantity| it.of(quantity).count() + it.of(quantity).neither() > 0)
            .map(|quantity| difference(quantity, it.of(quantity)))
            .collect(),
    };
    Document {
        lifeboat: env!("CARGO_PKG_VERSION").into(),
        format: 1,
        seed: seed_text(told.seed),
        runs: told.compared.runs,
        scenarios: scenarios.map(alone).collect(),
        differences: told.compared.pairs.iter().enumerate().map(pairs).collect(),
    }
}

/// Every quantity that was put to the test.
pub(super) fn quantities(sampled: &crate::explore::odds::Sampled) -> Vec<QuantityJson> {
    let tested = |it: &Quantity| sampled.tally(*it).spread.count() > 0;
    let one = |quantity: Quantity| {
        let spread = &sampled.tally(quantity).spread;
        let at = |level| spread.quantile(level, Confidence::USUAL).ok().map(of_value);
        QuantityJson {
            quantity: quantity.name().into(),
            unit: unit(quantity).into(),
            runs: spread.count(),
            never: spread.never().hits,
            mean: spread.moments().mean(),
            p50: at(Level::P50),
            p95: at(Level::P95),
        }
    };
    Quantity::ALL.into_iter().filter(tested).map(one).collect()
}

fn of_value(it: Percentile<Value>) -> PercentileJson {
    let number = |it: Value| match it {
        Value::At(it) => i64::try_from(it).ok(),
        Value::Never => None,
    };
    PercentileJson {
        value: number(it.value),
        low: number(it.low),
        high: number(it.high),
    }
}

fn of_difference(it: Percentile<Difference>) -> PercentileJson {
    let number = |it: Difference| match it {
        Difference::By(by) => Some(by),
        Difference::OnlySecond | Difference::OnlyFirst => None,
    };
    PercentileJson {
        value: number(it.value),
        low: number(it.low),
        high: number(it.high),
    }
}

/// How much a quantity differs.
pub(super) fn difference(quantity: Quantity, it: &Paired) -> DifferenceJson {
    let level = |ppm| crate::chance::Probability::from_ppm(ppm).and_then(Level::new);
    let at = |ppm| {
        let found = it.quantile(level(ppm)?, Confidence::USUAL);
        found.ok().map(of_difference)
    };
    let between: Option<Interval> = it.mean_interval(Level::P95);
    DifferenceJson {
        quantity: quantity.name().into(),
        unit: unit(quantity).into(),
        runs: it.count(),
        same: it.same(),
        only_first_never: it.less().never().hits,
        only_second_never: it.more().never().hits,
        neither: it.neither(),
        mean: it.mean(),
        mean_low: between.map(|it| it.low),
        mean_high: between.map(|it| it.high),
        worth: it.worth(),
        p50: at(500_000),
        p5: at(50_000),
        p95: at(950_000),
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
