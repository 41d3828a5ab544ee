//! The two examples of the format, to the letter.

use super::*;
use crate::chance::DurationDist;
use crate::checks::CheckId;
use crate::faults::{FaultKind, Hit};
use crate::model::command::{ConnectorRef, RegionRef};
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::model::rules::Anchor;
use crate::procedure::{Slip, Takes, Target};
use crate::scenario::expect::{Limit, Measure};
use crate::time::{Duration, Instant};

pub(super) const SMALL: &str = include_str!("small.yaml");
pub(super) const FULL: &str = include_str!("full.yaml");

/// The full example, with an empty piece where it uses one.
pub(super) fn full() -> Scenario {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("fleets")).unwrap();
    std::fs::write(folder.path().join("fleets/contoso.yaml"), "scenario: v1\n").unwrap();
    let path = folder.path().join("central-us.yaml");
    std::fs::write(&path, FULL).unwrap();
    match Reader::default().read(&path) {
        Ok(scenario) => scenario,
        Err(found) => panic!(
            "{}",
            found.render(crate::scenario::syntax::RenderStyle::default())
        ),
    }
}

#[test]
fn the_smallest_one_is_under_ten_lines() {
    let scenario = good(SMALL);
    assert!(SMALL.lines().count() < 10);
    assert_eq!(&*scenario.id, "test");
    let plan = &scenario.plan;
    assert_eq!(&*plan.procedure.id, "single-region-dr@2023-10-09");
    assert_eq!((plan.until, plan.seed), (None, 20_231_009));
    assert_eq!(plan.fleet.orgs().len(), 12);
    assert_eq!(plan.fleet.org_name(OrgIx(1)), "payments-02");
    let org = plan.fleet.org(OrgIx(0));
    assert_eq!((org.units, org.records), (50, [50, 20, 20, 20, 20]));
    assert!(!org.annotated, "GitHub has no annotations (D-6)");
    assert!(
        plan.fleet
            .alert_ages_s(OrgIx(0))
            .iter()
            .all(|&it| it <= 21 * 86_400)
    );
    let row = &plan.fleet.connectors()[0];
    assert!(row.auto_discovery && row.listed.is_empty());
    assert_eq!((row.owns.len(), row.grants.len()), (12, 12));
    let fault = &plan.faults[0];
    assert_eq!(&*fault.id, "region-outage:westeurope@T+0");
    assert_eq!(
        fault.lasts,
        Some(DurationDist::fixed(Duration::from_hours(26)))
    );
    let region = plan.fleet.catalogue().find("westeurope").unwrap();
    let kind = FaultKind::RegionOutage {
        regions: vec![RegionRef::Named(region)],
        stagger: None,
        returns: None,
    };
    assert_eq!(fault.kind, kind);
}

#[test]
fn the_full_one_says_what_it_says() {
    let scenario = full();
    assert_eq!(&*scenario.id, "central-us-evacuation");
    assert_eq!(scenario.owner.as_deref(), Some("devsec-reliability"));
    assert_eq!((scenario.tags.len(), scenario.cites.len()), (2, 1));
    let plan = &scenario.plan;
    let fleet = &plan.fleet;
    let spare = &fleet.connectors()[1];
    assert_eq!(
        (&*spare.name, spare.owns.len(), spare.grants.len()),
        ("spare", 0, 2)
    );
    assert_eq!(fleet.org(OrgIx(0)).records, [400, 900, 20, 20, 20]);
    assert_eq!(
        (fleet.org(OrgIx(0)).units, fleet.org(OrgIx(1)).units),
        (120, 15)
    );
    assert_eq!(
        plan.procedure.target,
        [Target::Adopt(ConnectorIx(1)), Target::Automatic]
    );
    assert_eq!(&*plan.procedure.id, "single-region-dr@2023-10-09+changes");
    let step = |name: &str| plan.procedure.step(plan.procedure.find(name).unwrap());
    assert_eq!(step("open-ticket").can_fail[0].0, Slip::WrongResourceId);
    let takes = DurationDist::log_normal(Duration::from_hours(4), Duration::from_days(2)).unwrap();
    assert_eq!(step("release-ownership").takes, Takes::Time(takes));
    assert_eq!(step("confirm-access").retries, 3);
    assert_eq!(
        step("confirm-access").on_refused,
        plan.procedure.find("authorize")
    );
    assert!(
        step("open-ticket").needs_org & plan.procedure.find("confirm-access").unwrap().bit() != 0
    );
    assert!(plan.procedure.find("decide").is_none());
    assert_eq!(plan.parameters.anchor, Anchor::Recreation);
    assert_eq!(
        (plan.teams.operators.size, plan.teams.support.size),
        (Some(2), Some(5))
    );
    // T+0 is a Thursday, 16:40 in Chicago: twenty minutes are left of the day.
    let hours = &plan.teams.operators.hours;
    assert_eq!(
        hours.next_close(Instant::ZERO),
        Some(Instant::ZERO + Duration::from_mins(20))
    );
    let ids: Vec<&str> = plan.faults.iter().map(|it| &*it.id).collect();
    assert_eq!(
        ids,
        [
            "partial-outage:contoso-ado@T+0",
            "region-outage:eastus@T+30h",
            "scm-throttled:azure-devops@T+5h",
        ]
    );
    let named = ConnectorRef::Named(ConnectorIx(0));
    assert_eq!(
        plan.faults[0].kind,
        FaultKind::PartialOutage(Hit::Connectors(vec![named]))
    );
    assert_eq!(plan.faults[1].chance.to_string(), "25%");
    assert_eq!(plan.until, Some(Instant::ZERO + Duration::from_days(14)));
}

#[test]
fn expectations_know_their_lines() {
    let scenario = full();
    let expect = &scenario.plan.expect;
    assert_eq!(
        expect.check(CheckId::NoOrphanedOrgs).within,
        Some(Duration::from_days(2))
    );
    assert!(expect.check(CheckId::AnnotationsRestored).require);
    let reason = expect
        .check(CheckId::AlertsRestored)
        .known_failure
        .as_deref();
    assert_eq!(reason, Some("support takes days: see RUN-118"));
    assert!(!expect.check(CheckId::StaysInGeography).on);
    let bounds: Vec<_> = expect
        .bounds
        .iter()
        .map(|it| (it.measure, it.most))
        .collect();
    assert_eq!(
        bounds,
        [
            (Measure::BlindTime, Limit::Time(Duration::from_hours(12))),
            (
                Measure::ProtectionClock,
                Limit::Time(Duration::from_hours(72))
            ),
        ]
    );
    let line = |text: &str| FULL.lines().position(|it| it.contains(text)).unwrap() + 1;
    assert_eq!(
        scenario.places.checks[&CheckId::AlertsRestored].line,
        line("RUN-118")
    );
    assert_eq!(
        scenario.places.bounds[&Measure::BlindTime].line,
        line("blind-time")
    );
    assert_eq!(
        scenario.places.faults[1].line,
        line("region: eastus, lasts")
    );
}
