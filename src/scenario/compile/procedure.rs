//! The procedure of a scenario: a base with changes, or one of its own.

use super::drafting::Drafting;
use super::graph::{graph_error, order, reject_unreachable, steps};
use super::roster::Roster;
use super::say::Say;
use super::steps::Draft;
use super::target;
use crate::model::rules::Parameters;
use crate::procedure::{Graph, GraphError, Procedure, STEPS_MAX};
use crate::scenario::syntax::View;

/// The built-in procedures: their ids and their texts. Each is a piece of a
/// scenario: copied next to your scenarios and named under `use`, it is yours to
/// change.
pub const BUILT_IN: &[(&str, &str)] = &[
    (
        "single-region-dr@2023-10-09",
        include_str!("../../procedure/builtin/single-region-dr@2023-10-09.yaml"),
    ),
    (
        "single-region-dr@2023-11-08",
        include_str!("../../procedure/builtin/single-region-dr@2023-11-08.yaml"),
    ),
];

/// The text of a built-in procedure.
#[must_use]
pub fn builtin(id: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|it| it.0 == id).map(|it| it.1)
}

/// A procedure as it was read.
pub(super) struct Read {
    /// As it is written.
    pub(super) procedure: Procedure,
    /// As it can be followed.
    pub(super) graph: Option<Graph>,
    /// The steps, in the order of the procedure.
    pub(super) drafts: Vec<Draft>,
}

/// Reads the procedure.
pub(super) fn procedure(
    tree: View<'_>,
    roster: &Roster<'_>,
    parameters: &Parameters,
    say: &mut Say<'_>,
) -> Read {
    let written = tree.get("procedure");
    let span = tree.key_span("procedure").unwrap_or(tree.span());
    let before = say.found.errors();
    let (id, mut drafts) = Drafting::read(written, span, roster, say);
    let target = target::targets(written.and_then(|it| it.get("target")), roster, say);
    for draft in drafts.iter().filter(|it| !it.removed) {
        draft.check(span, say);
    }
    let order = order(&drafts);
    let mut sorted: Vec<Draft> = order.into_iter().map(|at| drafts[at].clone()).collect();
    drafts.clear();
    std::mem::swap(&mut drafts, &mut sorted);
    let steps = steps(&drafts, say);
    reject_unreachable(&drafts, &steps, span, say);
    let procedure = Procedure {
        id: id.into(),
        steps,
        target,
    };
    let compiled = if procedure.steps.len() > STEPS_MAX {
        Err(GraphError::TooMany(procedure.steps.len()))
    } else {
        Graph::compile(&procedure, parameters)
    };
    if let Err(error) = &compiled {
        // What is wrong with a single step explains the rest; a circle stands by itself.
        let own = matches!(error, GraphError::Circle(_) | GraphError::TooMany(_));
        if own || say.found.errors() == before {
            graph_error(error, &drafts, span, say);
        }
    }
    Read {
        procedure,
        graph: compiled.ok(),
        drafts,
    }
}
