//! The procedure, broken step by step.

use super::*;

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
