//! How a recovery begins, finds a target, is taken over, stands down, and waits
//! for its turn.

use super::run::Run;
use crate::model::command::{Actor, Command};
use crate::model::fact::Subject;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, RegionIx, StepIx};
use crate::model::world::TicketState;
use crate::procedure::{
    Choice, Issue, OrgProgress, Phase, Progress, STEPS_MAX, Target, When, bits,
};

impl Run<'_> {
    /// A connector's own outage began: somebody will notice, unless its recovery
    /// is under way already. Each connector has a recovery of its own (F-3).
    pub(super) fn outage_begins(&mut self, connector: ConnectorIx) {
        let under_way = |it: &Progress| match it.phase {
            Phase::Over => false,
            Phase::Detecting | Phase::Queued => true,
            Phase::Running => {
                !self.state.world.recovery(it.recovery).stood_down && !self.is_finished(it)
            }
        };
        if self.state.latest(connector).is_some_and(under_way) {
            return;
        }
        let place = self.state.progress.len();
        self.state.progress.push(Progress::of(connector));
        self.state.plants[connector.ix()].latest = Some(place as u32);
        match self.plan.procedure.doing(Issue::Detect) {
            _ if self.outside => {}
            Some(step) => self.begin_detection(place, step),
            None => self.detected(place),
        }
    }

    fn is_finished(&self, it: &Progress) -> bool {
        let all = self.plan.procedure.connector_steps;
        it.done & all == all && it.orgs_left.iter().all(|&left| left == 0)
    }

    /// The outage is known: the recovery begins, or waits for those before it.
    pub(super) fn detected(&mut self, place: usize) {
        let lost = self.state.progress[place].lost;
        let recovery = RecoveryIx::from(self.state.world.recoveries.len());
        self.order(self.customer(), &Command::StartRecovery(lost));
        self.state.of_recovery.push(place as u32);
        self.state.progress[place].recovery = recovery;
        self.take_over(recovery);
        self.count_orgs(place);
        if self.state.running.is_some() {
            self.state.progress[place].phase = Phase::Queued;
            self.state.queued.push(place as u32);
        } else {
            self.set_running(place);
            self.consider_released(place);
        }
    }

    /// Orgs that came with what was done for them go on from there.
    fn consider_released(&mut self, place: usize) {
        let recovery = self.state.progress[place].recovery;
        for org in self.state.world.recovery(recovery).orgs.clone().iter() {
            let fresh = self.state.orgs[org as usize].done == 0;
            for step in bits(self.plan.procedure.org_steps).filter(|_| !fresh) {
                self.consider_org(place, step, OrgIx(org));
            }
        }
    }

    fn set_running(&mut self, place: usize) {
        self.state.progress[place].phase = Phase::Running;
        // Somebody outside chooses an order of their own.
        if self.plan.parameters.serial_recoveries && !self.outside {
            self.state.running = Some(place as u32);
        }
    }

    /// In serial recovery, the next one, by connector id, begins when all but
    /// promotion and deletion of the one before is finished.
    pub(super) fn next_in_series(&mut self, place: usize) {
        if self.state.running != Some(place as u32) {
            return;
        }
        let it = &self.state.progress[place];
        if it.phase != Phase::Over && !it.only_retiring_left(&self.plan.procedure) {
            return;
        }
        self.state.running = None;
        let order = |at: &u32| self.order_of(self.state.progress[*at as usize].lost);
        let Some(next) = self.state.queued.iter().copied().min_by_key(order) else {
            return;
        };
        self.state.queued.retain(|&it| it != next);
        self.set_running(next as usize);
        self.consider_connector_steps(next as usize);
    }

    /// The orgs of a recovery that still have each step before them.
    fn count_orgs(&mut self, place: usize) {
        let recovery = self.state.progress[place].recovery;
        let mut left = [0u32; STEPS_MAX];
        for org in self.state.world.recovery(recovery).orgs.iter() {
            for step in bits(self.plan.procedure.org_steps & !self.state.orgs[org as usize].done) {
                left[step.ix()] += 1;
            }
        }
        self.state.progress[place].orgs_left = left;
    }

    /// A lost target's recovery takes every org that was not yet promoted to it.
    /// What was done for the lost target is to be done again; what releases an
    /// org from the first connector stays valid.
    fn take_over(&mut self, recovery: RecoveryIx) {
        let lost = self.state.world.recovery(recovery).connector;
        for org in self
            .state
            .world
            .recovery(recovery)
            .orgs
            .clone()
            .iter()
            .map(OrgIx)
        {
            let owned_by_lost = self.state.world.org(org).owner == lost;
            let behind = self.plan.procedure.behind_release;
            let row = &mut self.state.orgs[org.ix()];
            let put_by = (row.done, row.begun);
            if owned_by_lost {
                *row = OrgProgress {
                    put_by,
                    ..OrgProgress::FRESH
                };
            } else {
                row.put_by = put_by;
                row.done &= !behind;
                row.begun &= !behind;
            }
        }
        for at in 0..self.state.world.connector(lost).serves.len() {
            let earlier = self.state.world.connector(lost).serves[at];
            if self.state.world.recovery(earlier).successor == recovery {
                self.superseded(self.recovery_place(earlier));
            }
        }
    }

    /// What was to establish the lost target no longer applies, so that the
    /// first ticket is opened all the same.
    fn superseded(&mut self, place: usize) {
        self.count_orgs(place);
        let establishing = bits(self.plan.procedure.connector_steps)
            .filter(|&step| self.node(step).issue.establishes())
            .collect::<Vec<StepIx>>();
        for step in establishing {
            let under_way = self.slots_of(place, step);
            under_way.into_iter().for_each(|slot| self.drop_work(slot));
            self.state.progress[place].begun |= step.bit();
            self.mark_done(place, step, Subject::Connector);
        }
        self.state
            .without_target
            .retain(|it| it.0 as usize != place);
        self.consider_connector_steps(place);
    }

    fn slots_of(&self, place: usize, wanted: StepIx) -> Vec<u32> {
        let is = |task: &super::work::Task| {
            matches!(*task, super::work::Task::Step { progress, step, subject: Subject::Connector }
                if progress as usize == place && step == wanted)
        };
        self.state
            .bench
            .iter()
            .filter(|it| is(&it.1.task))
            .map(|it| it.0)
            .collect()
    }

    /// The orgs that a later recovery took over are promoted by it.
    pub(super) fn promoted_for_predecessors(&mut self, place: usize) {
        let Some(recovery) = self.state.progress[place].recovery.get() else {
            return;
        };
        let lost = self.state.progress[place].lost;
        let Some(promote) = self.plan.procedure.doing(Issue::Promote) else {
            return;
        };
        for at in 0..self.state.world.connector(lost).serves.len() {
            let earlier = self.state.world.connector(lost).serves[at];
            if self.state.world.recovery(earlier).successor == recovery {
                let place = self.recovery_place(earlier);
                self.state.progress[place].begun |= promote.bit();
                self.mark_done(place, promote, Subject::Connector);
            }
        }
    }

    /// Nobody noticed: the connector came back before it lost anything.
    pub(super) fn cancel_recovery(&mut self, place: usize) {
        self.state.progress[place].phase = Phase::Over;
        let slots = self.all_slots_of(place);
        slots.into_iter().for_each(|slot| self.drop_work(slot));
    }

    fn all_slots_of(&self, place: usize) -> Vec<u32> {
        let is = |task: &super::work::Task| matches!(*task, super::work::Task::Step { progress, .. } if progress as usize == place);
        self.state
            .bench
            .iter()
            .filter(|it| is(&it.1.task))
            .map(|it| it.0)
            .collect()
    }

    /// The connector came back before it lost its configuration: orgs not yet
    /// released are left to it, released ones go on, and nothing is retired.
    pub(super) fn stand_down(&mut self, place: usize) {
        let recovery = self.state.progress[place].recovery;
        let released =
            self.state.world.recovery(recovery).orgs.iter().any(|org| {
                self.state.world.org(OrgIx(org)).owner != self.state.progress[place].lost
            });
        self.order(self.customer(), &Command::StandDown(recovery));
        self.drain();
        self.count_orgs(place);
        self.resume_predecessors(place);
        let steps = self.plan.procedure.connector_steps;
        let moot = if released {
            self.plan.procedure.retiring
        } else {
            steps
        };
        for step in bits(moot & steps) {
            let slots = self.slots_of(place, step);
            slots.into_iter().for_each(|slot| self.drop_work(slot));
        }
        self.state.progress[place].begun |= moot & steps;
        self.state.progress[place].done |= moot & steps;
        if !released {
            self.state.progress[place].phase = Phase::Over;
            self.state.queued.retain(|&it| it as usize != place);
            self.withdraw_tickets(place);
        }
        self.next_in_series(place);
    }

    /// The recoveries that a lost target's took over from have their orgs, and
    /// their target, back.
    fn resume_predecessors(&mut self, place: usize) {
        let lost = self.state.progress[place].lost;
        for at in 0..self.state.world.connector(lost).serves.len() {
            let earlier = self.state.world.connector(lost).serves[at];
            if !self.state.world.recovery(earlier).successor.is_some() {
                let earlier = self.recovery_place(earlier);
                self.count_orgs(earlier);
                self.consider_connector_steps(earlier);
            }
        }
    }

    fn withdraw_tickets(&mut self, place: usize) {
        for at in 0..self.state.progress[place].tickets.len() {
            let ticket = self.state.progress[place].tickets[at].ticket;
            let slots = self.all_slots_of(place);
            slots.into_iter().for_each(|slot| self.drop_work(slot));
            self.state.progress[place].tickets[at].done |= self.plan.procedure.ticket_steps;
            let state = self.state.world.ticket(ticket).state;
            if !matches!(state, TicketState::Closed | TicketState::Rejected) {
                self.order(Actor::Operator, &Command::CloseTicket(ticket));
            }
        }
    }

    /// The choice of a target, made when the first step that needs one begins;
    /// whether there is one. If not, the step waits for a region to come back.
    pub(super) fn choose_before(&mut self, place: usize, step: StepIx) -> bool {
        if self.state.progress[place].choice != Choice::Open || self.waits_out() {
            return true;
        }
        match self.choose(place) {
            Some(choice) => {
                self.state.progress[place].choice = choice;
                true
            }
            None => {
                self.state.progress[place].begun &= !step.bit();
                self.state.without_target.push((place as u32, step.0));
                false
            }
        }
    }

    /// Whether the procedure has no step that gets a target: then the lost
    /// connector itself is authorised again.
    pub(super) fn waits_out(&self) -> bool {
        let procedure = &self.plan.procedure;
        procedure.doing(Issue::CreateConnector).is_none()
            && procedure.doing(Issue::AdoptConnector).is_none()
    }

    /// The first target that is open: in a new region (F-6), so never in the lost
    /// connector's own; or a connector that exists (F-7).
    fn choose(&self, place: usize) -> Option<Choice> {
        let it = &self.state.progress[place];
        let world = &self.state.world;
        let own = world.connector(it.lost).region;
        let creates = self.plan.procedure.doing(Issue::CreateConnector).is_some();
        let adopts = self.plan.procedure.doing(Issue::AdoptConnector).is_some();
        let open = |region: RegionIx| {
            creates
                && region != own
                && world.regions[region.ix()].outages == 0
                && !it.refused_regions.contains(&region)
        };
        let catalogue = self.plan.fleet.catalogue();
        self.plan
            .procedure
            .target
            .iter()
            .find_map(|target| match *target {
                Target::Region(region) => open(region).then_some(Choice::Region(region)),
                Target::Adopt(connector) => {
                    let fit = adopts
                        && connector != it.lost
                        && world.works(connector)
                        && !it.refused_connectors.contains(&connector);
                    fit.then_some(Choice::Adopt(connector))
                }
                Target::Automatic => catalogue
                    .candidates(own)
                    .find(|&it| open(it))
                    .map(Choice::Region),
                Target::StayInGeography => catalogue
                    .candidates(own)
                    .find(|&it| open(it) && catalogue.same_geography(own, it))
                    .map(Choice::Region),
            })
    }

    /// A target was refused: another is chosen, leaving it out.
    pub(super) fn choose_again(&mut self, place: usize) {
        let it = &mut self.state.progress[place];
        match std::mem::replace(&mut it.choice, Choice::Open) {
            Choice::Region(region) => it.refused_regions.push(region),
            Choice::Adopt(connector) => it.refused_connectors.push(connector),
            Choice::Open => {}
        }
        // What did not apply to the refused target may apply to the next.
        let steps = bits(self.plan.procedure.connector_steps).filter(|&step| {
            let node = self.node(step);
            node.issue.establishes() || matches!(node.when, When::Creating | When::Adopting)
        });
        let steps: Vec<StepIx> = steps.collect();
        let it = &mut self.state.progress[place];
        for step in &steps {
            it.done &= !step.bit();
            it.begun &= !step.bit();
            it.tries[step.ix()] = it.tries[step.ix()].saturating_add(1);
        }
        steps
            .into_iter()
            .for_each(|step| self.consider_connector(place, step));
    }

    /// A region or a connector came back: those who found no target look again.
    pub(super) fn retry_targets(&mut self) {
        if self.state.without_target.is_empty() {
            return;
        }
        for (place, step) in std::mem::take(&mut self.state.without_target) {
            self.consider_connector(place as usize, StepIx(step));
        }
    }

    /// The fleet's connector at the root of a recovery's line.
    pub(super) fn root_of_recovery(&self, recovery: RecoveryIx) -> ConnectorIx {
        let lost = self.state.world.recovery(recovery).connector;
        self.state.world.connector(lost).root
    }
}
