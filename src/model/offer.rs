//! What the platform offers to recreate (F-13, F-14): the alerts inside the window,
//! and of every kind what still lies somewhere to be read.

use super::fleet::RecordKind;
use super::ids::OrgIx;
use super::rules::{Rule, Setting};
use super::world::{Life, World};
use crate::time::Instant;

impl Setting<'_> {
    /// How many of an org's alerts a recreation that starts `now` brings, the window
    /// counted from `anchor` (F-14, U-3).
    #[must_use]
    pub fn alerts_offered(&self, org: OrgIx, anchor: Instant, now: Instant) -> u32 {
        let mut window = self.parameters.window;
        window.edge_inside ^= !self.rules.hold(Rule::EdgeAsSet);
        let anchor = if self.rules.hold(Rule::AnchorAsSet) {
            anchor
        } else {
            now
        };
        let inside = self.fleet.alerts_inside(org, anchor, &window);
        if self.rules.hold(Rule::CutAtWindow) {
            inside
        } else {
            inside.saturating_sub(1)
        }
    }

    /// How many records of a kind, from the first, the platform finds to be read
    /// (F-13).
    #[inline]
    #[must_use]
    pub fn records_offered(&self, world: &World, org: OrgIx, kind: RecordKind) -> u32 {
        let found = self.records_found(world, org, kind);
        if kind == RecordKind::GraphEntity && !self.rules.hold(Rule::RecreateWholeGraph) {
            found / 2
        } else {
            found
        }
    }

    #[inline]
    fn records_found(&self, world: &World, org: OrgIx, kind: RecordKind) -> u32 {
        let forgets =
            kind == RecordKind::Recommendation && !self.rules.hold(Rule::RecreateEveryOrg);
        if forgets && is_last_of_recovery(world, org) {
            return 0;
        }
        if self.rules.hold(Rule::ReadLastHome) {
            return world.records_to_read(self.fleet, org, kind);
        }
        let row = self.fleet.org(org);
        let stands = |it| world.connector(it).life != Life::Deleted;
        if row.connector.get().is_some_and(stands) {
            row.records[kind.ix()]
        } else {
            0
        }
    }
}

fn is_last_of_recovery(world: &World, org: OrgIx) -> bool {
    let recovery = world.org(org).recovery.get();
    recovery.is_some_and(|it| world.recovery(it).orgs.next_from(org.0 + 1).is_none())
}
