//! Hunted runs, whole: faults drawn, the drill, all checks, all measures, the trace
//! hash, the tally by cause; on a fleet of 4 connectors × 5 orgs, on one thread and
//! on two. Nothing is shrunk here: that is bounded by what is found, not by runs.
//!
//! `cargo bench --bench hunted`; runs a second are criterion's `elem/s`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use lifeboat::explore::{Budget, Hunt, Prey, Strategy, hunt};
use lifeboat::scenario::Reader;
use std::hint::black_box;
use std::num::NonZeroUsize;

const FLEET: &str = "
scenario: v1
title: four connectors of five orgs
fleet:
  connectors:
    alpha: { region: westeurope, scm: azure-devops, orgs: 5 }
    bravo: { region: westeurope, scm: github, orgs: 5 }
    charlie: { region: northeurope, scm: gitlab, orgs: 5 }
    delta: { region: eastus, scm: github, orgs: 5 }
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 26h } }
";

const RUNS: u64 = 16_384;

fn runs(criterion: &mut Criterion) {
    let reader = Reader::default();
    let document = reader
        .document_text("hunted.yaml", FLEET)
        .expect("the scenario is valid");
    let prey = Prey::new(&reader, &document, "hunted.yaml").expect("it can be hunted");
    let mut group = criterion.benchmark_group("hunted runs");
    group.throughput(Throughput::Elements(RUNS)).sample_size(10);
    for strategy in Strategy::ALL {
        for jobs in [1, 2] {
            let jobs = NonZeroUsize::new(jobs).expect("it is not zero");
            let name = format!("{}, {jobs} threads", strategy.name());
            group.bench_function(name, |bencher| {
                bencher.iter(|| {
                    let hunted = hunt(
                        &Hunt {
                            prey: &prey,
                            strategy,
                            seed: 1,
                            budget: Budget::Runs(RUNS),
                            jobs,
                            ways: 0,
                            progress: &|_| true,
                            stop: &|_| false,
                        },
                        &reader,
                    );
                    black_box(hunted.progress.runs)
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, runs);
criterion_main!(benches);
