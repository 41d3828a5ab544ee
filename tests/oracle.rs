//! Every planted bug is hunted and found, and where there is none nothing is.
//!
//! `docs/oracle.md` keeps what came of it: which bug was found, after how many runs,
//! by which checks. `LIFEBOAT_BLESS=1 cargo test --test oracle` writes it again.

use assert_cmd::Command;
use lifeboat::checks::CheckId;
use lifeboat::explore::{Oracle, Score, Trial};
use lifeboat::report::oracle::human;
use lifeboat::scenario::defects::{DEFECTS, Defect};
use lifeboat::scenario::syntax::Diagnostics;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

fn score(runs: u64, bugs: &[&'static Defect]) -> Score {
    let jobs = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let trial = Trial {
        runs,
        seeds: 1,
        seed: 1,
        jobs,
    };
    let told = |it: Diagnostics| -> String { it.render(Default::default()) };
    let oracle = Oracle::new(trial).unwrap_or_else(|it| panic!("{}", told(it)));
    let score = oracle.score(bugs, &|_, _| {});
    score.unwrap_or_else(|it| panic!("{}", told(it)))
}

#[test]
fn every_planted_bug_is_found_and_a_clean_fleet_raises_no_alarm() {
    let all: Vec<&Defect> = DEFECTS.iter().collect();
    let score = score(500, &all);
    let face = human(&score, Default::default(), None);
    assert!(score.is_good(), "{face}");
    assert_eq!(score.bugs.len(), DEFECTS.len());
    for bug in &score.bugs {
        assert!(
            bug.is_found() != bug.excuse().is_some(),
            "{}",
            bug.defect.name
        );
    }
    for check in CheckId::ALL {
        assert!(score.caught_by(check).0.len() >= 2, "{}", check.slug());
    }
    let (small, made) = score.small();
    assert_eq!(made, score.found(), "some catch is no scenario: {face}");
    assert!(small * 10 >= made * 9, "{face}");
    hold(&face);
}

/// Compares a score with the one that is kept, or keeps it.
fn hold(face: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/oracle.md");
    let text = fs::read_to_string(&path).expect("the page can be read");
    let begin = "<!-- begin score: written by `LIFEBOAT_BLESS=1 cargo test --test oracle` -->\n";
    let from = text.find(begin).expect("the page has a score") + begin.len();
    let to = text.find("<!-- end score -->").expect("the score ends");
    let wanted = format!("```text\n{face}```\n");
    if std::env::var_os("LIFEBOAT_BLESS").is_some() {
        let text = format!("{}{wanted}{}", &text[..from], &text[to..]);
        fs::write(&path, text).expect("the page can be written");
        return;
    }
    let lines = text[from..to].lines().zip(wanted.lines());
    let differs = lines.clone().find(|it| it.0 != it.1);
    assert!(
        text[from..to] == wanted,
        "docs/oracle.md is not what was found, first here: {differs:?}\n\
         `LIFEBOAT_BLESS=1 cargo test --test oracle` writes it again."
    );
}

/// What a call prints and its exit code.
fn call(args: &[&str]) -> (String, i32) {
    let output = Command::cargo_bin("lifeboat")
        .expect("the command is built")
        .env_clear()
        .env("COLUMNS", "80")
        .args(args)
        .output()
        .expect("the command runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (text, output.status.code().expect("it ended by itself"))
}

#[test]
fn a_hunt_that_finds_nothing_is_red() {
    // Two runs: each base as it stands, in which nobody tries a lost region.
    let (text, code) = call(&[
        "oracle",
        "--runs",
        "2",
        "--filter",
        "creates-in-lost-region",
    ]);
    assert_eq!(code, 1, "{text}");
    assert!(
        text.contains("    not found\n") && text.contains("hunting is broken"),
        "{text}"
    );
}

#[test]
fn a_hunt_that_finds_all_it_was_asked_for_is_green() {
    let asked = ["oracle", "--runs", "2", "--filter", "promotes-both"];
    let (text, code) = call(&asked);
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("1 of 1 planted bug found") && text.contains("It took "),
        "{text}"
    );
    let json = [&asked[..], &["--format", "json"]].concat();
    let (text, code) = call(&json);
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("\"good\": true") && text.contains("\"one-primary\""),
        "{text}"
    );
    assert_eq!(call(&json).0, text, "no time is part of it");
    let read = |text: &str| -> serde_json::Value { serde_json::from_str(text).unwrap() };
    let schema = read(&call(&["schema", "oracle"]).0);
    jsonschema::validate(&schema, &read(&text)).expect("it is as the schema says");
}

#[test]
fn a_filter_that_leaves_nothing_and_a_face_that_is_not_there_are_told() {
    assert_eq!(call(&["oracle", "--filter", "no-such-bug"]).1, 4);
    assert_eq!(call(&["oracle", "--format", "junit"]).1, 2);
}
