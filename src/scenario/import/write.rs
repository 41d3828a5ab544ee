//! The fleet as a file, with what it was made from, and what no export said, on top.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::fleet::{Fleet, FleetConnector, FleetOrg};
use super::harvest::Counts;
use crate::model::fleet::Scm;
use crate::scenario::document::{Document, leaf, list, map, quoted_leaf};
use crate::scenario::syntax::{Node, counted};
use crate::scenario::tables::VERSION;

/// How many names a comment lists before it stops.
const MOST_NAMES: usize = 8;

/// The widest line of a comment, in characters.
const WIDEST: usize = 80;

/// How many connectors and orgs there are.
pub(super) fn size(fleet: &Fleet) -> String {
    let (connectors, orgs) = (fleet.connectors.len() as u64, fleet.orgs.len() as u64);
    format!(
        "{} and {}",
        counted(connectors, "connector"),
        counted(orgs, "org")
    )
}

/// The whole file.
pub(super) fn file(fleet: &Fleet, counts: &Counts, missing: &[String]) -> String {
    let mut head = String::new();
    let version = env!("CARGO_PKG_VERSION");
    let exports = counted(counts.exports, "export");
    let size = size(fleet);
    comment(
        &mut head,
        &format!("A fleet of {size}, imported by lifeboat {version} from {exports}."),
    );
    for line in [rows(counts), left_out(fleet, counts)]
        .into_iter()
        .flatten()
    {
        comment(&mut head, &line);
    }
    for it in missing {
        comment(&mut head, &format!("incomplete: {it}"));
    }
    comment(
        &mut head,
        "What no export says falls to the defaults of the format:",
    );
    for it in assumed(fleet) {
        comment(&mut head, &format!("assumed: {it}"));
    }
    head + &document(fleet).to_yaml()
}

/// A comment, on as many lines as it takes.
fn comment(out: &mut String, text: &str) {
    let mut line = String::from("#");
    for word in text.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > WIDEST && line.len() > 3 {
            let _ = writeln!(out, "{line}");
            line = String::from("#  ");
        }
        line.push(' ');
        line.push_str(word);
    }
    let _ = writeln!(out, "{line}");
}

/// What the rows were of.
fn rows(counts: &Counts) -> Option<String> {
    let all = [
        (counts.connectors, "connector"),
        (counts.configurations, "configuration"),
        (counts.orgs, "org"),
        (counts.projects, "project"),
        (counts.repos, "repo"),
    ];
    let some: Vec<String> = all
        .into_iter()
        .filter(|it| it.0 > 0)
        .map(|it| counted(it.0, it.1))
        .collect();
    (!some.is_empty()).then(|| format!("Their rows: {}.", some.join(", ")))
}

/// What was there, and is no part of the fleet.
fn left_out(fleet: &Fleet, counts: &Counts) -> Option<String> {
    let it = &fleet.left_out;
    let all = [
        (
            counts.unusable,
            "row that cannot be used",
            "rows that cannot be used",
        ),
        (
            it.unusable as u64,
            "connector that cannot be used",
            "connectors that cannot be used",
        ),
        (
            it.disputed as u64,
            "org that cannot be used",
            "orgs that cannot be used",
        ),
        (counts.others, "row of another type", "rows of other types"),
        (
            it.not_devops as u64,
            "connector that holds no orgs",
            "connectors that hold no orgs",
        ),
        (
            it.owned_elsewhere as u64,
            "org that another connector onboarded",
            "orgs that other connectors onboarded",
        ),
        (
            it.not_onboarded as u64,
            "org that nobody onboarded",
            "orgs that nobody onboarded",
        ),
        (
            it.listed as u64,
            "listed org that nobody holds",
            "listed orgs that nobody holds",
        ),
        (counts.empty_lists, "empty list", "empty lists"),
    ];
    let some: Vec<String> = all
        .into_iter()
        .filter(|it| it.0 > 0)
        .map(|(count, one, more)| format!("{count} {}", if count == 1 { one } else { more }))
        .collect();
    (!some.is_empty()).then(|| format!("Left out: {}.", some.join(", ")))
}

