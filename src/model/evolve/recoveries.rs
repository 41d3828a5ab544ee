//! Facts about recoveries: which orgs are whose.

use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx};
use crate::model::ranges::RangeSet;
use crate::model::world::{Copied, Recovery, World};

pub(super) fn start_recovery(world: &mut World, recovery: RecoveryIx, connector: ConnectorIx) {
    debug_assert_eq!(recovery.ix(), world.recoveries.len());
    let mut orgs = world.connector(connector).owns.clone();
    // A lost target's recovery takes every org not yet promoted to it.
    for at in 0..world.connector(connector).serves.len() {
        let earlier = world.connector(connector).serves[at].ix();
        let it = &world.recoveries[earlier];
        if it.target != connector || it.successor.is_some() {
            continue;
        }
        let goes = |&org: &u32| world.orgs[org as usize].primary != connector || orgs.contains(org);
        let waiting: RangeSet = it.orgs.iter().filter(goes).collect();
        let row = &mut world.recoveries[earlier];
        for org in waiting.iter() {
            row.orgs.remove(org);
        }
        row.successor = recovery;
        orgs.extend(&waiting);
    }
    for org in orgs.iter() {
        world.orgs[org as usize].recovery = recovery;
    }
    world.recoveries.push(Recovery {
        connector,
        target: ConnectorIx::NONE,
        copied: Copied::NotYet,
        orgs,
        refused: RangeSet::new(),
        successor: RecoveryIx::NONE,
        stood_down: false,
    });
}

/// An org is left to the connector that came back: to no recovery, or to the one
/// that had brought it there.
pub(super) fn stand_down_org(world: &mut World, recovery: RecoveryIx, org: OrgIx) {
    world.recoveries[recovery.ix()].orgs.remove(org.0);
    let returned = world
        .connector(world.recovery(recovery).connector)
        .serves
        .iter()
        .copied();
    let brought = |it: &RecoveryIx| world.recovery(*it).successor == recovery;
    let earlier = returned.rev().find(brought).unwrap_or(RecoveryIx::NONE);
    if earlier.is_some() {
        world.recoveries[earlier.ix()].orgs.insert(org.0);
    }
    world.orgs[org.ix()].recovery = earlier;
}
