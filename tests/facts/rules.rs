//! Rules of the model that no fact names.

use crate::tale::{A_DAY, Tale, tale, three_orgs};
use lifeboat::checks::{CheckId, Verdict};
use lifeboat::measures::{ClockKind, Line};

/// A day without West Europe, and one more entry of the timeline, for three orgs.
fn with_fault(at: &str, fault: &str, rest: &str) -> Tale {
    three_orgs(&format!(
        "timeline:
  - {{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: 26h }} }} }}
  - {{ at: {at}, fault: {{ {fault} }} }}
{rest}"
    ))
}

/// What happens, line by line, under one fault each.
#[test]
fn one_fault_and_what_comes_of_it() {
    let table: &[(&str, &str, &[&str])] = &[
        (
            "T+0",
            "ticket-misrouted: { connector: payments, lasts: 8h }",
            &["T+13h26m released payments-01 from payments"],
        ),
        (
            "T+0",
            "ticket-lost: { connector: payments, lasts: 2d }",
            &["T+2d5h26m released payments-01 from payments"],
        ),
        (
            "T+0",
            "ticket-partial: { connector: payments, releases: 50% }",
            &["T+5h27m released payments-02 from payments"],
        ),
        (
            "T+1h20m",
            "token-revoked: { connector: { target-of: payments }, lasts: 10h }",
            // Not claimed at the release; the first pass after 11h20m is that of 17h15m.
            &["T+17h15m claimed payments-01 by payments+1"],
        ),
        (
            "T+0",
            "step-skipped: { connector: payments, step: decide }",
            // What is not done takes no time.
            &["T+35m created payments+1 in northeurope"],
        ),
        (
            "T+0",
            "authorizer-absent: { connectors: [payments], lasts: 10h }",
            &["T+1h15m refused authorize for payments: nobody is there who could authorise"],
        ),
        (
            "T+1h10m",
            "org-renamed: { org: payments-02, to: other }",
            &["T+5h26m released payments-01 from payments"],
        ),
    ];
    for (at, fault, lines) in table {
        let told = with_fault(at, fault, "");
        for line in *lines {
            let (when, what) = line.split_once(' ').expect("an instant and a fact");
            assert_eq!(told.when(what), [when], "{fault}: {what}\n{}", told.text());
        }
    }
}

#[test]
fn a_whole_ticket_is_released_at_its_end() {
    let told = three_orgs(&format!(
        "{A_DAY}parameters: {{ release: {{ granularity: whole-ticket }} }}\n"
    ));
    for org in ["payments-01", "payments-02", "payments-03"] {
        told.has(&format!("released {org} from payments"), &["T+5h28m"]);
        told.has(&format!("claimed {org} by payments+1"), &["T+5h28m"]);
    }
}

#[test]
fn an_org_deleted_in_its_release_minute_is_not_released_and_holds_nobody_up() {
    let told = with_fault("T+5h26m30s", "org-deleted: { org: payments-02 }", "");
    told.lacks("released payments-02");
    told.has("released payments-01 from payments", &["T+5h26m"]);
    assert_eq!(told.all("released payments-03").len(), 1, "{}", told.text());
    told.has(
        "ticket 0 closed",
        &told.when("released payments-03 from payments"),
    );
    told.has("promoted payments-03 to payments+1", &["T+26h5m"]);
    told.has("deleted payments", &["T+26h10m"]);
    let ledger = &told.outcome.measures.ledger;
    // 50 alerts and 20 of each other kind.
    assert_eq!(ledger.total(Line::GoneWithItsOrg), 130);
    told.verdict(CheckId::Settled, Verdict::Held);
}

#[test]
fn a_ticket_opened_twice_releases_once() {
    let told = with_fault(
        "T+0",
        "step-repeated: { connector: payments, step: open-ticket }",
        "",
    );
    assert_eq!(told.outcome.world.tickets.len(), 2, "{}", told.text());
    for org in ["payments-01", "payments-02", "payments-03"] {
        assert_eq!(
            told.all(&format!("released {org}")).len(),
            1,
            "{}",
            told.text()
        );
        assert_eq!(told.all(&format!("claimed {org}")).len(), 1);
    }
    // Opening it twice takes ten minutes twice, and nothing else is longer.
    assert_eq!(told.clock(ClockKind::Ownership), "5h38m", "{}", told.text());
    told.verdict(CheckId::SingleOwner, Verdict::Held);
    told.verdict(CheckId::Settled, Verdict::Held);
}

