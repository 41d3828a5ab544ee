//! For machines.

use super::Told;
use crate::explore::planning::{Effect, LASTS, Lasts, Lost, Pulled};
use crate::model::ids::RegionIx;
use crate::report::compare::{DifferenceJson, QuantityJson, difference, quantities};
use crate::report::machine::{self, Head};
use crate::scenario::document::one_line;
use crate::statistics::Value;
use serde::Serialize;

/// A fleet's plan, for machines.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Document {
    /// Which program, of which scenario, on which luck.
    #[serde(flatten)]
    pub head: Head,
    /// How many runs each outage had.
    pub runs: u64,
    /// How many runs there were in all.
    pub runs_in_all: u64,
    /// How long each outage lasts, as it would stand in a scenario file.
    pub lasts: String,
    /// Whether nothing but this program says so.
    pub lasts_assumed: bool,
    /// Every region that has connectors, then every pair.
    pub outages: Vec<OutageJson>,
    /// What the levers are held against.
    pub by: String,
    /// What a cost counts.
    pub cost_unit: String,
    /// The levers, those that help most for their cost first.
    pub levers: Vec<LeverJson>,
    /// Levers pulled one on top of the other.
    pub steps: Vec<StepJson>,
}

/// Regions that are lost together.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct OutageJson {
    /// Which.
    pub regions: Vec<String>,
    /// Connectors with orgs in them.
    pub connectors: u64,
    /// Their orgs.
    pub orgs: u64,
    /// The records of those.
    pub records: u64,
    /// Runs that violate a check that is not known to fail.
    pub violating: u64,
    /// Orgs that end in another geography, summed over the runs.
    pub orgs_abroad: u64,
    /// The records that those orgs had, summed over the runs.
    pub records_abroad: u64,
    /// Where orgs end, summed over the runs.
    pub moves: Vec<MoveJson>,
    /// Every quantity that was put to the test.
    pub quantities: Vec<QuantityJson>,
}

/// How many orgs go from one region to another.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct MoveJson {
    /// Where their connector stood.
    pub from: String,
    /// Where their owner stands when the run ends; null for an org without one.
    pub to: Option<String>,
    /// Orgs, summed over the runs.
    pub orgs: u64,
}

/// A lever, by itself.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct LeverJson {
    /// Its name.
    pub lever: String,
    /// What is done.
    pub title: String,
    /// What it costs.
    pub cost: u64,
    /// Where that comes from.
    pub source: String,
    /// What it does; null where it cannot be pulled.
    pub effect: Option<EffectJson>,
    /// Why it cannot be pulled; null where it can.
    pub unfit: Option<String>,
}

/// What one or more levers do, over all outages of a single region.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct EffectJson {
    /// With them less without them, on the same luck.
    pub difference: DifferenceJson,
    /// Runs that come to a number with them alone, less those without them alone.
    pub rescued: i64,
    /// Runs that violate a check without them alone, less those with them alone.
    pub mended: i64,
    /// The p95 of the worst outage; null where it never stops, or where the runs carry
    /// no p95.
    pub worst_p95: Option<u64>,
}

/// A lever pulled on top of those before it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct StepJson {
    /// Its name.
    pub lever: String,
    /// What all of them cost together.
    pub cost: u64,
    /// What all of them do together.
    pub effect: EffectJson,
}

/// The document of a plan.
#[must_use]
pub fn document(told: &Told<'_>) -> Document {
    let lasts = match told.lasts {
        Lasts::For(time) => time.to_string(),
        Lasts::AsWritten(node) => one_line(node),
        Lasts::Assumed => LASTS.to_string(),
    };
    let steps = told.planned.steps.iter().map(|it| StepJson {
        lever: told.levers.list[it.lever].name.clone(),
        cost: it.cost,
        effect: effect_json(told, &it.effect),
    });
    Document {
        head: Head::of(told.scenario, told.seed),
        runs: told.runs,
        runs_in_all: told.planned.runs,
        lasts,
        lasts_assumed: *told.lasts == Lasts::Assumed,
        outages: told
            .planned
            .lost
            .iter()
            .map(|it| outage_json(told, it))
            .collect(),
        by: told.by.name().into(),
        cost_unit: told.levers.unit.clone(),
        levers: told
            .planned
            .levers
            .iter()
            .map(|it| lever_json(told, it))
            .collect(),
        steps: steps.collect(),
    }
}

fn outage_json(told: &Told<'_>, lost: &Lost) -> OutageJson {
    let catalogue = told.scenario.plan.fleet.catalogue();
    let name = |region: RegionIx| catalogue.region(region).name.to_owned();
    let moves = lost.moves.to.iter().map(|((from, to), orgs)| MoveJson {
        from: name(*from),
        to: to.map(name),
        orgs: *orgs,
    });
    OutageJson {
        regions: lost.regions.iter().map(|&it| name(it)).collect(),
        connectors: lost.connectors,
        orgs: lost.orgs,
        records: lost.records,
        violating: lost.sampled.violating().hits,
        orgs_abroad: lost.moves.orgs_abroad,
        records_abroad: lost.moves.records_abroad,
        moves: moves.collect(),
        quantities: quantities(&lost.sampled),
    }
}

fn lever_json(told: &Told<'_>, pulled: &Pulled) -> LeverJson {
    let lever = &told.levers.list[pulled.lever];
    LeverJson {
        lever: lever.name.clone(),
        title: lever.title.clone(),
        cost: lever.cost,
        source: lever.source.clone(),
        effect: pulled.effect.as_ref().ok().map(|it| effect_json(told, it)),
        unfit: pulled.effect.as_ref().err().map(|it| it.0.clone()),
    }
}

fn effect_json(told: &Told<'_>, effect: &Effect) -> EffectJson {
    EffectJson {
        difference: difference(told.by, &effect.paired),
        rescued: effect.rescued(),
        mended: effect.mended,
        worst_p95: effect.worst_p95.and_then(|it| match it {
            Value::At(it) => Some(it),
            Value::Never => None,
        }),
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
