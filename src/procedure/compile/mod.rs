//! From the written procedure to a graph that a run can follow: needs become
//! sets of bits, by what they are done for.

mod written;

use super::graph::{ForEach, Issue, Procedure, STEPS_MAX, Slip, Takes, Target, When};
use crate::chance::Probability;
use crate::model::command::{Actor, TicketScope};
use crate::model::ids::StepIx;
use crate::model::rules::Parameters;
use written::Written;

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
