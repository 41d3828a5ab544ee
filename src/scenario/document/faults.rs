//! A fault as an entry of a timeline: the reverse of `compile/fault_kinds.rs`.

use super::build::{dist, leaf, list, map};
use super::{Directory, Document};
use crate::chance::Probability;
use crate::faults::{ArmedSlip, Fault, FaultKind, Hit};
use crate::model::command::{Actor, ConnectorRef, RegionRef};
use crate::model::ids::{ConnectorIx, OrgIx, RegionIx, StepIx};
use crate::model::ranges::RangeSet;
use crate::scenario::plan::Plan;
use crate::scenario::syntax::Node;

type Entries = Vec<(&'static str, Node)>;

impl Document {
    /// A fault as an entry of the timeline of the scenario that it is of, to be
    /// put there with [`push`](Self::push). Read back, it is the same fault.
    #[must_use]
    pub fn event(directory: &Directory, plan: &Plan, fault: &Fault) -> Node {
        let names = Names {
            directory,
            plan,
            named: fault.id.contains(':'),
        };
        let (name, mut inner) = names.kind(&fault.kind);
        if let Some(lasts) = &fault.lasts {
            inner.push(("lasts", dist(lasts)));
        }
        let mut event: Entries = vec![("at", leaf(fault.at))];
        if !is_generated(name, fault) {
            event.push(("id", super::quoted_leaf(&*fault.id)));
        }
        if fault.chance != Probability::ALWAYS {
            event.push(("chance", leaf(fault.chance)));
        }
        event.push(("fault", map([(name, map(inner))])));
        map(event)
    }
}

/// Whether a fault's id is the one that the reader would make up: its kind, what
/// it is about, and when.
fn is_generated(name: &str, fault: &Fault) -> bool {
    let rest = fault.id.strip_prefix(name);
    let rest = rest.and_then(|it| it.strip_suffix(&format!("@{}", fault.at)));
    rest.is_some_and(|it| it.is_empty() || it.starts_with(':'))
}

/// Who is who in the scenario that is written.
struct Names<'a> {
    directory: &'a Directory,
    plan: &'a Plan,
    /// Whether connectors are named even where all are meant: the id says so.
    named: bool,
}

/// What a file calls somebody: the id, where it may stand for a name.
pub(in crate::scenario) fn called<'a>(id: &'a str, name: &'a str) -> &'a str {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if id.chars().all(good) && id.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        id
    } else {
        name
    }
}

