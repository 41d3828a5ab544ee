//! Each time an org loses its working owner it has one again in time (F-6, F-9).

use super::*;
use crate::measures::{Condition, Loss};
use crate::model::ids::OrgIx;
use crate::time::{Duration, Instant};

/// F-6, F-9. The watch keeps each org's longest loss, and that decides: the
/// deadline is the same for every loss.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct NoOrphanedOrgs;

impl Check for NoOrphanedOrgs {
    const ID: CheckId = CheckId::NoOrphanedOrgs;
    const LISTENS: FactKinds = FactKinds::of(&[]);

    fn judge(&self, case: &Case<'_>) -> Judgement {
        let mut jury = Jury::new(Self::ID);
        let within = case
            .limits
            .deadline(Self::ID, Instant::ZERO)
            .since(Instant::ZERO);
        let longest = case.measures.longest_loss;
        if case.measures.lost == 0 && longest.is_none_or(|it| it <= within) {
            if let Some(longest) = longest {
                jury.hold(
                    case.measures.orgs,
                    Instant::ZERO + longest,
                    Instant::ZERO + within,
                );
            }
            return jury.judge(case);
        }
        for org in (0..case.scene.world.orgs.len()).map(OrgIx::from) {
            org_by_org(case, &mut jury, org, within);
        }
        jury.judge(case)
    }
}

fn org_by_org(case: &Case<'_>, jury: &mut Jury, org: OrgIx, within: Duration) {
    let over = case.watch.longest_loss(org);
    let deleted_at = case.watch.org_deleted_at(org);
    let root = case.scene.setting.fleet.org(org).connector;
    let mut judge = |loss: Loss, covered_at: Option<Instant>| {
        let deadline = loss.from + within;
        if let Some(at) = covered_at.filter(|&at| at <= deadline) {
            jury.hold(1, at, deadline);
            return;
        }
        let gone = deleted_at.is_some_and(|at| at <= deadline);
        let excused = gone || case.excuses_connector(root, loss.from, deadline);
        let verdict = Jury::verdict(excused, deadline, case.end);
        jury.miss(Miss {
            verdict,
            who: Who::Org(org),
            since: (FactKind::OrgOrphaned, loss.from),
            deadline,
            met_at: covered_at,
        });
    };
    if let Some(loss) = over {
        let until = loss.from + loss.lasted.unwrap_or(Duration::ZERO);
        // A loss that the deletion of the org ended was never made good.
        let covered =
            case.watch.since(org, Condition::Covered).is_some() || deleted_at != Some(until);
        judge(loss, covered.then_some(until));
    }
    if let Some(loss) = case.watch.open_loss(org) {
        judge(loss, None);
    }
}
