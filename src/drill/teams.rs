//! Who does the work, when there are not enough of them, or not always.

use crate::faults::{Act, Schedule};
use crate::model::command::Actor;
use crate::scenario::Plan;
use crate::scenario::staff::{HandOver, Team};
use crate::time::Instant;
use std::collections::BTreeMap;

/// A place in a team's queue: what comes first is done first.
///
/// For support, tickets by class and in the order in which they came, then orgs by id.
/// For the others, work for a whole connector before work for one org, then by id.
pub(super) type Turnstile = (u64, u64, u8);

/// A team at one instant.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct TeamState {
    /// Whether there is a limit at all; without one there is no queue.
    pub(super) limited: bool,
    /// How many there are, if there is a limit.
    pub(super) size: Option<u32>,
    /// How many a fault keeps away; `None` in the list is everybody.
    pub(super) away: Vec<Option<u32>>,
    /// How many are absent besides, by shift; the first is the whole team where there
    /// are no shifts.
    pub(super) missing: Vec<u32>,
    /// What waits for somebody, by turn: the slots.
    pub(super) queue: BTreeMap<Turnstile, u32>,
    /// What somebody is doing, by turn: the slots.
    pub(super) busy: BTreeMap<Turnstile, u32>,
    /// What waits for the shift that began it: by shift, then by turn.
    pub(super) kept: BTreeMap<(u32, Turnstile), u32>,
    /// Which shift is doing a piece of work, or last did.
    pub(super) holders: BTreeMap<Turnstile, u32>,
    /// Whether the next beginning or end of a shift is dated.
    pub(super) shift_due: bool,
    /// Whether one has just come: those whose shift is over go home.
    pub(super) shift_over: bool,
    /// Whether somebody came, left or became free, or work came in. Who does what
    /// next is settled when all that follows at the instant is known: a ticket's
    /// next org goes before a later ticket.
    pub(super) changed: bool,
}

/// A piece of work that somebody takes up.
pub(super) struct Taken {
    pub(super) slot: u32,
    /// Whether another shift had begun it.
    pub(super) passed_on: bool,
}

/// A team's place in the row of teams.
pub(super) const fn team_of(by: Actor) -> usize {
    match by {
        Actor::Platform => 0,
        Actor::Support => 1,
        _ => 2,
    }
}

/// The team of the scenario that an actor belongs to.
pub(super) fn team(plan: &Plan, by: Actor) -> &Team {
    plan.teams.of(by)
}

impl TeamState {
    /// The teams as they stand at T+0.
    pub(super) fn of(plan: &Plan, schedule: &Schedule) -> [Self; 3] {
        [Actor::Platform, Actor::Support, Actor::Operator].map(|by| {
            let leaves = |act: &Act| matches!(act, Act::Leave(team, _) if *team == by);
            let team = team(plan, by);
            let limited = team.size.is_some() || schedule.events.iter().any(|it| leaves(&it.act));
            Self {
                limited,
                size: team.size,
                missing: vec![0; team.shifts.len().max(1)],
                ..Self::default()
            }
        })
    }

    /// How many are there; `u32::MAX` for no limit.
    pub(super) fn present(&self, team: &Team, now: Instant) -> u32 {
        if !team.shifts.is_empty() {
            let room = self.places(team, |it| it.is_open(now));
            return room.into_iter().fold(0, u32::saturating_add);
        }
        let everybody = self.away.iter().any(Option::is_none);
        match self.size {
            _ if everybody => 0,
            Some(size) => size.saturating_sub(self.away()),
            None => u32::MAX,
        }
    }

    /// How many are away of a team, or of its shifts that are on.
    fn away(&self) -> u32 {
        let faults = self.away.iter().flatten();
        let missing = self
            .missing
            .iter()
            .take(usize::from(self.missing.len() == 1));
        faults
            .chain(missing)
            .fold(0, |sum, it| sum.saturating_add(*it))
    }

    /// How many of each shift are there. Those whom a fault keeps away are missing
    /// from whoever is on.
    fn places(&self, team: &Team, on: impl Fn(&crate::time::Calendar) -> bool) -> Vec<u32> {
        let everybody = self.away.iter().any(Option::is_none);
        let faults = self.away.iter().flatten();
        let mut away = faults.fold(0u32, |sum, it| sum.saturating_add(*it));
        let shifts = team.shifts.iter().zip(&self.missing);
        let there = shifts.map(|(shift, missing)| {
            if everybody || !on(&shift.hours) {
                return 0;
            }
            let left = shift.size.saturating_sub(*missing);
            let there = left.saturating_sub(away);
            away -= left - there;
            there
        });
        there.collect()
    }

