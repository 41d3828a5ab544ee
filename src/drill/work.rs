//! Work under way: what is done, how much is left, and who waits for whom.

use super::agenda::Turn;
use crate::model::command::Actor;
use crate::model::fact::Subject;
use crate::model::ids::{ConnectorIx, OrgIx, StepIx, TicketIx};
use crate::procedure::Slip;
use crate::time::{Duration, Factor, Instant};

/// What a piece of work is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Task {
    /// A step of a recovery, for one subject.
    Step {
        progress: u32,
        step: StepIx,
        subject: Subject,
    },
    /// A connector's discovery goes through an org (D-3).
    Explore { connector: ConnectorIx, org: OrgIx },
    /// Support reads somebody else's ticket.
    Foreign { priority: u8, ticket: u32 },
}

/// A slip that will be made on a piece of work.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Fumble {
    pub(super) slip: Slip,
    /// The armed slip that it comes from, with what that one says.
    pub(super) armed: Option<u32>,
}

/// A recreation's place: which kind, and from which record.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct Place {
    /// The kind, by its number.
    pub(super) kind: u8,
    /// The next record.
    pub(super) from: u32,
    /// One past the last of this stretch.
    pub(super) to: u32,
    /// How many records are left before a crash; `u64::MAX` for none.
    pub(super) crash_in: u64,
    /// How long a crash stops it; forever if `Duration::MAX`.
    pub(super) resumes_after: Duration,
    /// How many alerts are to be recreated: decided when it starts.
    pub(super) alerts: u32,
}

/// Whose one org after another a piece of work is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Line {
    /// Nobody's: it was begun as soon as somebody had time.
    None,
    /// The release of a ticket's orgs (F-9).
    Release(TicketIx),
    /// A connector's discovery (D-3).
    Discovery(ConnectorIx),
    /// A connector's recreation (F-13).
    Recreation(ConnectorIx),
}

/// An instant that has not come.
pub(super) const NOT_YET: Instant = Instant::MAX;

/// A piece of work.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Work {
    pub(super) task: Task,
    pub(super) line: Line,
    /// Who does it.
    pub(super) by: Actor,
    /// Its place among what is due at one instant.
    pub(super) turn: Turn,
    /// When its needs were met.
    pub(super) ready: Instant,
    /// When somebody began it; [`NOT_YET`] if nobody has.
    pub(super) began: Instant,
    /// The work left, at full pace.
    pub(super) left: Duration,
    /// Since when `left` is counted; [`NOT_YET`] while it is not under way.
    pub(super) since: Instant,
    /// Its pace; `None` stands still.
    pub(super) pace: Option<Factor>,
    pub(super) fumble: Option<Fumble>,
    /// Whether it crashed, and waits to be resumed.
    pub(super) crashed: bool,
    /// Tells this work from what was in its slot before; [`Bench::FREE`] in a free slot.
    pub(super) token: u32,
}

impl Work {
    /// A piece of work that nobody has begun.
    pub(super) const fn new(task: Task, line: Line, by: Actor, turn: Turn, ready: Instant) -> Self {
        Self {
            task,
            line,
            by,
            turn,
            ready,
            began: NOT_YET,
            left: Duration::ZERO,
            since: NOT_YET,
            pace: Some(Factor::ONE),
            fumble: None,
            crashed: false,
            token: Bench::FREE,
        }
    }
}

/// All work, in slots that are used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Bench {
    slots: Vec<Work>,
    free: Vec<u32>,
    tokens: u32,
}

impl Bench {
    /// The token of a slot that holds no work.
    pub(super) const FREE: u32 = 0;

    #[inline]
    fn token(&mut self) -> u32 {
        self.tokens = self.tokens.wrapping_add(1).max(Self::FREE + 1);
        self.tokens
    }

    #[inline]
    pub(super) fn put(&mut self, mut work: Work) -> u32 {
        work.token = self.token();
        match self.free.pop() {
            Some(slot) => {
                self.slots[slot as usize] = work;
                slot
            }
            None => {
                self.slots.push(work);
                self.slots.len() as u32 - 1
            }
        }
    }

    /// The work in a slot, which must hold some.
    #[inline]
    pub(super) fn at(&self, slot: u32) -> &Work {
        let work = &self.slots[slot as usize];
        debug_assert_ne!(work.token, Self::FREE, "the slot holds work");
        work
    }

    #[inline]
    pub(super) fn at_mut(&mut self, slot: u32) -> &mut Work {
        let work = &mut self.slots[slot as usize];
        debug_assert_ne!(work.token, Self::FREE, "the slot holds work");
        work
    }

    /// Whether the work in a slot is still the one that is meant.
    #[inline]
    pub(super) fn still(&self, slot: u32, token: u32) -> bool {
        self.slots[slot as usize].token == token
    }

