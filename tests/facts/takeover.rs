//! F-3 in cascade: the target of a running recovery is lost too.

use crate::tale::{Tale, three_orgs};
use lifeboat::checks::{CheckId, Verdict};
use lifeboat::model::world::Life;

fn target_lost(at: &str, lasts: &str) -> Tale {
    three_orgs(&format!(
        "timeline:
  - {{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: 26h }} }} }}
  - {{ at: {at}, fault: {{ region-outage: {{ region: {{ target-of: payments }}, lasts: {lasts} }} }} }}\n"
    ))
}

#[test]
fn f03_a_lost_target_has_a_recovery_of_its_own() {
    // At 6h all three are claimed by the first target, in North Europe.
    let told = target_lost("T+6h", "20h");
    told.shows(&[
        "T+6h down northeurope",
        "T+6h configuration lost of payments+1",
        "T+6h15m recovery of payments+1",
        "T+6h50m copied payments+1",
        "T+7h5m created payments+2 in uksouth",
        "T+7h25m ticket 1 for all orgs of payments+1",
        "T+11h26m released payments-01 from payments+1",
        "T+11h28m released payments-03 from payments+1",
    ]);
    for org in ["payments-01", "payments-02", "payments-03"] {
        assert_eq!(told.owner(org), "payments+2");
    }
    // Both old ones are deleted, each once promoted away from and recovered.
    let life = |at: usize| told.outcome.world.connectors[at].life;
    assert_eq!(
        [life(0), life(1), life(2)],
        [Life::Deleted, Life::Deleted, Life::Active]
    );
    assert_eq!(told.all("deleted").len(), 2, "{}", told.text());
    for check in [
        CheckId::OldConnectorRetired,
        CheckId::SafeDelete,
        CheckId::Settled,
        CheckId::SingleOwner,
    ] {
        told.verdict(check, Verdict::Held);
    }
}

#[test]
fn f03_a_target_that_is_lost_empty_needs_no_ticket_of_its_own() {
    // At 3h the first ticket is being read, and the target owns nothing yet.
    let told = target_lost("T+3h", "20h");
    told.shows(&[
        "T+3h15m recovery of payments+1",
        "T+4h5m created payments+2 in uksouth",
        "T+4h15m authorized payments+2",
        "T+5h26m released payments-01 from payments",
        "T+5h26m claimed payments-01 by payments+2",
    ]);
    assert_eq!(
        told.outcome.world.tickets.len(),
        1,
        "the first ticket stays valid"
    );
    assert_eq!(told.all("deleted").len(), 2, "{}", told.text());
    told.verdict(CheckId::Settled, Verdict::Held);
}

#[test]
fn f03_a_cascade_is_recovered_from_region_by_region() {
    let told = three_orgs(
        "timeline: [{ at: T+0, fault: { region-outage: { region: [westeurope, northeurope, uksouth], stagger: 3h, lasts: 26h } } }]\n",
    );
    told.shows(&["T+3h down northeurope", "T+6h down uksouth"]);
    assert_eq!(told.outcome.world.recoveries.len(), 3);
    assert_eq!(told.all("deleted").len(), 3, "{}", told.text());
    assert_eq!(told.owner("payments-01"), "payments+3");
    told.verdict(CheckId::SingleOwner, Verdict::Held);
    told.verdict(CheckId::NoOrphanedOrgs, Verdict::Held);
}

#[test]
fn f03_a_recovered_region_is_eligible_again_but_never_the_lost_ones_own() {
    // West Europe is back when North Europe goes: the nearest again, for the replacement.
    let told = three_orgs(
        "timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 2h } } }
  - { at: T+3h, fault: { region-outage: { region: northeurope, lasts: 20h } } }\n",
    );
    told.shows(&["T+4h5m created payments+2 in westeurope"]);
}
