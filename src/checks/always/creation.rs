//! Where a connector may be created: in a supported region that is up (F-1, F-2),
//! and, where residency is expected, in the geography of the lost one (D-14).

use super::*;
use crate::model::catalogue::Availability;
use crate::model::ids::ConnectorIx;

/// F-1, F-2.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct SupportedRegionOnly(Tally);

impl Check for SupportedRegionOnly {
    const ID: CheckId = CheckId::SupportedRegionOnly;
    const LISTENS: FactKinds = FactKinds::of(&[FactKind::ConnectorCreated]);

    fn observe(&mut self, scene: &Scene<'_>, _: &Watch, fact: &Fact) {
        if let What::ConnectorCreated {
            connector, region, ..
        } = fact.what
        {
            let availability = scene.setting.fleet.catalogue().region(region).availability;
            let down = scene.world.regions[region.ix()].outages > 0;
            let failed = availability != Availability::Supported || down;
            self.0.test(fact, failed, Who::Connector(connector));
        }
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        self.0.judge(Self::ID, case)
    }
}

/// D-14. Judged against the connector of the fleet at the root of the line: where
/// its data was in the first place. An adopted connector takes the data too.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct StaysInGeography(Tally);

impl Check for StaysInGeography {
    const ID: CheckId = CheckId::StaysInGeography;
    const LISTENS: FactKinds =
        FactKinds::of(&[FactKind::ConnectorCreated, FactKind::ConnectorAdopted]);

    fn observe(&mut self, scene: &Scene<'_>, _: &Watch, fact: &Fact) {
        let (What::ConnectorCreated {
            connector,
            recovery,
            ..
        }
        | What::ConnectorAdopted {
            connector,
            recovery,
        }) = fact.what
        else {
            return;
        };
        let region = |it: ConnectorIx| scene.world.connector(it).region;
        let root = scene
            .world
            .connector(scene.world.recovery(recovery).connector)
            .root;
        let same = scene
            .setting
            .fleet
            .catalogue()
            .same_geography(region(root), region(connector));
        self.0.test(fact, !same, Who::Connector(connector));
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        self.0.judge(Self::ID, case)
    }
}
