//! The new connector is primary and the old one deleted, once the region is back
//! (F-12).

use super::*;
use crate::measures::Condition;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::model::world::Recovery;
use crate::time::Instant;

/// F-12. Judged for each connector that had a recovery which did not stand down,
/// from the instant at which it was up again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct OldConnectorRetired;

impl Check for OldConnectorRetired {
    const ID: CheckId = CheckId::OldConnectorRetired;
    const LISTENS: FactKinds = FactKinds::of(&[]);

    fn judge(&self, case: &Case<'_>) -> Judgement {
        let mut jury = Jury::new(Self::ID);
        let mut judged = vec![false; case.scene.world.connectors.len()];
        for recovery in case
            .scene
            .world
            .recoveries
            .iter()
            .filter(|it| !it.stood_down)
        {
            if !std::mem::replace(&mut judged[recovery.connector.ix()], true) {
                judge_one(case, &mut jury, recovery);
            }
        }
        jury.judge(case)
    }
}

fn judge_one(case: &Case<'_>, jury: &mut Jury, recovery: &Recovery) {
    let old = recovery.connector;
    let Some((up_at, down_again)) = case.watch.recovered(old) else {
        return;
    };
    let deadline = case.limits.deadline(OldConnectorRetired::ID, up_at);
    let deleted_at = case
        .watch
        .deleted_at(old)
        .filter(|_| case.measures.connector(old).primary_of == 0);
    let met_at = deleted_at
        .map(|deleted_at| promoted_at(case, recovery).map_or(deleted_at, |it| it.max(deleted_at)));
    match met_at {
        Some(at) if at <= deadline => return jury.hold(1, at, deadline),
        // It never stayed up for long enough: not recovered for good.
        None if down_again.is_some_and(|it| it < deadline) => return,
        _ => {}
    }
    let state = case.scene.world.connector(old);
    let hit_at = state.first_outage.unwrap_or(up_at);
    let excused = case.excuses_connector(state.root, hit_at, deadline);
    let verdict = Jury::verdict(excused, deadline, case.end);
    jury.miss(Miss {
        verdict,
        who: Who::Connector(old),
        since: (FactKind::ConnectorUp, up_at),
        deadline,
        met_at,
    });
}

/// When the last org of an old connector was promoted away from it.
fn promoted_at(case: &Case<'_>, recovery: &Recovery) -> Option<Instant> {
    let old: ConnectorIx = recovery.connector;
    if old.ix() < case.scene.setting.fleet.connectors().len() {
        return case
            .measures
            .connector(old)
            .progress(Condition::Promoted)
            .latest;
    }
    let orgs = recovery.orgs.iter().map(OrgIx);
    orgs.filter_map(|org| case.watch.since(org, Condition::Promoted))
        .max()
}
