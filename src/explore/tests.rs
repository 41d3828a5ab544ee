//! Hunts, end to end.

use std::num::NonZeroUsize;

use super::*;
use crate::checks::CheckId;
use crate::model::fact::FactKind;
use crate::scenario::Reader;
use crate::scenario::document::Document;

const FLEET: &str = "scenario: v1
title: Hunted
fleet:
  connectors:
    ado: { region: westeurope, scm: azure-devops, orgs: 3 }
    payments: { region: westeurope, scm: github, orgs: 3 }
    web: { region: eastus, scm: gitlab, orgs: 2 }
";

fn document(more: &str) -> Document {
    let text = format!("{FLEET}{more}");
    Reader::default()
        .document_text("hunted.yaml", &text)
        .unwrap_or_else(|it| panic!("{text}{}", it.render(Default::default())))
}

fn prey(more: &str) -> Prey {
    Prey::new(&Reader::default(), &document(more), "hunted.yaml")
        .unwrap_or_else(|it| panic!("{more}{}", it.render(Default::default())))
}

fn usual(prey: &Prey, strategy: Strategy, runs: u64, jobs: usize) -> Hunt<'_> {
    Hunt {
        prey,
        strategy,
        seed: 7,
        budget: Budget::Runs(runs),
        jobs: NonZeroUsize::new(jobs).unwrap(),
        ways: 2,
        progress: &|_| true,
        stop: &|_| false,
    }
}

fn hunted(prey: &Prey, strategy: Strategy, runs: u64, jobs: usize) -> Hunted {
    hunt(&usual(prey, strategy, runs, jobs), &Reader::default())
}

#[test]
fn a_planted_bug_is_found_small_and_shows_itself_again() {
    let prey = prey("defects: [promotes-both]\nchaos: { allow: [region, drift] }\n");
    let found = hunted(&prey, Strategy::Mix, 4_096, 2);
    let finding = found
        .findings
        .iter()
        .find(|it| it.cause.check == CheckId::OnePrimary);
    let finding = finding.unwrap_or_else(|| {
        panic!(
            "{:?}",
            found.findings.iter().map(|it| &it.id).collect::<Vec<_>>()
        )
    });
    let text = finding.document.to_yaml();
    let read = Reader::default().read_text("a.yaml", &text).unwrap();
    assert!(read.warnings.is_empty(), "{text}");
    let replayed = replay(&read.plan, finding.cause.check, finding.trace_hash);
    assert!(replayed.violated && !replayed.diverged(), "{text}");
    assert!(read.plan.fleet.connectors().len() <= 2, "{text}");
    assert!(read.plan.fleet.orgs().len() <= 3, "{text}");
    assert!(read.plan.faults.len() <= 2, "{text}");
    assert_eq!(finding.shrunk.why, WhyStopped::Smallest);
}

#[test]
fn one_scenario_is_one_finding_whatever_it_violates() {
    let prey = prey(
        "timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
chaos: { allow: [lookup, authorizer-absent] }
expect: { no-orphaned-orgs: { within: 6d } }
",
    );
    let found = hunted(&prey, Strategy::Mix, 2_048, 2);
    let mut seen = std::collections::BTreeSet::new();
    let mut most = 0;
    for finding in &found.findings {
        let mut document = finding.document.clone();
        for key in ["title", "id", "expect"] {
            document.remove(&[key]);
        }
        assert!(seen.insert(document.to_yaml()), "{}", document.to_yaml());
        // It violates what it says, read again from its file, and nothing else.
        let text = finding.document.to_yaml();
        let read = Reader::default().read_text("a.yaml", &text).unwrap();
        let outcome = crate::drill::Drill::new(&read.plan).run();
        let mut told = vec![finding.cause];
        told.extend(&finding.also);
        told.sort_unstable();
        let mut shown: Vec<Cause> = Cause::all(&outcome).collect();
        shown.sort_unstable();
        assert_eq!(told, shown, "{text}");
        assert_eq!(outcome.trace_hash, finding.trace_hash);
        most = most.max(finding.also.len());
    }
    assert!(most >= 4, "an orphaned org lacks everything: {most}");
    assert!(found.as_it_stands.is_empty());
}

#[test]
fn ways_that_are_not_made_small_are_counted() {
    let prey = prey(
        "timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]\n",
    );
    let of = |ways| {
        let it = Hunt {
            ways,
            ..usual(&prey, Strategy::Mix, 1_024, 2)
        };
        hunt(&it, &Reader::default())
    };
    let (none, one, all) = (of(0), of(1), of(usize::MAX));
    assert!(none.findings.is_empty() && none.left_out > one.left_out);
    assert!(one.left_out > 0);
    assert!(all.findings.len() > one.findings.len());
    assert_eq!(all.left_out, 0);
}

