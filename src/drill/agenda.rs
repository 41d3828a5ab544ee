//! What is due, and when: the one clock's only list.

use super::budget::Payer;
use crate::model::command::Actor;
use crate::model::ids::{ConnectorIx, OrgIx};
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
    /// Work that was put off is handed to its team.
    Begin { slot: u32, token: u32 },
    /// A shift of a team begins or ends.
    Shift(Actor),
    /// People of a team are absent from now on, or back again.
    Absence {
        team: Actor,
        absence: u32,
        count: u32,
        begins: bool,
    },
    /// A budget of requests is spent, or full again.
    Budget { payer: Payer, token: u32 },
    /// A ticket of others comes, of a stream.
    Arrival { stream: u32, number: u32 },
    /// A ticket of others comes because a region was lost.
    Rushed { region: u32, ordinal: u32 },
}

/// The order of things due at one instant: who acts, then what it is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Turn(u64);

impl Turn {
    /// By actor (health, platform, support, operators, outside), then whole
    /// connectors before single orgs, each in id order, then by step.
    pub(super) fn new(by: Actor, single: bool, id_order: u64, step: u8) -> Self {
        debug_assert!(id_order < 1 << 48);
        let single = if single { Self::SINGLE } else { 0 };
        Self((by as u64) << 60 | single | id_order << 8 | u64::from(step))
    }

    const SINGLE: u64 = 1 << 59;

    /// The org that it is about, if it is about one.
    #[inline]
    fn org(self) -> Option<OrgIx> {
        (self.0 & Self::SINGLE != 0).then_some(OrgIx((self.0 >> 8) as u32))
    }
}

/// Something due at an instant, in its turn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Entry {
    at: Instant,
    turn: Turn,
    due: Due,
}

/// How many buckets there are: one for each bit of an instant.
const BUCKETS: usize = 64;

/// Everything that is due, soonest first: a radix heap.
///
/// Nothing is ever put before the instant that was last worked off (`base`), so an
/// entry lies in the bucket of the highest bit in which its instant differs from
/// that one, and the lowest bucket that is not empty holds the soonest. An entry is
/// moved a few times in all, each time to a lower bucket. Fleets move in step, so
/// an instant has many entries: they are sorted once, when their instant comes.
#[derive(Debug)]
pub(super) struct Agenda {
    /// The instant that was last worked off, or is being.
    base: Instant,
    /// What is due at `base`, the last turn first: the next is at the end.
    current: Vec<Entry>,
    /// What was put there since, while it was being worked off.
    added: BinaryHeap<Reverse<(Turn, Due)>>,
    /// What is due later.
    later: Box<[Bucket; BUCKETS]>,
    /// Which of those hold something, one bit each.
    filled: u64,
}

/// Entries that differ from `base` first in the same bit, in no order.
#[derive(Clone, Debug)]
struct Bucket {
    entries: Vec<Entry>,
    soonest: Instant,
}

impl Default for Bucket {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            soonest: Instant::MAX,
        }
    }
}

impl Default for Agenda {
    fn default() -> Self {
        Self {
            base: Instant::default(),
            current: Vec::new(),
            added: BinaryHeap::new(),
            later: Box::new(std::array::from_fn(|_| Bucket::default())),
            filled: 0,
        }
    }
}

impl Agenda {
    #[inline]
    pub(super) fn put(&mut self, at: Instant, turn: Turn, due: Due) {
        debug_assert!(at >= self.base, "nothing is put into the past");
        if at == self.base {
            self.added.push(Reverse((turn, due)));
        } else {
            self.file(Entry { at, turn, due });
        }
    }

    #[inline]
    fn file(&mut self, entry: Entry) {
        let differs = (entry.at.as_millis() ^ self.base.as_millis()) as u64;
        let place = differs.ilog2() as usize;
        let bucket = &mut self.later[place];
        bucket.soonest = bucket.soonest.min(entry.at);
        bucket.entries.push(entry);
        self.filled |= 1 << place;
    }

    /// When the next entry is due.
    #[inline]
    pub(super) fn next(&self) -> Option<Instant> {
        if !self.current.is_empty() || !self.added.is_empty() {
            return Some(self.base);
        }
        let lowest = self.filled.trailing_zeros() as usize;
        self.later.get(lowest).map(|it| it.soonest)
    }

    /// The org that is dealt with a few entries from now, where many are due at one
    /// instant.
    #[inline]
    pub(super) fn org_ahead(&self) -> Option<OrgIx> {
        const AHEAD: usize = 8;
        let place = self.current.len().checked_sub(AHEAD)?;
        self.current[place].turn.org()
    }

