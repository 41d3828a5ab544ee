//! How a step ends: finished, so that what waited for it begins; or refused, and
//! then it is tried again, leads elsewhere, or stays unfinished.

use super::run::Run;
use crate::model::command::Actor;
use crate::model::fact::{Reason, Subject, What};
use crate::model::ids::{OrgIx, RecoveryIx, StepIx};
use crate::procedure::{DETOURS_MAX, ForEach, Issue, Slip, bits};
use crate::time::Instant;

impl Run<'_> {
    /// Tells of a finished step, and lets what waits for it begin.
    #[inline]
    pub(super) fn step_finished(
        &mut self,
        place: usize,
        step: StepIx,
        subject: Subject,
        ready: Instant,
        began: Instant,
    ) {
        self.step_finished_by(self.node(step).by, place, step, subject, (ready, began));
    }

    /// The same, done by somebody who need not be the step's own. `since`: when its
    /// needs were met, and when work on it began.
    #[inline]
    pub(super) fn step_finished_by(
        &mut self,
        by: Actor,
        place: usize,
        step: StepIx,
        subject: Subject,
        since: (Instant, Instant),
    ) {
        let recovery = self.state.progress[place].recovery;
        let (ready, began) = since;
        self.note_finished(
            by,
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

    #[inline(always)]
    pub(super) fn mark_begun(&mut self, place: usize, step: StepIx, subject: Subject) {
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
    #[inline]
    pub(super) fn mark_done(&mut self, place: usize, step: StepIx, subject: Subject) {
        match subject {
            Subject::Connector => self.mark_done_for_connector(place, step),
            Subject::Ticket(ticket) => {
                if let Some(row) = self.state.progress[place].ticket_mut(ticket) {
                    row.done |= step.bit();
                }
                self.after_ticket_step(place, step, ticket);
                self.next_in_series(place);
            }
            Subject::Org(org) => self.mark_done_for_org(place, step, org),
        }
    }

    fn mark_done_for_connector(&mut self, place: usize, step: StepIx) {
        let it = &mut self.state.progress[place];
        if it.done & step.bit() == 0 {
            it.done |= step.bit();
            self.after_connector_step(place, step);
            self.next_in_series(place);
        }
    }

    fn mark_done_for_org(&mut self, place: usize, step: StepIx, org: OrgIx) {
        let row = &mut self.state.orgs[org.ix()];
        if row.done & step.bit() != 0 {
            return;
        }
        row.done |= step.bit();
        row.begun |= step.bit();
        let left = &mut self.state.progress[place].orgs_left[step.ix()];
        *left = left.saturating_sub(1);
        self.after_org_step(place, step, org);
        if self.state.running.is_some() {
            self.next_in_series(place);
        }
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
            if self.plan.procedure.org_steps & next.bit() != 0 {
                self.consider_org(place, next, org);
            } else if self.state.progress[place].orgs_left[step.ix()] == 0 {
                self.consider_connector(place, next);
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
