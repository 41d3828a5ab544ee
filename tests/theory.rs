//! Where theory has the answer, runs of the real engine agree with it.
//!
//! Seeds are fixed, so every run of these tests is the same; what is compared with is
//! known in closed form. A mean may be off by four standard deviations of what theory
//! says of it, and a percentile must lie in its own interval at 99.9%.

use lifeboat::chance::Probability;
use lifeboat::drill::{Drill, Rig};
use lifeboat::measures::{Clock, ClockKind};
use lifeboat::report::{Entry, Explain, drill, slowest};
use lifeboat::scenario::{Reader, Scenario};
use lifeboat::statistics::{Confidence, Level, Spread, Value};
use lifeboat::time::Duration;
use std::fmt::Write as _;

const RUNS: u64 = 10_000;

/// One hour, in milliseconds.
const HOUR: f64 = 3_600_000.0;

/// A recovery in which nothing takes time but what a test says, in the steps of a
/// procedure; orgs are hit at T+0, and the clock of ownership stops at their release.
fn scenario(connectors: usize, orgs: usize, steps: &str) -> Scenario {
    let mut text = String::from(
        "scenario: v1\ntitle: theory\nfleet:\n  defaults: { repos: 0 }\n  connectors:\n",
    );
    for at in 0..connectors {
        let _ = writeln!(
            text,
            "    c{at:02}: {{ region: westeurope, scm: github, orgs: {orgs} }}"
        );
    }
    text += "timeline:\n  - at: T+0\n    fault: { region-outage: { region: westeurope, lasts: 90d } }\n";
    text += "procedure:\n  id: theory@1\n  from-scratch: true\n  steps:\n";
    text += "    copy-resource-id: { takes: 0s, needs: [detect] }\n";
    text += "    create-connector: { takes: 0s, needs: [copy-resource-id] }\n";
    text += "    authorize: { takes: 0s, needs: [create-connector] }\n";
    text += steps;
    Reader::default()
        .read_text("theory.yaml", text)
        .unwrap_or_else(|error| panic!("the scenario is valid: {error:?}"))
}

/// The clock of ownership over many seeds.
fn ownership(scenario: &Scenario) -> Spread {
    let plan = &scenario.plan;
    let mut rig = Rig::new(plan);
    let mut spread = Spread::default();
    for seed in 0..RUNS {
        let drill = Drill::with(plan, plan.faults.clone(), plan.luck.source(seed));
        let outcome = rig.run(&drill);
        assert!(outcome.balance.is_ok());
        match outcome.measures.clocks.get(ClockKind::Ownership) {
            Clock::Idle => panic!("nobody was hit"),
            Clock::Stopped(after) => spread.record(after.as_millis()),
            Clock::Running => spread.record_never(),
        }
    }
    spread
}

/// The mean is what theory says, within four of its standard deviations.
fn has_mean(spread: &Spread, mean: f64, variance: f64) {
    assert_eq!(spread.never().hits, 0);
    let found = spread.moments().mean().expect("of many");
    let deviation = (variance / spread.count() as f64).sqrt();
    let apart = (found - mean) / deviation;
    assert!(apart.abs() < 4.0, "{found} for {mean}: {apart} deviations");
    // And it would be seen if it were not: four deviations are a few per cent.
    assert!(deviation * 4.0 < 0.1 * mean);
}

/// Each percentile is what theory says, within its interval.
fn has_percentiles(spread: &Spread, theory: impl Fn(f64) -> f64) {
    let sure: Probability = "99.9%".parse().expect("a probability");
    let sure = Confidence::once(Level::new(sure).expect("neither end"));
    for level in Level::TOLD {
        let found = spread.quantile(level, sure).expect("enough runs");
        let expected = theory(level.part()) as u64;
        // Times are whole milliseconds.
        let (low, high) = (
            Value::At(expected + 1),
            Value::At(expected.saturating_sub(1)),
        );
        assert!(
            found.low <= low && high <= found.high,
            "{expected} in {found:?}"
        );
    }
}

/// The mean of the largest of `n` exponentials is H_n means; its variance the sum of
/// 1 / k²; and all of them stay below x with the n-th power of one's probability.
fn is_the_largest_of(spread: &Spread, n: u32) {
    let harmonic: f64 = (1..=n).map(|k| 1.0 / f64::from(k)).sum();
    let squares: f64 = (1..=n).map(|k| 1.0 / f64::from(k * k)).sum();
    has_mean(spread, harmonic * HOUR, squares * HOUR * HOUR);
    has_percentiles(spread, |q| -HOUR * (-q.powf(1.0 / f64::from(n))).ln_1p());
}

const TICKETS: &str = "
    detect: { takes: 0s }
    open-ticket: { takes: 0s, needs: [authorize] }
    triage-ticket: { takes: { exponential: { mean: 1h } }, needs: [open-ticket] }
    release-ownership: { takes: 0s, needs: [triage-ticket] }
    discover: { takes: { rate: { azure-devops: 100/h, gitlab: 100/h, github: 1000/h } }, needs: [release-ownership] }
";

