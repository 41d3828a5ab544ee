//! Facts about a connector: what they mean for its orgs.

use super::row::Row;
use super::{Scene, Watch};
use crate::model::fact::Fact;
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::model::rules::Rule;
use crate::model::world::Life;
use crate::time::{Duration, Instant};

impl Watch {
    /// An outage of a connector begins; the first one starts the clocks.
    pub(super) fn down(&mut self, scene: &Scene<'_>, connector: ConnectorIx, at: Instant) {
        let row = &mut self.connectors[connector.ix()];
        if let Some(since) = row.up_since.take() {
            let longest = row.up_longest.map_or(Duration::ZERO, |it| it.1.since(it.0));
            if row.up_longest.is_none() || at.since(since) > longest {
                row.up_longest = Some((since, at));
            }
        }
        self.any_hit = true;
        let fleet = scene.setting.fleet;
        let window = &scene.setting.parameters.window;
        let held = fleet.connectors().get(connector.ix()).map(|it| &it.owns);
        for org in held.into_iter().flat_map(|it| it.iter()).map(OrgIx) {
            if self.rows[org.ix()].is_hit() {
                break; // Not its first outage: all of its orgs have been hit.
            }
            self.rows[org.ix()].hit(fleet.alerts_inside(org, at, window));
            for kind in RecordKind::ALL {
                self.at_outage[kind.ix()] += u64::from(fleet.org(org).records[kind.ix()]);
            }
        }
        self.sweep_if_active(scene, connector, at);
    }

    /// What it owned was unowned one by one; what is left are the records in it.
    pub(super) fn deleted(&mut self, scene: &Scene<'_>, fact: &Fact, connector: ConnectorIx) {
        let row = &mut self.connectors[connector.ix()];
        row.deleted = Some((fact.at, fact.by));
        // One that had lost its configuration served nobody, and if nobody was to go
        // to it, it holds no copies; unless a defect makes its deletion reach further.
        let own_only = scene.setting.rules.hold(Rule::DeleteOwnRecordsOnly);
        if own_only && row.lost && scene.world.connector(connector).serves.is_empty() {
            return;
        }
        self.sweep(scene, connector, |it, org| {
            if scene.world.org(org).home == connector {
                it.rows[org.ix()].cut = Row::UNCUT;
            }
            it.refresh(scene, org, fact.at);
        });
    }

    /// A connector that lost its configuration serves nobody, up or down.
    pub(super) fn sweep_if_active(
        &mut self,
        scene: &Scene<'_>,
        connector: ConnectorIx,
        at: Instant,
    ) {
        if scene.world.connector(connector).life == Life::Active {
            self.sweep(scene, connector, |it, org| it.refresh(scene, org, at));
        }
    }

    /// Goes through the orgs that a connector has to do with: those that it held
    /// at T+0, those that it owns, and those whose records it may hold.
    pub(super) fn sweep(
        &mut self,
        scene: &Scene<'_>,
        connector: ConnectorIx,
        mut each: impl FnMut(&mut Self, OrgIx),
    ) {
        let (world, fleet) = (scene.world, scene.setting.fleet);
        let state = world.connector(connector);
        let held = fleet.connectors().get(connector.ix()).map(|it| &it.owns);
        for org in held.into_iter().flat_map(|it| it.iter()) {
            each(self, OrgIx(org));
        }
        let was_held = |org: u32| held.is_some_and(|it| it.contains(org));
        if held != Some(&state.owns) {
            for org in state.owns.iter().filter(|&org| !was_held(org)) {
                each(self, OrgIx(org));
            }
        }
        let seen = |org: u32| was_held(org) || state.owns.contains(org);
        for &served in &state.serves {
            // What it holds of an org stays when another recovery takes that over.
            let mut next = served.get();
            while let Some(recovery) = next {
                let it = world.recovery(recovery);
                for org in it.orgs.iter().filter(|&org| !seen(org)) {
                    each(self, OrgIx(org));
                }
                next = it.successor.get();
            }
        }
        for at in 0..self.strays.len() {
            let (home, org) = self.strays[at];
            if home == connector && !seen(org.0) {
                each(self, org);
            }
        }
    }
}
