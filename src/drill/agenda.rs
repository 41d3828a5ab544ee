//! What is due, and when: the one clock's only list.

use crate::model::command::Actor;
use crate::model::ids::ConnectorIx;
use crate::time::Instant;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

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

/// Something due, in its turn.
type Entry = (Turn, Due);

/// Everything that is due, soonest first.
///
/// Entries lie in buckets, one an instant. Fleets move in step, so an instant has
/// many of them: a bucket is sorted once, when its instant comes, rather than
/// being kept in order all along.
#[derive(Clone, Debug, Default)]
pub(super) struct Agenda {
    /// What is due later, by instant, in no order.
    later: BTreeMap<Instant, Vec<Entry>>,
    /// The soonest instant that anything is due at.
    soonest: Option<Instant>,
    /// What is due then, the last turn first: the next is at the end.
    current: Vec<Entry>,
    /// What was put there since, while it was being worked off.
    added: BinaryHeap<Reverse<Entry>>,
    /// Emptied buckets, for their memory.
    spare: Vec<Vec<Entry>>,
}

impl Agenda {
    pub(super) fn put(&mut self, at: Instant, turn: Turn, due: Due) {
        if self.soonest == Some(at) {
            self.added.push(Reverse((turn, due)));
            return;
        }
        let spare = &mut self.spare;
        self.later
            .entry(at)
            .or_insert_with(|| spare.pop().unwrap_or_default())
            .push((turn, due));
        if self.soonest.is_none_or(|soonest| at < soonest) {
            self.put_off_current();
            self.come_to_next();
        }
    }

    pub(super) fn next(&self) -> Option<Instant> {
        self.soonest
    }

    pub(super) fn take(&mut self) -> Option<Due> {
        let next = match (self.current.last(), self.added.peek()) {
            (Some(a), Some(Reverse(b))) if b < a => self.added.pop().map(|it| it.0),
            (Some(_), _) => self.current.pop(),
            (None, _) => self.added.pop().map(|it| it.0),
        };
        if self.current.is_empty() && self.added.is_empty() {
            self.come_to_next();
        }
        next.map(|it| it.1)
    }

    /// Something earlier came up: what was soonest is due later after all.
    fn put_off_current(&mut self) {
        if let Some(soonest) = self.soonest.take() {
            let mut bucket = std::mem::take(&mut self.current);
            bucket.extend(self.added.drain().map(|it| it.0));
            self.later.insert(soonest, bucket);
        }
    }

    fn come_to_next(&mut self) {
        self.soonest = None;
        if let Some((at, bucket)) = self.later.pop_first() {
            self.soonest = Some(at);
            self.spare
                .push(std::mem::replace(&mut self.current, bucket));
            self.current.sort_unstable_by(|a, b| b.cmp(a));
        }
    }

    pub(super) fn reset_from(&mut self, snapshot: &Self) {
        while let Some((_, mut bucket)) = self.later.pop_first() {
            bucket.clear();
            self.spare.push(bucket);
        }
        self.later.clone_from(&snapshot.later);
        self.soonest = snapshot.soonest;
        self.current.clone_from(&snapshot.current);
        self.added.clone_from(&snapshot.added);
    }

    /// What is due, in order, relative to `now`: the same for two runs whatever
    /// the order in which it was put there.
    pub(super) fn canonical(&self, now: Instant) -> Vec<(u64, Turn, Due)> {
        let relative = |at: Instant| at.since(now).as_millis();
        let soon = self.current.iter().chain(self.added.iter().map(|it| &it.0));
        let soon = soon.filter_map(|it| self.soonest.map(|at| (relative(at), it.0, it.1)));
        let later = self.later.iter().flat_map(|it| {
            it.1.iter()
                .map(move |entry| (relative(*it.0), entry.0, entry.1))
        });
        let mut all: Vec<_> = soon.chain(later).collect();
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever is put and taken in whatever order, the soonest comes first,
        /// and within an instant the first turn.
        #[test]
        fn comes_in_order(steps in prop::collection::vec((any::<bool>(), 0i64..6, 0u64..6), 1..120)) {
            let (mut agenda, mut sorted) = (Agenda::default(), std::collections::BTreeSet::new());
            for (number, (put, at, order)) in steps.into_iter().enumerate() {
                if put {
                    let (at, turn) = (Instant::from_millis(at), Turn::new(Actor::Platform, true, order, 0));
                    let due = Due::TicketBack(number as u32);
                    agenda.put(at, turn, due);
                    sorted.insert((at, turn, due));
                } else {
                    prop_assert_eq!(agenda.next(), sorted.first().map(|it| it.0));
                    prop_assert_eq!(agenda.take(), sorted.pop_first().map(|it| it.2));
                }
                prop_assert_eq!(agenda.canonical(Instant::ZERO).len(), sorted.len());
            }
        }
    }
}
