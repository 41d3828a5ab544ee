//! The one place that applies a fact to the world.

mod connectors;
mod orgs;
mod recoveries;

use connectors::{adopt, create_connector, lose_configuration, wipe_recreated};
use orgs::{claim, create_org, delete_org, promote, rehome};
use recoveries::{stand_down_org, start_recovery};

pub use connectors::created_key;

use super::fact::{Fact, What};
use super::ids::{OrgIx, RecoveryIx, StrikeIx, TicketIx};
use super::ranges::RangeSet;
use super::rules::{Rule, Setting};
use super::world::{Annotations, Copied, Life, Struck, Ticket, TicketState, World};

/// Applies a fact. Facts come from [`decide`](super::decide::decide), or from the
/// recorded stream of another run: the same facts give the same world.
#[inline(always)]
pub fn evolve(setting: &Setting<'_>, world: &mut World, fact: &Fact) {
    match fact.what {
        // There is most of it, and it only tells what people did.
        What::StepFinished { .. } => {}
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

#[inline(never)]
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
        What::ConsentWithdrawn { connector } => {
            world.connectors[connector.ix()].authorized = false;
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
        What::AuthorizerAbsent { connector, begins } => {
            count(&mut world.connectors[connector.ix()].no_authorizer, begins);
        }
        What::DiscoveryStalled { connector, begins } => {
            count(&mut world.connectors[connector.ix()].stalls, begins);
        }
        _ => evolve_settings(world, fact),
    }
}

/// What a connector's account reaches, and what it onboards of that (D-7, D-9).
fn evolve_settings(world: &mut World, fact: &Fact) {
    match fact.what {
        What::GrantChanged {
            connector,
            org,
            granted,
        } => {
            set(&mut world.connectors[connector.ix()].grants, org, granted);
        }
        What::AutoDiscoverySet { connector, on } => {
            world.connectors[connector.ix()].auto_discovery = on;
        }
        What::OrgListed {
            connector,
            org,
            listed,
        } => {
            set(&mut world.connectors[connector.ix()].listed, org, listed);
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
        What::RegionUp { strike, region } | What::OutageEnded { strike, region } => {
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

fn set(orgs: &mut RangeSet, org: OrgIx, member: bool) {
    let _ = if member {
        orgs.insert(org.0)
    } else {
        orgs.remove(org.0)
    };
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
}

/// The ticket that the next opening will make.
#[must_use]
pub fn next_ticket(world: &World) -> TicketIx {
    TicketIx::from(world.tickets.len())
}
