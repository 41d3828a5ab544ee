//! What each fault names, found.

use super::fleet::fits;
use super::roster::Roster;
use super::say::Say;
use crate::chance::Probability;
use crate::faults::{ArmedSlip, FaultKind, Hit};
use crate::model::command::{Actor, RegionRef};
use crate::model::fleet::Scm;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::model::ranges::RangeSet;
use crate::procedure::{Graph, Slip};
use crate::scenario::codes;
use crate::scenario::staff::{Team, Teams};
use crate::scenario::syntax::{Span, View, quoted};
use crate::time::Factor;

/// How often a region flaps at most.
const FLAPS_MAX: u64 = 10_000;
/// How many tickets of others there are at most.
const TICKETS_MAX: u64 = 1_000_000;
/// How often all faults strike at most: each strike takes memory in a run.
pub(super) const STRIKES_MAX: u64 = 1_000_000;

/// What reading a fault needs.
pub(super) struct Kinds<'a, 'r, 's> {
    pub(super) roster: &'a Roster<'r>,
    /// Nothing if the procedure is wrong: then steps cannot be looked at.
    pub(super) graph: Option<&'a Graph>,
    pub(super) teams: &'a Teams,
    pub(super) say: &'a mut Say<'s>,
    /// Where the fault stands.
    pub(super) span: Span,
    /// How many strikes are left to all faults together.
    pub(super) left: &'a mut u64,
}

/// What a fault does, and what it is about, for its id.
type Told = Option<(FaultKind, String)>;

