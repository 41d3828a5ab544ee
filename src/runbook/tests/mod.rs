//! A team's own code, drilled: how it ends, and what is said of it.

mod client;
mod twice;

use super::*;
use crate::checks::{CheckId, Verdict};
use crate::report::ScenarioVerdict;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::time::{sleep, timeout};

const DAY: &str = "
scenario: v1
title: West Europe is lost for a day
fleet:
  connectors:
    boards:   { region: westeurope, scm: azure-devops, orgs: 3 }
    payments: { region: westeurope, scm: github, orgs: 4 }
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 30h } }
";

fn drill(text: &str) -> Runbook {
    let read = Reader::default().read_text("day.yaml", text);
    Runbook::new(read.expect("the scenario is valid"))
}

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

/// A whole recovery of one connector.
async fn one(plane: impl ControlPlane, old: Connector) -> Result<(), CallError> {
    let new = old.replacement(&format!("{}-north", old.id.name), "northeurope");
    let id = new.id.clone();
    plane.create_connector(new).await?;
    plane.configure(&id, Onboards::everything(), true).await?;
    let case = format!("CASE-{}", old.id.name);
    let ticket = NewTicket::release_all(&case, &old.id).to(&id);
    plane.open_ticket(ticket).await?;
    loop {
        let orgs = plane.orgs(&id).await?;
        for org in orgs.iter().filter(|it| it.visible && !it.annotated) {
            // GitHub has none.
            let _ = plane.annotate(&id, &org.name).await;
        }
        if orgs.iter().all(|it| it.visible) {
            break;
        }
        sleep(10 * MINUTE).await;
    }
    while plane.connector(&old.id).await.is_err() {
        sleep(HOUR).await;
    }
    sleep(HOUR).await;
    plane.delete_connector(&old.id).await
}

/// All of them, side by side.
async fn all(plane: Simulated) -> Result<(), CallError> {
    sleep(15 * MINUTE).await;
    let mut tasks = tokio::task::JoinSet::new();
    for old in plane.connectors().await? {
        tasks.spawn(one(plane.clone(), old));
    }
    while let Some(done) = tasks.join_next().await {
        done.map_err(|it| CallError::Other(it.into()))??;
    }
    Ok(())
}

#[test]
fn a_recovery_of_ones_own_is_judged_like_the_written_one() {
    let recovered = drill(DAY).run(all).expect("it can be run").expect_pass();
    assert_eq!(recovered.ended, Ended::Returned);
    assert_eq!(
        recovered.check(CheckId::NoOrphanedOrgs),
        Some(Verdict::Held)
    );
    assert_eq!(recovered.check(CheckId::Settled), Some(Verdict::Held));
    assert_eq!(
        recovered.check(CheckId::OldConnectorRetired),
        Some(Verdict::Held)
    );
    let again = drill(DAY).once().run(all).expect("it can be run");
    assert_eq!(again.trace_hash(), recovered.trace_hash());
    assert_eq!(again.calls, recovered.calls);
}

#[test]
fn who_does_nothing_recovers_nothing() {
    let recovered = drill(DAY).run(async |_| {}).expect("it can be run");
    assert!(!recovered.passes());
    assert_eq!(recovered.verdict(), ScenarioVerdict::Fail);
    let _ = recovered.expect_violated(CheckId::NoOrphanedOrgs);
}

#[test]
fn an_error_and_a_panic_are_the_codes_own() {
    let failed = drill(DAY).run(async |plane: Simulated| {
        plane
            .delete_connector(&plane.connectors().await?[0].id.named("none"))
            .await
    });
    let failed = failed.expect("it can be run");
    assert_eq!(
        failed.ended,
        Ended::Failed("connector none does not exist".to_owned())
    );
    let panicked = drill(DAY).run(async |_: Simulated| {
        sleep(HOUR).await;
        let none: Option<u32> = None;
        assert_eq!(none, Some(1), "no target");
    });
    let panicked = panicked.expect("it can be run");
    assert!(matches!(&panicked.ended, Ended::Panicked(words) if words.contains("no target")));
    assert_eq!(panicked.ended_at, "T+1h".parse().expect("an instant"));
    assert!(panicked.face().contains("it panicked"));
}

