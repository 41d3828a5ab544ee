use super::*;
use crate::measures::ClockKind;
use crate::scenario::{Reader, Scenario};

fn read(text: &str) -> Scenario {
    let read = Reader::default().read_text("why.yaml", text);
    read.unwrap_or_else(|found| panic!("{}", found.render(Default::default())))
}

fn ask(scenario: &Scenario, jobs: usize) -> Sensitivities {
    let question = Question {
        plan: &scenario.plan,
        quantity: Quantity::Clock(ClockKind::Ownership),
        seed: 5,
        runs: 200,
        jobs: NonZeroUsize::new(jobs).expect("some"),
        progress: &|done, most| {
            assert!(done <= most);
            true
        },
    };
    sensitivities(&question).expect("every ledger balances")
}

/// One org: 15m + 30m + 5m + 15m + 10m + 10m, the triage, and a minute.
const SLOW: &str = "
scenario: v1
title: Support takes its time
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 1 } } }
timeline: [ { at: T+0, id: storm, fault: { region-outage: { region: westeurope, lasts: { uniform: { min: 5d, max: 6d } } } } } ]
procedure:
  steps:
    triage-ticket: { takes: { uniform: { min: 0m, max: 20h } } }
    decide: { takes: { uniform: { min: 0m, max: 2h } } }
    promote: { takes: { lognormal: { p50: 1h, p95: 1d } } }
";

fn minutes(it: Option<Value>) -> u64 {
    match it {
        Some(Value::At(ms)) => ms / 60_000,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_decides_comes_first_and_what_does_not_moves_nothing() {
    let found = ask(&read(SLOW), 2);
    let names: Vec<&str> = found
        .parameters
        .iter()
        .map(|it| &*it.parameter.name)
        .collect();
    assert_eq!(
        names[..2],
        ["steps.triage-ticket.takes", "steps.decide.takes"]
    );
    let of = |name: &str| {
        let it = found
            .parameters
            .iter()
            .find(|it| *it.parameter.name == *name);
        it.unwrap_or_else(|| panic!("{name} of {names:?}"))
    };
    let triage = of("steps.triage-ticket.takes");
    assert!(triage.rho.is_some_and(|it| it > 0.95), "{:?}", triage.rho);
    assert_eq!(triage.drawn, 200);
    // Fixed at ten hours, what is left to vary is the two hours of a decision.
    let fixed = minutes(triage.fixed.p95);
    let least = 55 + 1 + 10 * 60;
    assert!(fixed > least && fixed <= least + 120, "{fixed}");
    assert!(minutes(triage.halved.p95) < minutes(p95(&found)));
    // What comes after the clock has stopped moves it by nothing in any run.
    for name in ["timeline.storm.lasts", "steps.promote.takes"] {
        for moved in [&of(name).fixed, &of(name).halved] {
            assert_eq!(moved.paired.same(), moved.paired.count(), "{name}");
            assert_eq!(moved.p95, p95(&found), "{name}");
        }
    }
}

fn p95(found: &Sensitivities) -> Option<Value> {
    let p95 = found.base.quantile(Level::P95, Confidence::USUAL);
    p95.ok().map(|it| it.value)
}

#[test]
fn a_chain_adds_up_run_by_run_and_threads_change_nothing() {
    let found = ask(&read(SLOW), 1);
    assert_eq!(found, ask(&read(SLOW), 3));
    let by = |it: &Moved| it.paired.mean().expect("it ends");
    let first = found
        .together
        .iter()
        .find(|it| it.pair == (0, 1))
        .expect("it is tried");
    let (a, b) = (&found.parameters[0].fixed, &found.parameters[1].fixed);
    assert!((by(&first.fixed) - by(a) - by(b)).abs() < 1.0);
    assert_eq!(found.together.len(), 3);
    let tried = 1 + 2 * found.parameters.len() as u64 + 3;
    assert_eq!(found.runs, 200 * tried);
}

#[test]
fn what_strikes_by_chance_is_a_parameter_and_what_is_certain_is_none() {
    let scenario = read(
        "
scenario: v1
title: The target may go too
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 1 } } }
timeline:
  - { at: T+0, id: storm, fault: { region-outage: { region: westeurope, lasts: 9d } } }
  - { at: T+1d, id: second, chance: 30%, fault: { region-outage: { region: northeurope, lasts: 1d } } }
",
    );
    let found = ask(&scenario, 2);
    let names: Vec<&str> = found
        .parameters
        .iter()
        .map(|it| &*it.parameter.name)
        .collect();
    assert_eq!(names, ["timeline.second.chance"]);
    let chance = &found.parameters[0];
    // It strikes in three of ten runs; at its median it strikes in none.
    assert!(chance.rho.is_some_and(|it| it > 0.99));
    assert!(minutes(chance.fixed.p95) < minutes(p95(&found)));
    assert!(found.together.is_empty());
}

#[test]
fn whoever_stops_it_is_told_so() {
    let scenario = read(SLOW);
    let question = Question {
        plan: &scenario.plan,
        quantity: Quantity::Clock(ClockKind::Ownership),
        seed: 5,
        runs: 10,
        jobs: NonZeroUsize::MIN,
        progress: &|_, _| false,
    };
    assert_eq!(sensitivities(&question), Err(NoAnswer::Stopped));
}
