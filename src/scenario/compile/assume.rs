//! What a scenario rests on, for the report.

use super::settings::sourced;
use super::steps::Draft;
use crate::model::fleet::Scm;
use crate::procedure::Takes;
use crate::scenario::loaded::{Assumption, Origin};
use crate::scenario::syntax::View;

/// The times and rates of the steps.
pub(super) fn steps(drafts: &[Draft], out: &mut Vec<Assumption>) {
    for draft in drafts.iter().filter(|it| !it.removed) {
        let mut tell = |name: String, value: String, source: &str| {
            let (origin, source) = sourced(source);
            out.push(Assumption {
                name: name.into(),
                value: value.into(),
                origin,
                source: source.into(),
                changed: draft.sources.changed,
            });
        };
        let name = format!("steps.{}.takes", draft.name);
        let whole = draft.sources.whole.as_str();
        match &draft.takes {
            Some(Takes::Time(dist)) => tell(name, dist.to_string(), whole),
            Some(Takes::Records(rate)) => tell(name, rate.to_string(), whole),
            Some(Takes::Units(rates)) => {
                for scm in Scm::ALL {
                    let own = draft.sources.by_scm[scm as usize].as_deref();
                    let rate = rates[scm as usize].to_string();
                    tell(format!("{name}.{}", scm.name()), rate, own.unwrap_or(whole));
                }
            }
            None => {}
        }
    }
}

/// What the file leaves to the model besides.
pub(super) fn rest(tree: View<'_>, out: &mut Vec<Assumption>) {
    let mut tell = |name: &str, value: &str, origin: Origin, source: &str| {
        out.push(Assumption {
            name: name.into(),
            value: value.into(),
            origin,
            source: source.into(),
            changed: origin == Origin::User,
        });
    };
    match tree.get("until") {
        Some(until) => tell("until", until.text(), Origin::User, ""),
        None => tell(
            "until",
            "14d after the last fault ends",
            Origin::Assumed,
            "",
        ),
    }
    let connectors = || {
        let fleet = tree.get("fleet").and_then(|it| it.get("connectors"));
        fleet.into_iter().flat_map(View::entries).map(|it| it.1)
    };
    if connectors().any(|it| it.get("auto-discovery").is_none()) {
        tell(
            "fleet.connectors.*.auto-discovery",
            "true",
            Origin::Assumed,
            "D-9",
        );
    }
    if connectors().any(|it| it.get("grants").is_none()) {
        tell(
            "fleet.connectors.*.grants",
            "its own orgs",
            Origin::Assumed,
            "D-7",
        );
    }
    let target = tree.get("procedure").and_then(|it| it.get("target"));
    if target.is_none() {
        tell("target", "automatic", Origin::Assumed, "F-6, D-14, D-15");
    }
}
