//! The one place that applies a fact to the world.

use super::fact::{Fact, What};
use super::fleet::RecordKind;
use super::ids::{ConnectorIx, OrgIx, RecoveryIx, StrikeIx, TicketIx};
use super::ranges::RangeSet;
use super::rules::{Rule, Setting};
use super::world::{
    Annotations, ConnectorState, Copied, Life, OldCopy, Recovery, Struck, Ticket, TicketState,
    World,
};
use crate::chance::EntityKey;
use crate::time::Instant;

/// Applies a fact. Facts come from [`decide`](super::decide::decide), or from the
/// recorded stream of another run: the same facts give the same world.
pub fn evolve(setting: &Setting<'_>, world: &mut World, fact: &Fact) {
    match fact.what {
        What::OrgReleased {
            org,
            connector,
            ticket,
        } => {
            world.disown(org, connector);
            let row = &mut world.orgs[org.ix()];
            (row.ticket, row.released_at) = (ticket, fact.at);
        }
        What::OrgUnowned { org, connector } => world.disown(org, connector),
        What::OrgClaimed { org, connector } => claim(setting, world, org, connector),
        What::EntitiesAppeared { org, connector } => {
            let row = &mut world.orgs[org.ix()];
            row.visible |= row.owner == connector;
        }
        What::AnnotationsRecreated { org, .. } => {
            world.orgs[org.ix()].annotations = Annotations::Own;
        }
        What::RecordsRecreated {
            org,
            connector,
            kind,
            from,
            to,
        } => {
            rehome(setting, world, org, connector, kind, from, to);
        }
        What::Promoted { org, connector } => promote(setting, world, org, connector),
        What::OrgCreated { org, connector } => create_org(setting, world, org, connector),
        What::OrgDeleted { org } => delete_org(world, org),
        What::OrgStoodDown { recovery, org } => stand_down_org(world, recovery, org),
        _ => evolve_ticket(setting, world, fact),
    }
}

fn evolve_ticket(setting: &Setting<'_>, world: &mut World, fact: &Fact) {
    match fact.what {
        What::TicketOpened {
            recovery,
            names,
            all,
            ..
        } => {
            let covers = match names.get() {
                Some(named) if all => world.connector(named).owns.clone(),
                _ => RangeSet::new(),
            };
            let state = TicketState::Open;
            world.tickets.push(Ticket {
                recovery,
                names,
                state,
                opened_at: fact.at,
                covers,
            });
        }
        What::TicketCovers { ticket, org } => {
            world.tickets[ticket.ix()].covers.insert(org.0);
        }
        What::TicketOmits { ticket, org } => {
            world.tickets[ticket.ix()].covers.remove(org.0);
        }
        What::TicketTriaged { ticket } => world.tickets[ticket.ix()].state = TicketState::Triaged,
        What::TicketRejected { ticket } => world.tickets[ticket.ix()].state = TicketState::Rejected,
        What::TicketClosed { ticket } => world.tickets[ticket.ix()].state = TicketState::Closed,
        What::TicketLost { ticket, lost } => {
            world.tickets[ticket.ix()].state = if lost {
                TicketState::Lost
            } else {
                TicketState::Open
            };
        }
        What::RecoveryStarted {
            recovery,
            connector,
        } => start_recovery(world, recovery, connector),
        What::RecoveryStoodDown { recovery } => {
            world.recoveries[recovery.ix()].stood_down = true;
            // Where nothing was released, what it took over goes on as before.
            if world.recovery(recovery).orgs.is_empty() {
                for earlier in world
                    .recoveries
                    .iter_mut()
                    .filter(|it| it.successor == recovery)
                {
                    earlier.successor = RecoveryIx::NONE;
                }
            }
        }
        What::ResourceIdCopied { recovery, names } => {
            world.recoveries[recovery.ix()].copied = Copied::Names(names);
        }
        What::AdoptionRefused { org, recovery } => {
            world.recoveries[recovery.ix()].refused.insert(org.0);
        }
        _ => evolve_connector(setting, world, fact),
    }
}

