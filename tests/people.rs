//! People, their hours and their queues, to the millisecond: where one more person helps
//! and where nobody whom one could add does, what a hand-over costs, who is away, and
//! how connectors share the requests that an SCM takes.

use lifeboat::chance::Seeded;
use lifeboat::drill::{Drill, Outcome, Record};
use lifeboat::measures::Clock;
use lifeboat::model::fact::{Fact, What};
use lifeboat::scenario::Reader;
use lifeboat::scenario::document::leaf;
use lifeboat::time::{Duration, Instant};
use std::path::Path;

/// A shipped scenario with so many people in a team, drilled.
fn with(path: &str, team: &str, people: u32) -> Outcome {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(path);
    let text = std::fs::read_to_string(&path).expect("the scenario is shipped");
    let reader = Reader::default();
    let mut document = reader
        .document_text("shipped.yaml", &text)
        .expect("a shipped scenario can be read");
    assert!(document.set(&["teams", team, "size"], leaf(people)));
    let scenario = reader
        .compile(&document, "shipped.yaml")
        .expect("it is as valid with another number");
    let plan = &scenario.plan;
    let drill = Drill::with(plan, plan.faults.clone(), Seeded::new(plan.seed));
    drill.run()
}

fn ownership(outcome: &Outcome) -> Duration {
    match outcome.measures.clocks.ownership {
        Clock::Stopped(after) => after,
        clock => panic!("every org is owned again: {clock:?}"),
    }
}

#[test]
fn where_people_are_short_each_of_them_helps() {
    let of = |people| {
        ownership(&with(
            "people/eight-connectors-one-person.yaml",
            "operators",
            people,
        ))
    };
    let times: Vec<Duration> = [1, 2, 4, 8].map(of).to_vec();
    assert!(times.windows(2).all(|it| it[1] < it[0]), "{times:?}");
    // Work of 85 minutes for each of eight connectors: 40 minutes of it on one's own.
    let own = times[0].saturating_sub(times[3]);
    assert_eq!(own, Duration::from_mins(7 * 85), "{times:?}");
    // More people than connectors have nothing to do.
    assert_eq!(of(8), of(9));
}

#[test]
fn where_support_is_short_nobody_of_ours_helps() {
    let ours = |people| with("people/a-crowd-cannot-help.yaml", "operators", people);
    let theirs = |people| with("people/a-crowd-cannot-help.yaml", "support", people);
    let clocks = |outcome: &Outcome| outcome.measures.clocks;
    assert_eq!(clocks(&ours(2)), clocks(&ours(20)));
    assert_eq!(clocks(&ours(20)), clocks(&ours(200)));
    assert!(ownership(&theirs(2)) < ownership(&theirs(1)));
}

/// The facts of a scenario that begins at 09:50 in UTC, a Monday.
fn facts(rest: &str) -> Vec<Fact> {
    facts_from("2024-01-15T09:50Z", rest)
}

fn facts_from(starts: &str, rest: &str) -> Vec<Fact> {
    let text = format!(
        "scenario: v1
title: to the millisecond
starts: {starts}
fleet:
  defaults: {{ repos: 100 }}
  connectors:
    alpha: {{ region: westeurope, scm: github, orgs: 1 }}
    bravo: {{ region: westeurope, scm: github, orgs: 1 }}
timeline: [{{ at: T+0, fault: {{ region-outage: {{ region: westeurope, lasts: 26h }} }} }}]
{rest}
"
    );
    let scenario = Reader::default()
        .read_text("exact.yaml", &text)
        .unwrap_or_else(|found| panic!("{}", found.render(Default::default())));
    Drill::new(&scenario.plan)
        .run_recording(Record::Everything)
        .recorded
}

/// When both outages were detected: the first work of anybody.
fn detected(facts: &[Fact]) -> Vec<String> {
    let found = facts
        .iter()
        .filter(|it| matches!(it.what, What::RecoveryStarted { .. }));
    found.map(|it| it.at.to_string()).collect()
}

/// When discovery had gone through both orgs.
fn appeared(facts: &[Fact]) -> Vec<Instant> {
    let found = facts
        .iter()
        .filter(|it| matches!(it.what, What::EntitiesAppeared { .. }));
    found.map(|it| it.at).collect()
}

