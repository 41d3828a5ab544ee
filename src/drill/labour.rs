//! How work is begun, slowed, stopped and ended: people who are there, hours
//! that they keep, and the pace of the platform.

use super::agenda::{Due, Turn};
use super::others::place_of;
use super::run::Run;
use super::teams::{Turnstile, team, team_of};
use super::work::{Line, NOT_YET, Task, Work};
use crate::model::command::Actor;
use crate::model::fact::Subject;
use crate::model::ids::{ConnectorIx, StepIx};
use crate::model::world::Life;
use crate::time::{Duration, Factor, Instant};

impl Run<'_> {
    /// A step of a recovery, as work that nobody has begun.
    pub(super) fn step_work(
        &self,
        place: usize,
        step: StepIx,
        subject: Subject,
        line: Line,
        ready: Instant,
    ) -> Work {
        let by = self.node(step).by;
        let turn = match subject {
            Subject::Org(org) => Turn::new(by, true, u64::from(org.0), step.0),
            Subject::Ticket(_) | Subject::Connector => {
                let lost = self.state.progress[place].lost;
                Turn::new(by, false, self.order_of(lost), step.0)
            }
        };
        let task = Task::Step {
            progress: place as u32,
            step,
            subject,
        };
        Work::new(task, line, by, turn, ready)
    }

    /// Hands a piece of work to its team: it begins, or waits for somebody. The
    /// slot in which it lies.
    #[inline]
    pub(super) fn hand_over(&mut self, mut work: Work) -> u32 {
        if self.state.teams[team_of(work.by)].limited {
            let slot = self.state.bench.put(work);
            self.queue_up(slot);
            return slot;
        }
        // Whoever has time begins before it lies anywhere.
        self.set_out(&mut work);
        let (turn, end) = (work.turn, self.date(&mut work));
        let slot = self.state.bench.put(work);
        self.due_at(end, turn, slot);
        slot
    }

    fn queue_up(&mut self, slot: u32) {
        let turn = self.turnstile(slot);
        let team = &mut self.state.teams[team_of(self.state.bench.at(slot).by)];
        team.queue.insert(turn, slot);
        team.changed = true;
    }

    /// Hands a piece of work over once a delay is over.
    #[inline]
    pub(super) fn hand_over_after(&mut self, work: Work, delay: Duration) {
        if delay == Duration::ZERO {
            self.hand_over(work);
        } else {
            self.put_off(work, delay);
        }
    }

    fn put_off(&mut self, work: Work, delay: Duration) {
        let turn = work.turn;
        let slot = self.state.bench.put(work);
        let token = self.state.bench.at(slot).token;
        self.put(self.state.now + delay, turn, Due::Begin { slot, token });
    }

    /// A delay is over: the work is handed to its team.
    pub(super) fn put_off_no_more(&mut self, slot: u32) {
        if self.state.teams[team_of(self.state.bench.at(slot).by)].limited {
            self.queue_up(slot);
        } else {
            self.take_up(slot);
        }
    }

    /// Where a piece of work stands in its team's queue.
    fn turnstile(&self, slot: u32) -> Turnstile {
        let work = self.state.bench.at(slot);
        match work.task {
            Task::Foreign { priority, ticket } => (place_of(priority, ticket.into()), 0, 0),
            Task::Explore { connector, org } => (2 + u64::from(connector.0), u64::from(org.0), 0),
            Task::Step {
                progress,
                step,
                subject,
            } => match subject {
                Subject::Ticket(ticket) => (self.state.desks[ticket.ix()].place(), 0, step.0),
                Subject::Org(org) if work.by == Actor::Support => {
                    let position = match work.line {
                        Line::Release(ticket) => self.state.desks[ticket.ix()].place(),
                        _ => u64::MAX,
                    };
                    (position, 1 + u64::from(org.0), step.0)
                }
                Subject::Org(org) => (1, u64::from(org.0), step.0),
                Subject::Connector => {
                    let lost = self.state.progress[progress as usize].lost;
                    (0, self.order_of(lost), step.0)
                }
            },
        }
    }

    /// Somebody takes a piece of work up, or goes on with it.
    pub(super) fn take_up(&mut self, slot: u32) {
        if self.state.bench.at(slot).began == NOT_YET {
            let mut work = self.state.bench.at(slot).clone();
            self.set_out(&mut work);
            *self.state.bench.at_mut(slot) = work;
        }
        self.go_on(slot);
    }

    /// Somebody begins a piece of work now, or when the hours open next.
    #[inline]
    fn set_out(&mut self, work: &mut Work) {
        let now = self.state.now;
        let hours = &team(self.plan, work.by).hours;
        work.began = if hours.is_always() {
            now
        } else {
            hours.next_open(now).unwrap_or(now)
        };
        self.settle_length(work);
    }

    /// Goes on with work at its present pace: what was due for it is void.
    pub(super) fn go_on(&mut self, slot: u32) {
        self.state.bench.renew(slot);
        let mut work = self.state.bench.at(slot).clone();
        let (turn, end) = (work.turn, self.date(&mut work));
        let line = work.line;
        *self.state.bench.at_mut(slot) = work;
        self.due_at(end, turn, slot);
        self.metered(line);
    }

    /// Where an SCM limits requests, what discovery asks for is counted.
    #[inline]
    fn metered(&mut self, line: Line) {
        if let Line::Discovery(connector) = line {
            self.meter(connector);
        }
    }

    /// Dates the end of work that is under way from now on at its present pace.
    #[inline]
    fn date(&self, work: &mut Work) -> Option<Instant> {
        let now = self.state.now;
        (work.since, work.pace) = (now, self.pace_of(work.line));
        let pace = work.pace?;
        let stretched = if pace == Factor::ONE {
            work.left
        } else {
            pace.stretch(work.left)
        };
        let hours = &team(self.plan, work.by).hours;
        if hours.is_always() {
            Some(now + stretched)
        } else {
            hours.end_of(now, stretched)
        }
    }

    #[inline]
    fn due_at(&mut self, end: Option<Instant>, turn: Turn, slot: u32) {
        if let Some(end) = end {
            let token = self.state.bench.at(slot).token;
            self.put(end, turn, Due::Work { slot, token });
        }
    }

    /// Counts what was done since it was last dated.
    pub(super) fn tally(&mut self, slot: u32) {
        let now = self.state.now;
        let work = self.state.bench.at(slot);
        let Some(pace) = work.pace.filter(|_| work.since != NOT_YET) else {
            return;
        };
        let elapsed = team(self.plan, work.by).hours.open_between(work.since, now);
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
    pub(super) fn lay_down(&mut self, slot: u32) {
        self.tally(slot);
        self.state.bench.renew(slot);
        self.state.bench.at_mut(slot).since = NOT_YET;
        self.metered(self.state.bench.at(slot).line);
    }

    /// The pace of work that is under way may have changed.
    fn pace(&mut self, slot: u32) {
        let work = self.state.bench.at(slot);
        if work.since != NOT_YET && !work.crashed && self.pace_of(work.line) != work.pace {
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
    #[inline]
    fn pace_of(&self, line: Line) -> Option<Factor> {
        match line {
            Line::None | Line::Release(_) => Some(Factor::ONE),
            Line::Discovery(_) | Line::Recreation(_) => self.pace_of_platform(line),
        }
    }

    fn pace_of_platform(&self, line: Line) -> Option<Factor> {
        let world = &self.state.world;
        match line {
            Line::None | Line::Release(_) => Some(Factor::ONE),
            Line::Discovery(connector) => {
                let it = world.connector(connector);
                let scm = &world.scms[it.scm as usize];
                let stands = !world.works(connector)
                    || scm.outages > 0
                    || it.stalls > 0
                    || self.is_out_of_requests(connector);
                let region = world.regions[it.region.ix()].slow.factor();
                (!stands).then(|| scm.slow.factor().mul(region))
            }
            Line::Recreation(target) => {
                let it = world.connector(target);
                let stands = it.life != Life::Active || world.is_down(target);
                (!stands).then(|| world.regions[it.region.ix()].slow.factor())
            }
        }
    }

    /// Takes a piece of work off its team, its line and its slot.
    #[inline(always)]
    pub(super) fn finish_work(&mut self, slot: u32) -> Work {
        let by = self.state.bench.at(slot).by;
        if self.state.teams[team_of(by)].limited {
            self.leave_team(slot);
        }
        let work = self.state.bench.take(slot);
        let lane = match work.line {
            Line::None => return work,
            Line::Release(ticket) => &mut self.state.desks[ticket.ix()].lane,
            Line::Discovery(connector) => &mut self.state.plants[connector.ix()].discovery,
            Line::Recreation(target) => &mut self.state.plants[target.ix()].recreation,
        };
        if lane.current == Some(slot) {
            lane.current = None;
        }
        self.metered(work.line);
        work
    }

    fn leave_team(&mut self, slot: u32) {
        let turn = self.turnstile(slot);
        let team = &mut self.state.teams[team_of(self.state.bench.at(slot).by)];
        team.forget(turn);
        team.changed = true;
    }

    /// Stops a piece of work for good.
    #[inline(never)]
    pub(super) fn drop_work(&mut self, slot: u32) {
        self.finish_work(slot);
    }
}
