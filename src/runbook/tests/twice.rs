//! Two runs of the same code: the same, or told apart.

use super::*;

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
