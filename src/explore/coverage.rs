//! Where a run has been: which fact followed which for one entity, and in which
//! abstract states orgs were.

use std::collections::BTreeSet;

use crate::model::evolve::evolve;
use crate::model::fact::{Fact, What};
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::model::rules::Setting;
use crate::model::world::{Life, World};
use crate::scenario::Plan;

/// Something that a run reached, as a number.
pub(super) type Feature = u32;

/// What all runs reached.
#[derive(Clone, Debug, Default)]
pub(super) struct Coverage {
    reached: BTreeSet<Feature>,
}

impl Coverage {
    pub(super) fn len(&self) -> usize {
        self.reached.len()
    }

    pub(super) fn has(&self, feature: Feature) -> bool {
        self.reached.contains(&feature)
    }

    /// Takes in what a run reached; how much of it was new.
    pub(super) fn take(&mut self, features: &[Feature]) -> usize {
        features
            .iter()
            .filter(|it| self.reached.insert(**it))
            .count()
    }
}

/// Reads recorded facts, evolving them in a world of its own.
pub(super) struct Scout<'p> {
    plan: &'p Plan,
    fresh: World,
    world: World,
    /// By entity: the last two kinds of fact about it.
    orgs: Vec<(u8, u8)>,
    connectors: Vec<(u8, u8)>,
    rest: (u8, u8),
}

impl<'p> Scout<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        let fresh = World::at_rest(&plan.fleet);
        Self {
            plan,
            world: fresh.clone(),
            orgs: vec![(0, 0); fresh.orgs.len()],
            connectors: Vec::new(),
            rest: (0, 0),
            fresh,
        }
    }

    /// What a run reached that is not in `known`, each once, in ascending order.
    pub(super) fn read(&mut self, facts: &[Fact], known: &Coverage) -> Vec<Feature> {
        self.world.reset_from(&self.fresh);
        self.orgs.fill((0, 0));
        self.connectors.clear();
        self.rest = (0, 0);
        let setting = self.plan.setting();
        let mut found = Vec::new();
        for fact in facts {
            evolve(&setting, &mut self.world, fact);
            self.note(&setting, fact, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|it| !known.has(*it));
        found
    }

    fn note(&mut self, setting: &Setting<'_>, fact: &Fact, found: &mut Vec<Feature>) {
        let kind = fact.what.kind() as u8;
        let (class, last) = match about(&fact.what) {
            About::Org(org) => {
                found.push(1 << 31 | state(setting, &self.world, org));
                (1, &mut self.orgs[org.ix()])
            }
            About::Connector(connector) => {
                if self.connectors.len() <= connector.ix() {
                    self.connectors.resize(connector.ix() + 1, (0, 0));
                }
                (2, &mut self.connectors[connector.ix()])
            }
            About::Rest => (3, &mut self.rest),
        };
        // Kinds of fact are numbered below 128.
        found
            .push(class << 21 | u32::from(last.0) << 14 | u32::from(last.1) << 7 | u32::from(kind));
        *last = (last.1, kind);
    }
}

/// An org's state without names and times.
fn state(setting: &Setting<'_>, world: &World, org: OrgIx) -> u32 {
    let it = world.org(org);
    let home = setting.fleet.org(org).connector;
    let life = |connector: ConnectorIx| match connector.get().map(|it| world.connector(it)) {
        None => 0,
        Some(it) if it.life == Life::Deleted => 1,
        Some(it) if it.life == Life::ConfigLost => 2,
        Some(it) if it.down_since.is_some() => 3,
        Some(it) if !it.authorized => 4,
        Some(_) => 5,
    };
    let bits = [
        it.exists,
        it.visible,
        it.owner == home,
        it.primary == it.owner,
        it.home.is_some(),
        it.ticket.is_some(),
        it.recovery.is_some(),
        world.unowned.contains(org.0),
    ];
    let bits = bits.iter().fold(0, |sum, it| sum << 1 | u32::from(*it));
    bits << 8 | (it.annotations as u32) << 6 | life(it.owner) << 3 | life(home)
}

/// The entity that a fact is about.
enum About {
    Org(OrgIx),
    Connector(ConnectorIx),
    Rest,
}

fn about(what: &What) -> About {
    match *what {
        What::OrgOrphaned { org, .. }
        | What::OrgCovered { org, .. }
        | What::OrgCreated { org, .. }
        | What::OrgDeleted { org, .. }
        | What::OrgStoodDown { org, .. }
        | What::AdoptionRefused { org, .. }
        | What::OrgReleased { org, .. }
        | What::ReleaseMoot { org, .. }
        | What::OrgClaimed { org, .. }
        | What::EntitiesAppeared { org, .. }
        | What::AnnotationsRecreated { org, .. }
        | What::RecordsRecreated { org, .. }
        | What::RecreationCrashed { org, .. }
        | What::Promoted { org, .. }
        | What::OrgUnowned { org, .. }
        | What::GrantChanged { org, .. }
        | What::OrgListed { org, .. }
        | What::TicketCovers { org, .. }
        | What::TicketOmits { org, .. } => About::Org(org),
        What::PartialOutage { connector, .. }
        | What::ConnectorDown { connector }
        | What::ConnectorUp { connector }
        | What::ConfigLost { connector }
        | What::TokenRevoked { connector, .. }
        | What::AuthorizerAbsent { connector, .. }
        | What::DiscoveryStalled { connector, .. }
        | What::RecoveryStarted { connector, .. }
        | What::ConnectorCreated { connector, .. }
        | What::ConnectorAuthorized { connector }
        | What::AutoDiscoverySet { connector, .. }
        | What::ConnectorAdopted { connector, .. }
        | What::ConnectorDeleted { connector } => About::Connector(connector),
        _ => About::Rest,
    }
}
