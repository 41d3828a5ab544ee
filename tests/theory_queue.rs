//! The support queue against queueing theory: where others' tickets come at random
//! and take exponential times, a ticket of ours waits as Erlang C says.
//!
//! One run gives one sample: our ticket joins a queue that has long been in its
//! steady state, and the next seed gives another that has nothing to do with it. The
//! wait is read off the engine's own facts. Seeds are fixed, so nothing here is left
//! to chance; the intervals are those that the theory allows a sample of that size.

use lifeboat::chance::Seeded;
use lifeboat::drill::{Drill, Record};
use lifeboat::model::fact::What;
use lifeboat::procedure::Issue;
use lifeboat::scenario::{Reader, Scenario};

/// Others come six an hour, and each takes somebody a third of an hour.
const ARRIVALS: f64 = 6.0;
const SERVED: f64 = 3.0;

/// How many people support has.
const PEOPLE: u32 = 3;

/// How many standard errors a sample may be off: with seeds that are fixed, more
/// would have been bad luck once in sixteen thousand.
const SIGMAS: f64 = 4.0;

/// A queue with so many people, and a ticket of ours that joins it on the third day:
/// fourteen times as long after T+0 as it takes the queue to forget how it began.
fn queue(people: u32, priority: u8) -> Scenario {
    let text = format!(
        "scenario: v1
title: M/M/c
fleet: {{ connectors: {{ payments: {{ region: westeurope, scm: github, orgs: 1 }} }} }}
teams: {{ support: {{ size: {people} }} }}
support-queue:
  priority: {priority}
  others:
    usual: {{ every: {{ exponential: {{ mean: 10m }} }}, takes: {{ exponential: {{ mean: 20m }} }} }}
timeline:
  - at: T+2d
    fault: {{ region-outage: {{ region: westeurope, lasts: 26h }} }}
"
    );
    Reader::default()
        .read_text("queue.yaml", &text)
        .unwrap_or_else(|found| panic!("{}", found.render(Default::default())))
}

/// How long our ticket waited until somebody read it, in hours, run by run.
fn waits(people: u32, priority: u8, runs: u64) -> Vec<f64> {
    let scenario = queue(people, priority);
    let plan = &scenario.plan;
    let triage = plan.procedure.doing(Issue::TriageTicket);
    let wait = |seed| {
        let drill = Drill::with(plan, plan.faults.clone(), Seeded::new(seed));
        let mut run = drill.start(Record::Steps);
        loop {
            let next = run.peek().expect("others come for ever");
            run.advance_to(next);
            let read = run.recorded().iter().find_map(|it| match it.what {
                What::StepFinished {
                    step, ready, began, ..
                } if Some(step) == triage => Some(began.since(ready)),
                _ => None,
            });
            if let Some(waited) = read {
                return waited.as_millis() as f64 / 3_600_000.0;
            }
        }
    };
    (0..runs).map(wait).collect()
}

/// The probability that somebody who comes has to wait: Erlang C.
fn erlang_c(people: u32) -> f64 {
    let load = ARRIVALS / SERVED;
    let mut term = 1.0;
    let mut sum = 0.0;
    for k in 0..people {
        sum += term;
        term *= load / f64::from(k + 1);
    }
    let full = term * f64::from(people) / (f64::from(people) - load);
    full / (sum + full)
}

/// What a sample says of the share that waits, and of the mean wait.
struct Seen {
    share: f64,
    mean: f64,
    /// The standard deviation of one wait, from the sample.
    deviation: f64,
    count: f64,
}

fn seen(waits: &[f64]) -> Seen {
    let count = waits.len() as f64;
    let mean = waits.iter().sum::<f64>() / count;
    let squares = waits.iter().map(|it| (it - mean) * (it - mean));
    Seen {
        share: waits.iter().filter(|it| **it > 0.0).count() as f64 / count,
        mean,
        deviation: (squares.sum::<f64>() / (count - 1.0)).sqrt(),
        count,
    }
}

/// Holds a sample to a share and a mean; `deviation` is that of one wait.
fn off(seen: &Seen, share: f64, mean: f64, deviation: f64) -> (f64, f64) {
    let root = seen.count.sqrt();
    let share_error = (share * (1.0 - share)).sqrt() / root;
    (
        (seen.share - share).abs() / share_error,
        (seen.mean - mean).abs() / (deviation / root),
    )
}

