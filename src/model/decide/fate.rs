//! What fate does: faults that strike and relent, and time that runs out.

use super::{Case, Facts};
use crate::model::command::{Blow, ConnectorRef, RegionRef};
use crate::model::fact::What;
use crate::model::ids::{ConnectorIx, OrgIx, RegionIx, StrikeIx};
use crate::model::ranges::RangeSet;
use crate::model::rules::Rule;
use crate::model::world::{Life, Struck};
use crate::time::{Duration, Factor};

impl Case<'_> {
    pub(super) fn strike(&self, strike: StrikeIx, blow: &Blow, facts: &mut Facts<'_>) {
        match blow {
            Blow::RegionOutage(region) => match self.region(*region) {
                Some(region) => self.region_down(strike, region, facts),
                None => facts.say(What::FaultMissed { strike }),
            },
            Blow::PartialOutage(connector) => match self.standing(*connector) {
                Some(connector) => {
                    facts.say(What::PartialOutage {
                        strike,
                        connector,
                        begins: true,
                    });
                    self.connector_down(connector, facts);
                }
                None => facts.say(What::FaultMissed { strike }),
            },
            Blow::TokenRevoked(connector) => match self.standing(*connector) {
                Some(connector) => self.revoke(strike, connector, facts),
                None => facts.say(What::FaultMissed { strike }),
            },
            Blow::RegionDegraded(region, factor) => {
                facts.say(What::RegionSlowed {
                    strike,
                    region: *region,
                    factor: *factor,
                });
                if !self.setting.rules.hold(Rule::SlowKeepsClaims) {
                    self.in_region(*region)
                        .for_each(|connector| self.forget_last_claim(connector, facts));
                }
            }
            Blow::ScmThrottled(scm, factor) => {
                facts.say(What::ScmThrottled {
                    strike,
                    scm: *scm,
                    factor: *factor,
                });
            }
            Blow::PermissionLost(connector, orgs) => self.regrant(*connector, orgs, false, facts),
            Blow::OrgCreated(org, connector) => {
                if !self.world.org(*org).exists {
                    facts.say(What::OrgCreated {
                        org: *org,
                        connector: *connector,
                    });
                }
            }
            Blow::OrgRenamed(org) => facts.say(What::OrgRenamed { org: *org }),
            Blow::OrgDeleted(org) => {
                if self.world.org(*org).exists {
                    facts.say(What::OrgDeleted { org: *org });
                }
            }
            _ => self.toggle(blow, true, facts),
        }
    }

    pub(super) fn relent(&self, strike: StrikeIx, blow: &Blow, facts: &mut Facts<'_>) {
        let struck = self
            .world
            .struck
            .iter()
            .find(|it| it.0 == strike)
            .map(|it| it.1);
        match (blow, struck) {
            (Blow::RegionOutage(_), Some(Struck::Region(region))) => {
                self.region_up(strike, region, facts);
            }
            (Blow::PartialOutage(_), Some(Struck::Connector(connector))) => {
                facts.say(What::PartialOutage {
                    strike,
                    connector,
                    begins: false,
                });
                let it = self.world.connector(connector);
                if it.partial_outages == 1 && self.world.regions[it.region.ix()].outages == 0 {
                    self.connector_up(connector, facts);
                }
            }
            (Blow::TokenRevoked(_), Some(Struck::Connector(connector)))
                if self.setting.rules.hold(Rule::RevivedTokensWork) =>
            {
                facts.say(What::TokenRevoked {
                    strike,
                    connector,
                    begins: false,
                });
                let it = self.world.connector(connector);
                let works =
                    it.life == Life::Active && it.authorized && !self.world.is_down(connector);
                if it.revoked == 1 && works {
                    self.leaning_on(connector)
                        .for_each(|org| facts.say(What::OrgCovered { org, connector }));
                }
            }
            (Blow::RegionDegraded(region, _), _) => {
                facts.say(What::RegionSlowed {
                    strike,
                    region: *region,
                    factor: Factor::ONE,
                });
            }
            (Blow::ScmThrottled(scm, _), _) => {
                facts.say(What::ScmThrottled {
                    strike,
                    scm: *scm,
                    factor: Factor::ONE,
                });
            }
            (Blow::PermissionLost(connector, orgs), _) => {
                self.regrant(*connector, orgs, true, facts);
            }
            _ => self.toggle(blow, false, facts),
        }
    }

    /// Faults that are either there or not.
    fn toggle(&self, blow: &Blow, begins: bool, facts: &mut Facts<'_>) {
        match blow {
            Blow::RegionFull(region) => facts.say(What::RegionFull {
                region: *region,
                full: begins,
            }),
            Blow::InventoryUnavailable => facts.say(What::InventoryUnavailable { begins }),
            Blow::InventoryStale(shows) => {
                let shows = shows.unwrap_or(ConnectorIx::NONE);
                facts.say(What::InventoryStale { shows, begins });
            }
            Blow::ScmOutage(scm) => facts.say(What::ScmOutage { scm: *scm, begins }),
            Blow::AuthorizerAbsent(root) => self.world.line_of(*root).for_each(|connector| {
                facts.say(What::AuthorizerAbsent { connector, begins });
            }),
            Blow::DiscoveryStall(root) => self.world.line_of(*root).for_each(|connector| {
                facts.say(What::DiscoveryStalled { connector, begins });
            }),
            // Orgs are created, renamed and deleted for good; outages that found
            // nothing to strike have nothing to undo.
            _ => {}
        }
    }

    fn region(&self, region: RegionRef) -> Option<RegionIx> {
        match region {
            RegionRef::Named(region) => Some(region),
            RegionRef::TargetOf(lost) => self
                .world
                .target_of(lost)
                .map(|target| self.world.connector(target).region),
        }
    }

    fn standing(&self, connector: ConnectorRef) -> Option<ConnectorIx> {
        let found = match connector {
            ConnectorRef::Named(connector) => Some(connector),
            ConnectorRef::TargetOf(lost) => self.world.target_of(lost),
        };
        found.filter(|&it| self.world.connector(it).life != Life::Deleted)
    }

    fn region_down(&self, strike: StrikeIx, region: RegionIx, facts: &mut Facts<'_>) {
        facts.say(What::RegionDown { strike, region });
        if self.world.regions[region.ix()].outages == 0 {
            self.in_region(region)
                .for_each(|connector| self.connector_down(connector, facts));
        }
    }

    fn region_up(&self, strike: StrikeIx, region: RegionIx, facts: &mut Facts<'_>) {
        if self.world.regions[region.ix()].outages > 1 {
            facts.say(What::OutageEnded { strike, region });
        } else {
            facts.say(What::RegionUp { strike, region });
            let free =
                |connector: &ConnectorIx| self.world.connector(*connector).partial_outages == 0;
            self.in_region(region)
                .filter(free)
                .for_each(|connector| self.connector_up(connector, facts));
        }
    }

    fn in_region(&self, region: RegionIx) -> impl Iterator<Item = ConnectorIx> + '_ {
        let there = move |it: &(usize, &crate::model::world::ConnectorState)| {
            it.1.region == region && it.1.life != Life::Deleted
        };
        self.world
            .connectors
            .iter()
            .enumerate()
            .filter(there)
            .map(|it| ConnectorIx::from(it.0))
    }

    /// A connector's own outage begins, unless one lasts already; its configuration
    /// is lost at once where no grace period is given (F-5).
    fn connector_down(&self, connector: ConnectorIx, facts: &mut Facts<'_>) {
        if self.world.is_down(connector) {
            return;
        }
        facts.say(What::ConnectorDown { connector });
        if self.world.works(connector) {
            self.leaning_on(connector)
                .for_each(|org| facts.say(What::OrgOrphaned { org, connector }));
        }
        let active = self.world.connector(connector).life == Life::Active;
        if active && self.setting.parameters.config_loss_after == Duration::ZERO {
            facts.say(What::ConfigLost { connector });
        }
    }

    fn connector_up(&self, connector: ConnectorIx, facts: &mut Facts<'_>) {
        facts.say(What::ConnectorUp { connector });
        let it = self.world.connector(connector);
        let revived = it.life == Life::ConfigLost && !self.setting.rules.hold(Rule::LossIsForGood);
        if revived {
            facts.say(What::ConnectorAuthorized { connector });
        }
        if (it.life == Life::Active && it.authorized || revived) && it.revoked == 0 {
            self.leaning_on(connector)
                .for_each(|org| facts.say(What::OrgCovered { org, connector }));
        }
        self.take_back(connector, facts);
    }

    /// What a platform does that takes a connector which recovered for what it was
    /// at T+0.
    fn take_back(&self, connector: ConnectorIx, facts: &mut Facts<'_>) {
        let rules = self.setting.rules;
        let held = self.setting.fleet.connectors().get(connector.ix());
        for org in held.into_iter().flat_map(|it| it.owns.iter()).map(OrgIx) {
            let state = self.world.org(org);
            if !state.exists {
                continue;
            }
            let owned = self.world.connector(connector).owns.contains(org.0);
            if !owned && !rules.hold(Rule::RecoverWithoutClaiming) {
                facts.say(What::OrgClaimed { org, connector });
            }
            if state.primary != connector && !rules.hold(Rule::PromotionIsForGood) {
                facts.say(What::Promoted { org, connector });
            }
        }
    }

    /// A connector lets go of the last org that it owns, for no reason.
    fn forget_last_claim(&self, connector: ConnectorIx, facts: &mut Facts<'_>) {
        let last = self.world.connector(connector).owns.iter().last();
        if let Some(org) = last.map(OrgIx) {
            self.drop_claim(connector, org, facts);
        }
    }

    fn revoke(&self, strike: StrikeIx, connector: ConnectorIx, facts: &mut Facts<'_>) {
        facts.say(What::TokenRevoked {
            strike,
            connector,
            begins: true,
        });
        if self.world.works(connector) {
            self.leaning_on(connector)
                .for_each(|org| facts.say(What::OrgOrphaned { org, connector }));
        }
    }

    /// The account of a connector, which its successors share, loses or regains
    /// its reach to orgs.
    fn regrant(
        &self,
        connector: ConnectorIx,
        orgs: &RangeSet,
        granted: bool,
        facts: &mut Facts<'_>,
    ) {
        let mut line = vec![connector];
        while let Some(connector) = line.pop() {
            let it = self.world.connector(connector);
            for org in orgs
                .iter()
                .filter(|&org| it.grants.contains(org) != granted)
            {
                facts.say(What::GrantChanged {
                    connector,
                    org: OrgIx(org),
                    granted,
                });
            }
            line.extend_from_slice(&it.successors);
        }
    }

    pub(super) fn lose_configuration(&self, connector: ConnectorIx, facts: &mut Facts<'_>) {
        let active = self.world.connector(connector).life == Life::Active;
        if active && self.world.is_down(connector) {
            facts.say(What::ConfigLost { connector });
        }
    }
}
