//! The hunt beside the plain use of `proptest` for the same search: the same fleet,
//! the same kinds of fault, the same planted bugs, each with its own shrinking.
//!
//! `cargo bench --bench against_proptest` prints a table: runs until found, seconds
//! until found and shrunk, and what is left. Medians over five seeds.

#![expect(
    clippy::disallowed_methods,
    reason = "a bench measures time; no run of a drill sees it"
)]

use lifeboat::checks::{CheckId, Verdict};
use lifeboat::drill::Drill;
use lifeboat::explore::{Budget, Hunt, Prey, Strategy as Way, hunt};
use lifeboat::scenario::defects::DEFECTS;
use lifeboat::scenario::document::leaf;
use lifeboat::scenario::{Reader, Scenario};
use lifeboat::testing::strategies::{
    ConnectorDraft, FaultDraft, FleetDraft, KINDS, ProcedureDraft, ScenarioDraft, faults,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use std::cell::Cell;
use std::num::NonZeroUsize;
use std::time::Instant;

/// A bug that shows without slips of people, and the check that sees it.
const SOUGHT: [(&str, CheckId); 7] = [
    ("claims-owned-orgs", CheckId::SingleOwner),
    ("claims-without-grant", CheckId::AuthorizedOwner),
    ("creates-in-lost-region", CheckId::SupportedRegionOnly),
    ("invents-records", CheckId::NoPhantomRecord),
    ("restarts-crashed-recreation", CheckId::NoDuplicateRecord),
    ("promotes-both", CheckId::OnePrimary),
    ("deletes-while-down", CheckId::SafeDelete),
];

const SEEDS: u64 = 5;
const RUNS_MAX: u32 = 20_000;
const SLIPS_FROM: usize = 22;

/// What one search came to.
#[derive(Clone, Copy, Default)]
struct Search {
    /// The run that found it; none found nothing.
    runs: Option<u64>,
    seconds: f64,
    connectors: usize,
    orgs: usize,
    faults: usize,
}

fn draft(bug: &str, timeline: Vec<FaultDraft>) -> ScenarioDraft {
    let connector = |(name, region, scm): (&str, usize, usize)| ConnectorDraft {
        name: name.to_owned(),
        id: None,
        region,
        scm,
        orgs: 5,
        auto_discovery: true,
    };
    let fleet = [
        ("alpha", 6, 0),
        ("bravo", 6, 1),
        ("charlie", 3, 2),
        ("delta", 2, 1),
    ];
    ScenarioDraft {
        fleet: FleetDraft {
            connectors: fleet.map(connector).to_vec(),
            per_org: [10, 50, 50, 20],
        },
        timeline,
        procedure: ProcedureDraft {
            newer: false,
            parameters: 0,
            triage_m: 240,
            operators: 0,
            support: 5,
            queue: 0,
            rota: 0,
        },
        defects: DEFECTS
            .iter()
            .position(|it| it.name == bug)
            .into_iter()
            .collect(),
        seed: 1,
    }
}

/// West Europe is lost for a day.
const LOST: FaultDraft = FaultDraft {
    at_m: 0,
    kind: 0,
    connector: 0,
    other: 6,
    lasts_m: 1_440,
    size: 0,
};

fn violates(scenario: &Scenario, check: CheckId) -> bool {
    let outcome = Drill::new(&scenario.plan).run();
    let mut all = outcome.judgements.iter();
    all.any(|it| it.check == check && it.verdict == Verdict::Violated)
}

fn by_proptest(bug: &str, check: CheckId, seed: u64) -> Search {
    let config = Config {
        cases: RUNS_MAX,
        failure_persistence: None,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let fault = faults().prop_map(|it| FaultDraft {
        kind: it.kind % SLIPS_FROM,
        ..it
    });
    let (runs, found) = (Cell::new(0), Cell::new(None));
    let started = Instant::now();
    let result = TestRunner::new_with_rng(config, rng).run(&vec(fault, 0..=4), |more| {
        runs.set(runs.get() + 1);
        let timeline = [LOST].into_iter().chain(more).collect();
        let scenario = draft(bug, timeline).read();
        if violates(&scenario, check) {
            found.set(found.get().or(Some(runs.get())));
            return Err(TestCaseError::fail("found"));
        }
        Ok(())
    });
    let left = match result {
        Err(TestError::Fail(_, timeline)) => timeline.len() + 1,
        _ => 0,
    };
    Search {
        runs: found.get(),
        seconds: started.elapsed().as_secs_f64(),
        connectors: 4,
        orgs: 20,
        faults: left,
    }
}

fn by_hunt(bug: &str, check: CheckId, seed: u64) -> Search {
    let reader = Reader::default();
    let mut document = reader
        .document_text("hunted.yaml", draft(bug, vec![LOST]).text())
        .expect("a drafted scenario is valid");
    for other in CheckId::ALL.iter().filter(|&&it| it != check) {
        document.set(&["expect", other.slug()], leaf("off"));
    }
    let prey = Prey::new(&reader, &document, "hunted.yaml").expect("it can be hunted");
    let started = Instant::now();
    let hunted = hunt(
        &Hunt {
            prey: &prey,
            strategy: Way::Mix,
            seed,
            budget: Budget::Runs(u64::from(RUNS_MAX)),
            jobs: NonZeroUsize::MIN,
            ways: 1,
            progress: &|it| it.violating == 0,
            stop: &|_| false,
        },
        &reader,
    );
    let seconds = started.elapsed().as_secs_f64();
    let Some(finding) = hunted.findings.first() else {
        return Search {
            seconds,
            ..Search::default()
        };
    };
    let plan = &finding.scenario.plan;
    Search {
        runs: Some(finding.run + 1),
        seconds,
        connectors: plan.fleet.connectors().len(),
        orgs: plan.fleet.orgs().len(),
        faults: plan.faults.len(),
    }
}

/// The search in the middle, by runs; what found nothing comes last.
fn median(mut all: Vec<Search>) -> Search {
    all.sort_by_key(|it| it.runs.unwrap_or(u64::MAX));
    let middle = all[all.len() / 2];
    let mut seconds: Vec<f64> = all.iter().map(|it| it.seconds).collect();
    seconds.sort_by(f64::total_cmp);
    Search {
        seconds: seconds[seconds.len() / 2],
        ..middle
    }
}

fn told(search: &Search) -> String {
    let runs = search
        .runs
        .map_or("not found".to_owned(), |it| it.to_string());
    let Search {
        seconds,
        connectors,
        orgs,
        faults,
        ..
    } = search;
    format!("{runs} | {seconds:.3} | {connectors} / {orgs} / {faults}")
}

fn main() {
    assert_eq!(
        KINDS[SLIPS_FROM], "wrong-resource-id",
        "slips are left out of both"
    );
    println!("| bug | hunt: runs | s | left | proptest: runs | s | left |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for (bug, check) in SOUGHT {
        let hunted = median((1..=SEEDS).map(|it| by_hunt(bug, check, it)).collect());
        let tested = median((1..=SEEDS).map(|it| by_proptest(bug, check, it)).collect());
        println!("| `{bug}` | {} | {} |", told(&hunted), told(&tested));
    }
}