#[test]
fn what_fails_as_it_stands_is_told_apart_and_first() {
    let prey = prey(
        "procedure: { steps: { triage-ticket: { takes: 9d } } }
timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
chaos: { allow: [scm-throttled, ticket-lost, lookup] }
",
    );
    let found = hunted(&prey, Strategy::Mix, 1_024, 2);
    assert!(found.as_it_stands.contains(&CheckId::NoOrphanedOrgs));
    let thrown = |it: &Finding| it.run != 0;
    assert!(!thrown(&found.findings[0]) && found.findings.is_sorted_by_key(thrown));
}

#[test]
fn a_run_is_the_same_written_down() {
    // Many faults at one instant, an org that appears among them: their order counts.
    let prey = prey(
        "timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
chaos: { allow: [org-created, authorizer-absent, region-flap], at-most: 4, from: T+0, to: T+1h }
",
    );
    let slots = super::draw::Slots::new(&prey);
    let corpus = super::strategy::Corpus::default();
    let mut late = 0;
    for run in 1..300 {
        let input = Input::of(Strategy::Random, &prey, &slots, &corpus, 7, run);
        let mut document = prey.document.clone();
        for fault in &input.faults {
            let event = Document::event(&prey.directory, &prey.plan, fault);
            document.push(&["timeline"], event);
        }
        document.set(
            &["seed"],
            crate::scenario::document::leaf(format!("{:#x}", input.luck)),
        );
        let written = Reader::default()
            .compile(&document, "written.yaml")
            .unwrap();
        let verdicts = |it: crate::drill::Outcome| -> Vec<_> {
            it.judgements
                .iter()
                .map(|it| (it.check, it.verdict))
                .collect()
        };
        let hunted = verdicts(super::lineup::drill(&prey, &input).run());
        late += usize::from(
            hunted.contains(&(CheckId::LateOrgsCovered, crate::checks::Verdict::Violated)),
        );
        let again = verdicts(crate::drill::Drill::new(&written.plan).run());
        assert_eq!(hunted, again, "run {run}\n{}", document.to_yaml());
    }
    assert!(late > 0, "an org appears late in some run");
}

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
        let replayed = replay(
            &finding.scenario.plan,
            finding.cause.check,
            finding.trace_hash,
        );
        assert!(replayed.violated && !replayed.diverged());
    }
}

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

#[test]
fn a_step_that_matters_is_noticed_when_it_is_gone() {
    let day = document(
        "timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]\n",
    );
    let of = |jobs, stop: &(dyn Fn() -> bool + Sync)| {
        let jobs = NonZeroUsize::new(jobs).unwrap();
        mutants(&Reader::default(), &day, "a.yaml", (1, 50), jobs, stop).unwrap()
    };
    let Mutants {
        all,
        left,
        as_it_stands,
    } = of(2, &|| false);
    assert_eq!((left, &as_it_stands[..]), (0, &[][..]));
    // Stopped on the way, the first were tried.
    let asked = std::sync::atomic::AtomicU64::new(0);
    let enough = || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > 500;
    let some = of(1, &enough);
    assert!(some.left > 0 && !some.all.is_empty());
    assert_eq!(some.all, all[..some.all.len()]);
    assert_eq!(some.all.len() + some.left, all.len());
    let of = |step: &str, mutation| {
        let it = all
            .iter()
            .find(|it| &*it.step == step && it.mutation == mutation);
        &it.unwrap().noticed
    };
    assert!(matches!(
        of("recreate-records", Mutation::Dropped),
        Noticed::By(_)
    ));
    assert!(matches!(
        of("recreate-annotations", Mutation::Dropped),
        Noticed::By(_)
    ));
    assert!(all.iter().any(|it| it.noticed == Noticed::Not));
}

/// What merely comes at another time is violated in other runs, and in no more of them:
/// that is no notice. What fails with nothing broken is told apart.
#[test]
fn a_notice_is_more_than_a_shift_in_time() {
    let text =
        "timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
procedure: { steps: { triage-ticket: { takes: 9d } } }
";
    let one = NonZeroUsize::MIN;
    let reader = Reader::default();
    let Mutants {
        as_it_stands, all, ..
    } = mutants(&reader, &document(text), "a.yaml", (1, 200), one, &|| false).unwrap();
    assert!(as_it_stands.contains(&CheckId::AlertsRestoredInTime));
    for it in &all {
        if let Noticed::By(by) = &it.noticed {
            assert!(by.iter().all(|it| it.more > it.fewer), "{it:?}");
        }
        if let Noticed::Impossible(why) = &it.noticed {
            assert!(!why.is_empty(), "{it:?}");
        }
    }
    let decide = |it: &&Mutant| &*it.step == "decide" && it.mutation == Mutation::Dropped;
    assert_eq!(all.iter().find(decide).unwrap().noticed, Noticed::Not);
}