impl Kinds<'_, '_, '_> {
    pub(super) fn kind(&mut self, name: &str, view: View<'_>) -> Told {
        if let Some(slip) = Slip::from_name(name) {
            return self.slip(slip, view);
        }
        match name {
            "region-outage" | "region-degraded" | "region-flap" | "region-full" => {
                self.region_fault(name, view)
            }
            "partial-outage" => self.partial(view),
            "inventory-unavailable" => Some((FaultKind::InventoryUnavailable, String::new())),
            "inventory-stale" => self.stale(view),
            "scm-outage" | "scm-throttled" => scm_fault(name, view),
            "token-revoked" | "permission-lost" | "authorizer-absent" => self.access(name, view),
            "org-created" | "org-renamed" | "org-deleted" => self.drift(name, view),
            "support-surge" | "ticket-lost" | "ticket-misrouted" | "ticket-partial" => {
                self.support(name, view)
            }
            "recreation-crash" => self.crash(view),
            "discovery-stall" => {
                let all = self.connectors(view)?;
                let subject = if view.get("connectors").is_some() {
                    self.ids(&all)
                } else {
                    String::new()
                };
                Some((FaultKind::DiscoveryStall(all), subject))
            }
            "operator-absent" => self.absent(view),
            _ => None,
        }
    }

    fn region_fault(&mut self, name: &str, view: View<'_>) -> Told {
        let written = view.get("region")?;
        if name == "region-outage" {
            return self.outage(written, view);
        }
        if name == "region-flap" {
            let (region, subject) = self.region_ref(written)?;
            let times = self.bounded(view.get("times")?, FLAPS_MAX)?;
            self.spend(times.support().1)?;
            let down = self.say.span_dist(view.get("down")?);
            let up = self.say.span_dist(view.get("up")?);
            return Some((
                FaultKind::RegionFlap {
                    region,
                    times,
                    down,
                    up,
                },
                subject,
            ));
        }
        let region = self.roster.region(written, self.say)?;
        let subject = written.text().to_owned();
        if name == "region-full" {
            return Some((FaultKind::RegionFull(region), subject));
        }
        let factor: Factor = view.get("factor")?.parse()?;
        Some((FaultKind::RegionDegraded(region, factor), subject))
    }

    fn outage(&mut self, written: View<'_>, view: View<'_>) -> Told {
        let items: Vec<View<'_>> = if written.is_list() {
            written.items().collect()
        } else {
            vec![written]
        };
        let count = items.len();
        let found: Vec<(RegionRef, String)> = items
            .into_iter()
            .filter_map(|it| self.region_ref(it))
            .collect();
        let stagger = view.get("stagger").map(|it| self.say.span_dist(it));
        let returns = view
            .get("returns")
            .and_then(|it| Some((it.get("after")?, it.get("lasts")?)));
        let returns = returns.map(|it| (self.say.span_dist(it.0), self.say.span_dist(it.1)));
        if let Some(span) = view
            .key_span("returns")
            .filter(|_| view.get("lasts").is_none())
        {
            let message = "an outage that lasts for good does not return";
            let it = self
                .say
                .about(&codes::SAID_NEVER, span, message, "needs `lasts`");
            self.say
                .push(it.help("say how long the first outage lasts: `lasts: 26h`"));
        }
        if found.len() < count {
            return None;
        }
        let (regions, names): (Vec<_>, Vec<String>) = found.into_iter().unzip();
        Some((
            FaultKind::RegionOutage {
                regions,
                stagger,
                returns,
            },
            names.join("+"),
        ))
    }

    fn partial(&mut self, view: View<'_>) -> Told {
        let (named, share, region) = (
            view.get("connectors"),
            view.get("share"),
            view.get("region"),
        );
        match (named, share, region) {
            (Some(named), None, None) => {
                let count = named.items().len();
                let found: Vec<_> = named
                    .items()
                    .filter_map(|it| self.connector_ref(it))
                    .collect();
                if found.len() < count {
                    return None;
                }
                let mut found = found;
                // Their order in the file does not matter, nor does a second mention.
                found.sort_by(|a, b| a.1.cmp(&b.1));
                found.dedup();
                self.spend(found.len() as u64)?;
                let (all, names): (Vec<_>, Vec<String>) = found.into_iter().unzip();
                Some((
                    FaultKind::PartialOutage(Hit::Connectors(all)),
                    names.join("+"),
                ))
            }
            (None, Some(share), Some(region)) => {
                let share: Probability = share.parse()?;
                let subject = region.text().to_owned();
                let region = self.roster.region(region, self.say)?;
                let there = self
                    .roster
                    .connectors
                    .iter()
                    .filter(|it| it.region == region);
                self.spend(there.count() as u64)?;
                Some((FaultKind::PartialOutage(Hit::Share(region, share)), subject))
            }
            (Some(_), ..) => {
                let span = view
                    .key_span("share")
                    .or(view.key_span("region"))
                    .unwrap_or(self.span);
                let message =
                    "`connectors` says which are hit: `share` and `region` cannot stand beside it";
                self.say.error(
                    &codes::SAID_TWICE,
                    span,
                    message,
                    "leave this out, or `connectors`",
                );
                None
            }
            (None, ..) => {
                let message =
                    "a partial outage hits `connectors`, or a `share` of those in a `region`";
                let it =
                    self.say
                        .about(&codes::SAID_NEVER, self.span, message, "which connectors?");
                self.say.push(it.help(
                    "an example: `partial-outage: { share: 30%, region: westeurope, lasts: 4h }`",
                ));
                None
            }
        }
    }

    fn stale(&mut self, view: View<'_>) -> Told {
        let Some(shows) = view.get("shows") else {
            return Some((FaultKind::InventoryStale(None), String::new()));
        };
        let shows = self.roster.connector(shows, self.say)?;
        Some((FaultKind::InventoryStale(Some(shows)), self.id(shows)))
    }

    fn access(&mut self, name: &str, view: View<'_>) -> Told {
        if name == "authorizer-absent" {
            let all = self.connectors(view)?;
            let subject = if view.get("connectors").is_some() {
                self.ids(&all)
            } else {
                String::new()
            };
            return Some((FaultKind::AuthorizerAbsent(all), subject));
        }
        let written = view.get("connector")?;
        if name == "token-revoked" {
            let (connector, subject) = self.connector_ref(written)?;
            return Some((FaultKind::TokenRevoked(connector), subject));
        }
        let connector = self.roster.connector(written, self.say);
        let orgs = self.orgs(view.get("orgs")?, connector);
        let connector = connector?;
        Some((
            FaultKind::PermissionLost(connector, orgs?),
            self.id(connector),
        ))
    }

    fn drift(&mut self, name: &str, view: View<'_>) -> Told {
        let written = view.get("org")?;
        if name == "org-created" {
            let connector = self.roster.connector(view.get("connector")?, self.say);
            let quiet = &mut Say::new(self.say.files, Default::default());
            let org = self.roster.org(view.get("id").unwrap_or(written), quiet)?;
            return Some((
                FaultKind::OrgCreated(org, connector?),
                self.roster.id(org).to_owned(),
            ));
        }
        let org = self.roster.org(written, self.say)?;
        let subject = self.roster.id(org).to_owned();
        let kind = if name == "org-renamed" {
            FaultKind::OrgRenamed(org)
        } else {
            FaultKind::OrgDeleted(org)
        };
        Some((kind, subject))
    }

    fn support(&mut self, name: &str, view: View<'_>) -> Told {
        if name == "support-surge" {
            if self.teams.support.size.is_none() {
                let message = "support has no size, so it is never short of people";
                let it = self.say.about(
                    &codes::SURGE_WITHOUT_SIZE,
                    self.span,
                    message,
                    "would do nothing",
                );
                self.say
                    .push(it.help("add `teams: { support: { size: 5 } }`"));
            }
            let tickets = self.bounded(view.get("tickets")?, TICKETS_MAX)?;
            self.spend(tickets.support().1)?;
            return Some((FaultKind::SupportSurge(tickets), String::new()));
        }
        let connector = self.roster.connector(view.get("connector")?, self.say)?;
        let kind = match name {
            "ticket-lost" => FaultKind::TicketLost(connector),
            "ticket-misrouted" => FaultKind::TicketMisrouted(connector),
            _ => FaultKind::TicketPartial(connector, view.get("releases")?.parse()?),
        };
        Some((kind, self.id(connector)))
    }

    fn crash(&mut self, view: View<'_>) -> Told {
        let connector = self.roster.connector(view.get("connector")?, self.say);
        let org = match view.get("org") {
            Some(written) => self.roster.org(written, self.say).inspect(|&org| {
                if let Some(connector) = connector {
                    fits(self.roster, connector, org, written, self.say);
                }
            }),
            None => Some(OrgIx::NONE),
        };
        let (connector, org, at) = (connector?, org?, view.get("at")?.parse()?);
        let mut subject = self.id(connector);
        if let Some(org) = org.get() {
            subject = format!("{subject}/{}", self.roster.id(org));
        }
        Some((FaultKind::RecreationCrash { connector, org, at }, subject))
    }

    fn absent(&mut self, view: View<'_>) -> Told {
        let name = view.get("team").map_or("operators", View::text);
        let teams = [
            (Actor::Operator, &self.teams.operators),
            (Actor::Support, &self.teams.support),
            (Actor::Platform, &self.teams.platform),
        ];
        let &(actor, team): &(Actor, &Team) = teams.iter().find(|it| it.0.name() == name)?;
        let count = view.get("count").map(View::whole);
        if let Some(span) = view.key_span("count").filter(|_| team.size.is_none()) {
            let message = format!(
                "the team {} has no size, so some of it being away changes nothing",
                quoted(name)
            );
            let it = self
                .say
                .about(&codes::ABSENT_OF_UNLIMITED, span, message, "of how many?");
            let help = format!(
                "add `teams: {{ {name}: {{ size: 2 }} }}`, or leave `count` out: all are away"
            );
            self.say.push(it.help(help));
        }
        let count = count.and_then(|it| u32::try_from(it).ok());
        Some((FaultKind::OperatorAbsent(actor, count), name.to_owned()))
    }

    fn slip(&mut self, slip: Slip, view: View<'_>) -> Told {
        let connector = self.roster.connector(view.get("connector")?, self.say);
        let names = view
            .get("names")
            .map(|it| self.roster.connector(it, self.say));
        let region = view
            .get("region")
            .map(|it| self.roster.region(it, self.say));
        let orgs = view.get("orgs").map(|it| self.orgs(it, connector));
        let step = self.step(slip, view)?;
        let connector = connector?;
        let armed = ArmedSlip {
            connector,
            step,
            slip,
            names: names.map_or(Some(ConnectorIx::NONE), |it| it)?,
            region: region.map_or(Some(None), |it| it.map(Some))?,
            orgs: orgs.unwrap_or_else(|| Some(RangeSet::new()))?,
        };
        let mut subject = self.id(connector);
        if let Some(step) = view.get("step") {
            subject = format!("{subject}/{}", step.text());
        }
        Some((FaultKind::Slip(armed), subject))
    }
}

fn scm_fault(name: &str, view: View<'_>) -> Told {
    let scm = Scm::from_name(view.get("scm")?.text())?;
    let kind = if name == "scm-outage" {
        FaultKind::ScmOutage(scm)
    } else {
        FaultKind::ScmThrottled(scm, view.get("factor")?.parse()?)
    };
    Some((kind, scm.name().to_owned()))
}
