//! Where a run has been: which fact followed which for one entity, and in which
//! abstract states orgs were.

use crate::model::evolve::evolve;
use crate::model::fact::{Fact, FactKind, What};
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::model::rules::Setting;
use crate::model::world::{Life, World};
use crate::scenario::Plan;

/// Something that a run reached, as a number below [`FEATURES`]: the class of the
/// entity (none for an org's state), and three kinds of fact or a state.
pub(super) type Feature = u32;

/// Kinds of fact have so many bits each.
const KIND_BITS: u32 = 7;

const _: () = {
    let mut at = 0;
    while at < FactKind::ALL.len() {
        assert!((FactKind::ALL[at] as u32) < 1 << KIND_BITS);
        at += 1;
    }
};

/// Where the class of the entity stands in a feature.
const CLASS_AT: u32 = 3 * KIND_BITS;

/// How many features there could be: four classes.
const FEATURES: usize = 4 << CLASS_AT;

/// What all runs reached: a bit for each feature, of which most are never looked at.
#[derive(Clone, Debug)]
pub(super) struct Coverage {
    bits: Vec<u64>,
    count: usize,
}

impl Coverage {
    pub(super) fn none() -> Self {
        Self {
            bits: vec![0; FEATURES / 64],
            count: 0,
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.count
    }

    pub(super) fn has(&self, feature: Feature) -> bool {
        let (row, bit) = place_of(feature);
        self.bits[row] & bit != 0
    }

    /// Takes in what a run reached; how much of it was new.
    pub(super) fn take(&mut self, features: &[Feature]) -> usize {
        let before = self.count;
        for &feature in features {
            let (row, bit) = place_of(feature);
            self.count += usize::from(self.bits[row] & bit == 0);
            self.bits[row] |= bit;
        }
        self.count - before
    }
}

const fn place_of(feature: Feature) -> (usize, u64) {
    (feature as usize / 64, 1 << (feature % 64))
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
            let (state, sequence) = self.features(&setting, fact);
            found.extend(state.filter(|it| !known.has(*it)));
            found.extend(Some(sequence).filter(|it| !known.has(*it)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The state that an org is in after a fact about it, and the kinds of fact that
    /// the fact's entity has just had.
    fn features(&mut self, setting: &Setting<'_>, fact: &Fact) -> (Option<Feature>, Feature) {
        let mut reached = None;
        let kind = fact.what.kind() as u8;
        let (class, last) = match about(&fact.what) {
            About::Org(org) => {
                reached = Some(state(setting, &self.world, org));
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
        let three = [last.0, last.1, kind].into_iter();
        let sequence = three.fold(class, |sum, it| sum << KIND_BITS | u32::from(it));
        *last = (last.1, kind);
        (reached, sequence)
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
        | What::ConsentWithdrawn { connector }
        | What::AutoDiscoverySet { connector, .. }
        | What::ConnectorAdopted { connector, .. }
        | What::ConnectorDeleted { connector } => About::Connector(connector),
        _ => About::Rest,
    }
}