    /// Takes the next entry out.
    #[inline]
    pub(super) fn take(&mut self) -> Option<Due> {
        if self.current.is_empty() && self.added.is_empty() {
            self.come_to_next();
        }
        match (self.current.last(), self.added.peek()) {
            (Some(a), Some(Reverse(b))) if *b < (a.turn, a.due) => {
                self.added.pop().map(|it| it.0.1)
            }
            (Some(_), _) => self.current.pop().map(|it| it.due),
            (None, _) => self.added.pop().map(|it| it.0.1),
        }
    }

    /// Spreads the lowest bucket over those below it; what is due first of all
    /// becomes current.
    fn come_to_next(&mut self) {
        let lowest = self.filled.trailing_zeros() as usize;
        let Some(bucket) = self.later.get_mut(lowest) else {
            return;
        };
        self.base = std::mem::replace(&mut bucket.soonest, Instant::MAX);
        self.filled &= !(1 << lowest);
        if bucket.entries.len() == 1 {
            self.current.extend(bucket.entries.pop());
            return;
        }
        let mut entries = std::mem::take(&mut bucket.entries);
        for &entry in &entries {
            if entry.at == self.base {
                self.current.push(entry);
            } else {
                self.file(entry);
            }
        }
        entries.clear();
        self.later[lowest].entries = entries;
        // Mostly they were put there in their order.
        self.current.reverse();
        let comes_later = |a: &Entry, b: &Entry| (a.turn, a.due) >= (b.turn, b.due);
        if !self.current.is_sorted_by(comes_later) {
            self.current
                .sort_unstable_by_key(|it| Reverse((it.turn, it.due)));
        }
    }

    fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        let added = self.added.iter().map(|it| Entry {
            at: self.base,
            turn: it.0.0,
            due: it.0.1,
        });
        let later = self.later.iter().flat_map(|it| &it.entries);
        self.current.iter().chain(later).copied().chain(added)
    }

    /// What is due, as `told` tells it, in order, relative to `now`: the same for
    /// two runs whatever the order in which it was put there.
    pub(super) fn canonical<T: Ord>(
        &self,
        now: Instant,
        told: impl Fn(Due) -> Option<T>,
    ) -> Vec<(u64, Turn, T)> {
        let of = |it: Entry| Some((it.at.since(now).as_millis(), it.turn, told(it.due)?));
        let mut all: Vec<_> = self.entries().filter_map(of).collect();
        all.sort_unstable();
        all
    }
}

impl Clone for Agenda {
    fn clone(&self) -> Self {
        Self {
            base: self.base,
            current: self.current.clone(),
            added: self.added.clone(),
            later: self.later.clone(),
            filled: self.filled,
        }
    }

    /// Reuses the allocations: a drill starts by copying a snapshot.
    fn clone_from(&mut self, source: &Self) {
        self.base = source.base;
        self.current.clone_from(&source.current);
        self.added.clone_from(&source.added);
        let used = self.filled | source.filled;
        for (place, bucket) in self.later.iter_mut().enumerate() {
            if used & (1 << place) != 0 {
                let other = &source.later[place];
                bucket.entries.clone_from(&other.entries);
                bucket.soonest = other.soonest;
            }
        }
        self.filled = source.filled;
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
        fn comes_in_order(steps in prop::collection::vec((any::<bool>(), 0i64..1 << 40, 0u32..40, 0u64..6), 1..120)) {
            let (mut agenda, mut sorted) = (Agenda::default(), std::collections::BTreeSet::new());
            let mut now = 0;
            for (number, (put, far, shift, order)) in steps.into_iter().enumerate() {
                if put {
                    // Near and far instants, and many at the same one.
                    let at = Instant::from_millis(now + (far >> shift));
                    let turn = Turn::new(Actor::Platform, true, order, 0);
                    let due = Due::TicketBack(number as u32);
                    agenda.put(at, turn, due);
                    sorted.insert((at, turn, due));
                } else {
                    prop_assert_eq!(agenda.next(), sorted.first().map(|it| it.0));
                    now = agenda.next().map_or(now, Instant::as_millis);
                    prop_assert_eq!(agenda.take(), sorted.pop_first().map(|it| it.2));
                }
                prop_assert_eq!(agenda.canonical(Instant::ZERO, Some).len(), sorted.len());
            }
            // A copy into memory that held something else goes on as the original.
            let mut copy = Agenda::default();
            copy.put(Instant::from_millis(1 << 50), Turn::new(Actor::Fate, false, 0, 0), Due::TicketBack(0));
            copy.clone_from(&agenda);
            while let Some(due) = agenda.take() {
                prop_assert_eq!(copy.next(), sorted.first().map(|it| it.0));
                prop_assert_eq!(Some(due), sorted.pop_first().map(|it| it.2));
                prop_assert_eq!(copy.take(), Some(due));
            }
            prop_assert_eq!(copy.take(), None);
        }
    }
}
