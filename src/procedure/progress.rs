//! How far each recovery has come: which steps are finished, begun, or tried
//! before. Only sets of bits and counts; the engine says what happens next.

use super::compile::{Graph, Node, bits};
use super::graph::STEPS_MAX;
use crate::model::ids::{ConnectorIx, RecoveryIx, RegionIx, StepIx, TicketIx};
use crate::time::Instant;

/// Where a recovery stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Phase {
    /// The outage lasts, or cost the configuration, and is not detected yet.
    Detecting,
    /// Detected, and waiting for an earlier recovery (serial recoveries).
    Queued,
    /// Its steps are being done.
    Running,
    /// Nothing more is to be done: it stood down, or was never detected.
    Over,
}

/// What `target` chose.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Choice {
    /// Nothing yet.
    Open,
    /// A new connector in this region.
    Region(RegionIx),
    /// This existing connector (F-7).
    Adopt(ConnectorIx),
}

/// A ticket's own steps.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct TicketProgress {
    /// Which ticket.
    pub ticket: TicketIx,
    /// The step that opened it.
    pub opened_by: StepIx,
    /// Finished steps.
    pub done: u32,
    /// Steps that were begun, or wait for somebody.
    pub begun: u32,
}

/// How far one recovery has come.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Progress {
    /// The lost connector.
    pub lost: ConnectorIx,
    /// The recovery, once the outage is detected.
    pub recovery: RecoveryIx,
    /// Where it stands.
    pub phase: Phase,
    /// Finished steps for the connector.
    pub done: u32,
    /// Steps for the connector that were begun, or wait for somebody.
    pub begun: u32,
    /// Whether this outage cost the connector its configuration (F-5).
    pub configuration_lost: bool,
    /// What `target` chose.
    pub choice: Choice,
    /// Regions that refused, and connectors that would not do.
    pub refused_regions: Vec<RegionIx>,
    /// Connectors that could not be adopted.
    pub refused_connectors: Vec<ConnectorIx>,
    /// How often each step was tried.
    pub tries: [u16; STEPS_MAX],
    /// How often a refusal led back.
    pub detours: u32,
    /// Its tickets.
    pub tickets: Vec<TicketProgress>,
    /// For each step, how many orgs have it before them.
    pub orgs_left: [u32; STEPS_MAX],
}

impl Progress {
    /// The recovery of a connector whose outage has just begun.
    #[must_use]
    pub fn of(lost: ConnectorIx) -> Self {
        Self {
            lost,
            recovery: RecoveryIx::NONE,
            phase: Phase::Detecting,
            done: 0,
            begun: 0,
            configuration_lost: false,
            choice: Choice::Open,
            refused_regions: Vec::new(),
            refused_connectors: Vec::new(),
            tries: [0; STEPS_MAX],
            detours: 0,
            tickets: Vec::new(),
            orgs_left: [0; STEPS_MAX],
        }
    }

    /// Whether a step for the connector has all that it needs, the region apart.
    #[must_use]
    pub fn ready_for_connector(&self, node: &Node) -> bool {
        self.done & node.needs_connector == node.needs_connector
            && self
                .tickets
                .iter()
                .all(|it| it.done & node.needs_ticket == node.needs_ticket)
            && bits(node.needs_org).all(|it| self.orgs_left[it.ix()] == 0)
    }

    /// Whether a step for a ticket has all that it needs. Of several steps that
    /// open tickets, it needs the one that opened this ticket.
    #[must_use]
    pub fn ready_for_ticket(&self, graph: &Graph, node: &Node, ticket: &TicketProgress) -> bool {
        let opens = |it: &StepIx| graph.step(*it).issue == super::Issue::OpenTicket;
        let openers = bits(node.needs_connector)
            .filter(opens)
            .fold(0, |set, it| set | it.bit());
        let others = node.needs_connector & !openers;
        (openers == 0 || openers & ticket.opened_by.bit() != 0)
            && self.done & others == others
            && ticket.done & node.needs_ticket == node.needs_ticket
    }

    /// Whether everything but the old connector's end is finished.
    #[must_use]
    pub fn only_retiring_left(&self, graph: &Graph) -> bool {
        let wanted = graph.connector_steps & !graph.retiring;
        self.done & wanted == wanted
            && bits(graph.org_steps & !graph.retiring).all(|it| self.orgs_left[it.ix()] == 0)
            && self
                .tickets
                .iter()
                .all(|it| it.done & graph.ticket_steps == graph.ticket_steps)
    }

    /// A ticket's row.
    pub fn ticket_mut(&mut self, ticket: TicketIx) -> Option<&mut TicketProgress> {
        self.tickets.iter_mut().find(|it| it.ticket == ticket)
    }
}

/// How far one org has come in its recovery.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct OrgProgress {
    /// Finished steps.
    pub done: u32,
    /// Steps that were begun, or wait for somebody.
    pub begun: u32,
    /// Finished steps of the ticket that covers it.
    pub ticket_done: u32,
    /// That ticket.
    pub ticket: TicketIx,
    /// Since when it waits for discovery.
    pub discover_since: Instant,
    /// What was finished and begun when a lost target's recovery took the org over,
    /// should that one stand down.
    pub put_by: (u32, u32),
}

impl OrgProgress {
    /// An org that nothing was done for.
    pub const FRESH: Self = Self {
        done: 0,
        begun: 0,
        ticket_done: 0,
        ticket: TicketIx::NONE,
        discover_since: Instant::ZERO,
        put_by: (0, 0),
    };

    /// Whether a step for the org has all that it needs.
    #[inline]
    #[must_use]
    pub fn ready(&self, node: &Node, connector_done: u32) -> bool {
        self.done & node.needs_org == node.needs_org
            && self.ticket_done & node.needs_ticket == node.needs_ticket
            && connector_done & node.needs_connector == node.needs_connector
    }
}
