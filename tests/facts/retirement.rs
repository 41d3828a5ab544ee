//! F-12 and F-15: the old connector's end, and that a plan is tested.

use crate::tale::{A_DAY, Tale, tale, three_orgs};
use lifeboat::checks::{CheckId, Verdict};
use lifeboat::drill::Drill;
use lifeboat::measures::ClockKind;
use lifeboat::model::world::Life;

fn outage(lasts: &str, rest: &str) -> Tale {
    tale(&format!(
        "fleet: {{ connectors: {{ a: {{ region: westeurope, scm: github, orgs: {{ shop: {{ repos: 0, alerts: 0, recommendations: 1000, graph-entities: 0 }} }} }} }} }}
timeline: [{{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: {lasts} }} }} }}]
{rest}"
    ))
}

#[test]
fn f12_a_region_that_recovers_late_is_waited_for() {
    let told = outage("26h", "");
    told.shows(&[
        "T+5h32m finished recreate-records for shop",
        "T+26h up westeurope",
        "T+26h5m promoted shop to a+1",
        "T+26h10m deleted a",
    ]);
    assert_eq!(told.outcome.world.connectors[0].life, Life::Deleted);
    assert_eq!(told.clock(ClockKind::Full), "26h10m");
    for check in [
        CheckId::OldConnectorRetired,
        CheckId::SafeDelete,
        CheckId::OnePrimary,
    ] {
        told.verdict(check, Verdict::Held);
    }
}

#[test]
fn f12_a_region_that_recovers_early_waits_for_everything_else() {
    let told = outage("2h", "");
    told.shows(&[
        "T+2h up westeurope",
        "T+5h26m released shop from a",
        "T+5h32m finished recreate-records for shop",
        "T+5h37m promoted shop to a+1",
        "T+5h42m deleted a",
    ]);
    told.verdict(CheckId::SafeDelete, Verdict::Held);
}

#[test]
fn f12_a_region_that_never_recovers_leaves_nothing_to_retire() {
    let told =
        three_orgs("timeline: [{ at: T+0, fault: { region-outage: { region: westeurope } } }]\n");
    told.lacks("promoted");
    told.lacks("deleted");
    told.verdict(CheckId::OldConnectorRetired, Verdict::Vacuous);
    assert_eq!(told.clock(ClockKind::Full), "running");
    // What waits for a region that is still down is not unfinished business.
    told.verdict(CheckId::Settled, Verdict::Held);
}

#[test]
fn f12_to_the_letter_nobody_waits_for_a_slow_ticket() {
    let told = outage("2h", "parameters: { retire: { needs: region-up } }\n");
    told.shows(&[
        "T+2h5m promoted shop to a+1",
        "T+2h10m deleted a",
        "T+2h10m unowned shop",
    ]);
    // The slow ticket finds nothing to release, and nothing is left to recreate.
    told.shows(&[
        "T+5h26m nothing to release of shop under ticket 0",
        "T+5h26m claimed shop by a+1",
        "T+5h26m recreated shop recommendations 0..0 in a+1",
    ]);
    told.verdict(CheckId::SafeDelete, Verdict::Violated);
    told.verdict(CheckId::OnlyDocumentedLosses, Verdict::Violated);
}

#[test]
fn f12_promotion_may_be_read_as_following_establishment() {
    let told = outage("26h", "parameters: { promotion: on-establishment }\n");
    told.shows(&["T+1h15m authorized a+1", "T+1h20m promoted shop to a+1"]);
    // Deletion follows at once, is refused while the region is down, and nobody tries again.
    told.shows(&["T+1h25m refused delete-connector for a: the connector is down"]);
    told.lacks("deleted");
    told.verdict(CheckId::OldConnectorRetired, Verdict::Violated);
}

#[test]
fn f12_the_later_version_promotes_without_waiting_for_the_region() {
    let told = outage("26h", "procedure: { base: single-region-dr@2023-11-08 }\n");
    // detect, decide: 45 m. Create 15 m, authorise 10 m, copy 5 m, ticket 10 m.
    told.shows(&[
        "T+1h created a+1 in northeurope",
        "T+1h10m authorized a+1",
        "T+1h15m copied a",
        "T+1h25m ticket 0 for all orgs of a",
        "T+5h26m released shop from a",
        "T+5h32m finished recreate-records for shop",
        "T+5h37m promoted shop to a+1",
        "T+26h5m deleted a",
    ]);
}

#[test]
fn f12_deletion_is_refused_while_the_old_region_is_down_again() {
    // It is back at 26h, and gone again before the five minutes of deletion end.
    let told = three_orgs(
        "timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }
  - { at: T+26h7m, fault: { region-outage: { region: westeurope, lasts: 10h } } }\n",
    );
    told.shows(&[
        "T+26h5m promoted payments-01 to payments+1",
        "T+26h10m refused delete-connector for payments: the connector is down",
    ]);
    told.lacks("deleted");
    told.verdict(CheckId::SafeDelete, Verdict::Vacuous);
    told.verdict(CheckId::OldConnectorRetired, Verdict::Violated);
}

#[test]
fn f15_a_plan_is_tested_and_the_test_says_the_same_twice() {
    let told = three_orgs(A_DAY);
    let again = three_orgs(A_DAY);
    assert_eq!(told.outcome.trace_hash, again.outcome.trace_hash);
    assert_eq!(told.outcome.recorded, again.outcome.recorded);
    assert!(Drill::new(&told.scenario.plan).verify().is_ok());
    // Downtime and data loss are both measured: three orgs, 5h26m to 5h28m blind each.
    let measures = &told.outcome.measures;
    assert_eq!(measures.orphaned_peak, 3);
    assert_eq!(measures.blind_max.to_string(), "5h28m");
    assert_eq!(measures.blind_ms_total, (3 * (5 * 60 + 27)) * 60_000);
}

#[test]
fn f15_a_step_that_people_forget_is_noticed() {
    // A defined plan, not followed: each step skipped, and what the drill says of it.
    for (step, check) in [
        ("authorize", CheckId::NoOrphanedOrgs),
        ("open-ticket", CheckId::NoOrphanedOrgs),
        ("recreate-records", CheckId::RecommendationsRestored),
        ("delete-connector", CheckId::OldConnectorRetired),
    ] {
        let told = tale(&format!(
            "fleet: {{ connectors: {{ payments: {{ region: westeurope, scm: github, orgs: 1 }} }} }}
timeline:
  - {{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: 26h }} }} }}
  - {{ at: T+0, fault: {{ step-skipped: {{ connector: payments, step: {step} }} }} }}\n"
        ));
        told.verdict(check, Verdict::Violated);
    }
}

#[test]
fn f15_a_fleet_at_rest_proves_nothing() {
    let told = three_orgs("timeline: []\n");
    assert_eq!(told.outcome.facts, 0, "{}", told.text());
    for judgement in &told.outcome.judgements {
        assert_eq!(judgement.verdict, Verdict::Vacuous, "{:?}", judgement.check);
    }
}
