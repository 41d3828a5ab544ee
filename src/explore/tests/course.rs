//! How a hunt goes: on any number of threads, until it ends or is stopped.

use super::*;

#[test]
fn any_number_of_threads_finds_the_same() {
    let prey = prey(
        "procedure: { steps: { triage-ticket: { takes: { uniform: { min: 1h, max: 3d } } } } }\n",
    );
    for strategy in Strategy::ALL {
        let told = |it: &Hunted| {
            let findings = it.findings.iter();
            let findings: Vec<_> = findings
                .map(|it| (it.id.clone(), it.run, it.runs, it.document.to_yaml()))
                .collect();
            (findings, it.progress, it.strategies.clone())
        };
        let (one, two) = (
            hunted(&prey, strategy, 3_000, 1),
            hunted(&prey, strategy, 3_000, 2),
        );
        assert_eq!(told(&one), told(&two), "{}", strategy.name());
    }
}

#[test]
fn where_nothing_can_go_wrong_nothing_is_found() {
    let prey =
        prey("chaos: { allow: [region-degraded, scm-throttled], lasts: { min: 1m, max: 1h } }\n");
    let found = hunted(&prey, Strategy::Mix, 4_096, 2);
    let ids: Vec<_> = found
        .findings
        .iter()
        .map(|it| it.document.to_yaml())
        .collect();
    assert!(ids.is_empty(), "{ids:#?}");
    assert_eq!(found.progress.violating, 0);
    assert!(found.progress.facts > 10_000 || found.progress.coverage > 0);
}

#[test]
fn known_failures_are_told_apart() {
    let slow = "procedure: { steps: { triage-ticket: { takes: 9d } } }
timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
chaos: { allow: [scm-throttled] }
";
    let open = hunted(&prey(slow), Strategy::Random, 200, 1);
    let causes = open
        .findings
        .iter()
        .flat_map(|it| it.also.iter().chain([&it.cause]));
    let failing: Vec<CheckId> = causes.map(|it| it.check).collect();
    assert!(failing.contains(&CheckId::NoOrphanedOrgs));
    let all: String = failing
        .iter()
        .map(|it| format!("  {}: {{ known-failure: slow }}\n", it.slug()))
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let known = hunted(
        &prey(&format!("{slow}expect:\n{all}")),
        Strategy::Random,
        200,
        1,
    );
    assert!(known.findings.is_empty());
    assert!(
        known
            .known
            .iter()
            .any(|it| it.check == CheckId::NoOrphanedOrgs && it.runs == 200)
    );
}

#[test]
fn guided_stops_when_coverage_stops_growing() {
    let prey = prey("chaos: { allow: [scm-throttled], at-most: 1 }\n");
    let found = hunted(&prey, Strategy::Guided, 200_000, 2);
    assert_eq!(found.stopped, Stopped::CoverageFlat);
    assert!(found.progress.runs < 200_000 && found.progress.coverage > 0);
}

#[test]
fn something_rare_now_and_then_does_not_keep_guided_going() {
    let text = "scenario: v1
title: Small
fleet: { connectors: { a: { region: westeurope, scm: github, orgs: 5 } } }
timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
";
    let document = Reader::default().document_text("a.yaml", text).unwrap();
    let prey = Prey::new(&Reader::default(), &document, "a.yaml").unwrap();
    let it = Hunt {
        ways: 0,
        ..usual(&prey, Strategy::Guided, 1_000_000, 2)
    };
    let found = hunt(&it, &Reader::default());
    assert_eq!(found.stopped, Stopped::CoverageFlat);
    assert!(found.progress.runs < 1_000_000);
}

#[test]
fn whoever_is_told_of_the_progress_may_stop_it() {
    let prey = prey("");
    let it = Hunt {
        prey: &prey,
        strategy: Strategy::Swarm,
        seed: 1,
        budget: Budget::UntilStopped,
        jobs: NonZeroUsize::MIN,
        ways: 1,
        progress: &|it| it.runs < 3_000,
        stop: &|_| false,
    };
    let found = hunt(&it, &Reader::default());
    assert_eq!(found.stopped, Stopped::Asked);
    assert!((3_000..10_000).contains(&found.progress.runs));
}

#[test]
fn a_hunt_that_is_stopped_within_a_batch_found_what_its_first_runs_find() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let prey = prey("defects: [promotes-both]\nchaos: { allow: [region, drift] }\n");
    let asked = AtomicU64::new(0);
    let stop = |phase: Phase| match phase {
        Phase::Running => asked.fetch_add(1, Ordering::Relaxed) >= 300,
        Phase::Shrinking => false,
    };
    let mut it = usual(&prey, Strategy::Mix, 100_000, 2);
    it.stop = &stop;
    let stopped = hunt(&it, &Reader::default());
    assert_eq!(stopped.stopped, Stopped::Asked);
    let runs = stopped.progress.runs;
    assert!(
        (2_300..2_500).contains(&runs),
        "within the second batch: {runs}"
    );
    let whole = hunted(&prey, Strategy::Mix, runs, 1);
    let told = |it: &Hunted| {
        let findings = it.findings.iter();
        let findings: Vec<_> = findings
            .map(|it| (it.run, it.runs, it.document.to_yaml()))
            .collect();
        (findings, it.progress, it.strategies.clone())
    };
    assert!(!whole.findings.is_empty());
    assert_eq!(told(&stopped), told(&whole));
}

#[test]
fn findings_that_nobody_waits_for_are_kept_as_large_as_they_are() {
    let prey = prey("defects: [promotes-both]\nchaos: { allow: [region, drift] }\n");
    let mut it = usual(&prey, Strategy::Random, 500, 1);
    it.stop = &|phase| phase == Phase::Shrinking;
    let found = hunt(&it, &Reader::default());
    assert_eq!(found.stopped, Stopped::Budget);
    assert!(!found.findings.is_empty());
    for finding in &found.findings {
        assert_eq!(finding.shrunk.why, WhyStopped::Asked);
        assert_eq!(finding.shrunk.tried, 0);
        // Nor is anything asked that nobody waits for.
        assert!(finding.shrunk.free.is_empty());
        let replayed = replay(
            &finding.scenario.plan,
            finding.cause.check,
            finding.trace_hash,
        );
        assert!(replayed.violated && !replayed.diverged());
    }
}
