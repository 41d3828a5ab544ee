//! Mistakes that were made once.

use lifeboat::drill::{Drill, Outcome, Record};
use lifeboat::model::fact::What;
use lifeboat::model::world::Life;
use lifeboat::scenario::{Reader, Scenario};
use lifeboat::time::Instant;

fn run(rest: &str) -> (Scenario, Outcome) {
    let text = format!("scenario: v1\ntitle: a mistake that was made once\n{rest}");
    let scenario = Reader::default()
        .read_text("regression.yaml", text)
        .unwrap_or_else(|found| panic!("{}", found.render(Default::default())));
    let outcome = Drill::new(&scenario.plan).run_recording(Record::Everything);
    (scenario, outcome)
}

fn releases(scenario: &Scenario, outcome: &Outcome) -> Vec<String> {
    let released = outcome.recorded.iter().filter_map(|fact| match fact.what {
        What::OrgReleased { org, .. } => Some(scenario.plan.fleet.org_name(org).to_owned()),
        _ => None,
    });
    released.collect()
}

/// What fate does at an instant comes before what an operator does.
#[test]
fn a_deletion_at_the_instant_of_the_outage_is_refused() {
    let (_, outcome) = run(
        "fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 3 } } }
timeline:
  - { at: T+1h, fault: { region-outage: { region: westeurope, lasts: 26h } } }
  - { at: T+1h, fault: { deleted-early: { connector: payments } } }
",
    );
    let at = Instant::from_millis(3_600_000);
    let deleted = |what: &What| matches!(what, What::ConnectorDeleted { .. });
    assert!(
        !outcome
            .recorded
            .iter()
            .any(|fact| fact.at == at && deleted(&fact.what))
    );
    assert_eq!(outcome.measures.orphaned_peak, 3);
}

/// Whoever found no target looks again when all of an instant's regions are open,
/// not at the first of them.
#[test]
fn regions_that_open_at_one_instant_are_all_there_to_choose_from() {
    let full: String = [
        "northeurope",
        "uksouth",
        "swedencentral",
        "eastus",
        "centralus",
        "australiaeast",
    ]
    .iter()
    .map(|region| {
        format!("  - {{ at: T+0, fault: {{ region-full: {{ region: {region}, lasts: 10h }} }} }}\n")
    })
    .collect();
    let (scenario, outcome) = run(&format!(
        "fleet: {{ connectors: {{ payments: {{ region: westeurope, scm: github, orgs: 1 }} }} }}
timeline:
  - {{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: 26h }} }} }}
{full}"
    ));
    let created = outcome.recorded.iter().find_map(|fact| match fact.what {
        What::ConnectorCreated { region, .. } => {
            Some(scenario.plan.fleet.catalogue().region(region).name)
        }
        _ => None,
    });
    assert_eq!(created, Some("northeurope"));
}

/// One person in support finishes a ticket's orgs before the next ticket's.
#[test]
fn a_tickets_next_org_goes_before_a_later_ticket() {
    let (scenario, outcome) = run("fleet:
  connectors:
    a: { region: westeurope, scm: github, orgs: 3 }
    b: { region: westeurope, scm: github, orgs: 2 }
teams: { support: { size: 1 } }
timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }
");
    assert_eq!(
        releases(&scenario, &outcome),
        ["a-01", "a-02", "a-03", "b-01", "b-02"]
    );
}

/// A region that two outages hold down comes back once, when the later one ends.
#[test]
fn a_region_comes_back_when_the_last_of_its_outages_ends() {
    let (_, outcome) = run(
        "fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 1 } } }
timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 10h } } }
  - { at: T+2h, fault: { region-outage: { region: westeurope, lasts: 20h } } }
",
    );
    let told = |wanted: fn(&What) -> bool| -> Vec<i64> {
        let facts = outcome.recorded.iter().filter(|it| wanted(&it.what));
        facts.map(|it| it.at.as_millis() / 3_600_000).collect()
    };
    assert_eq!(told(|it| matches!(it, What::RegionUp { .. })), [22]);
    assert_eq!(told(|it| matches!(it, What::OutageEnded { .. })), [10]);
    assert_eq!(told(|it| matches!(it, What::ConnectorUp { .. })), [22]);
}

