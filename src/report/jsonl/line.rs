//! One fact of a trace.

use crate::model::fact::{Fact, Subject, What};
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, TicketIx};
use crate::report::describe::describe;
use crate::report::names::Names;
use serde_json::{Map, Value};

/// One fact in plain fields.
#[must_use]
pub fn line(names: &Names<'_>, fact: &Fact) -> Map<String, Value> {
    let mut line = Line {
        names,
        map: Map::new(),
    };
    line.put("at_ms", fact.at.as_millis());
    line.put("at", fact.at.to_string());
    line.put("fact", fact.what.kind().name());
    line.put("by", fact.by.name());
    line.about(&fact.what);
    line.put("text", describe(names, &fact.what));
    line.map
}

struct Line<'a> {
    names: &'a Names<'a>,
    map: Map<String, Value>,
}

impl Line<'_> {
    fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.map.insert(key.to_owned(), value.into());
    }

    fn org(&mut self, org: OrgIx) {
        if org.is_some() {
            self.put("org", self.names.org(org));
        }
    }

    fn connector(&mut self, connector: ConnectorIx) {
        if connector.is_some() {
            self.put("connector", self.names.connector(connector));
        }
    }

    fn recovery(&mut self, recovery: RecoveryIx) {
        self.put("recovery_of", self.names.lost(recovery));
    }

    fn ticket(&mut self, ticket: TicketIx) {
        if ticket.is_some() {
            self.put("ticket", ticket.0 + 1);
        }
    }

    fn subject(&mut self, subject: Subject) {
        match subject {
            Subject::Org(org) => self.org(org),
            Subject::Ticket(ticket) => self.ticket(ticket),
            Subject::Connector => {}
        }
    }

    fn about_settings(&mut self, what: &What) {
        match *what {
            What::GrantChanged {
                connector,
                org,
                granted,
            } => {
                self.org(org);
                self.connector(connector);
                self.put("granted", granted);
            }
            What::OrgListed {
                connector,
                org,
                listed,
            } => {
                self.org(org);
                self.connector(connector);
                self.put("listed", listed);
            }
            What::AutoDiscoverySet { connector, on } => {
                self.connector(connector);
                self.put("on", on);
            }
            _ => {}
        }
    }

    /// What the fact is about: an org, a connector, and what only it has.
    fn about(&mut self, what: &What) {
        match *what {
            What::OrgOrphaned { org, connector }
            | What::OrgCovered { org, connector }
            | What::OrgCreated { org, connector }
            | What::OrgClaimed { org, connector }
            | What::EntitiesAppeared { org, connector }
            | What::AnnotationsRecreated { org, connector }
            | What::RecreationCrashed { org, connector }
            | What::Promoted { org, connector }
            | What::OrgUnowned { org, connector } => {
                self.org(org);
                self.connector(connector);
            }
            What::OrgReleased {
                org,
                connector,
                ticket,
            } => {
                self.org(org);
                self.connector(connector);
                self.ticket(ticket);
            }
            What::RecordsRecreated {
                org,
                connector,
                kind,
                from,
                to,
            } => {
                self.org(org);
                self.connector(connector);
                self.put("kind", kind.name());
                self.put("from", from);
                self.put("to", to);
            }
            What::GrantChanged { .. } | What::OrgListed { .. } | What::AutoDiscoverySet { .. } => {
                self.about_settings(what);
            }
            What::OrgRenamed { org } | What::OrgDeleted { org } => self.org(org),
            What::OrgStoodDown { recovery, org }
            | What::AdoptionRefused { org, recovery }
            | What::Verified { recovery, org } => {
                self.org(org);
                self.recovery(recovery);
            }
            What::Refused {
                connector,
                org,
                reason,
            } => {
                self.org(org);
                self.connector(connector);
                self.put("reason", reason.words());
            }
            _ => self.about_connector(what),
        }
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one arm a fact: a table reads best in one piece"
    )]
    fn about_connector(&mut self, what: &What) {
        match *what {
            What::ConnectorDown { connector }
            | What::ConnectorUp { connector }
            | What::ConfigLost { connector }
            | What::ConnectorAuthorized { connector }
            | What::ConsentWithdrawn { connector }
            | What::ConnectorDeleted { connector } => self.connector(connector),
            What::PartialOutage {
                connector, begins, ..
            }
            | What::TokenRevoked {
                connector, begins, ..
            }
            | What::AuthorizerAbsent { connector, begins }
            | What::DiscoveryStalled { connector, begins } => {
                self.connector(connector);
                self.put("begins", begins);
            }
            What::RecoveryStarted {
                connector,
                recovery,
            }
            | What::ConnectorAdopted {
                connector,
                recovery,
            } => {
                self.connector(connector);
                self.recovery(recovery);
            }
            What::ConnectorCreated {
                connector,
                recovery,
                region,
                as_target,
            } => {
                self.connector(connector);
                self.recovery(recovery);
                self.put("region", self.names.region(region));
                self.put("as_target", as_target);
            }
            What::RecoveryStoodDown { recovery } => self.recovery(recovery),
            What::StepFinished {
                recovery,
                step,
                subject,
                ready,
                began,
            } => {
                self.recovery(recovery);
                self.put("step", self.names.step(step));
                self.subject(subject);
                self.put("ready_ms", ready.as_millis());
                self.put("began_ms", began.as_millis());
            }
            What::StepRefused {
                recovery,
                step,
                subject,
                reason,
            } => {
                self.recovery(recovery);
                self.put("step", self.names.step(step));
                self.subject(subject);
                self.put("reason", reason.words());
            }
            What::Slipped {
                recovery,
                step,
                slip,
            } => {
                self.recovery(recovery);
                self.put("step", self.names.step(step));
                self.put(
                    "slip",
                    crate::procedure::Slip::from_number(slip).map_or("unknown", |it| it.name()),
                );
            }
            _ => self.about_ticket(what),
        }
    }

    fn about_ticket(&mut self, what: &What) {
        match *what {
            What::ResourceIdCopied { recovery, names } => {
                self.recovery(recovery);
                self.connector(names);
            }
            What::TicketOpened {
                ticket,
                recovery,
                names,
                all,
            } => {
                self.ticket(ticket);
                self.recovery(recovery);
                self.connector(names);
                self.put("all", all);
            }
            What::TicketCovers { ticket, org }
            | What::TicketOmits { ticket, org }
            | What::ReleaseMoot { org, ticket } => {
                self.ticket(ticket);
                self.org(org);
            }
            What::TicketTriaged { ticket }
            | What::TicketRejected { ticket }
            | What::TicketMisrouted { ticket }
            | What::TicketClosed { ticket } => self.ticket(ticket),
            What::TicketQueued { ticket, ahead } => {
                self.ticket(ticket);
                self.put("ahead", ahead);
            }
            What::TicketLost { ticket, lost } => {
                self.ticket(ticket);
                self.put("lost", lost);
            }
            _ => self.about_surroundings(what),
        }
    }

    fn about_surroundings(&mut self, what: &What) {
        match *what {
            What::RegionDown { region, strike }
            | What::RegionUp { region, strike }
            | What::OutageEnded { region, strike } => {
                self.put("region", self.names.region(region));
                self.put("fault", self.names.strike(strike));
            }
            What::RegionSlowed {
                region,
                factor,
                strike,
            } => {
                self.put("region", self.names.region(region));
                self.put("factor", factor.to_string());
                self.put("fault", self.names.strike(strike));
            }
            What::RegionFull { region, full } => {
                self.put("region", self.names.region(region));
                self.put("full", full);
            }
            What::ScmOutage { scm, begins } => {
                self.put("scm", scm.name());
                self.put("begins", begins);
            }
            What::ScmThrottled {
                scm,
                factor,
                strike,
            } => {
                self.put("scm", scm.name());
                self.put("factor", factor.to_string());
                self.put("fault", self.names.strike(strike));
            }
            What::InventoryUnavailable { begins } => self.put("begins", begins),
            What::InventoryStale { shows, begins } => {
                self.connector(shows);
                self.put("begins", begins);
            }
            What::FaultMissed { strike } => self.put("fault", self.names.strike(strike)),
            _ => self.about_queues(what),
        }
    }

    fn about_queues(&mut self, what: &What) {
        match *what {
            What::ScmBudget {
                scm,
                connector,
                spent,
            } => {
                self.put("scm", scm.name());
                self.connector(connector);
                self.put("spent", spent);
            }
            What::SupportSurge { tickets } => self.put("tickets", tickets),
            What::OthersWrite { region, tickets } => {
                self.put("region", self.names.region(region));
                self.put("tickets", tickets);
            }
            What::ShiftEnded {
                team,
                unfinished,
                waits,
            } => {
                self.put("team", team.name());
                self.put("unfinished", unfinished);
                self.put("waits", waits);
            }
            What::StaffChanged { team, present } => {
                self.put("team", team.name());
                self.put(
                    "present",
                    if present == u32::MAX {
                        Value::Null
                    } else {
                        present.into()
                    },
                );
            }
            _ => {}
        }
    }
}
