//! How work is begun, slowed, stopped and ended: people who are there, hours
//! that they keep, and the pace of the platform.

use super::agenda::{Due, Turn};
use super::run::Run;
use super::teams::{Turnstile, team, team_of};
use super::work::{NOT_YET, Task};
use crate::model::command::Actor;
use crate::model::fact::Subject;
use crate::model::ids::ConnectorIx;
use crate::model::world::Life;
use crate::procedure::Issue;
use crate::time::{Factor, Instant};

impl Run<'_> {
    /// Who does a piece of work.
    pub(super) fn doer(&self, task: &Task) -> Actor {
        match task {
            Task::Step { step, .. } => self.plan.procedure.step(*step).by,
            Task::Explore { .. } => Actor::Platform,
            Task::Foreign { .. } => Actor::Support,
        }
    }

    /// Hands a piece of work to its team: it begins, or waits for somebody.
    pub(super) fn hand_over(&mut self, slot: u32) {
        let by = self.doer(&self.state.bench.at(slot).task);
        if self.state.teams[team_of(by)].limited {
            let turn = self.turnstile(slot);
            let team = &mut self.state.teams[team_of(by)];
            team.queue.insert(turn, slot);
            team.changed = true;
        } else {
            self.take_up(slot);
        }
    }

    /// Gives work to whoever is free, and takes it from those who left.
    pub(super) fn staff(&mut self, by: Actor) {
        while let Some((_, slot)) = self.state.teams[team_of(by)].too_much() {
            self.lay_down(slot);
        }
        while let Some((_, slot)) = self.state.teams[team_of(by)].next() {
            self.take_up(slot);
        }
    }

    /// Where a piece of work stands in its team's queue.
    fn turnstile(&self, slot: u32) -> Turnstile {
        let work = self.state.bench.at(slot);
        match work.task {
            Task::Foreign { ticket, .. } => (u64::from(ticket), 0, 0),
            Task::Explore { connector, org } => (2 + u64::from(connector.0), u64::from(org.0), 0),
            Task::Step {
                progress,
                step,
                subject,
            } => {
                let lost = self.state.progress[progress as usize].lost;
                let support = self.plan.procedure.step(step).by == Actor::Support;
                match subject {
                    Subject::Ticket(ticket) => (self.state.desks[ticket.ix()].position, 0, step.0),
                    Subject::Org(org) if support => {
                        let ticket = self.desk_of(slot, org);
                        let position =
                            ticket.map_or(u64::MAX, |it| self.state.desks[it.ix()].position);
                        (position, 1 + u64::from(org.0), step.0)
                    }
                    Subject::Org(org) => (1, u64::from(org.0), step.0),
                    Subject::Connector => (0, self.order_of(lost), step.0),
                }
            }
        }
    }

    /// Somebody takes a piece of work up, or goes on with it.
    fn take_up(&mut self, slot: u32) {
        let by = self.doer(&self.state.bench.at(slot).task);
        let now = self.state.now;
        if self.state.bench.at(slot).began == NOT_YET {
            let hours = &team(self.plan, by).hours;
            let began = if hours.is_always() {
                now
            } else {
                hours.next_open(now).unwrap_or(now)
            };
            self.state.bench.at_mut(slot).began = began;
            self.set_out(slot);
        }
        self.go_on(slot);
    }

    /// Dates the end of work that is under way at its present pace.
    pub(super) fn go_on(&mut self, slot: u32) {
        let pace = self.pace_of(&self.state.bench.at(slot).task);
        let token = self.state.bench.renew(slot);
        let now = self.state.now;
        let work = self.state.bench.at_mut(slot);
        (work.since, work.pace) = (now, pace);
        let Some(pace) = pace else { return };
        let (left, task) = (work.left, work.task);
        let by = self.doer(&task);
        let hours = &team(self.plan, by).hours;
        let stretched = if pace == Factor::ONE {
            left
        } else {
            pace.stretch(left)
        };
        let end = if hours.is_always() {
            Some(now + stretched)
        } else {
            hours.end_of(now, stretched)
        };
        if let Some(end) = end {
            let turn = self.turn_of(&task, by);
            self.put(end, turn, Due::Work { slot, token });
        }
    }

    /// Counts what was done since it was last dated.
    pub(super) fn tally(&mut self, slot: u32) {
        let now = self.state.now;
        let by = self.doer(&self.state.bench.at(slot).task);
        let work = self.state.bench.at(slot);
        let Some(pace) = work.pace.filter(|_| work.since != NOT_YET) else {
            return;
        };
        let elapsed = team(self.plan, by).hours.open_between(work.since, now);
        let done = if pace == Factor::ONE {
            elapsed
        } else {
            pace.work_done(elapsed)
        };
        let work = self.state.bench.at_mut(slot);
        work.left = work.left.saturating_sub(done);
        work.since = now;
    }

    /// Nobody is left for it: it waits where it stopped.
    fn lay_down(&mut self, slot: u32) {
        self.tally(slot);
        self.state.bench.renew(slot);
        self.state.bench.at_mut(slot).since = NOT_YET;
    }

    /// The pace of work that is under way may have changed.
    fn pace(&mut self, slot: u32) {
        let work = self.state.bench.at(slot);
        if work.since != NOT_YET && !work.crashed && self.pace_of(&work.task) != work.pace {
            self.tally(slot);
            self.go_on(slot);
        }
    }

    pub(super) fn pace_plant(&mut self, connector: ConnectorIx) {
        let plant = &self.state.plants[connector.ix()];
        for slot in [plant.discovery.current, plant.recreation.current]
            .into_iter()
            .flatten()
        {
            self.pace(slot);
        }
        self.next_discovery(connector);
        self.next_recreation(connector);
    }

    /// The pace of a piece of work: slower where the region or the SCM is, and
    /// none where the connector does not work.
    fn pace_of(&self, task: &Task) -> Option<Factor> {
        let world = &self.state.world;
        match *task {
            Task::Explore { connector, .. } => {
                let it = world.connector(connector);
                let scm = &world.scms[it.scm as usize];
                let stands = !world.works(connector) || scm.outages > 0 || it.stalls > 0;
                let region = world.regions[it.region.ix()].slow.factor();
                (!stands).then(|| scm.slow.factor().mul(region))
            }
            Task::Step { progress, step, .. }
                if self.plan.procedure.step(step).issue == Issue::RecreateRecords =>
            {
                let recovery = self.state.progress[progress as usize].recovery;
                let target = world.recovery(recovery).target.get()?;
                let it = world.connector(target);
                let stands = it.life != Life::Active || world.is_down(target);
                (!stands).then(|| world.regions[it.region.ix()].slow.factor())
            }
            _ => Some(Factor::ONE),
        }
    }

    pub(super) fn turn_of(&self, task: &Task, by: Actor) -> Turn {
        match *task {
            Task::Foreign { ticket, .. } => Turn::new(by, false, u64::from(ticket), 0),
            Task::Explore { org, .. } => Turn::new(by, true, u64::from(org.0), 0),
            Task::Step {
                progress,
                step,
                subject,
            } => match subject {
                Subject::Org(org) => Turn::new(by, true, u64::from(org.0), step.0),
                _ => {
                    let lost = self.state.progress[progress as usize].lost;
                    Turn::new(by, false, self.order_of(lost), step.0)
                }
            },
        }
    }

    /// Takes a piece of work off its team and its slot.
    pub(super) fn finish_work(&mut self, slot: u32) -> super::work::Work {
        let by = self.doer(&self.state.bench.at(slot).task);
        let limited = self.state.teams[team_of(by)].limited;
        if limited {
            let turn = self.turnstile(slot);
            let team = &mut self.state.teams[team_of(by)];
            team.busy.remove(&turn);
            team.queue.remove(&turn);
        }
        self.leave_lane(slot);
        let work = self.state.bench.take(slot);
        self.state.teams[team_of(by)].changed |= limited;
        work
    }

    /// Stops a piece of work for good.
    pub(super) fn drop_work(&mut self, slot: u32) {
        self.finish_work(slot);
    }

    /// When a piece of work began; now, if nobody had taken it up.
    pub(super) fn began(&self, slot: u32) -> Instant {
        self.state.bench.at(slot).began.min(self.state.now)
    }
}
