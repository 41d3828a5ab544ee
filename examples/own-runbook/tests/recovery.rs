//! The recovery, drilled: the code itself, unchanged.

use lifeboat::checks::CheckId;
use lifeboat::runbook::{Ended, Recovered, Runbook, Simulated};
use own_runbook::{Habits, guard};
use std::time::Duration;

const THREE_DAYS: Duration = Duration::from_secs(3 * 24 * 3600);

fn drill(scenario: &str, habits: Habits) -> Recovered {
    let recover = move |plane: Simulated| guard(plane, habits.clone(), THREE_DAYS);
    let runbook = Runbook::load(scenario).unwrap_or_else(|it| panic!("{it}"));
    runbook.run(recover).unwrap_or_else(|it| panic!("{it}"))
}

#[test]
fn it_holds_on_a_day_like_the_published_ones() {
    let recovered = drill("scenarios/a-day.yaml", Habits::default()).expect_pass();
    assert_eq!(recovered.ended, Ended::Returned);
}

#[test]
fn it_holds_when_more_goes_wrong() {
    let _ = drill("scenarios/a-bad-day.yaml", Habits::default()).expect_pass();
}

/// A planted mistake: the old connector goes as soon as it answers again.
#[test]
fn deleting_in_haste_is_found_out() {
    let habits = Habits {
        waits_for_records: false,
        ..Habits::default()
    };
    let _ = drill("scenarios/a-bad-day.yaml", habits).expect_violated(CheckId::SafeDelete);
}

/// Another: the new connector does not discover what the old one did.
#[test]
fn settings_left_behind_are_found_out() {
    let habits = Habits {
        brings_settings: false,
        ..Habits::default()
    };
    let recovered = drill("scenarios/a-day.yaml", habits);
    assert_eq!(recovered.ended, Ended::Unfinished);
    let _ = recovered.expect_violated(CheckId::NoOrphanedOrgs);
}
