//! Whose each org is, and who else reaches or lists it.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::complaints::Complaints;
use super::fleet::{Candidate, Fleet, FleetOrg, is_beyond};
use super::harvest::{Org, Place, State};
use super::terms::top_of;
use crate::model::fleet::Scm;

/// Who an org is: its tenant, its kind of SCM, and its name in small letters (D-2).
type Identity = (String, Scm, String);

/// The orgs of a fleet, by who they are.
pub(super) struct Owners(BTreeMap<Identity, usize>);

impl Owners {
    /// Gives every org to its connector: those that rows name first, then those of lists.
    pub(super) fn settle(
        candidates: &[Candidate<'_>],
        fleet: &mut Fleet,
        complaints: &mut Complaints,
    ) -> Self {
        let mut owners = Self(BTreeMap::new());
        let mut firsts: Vec<&Place> = Vec::new();
        for (at, it) in candidates.iter().enumerate() {
            for org in it.seen.orgs.values().filter(|org| org.scm != it.scm) {
                let what = "the org is of another kind of SCM than its connector";
                let help = format!("the connector is at {}", it.seen.first);
                complaints.add(
                    &codes::ROWS_DISAGREE,
                    &org.first,
                    what,
                    Some(&org.name),
                    help,
                );
                fleet.left_out.disputed += 1;
            }
            let own = |org: &&Org| org.scm == it.scm && !is_beyond(org);
            for org in it.seen.orgs.values().filter(own) {
                if let Some(&other) = owners.0.get(&it.identity(&org.name)) {
                    let what = "another connector owns this org too";
                    let help = format!("that is at {}; take the older export away", firsts[other]);
                    complaints.add(&codes::OWNED_TWICE, &org.first, what, Some(&org.name), help);
                    fleet.left_out.disputed += 1;
                    continue;
                }
                firsts.push(&org.first);
                owners.add(fleet, it, at, FleetOrg::of(org, at));
            }
        }
        for (at, it) in candidates.iter().enumerate() {
            // D-9: with auto-discovery off, what is listed is what is onboarded.
            let counts = !fleet.connectors[at].orgs_exported && it.auto_discovery() == Some(false);
            for name in it
                .seen
                .listed
                .get()
                .into_iter()
                .flatten()
                .filter(|_| counts)
            {
                let name = top_of(it.scm, name);
                if !owners.0.contains_key(&it.identity(name)) {
                    owners.add(fleet, it, at, FleetOrg::listed(name, at));
                }
            }
        }
        owners
    }

    fn add(&mut self, fleet: &mut Fleet, candidate: &Candidate<'_>, at: usize, org: FleetOrg) {
        let place = fleet.orgs.len();
        self.0.insert(candidate.identity(&org.name), place);
        fleet.connectors[at].orgs.push(place);
        fleet.orgs.push(org);
    }

    /// Lays down who reaches and who lists whose orgs.
    pub(super) fn refer(&self, candidates: &[Candidate<'_>], fleet: &mut Fleet) {
        for (at, it) in candidates.iter().enumerate() {
            for org in it
                .seen
                .orgs
                .values()
                .filter(|org| org.scm == it.scm && is_beyond(org))
            {
                match self.0.get(&it.identity(&org.name)) {
                    Some(&found) => fleet.connectors[at].grants.push(found),
                    None if org.state.get() == Some(&State::NotOnboarded) => {
                        fleet.left_out.not_onboarded += 1;
                    }
                    None => fleet.left_out.owned_elsewhere += 1,
                }
            }
            let Some(listed) = it
                .seen
                .listed
                .get()
                .filter(|_| it.auto_discovery() == Some(false))
            else {
                continue;
            };
            let mut found = BTreeSet::new();
            for name in listed {
                match self.0.get(&it.identity(top_of(it.scm, name))) {
                    Some(&org) => drop(found.insert(org)),
                    None => fleet.left_out.listed += 1,
                }
            }
            fleet.connectors[at].listed = Some(found.into_iter().collect());
        }
    }
}

impl Candidate<'_> {
    fn identity(&self, name: &str) -> Identity {
        (self.tenant.to_owned(), self.scm, name.to_lowercase())
    }

    fn auto_discovery(&self) -> Option<bool> {
        self.seen.auto_discovery.get().copied()
    }
}

impl FleetOrg {
    fn of(org: &Org, owner: usize) -> Self {
        let size = |names: &BTreeSet<Box<str>>| Some(names.len()).filter(|it| *it > 0);
        let annotated = org.annotated_below.then_some(true);
        Self {
            name: org.name.clone(),
            id: None,
            owner,
            projects: size(&org.projects),
            repos: size(&org.repos),
            annotations: annotated.or(org.annotations.get().copied()),
        }
    }

    /// One that only a list names.
    fn listed(name: &str, owner: usize) -> Self {
        Self {
            name: name.to_owned(),
            id: None,
            owner,
            projects: None,
            repos: None,
            annotations: None,
        }
    }
}
