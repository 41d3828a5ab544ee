//! The facts that the model rests on, in our own words, for `explain`.

/// A fact.
#[derive(Clone, Copy, Debug)]
pub(super) struct FactDoc {
    /// `F-9`.
    pub(super) id: &'static str,
    /// What it says.
    pub(super) says: &'static str,
}

/// Where the facts of a letter come from.
pub(super) const SOURCES: &[(char, &str)] = &[
    (
        'F',
        "the vendor's article on disaster recovery of connectors, as published on 2023-10-09 (the seed)",
    ),
    ('L', "a later version of that article, or its support page"),
    ('D', "the vendor's other documentation"),
    ('I', "a published incident"),
    (
        'U',
        "nobody: it is not published anywhere that was found, so it is a parameter, and its default is an assumption",
    ),
];

macro_rules! facts {
    ($($id:literal $says:literal;)*) => {
        /// Every fact.
        pub(super) const FACTS: &[FactDoc] = &[$(FactDoc { id: $id, says: $says }),*];
    };
}

facts! {
    "F-1" "Seven regions are supported: Central US and East US; North Europe, Sweden Central, UK South and West Europe; Australia East.";
    "F-2" "Five more are listed as coming soon, so they cannot be used: Canada Central, West US, UK West, East Asia, Japan East.";
    "F-3" "Only recovery from the loss of one region is supported. Several lost regions are that same process, once for each.";
    "F-4" "Responsibility is shared: some steps are the customer's, some are Microsoft's.";
    "F-5" "A region that goes down takes the configuration of its connectors with it: tokens, auto-discovery, and the annotation configuration of Azure DevOps.";
    "F-6" "To recover, the customer creates a new connector in a new region.";
    "F-7" "A connector that exists in the new region may be used instead, if it is authenticated for the orgs of the old one.";
    "F-8" "Customer, step 1: copy the Resource ID of the old connector.";
    "F-9" "Customer, step 2: open a ticket that asks to release the orgs of the old connector: some of them by name, or all.";
    "F-10" "Customer, step 3: once the orgs are released and their entities appear for the new connector, recreate the annotation configuration where it is needed.";
    "F-11" "How long that takes is in proportion to the time the new connector needs to discover all orgs.";
    "F-12" "Customer, step 4: when the old region recovers, the new connector is made primary (by whom is not said), and the old one can safely be deleted.";
    "F-13" "Microsoft: with the region down and the new connector established, all alerts, recommendations and entities of the security graph are recreated from the old connector into the new one.";
    "F-14" "Not recreated: container mapping data of earlier runs, alerts more than one week old, and the history of infrastructure-as-code mappings. (Against the 'all alerts' of F-13 the exception wins.)";
    "F-15" "Disaster recovery is about events that cause downtime and data loss; the best remedy is a plan that is well defined and tested.";
    "L-1" "2023-10-24: test it by deleting your primary connector. In production; this program exists so that nobody has to.";
    "L-2" "2023-11-08: another order. Create the new connector, open the ticket, give the Resource IDs of both connectors, reconfigure annotations once things are visible; the new connector becomes primary, and the old one can be deleted once its region recovers. Naming single orgs is gone.";
    "L-3" "2023-12-05: the sentence behind F-11 is dropped.";
    "L-4" "2023-11-11 and after: nine regions, East Asia and Canada Central among them. West US, UK West and Japan East never came.";
    "L-5" "2026-02-18: the article was withdrawn, and nothing public replaces it.";
    "L-6" "A Resource ID is /subscriptions/…/providers/Microsoft.Security/securityConnectors/…, found by a query to Azure Resource Graph.";
    "L-7" "No version of the article gives a recovery time or a recovery point.";
    "D-1" "Three kinds of SCM: Azure DevOps (an org holds projects, which hold repos), GitHub (an owner holds repos), GitLab (a group holds projects).";
    "D-2" "Only one instance of an org can be onboarded in a tenant; an org that is held elsewhere shows as onboarded by another connector.";
    "D-3" "Discovery goes through about 100 Azure DevOps projects an hour for each connector; first resources appear within 8 hours, and a connector looks again every 8 hours.";
    "D-4" "Scans run when a connector is created and then daily, and take 15 to 60 minutes.";
    "D-5" "Container mapping shows after up to 4 hours, IaC mapping after up to 12 (Azure DevOps only).";
    "D-6" "Annotation configuration exists for Azure DevOps alone. Since 2024-01-12 it is on by default, so that a newly onboarded org falls to that default and not to its old setting.";
    "D-7" "Calls run as the person who authorised the connector; if that account loses access, operation stops until somebody authorises again. That takes a one-time code, so a person.";
    "D-8" "Rights that are needed: Contributor or Security Admin on Azure; Project Collection Administrator, organisation owner or group owner at the SCM.";
    "D-9" "With auto-discovery on, every org that the account reaches is onboarded and the list is ignored; with it off, only those listed.";
    "D-10" "Alerts show for 90 days.";
    "D-11" "There is no move between regions, and the public interface has no call to release, transfer or make primary: hence the ticket.";
    "D-12" "The SCMs' own rate limits bound discovery.";
    "D-13" "Support's first response, which is no resolution: within an hour at severity A, within 15 minutes with Rapid Response.";
    "D-14" "North and West Europe are each other's pair. The United Kingdom, Canada, Australia, Sweden and Asia hold one supported region each: recovery from there leaves the geography, which rules on residency may forbid.";
    "D-15" "Where the regions are, city by city: what the fallback order, nearest first, is made from.";
    "I-1" "South Central US, 2018-09-04: Azure DevOps was down for 38 hours and 20 minutes.";
    "I-2" "UK South, 2020-09-14: 11 hours and 11 minutes.";
    "I-3" "Australia East, 2023-08-30: about a day, one availability zone.";
    "I-4" "Central US, 2024-07-18: 24 hours and 20 minutes; storage was back after 5 hours and 15 minutes.";
    "I-5" "All four were partial, and far shorter than a week: the one-week cut bites on alerts that were old already, unless the recovery itself takes days.";
    "U-1" "How long a ticket that asks for a release takes.";
    "U-2" "How fast alerts, recommendations and graph entities are recreated.";
    "U-3" "From which instant the one week is counted, and on which of an alert's times.";
    "U-4" "How often a whole region is lost.";
    "U-5" "How long tokens live.";
}

/// A fact, by its id in any case.
pub(super) fn fact(id: &str) -> Option<&'static FactDoc> {
    FACTS.iter().find(|it| it.id.eq_ignore_ascii_case(id))
}

/// Where a fact comes from.
pub(super) fn source(id: &str) -> &'static str {
    let letter = id.chars().next().unwrap_or_default().to_ascii_uppercase();
    SOURCES
        .iter()
        .find(|it| it.0 == letter)
        .map_or("", |it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::CheckId;
    use crate::faults::FAULTS;

    #[test]
    fn every_fact_that_is_cited_can_be_explained() {
        let checks = CheckId::ALL
            .into_iter()
            .flat_map(|it| it.doc().cites.iter().copied());
        let faults = FAULTS
            .iter()
            .flat_map(|it| it.cites.split(", "))
            .filter(|it| *it != "assumed");
        for cited in checks.chain(faults) {
            assert!(fact(cited).is_some(), "{cited}");
            assert!(!source(cited).is_empty());
        }
        assert_eq!(fact("f-9").map(|it| it.id), Some("F-9"));
    }
}
