//! Recreated records existed (F-13), and have one home.

use super::*;
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::model::world::Life;

/// F-13.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct NoPhantomRecord(Tally);

impl Check for NoPhantomRecord {
    const ID: CheckId = CheckId::NoPhantomRecord;
    const LISTENS: FactKinds = FactKinds::of(&[FactKind::RecordsRecreated]);

    #[inline(always)]
    fn observe(&mut self, scene: &Scene<'_>, _: &Watch, fact: &Fact) {
        if let What::RecordsRecreated {
            org,
            kind,
            from,
            to,
            ..
        } = fact.what
            && from < to
        {
            let existed = scene.setting.fleet.org(org).records[kind.ix()];
            self.0.test(fact, to > existed, Who::Org(org));
        }
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        self.0.judge(Self::ID, case)
    }
}

/// F-13. A connector that is down but has not lost its configuration is a home:
/// recreating elsewhere what it holds makes a second one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::checks) struct NoDuplicateRecord {
    tally: Tally,
    /// How many repeats the world had noted.
    seen: usize,
}

impl Check for NoDuplicateRecord {
    const ID: CheckId = CheckId::NoDuplicateRecord;
    const LISTENS: FactKinds =
        FactKinds::of(&[FactKind::RecordsRecreated, FactKind::ConnectorAuthorized]);

    #[inline(always)]
    fn observe(&mut self, scene: &Scene<'_>, _: &Watch, fact: &Fact) {
        match fact.what {
            What::RecordsRecreated {
                org,
                connector,
                kind,
                from,
                to,
            } if from < to => {
                let repeats = scene.world.twice.len();
                let failed = repeats > self.seen || has_other_home(scene, org, kind, connector);
                self.seen = repeats;
                self.tally.test(fact, failed, Who::Org(org));
            }
            What::ConnectorAuthorized { connector } => self.revived(scene, fact, connector),
            _ => {}
        }
    }

    fn judge(&self, case: &Case<'_>) -> Judgement {
        self.tally.judge(Self::ID, case)
    }
}

/// Whether a connector that has its configuration holds the org's records of a kind,
/// besides the one into which they are recreated.
#[inline]
fn has_other_home(scene: &Scene<'_>, org: OrgIx, kind: RecordKind, into: ConnectorIx) -> bool {
    let holds = |it: ConnectorIx| it != into && scene.world.connector(it).life == Life::Active;
    let old = scene.setting.fleet.org(org).connector;
    // When a home changes, the world notes the copies that stay behind, after all
    // others: only the org's own, at the end, can be new.
    let mut behind = scene
        .world
        .old_copies
        .iter()
        .rev()
        .take_while(|it| it.org == org);
    old.is_some() && holds(old)
        || behind.any(|it| it.kind == kind && it.upto > 0 && holds(it.connector))
}

impl NoDuplicateRecord {
    /// A connector that lost its configuration is active again, and so are the
    /// records that it kept.
    fn revived(&mut self, scene: &Scene<'_>, fact: &Fact, connector: ConnectorIx) {
        let world = scene.world;
        // One that is established now never held anything.
        if world.connector(connector).established_at == Some(fact.at) {
            return;
        }
        let elsewhere = |org: OrgIx| {
            let state = world.org(org);
            let home = state.home.get().filter(|&it| it != connector);
            let serves = home.is_some_and(|it| world.connector(it).life == Life::Active);
            state.exists && serves && state.recreated.iter().any(|&it| it > 0)
        };
        let held = scene
            .setting
            .fleet
            .connectors()
            .get(connector.ix())
            .map(|it| &it.owns);
        for org in held
            .into_iter()
            .flat_map(|it| it.iter())
            .map(OrgIx)
            .filter(|&it| elsewhere(it))
        {
            self.tally.test(fact, true, Who::Org(org));
        }
        let mut last = OrgIx::NONE;
        for it in world
            .old_copies
            .iter()
            .filter(|it| it.connector == connector && it.upto > 0)
        {
            if it.org != last && elsewhere(it.org) {
                self.tally.test(fact, true, Who::Org(it.org));
            }
            last = it.org;
        }
    }
}
