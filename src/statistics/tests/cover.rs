//! Intervals cover at the rate that they state, and whoever looks again and again is
//! wrong no more often than was promised.
//!
//! Where the number of hits can be enumerated the rate is worked out exactly, over
//! every outcome that there is; otherwise over experiments of a fixed seed.

use super::super::ranks::{Runs, ranks};
use super::*;
use crate::chance::{Distribution, EntityKey, Purpose, Seeded, Shape, Site};

/// How often the interval of so many runs holds the true share `p`: exactly.
fn covers(of: u64, p: f64, confidence: Confidence) -> f64 {
    let holds = |hits: &u64| Share { hits: *hits, of }.interval(confidence).holds(p);
    let runs = Runs::with(of, p);
    (0..=of).filter(holds).map(|hits| runs.exactly(hits)).sum()
}

#[test]
fn shares_are_covered_at_their_rate_or_above() {
    for level in [Level::P90, Level::P95, Level::P99] {
        let mut least: f64 = 1.0;
        for of in [1, 2, 5, 10, 30, 100] {
            for at in 1..40 {
                let p = f64::from(at) / 40.0;
                let once = covers(of, p, Confidence::once(level));
                assert!(once >= level.part(), "{of} runs at {p}: {once}");
                // One look of the many is right more often.
                let always = covers(of, p, Confidence::always(level));
                assert!(always >= once, "{of} runs at {p}: {always}");
                least = least.min(once);
            }
        }
        // They are no wider than they have to be: somewhere the rate is all but met.
        assert!(
            least < level.part() + 0.5 * level.rest(),
            "{level}: {least}"
        );
    }
}

#[test]
fn one_sided_bounds_cover_at_their_rate_or_above() {
    for of in [1, 10, 59, 200] {
        for p in [0.01, 0.3, 0.5, 0.9, 0.95, 0.99] {
            let runs = Runs::with(of, p);
            let rate = |right: &dyn Fn(Share) -> bool| -> f64 {
                let hits = (0..=of).filter(|hits| right(Share { hits: *hits, of }));
                hits.map(|hits| runs.exactly(hits)).sum()
            };
            let low = rate(&|share| share.at_least(Level::P95) <= p);
            let high = rate(&|share| share.at_most(Level::P95) >= p);
            assert!(
                low >= 0.95 && high >= 0.95,
                "{of} runs at {p}: {low}, {high}"
            );
        }
    }
}

/// How often the ranks hold a percentile: exactly, for values without ties.
fn ranks_cover(of: u64, level: Level, confidence: Confidence) -> Option<f64> {
    let (from, to) = ranks(of, level, confidence)?;
    Some((from..to).map(|it| Runs::at(of, level).exactly(it)).sum())
}

#[test]
fn percentiles_are_covered_at_their_rate_or_above() {
    for of in [6, 10, 36, 72, 100, 368, 1_000, 20_000] {
        for level in Level::TOLD {
            let Some(once) = ranks_cover(of, level, Confidence::USUAL) else {
                continue;
            };
            assert!(once >= 0.95, "{level} of {of}: {once}");
            // One rank less on either side, and one side is wrong too often.
            let (from, to) = ranks(of, level, Confidence::USUAL).expect("carried");
            let runs = Runs::at(of, level);
            assert!(runs.at_most(from - 1) <= 0.025 && runs.at_most(from) > 0.025);
            assert!(runs.at_least(to) <= 0.025 && runs.at_least(to - 1) > 0.025);
            let always = ranks_cover(of, level, Confidence::always(Level::P95));
            assert!(always.is_none_or(|it| it >= once));
        }
    }
}

/// The ranks for any number of looks are those that [`ever`] below judges.
#[test]
fn percentiles_for_any_number_of_looks_are_those_not_ruled_out() {
    for of in [200, 500, 3_000] {
        for level in [Level::P50, Level::P90, Level::P95] {
            let (from, to) = ranks(of, level, Confidence::always(Level::P95)).expect("carried");
            for hits in 0..=of {
                let out = Runs::at(of, level).ruled_out(hits, Level::P95.rest());
                assert_eq!(out, hits < from || hits >= to, "{hits} of {of} at {level}");
            }
        }
    }
}

/// The `run`-th value of an experiment.
fn drawn(dist: &Distribution, experiment: u64, run: u64) -> u64 {
    let site = Site {
        entity: EntityKey(experiment),
        purpose: Purpose::StepTime,
        ordinal: run,
    };
    dist.quantile(Seeded::new(4_711).bits(site))
}

/// So many experiments of so many runs each: how often a percentile is held that is
/// known, and how often it should be. `within` is how many standard deviations apart
/// the two are.
fn held(experiments: u64, runs: u64, level: Level, dist: &Distribution) -> (f64, f64, f64) {
    let bits = (level.part() * 18_446_744_073_709_551_616.0) as u64;
    let truth = Value::At(dist.quantile(bits));
    let mut held = Share::default();
    for experiment in 0..experiments {
        let mut spread = Spread::default();
        (0..runs).for_each(|run| spread.record(drawn(dist, experiment, run)));
        let found = spread.quantile(level, Confidence::USUAL).expect("carried");
        held.record(found.low <= truth && truth <= found.high);
    }
    let expected = ranks_cover(runs, level, Confidence::USUAL).expect("carried");
    let deviation = libm::sqrt(expected * (1.0 - expected) / experiments as f64);
    let within = (held.observed() - expected).abs() / deviation;
    (held.observed(), expected, within)
}

