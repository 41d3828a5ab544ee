//! How much a timeline makes of itself: each limit alone may be kept, and a small
//! file still cost hours.

use super::roster::Roster;
use super::say::Say;
use crate::faults::{Fault, FaultKind, Hit};
use crate::model::command::ConnectorRef;
use crate::scenario::codes;
use crate::scenario::syntax::Span;

/// Says so when the strikes of a timeline hit more orgs, all together, than
/// `struck_max`: an org that is hit ten times counts ten times.
pub(super) fn reject_too_many<'a>(
    faults: impl Iterator<Item = (&'a Fault, Span)>,
    roster: &Roster<'_>,
    struck_max: u64,
    say: &mut Say<'_>,
) {
    let mut sum = 0u64;
    for (fault, span) in faults {
        let own = struck(&fault.kind, roster);
        sum = sum.saturating_add(own);
        if sum > struck_max {
            let message = format!(
                "the timeline hits {sum} orgs up to here, one by one, and the limit is {struck_max}"
            );
            let it = say.about(
                &codes::TOO_MANY_STRUCK,
                span,
                message,
                format!("{own} here"),
            );
            say.push(it.help(
                "fewer flaps, or fewer orgs; or raise the limit: `--struck-max`, or \
                 `Reader::struck_max`",
            ));
            return;
        }
    }
}

/// How many orgs a fault hits at most. A region may hold every org of the fleet by
/// then, its own and those that were recovered into it.
fn struck(kind: &FaultKind, roster: &Roster<'_>) -> u64 {
    let all = roster.slots.len() as u64;
    let of = |connector: &ConnectorRef| match connector {
        ConnectorRef::Named(connector) => roster.connectors[connector.ix()].count,
        ConnectorRef::TargetOf(_) => all,
    };
    match kind {
        FaultKind::RegionFlap { times, .. } => all.saturating_mul(times.support().1),
        FaultKind::RegionOutage {
            regions, returns, ..
        } => {
            let times = if returns.is_some() { 2 } else { 1 };
            all.saturating_mul(regions.len() as u64 * times)
        }
        FaultKind::PartialOutage(Hit::Share(..)) => all,
        FaultKind::PartialOutage(Hit::Connectors(all)) => all.iter().map(of).sum(),
        FaultKind::TokenRevoked(connector) => of(connector),
        FaultKind::PermissionLost(_, orgs) => orgs.iter().count() as u64,
        _ => 0,
    }
}
