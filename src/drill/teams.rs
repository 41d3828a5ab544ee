//! Who does the work, when there are not enough of them, or not always.

use crate::faults::{Act, Schedule};
use crate::model::command::Actor;
use crate::scenario::{Plan, Team};
use std::collections::BTreeMap;

/// A place in a team's queue: what comes first is done first.
///
/// For support, tickets in the order in which they came, then orgs by id. For the
/// others, work for a whole connector before work for one org, then by id.
pub(super) type Turnstile = (u64, u64, u8);

/// A team at one instant.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct TeamState {
    /// Whether there is a limit at all; without one there is no queue.
    pub(super) limited: bool,
    /// How many there are, if there is a limit.
    pub(super) size: Option<u32>,
    /// How many are away; `None` in the list is everybody.
    pub(super) away: Vec<Option<u32>>,
    /// What waits for somebody, by turn: the slots.
    pub(super) queue: BTreeMap<Turnstile, u32>,
    /// What somebody is doing, by turn: the slots.
    pub(super) busy: BTreeMap<Turnstile, u32>,
    /// Whether somebody came, left or became free, or work came in. Who does what
    /// next is settled when all that follows at the instant is known: a ticket's
    /// next org goes before a later ticket.
    pub(super) changed: bool,
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
            let size = team(plan, by).size;
            let limited = size.is_some() || schedule.events.iter().any(|it| leaves(&it.act));
            Self {
                limited,
                size,
                ..Self::default()
            }
        })
    }

    /// How many are there; `u32::MAX` for no limit.
    pub(super) fn present(&self) -> u32 {
        let everybody = self.away.iter().any(Option::is_none);
        let away = self
            .away
            .iter()
            .flatten()
            .fold(0u32, |sum, it| sum.saturating_add(*it));
        match self.size {
            _ if everybody => 0,
            Some(size) => size.saturating_sub(away),
            None => u32::MAX,
        }
    }

    /// The next piece of work that somebody is free for.
    pub(super) fn next(&mut self) -> Option<(Turnstile, u32)> {
        if self.busy.len() as u64 >= u64::from(self.present()) {
            return None;
        }
        let next = self.queue.pop_first()?;
        self.busy.insert(next.0, next.1);
        Some(next)
    }

    /// The last piece of work that nobody is left for.
    pub(super) fn too_much(&mut self) -> Option<(Turnstile, u32)> {
        if self.busy.len() as u64 <= u64::from(self.present()) {
            return None;
        }
        let last = self.busy.pop_last()?;
        self.queue.insert(last.0, last.1);
        Some(last)
    }
}
