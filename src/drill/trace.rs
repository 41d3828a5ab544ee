//! The running hash of the fact stream, one more per entity, and the facts
//! themselves where somebody asked for them.
//!
//! xxh3-64 over a fixed little-endian encoding: the instant, the fact's pinned
//! number and actor, and what it is about by entity key, never by index. A fact is
//! hashed on top of its entity's hash, and that on top of the run's.

use crate::faults::{Fault, Schedule};
use crate::model::fact::{Fact, FactKind, Subject, What};
use crate::model::fleet::Fleet;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, RegionIx, TicketIx, entity_key};
use crate::model::world::World;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Which facts a run writes down. Without recording it keeps none: an
/// explanation comes from running the same seed again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Record {
    /// None.
    #[default]
    Nothing,
    /// Finished steps: what the critical path is made of.
    Steps,
    /// All.
    Everything,
}

/// The trace of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trace {
    /// The running hash.
    pub(super) hash: u64,
    /// How many facts there were.
    pub(super) facts: u64,
    /// A hash per org.
    pub(super) orgs: Vec<u64>,
    /// A hash per connector.
    pub(super) connectors: Vec<u64>,
    /// A hash for everything that is neither.
    pub(super) rest: u64,
    /// The facts written down.
    pub(super) recorded: Vec<Fact>,
    record: Record,
    /// Names of steps, as hashed.
    steps: Vec<u64>,
    /// Keys of regions.
    regions: Vec<u64>,
    /// Keys of tickets: their recovery's connector, and which of its tickets.
    tickets: Vec<u64>,
    /// How many tickets each recovery opened.
    opened: Vec<u64>,
    /// The place of each strike's fault, by key.
    strikes: Vec<u64>,
}

/// The entity that a fact is about.
enum About {
    Org(OrgIx),
    Connector(ConnectorIx),
    Rest,
}

