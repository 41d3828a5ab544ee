//! Which regions are lost, and what the scenario becomes by it.

use super::{NoPlan, Planning};
use crate::model::ids::RegionIx;
use crate::scenario::document::{Document, leaf, list, map};
use crate::scenario::levers::Base;
use crate::scenario::syntax::Node;
use crate::time::Duration;
use std::collections::BTreeSet;

/// How long an outage lasts where nothing says it: assumed.
pub const LASTS: Duration = Duration::from_hours(48);

/// How long outages last.
#[derive(Clone, PartialEq, Debug)]
pub enum Lasts {
    /// As long as this.
    For(Duration),
    /// As long as the first outage of the scenario's timeline does.
    AsWritten(Node),
    /// Nothing says it: [`LASTS`].
    Assumed,
}

impl Lasts {
    /// What a scenario says: how long the first outage of its timeline lasts.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let events = document.get(&["timeline"]).map_or(0, |it| it.items().len());
        let written = (0..events).find_map(|at| {
            let at = at.to_string();
            let of = |kind| document.get(&["timeline", &at, "fault", kind, "lasts"]);
            of("region-outage").or_else(|| of("partial-outage"))
        });
        written.cloned().map_or(Self::Assumed, Self::AsWritten)
    }

    fn node(&self) -> Node {
        match self {
            Self::For(time) => leaf(time),
            Self::AsWritten(node) => node.clone(),
            Self::Assumed => leaf(LASTS),
        }
    }
}

/// Regions that are lost together, and the scenario in which they are.
#[derive(Clone, Debug)]
pub struct Outage {
    /// Which, in the order of the catalogue.
    pub regions: Vec<RegionIx>,
    /// The scenario with this outage for its timeline.
    pub base: Base,
}

/// Every region in which a connector holds orgs, then every pair.
pub(super) fn outages(it: &Planning<'_>) -> Result<Vec<Outage>, NoPlan> {
    let fleet = &it.base.scenario.plan.fleet;
    let held = fleet.connectors().iter().filter(|it| !it.owns.is_empty());
    let regions: BTreeSet<RegionIx> = held.map(|it| it.region).collect();
    let regions: Vec<RegionIx> = regions.into_iter().collect();
    let mut all: Vec<Vec<RegionIx>> = regions.iter().map(|&it| vec![it]).collect();
    for (place, &first) in regions.iter().enumerate() {
        all.extend(
            regions[place + 1..]
                .iter()
                .map(|&second| vec![first, second]),
        );
    }
    let name = |region: RegionIx| fleet.catalogue().region(region).name;
    if let Some(wanted) = it.region {
        all.retain(|regions| regions.iter().any(|&it| name(it) == wanted));
    }
    if all.is_empty() {
        return Err(NoPlan::Nowhere);
    }
    let outage = |regions: Vec<RegionIx>| {
        let names: Vec<&str> = regions.iter().map(|&it| name(it)).collect();
        let document = without(&it.base.document, &names, it.lasts);
        let base = Base::new(it.reader, document, it.base.scenario.path());
        let base = base.map_err(NoPlan::Invalid)?;
        Ok(Outage { regions, base })
    };
    all.into_iter().map(outage).collect()
}

/// A scenario in which these regions are lost at T+0, and nothing else goes wrong.
fn without(document: &Document, regions: &[&str], lasts: &Lasts) -> Document {
    let mut document = document.clone();
    let region = match regions {
        [one] => leaf(one),
        all => list(all.iter().map(leaf)),
    };
    let outage = map([("region", region), ("lasts", lasts.node())]);
    let event = map([
        ("at", leaf("T+0")),
        ("fault", map([("region-outage", outage)])),
    ]);
    // Choices of luck are about the faults that were there.
    document.remove(&["luck"]);
    document.set(&["timeline"], list([event]));
    document
}
