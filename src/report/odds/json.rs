//! For machines: everything that was counted. Its schema is made from these types,
//! their words and all (`lifeboat schema sample`).

use super::words::objective;
use super::{Told, judged};
use crate::checks::{CheckId, Verdict};
use crate::explore::odds::{Tally, seed_of};
use crate::measures::{Cause, ClockKind, Quantity};
use crate::report::entry::seed_text;
use crate::report::exit::Exit;
use crate::statistics::{Level, Looks, Share, Value};
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the JSON result.
const FORMAT: u32 = 1;

/// A sample. Times are whole milliseconds. Keys only ever get added within one
/// `format`.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct SampleJson {
    /// The version of the program.
    pub lifeboat: String,
    /// The version of this format.
    pub format: u32,
    /// The exit code of the program.
    pub exit_code: u8,
    /// The scenario's id.
    pub id: String,
    /// Its file.
    pub path: String,
    /// Its title.
    pub title: String,
    /// A hash of what decides its runs, in hexadecimal: two samples of one scenario
    /// have the same.
    pub scenario: String,
    /// The seed of the sample, in hexadecimal.
    pub seed: String,
    /// How many runs there were.
    pub runs: u64,
    /// Their numbers: the first, and the one behind the last.
    pub ranges: Vec<(u64, u64)>,
    /// `once` if their number was laid down beforehand, `always` if they were looked
    /// at until they were enough: then intervals hold at every look.
    pub looks: String,
    /// Whether these are all the runs that were asked for.
    pub whole: bool,
    /// What is promised, by name.
    pub objectives: Vec<ObjectiveJson>,
    /// What was counted.
    pub quantities: Vec<QuantityJson>,
    /// What each check said.
    pub checks: Vec<CheckJson>,
    /// Runs that violate any check that is not known to fail.
    pub violating: ShareJson,
    /// How many runs were looked at for where the time goes.
    pub looked_at: u64,
    /// Where the time of each clock goes, summed over those runs.
    pub spent: BTreeMap<String, SpentJson>,
}

/// A share of runs.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ShareJson {
    /// Of how many runs it is so.
    pub hits: u64,
    /// Of how many.
    pub of: u64,
    /// Between what the share of all runs lies: the lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The seed of the first run of which it is so, where that is kept.
    pub first: Option<String>,
}

/// An objective, and what came of it.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ObjectiveJson {
    /// What its author calls it.
    pub name: String,
    /// What it says, in words.
    pub says: String,
    /// `pass`, `fail` or `inconclusive`.
    pub verdict: String,
    /// In what share of runs it has to be kept, at least.
    pub share: f64,
    /// How sure the answer has to be.
    pub confidence: f64,
    /// Runs that kept it, of those that put it to the test.
    pub kept: ShareJson,
    /// How many runs in all would settle it, if that share stayed; null where it is
    /// settled, or where no number would.
    pub settled_by: Option<u64>,
}

/// What a quantity came to.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct QuantityJson {
    /// Which: `clocks.protection`.
    pub name: String,
    /// `ms` or `things`.
    pub unit: String,
    /// How many runs put it to the test.
    pub tested: u64,
    /// How many of them never came to a number.
    pub never: u64,
    /// The mean of those that did.
    pub mean: Option<f64>,
    /// Their standard deviation.
    pub deviation: Option<f64>,
    /// The least, and the first run that came to it.
    pub least: Option<RunJson>,
    /// Of the first runs, the one nearest to the median.
    pub usual: Option<RunJson>,
    /// The most, and the first run that came to it.
    pub most: Option<RunJson>,
    /// Percentiles: `p50`, `p90`, `p95`, `p99`.
    pub percentiles: BTreeMap<String, PercentileJson>,
    /// All runs that came to a number, from the least to the most: the least and the
    /// most value of each group, less than 0.1% apart, and how many runs are in it.
    pub histogram: Vec<(u64, u64, u64)>,
}

/// A run that came to a value.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct RunJson {
    /// What it came to; null where it never came to a number.
    pub value: Option<u64>,
    /// The run's number.
    pub run: u64,
    /// Its seed: `lifeboat run --seed` does it again.
    pub seed: String,
}

/// A percentile.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct PercentileJson {
    /// Whether there were enough runs for it.
    pub carried: bool,
    /// How many would be enough, where there were not.
    pub needed: Option<u64>,
    /// Its value; null where there were not enough runs, or where it is that it never
    /// comes to a number.
    pub value: Option<u64>,
    /// Between what it lies: the lower end; null as above.
    pub low: Option<u64>,
    /// The upper end; null as above.
    pub high: Option<u64>,
}

/// What a check said.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct CheckJson {
    /// Which check.
    pub id: String,
    /// Runs by verdict.
    pub verdicts: BTreeMap<String, u64>,
    /// Runs that violate it.
    pub violated: ShareJson,
}

/// Where the time of a clock goes.
#[derive(Serialize, Debug)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct SpentJson {
    /// How many clocks these are the sums of: those that stopped.
    pub clocks: u64,
    /// Milliseconds by cause.
    pub by_ms: BTreeMap<String, u64>,
}

