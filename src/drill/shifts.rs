//! People come and go: shifts begin and end, some are absent, and work is passed on.

use super::agenda::{Due, Turn};
use super::run::Run;
use super::teams::{team, team_of};
use crate::chance::{Domain, Purpose, Site};
use crate::model::command::Actor;
use crate::model::fact::What;
use crate::scenario::staff::{Away, HandOver};
use crate::time::{Duration, Instant};

/// The teams, in the order in which they act at one instant.
const TEAMS: [Actor; 3] = [Actor::Platform, Actor::Support, Actor::Operator];

impl Run<'_> {
    /// Dates the absences of all teams: how many are away is drawn now.
    pub(super) fn expect_absences(&mut self) {
        for by in TEAMS {
            for (at, absence) in team(self.plan, by).absences.iter().enumerate() {
                let count = match absence.who {
                    Away::Count(count) => count,
                    Away::Each(of, chance) => {
                        let is_away = |person: &u32| {
                            let site = Site {
                                entity: absence.key,
                                purpose: Purpose::Absence,
                                ordinal: u64::from(*person),
                            };
                            self.chance.decide(site, &Domain::Bool(chance)).as_bool()
                        };
                        (0..of).filter(is_away).count() as u32
                    }
                };
                if count == 0 {
                    continue;
                }
                let due = |begins| Due::Absence {
                    team: by,
                    absence: at as u32,
                    count,
                    begins,
                };
                let turn = Turn::new(Actor::Fate, false, at as u64, by as u8);
                self.put(absence.from, turn, due(true));
                if let Some(to) = absence.to {
                    self.put(to, turn, due(false));
                }
            }
        }
    }

    /// People leave, or come back.
    pub(super) fn absence(&mut self, by: Actor, absence: u32, count: u32, begins: bool) {
        let shift = team(self.plan, by).absences[absence as usize].shift;
        let missing = &mut self.state.teams[team_of(by)].missing[shift.unwrap_or(0) as usize];
        *missing = if begins {
            missing.saturating_add(count)
        } else {
            missing.saturating_sub(count)
        };
        self.restaff(by);
    }

    /// How many of a team are there has changed.
    pub(super) fn restaff(&mut self, by: Actor) {
        let present = self.state.teams[team_of(by)].present(team(self.plan, by), self.state.now);
        self.note(Actor::Fate, What::StaffChanged { team: by, present });
        self.state.teams[team_of(by)].changed = true;
    }

    /// Gives work to whoever is free, and takes it from those who left.
    pub(super) fn staff(&mut self, by: Actor) {
        let (now, of) = (self.state.now, team(self.plan, by));
        let mut unfinished = 0;
        while let Some(slot) = self.state.teams[team_of(by)].too_much(of, now) {
            self.lay_down(slot);
            unfinished += 1;
        }
        let over = std::mem::take(&mut self.state.teams[team_of(by)].shift_over);
        if over && unfinished > 0 {
            let waits = of.hand_over == HandOver::Waits;
            self.note(
                by,
                What::ShiftEnded {
                    team: by,
                    unfinished,
                    waits,
                },
            );
        }
        while let Some(taken) = self.state.teams[team_of(by)].next(of, now) {
            if let (true, HandOver::Takes(longer)) = (taken.passed_on, of.hand_over) {
                self.state.bench.at_mut(taken.slot).left += longer;
            }
            self.take_up(taken.slot);
        }
        self.expect_shift(by);
    }

    /// Dates the next beginning or end of a shift, as long as there is work for one.
    fn expect_shift(&mut self, by: Actor) {
        let (now, of) = (self.state.now, team(self.plan, by));
        let state = &mut self.state.teams[team_of(by)];
        if of.shifts.is_empty() || state.shift_due || !state.has_work() {
            return;
        }
        let after = now + Duration::from_millis(1);
        let bounds = of.shifts.iter().flat_map(|it| {
            let opens = it.hours.next_open(after).filter(|_| !it.hours.is_open(now));
            [opens, it.hours.next_close(now)]
        });
        let Some(at) = bounds.flatten().filter(|&it: &Instant| it > now).min() else {
            return;
        };
        state.shift_due = true;
        // Behind all else at that instant: work that ends with a shift is done.
        let turn = Turn::new(Actor::Outside, false, team_of(by) as u64, 0);
        self.put(at, turn, Due::Shift(by));
    }

    /// A shift begins or ends.
    pub(super) fn shift(&mut self, by: Actor) {
        let state = &mut self.state.teams[team_of(by)];
        state.shift_due = false;
        state.shift_over = true;
        state.changed = true;
    }
}
