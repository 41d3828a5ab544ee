//! F-4 to F-7: who does what, what is lost, and where to go.

use crate::tale::{A_DAY, tale, three_orgs};
use lifeboat::checks::{CheckId, Verdict};
use lifeboat::measures::{ClockKind, Line, Party};
use lifeboat::model::command::Actor;
use lifeboat::model::fact::{FactKind, What};
use lifeboat::model::world::{Annotations, Life};
use lifeboat::scenario::BUILT_IN;

#[test]
fn f04_every_step_is_somebodys() {
    let wanted = [
        ("detect", Actor::Operator),
        ("decide", Actor::Operator),
        ("copy-resource-id", Actor::Operator),
        ("create-connector", Actor::Operator),
        ("adopt-connector", Actor::Operator),
        ("authorize", Actor::Operator),
        ("open-ticket", Actor::Operator),
        ("triage-ticket", Actor::Support),
        ("release-ownership", Actor::Support),
        ("discover", Actor::Platform),
        ("recreate-annotations", Actor::Operator),
        ("recreate-records", Actor::Platform),
        ("promote", Actor::Platform),
        ("delete-connector", Actor::Operator),
    ];
    assert!(!BUILT_IN.is_empty());
    let told = three_orgs(A_DAY);
    let procedure = &told.scenario.plan.procedure;
    for (name, by) in wanted {
        let step = procedure.find(name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(procedure.step(step).by, by, "{name}");
    }
    // And the facts say so.
    let by = |kind: FactKind| {
        let mut all = told
            .outcome
            .recorded
            .iter()
            .filter(|it| it.what.kind() == kind);
        all.next().expect("it happened").by
    };
    assert_eq!(by(FactKind::ConnectorCreated), Actor::Operator);
    assert_eq!(by(FactKind::TicketOpened), Actor::Operator);
    assert_eq!(by(FactKind::OrgReleased), Actor::Support);
    assert_eq!(by(FactKind::EntitiesAppeared), Actor::Platform);
    assert_eq!(by(FactKind::RecordsRecreated), Actor::Platform);
    assert_eq!(by(FactKind::Promoted), Actor::Platform);
    assert_eq!(by(FactKind::ConnectorDeleted), Actor::Operator);
}

#[test]
fn f04_each_side_waits_for_its_own_people() {
    // T+0 is midnight. The customer sleeps until 09:00; Microsoft does not.
    let night = |team: &str| {
        three_orgs(&format!(
            "starts: 2024-07-18T00:00Z
teams: {{ {team}: {{ hours: \"Mon-Fri 09:00-17:00 UTC\" }} }}
{A_DAY}"
        ))
    };
    let customer = night("operators");
    // 1h25m of work from 09:00 on, then 4 h and a minute of support.
    customer.has("released payments-01 from payments", &["T+14h26m"]);
    let support = night("support");
    // The ticket of 01:25 is read from 09:00 to 13:00.
    support.has("released payments-01 from payments", &["T+13h1m"]);
}

#[test]
fn f04_a_loss_is_laid_to_whoever_made_it_wait() {
    // Inside the window by an hour. The customer creates at 1h5m; support releases at 5h26m.
    for (anchor, guilty, other) in [
        ("connector-created", Party::Customer, Party::Microsoft),
        ("org-released", Party::Microsoft, Party::Customer),
    ] {
        let told = tale(&format!(
            "fleet: {{ connectors: {{ a: {{ region: westeurope, scm: github, orgs: {{ shop: {{ repos: 0, alerts: {{ ages: [6d23h] }} }} }} }} }} }}
{A_DAY}parameters: {{ alert-window: {{ anchor: {anchor} }} }}\n"
        ));
        let ledger = &told.outcome.measures.ledger;
        assert_eq!(ledger.by(Line::LostToDelay, guilty), 1, "{anchor}");
        assert_eq!(ledger.by(Line::LostToDelay, other), 0, "{anchor}");
    }
}

const ADO: &str = "fleet:
  connectors:
    contoso: { region: westeurope, scm: azure-devops, orgs: { shop: { projects: 10 }, till: { projects: 20, annotations: false } } }\n";

#[test]
fn f05_configuration_is_lost_with_the_region() {
    let told = tale(&format!(
        "{ADO}timeline: [{{ at: T+1h, fault: {{ region-outage: {{ region: westeurope, lasts: 26h }} }} }}]
procedure: {{ from-scratch: true, id: nothing@1, steps: {{ detect: {{ takes: 15m }} }} }}\n"
    ));
    told.shows(&[
        "T+1h configuration lost of contoso",
        "T+1h orphaned shop",
        "T+1h orphaned till",
    ]);
    // The region comes back, and its connector holds neither tokens nor annotations.
    let contoso = &told.outcome.world.connectors[0];
    assert_eq!(
        (contoso.life, contoso.authorized),
        (Life::ConfigLost, false)
    );
    assert!(contoso.down_since.is_none() && contoso.listed.is_empty());
    assert_eq!(told.outcome.world.orgs[0].annotations, Annotations::None);
    told.lacks("covered");
    told.verdict(CheckId::ConfigurationRestored, Verdict::Violated);
    told.verdict(CheckId::AnnotationsRestored, Verdict::Violated);
}

#[test]
fn f05_auto_discovery_is_lost_so_a_late_org_waits_for_the_new_connector() {
    let late = "timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 20m } } }
  - { at: T+30m, fault: { org-created: { org: payments-new, connector: payments } } }\n";
    let told = three_orgs(late);
    // The old connector's passes would be at 8h, 16h, …; the new one stands at 1h15m.
    told.shows(&["T+1h15m claimed payments-new by payments+1"]);
    told.verdict(CheckId::LateOrgsCovered, Verdict::Held);
}

#[test]
fn f05_waiting_it_out_needs_a_person_and_brings_no_annotations_back() {
    let told = tale(&format!(
        "{ADO}{A_DAY}procedure:
  id: wait-it-out@1
  from-scratch: true
  steps:
    detect: {{ takes: 15m }}
    authorize: {{ takes: 10m, needs: [detect, region-recovered] }}\n"
    ));
    told.shows(&[
        "T+26h10m authorized contoso",
        "T+26h10m covered shop by contoso",
        "T+26h10m covered till by contoso",
    ]);
    assert_eq!(told.outcome.world.connectors[0].life, Life::Active);
    assert_eq!(told.clock(ClockKind::Ownership), "26h10m");
    told.verdict(CheckId::AlertsRestored, Verdict::Held);
    told.verdict(CheckId::AnnotationsRestored, Verdict::Violated);
}

#[test]
fn f05_with_auto_discovery_off_the_list_of_orgs_is_lost() {
    // Authorised again, the connector owns what it owned, and looks at none of it.
    for (auto_discovery, verdict) in [(true, Verdict::Held), (false, Verdict::Violated)] {
        let told = tale(&format!(
            "fleet: {{ connectors: {{ payments: {{ region: westeurope, scm: github, orgs: 1, auto-discovery: {auto_discovery} }} }} }}
{A_DAY}procedure:
  id: wait-it-out@1
  from-scratch: true
  steps:
    detect: {{ takes: 15m }}
    authorize: {{ takes: 10m, needs: [detect, region-recovered] }}\n"
        ));
        assert!(told.outcome.world.connectors[0].listed.is_empty());
        told.verdict(CheckId::ConfigurationRestored, verdict);
    }
}

#[test]
fn f05_within_a_grace_period_the_recovery_stands_down() {
    let grace = |lasts: &str, after: &str| {
        three_orgs(&format!(
            "timeline: [{{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: {lasts} }} }} }}]
parameters: {{ config-loss: {{ after: {after} }} }}\n"
        ))
    };
    let soon = grace("3h", "8h");
    soon.lacks("configuration lost");
    soon.lacks("released");
    soon.lacks("promoted");
    soon.lacks("deleted");
    soon.shows(&[
        "T+3h stood down payments",
        "T+3h covered payments-01 by payments",
    ]);
    soon.verdict(CheckId::OldConnectorRetired, Verdict::Vacuous);
    assert_eq!(soon.clock(ClockKind::Full), "3h");
    // Back in the middle of the releases: the released ones go on, the others stay.
    let between = grace("5h26m30s", "8h");
    between.has("released payments-01 from payments", &["T+5h26m"]);
    between.lacks("released payments-02");
    between.lacks("promoted");
    between.lacks("deleted");
    assert_eq!(between.owner("payments-01"), "payments+1");
    assert_eq!(between.owner("payments-02"), "payments");
    between.verdict(CheckId::OldConnectorRetired, Verdict::Vacuous);
    // Too late: it is lost when the grace is over, not when the region went down.
    let late = grace("9h", "8h");
    late.shows(&["T+8h configuration lost of payments"]);
    late.lacks("stood down");
    late.has("deleted payments", &["T+9h10m"]);
}

#[test]
fn f06_the_customer_creates_a_new_connector_in_a_new_region() {
    let told = three_orgs(A_DAY);
    told.shows(&[
        "T+15m finished detect for payments",
        "T+45m finished decide for payments",
        "T+1h5m created payments+1 in northeurope",
        "T+1h15m authorized payments+1",
    ]);
    // It takes over the setting, the list and the grants of the old one.
    let [old, new] = [0, 1].map(|it| &told.outcome.world.connectors[it]);
    assert_eq!((new.scm, new.auto_discovery), (old.scm, old.auto_discovery));
    assert_eq!(new.grants, old.grants);
    assert_eq!(new.owns.len(), 3);
}

#[test]
fn f06_without_a_new_connector_nobody_gets_the_orgs() {
    let told = three_orgs(&format!(
        "{A_DAY}procedure: {{ remove: [create-connector, authorize] }}\n"
    ));
    told.lacks("created");
    told.lacks("claimed");
    told.verdict(CheckId::NoOrphanedOrgs, Verdict::Violated);
}

#[test]
fn f06_never_back_into_the_lost_connectors_own_region() {
    // West Europe is up again after twenty minutes, and everything else is full; then
    // Sweden Central opens first.
    let mut faults = String::from(
        "  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 20m } } }\n",
    );
    for region in [
        "australiaeast",
        "centralus",
        "eastus",
        "northeurope",
        "swedencentral",
        "uksouth",
    ] {
        let lasts = if region == "swedencentral" {
            "10h"
        } else {
            "20h"
        };
        faults += &format!(
            "  - {{ at: T+0, fault: {{ region-full: {{ region: {region}, lasts: {lasts} }} }} }}\n"
        );
    }
    let told = three_orgs(&format!("timeline:\n{faults}"));
    told.shows(&["T+10h15m created payments+1 in swedencentral"]);
    assert_eq!(told.all("created").len(), 1, "{}", told.text());
}

#[test]
fn f06_the_own_region_is_not_a_new_one_even_where_it_is_named() {
    // West Europe is up again when the target is chosen, at 50m.
    let told = three_orgs(
        "timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 20m } } }]
procedure: { target: [{ region: westeurope }, automatic] }\n",
    );
    told.shows(&["T+1h5m created payments+1 in northeurope"]);
    assert_eq!(told.all("created").len(), 1, "{}", told.text());
}

fn adopting(grants: &str, target: &str) -> crate::tale::Tale {
    tale(&format!(
        "fleet:
  connectors:
    payments: {{ region: westeurope, scm: github, orgs: 3 }}
    spare: {{ region: northeurope, scm: github, orgs: 2, grants: {grants} }}
{A_DAY}procedure: {{ target: {target} }}\n"
    ))
}

#[test]
fn f07_an_existing_connector_may_take_over() {
    let told = adopting(
        "[payments-01, payments-02, payments-03]",
        "[{ adopt: spare }, automatic]",
    );
    // 5m instead of 15m + 10m: twenty minutes earlier than with a new one.
    told.shows(&[
        "T+55m adopted spare",
        "T+5h6m released payments-01 from payments",
    ]);
    told.lacks("created");
    told.lacks("authorized");
    for org in [
        "payments-01",
        "payments-02",
        "payments-03",
        "spare-01",
        "spare-02",
    ] {
        assert_eq!(told.owner(org), "spare");
    }
    told.verdict(CheckId::BystandersUntouched, Verdict::Held);
    told.verdict(CheckId::AuthorizedOwner, Verdict::Held);
}

#[test]
fn f07_as_long_as_it_is_authenticated_for_the_orgs() {
    let told = adopting("[payments-01, payments-03]", "[{ adopt: spare }]");
    told.has("not adopted payments-02", &["T+55m"]);
    told.lacks("released payments-02");
    told.lacks("claimed payments-02");
    assert_eq!(told.owner("payments-02"), "payments");
    assert_eq!(
        [told.owner("payments-01"), told.owner("payments-03")],
        ["spare", "spare"]
    );
    // What was refused holds back promotion, and with it deletion.
    told.lacks("promoted");
    told.lacks("deleted");
    let covers = told.outcome.recorded.iter().filter_map(|it| match it.what {
        What::TicketOpened { all, .. } => Some(all),
        _ => None,
    });
    assert_eq!(covers.count(), 1);
    assert_eq!(told.outcome.world.tickets[0].covers.len(), 2);
}

#[test]
fn f07_a_connector_whose_token_is_gone_takes_nothing_over() {
    // It works when it is chosen, at 50m, and is authenticated for nothing five minutes later.
    let told = tale(
        "fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 2 }
    spare: { region: northeurope, scm: github, orgs: 0, grants: [payments-01, payments-02] }
timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }
  - { at: T+52m, fault: { token-revoked: { connector: spare, lasts: 20h } } }
procedure: { target: [{ adopt: spare }, automatic] }\n",
    );
    told.lacks("adopted");
    told.shows(&["T+1h10m created payments+1 in northeurope"]);
    assert_eq!(told.owner("payments-01"), "payments+1");
}
