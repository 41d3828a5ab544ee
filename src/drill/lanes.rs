//! Those who do one org after another: a connector's discovery (D-3) and its
//! recreation (F-13), and the release of a ticket's orgs (F-9).

use super::agenda::{Due, Turn};
use super::run::Run;
use super::work::{Line, Place, Task, Waiting, Work};
use crate::chance::Purpose;
use crate::faults::MishapKind;
use crate::model::command::{Actor, Command};
use crate::model::fact::Subject;
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, StepIx, TicketIx};
use crate::model::rules::{Anchor, Rule};
use crate::model::world::TicketState;
use crate::procedure::{Issue, Takes};
use crate::time::Duration;

impl Run<'_> {
    /// A connector's discovery takes the next org that it has claimed.
    pub(super) fn next_discovery(&mut self, connector: ConnectorIx) {
        let lane = &mut self.state.plants[connector.ix()].discovery;
        if lane.current.is_some() {
            return;
        }
        let Some(next) = lane.pop() else { return };
        let org = next.org;
        let by = Actor::Platform;
        let turn = Turn::new(by, true, u64::from(org.0), 0);
        let task = Task::Explore { connector, org };
        let mut work = Work::new(task, Line::Discovery(connector), by, turn, next.ready);
        work.left = self.exploring_takes(org);
        let slot = self.hand_over(work);
        self.state.plants[connector.ix()].discovery.current = Some(slot);
        self.meter(connector);
    }

    /// The time to go through an org: its projects or repos at the SCM's rate, so that
    /// what waits for it takes in proportion (F-11).
    pub(super) fn exploring_takes(&self, org: OrgIx) -> Duration {
        let row = self.plan.fleet.org(org);
        let step = self.plan.procedure.doing(Issue::Discover);
        match step.map(|it| &self.plan.procedure.step(it).takes) {
            Some(Takes::Time(dist)) => {
                let ordinal = u64::from(self.state.world.org(org).recovery.0);
                let millis = self.decide_at(row.key, Purpose::StepTime, ordinal, &dist.domain());
                Duration::from_millis(millis)
            }
            Some(takes) => takes
                .units(row.scm)
                .map_or(Duration::ZERO, |rate| rate.time_for(row.units.into())),
            None => super::discovery_rate(row.scm).time_for(row.units.into()),
        }
    }

    pub(super) fn explored(&mut self, slot: u32) {
        let work = self.finish_work(slot);
        self.sight.last_exploration = work.began.min(self.state.now);
        let Task::Explore { connector, org } = work.task else {
            return;
        };
        self.order(Actor::Platform, &Command::ShowEntities { org, connector });
        self.next_discovery(connector);
    }

    /// An org is ready to have its records recreated.
    pub(super) fn queue_recreation(&mut self, target: ConnectorIx, waiting: Waiting) {
        self.state.plants[target.ix()].recreation.push(waiting);
        self.next_recreation(target);
    }

    pub(super) fn next_recreation(&mut self, connector: ConnectorIx) {
        let lane = &mut self.state.plants[connector.ix()].recreation;
        if lane.current.is_some() {
            return;
        }
        let Some(next) = lane.pop() else { return };
        let mut work = self.step_work(
            next.progress as usize,
            next.step,
            Subject::Org(next.org),
            Line::Recreation(connector),
            next.ready,
        );
        work.fumble = next.fumble;
        let slot = self.hand_over(work);
        self.state.plants[connector.ix()].recreation.current = Some(slot);
    }

    /// Begins a recreation: what is inside the window is settled now (U-3). The time
    /// that its first stretch takes.
    pub(super) fn set_out_recreation(
        &mut self,
        step: StepIx,
        target: ConnectorIx,
        recovery: RecoveryIx,
        org: OrgIx,
    ) -> Option<Duration> {
        let alerts = self.alerts_to_recreate(recovery, org);
        let (crash_in, resumes_after) = self.crash_of(recovery, org, alerts);
        self.state.plants[target.ix()].place = Place {
            kind: 0,
            from: 0,
            to: 0,
            crash_in,
            resumes_after,
            alerts,
        };
        // Where the whole step has one time of its own, the records come at its end.
        if self.recreates_in_one(step) {
            return None;
        }
        self.next_stretch(step, target, org, 0)
    }

    /// How many alerts the platform recreates: those inside the window (F-14).
    fn alerts_to_recreate(&self, recovery: RecoveryIx, org: OrgIx) -> u32 {
        let world = &self.state.world;
        let row = world.org(org);
        let target = world.recovery(recovery).target;
        let held_by = self.plan.fleet.org(org).connector;
        let anchor = match self.plan.parameters.anchor {
            Anchor::OutageStart => held_by
                .get()
                .and_then(|it| world.connector(it).first_outage),
            Anchor::ConnectorCreated => target.get().map(|it| world.connector(it).taken_at),
            Anchor::TicketOpened => row.ticket.get().map(|it| world.ticket(it).opened_at),
            Anchor::OrgReleased => row.ticket.get().map(|_| row.released_at),
            Anchor::Recreation => Some(self.state.now),
        };
        let now = self.state.now;
        self.setting.alerts_offered(org, anchor.unwrap_or(now), now)
    }

    /// A crash that waits for this org's recreation, or for the next.
    fn crash_of(&mut self, recovery: RecoveryIx, org: OrgIx, alerts: u32) -> (u64, Duration) {
        if self.state.mishaps.is_empty() {
            return (u64::MAX, Duration::ZERO);
        }
        let root = self.root_of_recovery(recovery);
        let hits = |kind: &MishapKind| matches!(kind, MishapKind::RecreationCrash { org: whose, .. } if *whose == org || !whose.is_some());
        let Some((
            _,
            MishapKind::RecreationCrash {
                at, resumes_after, ..
            },
        )) = self.take_mishap(root, hits)
        else {
            return (u64::MAX, Duration::ZERO);
        };
        let records = &self.plan.fleet.org(org).records;
        let all = u64::from(alerts) + u64::from(records[1]) + u64::from(records[2]);
        (
            all * u64::from(at.as_ppm()) / 1_000_000,
            resumes_after.unwrap_or(Duration::MAX),
        )
    }

    /// Finds the next stretch of records, telling of kinds without any on the
    /// way; the time that it takes, or nothing when there is none left.
    fn next_stretch(
        &mut self,
        step: StepIx,
        target: ConnectorIx,
        org: OrgIx,
        first_kind: u8,
    ) -> Option<Duration> {
        for kind in first_kind..3 {
            let record = RecordKind::RECREATED[kind as usize];
            let here = self.state.world.org(org);
            let resumed = if here.home == target {
                here.recreated[kind as usize]
            } else {
                0
            };
            let place = &mut self.state.plants[target.ix()].place;
            let all = if record == RecordKind::Alert {
                place.alerts
            } else {
                self.plan.fleet.org(org).records[kind as usize]
            };
            let to = all
                .min(self.setting.records_offered(&self.state.world, org, record))
                .max(resumed);
            if to > resumed {
                let stretch = u64::from(to - resumed).min(place.crash_in) as u32;
                (place.kind, place.from, place.to) = (kind, resumed, resumed + stretch);
                return Some(self.recreating_takes(step, resumed, resumed + stretch));
            }
            // One fact an org and kind, also where there was nothing to recreate.
            if resumed == 0 {
                self.recreate(target, org, record, 0, 0);
            }
        }
        self.state.plants[target.ix()].place.kind = 3;
        None
    }

    /// Goes on with the next stretch; false when there is none left.
    fn goes_on(&mut self, slot: u32, next: Option<Duration>) -> bool {
        let Some(left) = next else { return false };
        self.state.bench.at_mut(slot).left = left;
        self.go_on(slot);
        true
    }

    /// The share of a kind's time that a stretch takes; the whole is rounded up
    /// once, however often it is cut.
    fn recreating_takes(&self, step: StepIx, from: u32, to: u32) -> Duration {
        match &self.plan.procedure.step(step).takes {
            Takes::Records(rate) if from == 0 => rate.time_for(to.into()),
            Takes::Records(rate) => rate
                .time_for(to.into())
                .saturating_sub(rate.time_for(from.into())),
            _ => Duration::ZERO,
        }
    }

    /// Whether a recreation's time is that of the step rather than of its records.
    fn recreates_in_one(&self, step: StepIx) -> bool {
        matches!(self.plan.procedure.step(step).takes, Takes::Time(_))
    }

    fn recreate(
        &mut self,
        connector: ConnectorIx,
        org: OrgIx,
        kind: RecordKind,
        from: u32,
        to: u32,
    ) {
        self.order(
            Actor::Platform,
            &Command::RecreateRecords {
                org,
                connector,
                kind,
                from,
                to,
            },
        );
    }

    /// A stretch is over: on with the next, unless it crashed.
    pub(super) fn recreated_stretch(&mut self, slot: u32) {
        let Some((progress, step, org, target)) = self.recreation_at(slot) else {
            return;
        };
        let place = self.state.plants[target.ix()].place;
        if self.recreates_in_one(step) {
            let mut first_kind = 0;
            while self.next_stretch(step, target, org, first_kind).is_some() {
                let place = self.state.plants[target.ix()].place;
                let kind = RecordKind::RECREATED[place.kind as usize];
                self.recreate(target, org, kind, place.from, place.to);
                first_kind = place.kind + 1;
            }
        } else if place.kind < 3 {
            let kind = RecordKind::RECREATED[place.kind as usize];
            self.recreate(target, org, kind, place.from, place.to);
            if place.crash_in != u64::MAX {
                let left = place.crash_in - u64::from(place.to - place.from);
                self.state.plants[target.ix()].place.crash_in = left;
                if left == 0 {
                    self.crash(slot, org, target, place.resumes_after);
                    return;
                }
            }
            // Whatever came of it, a stretch that did not crash ends its kind.
            let next = self.next_stretch(step, target, org, place.kind + 1);
            if self.goes_on(slot, next) {
                return;
            }
        }
        let work = self.finish_work(slot);
        let began = work.began.min(self.state.now);
        if !self.slipped_in_lane(progress as usize, step, org, work.fumble) {
            self.step_finished_for_org(progress as usize, step, org, work.ready, began);
        }
        self.next_recreation(target);
    }

    /// What a recreation is about: recovery, step, org, and into which connector.
    fn recreation_at(&self, slot: u32) -> Option<(u32, StepIx, OrgIx, ConnectorIx)> {
        let work = self.state.bench.at(slot);
        match (work.task, work.line) {
            (
                Task::Step {
                    progress,
                    step,
                    subject: Subject::Org(org),
                },
                Line::Recreation(target),
            ) => Some((progress, step, org, target)),
            _ => None,
        }
    }

    fn crash(&mut self, slot: u32, org: OrgIx, connector: ConnectorIx, resumes_after: Duration) {
        self.order(
            Actor::Platform,
            &Command::CrashRecreation { org, connector },
        );
        let token = self.state.bench.renew(slot);
        self.state.bench.at_mut(slot).crashed = true;
        if resumes_after < Duration::MAX {
            let turn = Turn::new(Actor::Platform, true, u64::from(org.0), 0);
            self.put(
                self.state.now + resumes_after,
                turn,
                Due::Resume { slot, token },
            );
        }
    }

    /// A crashed recreation goes on where it stopped; or from the first record,
    /// where a defect makes it forget.
    pub(super) fn resume_recreation(&mut self, slot: u32) {
        let Some((_, step, org, target)) = self.recreation_at(slot) else {
            return;
        };
        self.state.bench.at_mut(slot).crashed = false;
        self.state.plants[target.ix()].place.crash_in = u64::MAX;
        let kind = self.state.plants[target.ix()].place.kind;
        if !self.plan.rules.hold(Rule::ResumeWhereStopped) {
            self.recreate_again(target, org, kind);
        }
        let next = self.next_stretch(step, target, org, kind);
        if !self.goes_on(slot, next) {
            self.recreated_stretch(slot);
        }
    }

    /// What a platform does that has forgotten how far it had come.
    fn recreate_again(&mut self, target: ConnectorIx, org: OrgIx, upto_kind: u8) {
        for kind in &RecordKind::RECREATED[..=upto_kind.min(2) as usize] {
            let had = self.state.world.org(org).recreated[kind.ix()];
            if had > 0 {
                self.recreate(target, org, *kind, 0, had);
            }
        }
    }

    /// The next org of a ticket is let go.
    pub(super) fn next_release(&mut self, ticket: TicketIx) {
        let lane = &mut self.state.desks[ticket.ix()].lane;
        if lane.current.is_some() {
            return;
        }
        let Some(next) = lane.pop() else { return };
        let mut work = self.step_work(
            next.progress as usize,
            next.step,
            Subject::Org(next.org),
            Line::Release(ticket),
            next.ready,
        );
        work.fumble = next.fumble;
        let slot = self.hand_over(work);
        self.state.desks[ticket.ix()].lane.current = Some(slot);
    }

    /// One org of a ticket needs no more releasing; the last one closes it.
    pub(super) fn released_one(&mut self, ticket: TicketIx) {
        let desk = &mut self.state.desks[ticket.ix()];
        desk.left = desk.left.saturating_sub(1);
        if desk.left == 0 && self.state.world.ticket(ticket).state == TicketState::Triaged {
            self.order(Actor::Support, &Command::CloseTicket(ticket));
        }
    }

    /// A connector lost its configuration: its platform workers stop, and what
    /// they had before them waits for the recovery that takes it over.
    pub(super) fn stop_plant(&mut self, connector: ConnectorIx) {
        let plant = &mut self.state.plants[connector.ix()];
        plant.discovery.clear();
        plant.recreation.clear();
        for slot in [plant.discovery.current, plant.recreation.current]
            .into_iter()
            .flatten()
        {
            self.drop_work(slot);
        }
    }
}