fn evolve_connector(setting: &Setting<'_>, world: &mut World, fact: &Fact) {
    match fact.what {
        What::ConnectorDown { connector } => {
            let it = &mut world.connectors[connector.ix()];
            it.down_since = Some(fact.at);
            it.first_outage.get_or_insert(fact.at);
        }
        What::ConnectorUp { connector } => world.connectors[connector.ix()].down_since = None,
        What::ConfigLost { connector } => lose_configuration(world, connector),
        What::ConnectorCreated {
            connector,
            recovery,
            region,
            as_target,
        } => {
            debug_assert_eq!(connector.ix(), world.connectors.len());
            create_connector(setting, world, fact.at, recovery, region, as_target);
        }
        What::ConnectorAuthorized { connector } => {
            let it = &mut world.connectors[connector.ix()];
            (it.life, it.authorized) = (Life::Active, true);
            it.established_at.get_or_insert(fact.at);
        }
        What::ConnectorAdopted {
            connector,
            recovery,
        } => adopt(world, fact.at, connector, recovery),
        What::ConnectorDeleted { connector } => {
            world.connectors[connector.ix()].life = Life::Deleted;
            if !setting.rules.hold(Rule::DeleteOwnRecordsOnly) {
                wipe_recreated(setting, world, connector);
            }
        }
        What::TokenRevoked {
            strike,
            connector,
            begins,
        } => {
            count(&mut world.connectors[connector.ix()].revoked, begins);
            world.mark(strike, Struck::Connector(connector), begins);
        }
        What::GrantChanged {
            connector,
            org,
            granted,
        } => {
            let grants = &mut world.connectors[connector.ix()].grants;
            let _ = if granted {
                grants.insert(org.0)
            } else {
                grants.remove(org.0)
            };
        }
        What::AuthorizerAbsent { connector, begins } => {
            count(&mut world.connectors[connector.ix()].no_authorizer, begins);
        }
        What::DiscoveryStalled { connector, begins } => {
            count(&mut world.connectors[connector.ix()].stalls, begins);
        }
        _ => evolve_health(world, fact),
    }
}

fn evolve_health(world: &mut World, fact: &Fact) {
    match fact.what {
        What::RegionDown { strike, region } => {
            count(&mut world.regions[region.ix()].outages, true);
            world.mark(strike, Struck::Region(region), true);
        }
        What::RegionUp { strike, region } => {
            count(&mut world.regions[region.ix()].outages, false);
            world.mark(strike, Struck::Region(region), false);
        }
        What::RegionSlowed {
            strike,
            region,
            factor,
        } => world.regions[region.ix()].slow.set(strike, factor),
        What::RegionFull { region, full } => count(&mut world.regions[region.ix()].full, full),
        What::PartialOutage {
            strike,
            connector,
            begins,
        } => {
            count(
                &mut world.connectors[connector.ix()].partial_outages,
                begins,
            );
            world.mark(strike, Struck::Connector(connector), begins);
        }
        What::ScmOutage { scm, begins } => count(&mut world.scms[scm as usize].outages, begins),
        What::ScmThrottled {
            strike,
            scm,
            factor,
        } => world.scms[scm as usize].slow.set(strike, factor),
        What::InventoryUnavailable { begins } => count(&mut world.inventory_down, begins),
        What::InventoryStale { shows, begins } => {
            if begins {
                world.inventory_stale.push(shows);
            } else if let Some(at) = world.inventory_stale.iter().position(|&it| it == shows) {
                world.inventory_stale.remove(at);
            }
        }
        // The rest tells what people did or met; it leaves the world as it is.
        _ => {}
    }
}

fn count(counter: &mut u16, begins: bool) {
    *counter = if begins {
        counter.saturating_add(1)
    } else {
        counter.saturating_sub(1)
    };
}

impl World {
    fn mark(&mut self, strike: StrikeIx, what: Struck, begins: bool) {
        self.struck.retain(|it| it.0 != strike);
        if begins {
            self.struck.push((strike, what));
        }
    }

    fn disown(&mut self, org: OrgIx, connector: ConnectorIx) {
        self.connectors[connector.ix()].owns.remove(org.0);
        if self.orgs[org.ix()].owner == connector {
            let second = self.also_owned.iter().position(|it| it.0 == org);
            let next = second.map_or(ConnectorIx::NONE, |at| self.also_owned.remove(at).1);
            let row = &mut self.orgs[org.ix()];
            (row.owner, row.visible) = (next, false);
            if next == ConnectorIx::NONE && row.exists {
                self.unowned.insert(org.0);
            }
        } else {
            self.also_owned.retain(|it| *it != (org, connector));
        }
    }
}

fn claim(setting: &Setting<'_>, world: &mut World, org: OrgIx, connector: ConnectorIx) {
    world.unowned.remove(org.0);
    world.connectors[connector.ix()].owns.insert(org.0);
    let annotate = setting.parameters.annotations_on_by_default
        && setting.fleet.org(org).scm.has_annotations();
    let row = &mut world.orgs[org.ix()];
    if row.owner.is_some() && row.owner != connector {
        world.also_owned.push((org, row.owner));
    }
    (row.owner, row.visible) = (connector, false);
    row.annotations = if annotate {
        Annotations::Default
    } else {
        Annotations::None
    };
    // An org that never had a primary takes the first owner that it gets.
    if row.primary == ConnectorIx::NONE {
        row.primary = connector;
    }
}

