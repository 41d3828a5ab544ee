//! Orgs that appear during a recovery are covered too (F-5).

use super::*;
use crate::measures::{Scene, Watch};
use crate::model::fact::{Fact, What};
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::time::Instant;

/// F-5. 'During the recovery': after the first outage of the connector whose
/// account reaches the org began. 'Owned' is enough: whether the owner works is for
/// `no-orphaned-orgs` to say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct LateOrgsCovered {
    /// In the order of the orgs.
    late: Vec<Late>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Late {
    org: OrgIx,
    root: ConnectorIx,
    created_at: Instant,
    owned_at: Option<Instant>,
}

impl Check for LateOrgsCovered {
    const ID: CheckId = CheckId::LateOrgsCovered;
    const LISTENS: FactKinds = FactKinds::of(&[FactKind::OrgCreated, FactKind::OrgClaimed]);

    #[inline]
    fn observe(&mut self, scene: &Scene<'_>, _: &Watch, fact: &Fact) {
        match fact.what {
            What::OrgClaimed { org, .. } if !self.late.is_empty() => {
                if let Ok(found) = self.late.binary_search_by_key(&org, |it| it.org) {
                    self.late[found].owned_at.get_or_insert(fact.at);
                }
            }
            What::OrgCreated { org, connector } => self.created(scene, fact.at, org, connector),
            _ => {}
        }
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        let mut jury = Jury::new(Self::ID);
        for it in &self.late {
            let deadline = case.limits.deadline(Self::ID, it.created_at);
            if let Some(owned_at) = it.owned_at.filter(|&at| at <= deadline) {
                jury.hold(1, owned_at, deadline);
                continue;
            }
            let gone = case
                .watch
                .org_deleted_at(it.org)
                .is_some_and(|at| at <= deadline);
            let excused = gone || case.excuses_connector(it.root, it.created_at, deadline);
            let verdict = Jury::verdict(excused, deadline, case.end);
            let since = (FactKind::OrgCreated, it.created_at);
            jury.miss(Miss {
                verdict,
                who: Who::Org(it.org),
                since,
                deadline,
                met_at: it.owned_at,
            });
        }
        jury.judge(case)
    }
}

impl LateOrgsCovered {
    fn created(&mut self, scene: &Scene<'_>, at: Instant, org: OrgIx, connector: ConnectorIx) {
        let root = scene.world.connector(connector).root;
        let before = &scene.setting.fleet.connectors()[root.ix()];
        // With auto-discovery off, nobody would have onboarded it unlisted (D-9).
        let onboarded = before.auto_discovery || before.listed.contains(org.0);
        if onboarded && scene.world.connector(root).first_outage.is_some() {
            let place = self.late.partition_point(|it| it.org < org);
            self.late.insert(
                place,
                Late {
                    org,
                    root,
                    created_at: at,
                    owned_at: None,
                },
            );
        }
    }
}
