//! What comes of losing some regions.

use super::{Budget, NoPlan, Outage, Planning};
use crate::drill::{Outcome, Record};
use crate::explore::odds::{Broken, Row, Sampled, Series, seed_of};
use crate::model::ids::{OrgIx, RegionIx};
use crate::scenario::Plan;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

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
    let next = AtomicU64::new(0);
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..it.jobs.get() {
            scope.spawn(|| {
                let part = some(it, outage, &next);
                let mut done = done.lock().expect("nobody panics while adding to a list");
                done.push(part);
            });
        }
    });
    let mut broken: Option<Broken> = None;
    for part in done.into_inner().expect("every thread is done") {
        match part {
            Ok((sampled, moves)) => {
                lost.sampled.merge(&sampled);
                lost.moves.merge(&moves);
            }
            Err(it) => broken = broken.filter(|old| old.run < it.run).or(Some(it)),
        }
    }
    if let Some(broken) = broken {
        return Err(NoPlan::Broken(broken));
    }
    budget.spend(it.runs)?;
    Ok(lost)
}

fn some(it: &Planning<'_>, outage: &Outage, next: &AtomicU64) -> Result<(Sampled, Moves), Broken> {
    let plan = &outage.base.scenario.plan;
    let mut series = Series::new(plan);
    let (mut sampled, mut moves) = (Sampled::none(plan.objectives.len()), Moves::default());
    loop {
        let run = next.fetch_add(1, Ordering::Relaxed);
        if run >= it.runs {
            return Ok((sampled, moves));
        }
        let seed = seed_of(it.seed, run);
        let row = series.run(seed, Record::Nothing, |plan, rig| {
            moves.record(plan, rig.outcome(), &outage.regions);
            Row::of(plan, run, seed, rig.outcome())
        })?;
        sampled.record(&row, &plan.objectives);
    }
}