/// Two shifts, the first of which ends ten minutes after the outage began.
fn shifts(hand_over: &str, late: u32) -> String {
    format!(
        "teams:
  operators:
    hand-over: {hand_over}
    shifts:
      early: {{ hours: \"Mon-Fri 08:00-10:00 Etc/UTC\", size: 2 }}
      late: {{ hours: \"Mon-Fri 10:00-18:00 Etc/UTC\", size: {late} }}
"
    )
}

#[test]
fn work_that_is_under_way_at_the_end_of_a_shift() {
    let of = |hand_over: &str| detected(&facts(&shifts(hand_over, 2)));
    // Fifteen minutes of work: ten in one shift, five in the next.
    assert_eq!(of("none"), ["T+15m", "T+15m"]);
    // Whoever goes on with it needs so much longer.
    assert_eq!(of("20m"), ["T+35m", "T+35m"]);
    // It waits for the early shift of the next day, though others are there.
    assert_eq!(of("waits"), ["T+22h15m", "T+22h15m"]);
    let ended = |hand_over: &str| {
        let facts = facts(&shifts(hand_over, 2));
        facts.iter().find_map(|it| match it.what {
            What::ShiftEnded {
                unfinished, waits, ..
            } => Some((it.at.to_string(), unfinished, waits)),
            _ => None,
        })
    };
    assert_eq!(ended("20m"), Some(("T+10m".to_owned(), 2, false)));
    assert_eq!(ended("waits"), Some(("T+10m".to_owned(), 2, true)));
}

#[test]
fn work_that_ends_with_its_shift_is_done() {
    for hand_over in ["none", "20m", "waits"] {
        let facts = facts_from("2024-01-15T09:45Z", &shifts(hand_over, 2));
        assert_eq!(detected(&facts), ["T+15m", "T+15m"], "{hand_over}");
    }
}

#[test]
fn a_smaller_shift_does_one_thing_after_another() {
    // One goes on with alpha until its ticket is open, seventy minutes on; the other's five
    // minutes come after that.
    assert_eq!(detected(&facts(&shifts("none", 1))), ["T+15m", "T+1h30m"]);
    assert_eq!(detected(&facts(&shifts("20m", 1))), ["T+35m", "T+2h10m"]);
}

#[test]
fn nobody_begins_on_a_holiday() {
    let of = |holidays: &str| {
        detected(&facts(&format!(
            "teams: {{ operators: {{ size: 2, hours: \"Mon-Fri 09:00-17:00 Etc/UTC\", holidays: [{holidays}] }} }}"
        )))
    };
    assert_eq!(of("2024-01-16"), ["T+15m", "T+15m"]);
    // Monday and Tuesday are holidays: Wednesday at nine, and a quarter of an hour.
    assert_eq!(of("2024-01-15..2024-01-16"), ["T+47h25m", "T+47h25m"]);
}

#[test]
fn whoever_is_absent_does_nothing() {
    let of = |who: &str| {
        let team = format!("teams: {{ operators: {{ size: 2, absent: [{who}] }} }}");
        detected(&facts(&team))
    };
    // One is left: alpha's 85 minutes come first.
    assert_eq!(of("{ count: 1, to: T+3h }"), ["T+15m", "T+1h40m"]);
    assert_eq!(of("{ count: 2, to: T+3h }"), ["T+3h15m", "T+3h15m"]);
    assert_eq!(of("{ chance: 100%, to: T+3h }"), ["T+3h15m", "T+3h15m"]);
    assert_eq!(of("{ chance: 0%, to: T+3h }"), ["T+15m", "T+15m"]);
    // Five minutes are done when both leave.
    let leave = "{ count: 2, from: T+5m, to: T+3h }";
    assert_eq!(of(leave), ["T+3h10m", "T+3h10m"]);
    // Each of many draws a lot of its own: 300 of 400, within four standard errors.
    let many = "teams: { operators: { size: 400, absent: [{ chance: 25% }] } }";
    let present = facts(many).iter().find_map(|it| match it.what {
        What::StaffChanged { present, .. } => Some(present),
        _ => None,
    });
    let present = present.expect("some are away");
    assert!((266..=334).contains(&present), "{present}");
}

#[test]
fn whoever_shares_a_budget_of_requests_slows_the_others() {
    // 100 repos at 1,000 an hour and ten requests each: 1,000 requests in six minutes.
    let of = |limit: &str| appeared(&facts(&format!("scm-limits: {{ github: {limit} }}")));
    let free = appeared(&facts(""));
    assert_eq!(free.len(), 2);
    assert_eq!(free[0], free[1]);
    let since = free[0].since(Instant::ZERO);
    let began = since.saturating_sub(Duration::from_mins(6));
    let hour = Duration::from_hours(1).as_millis();
    assert!(began.as_millis() % hour + 180_000 < hour, "{began}");
    let window = |turn: u64| Instant::ZERO + Duration::from_hours(began.as_millis() / hour + turn);
    // Each has its own: three minutes now, three when the next window opens.
    let own = window(1) + Duration::from_mins(3);
    let limit = "{ requests: 500, window: 1h, per-unit: 10, shared-by: connector }";
    assert_eq!(of(limit), [own, own]);
    // Both draw on one: a minute and a half of each window, and 2,000 to be made.
    let shared = window(3) + Duration::from_secs(90);
    let limit = "{ requests: 500, window: 1h, per-unit: 10 }";
    assert_eq!(of(limit), [shared, shared]);
    // A budget that is never spent is none.
    assert_eq!(of("{ requests: 2000, per-unit: 10 }"), free);
}