/// What the fleet rests on that no export says.
fn assumed(fleet: &Fleet) -> Vec<String> {
    let connectors = |which: &dyn Fn(&FleetConnector) -> bool| {
        let found = fleet.connectors.iter().filter(|it| which(it));
        names(found.map(|it| &*it.name), fleet.connectors.len())
    };
    let orgs = |scm: Option<Scm>, which: &dyn Fn(&FleetOrg) -> bool| {
        let of = |it: &&FleetOrg| {
            let kind = fleet.connectors[it.owner].scm;
            scm.map_or(kind != Scm::GitHub, |scm| scm == kind) && which(it)
        };
        names(
            fleet.orgs_in_order().filter(of).map(|it| &*it.name),
            fleet.orgs.len(),
        )
    };
    let mut all = Vec::new();
    if !fleet.orgs.is_empty() {
        all.push("alerts, recommendations, graph entities and mappings of every org".to_owned());
    }
    let ado = Some(Scm::AzureDevOps);
    for (what, whose) in [
        ("projects of", orgs(None, &|it| it.projects.is_none())),
        (
            "repos of",
            orgs(Some(Scm::GitHub), &|it| it.repos.is_none()),
        ),
        ("annotations of", orgs(ado, &|it| it.annotations.is_none())),
        (
            "auto-discovery of",
            connectors(&|it| it.auto_discovery.is_none()),
        ),
        (
            "no grants but for their own orgs:",
            connectors(&|it| !it.reach_exported),
        ),
        (
            "no orgs at all:",
            connectors(&|it| it.orgs.is_empty() && !it.orgs_exported),
        ),
        (
            "the listed orgs are the onboarded ones:",
            connectors(&|it| !it.orgs.is_empty() && !it.orgs_exported),
        ),
    ] {
        all.extend(whose.map(|whose| format!("{what} {whose}")));
    }
    if fleet.connectors.iter().any(|it| it.tenant.is_some()) {
        let whose = connectors(&|it| it.tenant.is_none());
        all.extend(whose.map(|whose| format!("one tenant of their own: {whose}")));
    }
    let mut troubles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for it in &fleet.connectors {
        if let Some(trouble) = it.trouble {
            troubles.entry(trouble).or_default().push(&it.name);
        }
    }
    for (trouble, whose) in troubles {
        let whose = names(whose.into_iter(), usize::MAX).unwrap_or_default();
        all.push(format!(
            "healthy at T+0, though the configuration says {trouble}: {whose}"
        ));
    }
    all
}

/// Names as a comment lists them; none if there are none.
fn names<'a>(found: impl Iterator<Item = &'a str>, all: usize) -> Option<String> {
    let found: Vec<&str> = found.collect();
    match found.len() {
        0 => None,
        count if count == all && count > 1 => Some(format!("all {count}")),
        count if count > MOST_NAMES => {
            let more = count - MOST_NAMES;
            Some(format!(
                "{} and {more} more",
                found[..MOST_NAMES].join(", ")
            ))
        }
        _ => Some(found.join(", ")),
    }
}

fn document(fleet: &Fleet) -> Document {
    let calls = Calls::of(fleet);
    let connectors = fleet
        .connectors
        .iter()
        .map(|it| (it.name.clone(), connector(it, fleet, &calls)));
    let mut entries = vec![("scenario", leaf(VERSION))];
    entries.extend(fleet.catalogue.map(|it| ("catalogue", leaf(it))));
    entries.push(("fleet", map([("connectors", map(connectors))])));
    Document::of(map(entries))
}

fn connector(it: &FleetConnector, fleet: &Fleet, calls: &Calls<'_>) -> Node {
    let mut entries = Vec::new();
    entries.extend(it.id.as_ref().map(|id| ("id", quoted_leaf(id))));
    entries.push(("region", leaf(it.region)));
    entries.push(("scm", leaf(it.scm.name())));
    entries.extend(it.tenant.as_ref().map(|it| ("tenant", quoted_leaf(it))));
    entries.extend(it.auto_discovery.map(|it| ("auto-discovery", leaf(it))));
    let refer = |orgs: &[usize]| list(orgs.iter().map(|&org| quoted_leaf(calls.org(fleet, org))));
    if !it.grants.is_empty() {
        entries.push(("grants", refer(&it.grants)));
    }
    entries.extend(it.listed.as_ref().map(|it| ("listed", refer(it))));
    let orgs = if it.orgs.is_empty() {
        leaf(0)
    } else {
        map(it
            .orgs
            .iter()
            .map(|&at| (fleet.orgs[at].name.clone(), org(&fleet.orgs[at]))))
    };
    entries.push(("orgs", orgs));
    map(entries)
}

fn org(it: &FleetOrg) -> Node {
    let mut entries = Vec::new();
    entries.extend(it.id.as_ref().map(|id| ("id", quoted_leaf(id))));
    entries.extend(it.projects.map(|it| ("projects", leaf(it))));
    entries.extend(it.repos.map(|it| ("repos", leaf(it))));
    entries.extend(it.annotations.map(|it| ("annotations", leaf(it))));
    map(entries)
}

/// How an org is referred to: by name, where only one has it.
struct Calls<'f>(BTreeMap<&'f str, usize>);

impl<'f> Calls<'f> {
    fn of(fleet: &'f Fleet) -> Self {
        let mut counts = BTreeMap::new();
        for it in &fleet.orgs {
            *counts.entry(&*it.name).or_default() += 1;
        }
        Self(counts)
    }

    fn org<'a>(&self, fleet: &'a Fleet, at: usize) -> &'a str {
        let org = &fleet.orgs[at];
        let alone = self.0.get(&*org.name).is_none_or(|it| *it == 1);
        match &org.id {
            Some(id) if !alone => id,
            _ => &org.name,
        }
    }
}

impl Fleet {
    /// The orgs, connector by connector.
    fn orgs_in_order(&self) -> impl Iterator<Item = &FleetOrg> {
        self.connectors
            .iter()
            .flat_map(|it| &it.orgs)
            .map(|&at| &self.orgs[at])
    }
}
