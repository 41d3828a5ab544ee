//! Nothing of ours is left lying (F-9, F-12).

use super::*;
use crate::model::ids::{ConnectorIx, RecoveryIx};
use crate::model::world::TicketState;
use crate::time::Instant;

/// F-9, F-12. A step that waits for a region still down is nobody's omission.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct Settled;

impl Check for Settled {
    const ID: CheckId = CheckId::Settled;
    const LISTENS: FactKinds = FactKinds::of(&[]);

    fn judge(&self, case: &Case<'_>) -> Judgement {
        let mut jury = Jury::new(Self::ID);
        let world = case.scene.world;
        let deadline = case.limits.deadline(Self::ID, case.last_fault_end);
        let mut unfinished = vec![false; world.recoveries.len()];
        // Outages that nobody has noticed: the whole recovery is still to be done.
        let mut unnoticed: Vec<ConnectorIx> = Vec::new();
        for it in case
            .loose
            .iter()
            .filter(|it| !it.waits_for_region_still_down)
        {
            match it.recovery.get() {
                Some(recovery) => unfinished[recovery.ix()] = true,
                None if unnoticed.contains(&it.lost) => {}
                None => unnoticed.push(it.lost),
            }
        }
        for it in &world.tickets {
            let open = matches!(
                it.state,
                TicketState::Open | TicketState::Lost | TicketState::Triaged
            );
            if open && let Some(recovery) = it.recovery.get() {
                unfinished[recovery.ix()] = true;
            }
        }
        for (at, (recovery, &unfinished)) in world.recoveries.iter().zip(&unfinished).enumerate() {
            let excused = || is_excused(case, recovery.connector, deadline);
            let settled_at = case.watch.settled_at(RecoveryIx::from(at));
            let (verdict, met_at) = match settled_at.filter(|_| !unfinished) {
                _ if unfinished => (Jury::verdict(excused(), deadline, case.end), None),
                None => {
                    jury.hold_at_end(1);
                    continue;
                }
                Some(settled_at) if settled_at <= deadline => {
                    jury.hold(1, settled_at, deadline);
                    continue;
                }
                late if excused() => (Verdict::Excused, late),
                late => (Verdict::Violated, late),
            };
            jury.miss(miss(case, recovery.connector, verdict, deadline, met_at));
        }
        for &connector in &unnoticed {
            let excused = is_excused(case, connector, deadline);
            let verdict = Jury::verdict(excused, deadline, case.end);
            jury.miss(miss(case, connector, verdict, deadline, None));
        }
        jury.judge(case)
    }
}

fn hit_at(case: &Case<'_>, connector: ConnectorIx) -> Instant {
    case.scene
        .world
        .connector(connector)
        .first_outage
        .unwrap_or(Instant::ZERO)
}

fn is_excused(case: &Case<'_>, connector: ConnectorIx, deadline: Instant) -> bool {
    let root = case.scene.world.connector(connector).root;
    case.excuses_connector(root, hit_at(case, connector), deadline)
}

fn miss(
    case: &Case<'_>,
    connector: ConnectorIx,
    verdict: Verdict,
    deadline: Instant,
    met_at: Option<Instant>,
) -> Miss {
    let since = (FactKind::ConnectorDown, hit_at(case, connector));
    Miss {
        verdict,
        who: Who::Connector(connector),
        since,
        deadline,
        met_at,
    }
}
