//! What the schedule says happens to the run.

use super::run::Run;
use super::teams::team_of;
use crate::faults::Act;
use crate::model::command::{Actor, Command};
use crate::model::ids::ConnectorIx;

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

    fn delete_early(&mut self, connector: ConnectorIx) {
        self.order(Actor::Operator, &Command::DeleteConnector(connector));
    }
}
