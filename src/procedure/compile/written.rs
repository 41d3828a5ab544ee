//! The needs of a procedure as they are written.

use super::{GraphError, bits};
use crate::model::ids::StepIx;
use crate::model::rules::Parameters;
use crate::procedure::graph::{ForEach, Issue, Need, Procedure, STEPS_MAX};

/// The written needs, with removed steps bridged and parameters applied.
pub(super) struct Written {
    /// The steps that each step needs directly.
    pub(super) direct: Vec<u32>,
    /// Everything that each step needs, however far back.
    pub(super) all: Vec<u32>,
    /// Whether a step waits for the region.
    pub(super) region: Vec<bool>,
}

impl Written {
    pub(super) fn read(procedure: &Procedure, parameters: &Parameters) -> Result<Self, GraphError> {
        let count = procedure.steps.len();
        if count > STEPS_MAX {
            return Err(GraphError::TooMany(count));
        }
        let mut direct = vec![0u32; count];
        let mut region = vec![false; count];
        let mut everything = vec![false; count];
        let establishing = procedure
            .steps
            .iter()
            .enumerate()
            .filter(|it| it.1.issue.establishes());
        let established: u32 = establishing.map(|it| 1u32 << it.0).sum();
        for (at, step) in procedure.steps.iter().enumerate() {
            for need in &step.needs {
                match need {
                    Need::Step(step) => direct[at] |= step.bit(),
                    Need::RegionRecovered => region[at] = true,
                    Need::AllFinished => everything[at] = true,
                }
            }
            if step.issue == Issue::Promote && parameters.promotion_on_establishment {
                (direct[at], region[at], everything[at]) = (established, false, false);
            }
            if step.issue.retires() && parameters.retire_needs_region_only {
                let promote = procedure.doing(Issue::Promote).map_or(0, StepIx::bit);
                direct[at] = if step.issue == Issue::DeleteConnector {
                    promote
                } else {
                    0
                };
                (region[at], everything[at]) = (true, false);
            }
            if step.issue == Issue::RecreateRecords && parameters.recreation_needs_established_only
            {
                direct[at] = established;
            }
        }
        let mut written = Self {
            all: closure(&direct),
            direct,
            region,
        };
        written.reject_circles(procedure)?;
        for at in (0..count).filter(|&at| everything[at]) {
            let later: u32 = (0..count)
                .filter(|&it| written.all[it] & (1 << at) != 0)
                .map(|it| 1u32 << it)
                .sum();
            let other_waiters: u32 = (0..count)
                .filter(|&it| everything[it])
                .map(|it| 1u32 << it)
                .sum();
            let all = (u64::MAX >> (64 - count)) as u32;
            written.direct[at] |= all & !later & !(1 << at) & !other_waiters;
        }
        written.bridge_removed(procedure);
        written.all = closure(&written.direct);
        written.reject_circles(procedure)?;
        written.reject_tickets_that_need_orgs(procedure)?;
        Ok(written)
    }

    /// A removed step counts as finished when its own needs are.
    fn bridge_removed(&mut self, procedure: &Procedure) {
        let removed = |at: usize| procedure.steps[at].removed;
        for at in 0..self.direct.len() {
            while let Some(gone) = bits(self.direct[at]).find(|it| removed(it.ix())) {
                self.direct[at] = self.direct[at] & !gone.bit() | self.direct[gone.ix()];
                self.region[at] |= self.region[gone.ix()];
            }
        }
    }

    fn reject_circles(&self, procedure: &Procedure) -> Result<(), GraphError> {
        let Some(start) = (0..self.all.len()).find(|&at| self.all[at] & (1 << at) != 0) else {
            return Ok(());
        };
        let mut path = vec![procedure.steps[start].name.to_string()];
        let mut at = start;
        loop {
            let next = bits(self.direct[at])
                .find(|it| it.ix() == start || self.all[it.ix()] & (1 << start) != 0)
                .expect("a step in a circle needs a step in the circle");
            path.push(procedure.steps[next.ix()].name.to_string());
            if next.ix() == start || path.len() > STEPS_MAX {
                return Err(GraphError::Circle(path));
            }
            at = next.ix();
        }
    }

    fn reject_tickets_that_need_orgs(&self, procedure: &Procedure) -> Result<(), GraphError> {
        let for_each = |at: usize| procedure.steps[at].for_each;
        for at in (0..self.direct.len()).filter(|&at| for_each(at) == ForEach::Ticket) {
            if let Some(need) = bits(self.direct[at]).find(|it| for_each(it.ix()) == ForEach::Org) {
                let name = |at: usize| procedure.steps[at].name.to_string();
                return Err(GraphError::TicketNeedsOrg {
                    step: name(at),
                    need: name(need.ix()),
                });
            }
        }
        Ok(())
    }

    /// The direct needs; for a step that is done for the connector, also every
    /// such step that lies further back. Tickets and orgs may not be there yet, and
    /// a detour undoes a step without undoing what stands between.
    pub(super) fn closed_needs(&self, procedure: &Procedure, at: usize) -> u32 {
        let for_connector = |it: &usize| {
            procedure.steps[*it].for_each == ForEach::Connector && !procedure.steps[*it].removed
        };
        if !for_connector(&at) {
            return self.direct[at];
        }
        let connectors: u32 = (0..procedure.steps.len())
            .filter(for_connector)
            .map(|it| 1u32 << it)
            .sum();
        self.direct[at] | self.all[at] & connectors
    }

    /// The steps after `goal` and before `at`.
    pub(super) fn between(&self, goal: usize, at: usize) -> u32 {
        let after_goal = (0..self.all.len()).filter(|&it| self.all[it] & (1 << goal) != 0);
        after_goal
            .filter(|&it| self.all[at] & (1 << it) != 0)
            .map(|it| 1u32 << it)
            .sum()
    }
}

/// For each step, everything that it needs, directly or through others.
fn closure(direct: &[u32]) -> Vec<u32> {
    let mut all = direct.to_vec();
    loop {
        let wider: Vec<u32> = all
            .iter()
            .map(|&needs| bits(needs).fold(needs, |set, it| set | all[it.ix()]))
            .collect();
        if wider == all {
            return all;
        }
        all = wider;
    }
}
