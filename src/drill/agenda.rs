//! What is due, and when: the one clock's only list.

use crate::model::command::Actor;
use crate::model::ids::ConnectorIx;
use crate::time::Instant;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Something that is due.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Due {
    /// A connector has been down for the grace period (F-5).
    ConfigurationLoss(ConnectorIx),
    /// A connector's discovery pass (D-3).
    Pass(ConnectorIx),
    /// Work ends, if it is still the work that it was.
    Work { slot: u32, token: u32 },
    /// A lost ticket is found, or one comes back from the wrong people.
    TicketBack(u32),
    /// A crashed recreation goes on.
    Resume { slot: u32, token: u32 },
}

/// The order of things due at one instant: who acts, then what it is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Turn(u64);

impl Turn {
    /// By actor (health, platform, support, operators, outside), then whole
    /// connectors before single orgs, each in id order, then by step.
    pub(super) fn new(by: Actor, single: bool, id_order: u64, step: u8) -> Self {
        debug_assert!(id_order < 1 << 48);
        Self((by as u64) << 60 | u64::from(single) << 59 | id_order << 8 | u64::from(step))
    }
}

/// An entry is ordered by one number: the instant, then the turn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Entry {
    key: u128,
    due: Due,
}

impl Entry {
    fn new(at: Instant, turn: Turn, due: Due) -> Self {
        debug_assert!(at >= Instant::ZERO, "nothing is due before the run begins");
        Self {
            key: u128::from(at.as_millis() as u64) << 64 | u128::from(turn.0),
            due,
        }
    }

    fn at(&self) -> Instant {
        Instant::from_millis((self.key >> 64) as i64)
    }
}

/// Everything that is due, soonest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Agenda {
    heap: BinaryHeap<Reverse<Entry>>,
}

impl Agenda {
    pub(super) fn put(&mut self, at: Instant, turn: Turn, due: Due) {
        self.heap.push(Reverse(Entry::new(at, turn, due)));
    }

    pub(super) fn next(&self) -> Option<(Instant, Due)> {
        self.heap.peek().map(|it| (it.0.at(), it.0.due))
    }

    pub(super) fn take(&mut self) -> Option<Due> {
        self.heap.pop().map(|it| it.0.due)
    }

    pub(super) fn reset_from(&mut self, snapshot: &Self) {
        self.heap.clone_from(&snapshot.heap);
    }

    /// What is due, in order, relative to `now`: the same for two runs whatever
    /// the order in which it was put there.
    pub(super) fn canonical(&self, now: Instant) -> Vec<(u64, Turn, Due)> {
        let mut all: Vec<_> = self
            .heap
            .iter()
            .map(|it| {
                (
                    it.0.at().since(now).as_millis(),
                    Turn(it.0.key as u64),
                    it.0.due,
                )
            })
            .collect();
        all.sort_unstable();
        all
    }
}
