//! What a scenario rests on, for the report.

use super::fleet::FleetPlan;
use super::settings::sourced;
use super::steps::Draft;
use crate::model::fleet::Scm;
use crate::procedure::Takes;
use crate::scenario::loaded::{Assumption, Origin};
use crate::scenario::staff::Teams;
use crate::scenario::syntax::View;

/// Everything but the parameters.
pub(super) fn all(
    tree: View<'_>,
    drafts: &[Draft],
    fleet: &FleetPlan,
    teams: &Teams,
    out: &mut Vec<Assumption>,
) {
    steps(drafts, out);
    fleet.usual.assumptions(out);
    rest(tree, out);
    surroundings(tree, teams, out);
}

/// The times and rates of the steps.
fn steps(drafts: &[Draft], out: &mut Vec<Assumption>) {
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
fn rest(tree: View<'_>, out: &mut Vec<Assumption>) {
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

/// Where what is said of people, queues and limits is told.
struct Told<'o>(&'o mut Vec<Assumption>);

impl Told<'_> {
    /// What stands in the file, and whose it is.
    fn said(&mut self, name: impl Into<Box<str>>, value: String, view: View<'_>) {
        let source = view.get("source").map_or("", View::text);
        let (origin, source) = sourced(source);
        self.0.push(Assumption {
            name: name.into(),
            value: value.into(),
            origin,
            source: source.into(),
            changed: true,
        });
    }

    /// What stands in the file, or what is assumed where it does not.
    fn or(&mut self, name: impl Into<Box<str>>, said: Option<View<'_>>, usual: &str, from: &str) {
        self.0.push(Assumption {
            name: name.into(),
            value: said.map_or(usual, View::text).into(),
            origin: if said.is_some() {
                Origin::User
            } else {
                Origin::Assumed
            },
            source: if said.is_some() { "" } else { from }.into(),
            changed: said.is_some(),
        });
    }
}

/// What is said of the support queue, of shifts and of the SCMs' limits; and what those
/// that say something leave to the model.
fn surroundings(tree: View<'_>, teams: &Teams, out: &mut Vec<Assumption>) {
    let mut told = Told(out);
    queue(tree, &mut told);
    for (name, team) in [
        ("operators", &teams.operators),
        ("support", &teams.support),
        ("platform", &teams.platform),
    ] {
        if team.shifts.len() > 1 {
            let written = tree.get("teams").and_then(|it| it.get(name));
            let said = written.and_then(|it| it.get("hand-over"));
            told.or(format!("teams.{name}.hand-over"), said, "none", "");
        }
    }
    for scm in Scm::ALL {
        let written = tree.get("scm-limits");
        let Some(view) = written.and_then(|it| it.get(scm.name())) else {
            continue;
        };
        let name = format!("scm-limits.{}", scm.name());
        let window = view.get("window").map_or("1h", View::text);
        let requests = view.get("requests").map_or("", View::text);
        told.said(name.clone(), format!("{requests} in {window}"), view);
        told.or(format!("{name}.per-unit"), view.get("per-unit"), "1", "");
    }
}

fn queue(tree: View<'_>, told: &mut Told<'_>) {
    let Some(queue) = tree.get("support-queue") else {
        return;
    };
    let priority = queue.get("priority");
    told.or("support-queue.priority", priority, "3", "U-1");
    let place = queue.get("rework").and_then(|it| it.get("place"));
    told.or("support-queue.rework.place", place, "back", "F-9");
    let others = queue.get("others").into_iter().flat_map(View::entries);
    let mut others: Vec<_> = others.collect();
    others.sort_by_key(|it| &it.0.value);
    for (name, view) in others {
        let name = format!("support-queue.others.{}", name.value);
        told.said(name, in_a_line(view), view);
    }
    if let Some(view) = queue.get("region-lost") {
        told.said("support-queue.region-lost", in_a_line(view), view);
    }
}

/// What is said, in one line.
fn in_a_line(view: View<'_>) -> String {
    let said = view.entries().filter(|it| it.0.value != "source");
    let parts: Vec<String> = said
        .map(|(key, value)| format!("{} {}", key.value, text(value)))
        .collect();
    parts.join(", ")
}

/// A value, or its distribution.
fn text(view: View<'_>) -> String {
    if view.is_scalar() {
        return view.text().to_owned();
    }
    if view.is_list() {
        let all: Vec<&str> = view.items().map(View::text).collect();
        return all.join(", ");
    }
    let inner: Vec<String> = view
        .entries()
        .map(|(key, value)| match value.is_scalar() {
            true => format!("{} {}", key.value, value.text()),
            false => format!("{}({})", key.value, text(value)),
        })
        .collect();
    inner.join(", ")
}
