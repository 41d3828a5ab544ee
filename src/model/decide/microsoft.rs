//! Microsoft's steps: support answers tickets (F-9), the platform discovers,
//! recreates (F-13, F-14) and promotes (F-12).

use super::{Case, Facts};
use crate::model::fact::{Reason, What};
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, TicketIx};
use crate::model::ranges::RangeSet;
use crate::model::rules::Rule;
use crate::model::world::{Life, TicketState};

/// How many orgs a discovery pass reads where a defect stops it at the first page:
/// few, so that a small fleet shows it.
const PAGE: usize = 4;

impl Case<'_> {
    pub(super) fn triage(&self, ticket: TicketIx, facts: &mut Facts<'_>) {
        let rules = self.setting.rules;
        let under = self.world.ticket(ticket);
        if under.names.is_some() || !rules.hold(Rule::RejectNameless) {
            facts.say(What::TicketTriaged { ticket });
        } else {
            facts.say(What::TicketRejected { ticket });
        }
        if !rules.hold(Rule::AppearOnceClaimed) {
            self.show_unreleased(ticket, facts);
        }
        if !rules.hold(Rule::TakeUpWholeTicket)
            && let Some(org) = under.covers.iter().last().map(OrgIx)
        {
            facts.say(What::TicketOmits { ticket, org });
        }
    }

    fn show_unreleased(&self, ticket: TicketIx, facts: &mut Facts<'_>) {
        let under = self.world.ticket(ticket);
        let target = self.world.recovery(under.recovery).target;
        if target.is_some() {
            for org in under.covers.iter().map(OrgIx) {
                facts.say(What::EntitiesAppeared {
                    org,
                    connector: target,
                });
            }
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
            || self.is_only_told(&under.covers, org)
        {
            facts.say(What::ReleaseMoot { org, ticket });
        } else {
            self.let_go(ticket, org, under.names, facts);
            if !self.setting.rules.hold(Rule::ReleaseNamedOnly) {
                let owned = self.world.connector(under.names).owns.iter();
                for other in owned.filter(|&it| it != org.0 && !under.covers.contains(it)) {
                    self.let_go(ticket, OrgIx(other), under.names, facts);
                }
            }
        }
    }

    /// Whether a defect makes support report a release that does not happen.
    fn is_only_told(&self, covers: &RangeSet, org: OrgIx) -> bool {
        !self.setting.rules.hold(Rule::ReleaseAsTold) && covers.next_from(org.0 + 1).is_none()
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
        if !self.setting.rules.hold(Rule::ReleaseToNobody) {
            let comes_first = |it: &ConnectorIx| {
                *it != connector
                    && self.world.works(*it)
                    && self.world.may_claim(self.setting, *it, org)
            };
            let all = (0..self.world.connectors.len()).map(ConnectorIx::from);
            if let Some(connector) = all.into_iter().find(comes_first) {
                facts.say(What::OrgClaimed { org, connector });
            }
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
        let rules = self.setting.rules;
        let mut claim = |org: u32| {
            let org = OrgIx(org);
            if self.sees(connector, org) && self.world.may_claim(self.setting, connector, org) {
                facts.say(What::OrgClaimed { org, connector });
                if !rules.hold(Rule::AnnotateByHand) && self.setting.fleet.org(org).annotated {
                    facts.say(What::AnnotationsRecreated { org, connector });
                }
            }
        };
        if rules.hold(Rule::ClaimUnownedOnly) {
            self.world.unowned.iter().for_each(claim);
        } else {
            let it = self.world.connector(connector);
            it.grants
                .iter()
                .filter(|&org| !it.owns.contains(org))
                .for_each(&mut claim);
        }
    }

    /// Whether a pass of a connector looks at an org at all: always, but for defects.
    fn sees(&self, connector: ConnectorIx, org: OrgIx) -> bool {
        let rules = self.setting.rules;
        let on_first_page = || {
            let grants = self.world.connector(connector).grants.iter();
            grants.take(PAGE).any(|it| it == org.0)
        };
        let is_new = !self.setting.fleet.org(org).connector.is_some();
        (rules.hold(Rule::ReadEveryPage) || on_first_page())
            && (rules.hold(Rule::ReadEveryOrg) || org.0.is_multiple_of(2))
            && (rules.hold(Rule::FindNewOrgs) || !is_new)
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
        let (rules, fleet) = (self.setting.rules, self.setting.fleet);
        let mut to = to
            .min(self.setting.records_offered(self.world, org, kind))
            .max(from);
        if kind == RecordKind::Recommendation && !rules.hold(Rule::RecreateExistingOnly) {
            to += 1;
        }
        if kind == RecordKind::GraphEntity && !rules.hold(Rule::CountOwnRecords) {
            let behind = fleet.orgs().get(org.ix() + 1);
            to = to.max(behind.map_or(0, |it| it.records[kind.ix()]));
        }
        let resumes_early = from > 0 && !rules.hold(Rule::ResumeBehindLast);
        let from = from - u32::from(resumes_early);
        let connector = if kind == RecordKind::GraphEntity {
            self.home_of_graph(org, connector)
        } else {
            connector
        };
        facts.say(What::RecordsRecreated {
            org,
            connector,
            kind,
            from,
            to,
        });
    }

    /// The target; or the lost connector, where a defect takes that for the target.
    fn home_of_graph(&self, org: OrgIx, target: ConnectorIx) -> ConnectorIx {
        let recovery = self.world.org(org).recovery.get();
        let lost = recovery.map(|it| self.world.recovery(it).connector);
        let stands = |it: &ConnectorIx| self.world.connector(*it).life != Life::Deleted;
        match lost.filter(stands) {
            Some(lost) if !self.setting.rules.hold(Rule::RecreateIntoTarget) => lost,
            _ => target,
        }
    }

    /// F-12: the target becomes primary for every org of the recovery, owned yet
    /// or not.
    pub(super) fn promote(&self, recovery: RecoveryIx, facts: &mut Facts<'_>) {
        let row = self.world.recovery(recovery);
        let Some(connector) = row.target.get() else {
            facts.refuse(row.connector, OrgIx::NONE, Reason::NoTarget);
            return;
        };
        let rules = self.setting.rules;
        for org in row
            .orgs
            .iter()
            .map(OrgIx)
            .filter(|&org| self.world.org(org).exists)
        {
            let is_last = row.orgs.next_from(org.0 + 1).is_none();
            if rules.hold(Rule::PromoteForEveryOrg) || !is_last {
                facts.say(What::Promoted { org, connector });
            }
            if !rules.hold(Rule::PromotionKeepsGrants)
                && self.world.connector(connector).grants.contains(org.0)
            {
                facts.say(What::GrantChanged {
                    connector,
                    org,
                    granted: false,
                });
            }
        }
    }
}
