//! From a timeline to dated events, with every draw made on the way.

use super::{ArmedSlip, Fault, FaultKind, Hit};
use crate::chance::{Chance, Domain, DurationDist, Probability, Purpose, Site};
use crate::model::command::{Actor, Blow, ConnectorRef, RegionRef};
use crate::model::fleet::Fleet;
use crate::model::ids::{ConnectorIx, OrgIx, StrikeIx};
use crate::procedure::Slip;
use crate::time::{Duration, Instant};

/// Something that is going to go wrong, or to end.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// Which strike it is: the beginning and the end share one.
    pub strike: StrikeIx,
    /// What happens.
    pub act: Act,
}

/// What an event does.
#[derive(Clone, PartialEq, Debug)]
pub enum Act {
    /// A strike of a fault on the world.
    Begin(Blow),
    /// The end of one.
    End(Blow),
    /// Other people's tickets arrive.
    Surge(u32),
    /// People of a team leave: so many, or all.
    Leave(Actor, Option<u32>),
    /// They come back.
    Return(Actor, Option<u32>),
    /// Something waits for its moment.
    Arm(Mishap),
    /// The old connector is deleted, now.
    DeleteEarly(ConnectorIx),
}

/// Something that waits for its moment in the recovery of a connector.
#[derive(Clone, PartialEq, Debug)]
pub struct Mishap {
    /// The connector of the fleet whose recovery, or its successors', it hits.
    pub connector: ConnectorIx,
    /// What it does when its moment comes.
    pub kind: MishapKind,
}

/// What waits.
#[derive(Clone, PartialEq, Debug)]
pub enum MishapKind {
    /// A slip on a step.
    Slip(ArmedSlip),
    /// The next ticket is lost, for so long or for good.
    TicketLost(Option<Duration>),
    /// The next ticket goes to the wrong people for so long.
    TicketMisrouted(Duration),
    /// The next ticket keeps only this share of its orgs.
    TicketPartial(Probability),
    /// The next recreation, or that of one org, crashes.
    RecreationCrash {
        /// Whose; nobody for the next one.
        org: OrgIx,
        /// After which share of its records.
        at: Probability,
        /// How long until it is resumed; for good if nothing is said.
        resumes_after: Option<Duration>,
    },
}

/// A timeline with its draws made.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Schedule {
    /// What happens, in order.
    pub events: Vec<Event>,
    /// For each strike, the fault that it is of, by its place in the timeline.
    pub strikes: Vec<u32>,
    /// When the last fault ends; T+0 without any. One that lasts for good ends
    /// where it begins.
    pub last_end: Instant,
}

/// Makes a timeline's draws and dates its events. An event at an instant that
/// ends something comes before one that begins something.
#[must_use]
pub fn schedule(faults: &[Fault], fleet: &Fleet, chance: &dyn Chance) -> Schedule {
    let mut schedule = Schedule::default();
    for (place, fault) in faults.iter().enumerate() {
        let draws = Draws { fault, chance };
        if draws.strikes() {
            let mut writer = Writer {
                schedule: &mut schedule,
                fault: place as u32,
                draws,
            };
            writer.write(&fault.kind, fleet);
        }
    }
    // Stable: what one fault does at one instant stays in its order. An operator's
    // deletion comes after what fate does at that instant.
    let class = |act: &Act| match act {
        Act::End(_) | Act::Return(..) => 0,
        Act::DeleteEarly(_) => 2,
        _ => 1,
    };
    schedule.events.sort_by_key(|it| (it.at, class(&it.act)));
    schedule
}

/// A fault's own draws.
struct Draws<'a> {
    fault: &'a Fault,
    chance: &'a dyn Chance,
}

impl Draws<'_> {
    fn site(&self, purpose: Purpose, ordinal: u64) -> Site {
        Site {
            entity: self.fault.key,
            purpose,
            ordinal,
        }
    }

    fn strikes(&self) -> bool {
        let domain = Domain::Bool(self.fault.chance);
        self.chance
            .decide(self.site(Purpose::FaultStrikes, 0), &domain)
            .as_bool()
    }

    fn draw(&self, dist: &DurationDist, purpose: Purpose, ordinal: u64) -> Duration {
        self.chance
            .decide(self.site(purpose, ordinal), &dist.domain())
            .as_duration()
    }

    fn lasts(&self) -> Option<Duration> {
        self.fault
            .lasts
            .as_ref()
            .map(|dist| self.draw(dist, Purpose::FaultLasts, 0))
    }
}

