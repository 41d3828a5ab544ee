//! How the procedure goes forward: a step whose needs are met is begun, done,
//! tried again, or leads elsewhere.

use super::run::Run;
use super::work::{AWAY, Fumble, Line, Task, Waiting};
use crate::chance::{Domain, EntityKey, Purpose};
use crate::model::fact::{Reason, Subject, What};
use crate::model::ids::{OrgIx, RecoveryIx, StepIx, TicketIx};
use crate::procedure::{Choice, DETOURS_MAX, ForEach, Issue, Node, Phase, Slip, Takes, When, bits};
use crate::time::{Duration, Instant};
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

    /// A step's needs are met.
    fn begin(&mut self, place: usize, step: StepIx, subject: Subject) {
        let node = self.node(step);
        self.mark_begun(place, step, subject);
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
                };
                self.state.desks[ticket.ix()].lane.push(waiting);
                self.next_release(ticket);
            }
            _ => {
                let mut work = self.step_work(place, step, subject, Line::None, ready);
                work.fumble = fumble;
                let slot = self.state.bench.put(work);
                self.hand_over(slot);
            }
        }
    }

    /// Whether a step applies to what it would be done for.
    fn applies(&self, place: usize, node: &Node, subject: Subject) -> bool {
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
    fn fumble(&mut self, place: usize, step: StepIx, subject: Subject) -> Option<Fumble> {
        if let Some((armed, slip)) = self.take_slip(place, step) {
            return Some(Fumble {
                slip,
                armed: Some(armed),
            });
        }
        if self.node(step).can_fail.is_empty() {
            return None;
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
    pub(super) fn set_out(&mut self, slot: u32) {
        let work = self.state.bench.at(slot);
        let (line, fumble) = (work.line, work.fumble);
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
        if fumble.is_some_and(|it| it.slip == Slip::StepRepeated) {
            left = left * 2;
        }
        self.state.bench.at_mut(slot).left = left;
        if let (Line::Recreation(target), Subject::Org(org)) = (line, subject) {
            let recovery = self.state.progress[place].recovery;
            self.set_out_recreation(slot, target, recovery, org);
        }
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

    /// Tells of a finished step, and lets what waits for it begin.
    pub(super) fn step_finished(
        &mut self,
        place: usize,
        step: StepIx,
        subject: Subject,
        ready: Instant,
        began: Instant,
    ) {
        let recovery = self.state.progress[place].recovery;
        self.note(
            self.node(step).by,
            What::StepFinished {
                recovery,
                step,
                subject,
                ready,
                began,
            },
        );
        self.mark_done(place, step, subject);
    }

    /// The same for an org, in whichever recovery it is now.
    pub(super) fn step_finished_for_org(
        &mut self,
        place: usize,
        step: StepIx,
        org: OrgIx,
        ready: Instant,
        began: Instant,
    ) {
        let current = self.state.world.org(org).recovery.get();
        let place = current.map_or(place, |it| self.recovery_place(it));
        self.step_finished(place, step, Subject::Org(org), ready, began);
    }

    fn mark_begun(&mut self, place: usize, step: StepIx, subject: Subject) {
        let it = &mut self.state.progress[place];
        match subject {
            Subject::Connector => it.begun |= step.bit(),
            Subject::Ticket(ticket) => {
                if let Some(row) = it.ticket_mut(ticket) {
                    row.begun |= step.bit();
                }
            }
            Subject::Org(org) => self.state.orgs[org.ix()].begun |= step.bit(),
        }
    }

    /// A step counts as finished: whatever waited for it is looked at.
    pub(super) fn mark_done(&mut self, place: usize, step: StepIx, subject: Subject) {
        let it = &mut self.state.progress[place];
        match subject {
            Subject::Connector => {
                if it.done & step.bit() != 0 {
                    return;
                }
                it.done |= step.bit();
                self.after_connector_step(place, step);
            }
            Subject::Ticket(ticket) => {
                if let Some(row) = it.ticket_mut(ticket) {
                    row.done |= step.bit();
                }
                self.after_ticket_step(place, step, ticket);
            }
            Subject::Org(org) => {
                let row = &mut self.state.orgs[org.ix()];
                if row.done & step.bit() != 0 {
                    return;
                }
                row.done |= step.bit();
                row.begun |= step.bit();
                it.orgs_left[step.ix()] = it.orgs_left[step.ix()].saturating_sub(1);
                self.after_org_step(place, step, org);
            }
        }
        self.next_in_series(place);
    }

    fn after_connector_step(&mut self, place: usize, step: StepIx) {
        if self.node(step).issue == Issue::Promote {
            self.promoted_for_predecessors(place);
        }
        for next in bits(self.node(step).feeds) {
            match self.node(next).for_each {
                ForEach::Connector => self.consider_connector(place, next),
                ForEach::Ticket => {
                    for at in 0..self.state.progress[place].tickets.len() {
                        let ticket = self.state.progress[place].tickets[at].ticket;
                        self.consider_ticket(place, next, ticket);
                    }
                }
                ForEach::Org => self.consider_orgs(place, next),
            }
        }
    }

    /// Looks at a step for every org of a recovery.
    pub(super) fn consider_orgs(&mut self, place: usize, step: StepIx) {
        let recovery = self.state.progress[place].recovery;
        let mut org = self.state.world.recovery(recovery).orgs.first();
        while let Some(it) = org {
            self.consider_org(place, step, OrgIx(it));
            org = self.state.world.recovery(recovery).orgs.next_from(it + 1);
        }
    }

    fn after_org_step(&mut self, place: usize, step: StepIx, org: OrgIx) {
        for next in bits(self.node(step).feeds) {
            match self.node(next).for_each {
                ForEach::Org => self.consider_org(place, next, org),
                _ if self.state.progress[place].orgs_left[step.ix()] == 0 => {
                    self.consider_connector(place, next);
                }
                _ => {}
            }
        }
    }

    /// A step was refused: it is tried again, leads elsewhere, or stays unfinished.
    pub(super) fn refused(&mut self, place: usize, step: StepIx, subject: Subject, reason: Reason) {
        let recovery = self.state.progress[place].recovery;
        let node = self.node(step);
        self.note(
            node.by,
            What::StepRefused {
                recovery,
                step,
                subject,
                reason,
            },
        );
        if matches!(node.issue, Issue::CreateConnector | Issue::AdoptConnector)
            && reason != Reason::Failed
        {
            self.choose_again(place);
            return;
        }
        let tries = self.count_try(place, step, subject);
        if u32::from(tries) <= node.retries {
            self.unbegin(place, step, subject);
            self.consider(place, step, subject);
        } else if let Some(goal) = node.on_refused {
            self.detour(place, step, subject, goal);
        }
    }

    fn count_try(&mut self, place: usize, step: StepIx, subject: Subject) -> u16 {
        let tries = match subject {
            Subject::Org(org) => self.state.org_tries.entry((org, step.0)).or_insert(0),
            _ => &mut self.state.progress[place].tries[step.ix()],
        };
        *tries = tries.saturating_add(1);
        *tries
    }

    fn unbegin(&mut self, place: usize, step: StepIx, subject: Subject) {
        let it = &mut self.state.progress[place];
        match subject {
            Subject::Connector => {
                it.begun &= !step.bit();
                it.done &= !step.bit();
            }
            Subject::Ticket(ticket) => {
                if let Some(row) = it.ticket_mut(ticket) {
                    row.begun &= !step.bit();
                }
            }
            Subject::Org(org) => self.state.orgs[org.ix()].begun &= !step.bit(),
        }
    }

    fn consider(&mut self, place: usize, step: StepIx, subject: Subject) {
        match subject {
            Subject::Connector => self.consider_connector(place, step),
            Subject::Ticket(ticket) => self.consider_ticket(place, step, ticket),
            Subject::Org(org) => self.consider_org(place, step, org),
        }
    }

    /// Goes back to an earlier step: that one is done again, and so is what lies
    /// between, unless its effect stands.
    fn detour(&mut self, place: usize, step: StepIx, subject: Subject, goal: StepIx) {
        let it = &mut self.state.progress[place];
        it.detours += 1;
        if it.detours > DETOURS_MAX {
            return;
        }
        // Another org's refusal may be on its way back to it already.
        let under_way = it.begun & !it.done & goal.bit() != 0;
        let redo = bits(self.node(step).redo).filter(|&it| !self.node(it).issue.stands());
        let redo: Vec<StepIx> = redo.collect();
        if !under_way {
            self.count_try(place, goal, Subject::Connector);
            self.unbegin(place, goal, Subject::Connector);
        }
        for between in redo {
            match (self.node(between).for_each, subject) {
                (ForEach::Connector, _) => {
                    self.count_try(place, between, Subject::Connector);
                    self.unbegin(place, between, Subject::Connector);
                }
                (ForEach::Org, Subject::Org(_)) => self.unbegin(place, between, subject),
                _ => {}
            }
        }
        if !matches!(subject, Subject::Ticket(_)) {
            self.unbegin(place, step, subject);
        }
        self.consider_connector(place, goal);
    }

    pub(super) fn tell_slip(&mut self, place: usize, step: StepIx, slip: Slip) {
        let recovery = self.state.progress[place].recovery;
        if recovery.is_some() {
            self.note(
                self.node(step).by,
                What::Slipped {
                    recovery,
                    step,
                    slip: slip as u8,
                },
            );
        }
    }

    /// Nothing more is to be done for an org: it holds nothing up.
    pub(super) fn org_needs_nothing_more(&mut self, org: OrgIx) {
        let row = &mut self.state.orgs[org.ix()];
        let open = self.plan.procedure.org_steps & !row.done;
        row.done |= open;
        row.begun |= open;
        let Some(place) = self.place_of_org(org) else {
            return;
        };
        for step in bits(open) {
            let left = &mut self.state.progress[place].orgs_left[step.ix()];
            *left = left.saturating_sub(1);
        }
        self.consider_connector_steps(place);
        self.next_in_series(place);
    }

    fn place_of_org(&self, org: OrgIx) -> Option<usize> {
        let of_world = self.state.world.org(org).recovery.get();
        of_world.map(|it: RecoveryIx| self.recovery_place(it))
    }
}
