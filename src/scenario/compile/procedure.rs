//! The procedure of a scenario: a base with changes, or one of its own.

use std::collections::BTreeSet;

use super::graph::{ALL, REGION, graph_error, order, reject_unreachable, steps};
use super::roster::Roster;
use super::say::Say;
use super::steps::{Draft, StepContext};
use super::target;
use crate::model::rules::Parameters;
use crate::procedure::{Graph, GraphError, Procedure, STEPS_MAX};
use crate::scenario::codes;
use crate::scenario::syntax::{Limits, Source, Span, View, parse, quoted};

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
    let (id, mut drafts) = drafts(written, span, roster, say);
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
    // What is wrong with a single step was said already, and mostly explains the rest.
    if let Some(error) = compiled
        .as_ref()
        .err()
        .filter(|_| say.found.errors() == before)
    {
        graph_error(error, &drafts, span, say);
    }
    Read {
        graph: compiled.ok(),
        drafts,
    }
}

/// The steps of a built-in procedure.
fn base(text: &str, roster: &Roster<'_>, say: &mut Say<'_>) -> Vec<Draft> {
    let source = Source::new("built in", text);
    let Ok(node) = parse(&source, &Limits::default()) else {
        return Vec::new();
    };
    let steps = View::of(&node)
        .get("procedure")
        .and_then(|it| it.get("steps"));
    let mut cx = StepContext {
        roster,
        say,
        changes: false,
    };
    let mut drafts = Vec::new();
    for (key, view) in steps.into_iter().flat_map(View::entries) {
        let mut draft = Draft::new(&key.value, None, view);
        draft.apply(view, false, &mut cx);
        drafts.push(draft);
    }
    drafts
}

/// The procedure's id, and its steps in no particular order.
fn drafts(
    written: Option<View<'_>>,
    span: Span,
    roster: &Roster<'_>,
    say: &mut Say<'_>,
) -> (String, Vec<Draft>) {
    let get = |key: &str| written.and_then(|it| it.get(key));
    let scratch = get("from-scratch").is_some_and(View::bool);
    let mut id = get("base").map_or(BUILT_IN[0].0, View::text).to_owned();
    let mut drafts = Vec::new();
    if scratch {
        id = "unnamed".to_owned();
        for key in ["base", "add", "remove"] {
            if let Some(at) = written.and_then(|it| it.key_span(key)) {
                let message = format!("a procedure from scratch has no `{key}`");
                say.error(
                    &codes::SAID_TWICE,
                    at,
                    message,
                    "leave it out, or `from-scratch`",
                );
            }
        }
    } else if let Some(text) = builtin(&id) {
        drafts = base(text, roster, say);
    } else {
        let at = get("base").map_or(span, View::span);
        let message = format!("there is no built-in procedure {}", quoted(&id));
        say.unknown(
            &codes::UNKNOWN_PROCEDURE,
            at,
            message,
            &id,
            BUILT_IN.iter().map(|it| it.0),
        );
        drafts = base(BUILT_IN[0].1, roster, say);
    }
    let mut before = Vec::new();
    let mut cx = StepContext {
        roster,
        say,
        changes: !scratch,
    };
    for (key, view) in get("steps").into_iter().flat_map(View::entries) {
        let known = drafts.iter().position(|it| it.name == key.value);
        let at = match known {
            Some(at) => at,
            None if scratch => {
                reject_word(&key.value, key.span, cx.say);
                drafts.push(Draft::new(&key.value, Some(key.span), view));
                drafts.len() - 1
            }
            None => {
                unknown_step(&key.value, key.span, &drafts, cx.say);
                continue;
            }
        };
        drafts[at].span = Some(key.span);
        drafts[at].apply(view, true, &mut cx);
        collect_before(view, &key.value, &mut before);
    }
    cx.changes = false;
    for (key, view) in get("add")
        .into_iter()
        .flat_map(View::entries)
        .filter(|_| !scratch)
    {
        if drafts.iter().any(|it| it.name == key.value) {
            let message = format!("the base has a step {} already", quoted(&key.value));
            let it = cx
                .say
                .about(&codes::STEP_EXISTS, key.span, message, "not a new step");
            cx.say
                .push(it.help("a step of the base is changed under `steps`"));
            continue;
        }
        reject_word(&key.value, key.span, cx.say);
        let mut draft = Draft::new(&key.value, Some(key.span), view);
        draft.apply(view, true, &mut cx);
        drafts.push(draft);
        collect_before(view, &key.value, &mut before);
    }
    for view in get("remove")
        .into_iter()
        .flat_map(View::items)
        .filter(|_| !scratch)
    {
        match drafts.iter_mut().find(|it| it.name == view.text()) {
            Some(draft) => draft.removed = true,
            None => unknown_step(view.text(), view.span(), &drafts, cx.say),
        }
    }
    for (goal, at, step) in before {
        match drafts.iter_mut().find(|it| it.name == goal) {
            Some(draft) => draft.needs.push((step, Some(at))),
            None => unknown_step(&goal, at, &drafts, cx.say),
        }
    }
    let changed = ["steps", "add", "remove"]
        .iter()
        .any(|it| get(it).is_some());
    name_it(id, get("id"), scratch, changed, cx.say, drafts)
}

/// The procedure's id: its own, else that of its base.
fn name_it(
    base: String,
    own: Option<View<'_>>,
    scratch: bool,
    changed: bool,
    say: &mut Say<'_>,
    drafts: Vec<Draft>,
) -> (String, Vec<Draft>) {
    if let Some(own) = own {
        if builtin(own.text()).is_some() {
            let message = format!(
                "{} is the name of a built-in procedure, and this is another",
                quoted(own.text())
            );
            let it = say.about(
                &codes::PROCEDURE_NAME_TAKEN,
                own.span(),
                message,
                "give it a name of its own",
            );
            say.push(it.warning());
        }
        return (own.text().to_owned(), drafts);
    }
    let id = if changed && !scratch {
        format!("{base}+changes")
    } else {
        base
    };
    (id, drafts)
}

fn collect_before(view: View<'_>, step: &str, out: &mut Vec<(String, Span, String)>) {
    for goal in view.get("before").into_iter().flat_map(View::items) {
        out.push((goal.text().to_owned(), goal.span(), step.to_owned()));
    }
}

fn reject_word(name: &str, span: Span, say: &mut Say<'_>) {
    if [REGION, ALL].contains(&name) {
        let message = format!("{} is no name for a step: steps wait for it", quoted(name));
        say.error(&codes::STEP_EXISTS, span, message, "give it another name");
    }
}

fn unknown_step(name: &str, span: Span, drafts: &[Draft], say: &mut Say<'_>) {
    let names: BTreeSet<&str> = drafts.iter().map(|it| it.name.as_str()).collect();
    let message = format!("the procedure has no step {}", quoted(name));
    say.unknown(
        &codes::UNKNOWN_STEP,
        span,
        message,
        name,
        names.iter().copied(),
    );
}
