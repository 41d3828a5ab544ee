//! What the faults alone took away: the input of the closed table of excuses.

use crate::checks::{Excuses, Span};
use crate::faults::{Act, Schedule};
use crate::model::command::{Blow, RegionRef};
use crate::model::fleet::Fleet;
use crate::model::ids::StrikeIx;
use crate::time::Instant;

/// Reads the excuses off a schedule. Outages that follow a recovery to its target
/// are not among them: where they strike depends on what the procedure did.
pub(super) fn excuses(schedule: &Schedule, fleet: &Fleet) -> Excuses {
    let mut excuses = Excuses {
        regions: vec![Vec::new(); fleet.catalogue().regions.len()],
        nobody_authorizes: vec![Vec::new(); fleet.connectors().len()],
    };
    for event in &schedule.events {
        let Act::Begin(blow) = &event.act else {
            continue;
        };
        let span = Span {
            from: event.at,
            to: end_of(schedule, event.strike),
        };
        match *blow {
            Blow::RegionOutage(RegionRef::Named(region)) | Blow::RegionFull(region) => {
                excuses.regions[region.ix()].push(span);
            }
            Blow::AuthorizerAbsent(connector) => {
                excuses.nobody_authorizes[connector.ix()].push(span);
            }
            _ => {}
        }
    }
    excuses
}

fn end_of(schedule: &Schedule, strike: StrikeIx) -> Option<Instant> {
    let ends = |it: &&crate::faults::Event| it.strike == strike && matches!(it.act, Act::End(_));
    schedule.events.iter().find(ends).map(|it| it.at)
}
