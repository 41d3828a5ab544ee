//! `luck`: what may be said, and what is wrong with it.

use super::*;
use crate::chance::{Base, Purpose};

#[test]
fn nothing_said_is_the_seed() {
    assert_eq!(behind_head("").plan.luck, crate::chance::Luck::default());
}

#[test]
fn choices_are_laid_down() {
    let luck = behind_head(
        "procedure: { steps: { triage-ticket: { takes: { uniform: { min: 1h, max: 9d } } } } }
luck:
  base: simplest
  choices:
    - { of: connector/payments, what: step-time, step: triage-ticket, is: 8d }
",
    )
    .plan
    .luck;
    assert_eq!(luck.base, Base::Simplest);
    let (site, choice) = luck.choices.iter().next().unwrap();
    assert_eq!(site.purpose, Purpose::StepTime);
    assert_eq!(choice.as_duration().to_string(), "8d");
}

#[test]
fn whoever_is_named_has_to_be_there() {
    let told = |choice: &str, codes: &[&str]| {
        told_at_marks(&format!("{HEAD}luck: {{ choices: [{choice}] }}\n"), codes);
    };
    told(
        "{ of: ^connector/paymnts, what: step-time, step: decide, is: 1h }",
        &["LB0312"],
    );
    told(
        "{ of: ^org/nobody, what: step-time, step: decide, is: 1h }",
        &["LB0313"],
    );
    told(
        "{ of: ^fault/storm, what: fault-lasts, is: 1h }",
        &["LB0380"],
    );
    told(
        "{ of: org/lab, what: step-time, step: ^decode, is: 1h }",
        &["LB0351"],
    );
    told("{ of: org/lab, what: ^fault-lasts, is: 1h }", &["LB0381"]);
    told(
        "{ of: org/lab, what: step-time, step: decide, is: ^true }",
        &["LB0381"],
    );
    told(
        "{ of: connector/ado, what: step-time, step: decide, is: ^2d }",
        &["LB0382"],
    );
    told(
        "^{ of: org/lab, what: step-time, step: decide, fault: x, is: 1h }",
        &["LB0381"],
    );
    told(
        "^{ of: connector/ado, what: fault-share, is: 1 }",
        &["LB0381"],
    );
    told(
        "{ of: connector/ado, what: step-time, step: decide, is: 30m }, ^{ of: connector/ado, what: step-time, step: decide, is: 30m }",
        &["LB0321"],
    );
}

#[test]
fn a_value_that_cannot_come_up_is_a_warning_and_no_error() {
    let scenario = behind_head(
        "luck: { choices: [{ of: connector/ado, what: step-time, step: decide, is: 2d }] }\n",
    );
    assert_eq!(scenario.warnings.len(), 1);
    assert!(!scenario.warnings.has_errors());
}

#[test]
fn others_are_decided_about_too() {
    let luck = behind_head(
        "teams: { support: { size: 2 } }
support-queue:
  others: { usual: { every: { exponential: { mean: 1h } } } }
  region-lost: { tickets: { uniform: { min: 1, max: 9 } } }
luck:
  choices:
    - { of: others/usual, what: others-arrive, nth: 3, is: 2h }
    - { of: others/usual, what: surge-time, is: 2h }
    - { of: region/westeurope, what: others-count, is: 7 }
    - { of: region/westeurope, what: others-after, is: 1h }
",
    )
    .plan
    .luck;
    assert_eq!(luck.choices.len(), 4);
    told_at_marks(
        &format!(
            "{HEAD}luck: {{ choices: [{{ of: ^others/nobody, what: others-arrive, is: 1h }}, \
             {{ of: ^region/atlantis, what: others-count, is: 1 }}, \
             {{ of: region/eastus, what: ^others-arrive, is: 1h }}] }}\n"
        ),
        &["LB0380", "LB0310", "LB0381"],
    );
}
