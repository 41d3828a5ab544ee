//! The timeline: what goes wrong, with everything that it names found.

use std::collections::BTreeSet;

use super::fault_kinds::{Kinds, STRIKES_MAX};
use super::roster::Roster;
use super::say::Say;
use super::struck;
use crate::chance::Probability;
use crate::faults::Fault;
use crate::model::ids::entity_key;
use crate::procedure::Graph;
use crate::scenario::codes;
use crate::scenario::files::Place;
use crate::scenario::staff::Teams;
use crate::scenario::syntax::{Span, View, quoted};
use crate::time::Instant;

/// The longest subject that a generated id repeats, in bytes.
const SUBJECT_MAX: usize = 120;

/// A fault that has its id, or will get one.
struct Draft {
    fault: Fault,
    given: bool,
    span: Span,
}

/// The faults of a file in the order of their ids, each with its place.
pub(super) fn faults(
    tree: View<'_>,
    roster: &Roster<'_>,
    graph: Option<&Graph>,
    teams: &Teams,
    struck_max: u64,
    say: &mut Say<'_>,
) -> (Vec<Fault>, Vec<Place>) {
    let mut drafts = Vec::new();
    let mut left = STRIKES_MAX;
    for event in tree.get("timeline").into_iter().flat_map(View::items) {
        let Some(written) = event.get("fault") else {
            continue;
        };
        let (name, inner) = written.choice();
        let at: Instant = event.get("at").and_then(View::parse).unwrap_or_default();
        let mut kinds = Kinds {
            roster,
            graph,
            teams,
            say: &mut *say,
            span: name_span(written),
            left: &mut left,
        };
        let Some((kind, subject)) = kinds.kind(name, inner) else {
            continue;
        };
        let lasts = inner.get("lasts").map(|it| say.span_dist(it));
        let given = event.get("id");
        let id = given.map_or_else(|| generated(name, &subject, at), |it| it.text().to_owned());
        let chance = event.get("chance").and_then(View::parse);
        let chance = chance.unwrap_or(Probability::ALWAYS);
        let key = entity_key("fault", &id);
        let fault = Fault {
            key,
            id: id.into(),
            at,
            chance,
            lasts,
            kind,
        };
        let span = given.map_or_else(|| name_span(written), View::span);
        drafts.push(Draft {
            fault,
            given: given.is_some(),
            span,
        });
    }
    reject_twins(&drafts, say);
    tell_apart(&mut drafts);
    struck::reject_too_many(
        drafts.iter().map(|it| (&it.fault, it.span)),
        roster,
        struck_max,
        say,
    );
    drafts.sort_by(|a, b| a.fault.id.cmp(&b.fault.id));
    drafts
        .into_iter()
        .map(|it| (it.fault, say.files.place(it.span)))
        .unzip()
}

fn name_span(fault: View<'_>) -> Span {
    fault.entries().next().map_or(fault.span(), |it| it.0.span)
}

/// Kind, subject, instant: never a place in the file.
fn generated(name: &str, subject: &str, at: Instant) -> String {
    let mut end = subject.len().min(SUBJECT_MAX);
    while !subject.is_char_boundary(end) {
        end -= 1;
    }
    match &subject[..end] {
        "" => format!("{name}@{at}"),
        subject => format!("{name}:{subject}@{at}"),
    }
}

fn reject_twins(drafts: &[Draft], say: &mut Say<'_>) {
    let mut given: Vec<&Draft> = drafts.iter().filter(|it| it.given).collect();
    given.sort_by(|a, b| (&a.fault.id, a.span).cmp(&(&b.fault.id, b.span)));
    for pair in given
        .windows(2)
        .filter(|it| it[0].fault.id == it[1].fault.id)
    {
        let message = format!("two faults have the id {}", quoted(&pair[1].fault.id));
        let it = say.about(&codes::DUPLICATE_ID, pair[1].span, message, "here again");
        let it = say.files.also(it, pair[0].span, "here first");
        say.push(it.help("leave one `id` out, or give it another"));
    }
}

/// Numbers faults whose generated ids are the same: by what they do, so that
/// their order in the file does not matter.
fn tell_apart(drafts: &mut [Draft]) {
    let mut taken: BTreeSet<Box<str>> = drafts
        .iter()
        .filter(|it| it.given)
        .map(|it| it.fault.id.clone())
        .collect();
    let mut generated: Vec<(Box<str>, String, usize)> = drafts
        .iter()
        .enumerate()
        .filter(|it| !it.1.given)
        .map(|(at, it)| {
            let does = format!(
                "{:?} {:?} {:?}",
                it.fault.chance, it.fault.lasts, it.fault.kind
            );
            (it.fault.id.clone(), does, at)
        })
        .collect();
    generated.sort();
    let mut last: (Box<str>, u32) = ("".into(), 0);
    for (id, _, at) in generated {
        let mut number = if last.0 == id { last.1 + 1 } else { 1 };
        let mut own = id.clone();
        loop {
            if number > 1 {
                own = format!("{id}#{number}").into();
            }
            if taken.insert(own.clone()) {
                break;
            }
            number += 1;
        }
        last = (id, number);
        drafts[at].fault.key = entity_key("fault", &own);
        drafts[at].fault.id = own;
    }
}
