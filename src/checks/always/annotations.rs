//! Annotations come after the entities (F-10).

use super::*;
use crate::model::ranges::RangeSet;

/// F-10. The platform's word for it that entities have appeared is not taken: they have
/// when the connector that claimed the org has gone through it since.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct AnnotationsAfterEntities {
    tally: Tally,
    /// Claimed, and not gone through since: orgs that had annotations.
    unseen: RangeSet,
}

impl Check for AnnotationsAfterEntities {
    const ID: CheckId = CheckId::AnnotationsAfterEntities;
    const LISTENS: FactKinds = FactKinds::of(&[
        FactKind::OrgClaimed,
        FactKind::EntitiesAppeared,
        FactKind::AnnotationsRecreated,
    ]);

    #[inline(always)]
    fn observe(&mut self, scene: &Scene<'_>, _: &Watch, fact: &Fact) {
        match fact.what {
            What::OrgClaimed { org, .. } if scene.setting.fleet.org(org).annotated => {
                self.unseen.insert(org.0);
            }
            What::EntitiesAppeared { org, connector }
                if scene.world.org(org).owner == connector =>
            {
                self.unseen.remove(org.0);
            }
            What::AnnotationsRecreated { org, .. } => {
                let early = !scene.world.org(org).visible || self.unseen.contains(org.0);
                self.tally.test(fact, early, Who::Org(org));
            }
            _ => {}
        }
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        self.tally.judge(Self::ID, case)
    }
}
