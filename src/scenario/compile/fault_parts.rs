//! The parts that faults are made of: who, where, on which step.

use super::fault_kinds::{Kinds, STRIKES_MAX};
use super::fleet::fits;
use crate::chance::CountDist;
use crate::model::command::{ConnectorRef, RegionRef};
use crate::model::ids::{ConnectorIx, RegionIx, StepIx};
use crate::model::ranges::RangeSet;
use crate::procedure::Slip;
use crate::scenario::codes;
use crate::scenario::syntax::{View, quoted};

impl Kinds<'_, '_, '_> {
    /// The step of a slip, checked; `None` if it cannot be.
    pub(super) fn step(&mut self, slip: Slip, view: View<'_>) -> Option<Option<StepIx>> {
        let Some(graph) = self.graph else {
            return Some(None);
        };
        let Some(written) = view.get("step") else {
            let fits = graph.steps.iter().any(|it| slip.fits(it.issue));
            if !fits && slip != Slip::DeletedEarly {
                let message = format!(
                    "no step of the procedure is one on which {} can happen",
                    quoted(slip.name())
                );
                self.say.error(
                    &codes::SLIP_MISFIT,
                    self.span,
                    message,
                    "would never happen",
                );
            }
            return Some(None);
        };
        let Some(step) = graph.find(written.text()) else {
            let message = format!("the procedure has no step {}", quoted(written.text()));
            let names = graph.steps.iter().map(|it| &*it.name);
            self.say.unknown(
                &codes::UNKNOWN_STEP,
                written.span(),
                message,
                written.text(),
                names,
            );
            return None;
        };
        let node = graph.step(step);
        if !slip.fits(node.issue) {
            let message = format!(
                "{} cannot happen on {}",
                quoted(slip.name()),
                quoted(&node.name)
            );
            let label = format!("not on `{}`", node.issue.name());
            self.say
                .error(&codes::SLIP_MISFIT, written.span(), message, label);
        }
        Some(Some(step))
    }

    /// A region, or where a recovery is going; and what to call it in an id.
    pub(super) fn region_ref(&mut self, view: View<'_>) -> Option<(RegionRef, String)> {
        if view.is_scalar() {
            let region: RegionIx = self.roster.region(view, self.say)?;
            return Some((RegionRef::Named(region), view.text().to_owned()));
        }
        let connector = self.roster.connector(view.choice().1, self.say)?;
        Some((
            RegionRef::TargetOf(connector),
            format!("target-of({})", self.id(connector)),
        ))
    }

    /// A connector, or the one that takes over; and what to call it in an id.
    pub(super) fn connector_ref(&mut self, view: View<'_>) -> Option<(ConnectorRef, String)> {
        if view.is_scalar() {
            let connector = self.roster.connector(view, self.say)?;
            return Some((ConnectorRef::Named(connector), self.id(connector)));
        }
        let connector = self.roster.connector(view.choice().1, self.say)?;
        Some((
            ConnectorRef::TargetOf(connector),
            format!("target-of({})", self.id(connector)),
        ))
    }

    /// The connectors that are named, in order; all if none is.
    pub(super) fn connectors(&mut self, view: View<'_>) -> Option<Vec<ConnectorIx>> {
        let Some(written) = view.get("connectors") else {
            self.spend(self.roster.connectors.len() as u64)?;
            return Some(
                (0..self.roster.connectors.len())
                    .map(ConnectorIx::from)
                    .collect(),
            );
        };
        let found: Vec<Option<ConnectorIx>> = written
            .items()
            .map(|it| self.roster.connector(it, self.say))
            .collect();
        let mut all = found.into_iter().collect::<Option<Vec<_>>>()?;
        all.sort_unstable();
        all.dedup();
        self.spend(all.len() as u64)?;
        Some(all)
    }

    /// The orgs that are named, which the connector could reach.
    pub(super) fn orgs(
        &mut self,
        view: View<'_>,
        connector: Option<ConnectorIx>,
    ) -> Option<RangeSet> {
        let mut members = Vec::with_capacity(view.items().len());
        for item in view.items() {
            let Some(org) = self.roster.org(item, self.say) else {
                continue;
            };
            if let Some(connector) = connector {
                fits(self.roster, connector, org, item, self.say);
            }
            members.push(org.0);
        }
        if members.len() < view.items().len() {
            return None;
        }
        members.sort_unstable();
        members.dedup();
        Some(members.into_iter().collect())
    }

    /// Takes strikes off the budget; nothing if it does not last.
    pub(super) fn spend(&mut self, strikes: u64) -> Option<()> {
        if let Some(left) = self.left.checked_sub(strikes) {
            *self.left = left;
            return Some(());
        }
        let message = format!("the timeline strikes more than {STRIKES_MAX} times");
        self.say
            .error(&codes::TOO_MANY_STRIKES, self.span, message, "one too many");
        None
    }

    /// A count that makes work, so it needs a bound.
    pub(super) fn bounded(&mut self, view: View<'_>, most: u64) -> Option<CountDist> {
        let dist = self.say.count_dist(view);
        if dist.support().1 > most {
            let message = format!("there may be more than {most} of these");
            let it = self.say.about(
                &codes::UNBOUNDED,
                view.span(),
                message,
                "too many, or without bound",
            );
            self.say
                .push(it.help("use a number, `uniform`, `pert` or `empirical` with a bound"));
            return None;
        }
        Some(dist)
    }

    /// A connector's id.
    pub(super) fn id(&self, connector: ConnectorIx) -> String {
        self.roster.connectors[connector.ix()].id.to_owned()
    }

    /// The ids of some connectors, to be part of another.
    pub(super) fn ids(&self, connectors: &[ConnectorIx]) -> String {
        let all: Vec<String> = connectors.iter().take(16).map(|&it| self.id(it)).collect();
        all.join("+")
    }
}
