//! What is still unfinished, for the check that asks whether all has settled.

use super::run::Run;
use crate::checks::Loose;
use crate::model::ids::StepIx;
use crate::model::world::TicketState;
use crate::procedure::{Issue, Phase, Progress, bits};

impl Run<'_> {
    /// Every step that was not finished, of every recovery that is not over.
    pub(super) fn loose(&self) -> Vec<Loose> {
        let mut all = Vec::new();
        for (place, it) in self.state.progress.iter().enumerate() {
            if it.phase != Phase::Over {
                self.loose_of(place, it, &mut all);
            }
        }
        all
    }

    fn loose_of(&self, place: usize, it: &Progress, into: &mut Vec<Loose>) {
        let graph = &self.plan.procedure;
        let waiting = self.waits_for_region(place, it);
        let mut tell = |step: StepIx, subjects: u32| {
            if subjects > 0 {
                let waits_for_region_still_down = waiting & step.bit() != 0;
                into.push(Loose {
                    lost: it.lost,
                    recovery: it.recovery,
                    step,
                    subjects,
                    waits_for_region_still_down,
                });
            }
        };
        for step in bits(graph.connector_steps) {
            tell(step, u32::from(it.done & step.bit() == 0));
        }
        for step in bits(graph.ticket_steps) {
            let open = it.tickets.iter().filter(|row| {
                row.done & step.bit() == 0
                    && self.state.world.ticket(row.ticket).state != TicketState::Rejected
            });
            tell(step, open.count() as u32);
        }
        for step in bits(graph.org_steps) {
            tell(step, it.orgs_left[step.ix()]);
        }
    }

    /// The steps that wait for a region that is still down: the lost connector's,
    /// or any that could be a target; and whatever waits for them.
    fn waits_for_region(&self, place: usize, it: &Progress) -> u32 {
        let graph = &self.plan.procedure;
        let down = self.state.world.is_down(it.lost);
        let succeeded = it
            .recovery
            .get()
            .is_some_and(|it| self.state.world.recovery(it).successor.is_some());
        let any_down = self.state.world.regions.iter().any(|it| it.outages > 0);
        let mut waiting = 0;
        for (at, node) in graph.steps.iter().enumerate() {
            let needs = node.needs_region || succeeded && node.issue == Issue::DeleteConnector;
            let without_target = any_down
                && self
                    .state
                    .without_target
                    .contains(&(place as u32, at as u8));
            if down && needs || without_target {
                waiting |= 1 << at;
            }
        }
        loop {
            let wider = bits(waiting).fold(waiting, |set, step| set | graph.step(step).feeds);
            if wider == waiting {
                return waiting & !it.done;
            }
            waiting = wider;
        }
    }
}
