//! `expect`.

use super::say::Say;
use crate::checks::CheckId;
use crate::scenario::codes;
use crate::scenario::expect::{Bound, Expectations, Limit, Measure};
use crate::scenario::loaded::Places;
use crate::scenario::syntax::{View, quoted};
use crate::time::{Duration, Instant};

/// What a file expects. `first` is when the first fault may strike: no deadline
/// counts from before it.
pub(super) fn expectations(
    tree: View<'_>,
    until: Option<Instant>,
    first: Instant,
    places: &mut Places,
    say: &mut Say<'_>,
) -> Expectations {
    let mut out = Expectations::default();
    let Some(written) = tree.get("expect") else {
        return out;
    };
    for (key, view) in written.entries() {
        let name = key.value.as_str();
        let place = say.files.place(key.span);
        let known_failure = view.get("known-failure").map(|it| it.text().into());
        let require = view.get("require").is_some_and(View::bool);
        if let Some(&check) = CheckId::ALL.iter().find(|it| it.slug() == name) {
            places.checks.insert(check, place);
            let within = view.get("within");
            reject_late(name, within, until, first, say);
            let row = out.check_mut(check);
            row.on = view.text() != "off";
            row.within = within.and_then(View::parse);
            row.require = require;
            row.known_failure = known_failure;
        } else if let Some(measure) = Measure::ALL.into_iter().find(|it| it.name() == name) {
            places.bounds.insert(measure, place);
            let most = view.get(if measure.is_clock() { "within" } else { "max" });
            if measure.is_clock() {
                reject_late(name, most, until, first, say);
            }
            let most = if measure.is_loss() {
                Limit::Records(most.map_or(0, |it| u64::try_from(it.whole()).unwrap_or_default()))
            } else {
                Limit::Time(most.and_then(View::parse).unwrap_or_default())
            };
            out.bounds.push(Bound {
                measure,
                most,
                require,
                known_failure,
            });
        }
    }
    out.bounds.sort_by_key(|it| it.measure);
    out
}

/// Says so of a deadline after the end of the run.
pub(super) fn reject_late(
    name: &str,
    within: Option<View<'_>>,
    until: Option<Instant>,
    first: Instant,
    say: &mut Say<'_>,
) {
    let (Some(view), Some(until)) = (within, until) else {
        return;
    };
    let Some(within) = view.parse::<Duration>() else {
        return;
    };
    let due = first.saturating_add(within);
    if due > until {
        let message = format!(
            "the deadline of {} is {due} at the earliest, and the run ends at {until}",
            quoted(name)
        );
        let it = say.about(
            &codes::DEADLINE_AFTER_END,
            view.span(),
            message,
            "after the end",
        );
        say.push(it.help("let the run be longer (`until`), or set an earlier deadline"));
    }
}
