//! What connectors and orgs are called in the file: as they are, or so that nobody knows
//! them.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::fleet::Fleet;
use crate::scenario::tables::{ID_MAX, NAME_MAX};

/// Makes names that the format takes out of those that they have, and gives every org an
/// id: its kind of SCM and its name, so that neither an org of that name at another SCM
/// nor a change of the name in the file changes its luck.
pub(super) fn own(fleet: &mut Fleet) {
    let mut taken = BTreeSet::new();
    for it in &mut fleet.connectors {
        it.name = free(&fit(&it.name, "connector"), NAME_MAX, &mut taken);
    }
    let mut ids = BTreeSet::new();
    // An org's name is its own among those of its kind and tenant (D-2).
    let mut names: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for it in &fleet.connectors {
        let taken = names.entry((&it.tenant, it.scm)).or_default();
        for &org in &it.orgs {
            let org = &mut fleet.orgs[org];
            let kept = org.name.to_lowercase();
            let kept = kept.replace(|c: char| c.is_whitespace() || c.is_control(), "-");
            let mut id = format!("{}/{kept}", it.scm.name());
            if let Some(tenant) = it.tenant.as_ref().filter(|_| ids.contains(&id)) {
                id = format!("{tenant}/{id}");
            }
            org.id = Some(free(&id, ID_MAX, &mut ids));
            org.name = free(&fit(&org.name, "org"), NAME_MAX, taken);
        }
    }
    for it in &mut fleet.connectors {
        it.tenant = it.tenant.take().map(|it| fit(&it, "tenant"));
    }
}

/// A name that the format takes: letters, digits, `-`, `_`, `.`, beginning with one of
/// the first two.
fn fit(name: &str, otherwise: &str) -> String {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let name: String = name
        .chars()
        .map(|c| if good(c) { c } else { '-' })
        .collect();
    let name = name.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    if name.is_empty() {
        otherwise.to_owned()
    } else {
        name.to_owned()
    }
}

/// The name, or the first of its followers that is free, no longer than so many bytes.
fn free(name: &str, most: usize, taken: &mut BTreeSet<String>) -> String {
    let cut = |room: usize| {
        let end = (0..=room.min(name.len()))
            .rev()
            .find(|it| name.is_char_boundary(*it));
        &name[..end.unwrap_or_default()]
    };
    let mut found = cut(most).to_owned();
    for number in 2u64.. {
        if taken.insert(found.clone()) {
            break;
        }
        let end = format!("-{number}");
        found = format!("{}{end}", cut(most - end.len()));
    }
    found
}

/// Replaces all names by numbers and takes all ids away.
///
/// The numbers follow what the file shows anyhow (kind, region, settings, sizes), never
/// the names: not even the alphabet of the true names can be read out of the new ones.
/// Only those that look exactly alike are told apart by who they are, which shows nothing.
pub(super) fn neutral(fleet: &mut Fleet) {
    let look = Look::of(fleet);
    let mut order: Vec<usize> = (0..fleet.connectors.len()).collect();
    order.sort_by(|&a, &b| look.connectors(fleet, a, b));
    let mut ranks = vec![0; order.len()];
    order
        .iter()
        .enumerate()
        .for_each(|(rank, &at)| ranks[at] = rank);
    for at in 0..fleet.connectors.len() {
        let mut orgs = std::mem::take(&mut fleet.connectors[at].orgs);
        orgs.sort_by(|&a, &b| look.orgs(fleet, &ranks, a, b));
        fleet.connectors[at].orgs = orgs;
    }
    reorder(fleet, &order);
    rename(fleet);
    sort_references(fleet);
}

/// How connectors and orgs look from outside.
struct Look {
    /// Which connectors name an org: as one that they reach, and as one on their list.
    named_by: Vec<Vec<(usize, bool)>>,
}

impl Look {
    fn of(fleet: &Fleet) -> Self {
        let mut named_by = vec![Vec::new(); fleet.orgs.len()];
        for (at, it) in fleet.connectors.iter().enumerate() {
            it.grants
                .iter()
                .for_each(|&org| named_by[org].push((at, false)));
            let listed = it.listed.iter().flatten();
            listed.for_each(|&org| named_by[org].push((at, true)));
        }
        Self { named_by }
    }

