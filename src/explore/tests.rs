//! Hunts, end to end.

use std::num::NonZeroUsize;

use super::*;
use crate::checks::CheckId;
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

fn hunted(prey: &Prey, strategy: Strategy, runs: u64, jobs: usize) -> Hunted {
    let it = Hunt {
        prey,
        strategy,
        seed: 7,
        budget: Budget::Runs(runs),
        jobs: NonZeroUsize::new(jobs).unwrap(),
        ways: 2,
        progress: &|_| true,
    };
    hunt(&it, &Reader::default())
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
        let hunted = verdicts(super::hunt::drill(&prey, &input).run());
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
    assert!(
        open.findings
            .iter()
            .any(|it| it.cause.check == CheckId::NoOrphanedOrgs)
    );
    let all: String = open
        .findings
        .iter()
        .map(|it| format!("  {}: {{ known-failure: slow }}\n", it.cause.check.slug()))
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
    };
    let found = hunt(&it, &Reader::default());
    assert_eq!(found.stopped, Stopped::Asked);
    assert!((3_000..10_000).contains(&found.progress.runs));
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

#[test]
fn a_step_that_matters_is_noticed_when_it_is_gone() {
    let day = document(
        "timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]\n",
    );
    let all = mutants(&Reader::default(), &day, "a.yaml", 1, 50).unwrap();
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
