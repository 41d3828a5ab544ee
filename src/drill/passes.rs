//! Discovery passes: every eight hours, whoever may claims what nobody owns (D-3).

use super::PASS_EVERY;
use super::agenda::{Due, Turn};
use super::run::Run;
use crate::model::command::{Actor, Command};
use crate::model::ids::{ConnectorIx, OrgIx};

impl Run<'_> {
    /// Discovery passes for orgs that nobody owns: on the grids of the connectors
    /// that might claim them, and only while there are such orgs (D-3).
    pub(super) fn pick_up_adrift(&mut self) {
        let adrift = std::mem::take(&mut self.state.adrift);
        for &org in &adrift {
            if self.state.world.unowned.contains(org.0) {
                self.passes_for(org);
            }
        }
        self.state.adrift = adrift;
        self.state.adrift.clear();
    }

    /// Whoever may claim an org has a pass due.
    fn passes_for(&mut self, org: OrgIx) {
        for at in 0..self.state.world.connectors.len() {
            let connector = ConnectorIx::from(at);
            let may = self.state.world.may_claim(&self.setting, connector, org);
            if may {
                self.pass_due(connector);
            }
        }
    }

    /// Dates a connector's next pass, if none is dated: every eight hours from
    /// its establishment.
    pub(super) fn pass_due(&mut self, connector: ConnectorIx) {
        let Some(from) = self.state.world.connector(connector).established_at else {
            return;
        };
        let turns = self.state.now.since(from).as_millis() / PASS_EVERY.as_millis() + 1;
        let at = from + PASS_EVERY * turns;
        // A length of time ends at a hundred years: there is no pass after that.
        if at <= self.state.now {
            return;
        }
        let plant = &mut self.state.plants[connector.ix()];
        if std::mem::replace(&mut plant.pass_due, true) {
            return;
        }
        let turn = Turn::new(Actor::Platform, false, self.order_of(connector), 0);
        self.put(at, turn, Due::Pass(connector));
    }

    pub(super) fn pass(&mut self, connector: ConnectorIx) {
        self.state.plants[connector.ix()].pass_due = false;
        self.order(Actor::Platform, &Command::Discover(connector));
        if self.may_claim_any(connector)
            && self.state.world.connector(connector).life != crate::model::world::Life::Deleted
        {
            self.pass_due(connector);
        }
    }

    /// Whether there is an unowned org that a connector's passes would claim.
    pub(super) fn may_claim_any(&self, connector: ConnectorIx) -> bool {
        let world = &self.state.world;
        world
            .unowned
            .iter()
            .any(|org| world.may_claim(&self.setting, connector, OrgIx(org)))
    }
}
