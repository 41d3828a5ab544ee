//! An org is released only under a ticket for it (F-9).

use super::*;

/// F-9.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct ReleaseNeedsTicket(Tally);

impl Check for ReleaseNeedsTicket {
    const ID: CheckId = CheckId::ReleaseNeedsTicket;
    const LISTENS: FactKinds = FactKinds::of(&[FactKind::OrgReleased]);

    #[inline(always)]
    fn observe(&mut self, scene: &Scene<'_>, _: &Watch, fact: &Fact) {
        if let What::OrgReleased {
            org,
            connector,
            ticket,
        } = fact.what
        {
            let covered = ticket.get().is_some_and(|it| {
                let ticket = scene.world.ticket(it);
                ticket.names == connector && ticket.covers.contains(org.0)
            });
            self.0.test(fact, !covered, Who::Org(org));
        }
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        self.0.judge(Self::ID, case)
    }
}
