//! What follows from a fact: work begins, goes on, stops, or is taken over.

use super::agenda::{Due, Turn};
use super::run::Run;
use super::work::{Task, Waiting};
use crate::model::command::{Actor, Command};
use crate::model::fact::{Fact, FactKind, FactKinds, Subject, What};
use crate::model::fleet::Scm;
use crate::model::ids::{ConnectorIx, OrgIx, RegionIx, StepIx};
use crate::model::world::Life;
use crate::procedure::{Issue, OrgProgress, Phase};
use crate::time::Duration;

impl Run<'_> {
    /// What anything follows from: the kinds of fact that [`Self::react`] knows.
    pub(super) const REACTS_TO: FactKinds = FactKinds::of(&[
        FactKind::OrgReleased,
        FactKind::OrgUnowned,
        FactKind::OrgClaimed,
        FactKind::EntitiesAppeared,
        FactKind::OrgCreated,
        FactKind::OrgDeleted,
        FactKind::OrgStoodDown,
        FactKind::ConnectorDown,
        FactKind::ConnectorUp,
        FactKind::ConfigLost,
        FactKind::ConnectorAuthorized,
        FactKind::ConnectorAdopted,
        FactKind::TokenRevoked,
        FactKind::ConsentWithdrawn,
        FactKind::DiscoveryStalled,
        FactKind::RegionDown,
        FactKind::RegionUp,
        FactKind::RegionFull,
        FactKind::RegionSlowed,
        FactKind::ScmOutage,
        FactKind::ScmThrottled,
        FactKind::GrantChanged,
        FactKind::AutoDiscoverySet,
        FactKind::OrgListed,
    ]);

    pub(super) fn react(&mut self, fact: &Fact) {
        match fact.what {
            What::OrgReleased { org, connector, .. } | What::OrgUnowned { org, connector } => {
                self.forget_discovery(connector, org);
                self.state.adrift.push(org);
            }
            What::OrgClaimed { org, connector } => self.claimed(org, connector),
            What::EntitiesAppeared { org, connector } => self.appeared(org, connector),
            What::OrgCreated { org, .. } => self.state.adrift.push(org),
            What::OrgDeleted { org } => self.org_gone(org),
            What::OrgStoodDown { org, .. } => self.org_stood_down(org),
            What::ConnectorDown { connector } => self.connector_down(connector),
            What::ConnectorUp { connector } => self.connector_up(connector),
            What::ConfigLost { connector } => {
                if let Some(place) = self.state.plants[connector.ix()].latest {
                    self.state.progress[place as usize].configuration_lost = true;
                }
                self.stop_plant(connector);
            }
            What::ConnectorAuthorized { connector } | What::ConnectorAdopted { connector, .. } => {
                self.established(connector);
            }
            What::TokenRevoked { connector, .. }
            | What::ConsentWithdrawn { connector }
            | What::DiscoveryStalled { connector, .. } => {
                self.pace_plant(connector);
                self.state.look_again = true;
            }
            What::RegionDown { region, .. } => self.rush(region),
            What::RegionUp { region, .. }
            | What::RegionFull {
                region,
                full: false,
            } => {
                self.region_open(region);
            }
            What::RegionSlowed { region, .. } => self.pace_region(region),
            What::ScmOutage { scm, .. } | What::ScmThrottled { scm, .. } => self.pace_scm(scm),
            What::GrantChanged {
                connector,
                granted: true,
                ..
            } => self.pass_if_adrift(connector),
            What::AutoDiscoverySet {
                connector,
                on: true,
            }
            | What::OrgListed {
                connector,
                listed: true,
                ..
            } => self.pass_if_adrift(connector),
            What::RegionFull { .. }
            | What::GrantChanged { .. }
            | What::AutoDiscoverySet { .. }
            | What::OrgListed { .. } => {}
            _ => debug_assert!(false, "nothing follows from {:?}", fact.what),
        }
    }

    /// A pass claimed an org: discovery goes through it when it has time.
    fn claimed(&mut self, org: OrgIx, connector: ConnectorIx) {
        let ready = self.state.now;
        let waiting = Waiting {
            org,
            step: StepIx(0),
            progress: u32::MAX,
            ready,
            fumble: None,
        };
        self.state.plants[connector.ix()].discovery.push(waiting);
        self.next_discovery(connector);
    }

    /// The step `discover` of an org's recovery is finished when its entities
    /// have appeared at the recovery's target.
    fn appeared(&mut self, org: OrgIx, connector: ConnectorIx) {
        let recovery = self.state.world.org(org).recovery;
        let Some(recovery) = recovery.get() else {
            return;
        };
        if self.state.world.recovery(recovery).target != connector {
            return;
        }
        let Some(step) = self.plan.procedure.doing(Issue::Discover) else {
            return;
        };
        let row = self.state.orgs[org.ix()];
        if row.begun & !row.done & step.bit() != 0 {
            let place = self.recovery_place(recovery);
            let began = self.sight.last_exploration.max(row.discover_since);
            self.step_finished_for_org(place, step, org, row.discover_since, began);
        }
    }

    fn established(&mut self, connector: ConnectorIx) {
        self.order(Actor::Platform, &Command::Discover(connector));
        self.pace_plant(connector);
        self.pass_if_adrift(connector);
        self.state.look_again = true;
    }

    fn pass_if_adrift(&mut self, connector: ConnectorIx) {
        if self.may_claim_any(connector) {
            self.pass_due(connector);
        }
    }

    fn connector_down(&mut self, connector: ConnectorIx) {
        let grace = self.plan.parameters.config_loss_after;
        if grace > Duration::ZERO && self.state.world.connector(connector).life == Life::Active {
            let turn = Turn::new(Actor::Fate, false, self.order_of(connector), 0);
            self.put(
                self.state.now + grace,
                turn,
                Due::ConfigurationLoss(connector),
            );
        }
        self.pace_plant(connector);
        self.outage_begins(connector);
    }

    /// The old connector recovered: what waited for it goes on; or, if it still
    /// has its configuration, what was not released is left to it.
    fn connector_up(&mut self, connector: ConnectorIx) {
        self.pace_plant(connector);
        self.state.look_again = true;
        let Some(place) = self.state.plants[connector.ix()].latest else {
            return;
        };
        let place = place as usize;
        let kept = self.state.world.connector(connector).life == Life::Active
            && !self.state.progress[place].configuration_lost;
        match self.state.progress[place].phase {
            Phase::Detecting if kept => self.cancel_recovery(place),
            Phase::Queued | Phase::Running if kept => self.stand_down(place),
            Phase::Running => self.consider_connector_steps(place),
            _ => {}
        }
    }

    fn region_open(&mut self, region: RegionIx) {
        for progress in &mut self.state.progress {
            progress.refused_regions.retain(|&it| it != region);
        }
        self.state.look_again = true;
    }

    pub(super) fn connectors_where(
        &self,
        wanted: impl Fn(&crate::model::world::ConnectorState) -> bool,
    ) -> Vec<ConnectorIx> {
        let all = self.state.world.connectors.iter().enumerate();
        all.filter(|it| wanted(it.1))
            .map(|it| ConnectorIx::from(it.0))
            .collect()
    }

    fn pace_region(&mut self, region: RegionIx) {
        for connector in self.connectors_where(|it| it.region == region) {
            self.pace_plant(connector);
        }
    }

    fn pace_scm(&mut self, scm: Scm) {
        for connector in self.connectors_where(|it| it.scm == scm) {
            self.pace_plant(connector);
        }
    }

    /// An org that its connector no longer owns is not gone through.
    fn forget_discovery(&mut self, connector: ConnectorIx, org: OrgIx) {
        let lane = &mut self.state.plants[connector.ix()].discovery;
        if !lane.is_empty() {
            lane.remove(org);
        }
        if let Some(slot) = lane.current
            && self.state.bench.at(slot).task == (Task::Explore { connector, org })
        {
            self.drop_work(slot);
            self.next_discovery(connector);
        }
    }

    /// An org that was deleted, or left to its connector: nothing more is done
    /// for it, and nothing waits for it.
    fn org_gone(&mut self, org: OrgIx) {
        let row = self.state.orgs[org.ix()];
        let (owner, recovery) = (
            self.state.world.org(org).owner,
            self.state.world.org(org).recovery,
        );
        let target = recovery
            .get()
            .and_then(|it| self.state.world.recovery(it).target.get());
        let plants: Vec<ConnectorIx> = owner.get().into_iter().chain(target).collect();
        for &connector in &plants {
            self.state.plants[connector.ix()].discovery.remove(org);
            self.state.plants[connector.ix()].recreation.remove(org);
        }
        let of_org = |task: &Task| match *task {
            Task::Step { subject, .. } => subject == Subject::Org(org),
            Task::Explore { org: other, .. } => other == org,
            Task::Foreign { .. } => false,
        };
        let slots: Vec<u32> = self
            .state
            .bench
            .iter()
            .filter(|it| of_org(&it.1.task))
            .map(|it| it.0)
            .collect();
        for slot in slots {
            self.drop_work(slot);
        }
        if let Some(ticket) = row.ticket.get().filter(|_| !self.is_released(&row)) {
            self.state.desks[ticket.ix()].lane.remove(org);
            self.released_one(ticket);
            self.next_release(ticket);
        }
        self.org_needs_nothing_more(org);
        for connector in plants {
            self.next_discovery(connector);
            self.next_recreation(connector);
        }
    }

    /// Whether the release of an org is behind it.
    fn is_released(&self, row: &OrgProgress) -> bool {
        self.plan
            .procedure
            .doing(Issue::ReleaseOwnership)
            .is_none_or(|step| row.done & step.bit() != 0)
    }

    /// An org is left to the connector that came back. If that one was a target,
    /// the recovery that brought the org there goes on where it was.
    fn org_stood_down(&mut self, org: OrgIx) {
        if self.state.world.org(org).recovery.is_some() {
            let row = &mut self.state.orgs[org.ix()];
            (row.done, row.begun) = row.put_by;
        } else {
            self.org_gone(org);
        }
    }
}
