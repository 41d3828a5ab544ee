use super::run::run;
use super::*;
use crate::checks::CheckId;
use crate::drill::Rig;
use crate::scenario::{Reader, Scenario};
use crate::time::Instant;

fn read(text: &str) -> Scenario {
    let read = Reader::default().read_text("slack.yaml", text);
    read.unwrap_or_else(|found| panic!("{}", found.render(Default::default())))
}

fn ask(scenario: &Scenario, party: Party, resolution: Duration) -> Slack {
    let question = question(scenario, party, resolution);
    slack(&question).expect("nobody stops it")
}

fn question(scenario: &Scenario, party: Party, resolution: Duration) -> Question<'_> {
    Question {
        plan: &scenario.plan,
        party,
        resolution,
        looks: 200,
        runs_max: 20_000,
        jobs: NonZeroUsize::new(2).expect("two is not zero"),
        progress: &|_| true,
    }
}

fn minutes(text: &str) -> Duration {
    text.parse().expect("a length of time")
}

/// 15m + 30m + 5m + 15m + 10m + 10m + 4h, and a minute for each org.
const TWO_DAYS: &str = "
scenario: v1
title: Nobody may be orphaned for longer than two days
fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 3 }
    spared: { region: eastus, scm: github, orgs: 2 }
timeline:
  - at: T+1h
    fault: { region-outage: { region: westeurope, lasts: 26h } }
expect:
  no-orphaned-orgs: { within: 2d }
";

#[test]
fn the_edge_is_where_arithmetic_puts_it() {
    let scenario = read(TWO_DAYS);
    for party in Party::ALL {
        let slack = ask(&scenario, party, Duration::MINUTE);
        assert!(slack.sharp && slack.begins);
        assert_eq!((slack.orgs.len(), slack.spared), (3, 2));
        for (place, (_, answer)) in slack.orgs.iter().enumerate() {
            let covered = minutes("5h25m") + Duration::MINUTE * (place as u64 + 1);
            let left = Duration::from_days(2).saturating_sub(covered);
            let by = Break {
                unsettled: false,
                promise: Promise::Check(CheckId::NoOrphanedOrgs),
            };
            let wanted = Answer::Until {
                kept: left,
                broken: left + Duration::MINUTE,
                by,
                again: None,
            };
            assert_eq!(*answer, wanted, "{} {place}", party.name());
        }
    }
    let today = |party| ask(&scenario, party, Duration::HOUR).today[0];
    let at = |text: &str| Some(text.parse::<Instant>().expect("an instant"));
    assert_eq!(today(Party::Customer), at("T+1h"));
    assert_eq!(today(Party::Support), at("T+2h25m"));
}

#[test]
fn a_delay_below_the_slack_keeps_all_promises_and_one_above_breaks_one() {
    let text = TWO_DAYS.replace(
        "expect:",
        "parameters: { alert-window: { anchor: ticket-opened } }
procedure: { steps: { triage-ticket: { takes: { lognormal: { p50: 4h, p95: 30h } } } } }
expect:
  clocks.protection: { within: 60h }
  settled: { within: 9d }",
    );
    let scenario = read(&text);
    for party in Party::ALL {
        let question = question(&scenario, party, Duration::from_secs(7));
        let slack = slack(&question).expect("nobody stops it");
        let orgs: Vec<_> = slack.orgs.iter().map(|it| it.0).collect();
        let mut rig = Rig::new(&scenario.plan);
        let mut edges = 0;
        for (place, (org, answer)) in slack.orgs.iter().enumerate() {
            let Answer::Until {
                kept, broken, by, ..
            } = *answer
            else {
                continue;
            };
            edges += 1;
            assert_eq!(broken, kept + question.resolution);
            let told = |rig: &mut _, by| run(rig, &question, &orgs, by).of(place as u32);
            assert_eq!(told(&mut rig, kept), None, "{org:?}");
            assert_eq!(told(&mut rig, broken), Some(by), "{org:?}");
        }
        assert_eq!(edges, 3, "{}", party.name());
    }
}

