//! Who does what, in which order: step graphs, recoveries, people's slips.

mod compile;
mod defects;
mod graph;
mod progress;

pub use compile::{Graph, GraphError, Node, bits};
pub use defects::{Draft, Rewrite};
pub use graph::{
    DETOURS_MAX, ForEach, Issue, Need, Procedure, STEPS_MAX, Slip, Step, Takes, Target, When,
};
pub use progress::{Choice, OrgProgress, Phase, Progress, TicketProgress};
