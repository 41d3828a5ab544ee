//! Annotations come after the entities (F-10).

use super::*;

/// F-10.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct AnnotationsAfterEntities(Tally);

impl Check for AnnotationsAfterEntities {
    const ID: CheckId = CheckId::AnnotationsAfterEntities;
    const LISTENS: FactKinds = FactKinds::of(&[FactKind::AnnotationsRecreated]);

    #[inline]
    fn observe(&mut self, scene: &Scene<'_>, _: &Watch, fact: &Fact) {
        if let What::AnnotationsRecreated { org, .. } = fact.what {
            self.0
                .test(fact, !scene.world.org(org).visible, Who::Org(org));
        }
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        self.0.judge(Self::ID, case)
    }
}
