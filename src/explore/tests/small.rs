//! What was found, made small; what could be anything; since when it was certain.

use super::*;
use crate::model::fact::FactKind;

#[test]
fn shrinking_never_goes_into_another_violation() {
    // Two things go wrong; what is small shows the one that was asked for.
    let start = document(
        "seed: 1
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 26h } }
  - at: T+30m
    fault: { ticket-lost: { connector: payments } }
  - at: T+40m
    fault: { permission-lost: { connector: ado, orgs: [ado-02] } }
  - at: T+3d
    fault: { region-degraded: { region: eastus, factor: 3, lasts: 1h } }
teams: { support: { size: 3 } }
",
    );
    let reader = Reader::default();
    let outcome = crate::drill::Drill::new(&reader.compile(&start, "a.yaml").unwrap().plan).run();
    let cause = Cause::all(&outcome)
        .find(|it| it.check == CheckId::AnnotationsRestored)
        .unwrap();
    let small = shrunk(&reader, &start, cause);
    let plan = reader.compile(&small.document, "a.yaml").unwrap().plan;
    let shown = crate::drill::Drill::new(&plan).run();
    let before: Vec<Cause> = Cause::all(&outcome).collect();
    assert!(
        Cause::all(&shown).all(|it| before.contains(&it)),
        "{}",
        small.document.to_yaml()
    );
    let outcome = shown;
    assert!(
        Cause::all(&outcome).any(|it| it == cause),
        "{}",
        small.document.to_yaml()
    );
    let text = small.document.to_yaml();
    assert!(
        !text.contains("ticket-lost") && !text.contains("teams") && !text.contains("web"),
        "{text}"
    );
    assert!(small.kept > 3 && small.tried >= small.kept);
}

/// A kind of SCM or a region is free where others show the same: annotations are those of
/// Azure DevOps alone (D-6), and a region in the timeline is one that somebody is in.
#[test]
fn a_region_or_a_kind_of_scm_may_be_anything() {
    let start = document(
        "timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
defects: [skips-the-annotations, forgets-the-last-grant]
",
    );
    let reader = Reader::default();
    let outcome = crate::drill::Drill::new(&reader.compile(&start, "a.yaml").unwrap().plan).run();
    let free = |check| {
        let cause = Cause::all(&outcome).find(|it| it.check == check).unwrap();
        let small = shrunk(&reader, &start, cause);
        assert!(
            small.free.iter().all(|it| !it.tried.contains(&it.value)),
            "{:?}",
            small.free
        );
        let paths = small.free.iter().map(|it| it.path.clone());
        let scm = |it: &String| it.starts_with("fleet/") && it.ends_with("/scm");
        let paths: Vec<String> = paths.collect();
        (
            paths.iter().any(scm),
            paths.contains(&"region westeurope".into()),
        )
    };
    assert_eq!(free(CheckId::AnnotationsRestored), (false, true));
    assert_eq!(free(CheckId::NoOrphanedOrgs), (true, true));
}

#[test]
fn the_point_of_no_return_is_a_fact_of_the_run() {
    let prey = prey(
        "procedure: { steps: { triage-ticket: { takes: { uniform: { min: 1h, max: 20d } } } } }
timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
chaos: { allow: [scm-throttled] }
",
    );
    let found = hunted(&prey, Strategy::Random, 500, 1);
    let finding = found
        .findings
        .iter()
        .find(|it| it.cause.check == CheckId::NoOrphanedOrgs)
        .unwrap();
    let said = inevitable(finding).unwrap();
    assert!(said.branches <= (LUCKS + 1) * 20);
    assert!(
        said.since.is_some(),
        "a ticket may be read at once: {}",
        finding.document.to_yaml()
    );
}

/// Of the faults of one instant it names the one that tips it, wherever it stands among
/// them.
#[test]
fn the_point_of_no_return_is_no_bystander() {
    let lost = "{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }";
    let slow = "{ at: T+0, fault: { inventory-unavailable: { lasts: 10m } } }";
    let text = |faults: &str| {
        format!(
            "scenario: v1\ntitle: a\nfleet: {{ connectors: {{ a: {{ region: westeurope, scm: \
             github, orgs: 2 }} }} }}\ntimeline: [{faults}]\n\
             procedure: {{ steps: {{ triage-ticket: {{ takes: 20d }} }} }}\nuntil: 30d\n"
        )
    };
    let prey = prey("timeline: []\nprocedure: { steps: { triage-ticket: { takes: 20d } } }\n");
    let mut finding = hunted(&prey, Strategy::Random, 500, 1).findings.remove(0);
    for faults in [
        format!("{lost}, {slow}"),
        format!("{slow}, {lost}"),
        lost.to_owned(),
    ] {
        let scenario = Reader::default()
            .read_text("a.yaml", text(&faults))
            .unwrap();
        finding.scenario = scenario;
        finding.cause.check = CheckId::AlertsRestoredInTime;
        let said = inevitable(&finding).unwrap();
        let since = said.since.expect("nothing is lost before a region is");
        assert_eq!(since.what.kind(), FactKind::RegionDown, "{faults}");
    }
}