struct Writer<'a> {
    schedule: &'a mut Schedule,
    fault: u32,
    draws: Draws<'a>,
}

impl Writer<'_> {
    fn write(&mut self, kind: &FaultKind, fleet: &Fleet) {
        let (at, lasts) = (self.draws.fault.at, self.draws.lasts());
        match kind {
            FaultKind::RegionOutage {
                regions,
                stagger,
                returns,
            } => {
                self.cascade(regions, stagger.as_ref(), returns.as_ref());
            }
            FaultKind::RegionFlap {
                region,
                times,
                down,
                up,
            } => {
                let site = self.draws.site(Purpose::FaultMagnitude, 0);
                let times = self.draws.chance.decide(site, &times.domain()).as_u64();
                self.flap(*region, times, down, up);
            }
            FaultKind::PartialOutage(hit) => {
                for connector in self.hit(hit, fleet) {
                    self.blow(at, lasts, Blow::PartialOutage(connector));
                }
            }
            FaultKind::AuthorizerAbsent(connectors) => {
                for &connector in connectors {
                    self.blow(at, lasts, Blow::AuthorizerAbsent(connector));
                }
            }
            FaultKind::DiscoveryStall(connectors) => {
                for &connector in connectors {
                    self.blow(at, lasts, Blow::DiscoveryStall(connector));
                }
            }
            FaultKind::SupportSurge(tickets) => {
                let site = self.draws.site(Purpose::FaultMagnitude, 0);
                let tickets = self.draws.chance.decide(site, &tickets.domain()).as_u64();
                self.event(at, Act::Surge(u32::try_from(tickets).unwrap_or(u32::MAX)));
            }
            FaultKind::OperatorAbsent(team, count) => {
                let strike = self.event(at, Act::Leave(*team, *count));
                if let Some(lasts) = lasts {
                    self.ends(strike, at + lasts, Act::Return(*team, *count));
                }
            }
            FaultKind::Slip(slip) if slip.slip == Slip::DeletedEarly && slip.step.is_none() => {
                self.event(at, Act::DeleteEarly(slip.connector));
            }
            _ => match (single(kind), waiting(kind, lasts)) {
                (Some(blow), _) => self.blow(at, lasts, blow),
                (None, Some(mishap)) => {
                    self.event(at, Act::Arm(mishap));
                }
                (None, None) => unreachable!("every kind of fault is a blow or a mishap"),
            },
        }
    }

    fn strike(&mut self) -> StrikeIx {
        self.schedule.strikes.push(self.fault);
        StrikeIx::from(self.schedule.strikes.len() - 1)
    }

    fn event(&mut self, at: Instant, act: Act) -> StrikeIx {
        let strike = self.strike();
        self.ends(strike, at, act);
        strike
    }

    fn ends(&mut self, strike: StrikeIx, at: Instant, act: Act) {
        self.schedule.last_end = self.schedule.last_end.max(at);
        self.schedule.events.push(Event { at, strike, act });
    }

    fn blow(&mut self, at: Instant, lasts: Option<Duration>, blow: Blow) {
        let strike = self.event(at, Act::Begin(blow.clone()));
        if let Some(lasts) = lasts {
            self.ends(strike, at + lasts, Act::End(blow));
        }
    }

    fn cascade(
        &mut self,
        regions: &[RegionRef],
        stagger: Option<&DurationDist>,
        returns: Option<&(DurationDist, DurationDist)>,
    ) {
        let (mut at, lasts) = (self.draws.fault.at, self.draws.lasts());
        for (turn, &region) in regions.iter().enumerate() {
            if let Some(stagger) = stagger.filter(|_| turn > 0) {
                at += self.draws.draw(stagger, Purpose::FaultAt, turn as u64);
            }
            self.blow(at, lasts, Blow::RegionOutage(region));
            if let (Some((after, again)), Some(lasts)) = (returns, lasts) {
                let after = self.draws.draw(after, Purpose::FlapUp, turn as u64);
                let again = self.draws.draw(again, Purpose::FlapDown, turn as u64);
                self.blow(at + lasts + after, Some(again), Blow::RegionOutage(region));
            }
        }
    }

    fn flap(&mut self, region: RegionRef, times: u64, down: &DurationDist, up: &DurationDist) {
        let mut at = self.draws.fault.at;
        for turn in 0..times {
            let lasts = self.draws.draw(down, Purpose::FlapDown, turn);
            self.blow(at, Some(lasts), Blow::RegionOutage(region));
            at = at + lasts + self.draws.draw(up, Purpose::FlapUp, turn);
        }
    }

    /// The connectors that are hit. For a share, every connector of the region
    /// draws a rank of its own and the smallest are hit, so that one more
    /// connector leaves the others' luck as it was.
    fn hit(&self, hit: &Hit, fleet: &Fleet) -> Vec<ConnectorRef> {
        match hit {
            Hit::Connectors(connectors) => connectors.clone(),
            Hit::Share(region, share) => {
                let mut ranked: Vec<(u64, ConnectorIx)> = Vec::new();
                for (at, connector) in fleet.connectors().iter().enumerate() {
                    if connector.region == *region {
                        let entity =
                            crate::chance::EntityKey(connector.key.0 ^ self.draws.fault.key.0);
                        let site = Site {
                            entity,
                            purpose: Purpose::FaultShare,
                            ordinal: 0,
                        };
                        let rank = self.draws.chance.decide(site, &Domain::Rank).as_u64();
                        ranked.push((rank, ConnectorIx::from(at)));
                    }
                }
                ranked.sort_unstable();
                let count = (ranked.len() as u64 * u64::from(share.as_ppm())).div_ceil(1_000_000);
                let mut chosen: Vec<ConnectorIx> = ranked
                    .into_iter()
                    .take(count as usize)
                    .map(|it| it.1)
                    .collect();
                chosen.sort_unstable();
                chosen.into_iter().map(ConnectorRef::Named).collect()
            }
        }
    }
}

