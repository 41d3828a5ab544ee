//! Findings that one scenario shows are one finding.

use super::cause::Cause;
use super::finding::Finding;
use crate::drill::Drill;
use crate::scenario::document::{Document, quoted_leaf};
use crate::scenario::{Plan, Reader, Scenario};

/// A scenario that shows a finding, run and told.
pub(super) struct Told {
    /// With a title that says what is violated.
    pub(super) document: Document,
    pub(super) scenario: Scenario,
    pub(super) trace_hash: u64,
    /// What it violates besides.
    pub(super) also: Vec<Cause>,
}

/// Runs a finding's scenario, and gives it its title; nothing if it does not show its
/// cause.
pub(super) fn told(
    reader: &Reader,
    mut document: Document,
    id: &str,
    cause: Cause,
    kinds: &[&str],
) -> Option<Told> {
    let mut scenario = reader.compile(&document, &format!("{id}.yaml")).ok()?;
    let plan = &scenario.plan;
    let outcome = Drill::new(plan).run();
    let bad = Cause::all(&outcome).filter(|it| !it.is_known(plan));
    let (own, also): (Vec<Cause>, Vec<Cause>) = bad.partition(|it| *it == cause);
    if own.is_empty() {
        return None;
    }
    let title = title(cause, also.len(), kinds, plan);
    document.set(&["title"], quoted_leaf(&*title));
    scenario.title = title.into();
    Some(Told {
        document,
        scenario,
        trace_hash: outcome.trace_hash,
        also,
    })
}

fn title(cause: Cause, also: usize, kinds: &[&str], plan: &Plan) -> String {
    let check = cause.check.slug();
    let luck = !plan.luck.choices.is_empty();
    let by = match (kinds, luck) {
        ([], false) => "nothing but time".to_owned(),
        ([], true) => "bad luck".to_owned(),
        (kinds, false) => kinds.join(" and "),
        (kinds, true) => format!("{} and bad luck", kinds.join(" and ")),
    };
    match also {
        0 => format!("{check} is violated by {by}"),
        1 => format!("{check} and another check are violated by {by}"),
        more => format!("{check} and {more} other checks are violated by {by}"),
    }
}

/// Puts findings together that differ in nothing but what they expect: the first of them
/// tells the story, and its scenario expects what each of them does.
pub(super) fn together(reader: &Reader, findings: impl Iterator<Item = Finding>) -> Vec<Finding> {
    let mut all: Vec<(Document, Finding)> = Vec::new();
    for finding in findings {
        let bare = bare(&finding.document);
        let mut same = all.iter_mut().filter(|it| it.0 == bare);
        if !same.any(|it| join(reader, &mut it.1, &finding)) {
            all.push((bare, finding));
        }
    }
    all.into_iter().map(|it| it.1).collect()
}

/// A finding's scenario without what is said about it.
fn bare(document: &Document) -> Document {
    let mut bare = document.clone();
    for key in ["title", "id", "expect"] {
        bare.remove(&[key]);
    }
    bare
}

/// Takes another finding into one, if one scenario shows both.
fn join(reader: &Reader, one: &mut Finding, other: &Finding) -> bool {
    let mut document = one.document.clone();
    let path = ["expect", other.cause.check.slug()];
    if let Some(node) = other.document.get(&path) {
        document.set(&path, node.clone());
    }
    let Some(told) = told(reader, document, &one.id, one.cause, &one.kinds) else {
        return false;
    };
    let shown = |it: &Cause| told.also.contains(it);
    if !shown(&other.cause) || !one.also.iter().all(shown) {
        return false;
    }
    one.document = told.document;
    one.scenario = told.scenario;
    one.trace_hash = told.trace_hash;
    one.also = told.also;
    // The same runs, for the most part: a sum would count them twice.
    one.runs = one.runs.max(other.runs);
    if other.run < one.run {
        (one.run, one.strategy) = (other.run, other.strategy);
    }
    true
}
