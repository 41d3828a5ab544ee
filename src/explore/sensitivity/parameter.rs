//! What can be uncertain about a plan, under a name.

use crate::chance::{EntityKey, Purpose, Site};
use crate::scenario::Plan;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Something uncertain about a plan: a step's time wherever the step is done, a fault's
/// length, whether it strikes. Its name is that of its place in the scenario file, as
/// far as it has one: `steps.triage-ticket.takes`, `timeline.the-outage.lasts`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Parameter {
    /// The name.
    pub name: Box<str>,
}

/// The parameters of a plan, by what they are decided about.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// Names of steps, by the half of their hash that stands in an ordinal.
    steps: BTreeMap<u64, Box<str>>,
    faults: BTreeMap<EntityKey, Box<str>>,
}

impl Names {
    pub(super) fn of(plan: &Plan) -> Self {
        let step = |name: &str| (xxh3_64(name.as_bytes()) >> 32, name.into());
        Self {
            steps: plan
                .procedure
                .steps
                .iter()
                .map(|it| step(&it.name))
                .collect(),
            faults: plan
                .faults
                .iter()
                .map(|it| (it.key, it.id.clone()))
                .collect(),
        }
    }

    /// The parameter that a decision is one of.
    pub(super) fn parameter(&self, site: Site) -> Parameter {
        let step = |what: &str| {
            let found = self.steps.get(&(site.ordinal >> 32));
            let name = found.map_or("discover", |it| it);
            format!("steps.{name}.{what}")
        };
        let fault = |what: &str| {
            let found = self.faults.get(&site.entity);
            let name = found.map_or("?", |it| it);
            format!("timeline.{name}.{what}")
        };
        let name = match site.purpose {
            Purpose::StepTime => step("takes"),
            Purpose::StepSlip => step("can-fail"),
            Purpose::FaultStrikes => fault("chance"),
            Purpose::FaultLasts => fault("lasts"),
            Purpose::FaultAt => fault("at"),
            other => match self.faults.get(&site.entity) {
                Some(_) => fault(other.name()),
                None => other.name().to_owned(),
            },
        };
        Parameter { name: name.into() }
    }
}
