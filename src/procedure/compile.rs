//! From the written procedure to a graph that a run can follow: needs become
//! sets of bits, by what they are done for.

use super::graph::{ForEach, Issue, Need, Procedure, STEPS_MAX, Slip, Takes, Target, When};
use crate::chance::Probability;
use crate::model::command::{Actor, TicketScope};
use crate::model::ids::StepIx;
use crate::model::rules::Parameters;

/// A step, ready to be followed.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// Its id in the procedure.
    pub name: Box<str>,
    /// Who does it.
    pub by: Actor,
    /// What it is done for.
    pub for_each: ForEach,
    /// What it does.
    pub issue: Issue,
    /// How long it takes.
    pub takes: Takes,
    /// When it applies.
    pub when: When,
    /// How it can go wrong.
    pub can_fail: Vec<(Slip, Probability)>,
    /// How often it is tried again.
    pub retries: u32,
    /// Where a refusal leads.
    pub on_refused: Option<StepIx>,
    /// Which orgs a ticket asks for.
    pub scope: TicketScope,
    /// Steps for the connector that must be finished.
    pub needs_connector: u32,
    /// Steps for the ticket that must be finished: for the same ticket, for the
    /// one that covers the org, or for each.
    pub needs_ticket: u32,
    /// Steps for orgs that must be finished: for the same org, or for each.
    pub needs_org: u32,
    /// Whether the lost connector's outage must be over.
    pub needs_region: bool,
    /// The steps that wait for this one.
    pub feeds: u32,
    /// The steps between a detour's goal and this one, to be done again after it.
    pub redo: u32,
}

/// A procedure, ready to be followed.
#[derive(Clone, PartialEq, Debug)]
pub struct Graph {
    /// The procedure's name and version.
    pub id: Box<str>,
    /// The steps that were not removed.
    pub steps: Vec<Node>,
    /// Where the orgs are to go, in order; never empty.
    pub target: Vec<Target>,
    /// All steps done for the connector.
    pub connector_steps: u32,
    /// All steps done for a ticket.
    pub ticket_steps: u32,
    /// All steps done for an org.
    pub org_steps: u32,
    /// The steps that the old connector's end waits for, and that end.
    pub retiring: u32,
    /// What a lost target undoes for an org: the steps behind its release.
    pub behind_release: u32,
    /// The first step that does each thing, by [`Issue`].
    first: [Option<StepIx>; Issue::ALL.len()],
}

/// Why a written procedure cannot be followed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum GraphError {
    /// More steps than fit.
    #[error("a procedure has at most {STEPS_MAX} steps; this one has {0}")]
    TooMany(usize),
    /// Steps wait for each other.
    #[error("these steps wait for each other in a circle: {}", .0.join(" → "))]
    Circle(Vec<String>),
    /// A step for a ticket waits for one for an org.
    #[error(
        "step `{step}` is done for a ticket and cannot wait for `{need}`, which is done for an org"
    )]
    TicketNeedsOrg {
        /// The step.
        step: String,
        /// What it waits for.
        need: String,
    },
    /// No step is there at all.
    #[error("a procedure needs at least one step")]
    Empty,
}

impl Graph {
    /// Compiles a written procedure under a scenario's parameters.
    ///
    /// # Errors
    /// When steps wait for each other, or for something that cannot be waited for.
    pub fn compile(procedure: &Procedure, parameters: &Parameters) -> Result<Self, GraphError> {
        let written = Written::read(procedure, parameters)?;
        let kept: Vec<usize> = (0..procedure.steps.len())
            .filter(|&at| !procedure.steps[at].removed)
            .collect();
        if kept.is_empty() {
            return Err(GraphError::Empty);
        }
        let renumbered = |old: u32| -> u32 {
            kept.iter()
                .enumerate()
                .filter(|it| old & (1 << it.1) != 0)
                .map(|it| 1 << it.0)
                .sum()
        };
        let place = |old: StepIx| {
            kept.iter()
                .position(|&at| at == old.ix())
                .map(|at| StepIx(at as u8))
        };
        let steps: Vec<Node> = kept
            .iter()
            .map(|&at| {
                let step = &procedure.steps[at];
                let needs = renumbered(written.closed_needs(procedure, at));
                Node {
                    name: step.name.clone(),
                    by: step.by,
                    for_each: step.for_each,
                    issue: step.issue,
                    takes: step.takes.clone(),
                    when: step.when,
                    can_fail: step.can_fail.clone(),
                    retries: step.retries,
                    on_refused: step.on_refused.and_then(place),
                    scope: step.scope.clone(),
                    needs_connector: needs,
                    needs_ticket: needs,
                    needs_org: needs,
                    needs_region: written.region[at],
                    feeds: 0,
                    redo: step
                        .on_refused
                        .map_or(0, |goal| renumbered(written.between(goal.ix(), at))),
                }
            })
            .collect();
        Ok(Self::finish(procedure, steps))
    }

