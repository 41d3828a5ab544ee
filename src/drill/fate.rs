//! What the schedule says happens to the run.

use super::agenda::Turn;
use super::run::Run;
use super::teams::team_of;
use super::work::{Line, Task, Work};
use crate::chance::Purpose;
use crate::faults::Act;
use crate::model::command::{Actor, Command};
use crate::model::fact::What;
use crate::model::ids::ConnectorIx;
use crate::procedure::{Issue, Takes};
use crate::time::Duration;

impl Run<'_> {
    /// The next event of the schedule happens.
    pub(super) fn fate(&mut self, event: usize) {
        let schedule = self.schedule;
        let event_ix = event as u32;
        let event = &schedule.events[event];
        match &event.act {
            Act::Begin(blow) => {
                let command = Command::Strike {
                    strike: event.strike,
                    blow: blow.clone(),
                };
                self.order(Actor::Fate, &command);
            }
            Act::End(blow) => {
                let command = Command::Relent {
                    strike: event.strike,
                    blow: blow.clone(),
                };
                self.order(Actor::Fate, &command);
            }
            Act::Surge(tickets) => self.surge(schedule.strikes[event.strike.ix()], *tickets),
            Act::Leave(team, count) => {
                self.state.teams[team_of(*team)].away.push(*count);
                self.restaff(*team);
            }
            Act::Return(team, count) => {
                let away = &mut self.state.teams[team_of(*team)].away;
                if let Some(at) = away.iter().position(|it| it == count) {
                    away.remove(at);
                }
                self.restaff(*team);
            }
            Act::Arm(mishap) => self.state.mishaps.push((event_ix, mishap.clone())),
            Act::DeleteEarly(connector) => self.delete_early(*connector),
        }
    }

    fn restaff(&mut self, team: Actor) {
        let present = self.state.teams[team_of(team)].present();
        self.note(Actor::Fate, What::StaffChanged { team, present });
        self.state.teams[team_of(team)].changed = true;
    }

    fn delete_early(&mut self, connector: ConnectorIx) {
        self.order(Actor::Operator, &Command::DeleteConnector(connector));
    }

    /// Everybody else's tickets join the support queue; each takes as long to
    /// read as one of ours.
    fn surge(&mut self, fault: u32, tickets: u32) {
        self.note(Actor::Fate, What::SupportSurge { tickets });
        let triage = self.plan.procedure.doing(Issue::TriageTicket);
        let takes = triage.map(|it| &self.plan.procedure.step(it).takes);
        let key = self.faults[fault as usize].key;
        for turn in 0..tickets {
            let left = match takes {
                Some(Takes::Time(dist)) => {
                    let millis =
                        self.decide_at(key, Purpose::SurgeTime, u64::from(turn), &dist.domain());
                    Duration::from_millis(millis)
                }
                _ => super::FOREIGN_TICKET,
            };
            let position = u32::try_from(self.state.position).unwrap_or(u32::MAX);
            self.state.position += 1;
            let turn = Turn::new(Actor::Support, false, u64::from(position), 0);
            let task = Task::Foreign {
                fault,
                ticket: position,
            };
            let mut work = Work::new(task, Line::None, Actor::Support, turn, self.state.now);
            work.left = left;
            self.hand_over(work);
        }
    }
}
