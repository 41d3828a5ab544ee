//! The drill worked out by hand: what must come out of every simulator.
//!
//! Nothing is shared between connectors, and a worker takes its orgs in the order of their release,
//! so each connector is three recurrences over its orgs: released, discovered, recreated.

use crate::Summary;
use crate::fleet::{Fleet, Org};
use crate::times;

/// Facts for each org: orphaned, released, claimed, appeared, annotated, three kinds of record
/// recreated, promoted.
pub const FACTS_PER_ORG: u64 = 9;
/// Facts for each connector: the seven steps before the first release, promotion, deletion.
pub const FACTS_PER_CONNECTOR: u64 = times::BEFORE_RELEASE.len() as u64 + 2;

/// The drill's summary.
pub fn summary(fleet: &Fleet) -> Summary {
    let mut summary = Summary {
        facts: FACTS_PER_CONNECTOR * fleet.connectors.len() as u64
            + FACTS_PER_ORG * fleet.orgs().count() as u64,
        finished_ms: 0,
        recreated_ms: 0,
    };
    for orgs in &fleet.connectors {
        let (recreated, settled) = connector(orgs);
        let deleted = settled.max(times::REGION_BACK) + times::PROMOTE + times::DELETE;
        summary.finished_ms = summary.finished_ms.max(deleted);
        summary.recreated_ms = summary.recreated_ms.max(recreated);
    }
    summary
}

/// When a connector's last record was recreated, and when its last org was finished.
fn connector(orgs: &[Org]) -> (u64, u64) {
    let mut released: u64 = times::BEFORE_RELEASE.iter().sum();
    let (mut discovered, mut recreated, mut settled) = (0, 0, 0);
    for org in orgs {
        released += times::RELEASE;
        discovered = released.max(discovered) + times::discovery(org.projects);
        recreated = discovered.max(recreated)
            + org.to_recreate().map(times::recreation).iter().sum::<u64>();
        settled = recreated.max(discovered + times::ANNOTATIONS).max(settled);
    }
    (recreated, settled)
}