impl Trace {
    pub(super) fn new<'n>(fleet: &Fleet, steps: impl Iterator<Item = &'n str>) -> Self {
        let regions = fleet
            .catalogue()
            .regions
            .iter()
            .map(|it| entity_key("region", it.name).0)
            .collect();
        Self {
            orgs: vec![0; fleet.orgs().len()],
            connectors: vec![0; fleet.connectors().len()],
            steps: steps.map(|name| xxh3_64(name.as_bytes())).collect(),
            regions,
            ..Self::default()
        }
    }

    /// A run begins, under these faults.
    pub(super) fn begin(&mut self, schedule: &Schedule, faults: &[Fault], record: Record) {
        self.record = record;
        self.strikes.clear();
        self.strikes.extend(strike_keys(schedule, faults));
    }

    pub(super) fn reset_from(&mut self, snapshot: &Self) {
        (self.hash, self.facts, self.rest) = (snapshot.hash, snapshot.facts, snapshot.rest);
        self.orgs.clone_from(&snapshot.orgs);
        self.connectors.clone_from(&snapshot.connectors);
        self.recorded.clone_from(&snapshot.recorded);
        self.tickets.clone_from(&snapshot.tickets);
        self.opened.clone_from(&snapshot.opened);
    }

    pub(super) fn write(&mut self, fleet: &Fleet, world: &World, fact: &Fact) {
        self.facts += 1;
        if let What::TicketOpened { recovery, .. } = fact.what {
            self.name_ticket(world, recovery);
        }
        let kind = fact.what.kind();
        let (about, words) = self.words(fleet, world, &fact.what);
        let mut bytes = [0u8; 40];
        let head = (fact.at.as_millis() as u64).rotate_left(16)
            ^ (u64::from(kind as u8) << 8 | u64::from(fact.by as u8));
        bytes[..8].copy_from_slice(&head.to_le_bytes());
        for (word, into) in words.iter().zip(bytes[8..].chunks_exact_mut(8)) {
            into.copy_from_slice(&word.to_le_bytes());
        }
        // Most facts leave the last word empty: it is not hashed then.
        let told = if words[3] == 0 {
            &bytes[..32]
        } else {
            &bytes[..]
        };
        let own = match about {
            About::Org(org) => &mut self.orgs[org.ix()],
            About::Connector(connector) => {
                if connector.ix() >= self.connectors.len() {
                    self.connectors.resize(connector.ix() + 1, 0);
                }
                &mut self.connectors[connector.ix()]
            }
            About::Rest => &mut self.rest,
        };
        *own = xxh3_64_with_seed(told, *own);
        self.hash = xxh3_64_with_seed(&own.to_le_bytes(), self.hash);
        let wanted = match self.record {
            Record::Nothing => false,
            Record::Steps => kind == FactKind::StepFinished,
            Record::Everything => true,
        };
        if wanted {
            self.recorded.push(*fact);
        }
    }

    fn name_ticket(&mut self, world: &World, recovery: RecoveryIx) {
        if self.opened.len() <= recovery.ix() {
            self.opened.resize(recovery.ix() + 1, 0);
        }
        self.opened[recovery.ix()] += 1;
        let opened = self.opened[recovery.ix()];
        let lost = world.recovery(recovery).connector;
        self.tickets
            .push(world.connector(lost).key.0.wrapping_add(opened));
    }

    /// What a fact is about, and four words that tell it from every other.
    #[expect(
        clippy::too_many_lines,
        reason = "one arm a fact: a table reads best in one piece"
    )]
    fn words(&self, fleet: &Fleet, world: &World, what: &What) -> (About, [u64; 4]) {
        let org = |it: OrgIx| it.get().map_or(0, |it| fleet.org(it).key.0);
        let con = |it: ConnectorIx| it.get().map_or(0, |it| world.connector(it).key.0);
        let rec = |it: RecoveryIx| con(world.recovery(it).connector);
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
            | What::ConnectorDeleted { connector: c } => (About::Connector(c), [con(c), 0, 0, 0]),
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

    fn step_words(&self, recovery: u64, step: usize, detail: u64) -> [u64; 4] {
        [recovery ^ self.steps[step], 0, detail, 0]
    }

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
    fn rarer_words(&self, world: &World, what: &What) -> (About, [u64; 4]) {
        let con = |it: ConnectorIx| it.get().map_or(0, |it| world.connector(it).key.0);
        let reg = |it: RegionIx| self.regions[it.ix()];
        let strike = |it: crate::model::ids::StrikeIx| self.strikes[it.ix()];
        let lost = |it: RecoveryIx| world.recovery(it).connector;
        let of_ticket = |it: TicketIx| lost(world.ticket(it).recovery);
        match *what {
            What::RegionDown { strike: s, region } | What::RegionUp { strike: s, region } => {
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
            What::InventoryUnavailable { begins } => (About::Rest, [u64::from(begins), 0, 0, 0]),
            What::InventoryStale { shows, begins } => {
                (About::Rest, [con(shows), u64::from(begins), 0, 0])
            }
            What::FaultMissed { strike: s } => (About::Rest, [strike(s), 0, 0, 0]),
            What::SupportSurge { tickets } => (About::Rest, [u64::from(tickets), 0, 0, 0]),
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
            What::TicketLost { ticket, lost } => (
                About::Connector(of_ticket(ticket)),
                [self.tickets[ticket.ix()], u64::from(lost), 0, 0],
            ),
            _ => unreachable!("every fact that a run has many of has its own words"),
        }
    }
}

/// The key of each strike: its fault's, and which of its strikes it is.
fn strike_keys(schedule: &Schedule, faults: &[Fault]) -> impl Iterator<Item = u64> {
    let mut turns = vec![0u64; faults.len()];
    schedule.strikes.iter().map(move |&fault| {
        let turn = &mut turns[fault as usize];
        *turn += 1;
        faults[fault as usize].key.0 ^ (*turn - 1)
    })
}
