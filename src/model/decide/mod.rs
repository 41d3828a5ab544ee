//! The one place that turns a command into facts.
//!
//! The world models the platform as it is: it refuses what the platform would
//! refuse, with a reason, as a fact; it allows what the platform would allow,
//! however unwise. Whether what happened was right is for the checks to say.

mod customer;
mod fate;
mod microsoft;

use super::command::{Actor, Command};
use super::fact::{Fact, Reason, What};
use super::ids::{ConnectorIx, OrgIx};
use super::rules::{Rule, Setting};
use super::world::World;
use crate::time::Instant;

/// Where the facts of one command are collected.
#[derive(Debug)]
pub struct Facts<'a> {
    at: Instant,
    by: Actor,
    into: &'a mut Vec<Fact>,
}

impl Facts<'_> {
    fn say(&mut self, what: What) {
        self.into.push(Fact {
            at: self.at,
            by: self.by,
            what,
        });
    }

    fn refuse(&mut self, connector: ConnectorIx, org: OrgIx, reason: Reason) {
        self.say(What::Refused {
            connector,
            org,
            reason,
        });
    }
}

/// Turns a command into facts, appended to `into`. The facts of one command are
/// to be [evolved](super::evolve::evolve) together, before the next is decided.
#[expect(
    clippy::too_many_lines,
    reason = "one arm a command: a table reads best in one piece"
)]
#[inline(always)]
pub fn decide(
    setting: &Setting<'_>,
    world: &World,
    now: Instant,
    by: Actor,
    command: &Command,
    into: &mut Vec<Fact>,
) {
    let case = Case { setting, world };
    let mut facts = Facts { at: now, by, into };
    match command {
        Command::Strike { strike, blow } => case.strike(*strike, blow, &mut facts),
        Command::Relent { strike, blow } => case.relent(*strike, blow, &mut facts),
        Command::LoseConfiguration(connector) => case.lose_configuration(*connector, &mut facts),
        Command::StartRecovery(connector) => case.start_recovery(*connector, &mut facts),
        Command::StandDown(recovery) => case.stand_down(*recovery, &mut facts),
        Command::CopyResourceId { recovery, mistaken } => {
            case.copy_resource_id(*recovery, *mistaken, &mut facts);
        }
        Command::CreateConnector {
            recovery,
            region,
            as_target,
        } => {
            case.create_connector(*recovery, *region, *as_target, &mut facts);
        }
        Command::Authorize(connector) => case.authorize(*connector, &mut facts),
        Command::Withdraw(connector) => case.withdraw(*connector, &mut facts),
        Command::Configure {
            connector,
            auto_discovery,
            listed,
        } => case.configure(*connector, *auto_discovery, listed.as_ref(), &mut facts),
        Command::AdoptConnector {
            recovery,
            connector,
        } => case.adopt(*recovery, *connector, &mut facts),
        Command::OpenTicket {
            recovery,
            names,
            scope,
            forgotten,
        } => {
            case.open_ticket(*recovery, *names, scope, forgotten, &mut facts);
        }
        Command::TriageTicket(ticket) => case.triage(*ticket, &mut facts),
        Command::CutTicket { ticket, keep } => case.cut_ticket(*ticket, *keep, &mut facts),
        Command::LoseTicket { ticket, lost } => facts.say(What::TicketLost {
            ticket: *ticket,
            lost: *lost,
        }),
        Command::MisrouteTicket(ticket) => facts.say(What::TicketMisrouted { ticket: *ticket }),
        Command::CrashRecreation { org, connector } => facts.say(What::RecreationCrashed {
            org: *org,
            connector: *connector,
        }),
        Command::CloseTicket(ticket) => {
            if setting.rules.hold(Rule::CloseTickets) {
                facts.say(What::TicketClosed { ticket: *ticket });
            }
        }
        Command::ReleaseOwnership { ticket, org } => case.release(*ticket, *org, &mut facts),
        Command::Discover(connector) => case.discover(*connector, &mut facts),
        Command::ShowEntities { org, connector } => {
            facts.say(What::EntitiesAppeared {
                org: *org,
                connector: *connector,
            });
        }
        Command::RecreateAnnotations { org, connector } => {
            case.annotate(*org, *connector, &mut facts);
        }
        Command::RecreateRecords {
            org,
            connector,
            kind,
            from,
            to,
        } => {
            case.recreate(*org, *connector, *kind, *from, *to, &mut facts);
        }
        Command::Promote(recovery) => case.promote(*recovery, &mut facts),
        Command::DeleteConnector(connector) => case.delete(*connector, &mut facts),
        Command::Verify { recovery, org } => case.verify(*recovery, *org, &mut facts),
    }
}

/// What a decision may look at.
struct Case<'a> {
    setting: &'a Setting<'a>,
    world: &'a World,
}

impl Case<'_> {
    /// A defect takes an org from its owner, without a ticket.
    fn drop_claim(&self, connector: ConnectorIx, org: OrgIx, facts: &mut Facts<'_>) {
        facts.say(What::OrgUnowned { org, connector });
        if self.world.works(connector) && self.leaning_on(connector).any(|it| it == org) {
            facts.say(What::OrgOrphaned { org, connector });
        }
    }

    /// The orgs of a connector that have no other working owner: those that are
    /// orphaned when it stops working, and covered when it works again.
    fn leaning_on(&self, connector: ConnectorIx) -> impl Iterator<Item = OrgIx> + '_ {
        let second = move |org: u32| {
            !self.world.also_owned.is_empty() && {
                let org = OrgIx(org);
                let others = self
                    .world
                    .also_owned
                    .iter()
                    .filter(move |it| it.0 == org)
                    .map(|it| it.1);
                let owner = self.world.org(org).owner;
                others
                    .chain([owner])
                    .any(|it| it.is_some() && it != connector && self.world.works(it))
            }
        };
        self.world
            .connector(connector)
            .owns
            .iter()
            .filter(move |&org| !second(org))
            .map(OrgIx)
    }
}