/// A sample as a document.
#[must_use]
pub fn document(told: &Told<'_>, exit: Exit) -> SampleJson {
    let (header, sampled) = (&told.part.header, &told.part.sampled);
    let first = |run: Option<u64>| run.map(|it| seed_text(seed_of(header.seed, it)));
    let share = |it: Share, run: Option<u64>| {
        let interval = it.interval(told.confidence());
        share_json(it, (interval.low, interval.high), first(run))
    };
    let check = |check: CheckId| {
        let said = sampled.said(check);
        let counts = Verdict::ALL.into_iter();
        CheckJson {
            id: check.slug().to_owned(),
            verdicts: counts
                .map(|it| (it.name().to_owned(), said.count(it)))
                .collect(),
            violated: share(said.violated(), said.violated_in),
        }
    };
    let spent = |kind: ClockKind| {
        let split = sampled.spent.clock(kind);
        let by_ms = Cause::ALL.into_iter().zip(split.by_ms);
        let by_ms = by_ms.map(|it| (it.0.name().to_owned(), it.1)).collect();
        let clocks = split.clocks;
        (kind.name().to_owned(), SpentJson { clocks, by_ms })
    };
    SampleJson {
        lifeboat: header.version.clone(),
        format: FORMAT,
        exit_code: exit.code(),
        id: header.id.clone(),
        path: header.path.clone(),
        title: header.title.clone(),
        scenario: format!("{:#018x}", header.meaning),
        seed: seed_text(header.seed),
        runs: sampled.runs,
        ranges: told
            .part
            .ranges
            .iter()
            .map(|it| (it.start, it.end))
            .collect(),
        looks: match told.looks() {
            Looks::Once => "once".to_owned(),
            Looks::Always => "always".to_owned(),
        },
        whole: told.whole,
        objectives: objectives(told),
        quantities: Quantity::ALL
            .into_iter()
            .map(|it| quantity(told, it))
            .collect(),
        checks: CheckId::ALL.into_iter().map(check).collect(),
        violating: share(sampled.violating(), sampled.violated_in),
        looked_at: sampled.spent.runs,
        spent: ClockKind::ALL.into_iter().map(spent).collect(),
    }
}

fn share_json(share: Share, (low, high): (f64, f64), first: Option<String>) -> ShareJson {
    ShareJson {
        hits: share.hits,
        of: share.of,
        low,
        high,
        first,
    }
}

fn objectives(told: &Told<'_>) -> Vec<ObjectiveJson> {
    let all = judged(told.part).into_iter();
    all.map(|it| {
        let interval = it.kept.interval(it.confidence);
        ObjectiveJson {
            name: it.objective.name.to_string(),
            says: objective(it.objective),
            verdict: it.word().to_owned(),
            share: it.objective.share.part(),
            confidence: it.objective.confidence.part(),
            kept: share_json(it.kept, (interval.low, interval.high), None),
            settled_by: it.settled_by(),
        }
    })
    .collect()
}

fn quantity(told: &Told<'_>, quantity: Quantity) -> QuantityJson {
    let sampled = &told.part.sampled;
    let Tally {
        spread,
        least,
        most,
    } = sampled.tally(quantity);
    let number = |it: Value| match it {
        Value::At(it) => Some(it),
        Value::Never => None,
    };
    let run = |it: (Value, u64)| RunJson {
        value: number(it.0),
        run: it.1,
        seed: seed_text(seed_of(told.part.header.seed, it.1)),
    };
    let percentile = |level: Level| match spread.quantile(level, told.confidence()) {
        Ok(it) => PercentileJson {
            carried: true,
            needed: None,
            value: number(it.value),
            low: number(it.low),
            high: number(it.high),
        },
        Err(few) => PercentileJson {
            carried: false,
            needed: few.needed,
            value: None,
            low: None,
            high: None,
        },
    };
    let name = |it: Level| format!("p{}", it.to_string().trim_end_matches('%'));
    let middle = spread.quantile(Level::P50, told.confidence()).ok();
    QuantityJson {
        name: quantity.name().to_owned(),
        unit: if quantity.is_time() { "ms" } else { "things" }.to_owned(),
        tested: spread.count(),
        never: spread.never().hits,
        mean: spread.moments().mean(),
        deviation: spread.moments().variance().map(f64::sqrt),
        least: least.map(run),
        usual: middle
            .and_then(|it| sampled.nearest(quantity, it.value))
            .map(run),
        most: most.map(run),
        percentiles: Level::TOLD.map(|it| (name(it), percentile(it))).into(),
        histogram: spread.buckets().collect(),
    }
}

/// The document as text, with a line break at its end.
///
/// # Panics
/// Never: the document holds nothing that JSON cannot.
#[must_use]
pub fn to_text(document: &SampleJson) -> String {
    serde_json::to_string_pretty(document).expect("the document holds only what JSON can") + "\n"
}

/// The JSON Schema of the result, with a line break at its end.
///
/// # Panics
/// Never: a schema holds nothing that JSON cannot.
#[cfg(feature = "cli")]
#[must_use]
pub fn schema_text() -> String {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings
        .into_generator()
        .into_root_schema_for::<SampleJson>();
    schema.insert(
        "$id".to_owned(),
        "https://lifeboat.dev/schemas/sample.v1.json".into(),
    );
    schema.insert("title".to_owned(), "A sample of lifeboat, format 1".into());
    serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n"
}
