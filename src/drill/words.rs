//! What the trace says of each kind of fact: whom it is about, and four words that
//! tell it from every other, by entity keys and never by index.

use super::trace::Trace;
use crate::model::fact::{Subject, What};
use crate::model::fleet::Fleet;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, RegionIx, TicketIx};
use crate::model::world::World;

/// The entity that a fact is about.
pub(super) enum About {
    Org(OrgIx),
    Connector(ConnectorIx),
    Rest,
}

impl Trace {
    /// What a fact is about, and four words that tell it from every other.
    #[expect(
        clippy::too_many_lines,
        reason = "one arm a fact: a table reads best in one piece"
    )]
    #[inline(always)]
    pub(super) fn words(&self, fleet: &Fleet, world: &World, what: &What) -> (About, [u64; 4]) {
        let org = |it: OrgIx| it.get().map_or(0, |it| fleet.org(it).key.0);
        let con = |it: ConnectorIx| it.get().map_or(0, |it| world.connector(it).key.0);
        let rec = |it: RecoveryIx| world.connector(world.recovery(it).connector).key.0;
        let reg = |it: RegionIx| self.regions[it.ix()];
        let ticket = |it: TicketIx| it.get().map_or(0, |it| self.tickets[it.ix()]);
        match *what {
            What::StepFinished {
                recovery,
                step,
                subject,
                ready,
                began,
            } => {
                let mut words = self.step_words(rec(recovery), step.ix(), ready.as_millis() as u64);
                words[3] = began.as_millis() as u64;
                self.of_step(fleet, world, recovery, subject, words)
            }
            What::StepRefused {
                recovery,
                step,
                subject,
                reason,
            } => {
                let words = self.step_words(rec(recovery), step.ix(), reason as u64);
                self.of_step(fleet, world, recovery, subject, words)
            }
            What::Slipped {
                recovery,
                step,
                slip,
            } => {
                let words = self.step_words(rec(recovery), step.ix(), u64::from(slip));
                self.of_step(fleet, world, recovery, Subject::Connector, words)
            }
            What::OrgReleased {
                org: o,
                connector,
                ticket: t,
            } => (About::Org(o), [org(o), con(connector), ticket(t), 0]),
            What::ReleaseMoot { org: o, ticket: t }
            | What::TicketCovers { ticket: t, org: o }
            | What::TicketOmits { ticket: t, org: o } => (About::Org(o), [org(o), ticket(t), 0, 0]),
            What::RecordsRecreated {
                org: o,
                connector,
                kind,
                from,
                to,
            } => {
                let range = u64::from(from) << 32 | u64::from(to);
                (About::Org(o), [org(o), con(connector), kind as u64, range])
            }
            What::OrgOrphaned {
                org: o,
                connector: c,
            }
            | What::OrgCovered {
                org: o,
                connector: c,
            }
            | What::OrgClaimed {
                org: o,
                connector: c,
            }
            | What::EntitiesAppeared {
                org: o,
                connector: c,
            }
            | What::AnnotationsRecreated {
                org: o,
                connector: c,
            }
            | What::RecreationCrashed {
                org: o,
                connector: c,
            }
            | What::Promoted {
                org: o,
                connector: c,
            }
            | What::OrgUnowned {
                org: o,
                connector: c,
            }
            | What::OrgCreated {
                org: o,
                connector: c,
            } => (About::Org(o), [org(o), con(c), 0, 0]),
            What::GrantChanged {
                connector,
                org: o,
                granted,
            } => (
                About::Org(o),
                [org(o), con(connector), u64::from(granted), 0],
            ),
            What::OrgListed {
                connector,
                org: o,
                listed,
            } => (
                About::Org(o),
                [org(o), con(connector), u64::from(listed), 0],
            ),
            What::OrgRenamed { org: o } | What::OrgDeleted { org: o } => {
                (About::Org(o), [org(o), 0, 0, 0])
            }
            What::OrgStoodDown { recovery, org: o }
            | What::AdoptionRefused { org: o, recovery }
            | What::Verified { recovery, org: o } => {
                let words = [org(o), rec(recovery), 0, 0];
                (
                    o.get().map_or(
                        About::Connector(world.recovery(recovery).connector),
                        About::Org,
                    ),
                    words,
                )
            }
            What::Refused {
                connector,
                org: o,
                reason,
            } => {
                let words = [org(o), con(connector), reason as u64, 0];
                let about = match (o.get(), connector.get()) {
                    (Some(o), _) => About::Org(o),
                    (None, Some(c)) => About::Connector(c),
                    (None, None) => About::Rest,
                };
                (about, words)
            }
            What::ConnectorDown { connector: c }
            | What::ConnectorUp { connector: c }
            | What::ConfigLost { connector: c }
            | What::ConnectorAuthorized { connector: c }
            | What::ConsentWithdrawn { connector: c }
            | What::ConnectorDeleted { connector: c } => (About::Connector(c), [con(c), 0, 0, 0]),
            What::AutoDiscoverySet { connector: c, on } => {
                (About::Connector(c), [con(c), u64::from(on), 0, 0])
            }
            What::ConnectorCreated {
                connector,
                recovery,
                region,
                as_target,
            } => {
                let words = [
                    con(connector),
                    rec(recovery),
                    reg(region),
                    u64::from(as_target),
                ];
                (About::Connector(connector), words)
            }
            What::ConnectorAdopted {
                connector,
                recovery,
            } => (
                About::Connector(connector),
                [con(connector), rec(recovery), 0, 0],
            ),
            _ => self.rarer_words(world, what),
        }
    }

    #[inline(always)]
    fn step_words(&self, recovery: u64, step: usize, detail: u64) -> [u64; 4] {
        [recovery ^ self.steps[step], 0, detail, 0]
    }

    #[inline(always)]
    fn of_step(
        &self,
        fleet: &Fleet,
        world: &World,
        recovery: RecoveryIx,
        subject: Subject,
        mut words: [u64; 4],
    ) -> (About, [u64; 4]) {
        match subject {
            Subject::Org(o) => {
                words[1] = fleet.org(o).key.0;
                (About::Org(o), words)
            }
            Subject::Ticket(t) => {
                words[1] = self.tickets[t.ix()];
                (About::Connector(world.recovery(recovery).connector), words)
            }
            Subject::Connector => (About::Connector(world.recovery(recovery).connector), words),
        }
    }

    /// Facts that a run has few of.
    #[expect(
        clippy::too_many_lines,
        reason = "one arm a fact: a table reads best in one piece"
    )]
    #[inline(never)]
    fn rarer_words(&self, world: &World, what: &What) -> (About, [u64; 4]) {
        let con = |it: ConnectorIx| it.get().map_or(0, |it| world.connector(it).key.0);
        let reg = |it: RegionIx| self.regions[it.ix()];
        let strike = |it: crate::model::ids::StrikeIx| self.strikes[it.ix()];
        let lost = |it: RecoveryIx| world.recovery(it).connector;
        let of_ticket = |it: TicketIx| lost(world.ticket(it).recovery);
        match *what {
            What::RegionDown { strike: s, region }
            | What::RegionUp { strike: s, region }
            | What::OutageEnded { strike: s, region } => {
                (About::Rest, [strike(s), reg(region), 0, 0])
            }
            What::RegionSlowed {
                strike: s,
                region,
                factor,
            } => (
                About::Rest,
                [
                    strike(s),
                    reg(region),
                    u64::from(factor.as_thousandths()),
                    0,
                ],
            ),
            What::RegionFull { region, full } => {
                (About::Rest, [reg(region), u64::from(full), 0, 0])
            }
            What::PartialOutage {
                strike: s,
                connector,
                begins,
            }
            | What::TokenRevoked {
                strike: s,
                connector,
                begins,
            } => (
                About::Connector(connector),
                [con(connector), strike(s), u64::from(begins), 0],
            ),
            What::AuthorizerAbsent { connector, begins }
            | What::DiscoveryStalled { connector, begins } => (
                About::Connector(connector),
                [con(connector), u64::from(begins), 0, 0],
            ),
            What::ScmOutage { scm, begins } => (About::Rest, [scm as u64, u64::from(begins), 0, 0]),
            What::ScmThrottled {
                strike: s,
                scm,
                factor,
            } => (
                About::Rest,
                [strike(s), scm as u64, u64::from(factor.as_thousandths()), 0],
            ),
            What::ScmBudget {
                scm,
                connector,
                spent,
            } => {
                let words = [scm as u64, con(connector), u64::from(spent), 0];
                (About::Rest, words)
            }
            What::InventoryUnavailable { begins } => (About::Rest, [u64::from(begins), 0, 0, 0]),
            What::InventoryStale { shows, begins } => {
                (About::Rest, [con(shows), u64::from(begins), 0, 0])
            }
            What::FaultMissed { strike: s } => (About::Rest, [strike(s), 0, 0, 0]),
            What::SupportSurge { tickets } => (About::Rest, [u64::from(tickets), 0, 0, 0]),
            What::OthersWrite { region, tickets } => {
                (About::Rest, [reg(region), u64::from(tickets), 0, 0])
            }
            What::ShiftEnded {
                team,
                unfinished,
                waits,
            } => {
                let words = [team as u64, u64::from(unfinished), u64::from(waits), 0];
                (About::Rest, words)
            }
            What::StaffChanged { team, present } => {
                (About::Rest, [team as u64, u64::from(present), 0, 0])
            }
            What::RecoveryStarted { connector, .. } => {
                (About::Connector(connector), [con(connector), 0, 0, 0])
            }
            What::RecoveryStoodDown { recovery } => (
                About::Connector(lost(recovery)),
                [con(lost(recovery)), 0, 0, 0],
            ),
            What::ResourceIdCopied { recovery, names } => (
                About::Connector(lost(recovery)),
                [con(lost(recovery)), con(names), 0, 0],
            ),
            What::TicketOpened {
                ticket,
                recovery,
                names,
                all,
            } => {
                let words = [self.tickets[ticket.ix()], con(names), u64::from(all), 0];
                (About::Connector(lost(recovery)), words)
            }
            What::TicketTriaged { ticket }
            | What::TicketRejected { ticket }
            | What::TicketMisrouted { ticket }
            | What::TicketClosed { ticket } => (
                About::Connector(of_ticket(ticket)),
                [self.tickets[ticket.ix()], 0, 0, 0],
            ),
            What::TicketQueued { ticket, ahead } => (
                About::Connector(of_ticket(ticket)),
                [self.tickets[ticket.ix()], u64::from(ahead), 0, 0],
            ),
            What::TicketLost { ticket, lost } => (
                About::Connector(of_ticket(ticket)),
                [self.tickets[ticket.ix()], u64::from(lost), 0, 0],
            ),
            _ => unreachable!("every fact that a run has many of has its own words"),
        }
    }
}
