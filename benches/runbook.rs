//! A whole recovery by a team's own async code, in process: 10 connectors × 10 orgs,
//! each connector by a task of its own, every fact recorded, all checks, measures and
//! the trace hash, on one thread.
//!
//! `cargo bench --bench runbook`; recoveries a second are criterion's `elem/s`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use lifeboat::runbook::{
    CallError, Connector, ControlPlane, NewTicket, Onboards, Runbook, Simulated,
};
use lifeboat::scenario::Reader;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;
use tokio::time::sleep;

fn fleet() -> String {
    let mut text = "scenario: v1\ntitle: fleet-s\nfleet:\n  connectors:\n".to_owned();
    for at in 0..10 {
        let _ = writeln!(
            text,
            "    c{at}: {{ region: westeurope, scm: azure-devops, orgs: 10 }}"
        );
    }
    text + "timeline:\n  - at: T+0\n    fault: { region-outage: { region: westeurope, lasts: 48h } }\n"
}

async fn one(plane: Simulated, old: Connector) -> Result<(), CallError> {
    let new = old.replacement(&format!("{}-north", old.id.name), "northeurope");
    let id = new.id.clone();
    plane.create_connector(new).await?;
    plane.configure(&id, Onboards::everything(), true).await?;
    let ticket = NewTicket::release_all(&old.id.name, &old.id).to(&id);
    plane.open_ticket(ticket).await?;
    loop {
        let orgs = plane.orgs(&id).await?;
        for org in orgs.iter().filter(|it| it.visible && !it.annotated) {
            plane.annotate(&id, &org.name).await?;
        }
        if orgs.iter().all(|it| it.visible && it.annotated) {
            break;
        }
        sleep(Duration::from_secs(1800)).await;
    }
    while plane.connector(&old.id).await.is_err() {
        sleep(Duration::from_secs(3600)).await;
    }
    sleep(Duration::from_secs(7200)).await;
    plane.delete_connector(&old.id).await
}

async fn all(plane: Simulated) -> Result<(), CallError> {
    sleep(Duration::from_secs(900)).await;
    let mut tasks = tokio::task::JoinSet::new();
    for old in plane.connectors().await? {
        tasks.spawn(one(plane.clone(), old));
    }
    while let Some(done) = tasks.join_next().await {
        done.map_err(|it| CallError::Other(it.into()))??;
    }
    Ok(())
}

fn recoveries(criterion: &mut Criterion) {
    let read = Reader::default().read_text("fleet-s.yaml", fleet());
    let runbook = Runbook::new(read.expect("the scenario is valid")).once();
    let first = runbook.run(all).expect("it can be run").expect_pass();
    println!(
        "{} calls, {} facts",
        first.calls.len(),
        first.ran.outcome.facts
    );
    let mut group = criterion.benchmark_group("runbook");
    group.throughput(Throughput::Elements(1)).sample_size(50);
    group.bench_function("fleet-s", |bencher| {
        bencher.iter(|| black_box(runbook.run(all).expect("it can be run").trace_hash()));
    });
    group.finish();
}

criterion_group!(benches, recoveries);
criterion_main!(benches);
