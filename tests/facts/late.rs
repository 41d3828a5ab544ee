//! D-3 and D-9 under F-5: orgs that appear later, and the grid of discovery passes.

use crate::tale::{tale, three_orgs};
use lifeboat::checks::{CheckId, Verdict};

#[test]
fn f05_a_late_org_is_claimed_on_the_grid_of_the_new_connector() {
    // Established at 1h15m, passes at 9h15m, 17h15m, …, whatever came between.
    let told = three_orgs(
        "timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }
  - { at: T+10h, fault: { org-created: { org: payments-new, connector: payments } } }\n",
    );
    told.shows(&["T+17h15m claimed payments-new by payments+1"]);
    told.verdict(CheckId::LateOrgsCovered, Verdict::Held);
}

#[test]
fn d03_passes_of_connectors_that_stand_at_the_start_count_from_there() {
    let told = three_orgs(
        "timeline: [{ at: T+10h, fault: { org-created: { org: payments-new, connector: payments } } }]\n",
    );
    told.shows(&["T+16h claimed payments-new by payments"]);
}

#[test]
fn d03_a_pass_of_a_connector_that_does_not_work_is_skipped() {
    let told = three_orgs(
        "timeline:
  - { at: T+10h, fault: { org-created: { org: payments-new, connector: payments } } }
  - { at: T+15h, fault: { token-revoked: { connector: payments, lasts: 2h } } }\n",
    );
    told.shows(&["T+24h claimed payments-new by payments"]);
}

#[test]
fn d09_with_auto_discovery_off_only_listed_orgs_are_claimed() {
    let told = tale(
        "fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 2, auto-discovery: false } } }
timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }
  - { at: T+2h, fault: { org-created: { org: payments-new, connector: payments } } }\n",
    );
    told.shows(&["T+5h26m claimed payments-01 by payments+1"]);
    told.lacks("claimed payments-new");
}
