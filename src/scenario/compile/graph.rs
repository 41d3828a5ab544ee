//! Steps put in order and held together.

use std::collections::{BTreeMap, BTreeSet};

use super::say::Say;
use super::steps::Draft;
use crate::model::ids::StepIx;
use crate::procedure::{ForEach, GraphError, Issue, Need, Step, Takes};
use crate::scenario::codes;
use crate::scenario::syntax::{Span, quoted, words};

/// What steps may wait for besides steps.
pub(super) const REGION: &str = "region-recovered";
/// See [`REGION`].
pub(super) const ALL: &str = "all-finished";

/// An order that depends on the steps alone, not on the file's: each after what it
/// needs, what waits for everything last, else by name.
pub(super) fn order(drafts: &[Draft]) -> Vec<usize> {
    let places: BTreeMap<&str, usize> = drafts
        .iter()
        .enumerate()
        .map(|it| (it.1.name.as_str(), it.0))
        .collect();
    let mut left: BTreeMap<(bool, &str), usize> = drafts
        .iter()
        .enumerate()
        .map(|(at, it)| {
            (
                (it.needs.iter().any(|need| need.0 == ALL), it.name.as_str()),
                at,
            )
        })
        .collect();
    let mut done = vec![false; drafts.len()];
    let mut out = Vec::with_capacity(drafts.len());
    while !left.is_empty() {
        let met = |at: usize| {
            let mut needs = drafts[at]
                .needs
                .iter()
                .filter_map(|it| places.get(it.0.as_str()));
            needs.all(|&need| done[need])
        };
        // In a circle nobody is next: that is told elsewhere, and any order does.
        let next = left
            .iter()
            .find(|it| met(*it.1))
            .or_else(|| left.iter().next());
        let Some((&key, &at)) = next else { break };
        left.remove(&key);
        done[at] = true;
        out.push(at);
    }
    out
}

/// The steps of the procedure; names that are not known are told.
pub(super) fn steps(drafts: &[Draft], say: &mut Say<'_>) -> Vec<Step> {
    let mut find = |name: &str, span: Option<Span>, what: &[&str]| -> Option<StepIx> {
        let at = drafts.iter().position(|it| it.name == name);
        if let (None, Some(span)) = (at, span) {
            let names: BTreeSet<&str> = drafts
                .iter()
                .map(|it| it.name.as_str())
                .chain(what.iter().copied())
                .collect();
            let message = format!("the procedure has no step {}", quoted(name));
            say.unknown(
                &codes::UNKNOWN_STEP,
                span,
                message,
                name,
                names.iter().copied(),
            );
        }
        // A place that does not fit is too many steps: told elsewhere.
        at.and_then(|it| u8::try_from(it).ok()).map(StepIx)
    };
    let mut out = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let mut needs: Vec<(u8, Need)> = Vec::new();
        for (name, span) in &draft.needs {
            let need = match name.as_str() {
                REGION => Some((u8::MAX - 1, Need::RegionRecovered)),
                ALL => Some((u8::MAX, Need::AllFinished)),
                _ => find(name, *span, &[REGION, ALL]).map(|it| (it.0, Need::Step(it))),
            };
            needs.extend(need.filter(|it| needs.iter().all(|other| other.0 != it.0)));
        }
        needs.sort_by_key(|it| it.0);
        let on_refused = draft
            .on_refused
            .as_ref()
            .and_then(|it| find(&it.0, it.1, &[]));
        out.push(Step {
            name: draft.name.as_str().into(),
            by: draft.by,
            for_each: draft.for_each,
            needs: needs.into_iter().map(|it| it.1).collect(),
            issue: draft.issue,
            takes: draft
                .takes
                .clone()
                .unwrap_or(Takes::Time(crate::time::Duration::ZERO.into())),
            when: draft.when,
            can_fail: draft.can_fail.iter().map(|it| (*it.0, *it.1)).collect(),
            retries: draft.retries,
            on_refused,
            scope: draft.scope.clone(),
            removed: draft.removed,
        });
    }
    out
}

/// Steps that wait for a ticket where none is ever opened.
pub(super) fn reject_unreachable(drafts: &[Draft], steps: &[Step], span: Span, say: &mut Say<'_>) {
    if steps
        .iter()
        .any(|it| it.issue == Issue::OpenTicket && !it.removed)
    {
        return;
    }
    let waits: Vec<usize> = (0..steps.len())
        .filter(|&at| steps[at].for_each == ForEach::Ticket && !steps[at].removed)
        .collect();
    let Some(&first) = waits.first() else { return };
    let names = words(waits.iter().map(|&at| &*steps[at].name));
    let message = format!("{names} can never begin: no step opens a ticket");
    let at = drafts[first].span.unwrap_or(span);
    let it = say.about(&codes::STEP_UNREACHABLE, at, message, "waits for a ticket");
    say.push(it.help("keep a step whose command is `open-ticket`, or remove these too"));
}

/// Says why the steps make no graph.
pub(super) fn graph_error(error: &GraphError, drafts: &[Draft], span: Span, say: &mut Say<'_>) {
    let place = |name: &String| {
        drafts
            .iter()
            .find(|it| it.name == *name)
            .and_then(|it| it.span)
    };
    let (code, at, label) = match error {
        GraphError::Circle(path) => (
            &codes::STEP_CIRCLE,
            path.iter().find_map(place),
            "in the circle",
        ),
        GraphError::TicketNeedsOrg { step, .. } => {
            (&codes::STEP_FOR, place(step), "done for a ticket")
        }
        GraphError::TooMany(_) | GraphError::Empty => {
            (&codes::TOO_MANY_STEPS, None, "this procedure")
        }
    };
    say.error(code, at.unwrap_or(span), error.to_string(), label);
}
