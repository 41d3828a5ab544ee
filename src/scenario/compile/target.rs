//! `target`: where the orgs are to go.

use super::roster::Roster;
use super::say::Say;
use crate::chance::Probability;
use crate::faults::{Fault, FaultKind, Hit};
use crate::model::command::{ConnectorRef, RegionRef};
use crate::model::ids::{ConnectorIx, RegionIx};
use crate::procedure::Target;
use crate::scenario::codes;
use crate::scenario::syntax::{View, quoted};
use crate::time::Instant;

/// The targets of a procedure, in order.
pub(super) fn targets(
    written: Option<View<'_>>,
    roster: &Roster<'_>,
    say: &mut Say<'_>,
) -> Vec<Target> {
    let mut out = Vec::new();
    let mut last: Option<&str> = None;
    for view in written.into_iter().flat_map(View::items) {
        if let Some(last) = last {
            let message = format!("nothing behind {} is ever tried", quoted(last));
            say.error(&codes::TARGET_NEVER, view.span(), message, "never tried");
        }
        let target = match view.choice() {
            _ if view.is_scalar() => match view.text() {
                "automatic" => Some(Target::Automatic),
                "stay-in-geography" => Some(Target::StayInGeography),
                _ => roster.home(view, say).map(Target::Region),
            },
            ("adopt", name) => adopted(name, roster, say).map(Target::Adopt),
            (_, name) => roster.home(name, say).map(Target::Region),
        };
        if matches!(target, Some(Target::Automatic | Target::StayInGeography)) {
            last = last.or(Some(view.text()));
        }
        out.extend(target);
    }
    out
}

fn adopted(name: View<'_>, roster: &Roster<'_>, say: &mut Say<'_>) -> Option<ConnectorIx> {
    let connector = roster.connector(name, say)?;
    let row = &roster.connectors[connector.ix()];
    let fits = |other: &super::roster::ConnectorRow<'_>| {
        other.id != row.id && other.scm == row.scm && other.tenant == row.tenant
    };
    if !roster.connectors.iter().any(fits) {
        let message = format!(
            "no other connector is at {} in the tenant of {}, so it has nobody's orgs to adopt",
            quoted(row.scm.name()),
            quoted(row.name)
        );
        say.error(
            &codes::OTHER_SCM,
            name.span(),
            message,
            "fits no other connector",
        );
    }
    Some(connector)
}

/// Says so of each target that is down from T+0 to the end.
pub(super) fn reject_lost(
    tree: View<'_>,
    faults: &[Fault],
    until: Option<Instant>,
    roster: &Roster<'_>,
    say: &mut Say<'_>,
) {
    let procedure = tree.get("procedure");
    let written = procedure.and_then(|it| it.get("target"));
    for view in written.into_iter().flat_map(View::items) {
        let (choice, name) = view.choice();
        let quiet = &mut Say::new(say.files, Default::default());
        let (region, connector) = if choice == "adopt" {
            let Some(connector) = roster.connector(name, quiet) else {
                continue;
            };
            (roster.connectors[connector.ix()].region, Some(connector))
        } else {
            let Some(region) = roster.catalogue.find(name.text()) else {
                continue;
            };
            (region, None)
        };
        let lost = |it: &&Fault| for_good(it, until) && hits(&it.kind, region, connector);
        if let Some(fault) = faults.iter().find(lost) {
            let message = format!("{} is down for the whole run", quoted(name.text()));
            let it = say.about(
                &codes::TARGET_DOWN,
                name.span(),
                message,
                "can never be taken",
            );
            say.push(it.help(format!("it is lost by the fault {}", quoted(&fault.id))));
        }
    }
}

fn for_good(fault: &Fault, until: Option<Instant>) -> bool {
    let lasts = fault.lasts.as_ref().map(|it| it.support().0);
    let ends = lasts.map(|it| fault.at.saturating_add(it));
    fault.at == Instant::ZERO
        && fault.chance == Probability::ALWAYS
        && ends.is_none_or(|ends| until.is_some_and(|until| ends >= until))
}

fn hits(kind: &FaultKind, region: RegionIx, connector: Option<ConnectorIx>) -> bool {
    match kind {
        FaultKind::RegionOutage {
            regions, stagger, ..
        } => {
            let at_once = if stagger.is_some() { 1 } else { regions.len() };
            regions
                .iter()
                .take(at_once)
                .any(|it| *it == RegionRef::Named(region))
        }
        FaultKind::PartialOutage(Hit::Connectors(all)) => {
            connector.is_some_and(|it| all.contains(&ConnectorRef::Named(it)))
        }
        _ => false,
    }
}
