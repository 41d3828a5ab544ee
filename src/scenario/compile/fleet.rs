//! Laying down the fleet: records counted, ages drawn.

use super::recipe::{Recipe, Usual};
use super::roster::Roster;
use super::say::Say;
use crate::chance::Seeded;
use crate::model::fleet::{Connector, Fleet, Org, Scm};
use crate::model::ids::{ConnectorIx, OrgIx, entity_key};
use crate::model::ranges::RangeSet;
use crate::model::stock::Stock;
use crate::scenario::codes;
use crate::scenario::syntax::{View, quoted};

/// What a fleet needs besides the roster, checked.
pub(super) struct FleetPlan {
    pub(super) usual: Usual,
    /// For each connector: what its account reaches besides its own orgs, and
    /// what it lists.
    reach: Vec<(Vec<u32>, Option<Vec<u32>>)>,
    alerts: u64,
}

impl FleetPlan {
    /// Checks what the file says of orgs, and counts the alerts.
    pub(super) fn read(
        tree: View<'_>,
        roster: &Roster<'_>,
        chance: Seeded,
        alerts_max: u64,
        say: &mut Say<'_>,
    ) -> Self {
        let defaults = tree.get("fleet").and_then(|it| it.get("defaults"));
        let mut usual = Usual::new(defaults, say);
        let mut alerts = 0u64;
        for (at, slot) in roster
            .slots
            .iter()
            .enumerate()
            .filter(|it| it.1.owner.is_some())
        {
            let org = OrgIx::from(at);
            let written = roster.written(*slot);
            let own = Recipe::read(written, say);
            let scm = roster.connectors[slot.owner.ix()].scm;
            if own.annotations == Some(true) && !scm.has_annotations() {
                let view = written.and_then(|it| it.get("annotations"));
                let message = format!("orgs at {} have no annotations (D-6)", quoted(scm.name()));
                let span = view.map_or_else(Default::default, View::span);
                say.error(
                    &codes::NO_ANNOTATIONS,
                    span,
                    message,
                    "leave it out, or say `false`",
                );
            }
            usual.note(&own, scm);
            let count = usual.alerts(&own).count(chance, roster, org);
            alerts = alerts.saturating_add(u64::from(count));
        }
        let columns = usize::try_from(alerts).is_ok_and(|it| it < isize::MAX as usize / 4);
        if alerts > alerts_max || !columns {
            let fleet = tree.key_span("fleet").unwrap_or(tree.span());
            let message = format!("the fleet has {alerts} alerts, and the limit is {alerts_max}");
            let it = say.about(&codes::TOO_MANY_ALERTS, fleet, message, "all orgs together");
            say.push(it.help("the limit can be raised: `--alerts-max`, or `Reader::alerts_max`"));
        }
        let reach = (0..roster.connectors.len())
            .map(|at| reach(roster, at, say))
            .collect();
        Self {
            usual,
            reach,
            alerts,
        }
    }

    /// Lays the fleet down. Only for a file without errors.
    pub(super) fn lay(&self, roster: &Roster<'_>, chance: Seeded, files: &Say<'_>) -> Fleet {
        let mut fleet = Fleet::new(roster.catalogue);
        fleet.reserve(roster.slots.len(), self.alerts as usize);
        for row in &roster.connectors {
            fleet.add_connector(Connector {
                key: entity_key("connector", row.id),
                name: row.name.into(),
                tenant: row.tenant,
                region: row.region,
                scm: row.scm,
                auto_discovery: row.view.get("auto-discovery").is_none_or(View::bool),
                owns: RangeSet::new(),
                grants: RangeSet::new(),
                listed: RangeSet::new(),
            });
        }
        let mut quiet = Say::new(files.files, Default::default());
        let mut kept: Option<(ConnectorIx, Stock)> = None;
        for (at, slot) in roster.slots.iter().enumerate() {
            let org = OrgIx::from(at);
            let by = roster.owner(org);
            let (tenant, scm) = by.map_or_else(Default::default, |it| (it.tenant, Some(it.scm)));
            let scm = scm.unwrap_or(Scm::GitHub);
            let mut row = Org::new(roster.org_key(org), tenant, scm, slot.owner);
            let written = roster.written(*slot);
            let own = Recipe::read(written, &mut quiet);
            row.annotated =
                slot.owner.is_some() && scm.has_annotations() && self.usual.annotations(&own);
            // Counted orgs of one connector hold the same: it is put together once.
            let same = written.is_none()
                && slot.owner.is_some()
                && kept.as_ref().is_some_and(|it| it.0 == slot.owner);
            let stock = match kept.take() {
                Some((_, stock)) if same => stock,
                _ if slot.owner.is_some() => self.usual.stock(&own, scm),
                _ => Stock::empty(self.usual.units(&own, scm).clone()),
            };
            fleet.add_stocked_org(&roster.name(org), row, &stock, chance);
            kept = written.is_none().then_some((slot.owner, stock));
        }
        self.lay_reach(&mut fleet);
        fleet
    }

    fn lay_reach(&self, fleet: &mut Fleet) {
        for (at, (grants, listed)) in self.reach.iter().enumerate() {
            let row = fleet.connector_mut(ConnectorIx::from(at));
            row.grants = united(&row.owns, grants);
            row.listed = match listed {
                Some(listed) => listed.iter().copied().collect(),
                None if row.auto_discovery => RangeSet::new(),
                None => row.owns.clone(),
            };
        }
    }
}

/// What a connector reaches and lists, as the file says.
fn reach(roster: &Roster<'_>, at: usize, say: &mut Say<'_>) -> (Vec<u32>, Option<Vec<u32>>) {
    let row = &roster.connectors[at];
    let mut read = |key: &str| -> Option<Vec<u32>> {
        let names = row.view.get(key)?;
        let mut orgs = Vec::with_capacity(names.items().len());
        for view in names.items() {
            let Some(org) = roster.org(view, say) else {
                continue;
            };
            fits(roster, ConnectorIx::from(at), org, view, say);
            orgs.push(org.0);
        }
        orgs.sort_unstable();
        orgs.dedup();
        Some(orgs)
    };
    (read("grants").unwrap_or_default(), read("listed"))
}

/// Says so if a connector can never reach an org.
pub(super) fn fits(
    roster: &Roster<'_>,
    connector: ConnectorIx,
    org: OrgIx,
    view: View<'_>,
    say: &mut Say<'_>,
) {
    let row = &roster.connectors[connector.ix()];
    let Some(owner) = roster.owner(org) else {
        return;
    };
    let (message, label) = if owner.scm != row.scm {
        let kinds = (quoted(owner.scm.name()), quoted(row.scm.name()));
        (
            format!(
                "this org is at {}, and the connector {} is for {}",
                kinds.0,
                quoted(row.name),
                kinds.1
            ),
            "of another kind (D-1)",
        )
    } else if owner.tenant != row.tenant {
        (
            format!(
                "this org and the connector {} are of different tenants",
                quoted(row.name)
            ),
            "of another tenant (D-2)",
        )
    } else {
        return;
    };
    say.error(&codes::OTHER_SCM, view.span(), message, label);
}

/// A set with more members, which are sorted.
fn united(set: &RangeSet, more: &[u32]) -> RangeSet {
    if more.is_empty() {
        return set.clone();
    }
    let mut all: Vec<u32> = set.iter().chain(more.iter().copied()).collect();
    all.sort_unstable();
    all.into_iter().collect()
}
