//! What a `chaos` says in vain, because it says the opposite too.

use super::say::Say;
use crate::faults::{Chaos, Class, FAULTS, FaultDoc};
use crate::scenario::codes;
use crate::scenario::syntax::{Span, View};

/// Kinds that strike a region, and not who stands in it.
pub(super) const OF_REGIONS: [&str; 4] = [
    "region-outage",
    "region-degraded",
    "region-flap",
    "region-full",
];

/// Kinds that strike an org that is there.
pub(super) const OF_ORGS: [&str; 4] = [
    "permission-lost",
    "org-renamed",
    "org-deleted",
    "org-forgotten",
];

/// Complains of what is said in vain in a section under which something can strike.
pub(super) fn reject(written: View<'_>, chaos: &Chaos, say: &mut Say<'_>) {
    for key in ["allow", "mandatory", "suppressing"] {
        for item in written.get(key).into_iter().flat_map(View::items) {
            reject_dead(item, key, chaos, say);
        }
    }
    reject_both(written, say);
    reject_too_many(written, chaos, say);
    reject_regions(written, chaos, say);
}

/// Whether an item of a list, a kind or a family, is about a kind.
pub(super) fn names(item: View<'_>, doc: &FaultDoc) -> bool {
    item.text() == doc.name || item.text() == doc.family.name()
}

/// An item of which no kind is left that may happen.
fn reject_dead(item: View<'_>, key: &str, chaos: &Chaos, say: &mut Say<'_>) {
    let known = FAULTS.iter().any(|it| names(item, it));
    if !known || chaos.kinds.iter().any(|it| names(item, it.doc())) {
        return;
    }
    let message = format!("`{}` is under `{key}`, and can never strike", item.text());
    complain(
        item.span(),
        message,
        "left out by `allow` or `forbid`, or nothing there that it could hit",
        "take it out here, or let it happen: slips have to be under `allow`, \
         faults of orgs need orgs, a surge needs a support team with a `size`",
        say,
    );
}

/// An item that is to be in every run, and in few.
fn reject_both(written: View<'_>, say: &mut Say<'_>) {
    let items = |key| written.get(key).into_iter().flat_map(View::items);
    for item in items("suppressing") {
        if items("mandatory").any(|it| it.text() == item.text()) {
            let message = format!("`{}` is both mandatory and suppressing", item.text());
            complain(
                item.span(),
                message,
                "in every run, and in one of eight",
                "name it under one of the two",
                say,
            );
        }
    }
}

/// More kinds that are in every run than a run may have faults.
fn reject_too_many(written: View<'_>, chaos: &Chaos, say: &mut Say<'_>) {
    let all = chaos.kinds.iter();
    let count = all.filter(|it| it.class == Class::Mandatory).count();
    if let Some(view) = written.get("mandatory")
        && chaos.at_most > 0
        && count > chaos.at_most as usize
    {
        let most = chaos.at_most;
        let message = format!("{count} kinds are mandatory, and a run has at most {most}");
        complain(
            view.span(),
            message,
            "not all of them fit",
            "raise `at-most`, or name fewer",
            say,
        );
    }
}

/// Regions that are named for nothing.
fn reject_regions(written: View<'_>, chaos: &Chaos, say: &mut Say<'_>) {
    let Some(view) = written.get("regions") else {
        return;
    };
    let none = view.items().next().is_none();
    let used = |name: &&str| OF_REGIONS.contains(name);
    // Names that are no regions have been told of.
    let unknown = !none && chaos.regions.is_empty();
    if unknown || !none && chaos.kinds.iter().any(|it| used(&it.doc().name)) {
        return;
    }
    let (message, label) = if none {
        ("no region may be hit", "names none")
    } else {
        (
            "no kind that is left strikes a region",
            "limits nothing: other kinds strike connectors",
        )
    };
    complain(
        view.span(),
        message.into(),
        label,
        "leave `regions` out and `forbid` what is not to happen, or name `connectors`",
        say,
    );
}

fn complain(span: Span, message: String, label: &str, help: &str, say: &mut Say<'_>) {
    let it = say.about(&codes::CHAOS_NEVER, span, message, label);
    say.push(it.help(help));
}
