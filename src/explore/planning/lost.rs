//! What comes of losing some regions.

use super::{Budget, NoPlan, Outage, Planning};
use crate::drill::{Outcome, Record};
use crate::explore::odds::{Broken, Row, Sampled, Series, seed_of};
use crate::explore::pieces::in_order;
use crate::model::ids::{OrgIx, RegionIx};
use crate::scenario::Plan;
use std::collections::BTreeMap;

/// What comes of losing some regions.
#[derive(Clone, PartialEq, Debug)]
pub struct Lost {
    /// Which.
    pub regions: Vec<RegionIx>,
    /// How many connectors with orgs stand in them.
    pub connectors: u64,
    /// How many orgs those hold.
    pub orgs: u64,
    /// How many records those orgs have.
    pub records: u64,
    /// How the runs went.
    pub sampled: Sampled,
    /// Where the orgs are when the runs end.
    pub moves: Moves,
}

/// Where orgs go, counted over all runs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Moves {
    /// From which region to which; nowhere for an org without an owner, or that is gone.
    pub to: BTreeMap<(RegionIx, Option<RegionIx>), u64>,
    /// Orgs that are in another geography.
    pub orgs_abroad: u64,
    /// The records that those orgs had.
    pub records_abroad: u64,
}

impl Moves {
    fn record(&mut self, plan: &Plan, outcome: &Outcome, regions: &[RegionIx]) {
        let (fleet, world) = (&plan.fleet, &outcome.world);
        let catalogue = fleet.catalogue();
        for connector in fleet
            .connectors()
            .iter()
            .filter(|it| regions.contains(&it.region))
        {
            for org in connector.owns.iter().map(OrgIx) {
                let owner = world.org(org).owner.get();
                let to = owner.map(|it| world.connector(it).region);
                *self.to.entry((connector.region, to)).or_default() += 1;
                if to.is_some_and(|to| !catalogue.same_geography(connector.region, to)) {
                    self.orgs_abroad += 1;
                    self.records_abroad += records(plan, org);
                }
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        for (way, orgs) in &other.to {
            *self.to.entry(*way).or_default() += orgs;
        }
        self.orgs_abroad += other.orgs_abroad;
        self.records_abroad += other.records_abroad;
    }
}

fn records(plan: &Plan, org: OrgIx) -> u64 {
    let of_kinds = plan.fleet.org(org).records;
    of_kinds.iter().map(|&it| u64::from(it)).sum()
}

/// Runs an outage.
pub(super) fn run(
    it: &Planning<'_>,
    outage: &Outage,
    budget: &mut Budget<'_>,
) -> Result<Lost, NoPlan> {
    let plan = &outage.base.scenario.plan;
    let hit = plan.fleet.connectors().iter();
    let hit = hit.filter(|it| outage.regions.contains(&it.region) && !it.owns.is_empty());
    let mut lost = Lost {
        regions: outage.regions.clone(),
        connectors: 0,
        orgs: 0,
        records: 0,
        sampled: Sampled::none(plan.objectives.len()),
        moves: Moves::default(),
    };
    for connector in hit {
        lost.connectors += 1;
        lost.orgs += u64::from(connector.owns.len());
        let orgs = connector.owns.iter().map(OrgIx);
        lost.records += orgs.map(|org| records(plan, org)).sum::<u64>();
    }
    let mut hands: Vec<Hand<'_>> = (0..it.jobs.get()).map(|_| Hand::of(plan)).collect();
    let done = in_order(&mut hands, it.runs as usize, |hand, run| {
        let run = run as u64;
        hand.run(run, seed_of(it.seed, run), &outage.regions)
    });
    let done: Result<(), Broken> = done.into_iter().collect();
    done.map_err(NoPlan::Broken)?;
    for hand in &hands {
        lost.sampled.merge(&hand.sampled);
        lost.moves.merge(&hand.moves);
    }
    budget.spend(it.runs)?;
    Ok(lost)
}

/// What one thread does, in memory of its own.
struct Hand<'a> {
    series: Series<'a>,
    sampled: Sampled,
    moves: Moves,
}

impl<'a> Hand<'a> {
    fn of(plan: &'a Plan) -> Self {
        Self {
            series: Series::new(plan),
            sampled: Sampled::none(plan.objectives.len()),
            moves: Moves::default(),
        }
    }

    fn run(&mut self, run: u64, seed: u64, regions: &[RegionIx]) -> Result<(), Broken> {
        let Self {
            series,
            sampled,
            moves,
        } = self;
        series.run(seed, Record::Nothing, |plan, rig| {
            moves.record(plan, rig.outcome(), regions);
            let row = Row::of(plan, run, seed, rig.outcome())?;
            sampled.record(&row, &plan.objectives);
            Ok(())
        })
    }
}
