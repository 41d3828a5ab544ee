//! The fleet that a harvest comes to.

use std::collections::BTreeSet;

use super::codes;
use super::complaints::Complaints;
use super::harvest::{Connector, Harvest, Org, Standing, State};
use super::owners::Owners;
use crate::model::catalogue::{Availability, Catalogue};
use crate::model::fleet::Scm;

/// A fleet as it is written: connectors and orgs in order, and who refers to whom.
#[derive(Debug, Default)]
pub(super) struct Fleet {
    /// The catalogue in which all its regions are offered, if the default is not one.
    pub(super) catalogue: Option<&'static str>,
    pub(super) connectors: Vec<FleetConnector>,
    pub(super) orgs: Vec<FleetOrg>,
    pub(super) left_out: LeftOut,
}

/// A connector of it.
#[derive(Debug)]
pub(super) struct FleetConnector {
    pub(super) name: String,
    /// Its Resource ID, in small letters.
    pub(super) id: Option<String>,
    pub(super) region: &'static str,
    pub(super) scm: Scm,
    /// Whose it is, if there is more than one.
    pub(super) tenant: Option<String>,
    pub(super) auto_discovery: Option<bool>,
    /// The orgs of its list, where that counts (D-9).
    pub(super) listed: Option<Vec<usize>>,
    /// Orgs of others that it reaches.
    pub(super) grants: Vec<usize>,
    pub(super) orgs: Vec<usize>,
    /// Whether its orgs are known, and not only those of its list.
    pub(super) orgs_exported: bool,
    /// Whether it is known what it reaches besides its own orgs.
    pub(super) reach_exported: bool,
    pub(super) trouble: Option<&'static str>,
}

/// An org of it.
#[derive(Debug)]
pub(super) struct FleetOrg {
    pub(super) name: String,
    pub(super) id: Option<String>,
    pub(super) owner: usize,
    pub(super) projects: Option<usize>,
    pub(super) repos: Option<usize>,
    pub(super) annotations: Option<bool>,
}

/// What is known, and no part of the fleet.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Connectors of clouds.
    pub(super) not_devops: usize,
    /// Connectors that were complained of, with all that belongs to them.
    pub(super) unusable: usize,
    /// Orgs that were complained of.
    pub(super) disputed: usize,
    /// Orgs that connectors outside of the fleet own.
    pub(super) owned_elsewhere: usize,
    pub(super) not_onboarded: usize,
    /// Names on lists that no org of the fleet has.
    pub(super) listed: usize,
}

/// What a configuration may say besides that all is well.
const TROUBLES: [&str; 6] = [
    "Failed",
    "Canceled",
    "Pending",
    "PendingDeletion",
    "DeletionSuccess",
    "DeletionFailure",
];

/// A connector that can be one of the fleet.
pub(super) struct Candidate<'h> {
    pub(super) path: &'h str,
    pub(super) seen: &'h Connector,
    pub(super) region: &'static str,
    pub(super) scm: Scm,
    /// Empty where no export says it.
    pub(super) tenant: &'h str,
}

/// Makes the fleet; what does not fit is complained of and left out.
pub(super) fn settle(harvest: &Harvest, complaints: &mut Complaints) -> Fleet {
    let mut fleet = Fleet::default();
    let candidates = candidates(harvest, &mut fleet, complaints);
    let tenants: BTreeSet<&str> = candidates
        .iter()
        .map(|it| it.tenant)
        .filter(|it| !it.is_empty())
        .collect();
    for it in &candidates {
        let trouble = it.seen.trouble.as_deref();
        let state =
            |it: &&'static str| trouble.is_some_and(|trouble| trouble.eq_ignore_ascii_case(it));
        fleet.connectors.push(FleetConnector {
            name: it.seen.name.clone(),
            id: Some(it.path.to_owned()),
            region: it.region,
            scm: it.scm,
            tenant: Some(it.tenant)
                .filter(|it| tenants.len() > 1 && !it.is_empty())
                .map(str::to_owned),
            auto_discovery: it.seen.auto_discovery.get().copied(),
            listed: None,
            grants: Vec::new(),
            orgs: Vec::new(),
            orgs_exported: !it.seen.orgs.is_empty(),
            reach_exported: it.seen.orgs.values().any(is_beyond),
            trouble: trouble.map(|_| TROUBLES.into_iter().find(state).unwrap_or("something else")),
        });
    }
    let owners = Owners::settle(&candidates, &mut fleet, complaints);
    owners.refer(&candidates, &mut fleet);
    let supported = |date: &str| {
        let catalogue = Catalogue::of(date);
        catalogue.is_some_and(|catalogue| {
            fleet
                .connectors
                .iter()
                .all(|it| offered(catalogue, it.region))
        })
    };
    let mut dates = Catalogue::ALL.into_iter().map(|it| it.date);
    fleet.catalogue = dates
        .find(|it| supported(it))
        .filter(|it| *it != Catalogue::ALL[0].date);
    fleet
}

fn offered(catalogue: &Catalogue, region: &str) -> bool {
    let found = catalogue
        .find(region)
        .map(|it| catalogue.region(it).availability);
    found == Some(Availability::Supported)
}

/// Whether an org is not the connector's own, and within its reach.
pub(super) fn is_beyond(org: &Org) -> bool {
    matches!(
        org.state.get(),
        Some(State::OnboardedByOther | State::NotOnboarded)
    )
}

fn candidates<'h>(
    harvest: &'h Harvest,
    fleet: &mut Fleet,
    complaints: &mut Complaints,
) -> Vec<Candidate<'h>> {
    let mut found = Vec::new();
    for (path, seen) in &harvest.connectors {
        let place = &seen.first;
        match seen.standing {
            _ if seen.scm.get() == Some(&None) => fleet.left_out.not_devops += 1,
            Standing::Unusable => fleet.left_out.unusable += 1,
            Standing::Mentioned => {
                fleet.left_out.unusable += 1;
                let what = "this belongs to a connector that no export has";
                let help =
                    "export the connector as well, as `az security security-connector list` does";
                complaints.add(
                    &codes::CONNECTOR_NOT_EXPORTED,
                    place,
                    what,
                    Some(&seen.name),
                    help,
                );
            }
            Standing::Exported => match candidate(path, seen, complaints) {
                Some(it) => found.push(it),
                None => fleet.left_out.unusable += 1,
            },
        }
    }
    found
}

fn candidate<'h>(
    path: &'h str,
    seen: &'h Connector,
    complaints: &mut Complaints,
) -> Option<Candidate<'h>> {
    let (place, name) = (&seen.first, Some(&*seen.name));
    let Some(scm) = seen.kind() else {
        let what = "no export says of which kind of SCM the connector is";
        let help = "keep `environmentName` in the query, or export the connector's orgs";
        complaints.add(&codes::SCM_NOT_SAID, place, what, name, help);
        return None;
    };
    let Some(&region) = seen.region.get() else {
        let what = "no export says in which region the connector is";
        let help = "keep `location` in the query";
        complaints.add(&codes::REGION_NOT_SAID, place, what, name, help);
        return None;
    };
    let tenant = seen.tenant.get().map_or("", String::as_str);
    Some(Candidate {
        path,
        seen,
        region,
        scm,
        tenant,
    })
}