    fn finish(procedure: &Procedure, mut steps: Vec<Node>) -> Self {
        let of = |steps: &[Node], wanted: &dyn Fn(&Node) -> bool| -> u32 {
            steps
                .iter()
                .enumerate()
                .filter(|it| wanted(it.1))
                .map(|it| 1u32 << it.0)
                .sum()
        };
        let connector_steps = of(&steps, &|it| it.for_each == ForEach::Connector);
        let ticket_steps = of(&steps, &|it| it.for_each == ForEach::Ticket);
        let org_steps = of(&steps, &|it| it.for_each == ForEach::Org);
        for at in 0..steps.len() {
            let step = &mut steps[at];
            step.needs_connector &= connector_steps;
            step.needs_ticket &= ticket_steps;
            step.needs_org &= org_steps;
            let needs = step.needs_connector | step.needs_ticket | step.needs_org;
            for need in bits(needs) {
                steps[need.ix()].feeds |= 1 << at;
            }
        }
        let reach = |from: u32| {
            let mut seen = from;
            loop {
                let next = bits(seen).fold(seen, |all, step| all | steps[step.ix()].feeds);
                if next == seen {
                    break seen;
                }
                seen = next;
            }
        };
        let releases = of(&steps, &|it| it.issue == Issue::ReleaseOwnership);
        let target_bound = of(&steps, &|it| {
            matches!(
                it.issue,
                Issue::Discover | Issue::RecreateAnnotations | Issue::RecreateRecords
            )
        });
        let behind_release = (reach(releases) & !releases | target_bound) & org_steps;
        let retiring = reach(of(&steps, &|it| it.issue.retires()));
        let mut target = procedure.target.clone();
        if !matches!(
            target.last(),
            Some(Target::Automatic | Target::StayInGeography)
        ) {
            target.push(Target::Automatic);
        }
        let id = procedure.id.clone();
        let mut first = [None; Issue::ALL.len()];
        for (at, step) in steps.iter().enumerate().rev() {
            first[step.issue as usize] = Some(StepIx(at as u8));
        }
        Self {
            id,
            steps,
            target,
            connector_steps,
            ticket_steps,
            org_steps,
            retiring,
            behind_release,
            first,
        }
    }

    /// One step.
    #[inline]
    #[must_use]
    pub fn step(&self, step: StepIx) -> &Node {
        &self.steps[step.ix()]
    }

    /// The first step that does something.
    #[inline]
    #[must_use]
    pub const fn doing(&self, issue: Issue) -> Option<StepIx> {
        self.first[issue as usize]
    }

    /// A step by its name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<StepIx> {
        self.steps
            .iter()
            .position(|it| &*it.name == name)
            .map(|at| StepIx(at as u8))
    }
}

/// The steps of a set, first to last.
#[inline]
pub fn bits(mut set: u32) -> impl Iterator<Item = StepIx> {
    std::iter::from_fn(move || {
        let next = (set != 0).then(|| StepIx(set.trailing_zeros() as u8))?;
        set &= set - 1;
        Some(next)
    })
}

/// The written needs, with removed steps bridged and parameters applied.
struct Written {
    /// The steps that each step needs directly.
    direct: Vec<u32>,
    /// Everything that each step needs, however far back.
    all: Vec<u32>,
    /// Whether a step waits for the region.
    region: Vec<bool>,
}

impl Written {
    fn read(procedure: &Procedure, parameters: &Parameters) -> Result<Self, GraphError> {
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
    fn closed_needs(&self, procedure: &Procedure, at: usize) -> u32 {
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
    fn between(&self, goal: usize, at: usize) -> u32 {
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
