//! The customer's steps (F-6 to F-10, F-12): what the platform lets them do.

use super::{Case, Facts};
use crate::model::catalogue::Availability;
use crate::model::command::TicketScope;
use crate::model::evolve::next_ticket;
use crate::model::fact::{Reason, What};
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, RegionIx};
use crate::model::ranges::RangeSet;
use crate::model::rules::Rule;
use crate::model::world::Life;

impl Case<'_> {
    pub(super) fn start_recovery(&self, connector: ConnectorIx, facts: &mut Facts<'_>) {
        let recovery = RecoveryIx::from(self.world.recoveries.len());
        facts.say(What::RecoveryStarted {
            recovery,
            connector,
        });
    }

    /// Orgs that were not released are left to the connector that came back.
    pub(super) fn stand_down(&self, recovery: RecoveryIx, facts: &mut Facts<'_>) {
        let it = self.world.recovery(recovery);
        for org in it.orgs.iter().map(OrgIx) {
            if self.world.org(org).owner == it.connector {
                facts.say(What::OrgStoodDown { recovery, org });
            }
        }
        facts.say(What::RecoveryStoodDown { recovery });
    }

    /// F-8. Saved beforehand, it needs no inventory.
    pub(super) fn copy_resource_id(
        &self,
        recovery: RecoveryIx,
        mistaken: Option<ConnectorIx>,
        facts: &mut Facts<'_>,
    ) {
        let lost = self.world.recovery(recovery).connector;
        let saved = self.setting.parameters.resource_ids_saved;
        if !saved && self.world.inventory_down > 0 {
            facts.refuse(lost, OrgIx::NONE, Reason::InventoryUnavailable);
            return;
        }
        let shown = self
            .world
            .inventory_stale
            .last()
            .copied()
            .filter(|_| !saved)
            .unwrap_or(lost);
        facts.say(What::ResourceIdCopied {
            recovery,
            names: mistaken.unwrap_or(shown),
        });
    }

    /// F-6, refused where a connector cannot stand (F-1, F-2).
    pub(super) fn create_connector(
        &self,
        recovery: RecoveryIx,
        region: RegionIx,
        as_target: bool,
        facts: &mut Facts<'_>,
    ) {
        let lost = self.world.recovery(recovery).connector;
        let rules = self.setting.rules;
        let state = &self.world.regions[region.ix()];
        let announced =
            self.setting.fleet.catalogue().region(region).availability == Availability::ComingSoon;
        let refusal = if announced && rules.hold(Rule::CreateInSupportedRegion) {
            Some(Reason::ComingSoon)
        } else if state.outages > 0 && rules.hold(Rule::CreateInHealthyRegion) {
            Some(Reason::RegionDown)
        } else if state.full > 0 && rules.hold(Rule::CreateInHealthyRegion) {
            Some(Reason::RegionFull)
        } else {
            None
        };
        match refusal {
            Some(reason) => facts.refuse(lost, OrgIx::NONE, reason),
            None => {
                let connector = ConnectorIx::from(self.world.connectors.len());
                facts.say(What::ConnectorCreated {
                    connector,
                    recovery,
                    region,
                    as_target,
                });
            }
        }
    }

    /// D-7: authorisation takes a person who may; on a connector that lost its
    /// configuration it makes it active again, with annotations and lists gone.
    pub(super) fn authorize(&self, connector: ConnectorIx, facts: &mut Facts<'_>) {
        let it = self.world.connector(connector);
        let absent = (it.no_authorizer > 0).then_some(Reason::NoAuthorizer);
        if let Some(reason) = self.unreachable(connector).or(absent) {
            facts.refuse(connector, OrgIx::NONE, reason);
            return;
        }
        facts.say(What::ConnectorAuthorized { connector });
        if !self.world.works(connector) && it.revoked == 0 {
            self.leaning_on(connector)
                .for_each(|org| facts.say(What::OrgCovered { org, connector }));
        }
    }

    /// The consent of D-7 taken back: whom only this connector watched, nobody does.
    pub(super) fn withdraw(&self, connector: ConnectorIx, facts: &mut Facts<'_>) {
        if let Some(reason) = self.unreachable(connector) {
            facts.refuse(connector, OrgIx::NONE, reason);
        } else if self.world.connector(connector).authorized {
            facts.say(What::ConsentWithdrawn { connector });
            if self.world.works(connector) {
                self.leaning_on(connector)
                    .for_each(|org| facts.say(What::OrgOrphaned { org, connector }));
            }
        }
    }

    /// Why nothing can be said to a connector, if so.
    fn unreachable(&self, connector: ConnectorIx) -> Option<Reason> {
        if self.world.connector(connector).life == Life::Deleted {
            Some(Reason::ConnectorDeleted)
        } else if self.world.is_down(connector) {
            Some(Reason::ConnectorDown)
        } else {
            None
        }
    }

    /// D-9: what is told is set; facts tell only of what changes.
    pub(super) fn configure(
        &self,
        connector: ConnectorIx,
        auto_discovery: Option<bool>,
        listed: Option<&RangeSet>,
        facts: &mut Facts<'_>,
    ) {
        let it = self.world.connector(connector);
        if let Some(reason) = self.unreachable(connector) {
            facts.refuse(connector, OrgIx::NONE, reason);
            return;
        }
        if let Some(on) = auto_discovery.filter(|&on| on != it.auto_discovery) {
            facts.say(What::AutoDiscoverySet { connector, on });
        }
        let Some(wanted) = listed else { return };
        let mut list = |org: u32, listed: bool| {
            let org = OrgIx(org);
            facts.say(What::OrgListed {
                connector,
                org,
                listed,
            });
        };
        let new = wanted.iter().filter(|&org| !it.listed.contains(org));
        new.for_each(|org| list(org, true));
        let old = it.listed.iter().filter(|&org| !wanted.contains(org));
        old.for_each(|org| list(org, false));
    }

    /// F-7: org by org, as far as the adopted connector's account reaches.
    pub(super) fn adopt(
        &self,
        recovery: RecoveryIx,
        connector: ConnectorIx,
        facts: &mut Facts<'_>,
    ) {
        let row = self.world.recovery(recovery);
        let (lost, it) = (
            self.world.connector(row.connector),
            self.world.connector(connector),
        );
        if row.connector == connector || it.tenant != lost.tenant || it.scm != lost.scm {
            facts.refuse(connector, OrgIx::NONE, Reason::Unfit);
        } else if !self.world.works(connector) {
            facts.refuse(connector, OrgIx::NONE, Reason::NotWorking);
        } else {
            facts.say(What::ConnectorAdopted {
                connector,
                recovery,
            });
            if !self.setting.rules.hold(Rule::AdoptAsItIs) {
                it.owns
                    .iter()
                    .for_each(|org| self.drop_claim(connector, OrgIx(org), facts));
            }
            for org in row.orgs.iter().filter(|&org| !it.grants.contains(org)) {
                facts.say(What::AdoptionRefused {
                    org: OrgIx(org),
                    recovery,
                });
            }
        }
    }

    /// F-9. What an adopted connector may not take stays out; so does what was
    /// forgotten.
    pub(super) fn open_ticket(
        &self,
        recovery: RecoveryIx,
        names: ConnectorIx,
        scope: &TicketScope,
        forgotten: &RangeSet,
        facts: &mut Facts<'_>,
    ) {
        let ticket = next_ticket(self.world);
        let row = self.world.recovery(recovery);
        let left_out = |org: u32| forgotten.contains(org) || row.refused.contains(org);
        let all = *scope == TicketScope::All;
        facts.say(What::TicketOpened {
            ticket,
            recovery,
            names,
            all,
        });
        let Some(named) = names.get() else { return };
        let owned = &self.world.connector(named).owns;
        if let TicketScope::Only(orgs) = scope {
            for org in orgs
                .iter()
                .filter(|&org| owned.contains(org) && !left_out(org))
            {
                facts.say(What::TicketCovers {
                    ticket,
                    org: OrgIx(org),
                });
            }
        } else if !forgotten.is_empty() || !row.refused.is_empty() {
            for org in owned.iter().filter(|&org| left_out(org)) {
                facts.say(What::TicketOmits {
                    ticket,
                    org: OrgIx(org),
                });
            }
        }
    }

    /// F-10: only once the entities have appeared.
    pub(super) fn annotate(&self, org: OrgIx, connector: ConnectorIx, facts: &mut Facts<'_>) {
        let row = self.world.org(org);
        let visible = row.visible || !self.setting.rules.hold(Rule::AnnotateVisibleOnly);
        if row.owner != connector || !visible {
            facts.refuse(connector, org, Reason::NotVisible);
        } else if !self.world.works(connector) {
            facts.refuse(connector, org, Reason::NotWorking);
        } else {
            let org = if self.setting.rules.hold(Rule::AnnotateTheRightOrg) {
                org
            } else {
                self.next_in_recovery(org).unwrap_or(org)
            };
            facts.say(What::AnnotationsRecreated { org, connector });
        }
    }

    /// The org behind another in its recovery.
    fn next_in_recovery(&self, org: OrgIx) -> Option<OrgIx> {
        let recovery = self.world.org(org).recovery.get()?;
        let orgs = &self.world.recovery(recovery).orgs;
        orgs.next_from(org.0 + 1).map(OrgIx)
    }

    /// F-12. Deletion is not release: it needs no ticket and asks nobody.
    pub(super) fn delete(&self, connector: ConnectorIx, facts: &mut Facts<'_>) {
        if self.world.connector(connector).life == Life::Deleted {
            facts.refuse(connector, OrgIx::NONE, Reason::ConnectorDeleted);
        } else if self.world.is_down(connector) && self.setting.rules.hold(Rule::DeleteHealthyOnly)
        {
            facts.refuse(connector, OrgIx::NONE, Reason::ConnectorDown);
        } else {
            let works = self.world.works(connector);
            for org in self.world.connector(connector).owns.iter().map(OrgIx) {
                facts.say(What::OrgUnowned { org, connector });
            }
            let lean: Vec<OrgIx> = if works {
                self.leaning_on(connector).collect()
            } else {
                Vec::new()
            };
            facts.say(What::ConnectorDeleted { connector });
            lean.into_iter()
                .for_each(|org| facts.say(What::OrgOrphaned { org, connector }));
        }
    }

    pub(super) fn verify(&self, recovery: RecoveryIx, org: OrgIx, facts: &mut Facts<'_>) {
        let row = self.world.recovery(recovery);
        let Some(target) = row.target.get() else {
            facts.refuse(row.connector, org, Reason::NoTarget);
            return;
        };
        if !self.world.works(target) {
            facts.refuse(target, org, Reason::NotWorking);
        } else if org.is_some() && !self.world.extends_to(target, org) {
            facts.refuse(target, org, Reason::NotGranted);
        } else {
            facts.say(What::Verified { recovery, org });
        }
    }
}
