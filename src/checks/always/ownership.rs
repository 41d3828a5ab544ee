//! Who may claim an org: nobody while it is owned (D-2), only who reaches it (F-7),
//! and after a release only the target of its recovery (F-9).

use super::*;

/// D-2.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct SingleOwner(Tally);

impl Check for SingleOwner {
    const ID: CheckId = CheckId::SingleOwner;
    const LISTENS: FactKinds = FactKinds::of(&[FactKind::OrgClaimed]);

    #[inline(always)]
    fn observe(&mut self, scene: &Scene<'_>, _: &Watch, fact: &Fact) {
        if let What::OrgClaimed { org, .. } = fact.what {
            // The world notes a second owner at the claim, after all others.
            let second = scene.world.also_owned.last().is_some_and(|it| it.0 == org);
            self.0.test(fact, second, Who::Org(org));
        }
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        self.0.judge(Self::ID, case)
    }
}

/// F-7. Losing a grant later is not a violation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct AuthorizedOwner(Tally);

impl Check for AuthorizedOwner {
    const ID: CheckId = CheckId::AuthorizedOwner;
    const LISTENS: FactKinds = FactKinds::of(&[FactKind::OrgClaimed]);

    #[inline(always)]
    fn observe(&mut self, scene: &Scene<'_>, _: &Watch, fact: &Fact) {
        if let What::OrgClaimed { org, connector } = fact.what {
            let reaches = scene.world.connector(connector).grants.contains(org.0);
            self.0.test(fact, !reaches, Who::Org(org));
        }
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        self.0.judge(Self::ID, case)
    }
}

/// F-9. An org without a recovery has no target; whether it should have been
/// released at all is for `bystanders-untouched` to say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct IntendedOwner(Tally);

impl Check for IntendedOwner {
    const ID: CheckId = CheckId::IntendedOwner;
    const LISTENS: FactKinds = FactKinds::of(&[FactKind::OrgClaimed]);

    #[inline(always)]
    fn observe(&mut self, scene: &Scene<'_>, watch: &Watch, fact: &Fact) {
        if let What::OrgClaimed { org, connector } = fact.what
            && let Some(recovery) = scene.world.org(org).recovery.get()
            && watch.claim_followed_release(org)
        {
            let target = scene.world.recovery(recovery).target;
            self.0.test(fact, connector != target, Who::Org(org));
        }
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        self.0.judge(Self::ID, case)
    }
}