    /// Takes the work out of a slot.
    #[inline]
    pub(super) fn take(&mut self, slot: u32) -> Work {
        self.free.push(slot);
        let work = &mut self.slots[slot as usize];
        debug_assert_ne!(work.token, Self::FREE, "the slot holds work");
        let taken = work.clone();
        work.token = Self::FREE;
        taken
    }

    /// Makes what is due for the work in a slot void, and gives its new token.
    #[inline]
    pub(super) fn renew(&mut self, slot: u32) -> u32 {
        let token = self.token();
        self.at_mut(slot).token = token;
        token
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &Work)> {
        let all = self.slots.iter().enumerate();
        all.filter(|it| it.1.token != Self::FREE)
            .map(|it| (it.0 as u32, it.1))
    }

    pub(super) fn reset_from(&mut self, snapshot: &Self) {
        self.slots.clone_from(&snapshot.slots);
        self.free.clone_from(&snapshot.free);
        self.tokens = snapshot.tokens;
    }
}

/// Somebody who does one org after another, smallest id first: a connector's
/// discovery, its recreation, a ticket's release. One piece of work is under
/// way; the rest wait here.
#[derive(Debug, Default)]
pub(super) struct Lane {
    /// The waiting orgs in id order, from `head` on.
    waiting: Vec<Waiting>,
    head: usize,
    /// The slot of the work under way, or none.
    pub(super) current: Option<u32>,
}

/// An org that waits in a lane.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Waiting {
    pub(super) org: OrgIx,
    pub(super) step: StepIx,
    pub(super) progress: u32,
    pub(super) ready: Instant,
    /// The slip that will be made when its turn comes: it goes with the org.
    pub(super) fumble: Option<Fumble>,
}

impl Clone for Lane {
    fn clone(&self) -> Self {
        Self {
            waiting: self.waiting[self.head..].to_vec(),
            head: 0,
            current: self.current,
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.waiting.clear();
        self.waiting
            .extend_from_slice(&source.waiting[source.head..]);
        (self.head, self.current) = (0, source.current);
    }
}

impl Lane {
    #[inline]
    pub(super) fn push(&mut self, it: Waiting) {
        // They mostly come in their order.
        if self.waiting.last().is_none_or(|last| last.org < it.org) {
            self.waiting.push(it);
            return;
        }
        let behind = self.waiting[self.head..].partition_point(|other| other.org < it.org);
        self.waiting.insert(self.head + behind, it);
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<Waiting> {
        let next = *self.waiting.get(self.head)?;
        self.head += 1;
        if self.head == self.waiting.len() {
            self.waiting.clear();
            self.head = 0;
        }
        Some(next)
    }

    pub(super) fn waiting(&self) -> &[Waiting] {
        &self.waiting[self.head..]
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.head == self.waiting.len()
    }

    /// Takes an org out; whether it waited.
    pub(super) fn remove(&mut self, org: OrgIx) -> bool {
        let found = self.waiting[self.head..].binary_search_by_key(&org, |it| it.org);
        if let Ok(at) = found {
            self.waiting.remove(self.head + at);
        }
        found.is_ok()
    }

    pub(super) fn clear(&mut self) {
        self.waiting.clear();
        self.head = 0;
    }
}

/// An org whose release is done, and perhaps held.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Released {
    pub(super) org: OrgIx,
    pub(super) progress: u32,
    pub(super) step: StepIx,
    pub(super) ready: Instant,
    pub(super) began: Instant,
}

/// How many orgs a ticket has left while nobody knows: it is away.
pub(super) const AWAY: u32 = u32::MAX;

/// A ticket's place in support.
#[derive(Debug, Default)]
pub(super) struct Desk {
    /// Who releases its orgs.
    pub(super) lane: Lane,
    /// Its class in the queue; the smallest number goes first.
    pub(super) priority: u8,
    /// Its place in its class: tickets are taken in the order in which they came.
    pub(super) position: u64,
    /// How many orgs are still to be let go; [`AWAY`] while nobody looks at it.
    pub(super) left: u32,
    /// Orgs that are done but held, where a ticket is released as a whole.
    pub(super) held: Vec<Released>,
    /// Only this share of its orgs will be released, in parts per million.
    pub(super) keeps_ppm: Option<u32>,
}

impl Clone for Desk {
    fn clone(&self) -> Self {
        Self {
            lane: self.lane.clone(),
            held: self.held.clone(),
            ..*self
        }
    }

    /// Reuses the allocations: a drill starts by copying a snapshot.
    fn clone_from(&mut self, source: &Self) {
        let (mut lane, mut held) = (
            std::mem::take(&mut self.lane),
            std::mem::take(&mut self.held),
        );
        lane.clone_from(&source.lane);
        held.clone_from(&source.held);
        *self = Self {
            lane,
            held,
            ..*source
        };
    }
}

impl Desk {
    /// Its place among all tickets in the queue.
    pub(super) const fn place(&self) -> u64 {
        super::others::place_of(self.priority, self.position)
    }
}

/// What a ticket is called in the queue.
pub(super) fn desk(ticket: TicketIx) -> usize {
    ticket.ix()
}