#[track_caller]
fn agrees(what: &str, (share, mean): (f64, f64), seen: &Seen) {
    assert!(
        share < SIGMAS && mean < SIGMAS,
        "{what}: the share that waits is {share:.1} and the mean {mean:.1} standard errors off \
         (seen {:.4} and {:.4} h over {} runs)",
        seen.share,
        seen.mean,
        seen.count,
    );
}

/// Among equals: a wait is zero, or exponential with what is left of the capacity.
fn among_equals(people: u32, seen: &Seen) -> (f64, f64) {
    let share = erlang_c(people);
    let left = f64::from(people) * SERVED - ARRIVALS;
    let mean = share / left;
    let deviation = (2.0 * share / (left * left) - mean * mean).sqrt();
    off(seen, share, mean, deviation)
}

/// Before everybody else: whoever waits waits for the first of all to be done.
fn before_all(people: u32, seen: &Seen) -> (f64, f64) {
    let share = erlang_c(people);
    let rate = f64::from(people) * SERVED;
    let mean = share / rate;
    let deviation = (2.0 * share / (rate * rate) - mean * mean).sqrt();
    off(seen, share, mean, deviation)
}

/// Behind everybody else (Cobham): longer by the share of time that is left over.
fn behind_all(people: u32, seen: &Seen) -> (f64, f64) {
    let share = erlang_c(people);
    let rate = f64::from(people) * SERVED;
    let idle = 1.0 - ARRIVALS / rate;
    off(seen, share, share / rate / (idle * idle), seen.deviation)
}

#[test]
fn a_ticket_among_equals_waits_as_erlang_c_says() {
    let seen = seen(&waits(PEOPLE, 3, 10_000));
    agrees("among equals", among_equals(PEOPLE, &seen), &seen);
    // The same sample does not pass for one person more: the test can fail.
    let (share, mean) = among_equals(PEOPLE + 1, &seen);
    assert!(share > SIGMAS && mean > SIGMAS, "{share} {mean}");
}

#[test]
fn a_ticket_of_the_first_class_waits_for_one_to_be_done() {
    let seen = seen(&waits(PEOPLE, 1, 10_000));
    agrees("before all", before_all(PEOPLE, &seen), &seen);
    let (_, mean) = among_equals(PEOPLE, &seen);
    assert!(mean > SIGMAS, "priority makes no difference: {mean}");
}

#[test]
fn a_ticket_of_the_last_class_waits_as_cobham_says() {
    let seen = seen(&waits(PEOPLE, 5, 10_000));
    agrees("behind all", behind_all(PEOPLE, &seen), &seen);
    let (_, mean) = among_equals(PEOPLE, &seen);
    assert!(mean > SIGMAS, "priority makes no difference: {mean}");
}

/// More runs and other sizes of support, for a look now and then:
/// `cargo test --release --test theory_queue -- --ignored --nocapture`.
#[test]
#[ignore = "a larger sample: seconds in a release build, minutes otherwise"]
fn larger_samples_agree_too() {
    println!("| people | class | runs | waits: seen | theory | mean: seen | theory | off |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for people in [3, 4, 6] {
        for priority in [1, 3, 5] {
            let seen = seen(&waits(people, priority, 100_000));
            let rate = f64::from(people) * SERVED;
            let idle = 1.0 - ARRIVALS / rate;
            let (off, mean) = match priority {
                1 => (before_all(people, &seen), erlang_c(people) / rate),
                3 => (among_equals(people, &seen), erlang_c(people) / rate / idle),
                _ => (
                    behind_all(people, &seen),
                    erlang_c(people) / rate / idle / idle,
                ),
            };
            println!(
                "| {people} | {priority} | {} | {:.4} | {:.4} | {:.2}m | {:.2}m | {:.1} |",
                seen.count,
                seen.share,
                erlang_c(people),
                seen.mean * 60.0,
                mean * 60.0,
                off.0.max(off.1),
            );
            agrees("a larger sample", off, &seen);
        }
    }
}
