//! F-8 to F-11: the Resource ID, the ticket, the entities, the annotations.

use crate::tale::{A_DAY, tale, three_orgs};
use lifeboat::checks::{CheckId, Verdict};
use lifeboat::measures::ClockKind;
use lifeboat::model::command::{Actor, Command};
use lifeboat::model::decide::decide;
use lifeboat::model::fact::{Reason, What};
use lifeboat::model::ids::TicketIx;
use lifeboat::model::world::Annotations;
use lifeboat::time::{Duration, Instant};

fn slipping(rest: &str) -> crate::tale::Tale {
    three_orgs(&format!(
        "timeline:
  - {{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: 26h }} }} }}
  - {{ at: T+0, fault: {{ {rest} }} }}\n"
    ))
}

#[test]
fn f08_the_resource_id_of_the_old_connector_is_copied_into_the_ticket() {
    let told = three_orgs(A_DAY);
    told.shows(&[
        "T+50m copied payments",
        "T+1h25m ticket 0 for all orgs of payments",
    ]);
}

#[test]
fn f08_a_ticket_that_names_nobody_is_rejected_and_leads_back() {
    let told = slipping("wrong-resource-id: { connector: payments }");
    told.has("copied nobody", &["T+50m"]);
    told.shows(&[
        "T+5h25m ticket 0 rejected",
        "T+5h30m copied payments",
        "T+5h40m ticket 1 for all orgs of payments",
        "T+9h40m ticket 1 understood",
        "T+9h41m released payments-01 from payments",
        "T+9h43m released payments-03 from payments",
    ]);
    // Neither creation nor authorisation is done again.
    assert_eq!(told.all("created").len(), 1);
    assert_eq!(told.all("authorized").len(), 1);
    // Each org is owned again in the minute of its release: discovery claims at once.
    assert_eq!(told.clock(ClockKind::Ownership), "9h43m");
}

#[test]
fn f08_a_ticket_that_names_a_neighbour_releases_the_neighbours_orgs() {
    let told = tale(
        "fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 2 }
    billing: { region: uksouth, scm: github, orgs: 2 }
timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }
  - { at: T+0, fault: { wrong-resource-id: { connector: payments, names: billing } } }\n",
    );
    told.shows(&[
        "T+5h26m released billing-01 from billing",
        "T+5h27m released billing-02 from billing",
    ]);
    told.lacks("released payments");
    told.verdict(CheckId::BystandersUntouched, Verdict::Violated);
    told.verdict(CheckId::NoOrphanedOrgs, Verdict::Violated);
}

#[test]
fn f08_without_the_inventory_there_is_nothing_to_copy() {
    let without = |saved: &str| {
        three_orgs(&format!(
            "timeline:
  - {{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: 26h }} }} }}
  - {{ at: T+0, fault: {{ inventory-unavailable: {{ lasts: 20h }} }} }}
parameters: {{ resource-ids: {saved} }}\n"
        ))
    };
    let told = without("looked-up");
    told.lacks("copied");
    told.lacks("ticket");
    without("saved").shows(&[
        "T+50m copied payments",
        "T+5h26m released payments-01 from payments",
    ]);
}

#[test]
fn f09_all_orgs_are_released_one_minute_each_in_id_order() {
    let told = three_orgs(A_DAY);
    told.shows(&[
        "T+5h25m ticket 0 understood",
        "T+5h26m released payments-01 from payments",
        "T+5h27m released payments-02 from payments",
        "T+5h28m released payments-03 from payments",
        "T+5h28m claimed payments-03 by payments+1",
    ]);
    assert_eq!(told.clock(ClockKind::Ownership), "5h28m");
    told.verdict(CheckId::ReleaseNeedsTicket, Verdict::Held);
}

#[test]
fn f09_without_a_ticket_nothing_is_released() {
    let told = slipping("step-skipped: { connector: payments, step: open-ticket }");
    told.lacks("ticket");
    told.lacks("released");
    told.lacks("claimed");
    told.verdict(CheckId::NoOrphanedOrgs, Verdict::Violated);
}

#[test]
fn f09_support_releases_nothing_that_no_ticket_asks_for() {
    // The steps of the ticket are gone from the procedure, the release is not.
    let without = three_orgs(&format!(
        "{A_DAY}procedure: {{ remove: [open-ticket, triage-ticket] }}\n"
    ));
    without.lacks("released");
    let refused = "T+1h16m refused release-ownership for payments-02: no ticket covers the org";
    without.shows(&[refused]);
    // Support lets go before it has read the ticket.
    let unread = three_orgs(&format!(
        "{A_DAY}procedure: {{ steps: {{ release-ownership: {{ takes: 1m, needs: [open-ticket] }} }} }}\n"
    ));
    unread.lacks("released");
    let refused = "T+1h26m refused release-ownership for payments-01: no ticket covers the org";
    unread.shows(&[refused]);
}

