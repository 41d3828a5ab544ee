//! The odds: 100,000 runs of ten connectors with ten orgs each and uncertain times, with
//! all checks, measures and statistics, on one thread and on two.
//!
//! `cargo bench --bench odds`; SimPy beside it is in `benches/peers`
//! (`cargo run --release --bin odds`).

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use lifeboat::explore::odds::{AtOnce, Sample, sample};
use lifeboat::scenario::{Reader, Scenario};
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::Duration;

const RUNS: u64 = 100_000;

/// What is uncertain is when people and support are done, and when the region is back; the
/// fleet is certain, or drawn anew in every run: how old each of its 5,000 alerts is.
fn scenario(alerts: &str) -> Scenario {
    let connector =
        |at| format!("    c{at}: {{ region: westeurope, scm: azure-devops, orgs: 10 }}\n");
    let connectors: String = (0..10).map(connector).collect();
    let text = format!(
        "scenario: v1
title: the odds of the reference drill
fleet:
  defaults: {{ alerts: {alerts} }}
  connectors:
{connectors}timeline:
  - at: T+0
    fault: {{ region-outage: {{ region: westeurope, lasts: {{ uniform: {{ min: 24h, max: 96h }} }} }} }}
procedure:
  steps:
    detect: {{ takes: {{ lognormal: {{ p50: 15m, p95: 1h }} }} }}
    decide: {{ takes: {{ pert: {{ min: 10m, mode: 30m, max: 4h }} }} }}
    create-connector: {{ takes: {{ pert: {{ min: 5m, mode: 15m, max: 1h }} }} }}
    authorize: {{ takes: {{ uniform: {{ min: 5m, max: 30m }} }} }}
    triage-ticket: {{ takes: {{ lognormal: {{ p50: 4h, p95: 2d }} }} }}
    release-ownership: {{ takes: {{ exponential: {{ mean: 1m }} }} }}
    recreate-annotations: {{ takes: {{ pert: {{ min: 1m, mode: 2m, max: 10m }} }} }}
"
    );
    Reader::default()
        .read_text("odds", text)
        .expect("the scenario is valid")
}

fn odds(criterion: &mut Criterion) {
    for (name, alerts) in [
        ("a fleet that is certain", "{ count: 50, age: 3d }"),
        ("a fleet that is drawn", "50"),
    ] {
        let scenario = scenario(alerts);
        let mut group = criterion.benchmark_group(name);
        group
            .throughput(Throughput::Elements(RUNS))
            .sample_size(10)
            .sampling_mode(SamplingMode::Flat)
            .measurement_time(Duration::from_secs(60));
        for jobs in [1, 2] {
            let asked = Sample {
                plan: &scenario.plan,
                seed: 1,
                runs: 0..RUNS,
                jobs: NonZeroUsize::new(jobs).expect("at least one"),
                rows: false,
            };
            group.bench_function(format!("100,000 runs, threads: {jobs}"), |bencher| {
                bencher.iter(|| black_box(sample(&asked, &AtOnce)));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, odds);
criterion_main!(benches);
