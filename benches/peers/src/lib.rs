//! The reference drill, written for several simulators and measured side by side.
//!
//! The drill: every connector of a fleet loses its region at T+0, the region is back at 48 h, and
//! the run ends with the deletion of the last old connector. [`times`] has the durations, [`fleet`]
//! the fleet, [`by_hand`] what must come out, worked out without any simulator.
//!
//! A simulator takes part as a [`Peer`]: one file under `src/peers`, listed in [`peers::all`].

pub mod by_hand;
pub mod fleet;
pub mod odds;
pub mod peers;
pub mod recovery;
pub mod rounds;
pub mod simpy;
pub mod table;
pub mod times;

use serde::Deserialize;

/// A simulator that can run the reference drill.
pub trait Peer {
    /// What the table calls it.
    fn name(&self) -> &str;

    /// Runs the whole drill once, from a healthy fleet to the last deletion, and asserts its end.
    fn drill(&mut self) -> Summary;
}

/// What a drill came to. The instants must be the same in every peer, to the millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Summary {
    /// How many facts were stated.
    pub facts: u64,
    /// When the last old connector was deleted.
    pub finished_ms: u64,
    /// When the last record was recreated.
    pub recreated_ms: u64,
}

impl Summary {
    /// Whether two drills had the same instants. What counts as a fact is each simulator's own.
    pub fn agrees_with(&self, other: &Self) -> bool {
        (self.finished_ms, self.recreated_ms) == (other.finished_ms, other.recreated_ms)
    }
}