    /// What an org shows by itself, and how often it is named.
    fn org(&self, fleet: &Fleet, at: usize) -> impl Ord + use<> {
        let (org, named) = (&fleet.orgs[at], &self.named_by[at]);
        let on_lists = named.iter().filter(|it| it.1).count();
        let at_home = named.contains(&(org.owner, true));
        (
            org.projects,
            org.repos,
            org.annotations,
            at_home,
            on_lists,
            named.len(),
        )
    }

    fn orgs(&self, fleet: &Fleet, ranks: &[usize], a: usize, b: usize) -> Ordering {
        let by_whom = |at: usize| {
            let mut all: Vec<_> = self.named_by[at]
                .iter()
                .map(|it| (ranks[it.0], it.1))
                .collect();
            all.sort_unstable();
            all
        };
        let by_look = self.org(fleet, a).cmp(&self.org(fleet, b));
        let by_look = by_look.then_with(|| by_whom(a).cmp(&by_whom(b)));
        by_look.then_with(|| fleet.orgs[a].id.cmp(&fleet.orgs[b].id))
    }

    fn connectors(&self, fleet: &Fleet, a: usize, b: usize) -> Ordering {
        let key = |at: usize| {
            let it = &fleet.connectors[at];
            let listed = it.listed.as_ref().map(Vec::len);
            (
                it.scm,
                it.region,
                it.auto_discovery,
                it.orgs.len(),
                listed,
                it.grants.len(),
                it.trouble,
            )
        };
        let all = |orgs: &[usize]| {
            let mut all: Vec<_> = orgs.iter().map(|&org| self.org(fleet, org)).collect();
            all.sort_unstable();
            all
        };
        let shown = |at: usize| {
            let it = &fleet.connectors[at];
            [
                all(&it.orgs),
                all(&it.grants),
                all(it.listed.as_deref().unwrap_or_default()),
            ]
        };
        let by_look = key(a).cmp(&key(b)).then_with(|| shown(a).cmp(&shown(b)));
        by_look.then_with(|| fleet.connectors[a].id.cmp(&fleet.connectors[b].id))
    }
}

/// Brings the connectors into an order.
fn reorder(fleet: &mut Fleet, order: &[usize]) {
    let mut before: Vec<_> = std::mem::take(&mut fleet.connectors)
        .into_iter()
        .map(Some)
        .collect();
    for (place, &at) in order.iter().enumerate() {
        if let Some(it) = before[at].take() {
            it.orgs
                .iter()
                .for_each(|&org| fleet.orgs[org].owner = place);
            fleet.connectors.push(it);
        }
    }
}

fn rename(fleet: &mut Fleet) {
    let digits = |count: usize, least: usize| count.to_string().len().max(least);
    let width = digits(fleet.connectors.len(), 2);
    let org_width = digits(fleet.orgs.len(), 3);
    let (mut number, mut tenants) = (0, BTreeMap::new());
    for (at, it) in fleet.connectors.iter_mut().enumerate() {
        it.name = format!("connector-{:0width$}", at + 1);
        it.id = None;
        if let Some(tenant) = it.tenant.take() {
            let next = tenants.len() + 1;
            let number = *tenants.entry(tenant).or_insert(next);
            it.tenant = Some(format!("tenant-{number:02}"));
        }
        for &org in &it.orgs {
            number += 1;
            fleet.orgs[org].name = format!("org-{number:0org_width$}");
            fleet.orgs[org].id = None;
        }
    }
}

/// Whoever is referred to is referred to in the new order: the old one was that of the
/// true names.
fn sort_references(fleet: &mut Fleet) {
    let mut places = vec![0; fleet.orgs.len()];
    let in_order = fleet.connectors.iter().flat_map(|it| &it.orgs);
    in_order
        .enumerate()
        .for_each(|(place, &org)| places[org] = place);
    for it in &mut fleet.connectors {
        it.grants.sort_by_key(|&org| places[org]);
        it.listed
            .iter_mut()
            .for_each(|orgs| orgs.sort_by_key(|&org| places[org]));
    }
}
