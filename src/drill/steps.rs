//! How the procedure goes forward: a step whose needs are met is begun and done.

use super::run::Run;
use super::work::{AWAY, Fumble, Line, Task, Waiting, Work};
use crate::chance::{Domain, EntityKey, Purpose};
use crate::model::command::Command;
use crate::model::fact::{Reason, Subject};
use crate::model::ids::{OrgIx, StepIx, TicketIx};
use crate::procedure::{Choice, Issue, Node, Phase, Slip, Takes, When, bits};
use crate::time::Duration;
use xxhash_rust::xxh3::xxh3_64;

impl<'p> Run<'p> {
    pub(super) fn node(&self, step: StepIx) -> &'p Node {
        self.plan.procedure.step(step)
    }

    /// Begins every step for the connector whose needs are met.
    pub(super) fn consider_connector_steps(&mut self, place: usize) {
        for step in bits(self.plan.procedure.connector_steps) {
            self.consider_connector(place, step);
        }
    }

    pub(super) fn consider_connector(&mut self, place: usize, step: StepIx) {
        let (node, it) = (self.node(step), &self.state.progress[place]);
        let open = it.phase == Phase::Running && (it.done | it.begun) & step.bit() == 0;
        if !open || !it.ready_for_connector(node) {
            return;
        }
        let succeeded = self.state.world.recovery(it.recovery).successor.is_some();
        // The recovery of a lost target promotes for the one that it took over.
        if succeeded && node.issue == Issue::Promote {
            return;
        }
        let region = node.needs_region || succeeded && node.issue == Issue::DeleteConnector;
        if region && self.state.world.is_down(it.lost) {
            return;
        }
        self.begin(place, step, Subject::Connector);
    }

    pub(super) fn consider_ticket(&mut self, place: usize, step: StepIx, ticket: TicketIx) {
        let (node, it) = (self.node(step), &self.state.progress[place]);
        let Some(row) = it.tickets.iter().find(|row| row.ticket == ticket) else {
            return;
        };
        let away = self.state.desks[ticket.ix()].left == AWAY;
        let open = !away && (row.done | row.begun) & step.bit() == 0;
        if open && it.ready_for_ticket(&self.plan.procedure, node, row) {
            self.begin(place, step, Subject::Ticket(ticket));
        }
    }

    pub(super) fn consider_org(&mut self, place: usize, step: StepIx, org: OrgIx) {
        let (node, row) = (self.node(step), &self.state.orgs[org.ix()]);
        let open = (row.done | row.begun) & step.bit() == 0;
        if open && row.ready(node, self.state.progress[place].done) {
            self.begin(place, step, Subject::Org(org));
        }
    }

    /// A step's needs are met. One that people skip takes no time and does nothing, and
    /// everybody thinks that it was done: what a tested plan is to find (F-15).
    ///
    /// Inlined, because who calls it knows what kind of subject it is.
    #[inline(always)]
    fn begin(&mut self, place: usize, step: StepIx, subject: Subject) {
        let node = self.node(step);
        self.mark_begun(place, step, subject);
        if self.outside && self.left_to_outside(place, step, subject) {
            return;
        }
        if node.issue.establishes() && !self.choose_before(place, step) {
            return;
        }
        if !self.applies(place, node, subject) {
            self.mark_done(place, step, subject);
            return;
        }
        let fumble = self.fumble(place, step, subject);
        if fumble.is_some_and(|it| it.slip == Slip::StepSkipped) {
            self.tell_slip(place, step, Slip::StepSkipped);
            let now = self.state.now;
            self.step_finished(place, step, subject, now, now);
            return;
        }
        let ready = self.state.now;
        match (node.issue, subject) {
            (Issue::Discover, Subject::Org(org)) => {
                self.state.orgs[org.ix()].discover_since = ready;
                self.begin_discover(place, step, org);
            }
            (Issue::RecreateRecords, Subject::Org(org)) => {
                let target = self
                    .state
                    .world
                    .recovery(self.state.progress[place].recovery)
                    .target;
                match target.get() {
                    Some(target) => {
                        let waiting = Waiting {
                            org,
                            step,
                            progress: place as u32,
                            ready,
                            fumble,
                        };
                        self.queue_recreation(target, waiting);
                    }
                    None => self.refused(place, step, subject, Reason::NoTarget),
                }
            }
            (Issue::ReleaseOwnership, Subject::Org(org))
                if self.state.orgs[org.ix()].ticket.is_some() =>
            {
                let ticket = self.state.orgs[org.ix()].ticket;
                let waiting = Waiting {
                    org,
                    step,
                    progress: place as u32,
                    ready,
                    fumble,
                };
                self.state.desks[ticket.ix()].lane.push(waiting);
                self.next_release(ticket);
            }
            _ => {
                let mut work = self.step_work(place, step, subject, Line::None, ready);
                work.fumble = fumble;
                let delay = match node.issue {
                    Issue::TriageTicket => self.delays.support,
                    _ => Duration::ZERO,
                };
                self.hand_over_after(work, delay);
            }
        }
    }

    /// Whether a step applies to what it would be done for.
    #[inline(always)]
    pub(super) fn applies(&self, place: usize, node: &Node, subject: Subject) -> bool {
        // What most steps are: done whenever their turn comes.
        if node.when == When::Always && node.issue != Issue::OpenTicket && !node.issue.retires() {
            return true;
        }
        let it = &self.state.progress[place];
        let fits = match node.when {
            When::Always => true,
            When::Creating => !matches!(it.choice, Choice::Adopt(_)),
            When::Adopting => matches!(it.choice, Choice::Adopt(_)),
            When::HadAnnotations => {
                !matches!(subject, Subject::Org(org) if !self.plan.fleet.org(org).annotated)
            }
        };
        fits && (node.issue != Issue::OpenTicket || self.ticket_is_needed(place, node))
            && (!node.issue.retires() || !self.state.world.recovery(it.recovery).stood_down)
    }

    /// The slip that will be made: an armed one, else one of the step's own that
    /// the dice name, in the order in which they are written.
    #[inline(always)]
    fn fumble(&mut self, place: usize, step: StepIx, subject: Subject) -> Option<Fumble> {
        if self.state.mishaps.is_empty() && self.node(step).can_fail.is_empty() {
            return None;
        }
        self.fumble_by_chance(place, step, subject)
    }

    fn fumble_by_chance(&mut self, place: usize, step: StepIx, subject: Subject) -> Option<Fumble> {
        if let Some((armed, slip)) = self.take_slip(place, step) {
            return Some(Fumble {
                slip,
                armed: Some(armed),
            });
        }
        let (entity, ordinal) = self.site_of(place, step, subject);
        let falls = |&&(slip, chance): &&(Slip, _)| {
            let own = ordinal ^ u64::from(slip as u8) << 16;
            self.decide_at(entity, Purpose::StepSlip, own, &Domain::Bool(chance)) != 0
        };
        self.node(step)
            .can_fail
            .iter()
            .find(falls)
            .map(|it| Fumble {
                slip: it.0,
                armed: None,
            })
    }

    /// Where a try of a step stands, for its draws: what it is done for, and
    /// which step, line and try it is.
    pub(super) fn site_of(&self, place: usize, step: StepIx, subject: Subject) -> (EntityKey, u64) {
        let it = &self.state.progress[place];
        let lost = self.state.world.connector(it.lost);
        let name = xxh3_64(self.node(step).name.as_bytes()) >> 32 << 32;
        let line = u64::from(lost.generation.min(255)) << 24;
        let (entity, tries) = match subject {
            Subject::Org(org) => {
                let tries = self
                    .state
                    .org_tries
                    .get(&(org, step.0))
                    .copied()
                    .unwrap_or(0);
                (self.plan.fleet.org(org).key, u64::from(tries))
            }
            Subject::Ticket(ticket) => {
                let turn = it
                    .tickets
                    .iter()
                    .position(|row| row.ticket == ticket)
                    .unwrap_or(0);
                (lost.key, turn as u64)
            }
            Subject::Connector => (lost.key, u64::from(it.tries[step.ix()])),
        };
        (entity, name | line | tries & 0xffff)
    }

    /// Settles how long a piece of work takes, as it is taken up.
    pub(super) fn settle_length(&mut self, work: &mut Work) {
        let Task::Step {
            progress,
            step,
            subject,
        } = work.task
        else {
            return;
        };
        let (place, node) = (progress as usize, self.node(step));
        let mut left = match &node.takes {
            Takes::Time(dist) => match dist.certain() {
                Some(time) => time,
                None => {
                    let (entity, ordinal) = self.site_of(place, step, subject);
                    Duration::from_millis(self.decide_at(
                        entity,
                        Purpose::StepTime,
                        ordinal,
                        &dist.domain(),
                    ))
                }
            },
            Takes::Units(_) | Takes::Records(_) => Duration::ZERO,
        };
        if work.fumble.is_some_and(|it| it.slip == Slip::StepRepeated) {
            left = left * 2;
        }
        work.left = left;
        if let (Line::Recreation(target), Subject::Org(org)) = (work.line, subject) {
            let recovery = self.state.progress[place].recovery;
            if let Some(first) = self.set_out_recreation(step, target, recovery, org) {
                work.left = first;
            }
        }
    }

    /// What a slip comes to at the end of an org's turn in a lane: whether the step failed.
    pub(super) fn slipped_in_lane(
        &mut self,
        place: usize,
        step: StepIx,
        org: OrgIx,
        fumble: Option<Fumble>,
    ) -> bool {
        let Some(it) = fumble else { return false };
        self.tell_slip(place, step, it.slip);
        if it.slip == Slip::Fails {
            self.refused(place, step, Subject::Org(org), Reason::Failed);
        } else if it.slip == Slip::DeletedEarly {
            let lost = self.state.progress[place].lost;
            self.order(self.node(step).by, &Command::DeleteConnector(lost));
        }
        it.slip == Slip::Fails
    }

    /// Whether a step that has just failed for an org is tried again.
    pub(super) fn is_tried_again(&self, step: StepIx, org: OrgIx) -> bool {
        let tries = self
            .state
            .org_tries
            .get(&(org, step.0))
            .copied()
            .unwrap_or(0);
        u32::from(tries) <= self.node(step).retries
    }

    /// A piece of work has come to its end.
    pub(super) fn work_ends(&mut self, slot: u32) {
        let work = self.state.bench.at(slot);
        match (work.line, work.task) {
            (Line::Discovery(_), _) => self.explored(slot),
            (Line::Recreation(_), _) => self.recreated_stretch(slot),
            (Line::Release(ticket), _) => self.release_ends(slot, ticket),
            (
                Line::None,
                Task::Step {
                    progress,
                    step,
                    subject,
                },
            ) => {
                let work = self.finish_work(slot);
                let began = work.began.min(self.state.now);
                let place = progress as usize;
                self.carry_out(place, step, subject, work.ready, began, work.fumble);
            }
            (Line::None, _) => self.drop_work(slot),
        }
    }
}