/// A length of time ends at a hundred years: what is dated by a multiple of one, once it
/// has come there, is not dated again at the same instant for ever.
#[test]
fn a_run_of_a_hundred_years_comes_to_its_end() {
    let century = Instant::ZERO + lifeboat::time::Duration::MAX;
    let (_, outcome) = run(
        "fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 2 } } }
timeline: [ { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } } ]
defects: [forgets-the-last-grant]
until: 36525d
",
    );
    assert_eq!(outcome.end, century);
    let (_, outcome) = run(
        "fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 2 } } }
scm-limits: { github: { requests: 1, window: 36500d, per-unit: 1 } }
timeline: [ { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } } ]
until: 36525d
",
    );
    assert_eq!(outcome.end, century);
}

/// An org that no ticket asks for, and one that the customer's account does not reach,
/// wait for the customer; until then nobody at Microsoft can do anything about them.
#[test]
fn who_left_something_out_is_whom_its_records_wait_for() {
    use lifeboat::measures::{Line, Party};
    let pending = |fault: &str| {
        let (_, outcome) = run(&format!(
            "fleet: {{ connectors: {{ payments: {{ region: westeurope, scm: github, orgs: 3 }} }} }}
timeline:
  - {{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: 26h }} }} }}
  - {{ at: T+0, fault: {{ {fault} }} }}
"
        ));
        let by = outcome.measures.ledger.by[Line::Pending as usize];
        (by[Party::Customer as usize], by[Party::Microsoft as usize])
    };
    let forgotten = pending("org-forgotten: { connector: payments, orgs: [payments-02] }");
    assert!(forgotten.0 > 0 && forgotten.1 == 0, "{forgotten:?}");
    let unreached = pending("permission-lost: { connector: payments, orgs: [payments-02] }");
    assert!(unreached.0 > 0 && unreached.1 == 0, "{unreached:?}");
    let unread = pending("ticket-lost: { connector: payments }");
    assert!(unread.0 == 0 && unread.1 > 0, "{unread:?}");
    // What the new owner has already is Microsoft's to recreate, whatever is revoked since.
    let stuck = "recreation-crash: { connector: payments, at: 40% } } }
  - { at: T+7h, fault: { permission-lost: { connector: payments, orgs: [payments-01, payments-02, payments-03] }";
    let stuck = pending(stuck);
    assert!(stuck.0 == 0 && stuck.1 > 0, "{stuck:?}");
}

/// Each recovery that is late is named, and those that were in time hold beside one that
/// is not.
#[test]
fn every_recovery_that_settles_late_is_named() {
    use lifeboat::checks::{CheckId, Verdict};
    let fleet = "fleet:
  connectors:
    early: { region: northeurope, scm: github, orgs: 1 }
    a: { region: westeurope, scm: azure-devops, orgs: { a-org: { projects: 30000 } } }
    b: { region: westeurope, scm: azure-devops, orgs: { b-org: { projects: 30000 } } }
timeline:
  - { at: T+0, fault: { region-outage: { region: [westeurope, northeurope], lasts: 26h } } }
until: 60d
";
    let (_, outcome) = run(fleet);
    let settled = outcome
        .judgements
        .iter()
        .find(|it| it.check == CheckId::Settled);
    let settled = settled.expect("it is on");
    let said = (settled.verdict, settled.subjects, settled.who.len());
    assert_eq!(said, (Verdict::Violated, 2, 2), "{settled:?}");
}

/// What the platform's and support's workers do one org after another can fail as any
/// other step can: the slip is told, the step refused and tried again, and the next org's
/// turn comes.
#[test]
fn a_slip_strikes_in_a_lane_too() {
    use lifeboat::procedure::Slip;
    let told = |steps: &str| {
        let (scenario, outcome) = run(&format!(
            "fleet: {{ connectors: {{ payments: {{ region: westeurope, scm: github, orgs: 3 }} }} }}
timeline: [ {{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: 26h }} }} }} ]
procedure: {{ steps: {{ {steps} }} }}
"
        ));
        let slips = |it: &&lifeboat::model::fact::Fact| matches!(it.what, What::Slipped { slip, .. } if slip == Slip::Fails as u8);
        let slips = outcome.recorded.iter().filter(slips).count();
        (slips, releases(&scenario, &outcome).len(), outcome)
    };
    let (slips, released, _) = told("release-ownership: { can-fail: { fails: 100% } }");
    assert_eq!((slips, released), (3, 0));
    let (slips, released, _) = told("release-ownership: { can-fail: { fails: 100% }, retries: 2 }");
    assert_eq!((slips, released), (9, 0));
    let (slips, released, outcome) = told("recreate-records: { can-fail: { fails: 100% } }");
    assert_eq!((slips, released), (3, 3));
    let stuck = outcome
        .world
        .connectors
        .iter()
        .filter(|it| it.life == Life::Deleted);
    assert_eq!(
        stuck.count(),
        0,
        "nothing is promoted while a step is missing"
    );
    // Now and then it fails, and is tried until it does not.
    let (slips, released, _) = told("release-ownership: { can-fail: { fails: 80% }, retries: 40 }");
    assert!(slips > 0);
    assert_eq!(released, 3);
    let (slips, _, outcome) = told("release-ownership: { can-fail: { deleted-early: 100% } }");
    assert_eq!(slips, 0);
    let deleted = outcome
        .world
        .connectors
        .iter()
        .any(|it| it.life == Life::Deleted);
    assert!(deleted, "whoever deletes at the end of a release does so");
}

