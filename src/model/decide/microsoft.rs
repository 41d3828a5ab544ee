//! Microsoft's steps: support answers tickets (F-9), the platform discovers,
//! recreates (F-13, F-14) and promotes (F-12).

use super::{Case, Facts};
use crate::model::fact::{Reason, What};
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, TicketIx};
use crate::model::rules::Rule;
use crate::model::world::TicketState;

impl Case<'_> {
    pub(super) fn triage(&self, ticket: TicketIx, facts: &mut Facts<'_>) {
        if self.world.ticket(ticket).names.is_some() {
            facts.say(What::TicketTriaged { ticket });
        } else {
            facts.say(What::TicketRejected { ticket });
        }
    }

    pub(super) fn cut_ticket(&self, ticket: TicketIx, keep: u32, facts: &mut Facts<'_>) {
        for org in self
            .world
            .ticket(ticket)
            .covers
            .iter()
            .skip(keep as usize)
            .map(OrgIx)
        {
            facts.say(What::TicketOmits { ticket, org });
        }
    }

    /// F-9. An org that the ticket's connector no longer owns is nobody's harm.
    pub(super) fn release(&self, ticket: TicketIx, org: OrgIx, facts: &mut Facts<'_>) {
        let owner = self.world.org(org).owner;
        let Some(under) = ticket.get().map(|it| self.world.ticket(it)) else {
            if self.setting.rules.hold(Rule::ReleaseUnderTicket) {
                facts.refuse(owner, org, Reason::NoTicket);
            } else if owner.is_some() {
                self.let_go(ticket, org, owner, facts);
            }
            return;
        };
        let open = under.state == TicketState::Triaged && under.covers.contains(org.0);
        if !open && self.setting.rules.hold(Rule::ReleaseUnderTicket) {
            facts.refuse(owner, org, Reason::NoTicket);
        } else if under
            .names
            .get()
            .is_none_or(|named| !self.owned_by(org, named))
        {
            facts.say(What::ReleaseMoot { org, ticket });
        } else {
            self.let_go(ticket, org, under.names, facts);
        }
    }

    fn let_go(&self, ticket: TicketIx, org: OrgIx, connector: ConnectorIx, facts: &mut Facts<'_>) {
        facts.say(What::OrgReleased {
            org,
            connector,
            ticket,
        });
        // An owner that still worked leaves the org with nobody to watch it.
        if self.world.works(connector) && self.leaning_on(connector).any(|it| it == org) {
            facts.say(What::OrgOrphaned { org, connector });
        }
    }

    fn owned_by(&self, org: OrgIx, connector: ConnectorIx) -> bool {
        self.world.connector(connector).owns.contains(org.0)
    }

    /// A pass: every unowned org that the connector may claim, wanted or not
    /// (D-3, D-9). A connector that does not work skips it.
    pub(super) fn discover(&self, connector: ConnectorIx, facts: &mut Facts<'_>) {
        if !self.world.works(connector) {
            return;
        }
        let mut claim = |org: u32| {
            let org = OrgIx(org);
            if self.world.may_claim(self.setting, connector, org) {
                facts.say(What::OrgClaimed { org, connector });
            }
        };
        if self.setting.rules.hold(Rule::ClaimUnownedOnly) {
            self.world.unowned.iter().for_each(claim);
        } else {
            let it = self.world.connector(connector);
            it.grants
                .iter()
                .filter(|&org| !it.owns.contains(org))
                .for_each(&mut claim);
        }
    }

    /// F-13: what still lies somewhere to be read; nothing that never was.
    pub(super) fn recreate(
        &self,
        org: OrgIx,
        connector: ConnectorIx,
        kind: RecordKind,
        from: u32,
        to: u32,
        facts: &mut Facts<'_>,
    ) {
        let invents = !self.setting.rules.hold(Rule::RecreateExistingOnly);
        let mut to = to
            .min(self.world.records_to_read(self.setting.fleet, org, kind))
            .max(from);
        if invents && kind == RecordKind::Recommendation {
            to += 1;
        }
        facts.say(What::RecordsRecreated {
            org,
            connector,
            kind,
            from,
            to,
        });
    }

    /// F-12: the target becomes primary for every org of the recovery, owned yet
    /// or not.
    pub(super) fn promote(&self, recovery: RecoveryIx, facts: &mut Facts<'_>) {
        let row = self.world.recovery(recovery);
        let Some(connector) = row.target.get() else {
            facts.refuse(row.connector, OrgIx::NONE, Reason::NoTarget);
            return;
        };
        for org in row
            .orgs
            .iter()
            .map(OrgIx)
            .filter(|&org| self.world.org(org).exists)
        {
            facts.say(What::Promoted { org, connector });
        }
    }
}
