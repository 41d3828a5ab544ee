//! Tickets that somebody outside opens (F-9).

use super::Run;
use crate::model::command::{Command, TicketScope};
use crate::model::evolve::next_ticket;
use crate::model::fact::{Reason, Subject};
use crate::model::ids::{ConnectorIx, RecoveryIx, TicketIx};
use crate::model::ranges::RangeSet;
use crate::procedure::{Issue, Phase, Progress, TicketProgress};
use crate::time::Instant;

/// A ticket that asks for the release of orgs (F-9).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asking {
    /// The connector whose Resource ID it carries; nobody if it names none.
    pub names: Option<ConnectorIx>,
    /// The connector that is to take the orgs, where the ticket says so (L-2).
    pub to: Option<ConnectorIx>,
    /// Which orgs.
    pub scope: TicketScope,
}

impl Run<'_> {
    /// F-9: opens a ticket. It belongs to the recovery that its connectors are part
    /// of; one that names somebody else's connector, or none, to the first recovery
    /// that has opened none.
    ///
    /// # Errors
    /// `Unfit`, if no recovery can be meant, or the procedure knows no tickets.
    pub fn open_ticket_for(&mut self, asking: &Asking, began: Instant) -> Result<TicketIx, Reason> {
        let recovery = self.recovery_meant(asking, began).ok_or(Reason::Unfit)?;
        let place = self.recovery_place(recovery);
        let opens = self.waiting_step(place, Issue::OpenTicket, Subject::Connector);
        let step = opens
            .or_else(|| self.plan.procedure.doing(Issue::OpenTicket))
            .ok_or(Reason::Unfit)?;
        let ticket = next_ticket(&self.state.world);
        self.ordered(&Command::OpenTicket {
            recovery,
            names: asking.names.unwrap_or(ConnectorIx::NONE),
            scope: asking.scope.clone(),
            forgotten: RangeSet::new(),
        })?;
        self.queue_ticket(place, step, ticket);
        self.state.progress[place].tickets.push(TicketProgress {
            ticket,
            opened_by: step,
            done: 0,
            begun: 0,
        });
        self.meet_ticket_mishaps(place, ticket);
        if opens.is_some() {
            self.finished_outside(place, step, Subject::Connector, began);
        }
        self.consider_ticket_steps(place, ticket);
        self.settle();
        Ok(ticket)
    }

    fn recovery_meant(&mut self, asking: &Asking, began: Instant) -> Option<RecoveryIx> {
        let world = &self.state.world;
        let serves = asking.to.map_or(&[][..], |it| &world.connector(it).serves);
        let root = |it: ConnectorIx| world.connector(it).root;
        let of_named = |it: &&RecoveryIx| {
            let named = asking.names.map(root);
            named == Some(root(world.recovery(**it).connector))
        };
        if let Some(&recovery) = serves.iter().rfind(of_named).or(serves.last()) {
            return Some(recovery);
        }
        let touched = |it: ConnectorIx| self.state.plants[it.ix()].latest.is_some();
        if let Some(named) = asking.names.filter(|&it| touched(it)) {
            return Some(self.recover(named, began));
        }
        let waits = |it: &Progress| it.phase == Phase::Running && it.tickets.is_empty();
        let first = self.state.progress.iter().find(|it| waits(it));
        match (first.map(|it| it.recovery), asking.names) {
            (Some(recovery), _) => Some(recovery),
            (None, Some(named)) => Some(self.recover(named, began)),
            (None, None) => None,
        }
    }
}