/// The blow of a fault that strikes once.
fn single(kind: &FaultKind) -> Option<Blow> {
    Some(match kind {
        FaultKind::RegionDegraded(region, factor) => Blow::RegionDegraded(*region, *factor),
        FaultKind::RegionFull(region) => Blow::RegionFull(*region),
        FaultKind::InventoryUnavailable => Blow::InventoryUnavailable,
        FaultKind::InventoryStale(shows) => Blow::InventoryStale(*shows),
        FaultKind::ScmOutage(scm) => Blow::ScmOutage(*scm),
        FaultKind::ScmThrottled(scm, factor) => Blow::ScmThrottled(*scm, *factor),
        FaultKind::TokenRevoked(connector) => Blow::TokenRevoked(*connector),
        FaultKind::PermissionLost(connector, orgs) => {
            Blow::PermissionLost(*connector, orgs.clone())
        }
        FaultKind::OrgCreated(org, connector) => Blow::OrgCreated(*org, *connector),
        FaultKind::OrgRenamed(org) => Blow::OrgRenamed(*org),
        FaultKind::OrgDeleted(org) => Blow::OrgDeleted(*org),
        _ => return None,
    })
}

/// What a fault leaves waiting for its moment.
fn waiting(kind: &FaultKind, lasts: Option<Duration>) -> Option<Mishap> {
    let (connector, kind) = match kind {
        FaultKind::TicketLost(connector) => (*connector, MishapKind::TicketLost(lasts)),
        FaultKind::TicketMisrouted(connector) => (
            *connector,
            MishapKind::TicketMisrouted(lasts.unwrap_or(Duration::MAX)),
        ),
        FaultKind::TicketPartial(connector, share) => {
            (*connector, MishapKind::TicketPartial(*share))
        }
        FaultKind::RecreationCrash { connector, org, at } => (
            *connector,
            MishapKind::RecreationCrash {
                org: *org,
                at: *at,
                resumes_after: lasts,
            },
        ),
        FaultKind::Slip(slip) => (slip.connector, MishapKind::Slip(slip.clone())),
        _ => return None,
    };
    Some(Mishap { connector, kind })
}
