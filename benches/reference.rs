//! The reference drill, whole: every connector of the fleet lost at T+0, the
//! region back at 48 h, run to the old connectors' deletion, with all checks,
//! measures and the trace hash. `fleet-l` includes the making of its columns.
//!
//! `cargo bench --bench reference`; the peers are in `benches/peers`.

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use lifeboat::drill::{Drill, Rig};
use lifeboat::scenario::{Reader, Scenario};
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

/// A fleet of the reference drill.
struct Fleet {
    name: &'static str,
    connectors: usize,
    orgs: usize,
    alerts: usize,
}

const SMALL: Fleet = Fleet {
    name: "fleet-s",
    connectors: 10,
    orgs: 10,
    alerts: 50,
};
const MEDIUM: Fleet = Fleet {
    name: "fleet-m",
    connectors: 1_000,
    orgs: 100,
    alerts: 100,
};
const LARGE: Fleet = Fleet {
    name: "fleet-l",
    connectors: 10_000,
    orgs: 100,
    alerts: 100,
};

impl Fleet {
    fn text(&self) -> String {
        let mut text = format!(
            "scenario: v1\ntitle: the reference drill\nfleet:\n  defaults: {{ alerts: {} }}\n  connectors:\n",
            self.alerts
        );
        for at in 0..self.connectors {
            let _ = writeln!(
                text,
                "    c{at:05}: {{ region: westeurope, scm: azure-devops, orgs: {} }}",
                self.orgs
            );
        }
        text + "timeline:\n  - at: T+0\n    fault: { region-outage: { region: westeurope, lasts: 48h } }\n"
    }

    fn read(&self) -> Scenario {
        Reader::default()
            .read_text(self.name, self.text())
            .expect("the reference drill is valid")
    }
}

fn again(criterion: &mut Criterion) {
    for fleet in [SMALL, MEDIUM] {
        let scenario = fleet.read();
        let drill = Drill::new(&scenario.plan);
        let mut rig = Rig::new(&scenario.plan);
        let facts = rig.run(&drill).facts;
        let mut group = criterion.benchmark_group(fleet.name);
        group.throughput(Throughput::Elements(facts));
        if fleet.connectors > 10 {
            group
                .sample_size(10)
                .sampling_mode(SamplingMode::Flat)
                .measurement_time(Duration::from_secs(20));
        }
        group.bench_function("drill", |bencher| {
            bencher.iter(|| black_box(rig.run(&drill).trace_hash));
        });
        group.finish();
    }
}

fn from_nothing(criterion: &mut Criterion) {
    let facts = Drill::new(&LARGE.read().plan).run().facts;
    let mut group = criterion.benchmark_group(LARGE.name);
    group.throughput(Throughput::Elements(facts));
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .measurement_time(Duration::from_secs(120));
    group.bench_function("read, lay down and drill", |bencher| {
        bencher.iter(|| black_box(Drill::new(&LARGE.read().plan).run()));
    });
    group.finish();
}

criterion_group!(benches, again, from_nothing);
criterion_main!(benches);
