//! What a lever makes of a scenario.

use super::{Change, Lever};
use crate::chance::{Dist, DurationDist, Probability};
use crate::model::catalogue::Availability;
use crate::model::command::Actor;
use crate::model::fleet::Scm;
use crate::model::ids::{OrgIx, RegionIx};
use crate::procedure::{Takes, Target};
use crate::scenario::document::{Directory, Document, called, dist, leaf, list, map};
use crate::scenario::syntax::{Diagnostics, Node};
use crate::scenario::{BUILT_IN, Plan, Reader, Scenario};
use crate::time::{Duration, Rate};
use std::collections::BTreeMap;

/// What levers are pulled in: a scenario as a document, and what it compiles to.
#[derive(Clone, Debug)]
pub struct Base {
    /// As it is written, with its pieces.
    pub document: Document,
    /// As it compiles.
    pub scenario: Scenario,
}

/// Why a lever cannot be pulled in a scenario, in half a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unfit(pub String);

impl Unfit {
    fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }

    fn invalid(found: &Diagnostics) -> Self {
        let first = found
            .iter()
            .next()
            .map_or("it is not valid", |it| it.message());
        Self(format!("the scenario would not be valid with it: {first}"))
    }
}

impl Base {
    /// A document, compiled.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(reader: &Reader, document: Document, name: &str) -> Result<Self, Diagnostics> {
        let scenario = reader.compile(&document, name)?;
        Ok(Self { document, scenario })
    }

    /// The same scenario with a lever pulled.
    ///
    /// # Errors
    /// Why it cannot be, or would change nothing.
    pub fn with(&self, reader: &Reader, lever: &Lever) -> Result<Self, Unfit> {
        let mut changed = self.clone();
        for change in &lever.changes {
            let mut document = changed.document.clone();
            changed.pull(change, &mut document)?;
            changed = Self::new(reader, document, self.scenario.path())
                .map_err(|found| Unfit::invalid(&found))?;
        }
        if changed.document == self.document {
            return Err(Unfit::new("it is so already"));
        }
        Ok(changed)
    }

    fn pull(&self, change: &Change, document: &mut Document) -> Result<(), Unfit> {
        let plan = &self.scenario.plan;
        match change {
            Change::Set(path, to) => {
                let path: Vec<&str> = path.iter().map(String::as_str).collect();
                if self.is_so(&path, to) {
                    return Err(Unfit::new("it is so already"));
                }
                let fits = document.set(&path, leaf(to));
                fits.then_some(())
                    .ok_or_else(|| Unfit::new(format!("{} is no place", path.join("."))))
            }
            Change::Remove(path) => {
                let path: Vec<&str> = path.iter().map(String::as_str).collect();
                document
                    .remove(&path)
                    .map(drop)
                    .ok_or_else(|| Unfit::new(format!("nothing stands at {}", path.join("."))))
            }
            Change::AddPeople(team, count) => {
                let size = plan.teams.of(*team).size.ok_or_else(|| {
                    Unfit::new(format!("{} are never short of people", people(*team)))
                })?;
                let size = size.saturating_add(*count);
                document.set(&["teams", people(*team), "size"], leaf(size));
                Ok(())
            }
            Change::AroundTheClock(team) => {
                if document
                    .remove(&["teams", people(*team), "hours"])
                    .is_none()
                {
                    let who = people(*team);
                    return Err(Unfit::new(format!("{who} work around the clock already")));
                }
                Ok(())
            }
            Change::SpareConnector(region) => self.spare(region.as_deref(), document),
            Change::SpeedUp(step, to) => speed_up(plan, step, *to, document),
        }
    }

    /// Whether a place has a value already, though nothing may stand there: a scenario
    /// leaves parameters at their defaults, and the procedure too.
    fn is_so(&self, path: &[&str], to: &str) -> bool {
        let parameters = &self.scenario.plan.parameters;
        let written = self.document.text(path);
        match path {
            ["parameters", "recoveries"] => (to == "serial") == parameters.serial_recoveries,
            ["parameters", "resource-ids"] => (to == "saved") == parameters.resource_ids_saved,
            ["procedure", "base"] => written.unwrap_or(BUILT_IN[0].0) == to,
            _ => written == Some(to),
        }
    }

    /// For each kind of SCM and tenant a connector that reaches every org of it. It is
    /// tried before any other target.
    fn spare(&self, region: Option<&str>, document: &mut Document) -> Result<(), Unfit> {
        let plan = &self.scenario.plan;
        let adopts = |it: &Target| matches!(it, Target::Adopt(_));
        if plan.procedure.target.iter().any(adopts) {
            return Err(Unfit::new("a connector to be adopted stands ready already"));
        }
        let directory = Directory::of(&self.document, plan);
        let connectors = plan.fleet.connectors();
        let mut kinds: BTreeMap<(Option<&str>, Scm), Vec<OrgIx>> = BTreeMap::new();
        for it in connectors.iter().filter(|it| !it.owns.is_empty()) {
            let path = ["fleet", "connectors", &*it.name, "tenant"];
            let tenant = self.document.text(&path);
            let orgs = kinds.entry((tenant, it.scm)).or_default();
            orgs.extend(it.owns.iter().map(OrgIx));
        }
        let mut targets = Vec::new();
        for ((tenant, scm), orgs) in &kinds {
            let region = match region {
                Some(it) => it,
                None => elsewhere(plan, *scm)
                    .ok_or_else(|| Unfit::new("no other region is supported"))?,
            };
            let name = free_name(plan, *scm, tenant.unwrap_or_default());
            let org = |it: &OrgIx| {
                let id = directory
                    .find(plan.fleet.org(*it).key)
                    .map_or("", |it| it.1);
                leaf(called(id, plan.fleet.org_name(*it)))
            };
            let mut inner = vec![
                ("region", leaf(region)),
                ("scm", leaf(scm.name())),
                ("grants", list(orgs.iter().map(org))),
                ("orgs", leaf(0)),
            ];
            inner.extend(tenant.map(|it| ("tenant", leaf(it))));
            document.set(&["fleet", "connectors", &name], map(inner));
            targets.push(map([("adopt", leaf(name))]));
        }
        let before = document.get(&["procedure", "target"]);
        let before: Vec<Node> = match before {
            Some(written) if !written.items().is_empty() => written.items().to_vec(),
            Some(written) => vec![written.clone()],
            None => vec![leaf("automatic")],
        };
        targets.extend(before);
        document.set(&["procedure", "target"], list(targets));
        Ok(())
    }
}

