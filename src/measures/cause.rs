//! What the time of a clock was spent on.

use crate::model::command::Actor;
use crate::procedure::{ForEach, Issue, Node};

/// What a stretch of a clock was spent on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Cause {
    /// Nobody had noticed yet.
    Detect,
    /// People looked, talked, decided.
    Decide,
    /// The customer's people worked.
    CustomersWork,
    /// A step was ready, and nobody was there to do it.
    WaitingForAPerson,
    /// The ticket stood in the support queue.
    WaitingInTheTicketQueue,
    /// Support or the platform worked.
    MicrosoftsWork,
    /// The platform went through orgs, this one's or those before it.
    Discovery,
    /// The platform recreated records, this org's or those before it.
    Recreation,
    /// The region was down, or there was none to go to.
    WaitingForTheRegion,
}

impl Cause {
    /// How many there are.
    pub const COUNT: usize = 9;

    /// Every cause, in the order of output.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Detect,
        Self::Decide,
        Self::CustomersWork,
        Self::WaitingForAPerson,
        Self::WaitingInTheTicketQueue,
        Self::MicrosoftsWork,
        Self::Discovery,
        Self::Recreation,
        Self::WaitingForTheRegion,
    ];

    /// The name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Decide => "decide",
            Self::CustomersWork => "customer's work",
            Self::WaitingForAPerson => "waiting for a person",
            Self::WaitingInTheTicketQueue => "waiting in the ticket queue",
            Self::MicrosoftsWork => "Microsoft's work",
            Self::Discovery => "discovery",
            Self::Recreation => "recreation",
            Self::WaitingForTheRegion => "waiting for the region",
        }
    }

    /// What the time from a step's begin to its end was.
    pub(super) fn of_work(node: &Node) -> Self {
        match (node.issue, node.by) {
            (Issue::Detect, _) => Self::Detect,
            (Issue::Discover, _) => Self::Discovery,
            (Issue::RecreateRecords, _) => Self::Recreation,
            (_, Actor::Support | Actor::Platform) => Self::MicrosoftsWork,
            (Issue::Nothing, _) => Self::Decide,
            _ => Self::CustomersWork,
        }
    }

    /// What the time from the end of a step's needs to its begin was.
    pub(super) fn of_wait(node: &Node) -> Self {
        match (node.issue, node.by) {
            (Issue::Discover, _) => Self::Discovery,
            (Issue::RecreateRecords, _) => Self::Recreation,
            (_, Actor::Support) if node.for_each == ForEach::Ticket => {
                Self::WaitingInTheTicketQueue
            }
            (_, Actor::Support | Actor::Platform) => Self::MicrosoftsWork,
            _ => Self::WaitingForAPerson,
        }
    }

    /// What the time was between the last of a step's needs and the instant when
    /// it was ready.
    pub(super) fn of_gap(node: &Node) -> Self {
        match (node.issue, node.by) {
            _ if node.needs_region => Self::WaitingForTheRegion,
            (Issue::CreateConnector | Issue::Detect, _) => Self::WaitingForTheRegion,
            // Until one of the platform's regular passes found the org (D-3).
            (Issue::Discover, _) => Self::Discovery,
            (Issue::RecreateRecords, _) => Self::Recreation,
            // A ticket that was lost, or went to the wrong people first.
            (_, Actor::Support) => Self::WaitingInTheTicketQueue,
            _ => Self::WaitingForAPerson,
        }
    }
}
