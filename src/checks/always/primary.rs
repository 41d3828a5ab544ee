//! One primary connector an org (F-12).

use super::*;

/// F-12.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct OnePrimary {
    tally: Tally,
    /// How many second primaries the world had noted.
    seen: usize,
}

impl Check for OnePrimary {
    const ID: CheckId = CheckId::OnePrimary;
    const LISTENS: FactKinds = FactKinds::of(&[FactKind::Promoted]);

    #[inline(always)]
    fn observe(&mut self, scene: &Scene<'_>, _: &Watch, fact: &Fact) {
        if let What::Promoted { org, .. } = fact.what {
            let noted = scene.world.also_primary.len();
            self.tally.test(fact, noted > self.seen, Who::Org(org));
            self.seen = noted;
        }
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        self.tally.judge(Self::ID, case)
    }
}