const fn people(team: Actor) -> &'static str {
    match team {
        Actor::Support => "support",
        Actor::Platform => "platform",
        _ => "operators",
    }
}

/// The nearest fallback of the largest connector of a kind in which none stands; where
/// there is none, the nearest.
fn elsewhere(plan: &Plan, scm: Scm) -> Option<&'static str> {
    let connectors = plan.fleet.connectors();
    let of_kind = connectors.iter().filter(|it| it.scm == scm);
    let from = of_kind.max_by_key(|it| it.owns.len())?.region;
    let catalogue = plan.fleet.catalogue();
    let taken = |region: &RegionIx| connectors.iter().any(|it| it.region == *region);
    let free = catalogue.candidates(from).find(|it| !taken(it));
    let region = free.or_else(|| catalogue.candidates(from).next())?;
    let it = catalogue.region(region);
    (it.availability == Availability::Supported).then_some(it.name)
}

/// A name that no connector of the fleet has.
fn free_name(plan: &Plan, scm: Scm, tenant: &str) -> String {
    let dash = if tenant.is_empty() { "" } else { "-" };
    let plain = format!("spare-{}{dash}{tenant}", scm.name());
    let taken = |name: &str| plan.fleet.connectors().iter().any(|it| *it.name == *name);
    let mut names = (1..).map(|number| match number {
        1 => plain.clone(),
        _ => format!("{plain}-{number}"),
    });
    names.find(|it| !taken(it)).unwrap_or(plain)
}

fn speed_up(
    plan: &Plan,
    step: &str,
    to: Probability,
    document: &mut Document,
) -> Result<(), Unfit> {
    let found = plan.procedure.steps.iter().find(|it| *it.name == *step);
    let found = found.ok_or_else(|| Unfit::new(format!("the procedure has no step {step}")))?;
    let takes = match &found.takes {
        Takes::Time(time) => dist(&scaled(time, to)),
        Takes::Records(rate) => map([("rate", leaf(faster(*rate, to)))]),
        Takes::Units(rates) => {
            let each = Scm::ALL.map(|scm| (scm.name(), leaf(faster(rates[scm as usize], to))));
            map([("rate", map(each))])
        }
    };
    let section = match document.get(&["procedure", "add", step]) {
        Some(_) => "add",
        None => "steps",
    };
    document.set(&["procedure", section, step, "takes"], takes);
    Ok(())
}

/// A time of which every number is cut to a share, to the millisecond above.
fn scaled(time: &DurationDist, to: Probability) -> DurationDist {
    let cut = |it: Duration| {
        let millis = u128::from(it.as_millis()) * u128::from(to.as_ppm());
        Duration::from_millis(millis.div_ceil(1_000_000) as u64)
    };
    Dist::new(&time.shape().map(|it| cut(*it))).unwrap_or_else(|_| time.clone())
}

/// A rate that takes a share of the time, rounded up.
fn faster(rate: Rate, to: Probability) -> String {
    let share = u128::from(to.as_ppm()).max(1);
    let count = (u128::from(rate.count()) * 1_000_000).div_ceil(share);
    let text = rate.to_string();
    let unit = text.split_once('/').map_or("h", |it| it.1);
    format!("{count}/{unit}")
}
