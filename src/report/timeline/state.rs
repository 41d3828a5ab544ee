//! What regions, connectors and orgs go through, and the signs for it.

use crate::model::fact::What;
use crate::model::ids::{ConnectorIx, OrgIx, RegionIx};
use crate::model::world::{Life, World};

/// The legend: each sign, or signs, that the rows are drawn with.
pub(in crate::report) const LEGEND: &[(&str, &str)] = &[
    ("─", "works, or is owned by one that works"),
    ("█", "down"),
    ("▒", "configuration lost"),
    ("!", "tokens revoked"),
    ("+", "not authorised yet"),
    ("D", "deleted"),
    ("░", "orphaned"),
    ("r", "released, nobody's"),
    ("c", "claimed, its entities not there yet"),
    ("s", "slow"),
    ("f", "full"),
    ("0123456789", "tenths of the orgs orphaned (0: fewer)"),
];

/// A state of a region, a connector or an org, the least telling first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) enum State {
    #[default]
    Absent,
    Works,
    Slow,
    Full,
    Claimed,
    Unauthorized,
    Untrusted,
    ConfigLost,
    Orphaned,
    Released,
    Down,
    Deleted,
}

impl State {
    pub(super) const fn sign(self) -> char {
        match self {
            Self::Absent => ' ',
            Self::Works => '─',
            Self::Slow => 's',
            Self::Full => 'f',
            Self::Claimed => 'c',
            Self::Unauthorized => '+',
            Self::Untrusted => '!',
            Self::ConfigLost => '▒',
            Self::Orphaned => '░',
            Self::Released => 'r',
            Self::Down => '█',
            Self::Deleted => 'D',
        }
    }
}

pub(super) fn org_of(what: &What) -> Option<OrgIx> {
    match *what {
        What::OrgOrphaned { org, .. }
        | What::OrgCovered { org, .. }
        | What::OrgReleased { org, .. }
        | What::OrgClaimed { org, .. }
        | What::EntitiesAppeared { org, .. }
        | What::OrgUnowned { org, .. }
        | What::OrgCreated { org, .. }
        | What::OrgDeleted { org } => Some(org),
        _ => None,
    }
}

pub(super) fn org_state(world: &World, org: OrgIx) -> State {
    let state = world.org(org);
    match (state.exists, world.is_covered(org)) {
        (false, _) => State::Absent,
        (true, true) if state.visible => State::Works,
        (true, true) => State::Claimed,
        (true, false) if !state.owner.is_some() => State::Released,
        (true, false) => State::Orphaned,
    }
}

pub(super) fn connector_state(world: &World, connector: ConnectorIx) -> State {
    let state = world.connector(connector);
    match state.life {
        Life::Deleted => State::Deleted,
        _ if world.is_down(connector) => State::Down,
        Life::ConfigLost => State::ConfigLost,
        Life::Active if state.revoked > 0 => State::Untrusted,
        Life::Active if !state.authorized => State::Unauthorized,
        Life::Active => State::Works,
    }
}

pub(super) fn region_state(world: &World, region: RegionIx) -> State {
    let state = &world.regions[region.ix()];
    if state.outages > 0 {
        State::Down
    } else if state.full > 0 {
        State::Full
    } else if state.slow.factor() != crate::time::Factor::ONE {
        State::Slow
    } else {
        State::Works
    }
}