#[test]
fn a_target_that_cannot_be_adopted_gives_way_to_the_next_choice() {
    // `spare` is in the lost region too, so it is down when it is to be adopted.
    let told = tale(&format!(
        "fleet:
  connectors:
    payments: {{ region: westeurope, scm: github, orgs: 2 }}
    spare: {{ region: westeurope, scm: github, orgs: 0, grants: [payments-01, payments-02] }}
{A_DAY}procedure: {{ target: [{{ adopt: spare }}, automatic] }}\n"
    ));
    told.lacks("adopted");
    let created: Vec<String> = told.all("created payments");
    assert_eq!(created.len(), 1, "{}", told.text());
    assert!(created[0].ends_with("in northeurope"));
    told.verdict(CheckId::NoOrphanedOrgs, Verdict::Held);
}

#[test]
fn an_adoption_that_is_refused_gives_way_to_creation() {
    // `spare` works when it is chosen, at 50m, and is down five minutes later.
    let told = tale(
        "fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 2 }
    spare: { region: northeurope, scm: github, orgs: 0, grants: [payments-01, payments-02] }
timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }
  - { at: T+52m, fault: { region-outage: { region: northeurope, lasts: 26h } } }
procedure: { target: [{ adopt: spare }, automatic] }\n",
    );
    told.lacks("adopted");
    assert_eq!(
        told.all("refused adopt-connector for payments").len(),
        1,
        "{}",
        told.text()
    );
    told.shows(&[
        "T+1h10m created payments+1 in uksouth",
        "T+1h20m authorized payments+1",
        "T+5h31m released payments-01 from payments",
    ]);
    told.verdict(CheckId::NoOrphanedOrgs, Verdict::Held);
}

#[test]
fn a_named_region_is_tried_first_and_a_full_one_is_left_out() {
    let named = |fault: &str| {
        with_fault(
            "T+0",
            fault,
            "procedure: { target: [{ region: eastus }, automatic] }\n",
        )
    };
    named("org-renamed: { org: payments-02, to: other }")
        .shows(&["T+1h5m created payments+1 in eastus"]);
    let full = named("region-full: { region: eastus, lasts: 12h }");
    let created = full.all("created payments");
    assert_eq!(created.len(), 1, "{}", full.text());
    assert!(created[0].ends_with("in northeurope"), "{created:?}");
}

#[test]
fn a_degraded_region_rescales_what_remains() {
    // 50 repos at 1,000/h: 3 m. The first minute at full pace, then three times as slow.
    let told = tale(
        "fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 1 } } }
timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }
  - { at: T+5h27m, fault: { region-degraded: { region: northeurope, factor: 3, lasts: 6h } } }\n",
    );
    told.shows(&["T+5h33m appeared payments-01 at payments+1"]);
}

#[test]
fn an_org_with_a_smaller_id_goes_first_whatever_the_file_says() {
    let told = tale(&format!(
        "fleet: {{ connectors: {{ a: {{ region: westeurope, scm: github, orgs: {{ zeta: {{}}, beta: {{}}, Alpha: {{}} }} }} }} }}\n{A_DAY}"
    ));
    told.shows(&[
        "T+5h26m released Alpha from a",
        "T+5h27m released beta from a",
        "T+5h28m released zeta from a",
    ]);
}

#[test]
fn one_reader_of_tickets_makes_the_others_wait() {
    let told = tale(&format!(
        "teams: {{ support: {{ size: 1 }} }}
fleet:
  connectors:
    payments: {{ region: westeurope, scm: github, orgs: 1 }}
    web: {{ region: westeurope, scm: github, orgs: 1 }}
{A_DAY}"
    ));
    told.has("ticket 0 understood", &["T+5h25m"]);
    // Triage of the second may come before or after the release of the first.
    let second = told.when("ticket 1 understood");
    assert!(
        second == ["T+9h25m"] || second == ["T+9h26m"],
        "{}",
        told.text()
    );
}
