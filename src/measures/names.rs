//! Names at the edges: what a message calls an org or a connector.

use super::Scene;
use crate::model::ids::{ConnectorIx, OrgIx};

/// The name of an org.
#[must_use]
pub fn org_name<'a>(scene: &Scene<'a>, org: OrgIx) -> &'a str {
    scene.setting.fleet.org_name(org)
}

/// The name of a connector of the fleet; one created during the run is called
/// after the connector at the root of its line: `payments+1`.
#[must_use]
pub fn connector_name(scene: &Scene<'_>, connector: ConnectorIx) -> String {
    let Some(connector) = connector.get() else {
        return "nobody".to_owned();
    };
    let state = scene.world.connector(connector);
    let root = &scene.setting.fleet.connectors()[state.root.ix()].name;
    match state.generation {
        0 => root.to_string(),
        generation => format!("{root}+{generation}"),
    }
}
