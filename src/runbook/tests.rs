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
fn two_runs_that_differ_are_told_apart() {
    let times = AtomicU32::new(0);
    let differs = drill(DAY).run(move |plane: Simulated| {
        let hours = times.fetch_add(1, Ordering::Relaxed) + 1;
        async move {
            sleep(HOUR * hours).await;
            plane.connectors().await.map(|_| ())
        }
    });
    let Err(RunbookError::Diverged {
        place: 0,
        first,
        second,
    }) = differs
    else {
        panic!("{differs:?}")
    };
    assert_eq!(first, "`connectors` at T+1h");
    assert_eq!(second, "`connectors` at T+2h");
}

#[test]
fn a_dropped_call_has_asked_all_the_same() {
    let recovered = drill(DAY).run(async |plane: Simulated| {
        sleep(HOUR).await;
        let old = plane.connectors().await?.remove(0);
        let new = old.replacement("late", "uksouth");
        let id = new.id.clone();
        plane.create_connector(new).await?;
        let all = Onboards::everything();
        // The operation takes half a minute: nobody waits for it.
        let short = timeout(Duration::from_secs(1), plane.configure(&id, all, true)).await;
        assert!(short.is_err());
        assert!(plane.settings(&id).await.is_err());
        sleep(MINUTE).await;
        plane
            .settings(&id)
            .await
            .map(|it| assert!(it.auto_discovery))
    });
    assert_eq!(recovered.expect("it can be run").ended, Ended::Returned);
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

/// Calls in an order that a `select!` draws.
async fn drawn(plane: Simulated) {
    for _ in 0..100 {
        let call = tokio::select! {
            () = std::future::ready(()) => "connectors",
            () = std::future::ready(()) => "inventory",
        };
        let _ = match call {
            "connectors" => plane.connectors().await,
            _ => plane.inventory().await,
        };
    }
}

#[test]
fn what_tokio_draws_is_seeded_where_it_can_be_and_found_out_where_not() {
    let run = |seed: u64| drill(&format!("{DAY}seed: {seed}\n")).run(drawn);
    if cfg!(tokio_unstable) {
        let calls = |seed| run(seed).expect("both runs draw the same").calls;
        assert_eq!(calls(1), calls(1));
        assert_ne!(calls(1), calls(2));
    } else {
        let drawn = run(1);
        assert!(
            matches!(drawn, Err(RunbookError::Diverged { .. })),
            "{drawn:?}"
        );
    }
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
fn the_same_calls_with_other_settings_are_no_same_run() {
    let times = AtomicU32::new(0);
    let differs = drill(DAY).run(move |plane: Simulated| {
        let auto_discovery = times.fetch_add(1, Ordering::Relaxed) == 0;
        async move {
            sleep(HOUR).await;
            let new = plane.connectors().await?[0].replacement("north", "northeurope");
            plane.create_connector(new.clone()).await?;
            let listed = Vec::new();
            let onboards = Onboards {
                auto_discovery,
                listed,
            };
            plane.configure(&new.id, onboards, true).await
        }
    });
    assert!(matches!(differs, Err(RunbookError::Diverged { .. })));
}

#[test]
fn the_same_calls_with_another_end_are_no_same_run() {
    let times = AtomicU32::new(0);
    let differs = drill(DAY).run(move |_: Simulated| {
        let try_ = times.fetch_add(1, Ordering::Relaxed);
        async move { Err(CallError::Invalid(format!("try {try_}"))) }
    });
    let Err(RunbookError::Diverged { first, second, .. }) = differs else {
        panic!("{differs:?}")
    };
    assert!(first.contains("try 0") && second.contains("try 1"));
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
fn a_replacement_of_another_kind_is_refused() {
    let refused = drill(DAY).run(async |plane: Simulated| {
        sleep(HOUR).await;
        let mut new = plane.connectors().await?[0].replacement("north", "northeurope");
        new.scm = crate::model::fleet::Scm::GitLab;
        plane.create_connector(new).await
    });
    let Ended::Failed(words) = refused.expect("it can be run").ended else {
        panic!("it was created")
    };
    assert!(words.contains("of another kind"), "{words}");
}

#[test]
fn what_the_client_shows_is_what_there_is() {
    let seen = drill(DAY).run(async |plane: Simulated| {
        sleep(HOUR).await;
        let old = plane.connectors().await?.remove(0);
        let new = old.replacement("north", "northeurope");
        plane.create_connector(new.clone()).await?;
        let mut onboards = Onboards {
            auto_discovery: false,
            listed: vec!["boards-02".to_owned(), "boards-09".to_owned()],
        };
        let unknown = plane.configure(&new.id, onboards.clone(), true).await;
        assert!(matches!(unknown, Err(CallError::NotFound(_))));
        onboards.listed.truncate(1);
        plane.configure(&new.id, onboards.clone(), true).await?;
        assert_eq!(plane.settings(&new.id).await?, onboards);
        let orgs = plane.orgs(&new.id).await?;
        let seen: Vec<_> = orgs.iter().map(|it| (&*it.name, it.onboarded)).collect();
        assert_eq!(seen, [("boards-02", Onboarded::Elsewhere)]);
        let nobody = NewTicket::release_all("CASE-1", &old.id.named("nobody")).to(&new.id);
        assert_eq!(nobody.new.as_ref(), Some(&new.id));
        plane.open_ticket(nobody).await?;
        plane
            .open_ticket(NewTicket::release_all("CASE-2", &old.id))
            .await?;
        assert_eq!(plane.ticket("CASE-1").await?, TicketState::Open);
        sleep(5 * HOUR).await;
        assert_eq!(plane.ticket("CASE-1").await?, TicketState::Rejected);
        assert_eq!(plane.ticket("CASE-2").await?, TicketState::Closed);
        let orgs = plane.available_orgs(&new.id).await?;
        let seen: Vec<_> = orgs.iter().map(|it| it.onboarded).collect();
        let (here, nowhere) = (Onboarded::Here, Onboarded::Nowhere);
        assert_eq!(seen, [nowhere, here, nowhere]);
        Ok::<(), CallError>(())
    });
    assert_eq!(seen.expect("it can be run").ended, Ended::Returned);
}

#[test]
fn what_may_pass_is_told_from_what_will_not() {
    let retry_after = MINUTE;
    assert!(CallError::Throttled { retry_after }.may_pass());
    assert!(CallError::Unavailable(String::new()).may_pass());
    assert!(!CallError::Refused(String::new()).may_pass());
    assert!(!CallError::Over.may_pass());
}
