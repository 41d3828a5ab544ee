//! Every fault of the catalogue, and what it is called.

use super::*;
use crate::faults::{FAULTS, FaultKind};
use crate::scenario::tables::FAULT_KINDS;

/// A fleet in which the examples of the catalogue mean something.
const FLEET: &str = "scenario: v1
title: Every fault
teams: { operators: { size: 3 }, support: { size: 2 } }
fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 12 }
    payments-old: { region: westeurope, scm: github, orgs: 0 }
    billing: { region: eastus, scm: gitlab, orgs: 1 }
";

fn one(fault: &str) -> crate::faults::Fault {
    let text = format!("{FLEET}timeline:\n  - at: T+1h\n    fault: {{ {fault} }}\n");
    good(&text).plan.faults.remove(0)
}

#[test]
fn the_table_is_the_catalogue() {
    let table: Vec<&str> = FAULT_KINDS.iter().map(|it| it.name).collect();
    let catalogue: Vec<&str> = FAULTS.iter().map(|it| it.name).collect();
    assert_eq!(table, catalogue);
}

#[test]
fn every_example_of_the_catalogue_is_right() {
    for doc in FAULTS {
        let fault = one(doc.example);
        assert!(fault.id.starts_with(doc.name), "{}", fault.id);
        assert!(fault.id.ends_with("@T+1h"), "{}", fault.id);
    }
}

#[test]
fn regions_may_be_several_and_come_back() {
    let fault = one(
        "region-outage: { region: [westeurope, { target-of: payments }], stagger: 2h, lasts: 1d, returns: { after: 6h, lasts: 2h } }",
    );
    assert_eq!(
        &*fault.id,
        "region-outage:westeurope+target-of(payments)@T+1h"
    );
    let FaultKind::RegionOutage {
        regions,
        stagger,
        returns,
    } = fault.kind
    else {
        panic!()
    };
    assert!(regions.len() == 2 && stagger.is_some() && returns.is_some());
}

#[test]
fn a_share_of_a_region_may_be_hit() {
    let fault = one("partial-outage: { share: 30%, region: westeurope, lasts: 4h }");
    assert_eq!(&*fault.id, "partial-outage:westeurope@T+1h");
}

#[test]
fn faults_that_would_have_one_id_are_numbered_by_what_they_do() {
    let twice = |first: &str, second: &str| {
        let event = |lasts: &str| {
            format!(
                "  - at: T+0\n    fault: {{ region-outage: {{ region: eastus, lasts: {lasts} }} }}\n"
            )
        };
        good(&format!(
            "{FLEET}timeline:\n{}{}",
            event(first),
            event(second)
        ))
        .plan
        .faults
    };
    let faults = twice("2h", "1h");
    assert_eq!(faults, twice("1h", "2h"));
    let ids: Vec<&str> = faults.iter().map(|it| &*it.id).collect();
    assert_eq!(
        ids,
        ["region-outage:eastus@T+0", "region-outage:eastus@T+0#2"]
    );
}

#[test]
fn an_org_that_the_timeline_creates_is_in_the_fleet_and_nobodys() {
    let text = format!(
        "{FLEET}timeline:\n  - at: T+1h\n    fault: {{ org-created: {{ org: new, connector: payments }} }}\n  - at: T+2h\n    fault: {{ org-deleted: {{ org: new }} }}\n"
    );
    let plan = good(&text).plan;
    let names: Vec<String> = (0..plan.fleet.orgs().len())
        .map(|it| {
            plan.fleet
                .org_name(crate::model::ids::OrgIx::from(it))
                .into()
        })
        .collect();
    // In byte order of the ids, among the others.
    assert!(names.is_sorted() && names.contains(&"new".to_owned()));
    let FaultKind::OrgCreated(org, _) = plan.faults[0].kind else {
        panic!()
    };
    let row = plan.fleet.org(org);
    assert!(!row.connector.is_some());
    assert_eq!((row.records, row.units), ([0; 5], 50));
}