#[test]
fn the_slowest_of_several_tickets() {
    for n in [1, 3, 10] {
        is_the_largest_of(&ownership(&scenario(n as usize, 1, TICKETS)), n);
    }
}

/// The same of the orgs of one connector, which are looked at side by side.
#[test]
fn the_slowest_of_several_orgs() {
    let steps = "
    detect: { takes: 0s }
    look-at-it: { by: operators, for-each: org, command: nothing, takes: { exponential: { mean: 1h } }, needs: [authorize] }
    open-ticket: { takes: 0s, needs: [look-at-it] }
    triage-ticket: { takes: 0s, needs: [open-ticket] }
    release-ownership: { takes: 0s, needs: [triage-ticket] }
    discover: { takes: { rate: { azure-devops: 100/h, gitlab: 100/h, github: 1000/h } }, needs: [release-ownership] }
";
    is_the_largest_of(&ownership(&scenario(1, 12, steps)), 12);
}

/// The sum of two exponentials, which has Erlang's distribution.
#[test]
fn one_step_after_another() {
    let steps = "
    detect: { takes: 0s }
    ask: { by: operators, for-each: connector, command: nothing, takes: { exponential: { mean: 1h } }, needs: [authorize] }
    open-ticket: { takes: 0s, needs: [ask] }
    triage-ticket: { takes: { exponential: { mean: 1h } }, needs: [open-ticket] }
    release-ownership: { takes: 0s, needs: [triage-ticket] }
    discover: { takes: { rate: { azure-devops: 100/h, gitlab: 100/h, github: 1000/h } }, needs: [release-ownership] }
";
    let spread = ownership(&scenario(1, 1, steps));
    has_mean(&spread, 2.0 * HOUR, 2.0 * HOUR * HOUR);
    // 1 - e^-x (1 + x) = q, by halving.
    has_percentiles(&spread, |q| {
        let (mut low, mut high) = (0.0_f64, 100.0);
        for _ in 0..80 {
            let x = 0.5 * (low + high);
            if 1.0 - (-x).exp() * (1.0 + x) < q {
                low = x;
            } else {
                high = x;
            }
        }
        low * HOUR
    });
}

/// (min + 4 mode + max) / 6, and the variance of its beta distribution.
#[test]
fn the_mean_of_a_pert_estimate() {
    let steps = TICKETS.replace(
        "exponential: { mean: 1h }",
        "pert: { min: 20m, mode: 1h, max: 6h }",
    );
    let (min, mode, max) = (HOUR / 3.0, HOUR, 6.0 * HOUR);
    let mean = (min + 4.0 * mode + max) / 6.0;
    let variance = (mean - min) * (max - mean) / 7.0;
    has_mean(&ownership(&scenario(1, 1, &steps)), mean, variance);
}

/// The longer of two branches, by hand: 10m + max(3h, 2h + 90m) + 5m + 40m.
#[test]
fn a_critical_path_of_fixed_durations() {
    let steps = "
    detect: { takes: 10m }
    warn: { by: operators, for-each: connector, command: nothing, takes: 3h, needs: [detect] }
    meet: { by: operators, for-each: connector, command: nothing, takes: 2h, needs: [detect] }
    agree: { by: operators, for-each: connector, command: nothing, takes: 90m, needs: [meet] }
    open-ticket: { takes: 5m, needs: [authorize, warn, agree] }
    triage-ticket: { takes: 40m, needs: [open-ticket] }
    release-ownership: { takes: 0s, needs: [triage-ticket] }
    discover: { takes: { rate: { azure-devops: 100/h, gitlab: 100/h, github: 1000/h } }, needs: [release-ownership] }
";
    let scenario = scenario(2, 3, steps);
    let by_hand: Duration = "4h25m".parse().expect("a duration");
    let spread = ownership(&scenario);
    let exact = Some(Value::At(by_hand.as_millis()));
    assert_eq!((spread.min(), spread.max()), (exact, exact));
    assert_eq!(spread.moments().variance(), Some(0.0));
    let Entry::Ran(ran) = drill(scenario, Explain::Always, false) else {
        panic!("it runs");
    };
    let [slow, ..] = slowest(&ran);
    let path = slow.expect("the clock stopped").path;
    assert_eq!(path.total(), by_hand);
    assert_eq!(
        path.via,
        [
            "detect",
            "meet",
            "agree",
            "open-ticket",
            "triage-ticket",
            "release-ownership"
        ]
    );
}

/// A connector that comes back and is authorised again has its records with it: protection
/// is won back by the step that wins back ownership, and took the same way there.
#[test]
fn where_nothing_is_recreated_protection_comes_with_ownership() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/scenarios/procedures/wait-it-out.yaml"
    );
    let scenario = Reader::default().read(path).expect("it is shipped");
    let Entry::Ran(ran) = drill(scenario, Explain::Always, false) else {
        panic!("it runs");
    };
    let [ownership, protection, ..] = slowest(&ran);
    let (ownership, protection) = ownership.zip(protection).expect("both clocks stopped");
    assert_eq!(protection.path.parts, ownership.path.parts);
    assert_eq!(protection.path.via, ownership.path.via);
}
