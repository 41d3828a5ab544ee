//! For machines.

use super::Told;
use crate::explore::compare::Pairs;
use crate::measures::Quantity;
use crate::report::machine;
use crate::report::seed_text;
use crate::scenario::Scenario;
use crate::statistics::{Confidence, Difference, Interval, Level, Paired, Percentile, Value};
use serde::Serialize;

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
pub(in crate::report) fn quantities(sampled: &crate::explore::odds::Sampled) -> Vec<QuantityJson> {
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
pub(in crate::report) fn difference(quantity: Quantity, it: &Paired) -> DifferenceJson {
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
