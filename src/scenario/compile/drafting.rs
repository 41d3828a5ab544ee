//! The steps of a procedure, from its base or from nothing.

use std::collections::BTreeSet;

use super::graph::{ALL, REGION};
use super::procedure::{BUILT_IN, builtin};
use super::roster::Roster;
use super::say::Say;
use super::steps::{Draft, StepContext};
use crate::scenario::codes;
use crate::scenario::syntax::{Limits, Source, Span, View, parse, quoted};

/// Beyond this many steps no more are looked at: the procedure is refused anyway.
const LOOKED_AT: usize = 256;

/// A procedure under way.
pub(super) struct Drafting<'a, 'r, 's> {
    written: Option<View<'a>>,
    /// Whether there is no base.
    scratch: bool,
    /// The steps so far, in no particular order.
    pub(super) drafts: Vec<Draft>,
    /// `before`: the step that is to wait, where that is said, and for which one.
    before: Vec<(String, Span, String)>,
    cx: StepContext<'a, 'r, 's>,
}

impl<'a, 'r, 's> Drafting<'a, 'r, 's> {
    /// The procedure's id, and its steps.
    pub(super) fn read(
        written: Option<View<'a>>,
        span: Span,
        roster: &'a Roster<'r>,
        say: &'a mut Say<'s>,
    ) -> (String, Vec<Draft>) {
        let get = |key: &str| written.and_then(|it| it.get(key));
        let scratch = get("from-scratch").is_some_and(View::bool);
        let mut drafting = Self {
            written,
            scratch,
            drafts: Vec::new(),
            before: Vec::new(),
            cx: StepContext {
                roster,
                say,
                changes: !scratch,
            },
        };
        let id = if scratch {
            drafting.begin_with_nothing()
        } else {
            drafting.begin_with_base(span)
        };
        drafting.change();
        if !scratch {
            drafting.add();
            drafting.remove();
        }
        drafting.put_before();
        (drafting.id(id), drafting.drafts)
    }

    fn get(&self, key: &str) -> Option<View<'a>> {
        self.written.and_then(|it| it.get(key))
    }

    fn begin_with_nothing(&mut self) -> String {
        for key in ["base", "add", "remove"] {
            if let Some(at) = self.written.and_then(|it| it.key_span(key)) {
                let message = format!("a procedure from scratch has no `{key}`");
                let label = "leave it out, or `from-scratch`";
                self.cx.say.error(&codes::SAID_TWICE, at, message, label);
            }
        }
        "unnamed".to_owned()
    }

    fn begin_with_base(&mut self, span: Span) -> String {
        let id = self.get("base").map_or(BUILT_IN[0].0, View::text);
        let text = builtin(id).unwrap_or_else(|| {
            let at = self.get("base").map_or(span, View::span);
            let message = format!("there is no built-in procedure {}", quoted(id));
            let names = BUILT_IN.iter().map(|it| it.0);
            let say = &mut self.cx.say;
            say.unknown(&codes::UNKNOWN_PROCEDURE, at, message, id, names);
            BUILT_IN[0].1
        });
        let source = Source::new("built in", text);
        if let Ok(node) = parse(&source, &Limits::default()) {
            let procedure = View::of(&node).get("procedure");
            let steps = procedure.and_then(|it| it.get("steps"));
            for (key, view) in steps.into_iter().flat_map(View::entries) {
                let mut draft = Draft::new(&key.value, None, view);
                draft.apply(view, false, &mut self.cx);
                self.drafts.push(draft);
            }
        }
        id.to_owned()
    }

    /// Changes steps of the base; from scratch, writes them.
    fn change(&mut self) {
        let steps = self.get("steps");
        for (key, view) in steps.into_iter().flat_map(View::entries) {
            let known = self.drafts.iter().position(|it| it.name == key.value);
            match known {
                None if self.scratch => self.begin(&key.value, key.span, view),
                None => self.unknown(&key.value, key.span),
                Some(at) => {
                    self.drafts[at].span = Some(key.span);
                    self.drafts[at].apply(view, true, &mut self.cx);
                    self.note_before(view, &key.value);
                }
            }
        }
    }

    fn add(&mut self) {
        self.cx.changes = false;
        let steps = self.get("add");
        for (key, view) in steps.into_iter().flat_map(View::entries) {
            if self.drafts.iter().any(|it| it.name == key.value) {
                let message = format!("the base has a step {} already", quoted(&key.value));
                let say = &mut self.cx.say;
                let it = say.about(&codes::STEP_EXISTS, key.span, message, "not a new step");
                say.push(it.help("a step of the base is changed under `steps`"));
            } else {
                self.begin(&key.value, key.span, view);
            }
        }
    }

    fn begin(&mut self, name: &str, span: Span, view: View<'_>) {
        if self.drafts.len() >= LOOKED_AT {
            return;
        }
        if [REGION, ALL].contains(&name) {
            let message = format!("{} is no name for a step: steps wait for it", quoted(name));
            let label = "give it another name";
            self.cx.say.error(&codes::STEP_EXISTS, span, message, label);
        }
        let mut draft = Draft::new(name, Some(span), view);
        draft.apply(view, true, &mut self.cx);
        self.drafts.push(draft);
        self.note_before(view, name);
    }

    fn note_before(&mut self, view: View<'_>, step: &str) {
        for goal in view.get("before").into_iter().flat_map(View::items) {
            let row = (goal.text().to_owned(), goal.span(), step.to_owned());
            self.before.push(row);
        }
    }

    fn remove(&mut self) {
        let names = self.get("remove");
        for view in names.into_iter().flat_map(View::items) {
            let found = self.drafts.iter_mut().find(|it| it.name == view.text());
            match found {
                Some(draft) => draft.removed = true,
                None => self.unknown(view.text(), view.span()),
            }
        }
    }

    fn put_before(&mut self) {
        for (goal, at, step) in std::mem::take(&mut self.before) {
            match self.drafts.iter_mut().find(|it| it.name == goal) {
                Some(draft) => draft.needs.push((step, Some(at))),
                None => self.unknown(&goal, at),
            }
        }
    }

    fn unknown(&mut self, name: &str, span: Span) {
        let names: BTreeSet<&str> = self.drafts.iter().map(|it| it.name.as_str()).collect();
        let message = format!("the procedure has no step {}", quoted(name));
        let (doc, names) = (&codes::UNKNOWN_STEP, names.iter().copied());
        self.cx.say.unknown(doc, span, message, name, names);
    }

    /// The procedure's id: its own, else that of its base.
    fn id(&mut self, base: String) -> String {
        if let Some(own) = self.get("id") {
            if builtin(own.text()).is_some() {
                let name = quoted(own.text());
                let message = format!("{name} is a built-in procedure, and this is another");
                let (doc, label) = (&codes::PROCEDURE_NAME_TAKEN, "give it a name of its own");
                let it = self.cx.say.about(doc, own.span(), message, label);
                self.cx.say.push(it.warning());
            }
            return own.text().to_owned();
        }
        let changes = ["steps", "add", "remove"];
        let changed = changes.iter().any(|it| self.get(it).is_some());
        if changed && !self.scratch {
            format!("{base}+changes")
        } else {
            base
        }
    }
}