#[test]
fn f09_specific_orgs_are_released_and_the_others_stay() {
    let told = three_orgs(&format!(
        "{A_DAY}procedure: {{ steps: {{ open-ticket: {{ takes: 10m, orgs: [payments-03, payments-01] }} }} }}\n"
    ));
    told.shows(&[
        "T+1h25m ticket 0 for some orgs of payments",
        "T+5h26m released payments-01 from payments",
        "T+5h27m released payments-03 from payments",
    ]);
    told.lacks("released payments-02");
    assert_eq!(told.owner("payments-02"), "payments");
    told.verdict(CheckId::OldConnectorRetired, Verdict::Violated);
    // Asked for all the same, under a ticket that does not name it, it is refused.
    let (release, mut answer) = (
        Command::ReleaseOwnership {
            ticket: TicketIx(0),
            org: told.org("payments-02"),
        },
        Vec::new(),
    );
    let (setting, world) = (told.scenario.plan.setting(), &told.outcome.world);
    let at = Instant::ZERO + Duration::WEEK;
    decide(&setting, world, at, Actor::Support, &release, &mut answer);
    let said: Vec<What> = answer.iter().map(|it| it.what).collect();
    assert!(
        matches!(
            said[..],
            [What::Refused {
                reason: Reason::NoTicket,
                ..
            }]
        ),
        "{said:?}"
    );
}

const ADO: &str = "fleet:
  connectors:
    contoso: { region: westeurope, scm: azure-devops, orgs: {
      a: { projects: 100 }, b: { projects: 50 }, c: { projects: 25, annotations: false } } }\n";

#[test]
fn f10_annotations_are_recreated_once_the_entities_have_appeared() {
    let told = tale(&format!("{ADO}{A_DAY}"));
    // 100 projects an hour, one org after another; 2 m of a person after each.
    told.shows(&[
        "T+5h26m claimed a by contoso+1",
        "T+6h26m appeared a at contoso+1",
        "T+6h28m annotated a",
        "T+6h56m appeared b at contoso+1",
        "T+6h58m annotated b",
        "T+7h11m appeared c at contoso+1",
    ]);
    // 'If needed': `c` had none.
    told.lacks("annotated c");
    told.verdict(CheckId::AnnotationsAfterEntities, Verdict::Held);
    told.verdict(CheckId::AnnotationsRestored, Verdict::Held);
    assert_eq!(told.clock(ClockKind::Configuration), "6h58m");
}

#[test]
fn f10_annotations_for_entities_that_have_not_appeared_are_refused() {
    let told = tale(&format!(
        "{ADO}{A_DAY}defects: [annotates-before-discovery]\n"
    ));
    let refused =
        "T+5h28m refused recreate-annotations for a: the org's entities have not appeared";
    told.shows(&[refused]);
    told.lacks("annotated");
    told.verdict(CheckId::AnnotationsRestored, Verdict::Violated);
}

#[test]
fn f10_unless_somebody_does_it_they_stay_lost() {
    let undone = |default: &str| {
        tale(&format!(
            "{ADO}{A_DAY}procedure: {{ remove: [recreate-annotations] }}
parameters: {{ annotations: {{ default-after-onboarding: {default} }} }}\n"
        ))
    };
    let off = undone("off");
    off.verdict(CheckId::AnnotationsRestored, Verdict::Violated);
    assert_eq!(off.outcome.world.orgs[0].annotations, Annotations::None);
    // D-6: the platform's default is not the org's old setting.
    let on = undone("on");
    assert_eq!(on.outcome.world.orgs[0].annotations, Annotations::Default);
    on.verdict(CheckId::AnnotationsRestored, Verdict::Violated);
}

#[test]
fn f10_other_kinds_of_scm_have_none() {
    three_orgs(A_DAY).verdict(CheckId::AnnotationsRestored, Verdict::Vacuous);
}

#[test]
fn f11_annotations_take_as_long_as_discovery() {
    // Twice the projects, twice the time from the release on, but for the person's 2 m.
    for (projects, annotated) in [(50, "T+5h58m"), (100, "T+6h28m"), (200, "T+7h28m")] {
        let told = tale(&format!(
            "fleet: {{ connectors: {{ a: {{ region: westeurope, scm: azure-devops, orgs: {{ shop: {{ projects: {projects} }} }} }} }} }}\n{A_DAY}"
        ));
        told.has("annotated shop", &[annotated]);
    }
}

#[test]
fn f11_discovery_goes_at_the_rate_of_its_kind_rounded_up() {
    // From 5h26m on: 36 s a project; 3.6 s a repo.
    for (scm, size, appeared) in [
        ("azure-devops", "projects: 1", "T+5h26m36s"),
        ("gitlab", "projects: 7", "T+5h30m12s"),
        ("github", "repos: 1", "T+5h26m3s600ms"),
        ("github", "repos: 0", "T+5h26m"),
    ] {
        let told = tale(&format!(
            "fleet: {{ connectors: {{ a: {{ region: westeurope, scm: {scm}, orgs: {{ shop: {{ {size} }} }} }} }} }}\n{A_DAY}"
        ));
        told.has("appeared shop at a+1", &[appeared]);
    }
    // 7 an hour: 514 285.71 ms a project, and one more millisecond is begun.
    let told = tale(&format!(
        "fleet: {{ connectors: {{ a: {{ region: westeurope, scm: gitlab, orgs: {{ shop: {{ projects: 1 }} }} }} }} }}
procedure: {{ steps: {{ discover: {{ takes: {{ rate: {{ gitlab: 7/h }} }} }} }} }}\n{A_DAY}"
    ));
    told.has("appeared shop at a+1", &["T+5h34m34s286ms"]);
}
