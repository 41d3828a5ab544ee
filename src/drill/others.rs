//! Everybody else's tickets: they come at their own pace, or because a region was
//! lost, and stand in the support queue with ours (U-1).

use super::agenda::{Due, Turn};
use super::run::Run;
use super::teams::team_of;
use super::work::{Line, Task, Work};
use crate::chance::{DurationDist, EntityKey, Purpose};
use crate::model::command::Actor;
use crate::model::fact::What;
use crate::model::ids::{RegionIx, TicketIx, entity_key};
use crate::procedure::{Issue, Takes};
use crate::scenario::queue::USUAL_PRIORITY;
use crate::time::{Duration, Instant};

/// How many draws of one loss of a region come before those of the next.
const A_LOSS: u64 = 1 << 20;

/// A ticket's place in the queue: its class, then the order in which they came.
pub(super) const fn place_of(priority: u8, position: u64) -> u64 {
    (priority as u64) << 56 | position
}

impl Run<'_> {
    /// Dates the first ticket of each stream of others.
    pub(super) fn expect_others(&mut self) {
        for (at, stream) in self.plan.queue.others.iter().enumerate() {
            self.expect_next(at as u32, 0, stream.from);
        }
    }

    fn expect_next(&mut self, stream: u32, number: u32, since: Instant) {
        let it = &self.plan.queue.others[stream as usize];
        let gap = self.decide_at(
            it.key,
            Purpose::OthersArrive,
            number.into(),
            &it.every.domain(),
        );
        let at = since + Duration::from_millis(gap);
        if it.to.is_none_or(|to| at < to) {
            let turn = Turn::new(Actor::Fate, false, stream.into(), 0);
            self.put(at, turn, Due::Arrival { stream, number });
        }
    }

    /// A ticket of a stream comes, and the next is dated.
    pub(super) fn arrival(&mut self, stream: u32, number: u32) {
        let it = &self.plan.queue.others[stream as usize];
        let left = self.reading_takes(it.takes.as_ref(), it.key, number.into());
        self.foreign_ticket(it.priority, left);
        self.expect_next(stream, number + 1, self.state.now);
    }

    /// A region is lost: everybody there opens a ticket, at once or by and by.
    pub(super) fn rush(&mut self, region: RegionIx) {
        let Some(rush) = &self.plan.queue.region_lost else {
            return;
        };
        // One that is held down by a second outage was lost before.
        if self.state.world.regions[region.ix()].outages > 1 {
            return;
        }
        let key = self.region_key(region);
        let loss = self.state.losses.entry(region.0).or_insert(0);
        let nth = u64::from(*loss);
        *loss += 1;
        let count = self.decide_at(key, Purpose::OthersCount, nth, &rush.tickets.domain());
        let tickets = u32::try_from(count).unwrap_or(u32::MAX);
        self.note(Actor::Fate, What::OthersWrite { region, tickets });
        for turn in 0..tickets {
            let ordinal = nth * A_LOSS + u64::from(turn);
            let after = self.decide_at(key, Purpose::OthersAfter, ordinal, &rush.after.domain());
            if after == 0 {
                self.rushed(region, ordinal);
                continue;
            }
            let at = self.state.now + Duration::from_millis(after);
            let place = Turn::new(Actor::Fate, false, u64::from(turn), 0);
            let due = Due::Rushed {
                region: region.0,
                ordinal: ordinal as u32,
            };
            self.put(at, place, due);
        }
    }

    /// One of those tickets comes.
    pub(super) fn rushed(&mut self, region: RegionIx, ordinal: u64) {
        let Some(rush) = &self.plan.queue.region_lost else {
            return;
        };
        let left = self.reading_takes(rush.takes.as_ref(), self.region_key(region), ordinal);
        self.foreign_ticket(rush.priority, left);
    }

    fn region_key(&self, region: RegionIx) -> EntityKey {
        entity_key("region", self.plan.fleet.catalogue().region(region).name)
    }

    /// Everybody else's tickets join the support queue at once, as a fault.
    pub(super) fn surge(&mut self, fault: u32, tickets: u32) {
        self.note(Actor::Fate, What::SupportSurge { tickets });
        let key = self.faults[fault as usize].key;
        for turn in 0..tickets {
            let left = self.reading_takes(None, key, turn.into());
            self.foreign_ticket(USUAL_PRIORITY, left);
        }
    }

    /// How long a ticket of others takes to read: what is said of it, else as long as
    /// one of ours.
    fn reading_takes(&self, own: Option<&DurationDist>, key: EntityKey, ordinal: u64) -> Duration {
        let triage = self.plan.procedure.doing(Issue::TriageTicket);
        let ours = || match triage.map(|it| &self.plan.procedure.step(it).takes) {
            Some(Takes::Time(dist)) => Some(dist),
            _ => None,
        };
        own.or_else(ours).map_or(super::FOREIGN_TICKET, |dist| {
            let millis = self.decide_at(key, Purpose::SurgeTime, ordinal, &dist.domain());
            Duration::from_millis(millis)
        })
    }

    fn foreign_ticket(&mut self, priority: u8, left: Duration) {
        let position = u32::try_from(self.state.position).unwrap_or(u32::MAX);
        self.state.position += 1;
        let turn = Turn::new(Actor::Support, false, u64::from(position), 0);
        let task = Task::Foreign {
            priority,
            ticket: position,
        };
        let mut work = Work::new(task, Line::None, Actor::Support, turn, self.state.now);
        work.left = left;
        self.hand_over(work);
    }

    /// Where the queue is shared with others, a ticket's place in it is told.
    pub(super) fn tell_place(&mut self, ticket: TicketIx) {
        if !self.plan.queue.is_shared() {
            return;
        }
        let place = self.state.desks[ticket.ix()].place();
        let team = &self.state.teams[team_of(Actor::Support)];
        let waiting = team.queue.range(..(place, 0, 0)).count();
        let present = team.present(&self.plan.teams.support, self.state.now);
        let somebody_is_free = ((team.busy.len() + waiting) as u64) < u64::from(present);
        let ahead = if somebody_is_free {
            0
        } else {
            (waiting + team.busy.len()) as u32
        };
        self.note(Actor::Support, What::TicketQueued { ticket, ahead });
    }
}