fn rehome(
    setting: &Setting<'_>,
    world: &mut World,
    org: OrgIx,
    connector: ConnectorIx,
    kind: RecordKind,
    from: u32,
    to: u32,
) {
    let row = &mut world.orgs[org.ix()];
    if row.home != connector {
        let (home, recreated) = (row.home, row.recreated);
        (row.home, row.recreated) = (connector, [0; 3]);
        if home.is_some() {
            for kind in RecordKind::RECREATED {
                let upto = recreated[kind.ix()];
                world.old_copies.push(OldCopy {
                    org,
                    kind,
                    connector: home,
                    upto,
                });
            }
        }
    }
    let had = &mut world.orgs[org.ix()].recreated[kind.ix()];
    if from < *had && from < to {
        world.twice.push((org, kind, to.min(*had) - from));
    }
    *had = to.max(*had);
    let existing = setting.fleet.org(org).records[kind.ix()];
    if to > existing {
        world.phantoms.push((org, kind, to - existing));
    }
}

fn promote(setting: &Setting<'_>, world: &mut World, org: OrgIx, connector: ConnectorIx) {
    let row = &mut world.orgs[org.ix()];
    let before = std::mem::replace(&mut row.primary, connector);
    let recovery = row.recovery.get().map(|it| &world.recoveries[it.ix()]);
    let is_last = recovery.is_some_and(|it| it.orgs.next_from(org.0 + 1).is_none());
    let moves = setting.rules.hold(Rule::PromotionMovesPrimacy)
        && (setting.rules.hold(Rule::DemoteForEveryOrg) || !is_last);
    if !moves && before.is_some() && before != connector {
        world.also_primary.push((org, before));
    }
}

fn create_org(setting: &Setting<'_>, world: &mut World, org: OrgIx, connector: ConnectorIx) {
    let row = &mut world.orgs[org.ix()];
    (row.exists, row.visible) = (true, false);
    world.unowned.insert(org.0);
    // Whoever took over from the connector reaches what its account reaches.
    let mut line = vec![connector];
    while let Some(next) = line.pop() {
        world.connectors[next.ix()].grants.insert(org.0);
        if setting.rules.hold(Rule::ExtendGrants) {
            line.extend_from_slice(&world.connectors[next.ix()].successors);
        }
    }
}

/// A defect takes what was recreated from a deleted connector for its own.
fn wipe_recreated(setting: &Setting<'_>, world: &mut World, deleted: ConnectorIx) {
    let held = setting.fleet.connectors().get(deleted.ix());
    for org in held.into_iter().flat_map(|it| it.owns.iter()) {
        let row = &mut world.orgs[org as usize];
        (row.home, row.recreated) = (ConnectorIx::NONE, [0; 3]);
    }
}

fn delete_org(world: &mut World, org: OrgIx) {
    let owner = world.org(org).owner;
    world.orgs[org.ix()].exists = false;
    if owner.is_some() {
        world.disown(org, owner);
    }
    world.unowned.remove(org.0);
}

fn lose_configuration(world: &mut World, connector: ConnectorIx) {
    let it = &mut world.connectors[connector.ix()];
    (it.life, it.authorized) = (Life::ConfigLost, false);
    it.listed.clear();
    for org in it.owns.iter() {
        world.orgs[org as usize].annotations = Annotations::None;
    }
}

fn create_connector(
    setting: &Setting<'_>,
    world: &mut World,
    at: Instant,
    recovery: RecoveryIx,
    region: super::ids::RegionIx,
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

fn adopt(world: &mut World, at: Instant, connector: ConnectorIx, recovery: RecoveryIx) {
    let row = &mut world.recoveries[recovery.ix()];
    row.target = connector;
    let it = &mut world.connectors[connector.ix()];
    it.taken_at = at;
    for org in row.orgs.iter().filter(|&org| it.grants.contains(org)) {
        it.listed.insert(org);
    }
    it.serves.push(recovery);
}

fn start_recovery(world: &mut World, recovery: RecoveryIx, connector: ConnectorIx) {
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
fn stand_down_org(world: &mut World, recovery: RecoveryIx, org: OrgIx) {
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

/// The ticket that the next opening will make.
#[must_use]
pub fn next_ticket(world: &World) -> TicketIx {
    TicketIx::from(world.tickets.len())
}