impl Names<'_> {
    fn kind(&self, kind: &FaultKind) -> (&'static str, Entries) {
        match kind {
            FaultKind::RegionOutage {
                regions,
                stagger,
                returns,
            } => {
                let region = match &regions[..] {
                    [one] => self.region_ref(one),
                    all => list(all.iter().map(|it| self.region_ref(it))),
                };
                let mut inner = vec![("region", region)];
                inner.extend(stagger.as_ref().map(|it| ("stagger", dist(it))));
                inner.extend(returns.as_ref().map(|it| {
                    (
                        "returns",
                        map([("after", dist(&it.0)), ("lasts", dist(&it.1))]),
                    )
                }));
                ("region-outage", inner)
            }
            FaultKind::RegionDegraded(region, factor) => (
                "region-degraded",
                vec![("region", self.region(*region)), ("factor", leaf(factor))],
            ),
            FaultKind::RegionFlap {
                region,
                times,
                down,
                up,
            } => (
                "region-flap",
                vec![
                    ("region", self.region_ref(region)),
                    ("times", dist(times)),
                    ("down", dist(down)),
                    ("up", dist(up)),
                ],
            ),
            FaultKind::PartialOutage(Hit::Connectors(connectors)) => (
                "partial-outage",
                vec![(
                    "connectors",
                    list(connectors.iter().map(|it| self.connector_ref(it))),
                )],
            ),
            FaultKind::PartialOutage(Hit::Share(region, share)) => (
                "partial-outage",
                vec![("share", leaf(share)), ("region", self.region(*region))],
            ),
            FaultKind::RegionFull(region) => {
                ("region-full", vec![("region", self.region(*region))])
            }
            FaultKind::InventoryUnavailable => ("inventory-unavailable", Vec::new()),
            FaultKind::InventoryStale(shows) => (
                "inventory-stale",
                shows
                    .iter()
                    .map(|it| ("shows", self.connector(*it)))
                    .collect(),
            ),
            FaultKind::ScmOutage(scm) => ("scm-outage", vec![("scm", leaf(scm.name()))]),
            FaultKind::ScmThrottled(scm, factor) => (
                "scm-throttled",
                vec![("scm", leaf(scm.name())), ("factor", leaf(factor))],
            ),
            other => self.of_connectors(other),
        }
    }

    fn of_connectors(&self, kind: &FaultKind) -> (&'static str, Entries) {
        let of = |it: &ConnectorIx| ("connector", self.connector(*it));
        match kind {
            FaultKind::TokenRevoked(connector) => (
                "token-revoked",
                vec![("connector", self.connector_ref(connector))],
            ),
            FaultKind::PermissionLost(connector, orgs) => (
                "permission-lost",
                vec![of(connector), ("orgs", self.orgs(orgs))],
            ),
            FaultKind::AuthorizerAbsent(connectors) => {
                ("authorizer-absent", self.connectors(connectors))
            }
            FaultKind::DiscoveryStall(connectors) => {
                ("discovery-stall", self.connectors(connectors))
            }
            FaultKind::OrgCreated(org, connector) => {
                let (id, name) = (self.org_id(*org), self.plan.fleet.org_name(*org));
                let mut inner = vec![("org", leaf(name))];
                if id != name {
                    inner.push(("id", super::quoted_leaf(id)));
                }
                inner.push(of(connector));
                ("org-created", inner)
            }
            // The new name changes nothing, and the plan does not keep it.
            FaultKind::OrgRenamed(org) => {
                let to = format!("{}-renamed", self.plan.fleet.org_name(*org));
                (
                    "org-renamed",
                    vec![("org", self.org(*org)), ("to", leaf(to))],
                )
            }
            FaultKind::OrgDeleted(org) => ("org-deleted", vec![("org", self.org(*org))]),
            FaultKind::SupportSurge(tickets) => ("support-surge", vec![("tickets", dist(tickets))]),
            FaultKind::TicketLost(connector) => ("ticket-lost", vec![of(connector)]),
            FaultKind::TicketMisrouted(connector) => ("ticket-misrouted", vec![of(connector)]),
            FaultKind::TicketPartial(connector, share) => (
                "ticket-partial",
                vec![of(connector), ("releases", leaf(share))],
            ),
            FaultKind::RecreationCrash { connector, org, at } => {
                let mut inner = vec![of(connector)];
                inner.extend(org.get().map(|it| ("org", self.org(it))));
                inner.push(("at", leaf(at)));
                ("recreation-crash", inner)
            }
            FaultKind::OperatorAbsent(team, count) => {
                let mut inner = Vec::new();
                if *team != Actor::Operator {
                    inner.push(("team", leaf(team.name())));
                }
                inner.extend(count.map(|it| ("count", leaf(it))));
                ("operator-absent", inner)
            }
            FaultKind::Slip(slip) => (slip.slip.name(), self.slip(slip)),
            _ => unreachable!("the kinds that are about regions and SCMs are written elsewhere"),
        }
    }

    fn slip(&self, slip: &ArmedSlip) -> Entries {
        let mut inner = vec![("connector", self.connector(slip.connector))];
        inner.extend(slip.step.map(|it| ("step", self.step(it))));
        inner.extend(slip.names.get().map(|it| ("names", self.connector(it))));
        inner.extend(slip.region.map(|it| ("region", self.region(it))));
        if !slip.orgs.is_empty() {
            inner.push(("orgs", self.orgs(&slip.orgs)));
        }
        inner
    }

    /// All is what is meant where nothing is said.
    fn connectors(&self, connectors: &[ConnectorIx]) -> Entries {
        if !self.named && connectors.len() == self.plan.fleet.connectors().len() {
            return Vec::new();
        }
        vec![(
            "connectors",
            list(connectors.iter().map(|it| self.connector(*it))),
        )]
    }

    fn region(&self, region: RegionIx) -> Node {
        leaf(self.plan.fleet.catalogue().region(region).name)
    }

    fn region_ref(&self, region: &RegionRef) -> Node {
        match region {
            RegionRef::Named(region) => self.region(*region),
            RegionRef::TargetOf(connector) => map([("target-of", self.connector(*connector))]),
        }
    }

    fn connector(&self, connector: ConnectorIx) -> Node {
        let it = &self.plan.fleet.connectors()[connector.ix()];
        leaf(called(self.directory.id(it.key), &it.name))
    }

    fn connector_ref(&self, connector: &ConnectorRef) -> Node {
        match connector {
            ConnectorRef::Named(connector) => self.connector(*connector),
            ConnectorRef::TargetOf(connector) => map([("target-of", self.connector(*connector))]),
        }
    }

    fn org_id(&self, org: OrgIx) -> &str {
        self.directory.id(self.plan.fleet.org(org).key)
    }

    fn org(&self, org: OrgIx) -> Node {
        leaf(called(self.org_id(org), self.plan.fleet.org_name(org)))
    }

    fn orgs(&self, orgs: &RangeSet) -> Node {
        list(orgs.iter().map(|it| self.org(OrgIx(it))))
    }

    fn step(&self, step: StepIx) -> Node {
        leaf(&*self.plan.procedure.step(step).name)
    }
}