    /// How many of each shift do something.
    fn at_work(&self, team: &Team) -> Vec<u32> {
        let mut at_work = vec![0; team.shifts.len()];
        for turn in self.busy.keys() {
            if let Some(shift) = self.holders.get(turn) {
                at_work[*shift as usize] += 1;
            }
        }
        at_work
    }

    /// The next piece of work that somebody is free for.
    pub(super) fn next(&mut self, team: &Team, now: Instant) -> Option<Taken> {
        if !team.shifts.is_empty() {
            return self.next_in_shifts(team, now);
        }
        if self.busy.len() as u64 >= u64::from(self.present(team, now)) {
            return None;
        }
        let (turn, slot) = self.queue.pop_first()?;
        self.busy.insert(turn, slot);
        Some(Taken {
            slot,
            passed_on: false,
        })
    }

    /// Whoever kept work goes on with that; else the first in the queue is taken by
    /// the shift that had it, or else by the one that stays longest.
    fn next_in_shifts(&mut self, team: &Team, now: Instant) -> Option<Taken> {
        let there = self.places(team, |it| it.is_open(now));
        let at_work = self.at_work(team);
        let free = |shift: usize| at_work[shift] < there[shift];
        let kept = self.kept.keys().find(|it| free(it.0 as usize)).copied();
        if let Some(key) = kept {
            let slot = self.kept.remove(&key)?;
            self.busy.insert(key.1, slot);
            let passed_on = false;
            return Some(Taken { slot, passed_on });
        }
        let turn = *self.queue.keys().next()?;
        let had_it = self.holders.get(&turn).copied();
        let stays = |shift: &usize| {
            (
                team.shifts[*shift].hours.next_close(now),
                team.shifts.len() - shift,
            )
        };
        let shift = had_it.filter(|it| free(*it as usize)).or_else(|| {
            let free = (0..team.shifts.len()).filter(|it| free(*it));
            free.max_by_key(stays).map(|it| it as u32)
        })?;
        let slot = self.queue.remove(&turn)?;
        self.busy.insert(turn, slot);
        self.holders.insert(turn, shift);
        let passed_on = had_it.is_some_and(|it| it != shift);
        Some(Taken { slot, passed_on })
    }

    /// The last piece of work that nobody is left for.
    pub(super) fn too_much(&mut self, team: &Team, now: Instant) -> Option<u32> {
        if !team.shifts.is_empty() {
            return self.too_much_for_a_shift(team, now);
        }
        if self.busy.len() as u64 <= u64::from(self.present(team, now)) {
            return None;
        }
        let (turn, slot) = self.busy.pop_last()?;
        self.queue.insert(turn, slot);
        Some(slot)
    }

    /// A shift keeps its work until its end has come: what ends with it is done.
    fn too_much_for_a_shift(&mut self, team: &Team, now: Instant) -> Option<u32> {
        let stays = |it: &crate::time::Calendar| !self.shift_over || it.is_open(now);
        let there = self.places(team, stays);
        let at_work = self.at_work(team);
        let over = |it: &&Turnstile| {
            let shift = self.holders.get(it).map(|it| *it as usize);
            shift.is_some_and(|it| at_work[it] > there[it])
        };
        let turn = *self.busy.keys().rev().find(over)?;
        let slot = self.busy.remove(&turn)?;
        let shift = self.holders.get(&turn).copied().unwrap_or_default();
        let gone_home = !team.shifts[shift as usize].hours.is_open(now);
        if gone_home && team.hand_over == HandOver::Waits {
            self.kept.insert((shift, turn), slot);
        } else {
            self.queue.insert(turn, slot);
        }
        Some(slot)
    }

    /// Whether there is anything to do.
    pub(super) fn has_work(&self) -> bool {
        !(self.queue.is_empty() && self.busy.is_empty() && self.kept.is_empty())
    }

    /// Forgets a piece of work.
    pub(super) fn forget(&mut self, turn: Turnstile) {
        self.busy.remove(&turn);
        self.queue.remove(&turn);
        if let Some(shift) = self.holders.remove(&turn) {
            self.kept.remove(&(shift, turn));
        }
    }
}
