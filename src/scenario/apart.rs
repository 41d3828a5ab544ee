//! Places of a file that stand apart: what is wrong in one of them says nothing about
//! the rest, so the meaning of the rest is looked at all the same.

use super::files::Files;
use super::syntax::codes::UNKNOWN_KEY;
use super::syntax::{Diagnostic, Diagnostics, Node, Span, Value, View, did_you_mean};

/// Top-level keys to which nothing refers.
const TOP: &[&str] = &[
    "id",
    "title",
    "owner",
    "tags",
    "cites",
    "parameters",
    "expect",
    "objectives",
    "chaos",
    "scm-limits",
    "support-queue",
    "seed",
];

/// Keys that others lean on: one that is nearly written like these may be meant to be one,
/// and what it says would be missed elsewhere.
const LEANED_ON: &[&str] = &[
    "scenario",
    "use",
    "fleet",
    "catalogue",
    "defaults",
    "connectors",
    "region",
    "scm",
    "tenant",
    "orgs",
    "id",
    "timeline",
    "starts",
    "until",
    "teams",
    "procedure",
    "base",
    "from-scratch",
    "steps",
];

/// What a connector, or an org, has by default, and nothing else depends on.
const OF_AN_ORG: &[&str] = &[
    "projects",
    "repos",
    "annotations",
    "alerts",
    "recommendations",
    "graph-entities",
    "container-mappings",
    "iac-mappings",
    "auto-discovery",
];

/// Leaves out the places in which something is wrong. Whether that was enough: it is
/// not if anything is wrong elsewhere, where other places look.
pub(super) fn leave_out(found: &Diagnostics, files: &Files, tree: &mut Node) -> bool {
    if found.omitted() > 0 {
        return false;
    }
    let procedure = View::of(tree).get("procedure");
    let mut pruner = Pruner {
        from_scratch: procedure.is_some_and(|it| it.get("from-scratch").is_some()),
        files,
        unexplained: found.iter().collect(),
    };
    pruner.prune(tree, &mut Vec::new());
    pruner.unexplained.is_empty()
}

struct Pruner<'a> {
    /// Then steps are no changes to a base, and others build on them.
    from_scratch: bool,
    files: &'a Files,
    unexplained: Vec<&'a Diagnostic>,
}

impl Pruner<'_> {
    fn prune(&mut self, node: &mut Node, path: &mut Vec<String>) {
        match &mut node.value {
            Value::Map(entries) => entries.retain_mut(|entry| {
                path.push(entry.key.value.clone());
                let spans = [entry.key.span, entry.value.span];
                let kept = !self.is_stray(&entry.key.value, entry.key.span)
                    && self.keep(&mut entry.value, &spans, path);
                path.pop();
                kept
            }),
            Value::List(items) => items.retain_mut(|item| {
                path.push("[]".to_owned());
                let spans = [item.span];
                let kept = self.keep(item, &spans, path);
                path.pop();
                kept
            }),
            Value::Null | Value::Scalar(_) => {}
        }
    }

    /// Whether nobody knows a key, and nobody misses it: it is left out, and explained.
    fn is_stray(&mut self, key: &str, span: Span) -> bool {
        if did_you_mean(key, LEANED_ON.iter().copied()).is_some() {
            return false;
        }
        let before = self.unexplained.len();
        let files = self.files;
        self.unexplained
            .retain(|it| it.code() != UNKNOWN_KEY.code || !holds(files, span, it));
        self.unexplained.len() < before
    }

    fn keep(&mut self, node: &mut Node, spans: &[Span], path: &mut Vec<String>) -> bool {
        if !self.stands_apart(node, path) {
            self.prune(node, path);
            return true;
        }
        let before = self.unexplained.len();
        let files = self.files;
        self.unexplained
            .retain(|it| !spans.iter().any(|&outer| holds(files, outer, it)));
        self.unexplained.len() == before
    }

    fn stands_apart(&self, node: &Node, path: &[String]) -> bool {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        match path.as_slice() {
            [key] => TOP.contains(key),
            ["defects", "[]"] => true,
            // What an event creates, other events may name.
            ["timeline", "[]"] => View::of(node)
                .get("fault")
                .is_none_or(|it| !it.is_map() || it.get("org-created").is_none()),
            ["procedure", "steps", _] => !self.from_scratch,
            ["fleet", "defaults", _] => true,
            ["fleet", "connectors", _, key] | ["fleet", "connectors", _, "orgs", _, key] => {
                OF_AN_ORG.contains(key)
            }
            _ => false,
        }
    }
}

fn holds(files: &Files, outer: Span, it: &Diagnostic) -> bool {
    files.locate(outer).is_some_and(|(source, local)| {
        let inner = it.span().unwrap_or_default();
        source == it.source_file() && local.offset <= inner.offset && inner.end() <= local.end()
    })
}
