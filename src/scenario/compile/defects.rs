//! `defects`: what is wrong on purpose.

use super::roster::Roster;
use super::say::Say;
use crate::faults::{Fault, FaultKind};
use crate::model::fleet::Fleet;
use crate::model::ranges::RangeSet;
use crate::model::rules::{Parameters, Rules};
use crate::procedure::{Draft, Graph, Procedure, Rewrite};
use crate::scenario::codes;
use crate::scenario::defects::{Defect, Mechanism};
use crate::scenario::loaded::Places;
use crate::scenario::syntax::View;

/// The defects of a file, each with its place. In the order of the catalogue: the
/// file's means nothing.
pub(super) struct Defects<'a>(Vec<(&'static Defect, View<'a>)>);

impl<'a> Defects<'a> {
    pub(super) fn read(tree: View<'a>) -> Self {
        let written = tree.get("defects").into_iter().flat_map(View::items);
        let mut all: Vec<_> = written
            .filter_map(|it| Some((Defect::find(it.text())?, it)))
            .collect();
        all.sort_by_key(|it| (it.0.family, it.0.name));
        all.dedup_by_key(|it| it.0.name);
        Self(all)
    }

    /// The rules of the platform that hold.
    pub(super) fn rules(&self) -> Rules {
        self.0
            .iter()
            .fold(Rules::default(), |rules, it| match it.0.mechanism {
                Mechanism::Suspends(rule) => rules.without(rule),
                _ => rules,
            })
    }

    fn rewrites(&self) -> impl Iterator<Item = (Rewrite, View<'a>)> + '_ {
        self.0.iter().filter_map(|it| match it.0.mechanism {
            Mechanism::Rewrites(rewrite) => Some((rewrite, it.1)),
            _ => None,
        })
    }

    /// The procedure, as wrong as it is to be; nothing if it cannot be followed any
    /// more, which is told.
    pub(super) fn rewrite(
        &self,
        written: &Graph,
        mut procedure: Procedure,
        parameters: &mut Parameters,
        roster: &Roster<'_>,
        say: &mut Say<'_>,
    ) -> Option<Graph> {
        let Some((_, last)) = self.rewrites().last() else {
            return Some(written.clone());
        };
        let at_start = (0u32..)
            .zip(&roster.slots)
            .filter(|it| it.1.owner.is_some());
        let orgs: RangeSet = at_start.map(|it| it.0).collect();
        let mut draft = Draft {
            procedure: &mut procedure,
            parameters,
            orgs: &orgs,
            catalogue: roster.catalogue,
        };
        self.rewrites().for_each(|it| it.0.apply(&mut draft));
        match Graph::compile(&procedure, parameters) {
            Ok(graph) => Some(graph),
            Err(error) => {
                let message =
                    format!("with its defects this procedure cannot be followed: {error}");
                say.error(
                    &codes::STEP_CIRCLE,
                    last.span(),
                    message,
                    "this, or one before it",
                );
                None
            }
        }
    }

    /// Slips of the timeline happen on the steps that they name, wherever those are
    /// now; on one that is gone nobody can slip.
    pub(super) fn follow_steps(
        &self,
        written: &Graph,
        graph: &Graph,
        faults: &mut Vec<Fault>,
        places: &mut Places,
    ) {
        if self.rewrites().next().is_none() {
            return;
        }
        let mut follow = |fault: &mut Fault| {
            let FaultKind::Slip(slip) = &mut fault.kind else {
                return true;
            };
            let Some(step) = slip.step else { return true };
            slip.step = graph.find(&written.step(step).name);
            slip.step.is_some()
        };
        let kept: Vec<bool> = faults.iter_mut().map(&mut follow).collect();
        let mut still = kept.iter();
        faults.retain(|_| still.next() == Some(&true));
        let mut still = kept.iter();
        places.faults.retain(|_| still.next() == Some(&true));
    }

    /// Adds what people get wrong to what the timeline says, behind it.
    pub(super) fn add_faults(
        &self,
        fleet: &Fleet,
        procedure: &Graph,
        say: &Say<'_>,
        faults: &mut Vec<Fault>,
        places: &mut Places,
    ) {
        for (defect, written) in &self.0 {
            if let Mechanism::Arms(lapse) = defect.mechanism {
                faults.extend(lapse.faults(fleet, procedure));
                let place = say.files.place(written.span());
                places.faults.resize(faults.len(), place);
            }
        }
    }
}
