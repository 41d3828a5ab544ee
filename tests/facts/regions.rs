//! F-1 to F-3: where a connector may be, and one recovery for each that is lost.

use crate::tale::{A_DAY, refused, tale, three_orgs};
use lifeboat::checks::{CheckId, Verdict};
use lifeboat::model::catalogue::{Availability, Catalogue};

fn listed(date: &str, wanted: Availability) -> Vec<&'static str> {
    let catalogue = Catalogue::of(date).expect("the catalogue is built in");
    let regions = catalogue
        .regions
        .iter()
        .filter(|it| it.availability == wanted);
    regions.map(|it| it.name).collect()
}

#[test]
fn f01_seven_regions_are_supported() {
    let seven = [
        "australiaeast",
        "centralus",
        "eastus",
        "northeurope",
        "swedencentral",
        "uksouth",
        "westeurope",
    ];
    assert_eq!(listed("2023-10-09", Availability::Supported), seven);
    // Each may hold a connector, and each is left for the nearest that is open.
    let fallback = [
        ("australiaeast", "centralus"),
        ("centralus", "eastus"),
        ("eastus", "centralus"),
        ("northeurope", "westeurope"),
        ("swedencentral", "westeurope"),
        ("uksouth", "westeurope"),
        ("westeurope", "northeurope"),
    ];
    for (lost, next) in fallback {
        let told = tale(&format!(
            "fleet: {{ connectors: {{ a: {{ region: {lost}, scm: github, orgs: 1 }} }} }}
timeline: [{{ at: T+0, fault: {{ region-outage: {{ region: {lost}, lasts: 26h }} }} }}]\n"
        ));
        told.shows(&[&format!("T+1h5m created a+1 in {next}")]);
        told.verdict(CheckId::SupportedRegionOnly, Verdict::Held);
    }
}

#[test]
fn f02_regions_that_are_coming_soon_take_no_connector() {
    let soon = ["canadacentral", "eastasia", "japaneast", "ukwest", "westus"];
    assert_eq!(listed("2023-10-09", Availability::ComingSoon), soon);
    for region in soon {
        let said = refused(&format!(
            "fleet: {{ connectors: {{ a: {{ region: {region}, scm: github, orgs: 1 }} }} }}\n"
        ));
        assert!(
            said.contains("westeurope") || said.contains("announced"),
            "{said}"
        );
        // A person may try all the same: the platform refuses, and the next choice is made.
        let told = three_orgs(&format!(
            "timeline:
  - {{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: 26h }} }} }}
  - {{ at: T+0, fault: {{ wrong-region: {{ connector: payments, region: {region} }} }} }}\n"
        ));
        told.shows(&[
            "T+1h5m refused create-connector for payments: the region is only announced",
            "T+1h20m created payments+1 in northeurope",
        ]);
    }
}

#[test]
fn f02_a_later_catalogue_is_another_list() {
    // L-4: nine regions; Canada Central and East Asia shipped, three never did.
    let nine = [
        "australiaeast",
        "canadacentral",
        "centralus",
        "eastasia",
        "eastus",
        "northeurope",
        "swedencentral",
        "uksouth",
        "westeurope",
    ];
    assert_eq!(listed("2023-11-11", Availability::Supported), nine);
    let told = tale(
        "catalogue: 2023-11-11
fleet: { connectors: { a: { region: australiaeast, scm: github, orgs: 1 } } }
timeline: [{ at: T+0, fault: { region-outage: { region: australiaeast, lasts: 26h } } }]\n",
    );
    told.shows(&["T+1h5m created a+1 in eastasia"]);
}

const TWO: &str = "fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 1 }
    web: { region: northeurope, scm: github, orgs: 1 }\n";

#[test]
fn f03_two_regions_at_once_are_the_same_process_twice() {
    let told = tale(&format!(
        "{TWO}timeline: [{{ at: T+0, fault: {{ region-outage: {{ region: [westeurope, northeurope], lasts: 26h }} }} }}]\n"
    ));
    // Neither goes where the other was; side by side, each with a ticket of its own.
    assert_eq!(told.outcome.world.recoveries.len(), 2);
    assert_eq!(told.outcome.world.tickets.len(), 2);
    assert_eq!(
        [told.region(0), told.region(1)],
        ["westeurope", "northeurope"]
    );
    for name in ["payments", "web"] {
        let org = format!("{name}-01");
        told.shows(&[
            &format!("T+15m recovery of {name}"),
            &format!("T+5h26m released {org} from {name}"),
            &format!("T+26h5m promoted {org} to {name}+1"),
            &format!("T+26h10m deleted {name}"),
        ]);
    }
    let created = told.all("created");
    assert_eq!(created.len(), 2);
    assert!(
        created
            .iter()
            .all(|it| !it.ends_with("westeurope") && !it.ends_with("northeurope"))
    );
}

#[test]
fn f03_serial_recoveries_wait_for_each_other_but_not_for_retirement() {
    let told = tale(&format!(
        "{TWO}parameters: {{ recoveries: serial }}
timeline: [{{ at: T+0, fault: {{ region-outage: {{ region: [westeurope, northeurope], lasts: 26h }} }} }}]\n"
    ));
    // Both are detected at once; the second decides when the first has everything back.
    told.has("finished detect for payments", &["T+15m"]);
    told.has("finished detect for web", &["T+15m"]);
    told.shows(&["T+45m finished decide for payments"]);
    let first_done = told.all("finished recreate-records for payments-01");
    assert_eq!(first_done.len(), 1);
    let at = |line: &str| {
        line.split(' ').next().unwrap_or_default()[2..]
            .parse()
            .expect("a duration")
    };
    let done: lifeboat::time::Duration = at(&first_done[0]);
    let decided: lifeboat::time::Duration = at(&told.all("finished decide for web")[0]);
    assert_eq!(decided, done + lifeboat::time::Duration::from_mins(30));
    // Promotion and deletion wait for the region, and hold nobody up.
    told.shows(&["T+26h5m promoted payments-01 to payments+1"]);
}

#[test]
fn f03_a_connector_elsewhere_has_no_recovery() {
    let told = tale(&format!("{TWO}{A_DAY}"));
    assert_eq!(told.outcome.world.recoveries.len(), 1);
    told.shows(&["T+1h5m created payments+1 in northeurope"]);
    told.lacks("orphaned web");
    told.verdict(CheckId::BystandersUntouched, Verdict::Held);
}

#[test]
fn f03_two_connectors_of_one_region_have_a_recovery_each() {
    let told = tale(&format!(
        "fleet:
  connectors:
    payments: {{ region: westeurope, scm: github, orgs: 1 }}
    web: {{ region: westeurope, scm: gitlab, orgs: 1 }}
{A_DAY}"
    ));
    told.shows(&[
        "T+15m recovery of payments",
        "T+15m recovery of web",
        "T+5h26m released payments-01 from payments",
        "T+5h26m released web-01 from web",
    ]);
    assert_eq!(told.outcome.world.tickets.len(), 2);
}