#[test]
fn what_never_returns_ends_with_the_drill() {
    let waits = drill(DAY).run(async |_: Simulated| std::future::pending::<()>().await);
    let waits = waits.expect("it can be run");
    assert_eq!(waits.ended, Ended::Unfinished);
    assert_eq!(waits.ended_at, waits.ran.outcome.end);
    assert!(!waits.passes());
}

#[test]
fn what_spins_is_named() {
    let calls = drill(DAY)
        .calls_per_instant(50)
        .run(async |plane: Simulated| {
            sleep(HOUR).await;
            while plane.ticket("CASE-7").await.is_err() {}
        });
    let calls = calls.expect("it can be run");
    let Ended::Spinning { call, calls } = &calls.ended else {
        panic!("{}", calls.ended)
    };
    assert_eq!(
        (call.call, call.about.as_str(), *calls),
        ("ticket", "CASE-7", 51)
    );
    let yields = drill(DAY).run(async |_: Simulated| {
        while std::hint::black_box(true) {
            tokio::task::yield_now().await;
        }
    });
    assert!(matches!(
        yields.expect("it can be run").ended,
        Ended::Yielding { .. }
    ));
}

#[test]
fn what_blocks_its_thread_is_given_up() {
    let patience = Duration::from_millis(200);
    let stuck = drill(DAY).patience(patience).run(async |plane: Simulated| {
        let _ = plane.inventory().await;
        std::thread::sleep(Duration::from_secs(600));
    });
    let Err(RunbookError::Stuck { last: Some(last) }) = stuck else {
        panic!("{stuck:?}")
    };
    assert_eq!(last.call, "inventory");
}

#[test]
fn spawned_work_ends_with_the_code() {
    let recovered = drill(DAY).run(async |plane: Simulated| {
        tokio::spawn(async move {
            sleep(HOUR).await;
            let _ = plane.inventory().await;
        });
    });
    let recovered = recovered.expect("it can be run");
    assert_eq!(
        (recovered.ended, recovered.calls),
        (Ended::Returned, Vec::new())
    );
}

#[test]
fn who_says_that_it_failed_passes_nothing() {
    let failed = drill(DAY).run(async |plane| {
        all(plane).await?;
        Err(CallError::Invalid("a last look found something".to_owned()))
    });
    let failed = failed.expect("it can be run");
    assert_eq!(failed.verdict(), ScenarioVerdict::Pass);
    assert!(!failed.passes());
}

#[test]
fn what_is_done_at_another_instant_counts_anew() {
    let calls = drill(DAY)
        .calls_per_instant(50)
        .run(async |plane: Simulated| {
            // By somebody else, so that the code itself is asleep meanwhile.
            let calls = async move {
                for _ in 0..3 {
                    sleep(HOUR).await;
                    for _ in 0..50 {
                        let _ = plane.inventory().await;
                    }
                }
            };
            let _ = tokio::spawn(calls).await;
        });
    let calls = calls.expect("it can be run");
    assert_eq!((calls.ended, calls.calls.len()), (Ended::Returned, 150));
    let turns = drill(DAY).once().run(async |_: Simulated| {
        for _ in 0..1_000_001 {
            sleep(Duration::from_millis(1)).await;
        }
    });
    assert_eq!(turns.expect("it can be run").ended, Ended::Returned);
}

#[test]
fn who_moves_the_clock_past_the_end_ends_with_the_drill() {
    let moved = drill(DAY).run(async |_: Simulated| tokio::time::advance(10_000 * HOUR).await);
    let moved = moved.expect("it can be run");
    assert_eq!(moved.ended_at, moved.ran.outcome.end);
}

#[test]
fn who_takes_long_and_gets_on_is_waited_for() {
    let patience = Duration::from_millis(600);
    let slow = drill(DAY)
        .once()
        .patience(patience)
        .run(async |plane: Simulated| {
            for _ in 0..8 {
                let _ = plane.inventory().await;
                std::thread::sleep(Duration::from_millis(100));
            }
        });
    assert_eq!(slow.expect("it gets on").ended, Ended::Returned);
}
