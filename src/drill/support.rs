//! A ticket's way through support: opened, perhaps lost or misrouted, read, and
//! worked off org by org (F-9).

use super::agenda::{Due, Turn};
use super::run::Run;
use super::work::{AWAY, Released, Task, Waiting, desk};
use crate::faults::MishapKind;
use crate::model::command::{Actor, Command};
use crate::model::fact::{Reason, Subject};
use crate::model::ids::{ConnectorIx, OrgIx, StepIx, TicketIx};
use crate::model::rules::Rule;
use crate::model::world::TicketState;
use crate::procedure::{ForEach, Issue, bits};
use crate::time::Duration;

impl Run<'_> {
    /// A ticket takes its place in the queue: at the end of its class or, put right
    /// after it was rejected, where that one was, if support keeps it.
    pub(super) fn queue_ticket(&mut self, place: usize, step: StepIx, ticket: TicketIx) {
        let tickets = &self.state.progress[place].tickets;
        let before = tickets.iter().rev().find(|it| it.opened_by == step);
        let wrong = before
            .map(|it| it.ticket)
            .filter(|&it| self.state.world.ticket(it).state == TicketState::Rejected);
        let queue = &self.plan.queue;
        let (priority, kept) = match wrong {
            Some(wrong) => {
                let was = self.state.desks[desk(wrong)].position;
                let rework = queue.rework;
                (rework.priority, rework.keeps_place.then_some(was))
            }
            None => (queue.priority, None),
        };
        let position = kept.unwrap_or_else(|| {
            self.state.position += 1;
            self.state.position - 1
        });
        let desk = &mut self.state.desks[desk(ticket)];
        (desk.priority, desk.position) = (priority, position);
        self.tell_place(ticket);
    }

    /// What waits for a connector's next ticket happens to it now; then it waits
    /// to be read.
    pub(super) fn meet_ticket_mishaps(&mut self, place: usize, ticket: TicketIx) {
        let recovery = self.state.progress[place].recovery;
        let root = self.root_of_recovery(recovery);
        if let Some((_, MishapKind::TicketPartial(keep))) =
            self.take_mishap(root, |it| matches!(it, MishapKind::TicketPartial(_)))
        {
            self.state.desks[desk(ticket)].keeps_ppm = Some(keep.as_ppm());
        }
        if let Some((_, MishapKind::TicketLost(lasts))) =
            self.take_mishap(root, |it| matches!(it, MishapKind::TicketLost(_)))
        {
            self.order(Actor::Support, &Command::LoseTicket { ticket, lost: true });
            self.ticket_away(ticket, lasts);
        } else if let Some((_, MishapKind::TicketMisrouted(lasts))) =
            self.take_mishap(root, |it| matches!(it, MishapKind::TicketMisrouted(_)))
        {
            self.order(Actor::Support, &Command::MisrouteTicket(ticket));
            self.ticket_away(ticket, Some(lasts));
        }
    }

    fn ticket_away(&mut self, ticket: TicketIx, lasts: Option<Duration>) {
        self.state.desks[desk(ticket)].left = AWAY;
        if let Some(lasts) = lasts.filter(|&it| it < Duration::MAX) {
            let turn = Turn::new(Actor::Support, false, u64::from(ticket.0), 0);
            self.put(self.state.now + lasts, turn, Due::TicketBack(ticket.0));
        }
    }

    /// A ticket is found again, or comes back: it joins the end of the queue.
    pub(super) fn ticket_back(&mut self, ticket: u32) {
        let ticket = TicketIx(ticket);
        let found = self.state.world.ticket(ticket).state == TicketState::Lost;
        if found && !self.plan.rules.hold(Rule::TakeUpFoundTickets) {
            return;
        }
        self.state.desks[desk(ticket)].left = 0;
        self.state.desks[desk(ticket)].position = self.state.position;
        self.state.position += 1;
        self.tell_place(ticket);
        if found {
            self.order(
                Actor::Support,
                &Command::LoseTicket {
                    ticket,
                    lost: false,
                },
            );
        }
        let place = self.recovery_place(self.state.world.ticket(ticket).recovery);
        self.consider_ticket_steps(place, ticket);
    }

    /// Begins what may be begun for a ticket.
    pub(super) fn consider_ticket_steps(&mut self, place: usize, ticket: TicketIx) {
        for step in bits(self.plan.procedure.ticket_steps) {
            self.consider_ticket(place, step, ticket);
        }
    }

    /// The end of triage: the ticket is understood, or rejected.
    pub(super) fn triage(&mut self, place: usize, subject: Subject) -> Option<Reason> {
        let Subject::Ticket(ticket) = subject else {
            return None;
        };
        self.order(Actor::Support, &Command::TriageTicket(ticket));
        if self.state.world.ticket(ticket).state == TicketState::Rejected {
            // It holds nothing up: another will be opened, or none.
            if let Some(row) = self.state.progress[place].ticket_mut(ticket) {
                row.done |= self.plan.procedure.ticket_steps;
            }
            return Some(Reason::NamesNobody);
        }
        if let Some(keep) = self.state.desks[desk(ticket)].keeps_ppm {
            let covered = u64::from(self.state.world.ticket(ticket).covers.len());
            let keep = (covered * u64::from(keep)).div_ceil(1_000_000) as u32;
            self.order(Actor::Support, &Command::CutTicket { ticket, keep });
        }
        let left = self.state.world.ticket(ticket).covers.len();
        self.state.desks[desk(ticket)].left = left;
        if left == 0 {
            self.order(Actor::Support, &Command::CloseTicket(ticket));
        }
        None
    }

    /// What a ticket's step lets begin: for the orgs that it covers, and for the
    /// recovery.
    pub(super) fn after_ticket_step(&mut self, place: usize, step: StepIx, ticket: TicketIx) {
        for next in bits(self.node(step).feeds) {
            match self.node(next).for_each {
                ForEach::Ticket => self.consider_ticket(place, next, ticket),
                ForEach::Connector => self.consider_connector(place, next),
                ForEach::Org => self.orgs_of_ticket(place, step, next, ticket),
            }
        }
    }

    fn orgs_of_ticket(&mut self, place: usize, step: StepIx, next: StepIx, ticket: TicketIx) {
        let recovery = self.state.progress[place].recovery;
        let mut org = self.state.world.ticket(ticket).covers.first();
        while let Some(it) = org {
            let org_ix = OrgIx(it);
            let of = self.state.world.org(org_ix).recovery;
            let line = of == recovery || of.is_some() && self.takes_over_from(recovery, of);
            let row = &mut self.state.orgs[org_ix.ix()];
            let releases = self.plan.procedure.step(next).issue == Issue::ReleaseOwnership;
            if line && releases && (row.done | row.begun) & next.bit() != 0 {
                // Deleted meanwhile, or under another ticket already.
                self.released_one(ticket);
            } else if line {
                row.ticket = ticket;
                row.ticket_done |= step.bit();
                let place = self.recovery_place(of);
                self.consider_org(place, next, org_ix);
            } else if self.node(next).issue == Issue::ReleaseOwnership {
                // A ticket that names somebody else's connector: support does as asked.
                let waiting = Waiting {
                    org: org_ix,
                    step: next,
                    progress: place as u32,
                    ready: self.state.now,
                    fumble: None,
                };
                self.state.desks[desk(ticket)].lane.push(waiting);
                self.next_release(ticket);
            } else {
                self.released_one(ticket);
            }
            org = self.state.world.ticket(ticket).covers.next_from(it + 1);
        }
    }

    /// Whether a later recovery took over from an earlier one.
    fn takes_over_from(
        &self,
        earlier: crate::model::ids::RecoveryIx,
        later: crate::model::ids::RecoveryIx,
    ) -> bool {
        let mut at = self.state.world.recovery(earlier).successor;
        while let Some(next) = at.get() {
            if next == later {
                return true;
            }
            at = self.state.world.recovery(next).successor;
        }
        false
    }

    /// The minute of an org's release is over.
    pub(super) fn release_ends(&mut self, slot: u32, ticket: TicketIx) {
        let work = self.finish_work(slot);
        let Task::Step {
            progress,
            step,
            subject: Subject::Org(org),
        } = work.task
        else {
            return;
        };
        let began = work.began.min(self.state.now);
        let failed = self.slipped_in_lane(progress as usize, step, org, work.fumble);
        if failed && !self.is_tried_again(step, org) {
            self.released_one(ticket);
        }
        let done = Released {
            org,
            progress,
            step,
            ready: work.ready,
            began,
        };
        if !self.plan.parameters.release_whole_ticket {
            if !failed {
                self.let_go(ticket, done);
            }
            self.next_release(ticket);
            return;
        }
        // Where a ticket is released as a whole, its orgs wait for the last.
        if !failed {
            self.state.desks[desk(ticket)].held.push(done);
        }
        if self.state.desks[desk(ticket)].lane.is_empty() {
            for done in std::mem::take(&mut self.state.desks[desk(ticket)].held) {
                self.let_go(ticket, done);
            }
        } else {
            self.next_release(ticket);
        }
    }

    fn let_go(&mut self, ticket: TicketIx, done: Released) {
        let Released {
            org,
            progress,
            step,
            ready,
            began,
        } = done;
        let release = Command::ReleaseOwnership { ticket, org };
        let refusal = self.order(self.node(step).by, &release);
        let place = self
            .state
            .world
            .org(org)
            .recovery
            .get()
            .map(|it| self.recovery_place(it));
        match (refusal, place) {
            (Some(reason), _) => self.refused(progress as usize, step, Subject::Org(org), reason),
            (None, Some(place)) => self.step_finished(place, step, Subject::Org(org), ready, began),
            // Somebody else's org: it is in no recovery, so nothing follows.
            (None, None) => {}
        }
        self.released_one(ticket);
    }

    /// The step `discover` begins: a pass runs at once, and claims what it may.
    pub(super) fn begin_discover(&mut self, place: usize, step: StepIx, org: OrgIx) {
        let recovery = self.state.progress[place].recovery;
        let Some(target) = self.state.world.recovery(recovery).target.get() else {
            return;
        };
        if !self.state.world.org(org).owner.is_some() {
            self.order(Actor::Platform, &Command::Discover(target));
        }
        let row = self.state.world.org(org);
        if row.owner == target && row.visible {
            let now = self.state.now;
            self.step_finished(place, step, Subject::Org(org), now, now);
        }
    }

    /// Takes what waits for its moment in a line of connectors, if it fits.
    pub(super) fn take_mishap(
        &mut self,
        root: ConnectorIx,
        fits: impl Fn(&MishapKind) -> bool,
    ) -> Option<(u32, MishapKind)> {
        let found = self
            .state
            .mishaps
            .iter()
            .position(|(_, it)| it.connector == root && fits(&it.kind))?;
        let (event, mishap) = self.state.mishaps.remove(found);
        Some((event, mishap.kind))
    }

    /// Takes a slip that waits for this step.
    pub(super) fn take_slip(
        &mut self,
        place: usize,
        step: StepIx,
    ) -> Option<(u32, crate::procedure::Slip)> {
        if self.state.mishaps.is_empty() {
            return None;
        }
        let root = self
            .state
            .world
            .connector(self.state.progress[place].lost)
            .root;
        let issue = self.node(step).issue;
        let found = self.take_mishap(root, |kind| match kind {
            MishapKind::Slip(it) => it.step.map_or(it.slip.fits(issue), |wanted| wanted == step),
            _ => false,
        })?;
        match found {
            (event, MishapKind::Slip(it)) => Some((event, it.slip)),
            _ => None,
        }
    }
}
