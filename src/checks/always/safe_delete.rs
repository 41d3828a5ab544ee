//! 'You can safely delete the old connector' (F-12): when that is so.

use super::*;
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::time::Instant;

/// F-12. Listens to what a deletion takes along, which comes before it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct SafeDelete {
    tally: Tally,
    /// The connector whose deletion last unowned an org, and when.
    unowned: Option<(ConnectorIx, Instant)>,
}

impl Check for SafeDelete {
    const ID: CheckId = CheckId::SafeDelete;
    const LISTENS: FactKinds = FactKinds::of(&[FactKind::OrgUnowned, FactKind::ConnectorDeleted]);

    fn observe(&mut self, scene: &Scene<'_>, watch: &Watch, fact: &Fact) {
        match fact.what {
            What::OrgUnowned { connector, .. } => self.unowned = Some((connector, fact.at)),
            What::ConnectorDeleted { connector } => {
                let unowned = self.unowned.take();
                // One that never had an outage is no old connector: deleting it is
                // for `bystanders-untouched` to judge.
                if scene.world.connector(connector).first_outage.is_none() {
                    return;
                }
                let unsafe_now = scene.world.is_down(connector)
                    || unowned == Some((connector, fact.at))
                    || orgs_of(scene, connector).any(|org| leans_on(scene, watch, connector, org));
                self.tally.test(fact, unsafe_now, Who::Connector(connector));
            }
            _ => {}
        }
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        self.tally.judge(Self::ID, case)
    }
}

/// The orgs that an old connector had to do with: those that it held at T+0, and
/// those of the recoveries that it served, or that were its own.
fn orgs_of<'a>(scene: &Scene<'a>, connector: ConnectorIx) -> impl Iterator<Item = OrgIx> + 'a {
    let world = scene.world;
    let held = scene
        .setting
        .fleet
        .connectors()
        .get(connector.ix())
        .map(|it| &it.owns);
    let own = world
        .recoveries
        .iter()
        .filter(move |it| it.connector == connector)
        .map(|it| &it.orgs);
    let served = world
        .connector(connector)
        .serves
        .iter()
        .map(|&it| &world.recovery(it).orgs);
    held.into_iter()
        .chain(own)
        .chain(served)
        .flat_map(|it| it.iter())
        .map(OrgIx)
}

/// Whether the deletion takes something from an org.
fn leans_on(scene: &Scene<'_>, watch: &Watch, connector: ConnectorIx, org: OrgIx) -> bool {
    let state = scene.world.org(org);
    if !state.exists {
        return false;
    }
    let also = scene.world.also_primary.contains(&(org, connector));
    if state.primary == connector && !also {
        return true;
    }
    let fleet = scene.setting.fleet;
    let row = fleet.org(org);
    if !watch.was_hit(org) || watch.recreation_is_finished(org) {
        return false;
    }
    let holds = row.connector == connector || state.home == connector;
    let promised = |kind: RecordKind| match kind {
        RecordKind::Alert => watch.in_window(org),
        _ => row.records[kind.ix()],
    };
    let destroyed = |kind| scene.world.records_to_read(fleet, org, kind) < promised(kind);
    holds && RecordKind::RECREATED.into_iter().any(destroyed)
}
