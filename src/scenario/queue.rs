//! The support queue: our tickets' place in it, and everybody else's.

use crate::chance::{CountDist, DurationDist, EntityKey};
use crate::time::Instant;

/// The priority of a ticket of which nothing is said: the middle one.
pub const USUAL_PRIORITY: u8 = 3;

/// What a scenario says of the support queue. Said of nothing, only our tickets
/// stand in it, in the order in which they came.
#[derive(Clone, PartialEq, Debug)]
pub struct SupportQueue {
    /// The class of our tickets: 1 is taken first, 5 last. Within a class, who came
    /// first is served first; what somebody is reading is read to its end.
    pub priority: u8,
    /// What becomes of a ticket that was rejected, once it is put right (F-9).
    pub rework: Rework,
    /// Everybody else's tickets, day in, day out; in byte order of their names.
    pub others: Vec<Stream>,
    /// Everybody's ticket when a region is lost.
    pub region_lost: Option<Rush>,
}

impl Default for SupportQueue {
    fn default() -> Self {
        Self {
            priority: USUAL_PRIORITY,
            rework: Rework {
                keeps_place: false,
                priority: USUAL_PRIORITY,
            },
            others: Vec::new(),
            region_lost: None,
        }
    }
}

impl SupportQueue {
    /// Whether others stand in the queue, so that a ticket's place in it is worth
    /// telling.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        !self.others.is_empty() || self.region_lost.is_some()
    }
}

/// The ticket that takes the place of a rejected one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rework {
    /// Whether it has the rejected one's place; otherwise it joins the end.
    pub keeps_place: bool,
    /// Its class.
    pub priority: u8,
}

/// Tickets of others that come at their own pace.
#[derive(Clone, PartialEq, Debug)]
pub struct Stream {
    /// Its identity, `others/` and its name: draws are keyed by it.
    pub key: EntityKey,
    /// What it is called.
    pub name: Box<str>,
    /// The time from each ticket to the next, and from `from` to the first.
    pub every: DurationDist,
    /// How long one takes to read; as long as one of ours if nothing is said.
    pub takes: Option<DurationDist>,
    /// Their class.
    pub priority: u8,
    /// From when they come.
    pub from: Instant,
    /// Until when they come; to the end of the run if nothing is said.
    pub to: Option<Instant>,
}

/// Tickets of others that come because a region is lost.
#[derive(Clone, PartialEq, Debug)]
pub struct Rush {
    /// How many.
    pub tickets: CountDist,
    /// How long after the loss each of them comes.
    pub after: DurationDist,
    /// How long one takes to read; as long as one of ours if nothing is said.
    pub takes: Option<DurationDist>,
    /// Their class.
    pub priority: u8,
}
