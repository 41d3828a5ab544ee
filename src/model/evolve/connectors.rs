//! Facts about connectors: created, adopted, deprived of their configuration.

use crate::chance::EntityKey;
use crate::model::ids::{ConnectorIx, RecoveryIx, RegionIx};
use crate::model::ranges::RangeSet;
use crate::model::rules::{Rule, Setting};
use crate::model::world::{Annotations, ConnectorState, Life, World};
use crate::time::Instant;

/// F-5: customer tokens, auto-discovery's list, annotations. The records stay.
pub(super) fn lose_configuration(world: &mut World, connector: ConnectorIx) {
    let it = &mut world.connectors[connector.ix()];
    (it.life, it.authorized) = (Life::ConfigLost, false);
    it.listed.clear();
    for org in it.owns.iter() {
        world.orgs[org as usize].annotations = Annotations::None;
    }
}

pub(super) fn create_connector(
    setting: &Setting<'_>,
    world: &mut World,
    at: Instant,
    recovery: RecoveryIx,
    region: RegionIx,
    as_target: bool,
) {
    let created = ConnectorIx::from(world.connectors.len());
    let lost = world.recovery(recovery).connector;
    let old = world.connector(lost);
    let root = old.root;
    let line = world.connector(root);
    let generation = line.line_length + 1;
    // A replacement takes over the old one's setting, list and grants (D-9); the
    // list is what the customer still knows, not what the lost connector holds.
    let mut listed = setting.fleet.connectors()[root.ix()].listed.clone();
    let orgs = &world.recovery(recovery).orgs;
    let auto_discovery = old.auto_discovery && setting.rules.hold(Rule::InheritAutoDiscovery);
    if !auto_discovery {
        listed.extend(orgs);
    }
    let mut grants = old.grants.clone();
    if !setting.rules.hold(Rule::InheritGrants)
        && let Some(last) = orgs.iter().last()
    {
        grants.remove(last);
    }
    let state = ConnectorState {
        key: created_key(line.key, generation),
        root,
        generation,
        region,
        life: Life::Active,
        authorized: false,
        revoked: 0,
        partial_outages: 0,
        no_authorizer: line.no_authorizer,
        stalls: line.stalls,
        down_since: None,
        first_outage: None,
        established_at: None,
        taken_at: at,
        owns: RangeSet::new(),
        auto_discovery,
        grants,
        listed,
        successors: Vec::new(),
        line_length: 0,
        serves: if as_target {
            vec![recovery]
        } else {
            Vec::new()
        },
        ..*old
    };
    world.connectors.push(state);
    world.connectors[root.ix()].line_length = generation;
    world.connectors[lost.ix()].successors.push(created);
    if as_target {
        world.recoveries[recovery.ix()].target = created;
    }
}

/// The key of a replacement: its root's, stepped once a generation.
#[must_use]
pub fn created_key(root: EntityKey, generation: u32) -> EntityKey {
    let mut bytes = [0; 12];
    bytes[..8].copy_from_slice(&root.0.to_le_bytes());
    bytes[8..].copy_from_slice(&generation.to_le_bytes());
    EntityKey(xxhash_rust::xxh3::xxh3_64(&bytes))
}

pub(super) fn adopt(world: &mut World, at: Instant, connector: ConnectorIx, recovery: RecoveryIx) {
    let row = &mut world.recoveries[recovery.ix()];
    row.target = connector;
    let it = &mut world.connectors[connector.ix()];
    it.taken_at = at;
    for org in row.orgs.iter().filter(|&org| it.grants.contains(org)) {
        it.listed.insert(org);
    }
    it.serves.push(recovery);
}

/// A defect takes what was recreated from a deleted connector for its own.
pub(super) fn wipe_recreated(setting: &Setting<'_>, world: &mut World, deleted: ConnectorIx) {
    let held = setting.fleet.connectors().get(deleted.ix());
    for org in held.into_iter().flat_map(|it| it.owns.iter()) {
        let row = &mut world.orgs[org as usize];
        (row.home, row.recreated) = (ConnectorIx::NONE, [0; 3]);
    }
}
