//! One run with a delay, and what it says of every org.

use super::answer::Promise;
use super::{Question, answer::Break};
use crate::checks::{Detail, Verdict, Who};
use crate::drill::{Drill, Outcome, Rig};
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::scenario::Plan;
use crate::time::Duration;

/// How a run went for each org that was hit, by its place among them.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// The orgs that break a promise or do not meet it before the run ends, in order,
    /// each with what counts first.
    pub(super) broken: Vec<(u32, Break)>,
}

impl Told {
    pub(super) fn of(&self, org: u32) -> Option<Break> {
        let found = self.broken.binary_search_by_key(&org, |it| it.0).ok()?;
        Some(self.broken[found].1)
    }
}

/// Runs with a delay.
pub(super) fn run<'p>(
    rig: &mut Rig<'p>,
    question: &Question<'p>,
    orgs: &[OrgIx],
    by: Duration,
) -> Told {
    let drill = Drill::new(question.plan)
        .put_off(question.party.delays(by))
        .telling(Detail::Everybody);
    told(question.plan, rig.run(&drill), orgs)
}

/// What an outcome says of some orgs, in their order.
fn told(plan: &Plan, outcome: &Outcome, orgs: &[OrgIx]) -> Told {
    let mut broken: Vec<(u32, Break)> = Vec::new();
    let mut add = |org: OrgIx, it: Break| {
        if let Ok(place) = orgs.binary_search(&org) {
            broken.push((place as u32, it));
        }
    };
    for judgement in &outcome.judgements {
        if plan.expect.check(judgement.check).known_failure.is_some() {
            continue;
        }
        let promise = Promise::Check(judgement.check);
        for &(verdict, who) in &judgement.missed {
            let it = Break::new(promise, verdict);
            match who {
                Who::Org(org) => add(org, it),
                Who::Connector(connector) => {
                    held_by(plan, outcome, connector).for_each(|org| add(org, it));
                }
            }
        }
    }
    for it in &outcome.exceeds {
        let known = |bound: &&crate::scenario::expect::Bound| {
            bound.measure == it.measure && bound.known_failure.is_some()
        };
        if plan.expect.bounds.iter().find(known).is_none() {
            add(it.org, Break::new(Promise::Bound(it.measure), it.verdict));
        }
    }
    // Violated before inconclusive, then in the order of the catalogue.
    broken.sort_unstable();
    broken.dedup_by_key(|it| it.0);
    Told { broken }
}

/// The orgs that a connector, or the one whose place it took, held at T+0.
fn held_by<'a>(
    plan: &'a Plan,
    outcome: &Outcome,
    connector: ConnectorIx,
) -> impl Iterator<Item = OrgIx> + 'a {
    let root = outcome.world.connector(connector).root;
    let held = plan.fleet.connectors().get(root.ix());
    held.into_iter().flat_map(|it| it.owns.iter()).map(OrgIx)
}

impl Break {
    fn new(promise: Promise, verdict: Verdict) -> Self {
        Self {
            unsettled: verdict != Verdict::Violated,
            promise,
        }
    }
}
