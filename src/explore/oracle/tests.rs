//! The oracle's own parts; the whole is in `tests/oracle.rs`.

use super::*;
use crate::scenario::defects::DEFECTS;

fn oracle(runs: u64, jobs: usize) -> Oracle {
    Oracle::new(Trial {
        runs,
        seeds: 2,
        seed: 1,
        jobs: NonZeroUsize::new(jobs).unwrap(),
    })
    .unwrap_or_else(|it| panic!("{}", it.render(Default::default())))
}

#[test]
fn bugs_change_no_fleet_so_that_runs_can_be_compared() {
    let oracle = oracle(1, 1);
    for defect in DEFECTS {
        let preys = preys(&oracle.reader, &oracle.bases, Some(defect))
            .unwrap_or_else(|it| panic!("{}", it.render(Default::default())));
        for (prey, clean) in preys.iter().zip(&oracle.clean) {
            assert_eq!(prey.plan.fleet, clean.plan.fleet, "{}", defect.name);
            assert_eq!(prey.plan.seed, clean.plan.seed, "{}", defect.name);
        }
    }
}

#[test]
fn no_bug_is_no_catch_and_any_number_of_threads_says_the_same() {
    let bugs: Vec<&'static Defect> = DEFECTS.iter().take(6).collect();
    let one = oracle(40, 1).score(&bugs, &|_, _| {}).unwrap();
    let two = oracle(40, 2).score(&bugs, &|_, _| {}).unwrap();
    assert_eq!((&one.bugs, &one.known), (&two.bugs, &two.known));
}
