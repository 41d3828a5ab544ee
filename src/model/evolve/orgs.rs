//! Facts about orgs: who owns them, where their records are, whether they exist.

use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::model::rules::{Rule, Setting};
use crate::model::world::{Annotations, OldCopy, World};

pub(super) fn claim(setting: &Setting<'_>, world: &mut World, org: OrgIx, connector: ConnectorIx) {
    world.unowned.remove(org.0);
    world.connectors[connector.ix()].owns.insert(org.0);
    let annotate = setting.parameters.annotations_on_by_default
        && setting.fleet.org(org).scm.has_annotations();
    let row = &mut world.orgs[org.ix()];
    if row.owner.is_some() && row.owner != connector {
        world.also_owned.push((org, row.owner));
    }
    row.owner = connector;
    // Nobody has gone through it yet, unless its ticket's word is taken for that.
    row.visible = row.ticket.is_some() && !setting.rules.hold(Rule::AppearOnceClaimed);
    row.annotations = if annotate {
        Annotations::Default
    } else {
        Annotations::None
    };
    // An org that never had a primary takes the first owner that it gets.
    if row.primary == ConnectorIx::NONE {
        row.primary = connector;
    }
}

pub(super) fn rehome(
    setting: &Setting<'_>,
    world: &mut World,
    org: OrgIx,
    connector: ConnectorIx,
    kind: RecordKind,
    from: u32,
    to: u32,
) {
    let row = &mut world.orgs[org.ix()];
    if row.home != connector {
        let (home, recreated) = (row.home, row.recreated);
        (row.home, row.recreated) = (connector, [0; 3]);
        if home.is_some() {
            for kind in RecordKind::RECREATED {
                let upto = recreated[kind.ix()];
                world.old_copies.push(OldCopy {
                    org,
                    kind,
                    connector: home,
                    upto,
                });
            }
        }
    }
    let had = &mut world.orgs[org.ix()].recreated[kind.ix()];
    if from < *had && from < to {
        world.twice.push((org, kind, to.min(*had) - from));
    }
    *had = to.max(*had);
    let existing = setting.fleet.org(org).records[kind.ix()];
    if to > existing {
        world.phantoms.push((org, kind, to - existing));
    }
}

pub(super) fn promote(
    setting: &Setting<'_>,
    world: &mut World,
    org: OrgIx,
    connector: ConnectorIx,
) {
    let row = &mut world.orgs[org.ix()];
    let before = std::mem::replace(&mut row.primary, connector);
    let recovery = row.recovery.get().map(|it| &world.recoveries[it.ix()]);
    let is_last = recovery.is_some_and(|it| it.orgs.next_from(org.0 + 1).is_none());
    let moves = setting.rules.hold(Rule::PromotionMovesPrimacy)
        && (setting.rules.hold(Rule::DemoteForEveryOrg) || !is_last);
    if !moves && before.is_some() && before != connector {
        world.also_primary.push((org, before));
    }
}

pub(super) fn create_org(
    setting: &Setting<'_>,
    world: &mut World,
    org: OrgIx,
    connector: ConnectorIx,
) {
    let row = &mut world.orgs[org.ix()];
    (row.exists, row.visible) = (true, false);
    world.unowned.insert(org.0);
    // Whoever took over from the connector reaches what its account reaches.
    let mut line = vec![connector];
    while let Some(next) = line.pop() {
        world.connectors[next.ix()].grants.insert(org.0);
        if setting.rules.hold(Rule::ExtendGrants) {
            line.extend_from_slice(&world.connectors[next.ix()].successors);
        }
    }
}

pub(super) fn delete_org(world: &mut World, org: OrgIx) {
    let owner = world.org(org).owner;
    world.orgs[org.ix()].exists = false;
    if owner.is_some() {
        world.disown(org, owner);
    }
    world.unowned.remove(org.0);
}

impl World {
    pub(super) fn disown(&mut self, org: OrgIx, connector: ConnectorIx) {
        self.connectors[connector.ix()].owns.remove(org.0);
        if self.orgs[org.ix()].owner == connector {
            let second = self.also_owned.iter().position(|it| it.0 == org);
            let next = second.map_or(ConnectorIx::NONE, |at| self.also_owned.remove(at).1);
            let row = &mut self.orgs[org.ix()];
            (row.owner, row.visible) = (next, false);
            if next == ConnectorIx::NONE && row.exists {
                self.unowned.insert(org.0);
            }
        } else {
            self.also_owned.retain(|it| *it != (org, connector));
        }
    }
}