#[test]
fn whoever_is_late_already_and_whoever_never_is() {
    let late = read(&TWO_DAYS.replace("within: 2d", "within: 5h26m"));
    let slack = ask(&late, Party::Customer, Duration::MINUTE);
    assert!(matches!(slack.orgs[0].1, Answer::Until { kept, .. } if kept == Duration::ZERO));
    assert!(matches!(
        slack.orgs[1].1,
        Answer::TooLate { again: None, .. }
    ));

    // The outage is over before anything is lost: nobody has to do anything.
    let harmless = read(
        "
scenario: v1
title: It passes
parameters: { config-loss: { after: 12h } }
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 1 } } }
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 3h } }
",
    );
    assert_eq!(
        ask(&harmless, Party::Support, Duration::HOUR).orgs[0].1,
        Answer::Never
    );

    // The run ends before anybody can say.
    let short = read(&(TWO_DAYS.to_owned() + "until: 3h\n").replace("{ within: 2d }", "on"));
    let slack = ask(&short, Party::Customer, Duration::MINUTE);
    let Answer::TooLate { by, .. } = slack.orgs[0].1 else {
        panic!("{:?}", slack.orgs[0].1)
    };
    assert!(by.unsettled);
}

#[test]
fn a_later_start_that_keeps_it_again_is_told() {
    // The target is lost at T+96h. Who begins in time has moved on twice by then; who
    // begins late enough never goes there.
    let scenario = read(
        "
scenario: v1
title: The target is lost too
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 1 } } }
procedure: { steps: { decide: { takes: 1d } } }
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 10d } }
  - at: T+96h
    fault: { region-outage: { region: northeurope, lasts: 10d } }
expect:
  blind-time: { max: 124h }
  no-orphaned-orgs: { within: 10d }
  recommendations-restored: off
  graph-restored: off
  annotations-restored: off
  configuration-restored: off
  alerts-restored-in-time: off
",
    );
    let slack = ask(&scenario, Party::Customer, Duration::MINUTE);
    let Answer::Until { kept, again, .. } = slack.orgs[0].1 else {
        panic!("{:?}", slack.orgs[0].1)
    };
    // Twice a day, 4h56m and the delay, since the second outage is noticed late as well.
    assert_eq!(kept, minutes("33h4m"));
    let again = again.expect("a later start keeps it");
    assert!(again >= minutes("71h40m") && again <= minutes("71h40m") + slack.every);
}

#[test]
fn threads_change_nothing_and_a_budget_is_kept() {
    let scenario = read(TWO_DAYS);
    let with = |jobs, runs_max| {
        let question = Question {
            jobs: NonZeroUsize::new(jobs).expect("some"),
            runs_max,
            ..question(&scenario, Party::Customer, Duration::MINUTE)
        };
        slack(&question).expect("nobody stops it")
    };
    assert_eq!(with(1, 20_000), with(3, 20_000));
    let coarse = with(2, 203);
    assert!(coarse.runs <= 203 && !coarse.sharp);
    for (_, answer) in &coarse.orgs {
        let Answer::Until { kept, broken, .. } = *answer else {
            panic!("{answer:?}")
        };
        assert!(kept < minutes("42h34m") + Duration::MINUTE && broken > minutes("42h31m"));
    }
    let stopped = Question {
        progress: &|_| false,
        ..question(&scenario, Party::Customer, Duration::MINUTE)
    };
    assert!(slack(&stopped).is_none());
}

#[test]
fn without_the_step_there_is_nothing_to_put_off() {
    let scenario =
        read(&TWO_DAYS.replace("expect:", "procedure: { remove: [triage-ticket] }\nexpect:"));
    let slack = ask(&scenario, Party::Support, Duration::MINUTE);
    assert!(!slack.begins && slack.orgs.is_empty());
}

#[test]
fn what_is_known_to_fail_is_no_promise_and_a_connectors_promise_is_its_orgs() {
    let known = TWO_DAYS.replace(
        "within: 2d",
        "within: 1h, known-failure: \"nobody is that quick\"",
    );
    let slack = ask(&read(&known), Party::Customer, Duration::MINUTE);
    for (_, answer) in &slack.orgs {
        let Answer::Until { kept, by, .. } = *answer else {
            panic!("{answer:?}")
        };
        assert!(kept > Duration::from_days(6));
        assert_ne!(by.promise, Promise::Check(CheckId::NoOrphanedOrgs));
    }
    // The old connector is to be gone within the hour: a promise about the connector.
    let retired = TWO_DAYS.replace(
        "no-orphaned-orgs: { within: 2d }",
        "old-connector-retired: { within: 1h }",
    );
    let slack = ask(&read(&retired), Party::Customer, Duration::MINUTE);
    let first = slack.orgs[0].1;
    assert!(matches!(first, Answer::Until { by, .. }
        if by.promise == Promise::Check(CheckId::OldConnectorRetired)));
    assert!(
        slack.orgs.iter().all(|it| it.1 == first),
        "{:?}",
        slack.orgs
    );
}