/// A ticket is open until its last org is let go, however often one of them had to be
/// tried.
#[test]
fn a_release_that_is_tried_again_closes_no_ticket_early() {
    let (_, outcome) = run(
        "fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 3 } } }
timeline: [ { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } } ]
procedure: { steps: { release-ownership: { can-fail: { fails: 50% }, retries: 1 } } }
luck:
  base: simplest
  choices: [ { of: org/payments-01, what: step-slip, step: release-ownership, slip: fails, is: true } ]
",
    );
    let places = |is: fn(&What) -> bool| {
        let all = outcome.recorded.iter().enumerate();
        all.filter(|it| is(&it.1.what))
            .map(|it| it.0)
            .collect::<Vec<_>>()
    };
    let slipped = places(|it| matches!(it, What::Slipped { .. }));
    let released = places(|it| matches!(it, What::OrgReleased { .. }));
    let closed = places(|it| matches!(it, What::TicketClosed { .. }));
    assert_eq!((slipped.len(), released.len(), closed.len()), (1, 3, 1));
    assert!(closed[0] > released[2], "{closed:?} {released:?}");
}

/// A slip goes with the org that waits in a lane: when the lane is cleared, because its
/// connector is lost, it is gone, and the next recovery is done without it.
#[test]
fn a_slip_is_gone_with_the_turn_that_it_was_for() {
    let slips = |second: &str| {
        let (_, outcome) = run(&format!(
            "fleet: {{ connectors: {{ payments: {{ region: westeurope, scm: github, orgs: 2 }} }} }}
timeline:
  - {{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: 20d }} }} }}
{second}
procedure: {{ steps: {{ recreate-records: {{ takes: {{ rate: 1/h }}, can-fail: {{ fails: 50% }} }} }} }}
luck:
  base: simplest
  choices: [ {{ of: org/payments-02, what: step-slip, step: recreate-records, slip: fails, is: true }} ]
until: 30d
"
        ));
        let slips = outcome
            .recorded
            .iter()
            .filter(|it| matches!(it.what, What::Slipped { .. }));
        let recreated = outcome
            .recorded
            .iter()
            .filter(|it| matches!(it.what, What::RecordsRecreated { .. }));
        (slips.count(), recreated.count())
    };
    assert_eq!(slips("").0, 1, "the choice is one that comes up");
    let lost = "  - { at: T+1d, fault: { region-outage: { region: northeurope, lasts: 20d } } }";
    let (slips, recreated) = slips(lost);
    assert!(recreated > 0, "another region takes them");
    assert_eq!(slips, 0);
}

/// A fault whose moment never comes is told: whoever wrote it thinks that it was drilled.
#[test]
fn a_fault_that_struck_nothing_is_told() {
    let unstruck = |at: &str| {
        let (scenario, outcome) = run(&format!(
            "fleet: {{ connectors: {{ payments: {{ region: westeurope, scm: github, orgs: 1 }} }} }}
timeline:
  - {{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: 26h }} }} }}
  - {{ at: {at}, id: lost, fault: {{ ticket-lost: {{ connector: payments, lasts: 1d }} }} }}
until: 10d
"
        ));
        let faults = &scenario.plan.faults;
        let ids = outcome
            .unstruck
            .iter()
            .map(|&it| faults[it as usize].id.to_string());
        ids.collect::<Vec<_>>()
    };
    assert!(unstruck("T+0").is_empty(), "it meets the first ticket");
    assert_eq!(unstruck("T+8h"), ["lost"], "the ticket is open by then");
    assert_eq!(unstruck("T+11d"), ["lost"], "the run is over by then");
}
