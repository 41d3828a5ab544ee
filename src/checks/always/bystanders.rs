//! Who had no outage is left alone (F-7).

use super::*;
use crate::model::ids::OrgIx;

/// F-7. Faults that strike a bystander are no violation: what people and the
/// platform do to it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct BystandersUntouched(Tally);

impl Check for BystandersUntouched {
    const ID: CheckId = CheckId::BystandersUntouched;
    const LISTENS: FactKinds = FactKinds::of(&[
        FactKind::OrgReleased,
        FactKind::OrgUnowned,
        FactKind::OrgClaimed,
        FactKind::Promoted,
        FactKind::RecordsRecreated,
        FactKind::ConnectorDeleted,
        FactKind::AutoDiscoverySet,
        FactKind::ConsentWithdrawn,
        FactKind::OrgListed,
    ]);

    #[inline(always)]
    fn observe(&mut self, scene: &Scene<'_>, _: &Watch, fact: &Fact) {
        let touched = match fact.what {
            What::OrgReleased { org, .. } | What::OrgUnowned { org, .. } => org,
            What::OrgClaimed { org, connector } | What::Promoted { org, connector } => {
                if scene.setting.fleet.org(org).connector == connector {
                    return;
                }
                org
            }
            What::RecordsRecreated { org, from, to, .. } if from < to => org,
            // An adopted connector lists what it takes over, and what it has (F-7).
            What::OrgListed {
                connector,
                org,
                listed: true,
            } if !is_bystander(scene, org) || scene.world.org(org).owner == connector => return,
            What::ConnectorDeleted { connector }
            | What::AutoDiscoverySet { connector, .. }
            | What::ConsentWithdrawn { connector }
            | What::OrgListed { connector, .. } => {
                let state = scene.world.connector(connector);
                if state.generation == 0 && state.first_outage.is_none() {
                    self.0.breach(fact, Who::Connector(connector));
                }
                return;
            }
            _ => return,
        };
        if is_bystander(scene, touched) {
            self.0.breach(fact, Who::Org(touched));
        }
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        let mut tally = self.0.clone();
        if case.watch.any_hit() {
            let outside = case
                .scene
                .world
                .connectors
                .iter()
                .filter(|it| it.generation == 0);
            tally.tested_times(outside.filter(|it| it.first_outage.is_none()).count() as u64);
        }
        tally.judge(Self::ID, case)
    }
}

/// Whether the connector that held an org at T+0 had no outage yet. An org that
/// appeared during the run is nobody's.
#[inline]
fn is_bystander(scene: &Scene<'_>, org: OrgIx) -> bool {
    let old = scene.setting.fleet.org(org).connector;
    old.is_some() && scene.world.connector(old).first_outage.is_none()
}
