//! The running hash of the fact stream, one more per entity, and the facts
//! themselves where somebody asked for them.
//!
//! xxh3-64 over a fixed little-endian encoding: the instant, the fact's pinned
//! number and actor, and what it is about by entity key, never by index. A fact is
//! hashed on top of its entity's hash, and that on top of the run's.

use super::words::About;
use crate::faults::{Fault, Schedule};
use crate::model::fact::{Fact, FactKind, What};
use crate::model::fleet::Fleet;
use crate::model::ids::{RecoveryIx, entity_key};
use crate::model::world::World;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Which facts a run writes down. Without recording it keeps none: an
/// explanation comes from running the same seed again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Record {
    /// None.
    #[default]
    Nothing,
    /// Steps finished and refused: what the critical path is made of.
    Steps,
    /// All.
    Everything,
    /// The first so many: for a run that cannot be run again, and may be long.
    AtMost(u32),
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
    pub(super) steps: Vec<u64>,
    /// Keys of regions.
    pub(super) regions: Vec<u64>,
    /// Keys of tickets: their recovery's connector, and which of its tickets.
    pub(super) tickets: Vec<u64>,
    /// How many tickets each recovery opened.
    opened: Vec<u64>,
    /// The place of each strike's fault, by key.
    pub(super) strikes: Vec<u64>,
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

    #[inline(always)]
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
        // Most facts leave the last word empty: it is not hashed then.
        *own = if words[3] == 0 {
            xxh3_64_with_seed(&bytes[..32], *own)
        } else {
            xxh3_64_with_seed(&bytes, *own)
        };
        self.hash = xxh3_64_with_seed(&own.to_le_bytes(), self.hash);
        let wanted = match self.record {
            Record::Nothing => false,
            Record::Steps => matches!(kind, FactKind::StepFinished | FactKind::StepRefused),
            Record::Everything => true,
            Record::AtMost(count) => self.recorded.len() < count as usize,
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
