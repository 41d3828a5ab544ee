//! What is hunted: a scenario, made ready to have faults thrown at it.

use crate::chance::Probability;
use crate::faults::{Fault, FaultKind};
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::scenario::document::{Directory, Document, leaf, map};
use crate::scenario::syntax::Diagnostics;
use crate::scenario::{Plan, Reader, Scenario};

/// A scenario that is hunted.
///
/// Its plan holds one more org for each connector, which is never created unless a
/// hunt does so: what may be created has to have its place in the fleet.
#[derive(Clone, Debug)]
pub struct Prey {
    /// What is hunted: the scenario without its `chaos`.
    pub document: Document,
    /// The scenario as it stands.
    pub scenario: Scenario,
    /// What is run.
    pub plan: Plan,
    /// Who is who in the plan.
    pub directory: Directory,
    /// The timeline's own faults.
    pub base: Vec<Fault>,
    /// By connector: the org that may be created.
    pub(super) late: Vec<Option<OrgIx>>,
}

impl Prey {
    /// Makes a scenario ready.
    ///
    /// # Errors
    /// Everything that is wrong with the scenario.
    pub fn new(reader: &Reader, document: &Document, name: &str) -> Result<Self, Diagnostics> {
        let scenario = reader.compile(document, name)?;
        let known = Directory::of(document, &scenario.plan);
        let mut armed = document.clone();
        let taken = |kind: &str, id: &str| known.iter().any(|it| it.0 == kind && it.1 == id);
        for connector in scenario.plan.fleet.connectors() {
            let Some((_, id)) = known.find(connector.key) else {
                continue;
            };
            let free = |number: &u32| !taken("org", &late_name(id, *number));
            let number = (1..).find(free).unwrap_or(1);
            armed.push(&["timeline"], dormant(&late_name(id, number), id));
        }
        let plan = reader.compile(&armed, name)?.plan;
        let directory = Directory::of(&armed, &plan);
        let (dormant, base): (Vec<Fault>, Vec<Fault>) = plan
            .faults
            .iter()
            .cloned()
            .partition(|it| it.chance == Probability::NEVER);
        let mut late = vec![None; plan.fleet.connectors().len()];
        for fault in &dormant {
            if let FaultKind::OrgCreated(org, ConnectorIx(connector)) = fault.kind {
                late[connector as usize] = Some(org);
            }
        }
        let mut document = document.clone();
        document.remove(&["chaos"]);
        Ok(Self {
            document,
            scenario,
            plan,
            directory,
            base,
            late,
        })
    }
}

fn late_name(connector: &str, number: u32) -> String {
    match number {
        1 => format!("{connector}-late"),
        _ => format!("{connector}-late-{number}"),
    }
}

/// An org that is in the fleet's tables and never appears by itself.
fn dormant(org: &str, connector: &str) -> crate::scenario::syntax::Node {
    let created = map([("org", leaf(org)), ("connector", leaf(connector))]);
    map([
        ("at", leaf("T+0")),
        ("chance", leaf("0%")),
        ("fault", map([("org-created", created)])),
    ])
}