fn log_normal() -> Distribution {
    let shape = Shape::LogNormal {
        p50: 4 * 3_600_000,
        p95: 48 * 3_600_000,
    };
    Distribution::new(shape, u64::MAX).expect("valid")
}

#[test]
fn percentiles_of_whole_experiments_are_covered() {
    for (level, runs) in [(Level::P50, 20), (Level::P95, 100), (Level::P99, 500)] {
        let (held, expected, within) = held(1_000, runs, level, &log_normal());
        assert!(within < 3.5, "{level} of {runs}: {held} for {expected}");
    }
}

/// With ties the true percentile is held more often than stated, never less.
#[test]
fn percentiles_of_few_different_values_are_covered() {
    let dice = Distribution::new(Shape::Uniform { min: 1, max: 6 }, 6).expect("valid");
    let (held, expected, _) = held(1_000, 100, Level::P95, &dice);
    assert!(held >= expected, "{held} for {expected}");
}

/// How often the mean of `runs` differences is held, of so many experiments.
fn means_held(experiments: u64, runs: u64) -> Share {
    let dist = Distribution::new(
        Shape::Uniform {
            min: 0,
            max: 1_000_000,
        },
        u64::MAX,
    );
    let dist = dist.expect("valid");
    let mut held = Share::default();
    for experiment in 0..experiments {
        let mut paired = Paired::default();
        for run in 0..runs {
            let common = drawn(&dist, experiment, run);
            let own = drawn(&dist, experiment, runs + run);
            paired.record(Value::At(common + 500_000), Value::At(common + own));
        }
        let interval = paired.mean_interval(Level::P95).expect("of several");
        held.record(interval.holds(0.0));
    }
    held
}

#[test]
fn means_of_differences_are_covered() {
    let held = means_held(2_000, 30);
    let interval = held.interval(Confidence::once(Level::P99));
    assert!(interval.holds(0.95), "{held:?}");
}

/// How likely somebody who looks after each of `most` runs, each of which keeps the
/// limit with the probability `p`, ever says pass, and ever fail: exactly, by the
/// probabilities of all counts that have not led to either.
fn ever(objective: Objective, p: f64, most: u64) -> (f64, f64) {
    let (mut pass, mut fail) = (0.0, 0.0);
    let (mut least, mut open) = (0, vec![1.0]);
    for of in 1..=most {
        let mut next = vec![0.0; open.len() + 1];
        for (at, chance) in open.iter().enumerate() {
            next[at] += chance * (1.0 - p);
            next[at + 1] += chance * p;
        }
        let says = |hits| objective.says(Share { hits, of });
        while !next.is_empty() && says(least + next.len() as u64 - 1) == Some(true) {
            pass += next.pop().unwrap_or(0.0);
        }
        while !next.is_empty() && says(least) == Some(false) {
            fail += next.remove(0);
            least += 1;
        }
        open = next;
    }
    (pass, fail)
}

fn objective(share: Level, confidence: fn(Level) -> Confidence) -> Objective {
    Objective {
        share,
        confidence: confidence(Level::P95),
    }
}

#[test]
fn whoever_looks_at_every_run_is_wrong_no_more_often_than_promised() {
    for share in [Level::P50, Level::P90, Level::P95, Level::P99] {
        let part = share.part();
        let always = objective(share, Confidence::always);
        // On the border every verdict is wrong from one side.
        let (pass, fail) = ever(always, part, 2_000);
        assert!(pass + fail <= 0.05, "{share}: {pass} and {fail}");
        // A little below it only a pass is.
        let (pass, _) = ever(always, part - 0.1 * share.rest(), 2_000);
        assert!(pass <= 0.05, "{share}: {pass}");
        // And it comes to an end where there is something to see.
        let (_, fail) = ever(always, 1.0 - 2.0 * share.rest(), 4_000);
        assert!(fail > 0.9, "{share}: {fail}");
    }
}

/// What the promise is worth: the test for one look, looked at after each run.
#[test]
fn a_test_for_one_look_is_wrong_often_when_looked_at_often() {
    let once = objective(Level::P90, Confidence::once);
    let (pass, fail) = ever(once, 0.9, 500);
    assert!(pass + fail > 0.3, "{pass} and {fail}");
}

/// Longer, and with its figures printed: they stand in the documentation of this room.
#[test]
#[ignore = "takes a minute"]
fn at_length() {
    for (level, runs) in [
        (Level::P50, 20),
        (Level::P90, 100),
        (Level::P95, 100),
        (Level::P99, 500),
    ] {
        let (held, expected, within) = held(20_000, runs, level, &log_normal());
        println!("{level} of {runs} runs: held {held:.4}, exactly {expected:.4}");
        assert!(within < 4.0);
    }
    let means = means_held(20_000, 30);
    println!("mean of 30 differences: held {:.4}", means.observed());
    assert!(means.interval(Confidence::once(Level::P99)).holds(0.95));
    for share in Level::TOLD {
        let (pass, fail) = ever(objective(share, Confidence::always), share.part(), 100_000);
        println!("at the border of {share}, 100,000 looks: pass {pass:.4}, fail {fail:.4}");
        assert!(pass + fail <= 0.05);
    }
    let (pass, fail) = ever(objective(Level::P95, Confidence::once), 0.95, 2_000);
    println!("the test for one look at 95%, 2,000 looks: pass {pass:.4}, fail {fail:.4}");
}
