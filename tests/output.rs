//! Where results go: never over what is read, never half, and never silently nowhere.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

const SMALLEST: &str = "scenario: v1
title: West Europe is lost for a day
use: [fleet.yaml]
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 26h } }
";
const FLEET: &str = "scenario: v1
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 2 } } }
";

/// A folder with a scenario, a piece of it, and one that is not valid.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in [
        ("day.yaml", SMALLEST),
        ("fleet.yaml", FLEET),
        ("bad.yaml", "scenario: v1\ntitle: [\n"),
        ("lifeboat.toml", "quiet = false\n"),
    ] {
        fs::write(folder.path().join(name), text).expect("a file can be written");
    }
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::cargo_bin("lifeboat")
        .expect("the command is built")
        .current_dir(folder)
        .env_clear()
        .arg("run")
        .args(args)
        .output()
        .expect("the command runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder can be listed")
        .map(|it| it.expect("an entry can be read").path())
        .collect();
    names.sort();
    names
}

#[test]
fn a_scenario_a_piece_and_the_settings_are_never_written_over() {
    let folder = folder();
    let before = names(folder.path());
    for (input, output) in [
        ("day.yaml", "day.yaml"),
        ("day.yaml", "./day.yaml"),
        ("day.yaml", "fleet.yaml"),
        ("day.yaml", "bad.yaml"),
        (".", "day.yaml"),
        ("day.yaml", "lifeboat.toml"),
    ] {
        let ended = run(folder.path(), &[input, "-o", output]);
        assert_eq!(ended.status.code(), Some(2), "{input} {output}");
        assert!(said(&ended).contains(output), "{}", said(&ended));
        assert!(ended.stdout.is_empty());
    }
    assert_eq!(names(folder.path()), before);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it is there");
    assert_eq!(
        (read("day.yaml"), read("fleet.yaml")),
        (SMALLEST.into(), FLEET.into())
    );
    assert_eq!(read("lifeboat.toml"), "quiet = false\n");
}

#[test]
fn a_file_that_is_not_valid_leaves_no_empty_result() {
    let folder = folder();
    let before = names(folder.path());
    let ended = run(folder.path(), &["bad.yaml", "-o", "result.txt"]);
    assert_eq!(ended.status.code(), Some(3));
    assert!(
        said(&ended).contains("result.txt: left alone"),
        "{}",
        said(&ended)
    );
    assert_eq!(names(folder.path()), before);
    // A machine that reads results is told there as well.
    let ended = run(
        folder.path(),
        &["bad.yaml", "-o", "result.json", "--format", "json"],
    );
    assert_eq!(ended.status.code(), Some(3));
    let text = fs::read_to_string(folder.path().join("result.json")).expect("it was written");
    assert!(text.contains("\"invalid\""), "{text}");
}

#[test]
fn a_result_that_cannot_be_written_says_where_and_why() {
    let folder = folder();
    let before = names(folder.path());
    let missing = "there is no folder no/such: make it first";
    for (place, why) in [("no/such/folder.txt", missing), (".", "directory")] {
        let ended = run(folder.path(), &["day.yaml", "-o", place]);
        assert_eq!(ended.status.code(), Some(74), "{place}");
        let said = said(&ended);
        assert!(said.contains(place) && said.contains(why), "{said}");
    }
    assert_eq!(names(folder.path()), before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_no_verdict() {
    let folder = folder();
    let ended = run(folder.path(), &["day.yaml", "-o", "/dev/full"]);
    assert_eq!(ended.status.code(), Some(74));
    let said = said(&ended);
    assert!(
        said.contains("/dev/full") && said.contains("No space"),
        "{said}"
    );
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("it is there");
    let ended = std::process::Command::new(assert_cmd::cargo::cargo_bin("lifeboat"))
        .current_dir(folder.path())
        .args(["run", "day.yaml"])
        .stdout(full)
        .output()
        .expect("the command runs");
    assert_eq!(ended.status.code(), Some(74));
}

#[test]
fn a_result_is_written_whole() {
    let folder = folder();
    let ended = run(folder.path(), &["day.yaml", "-o", "result.txt"]);
    assert_eq!(ended.status.code(), Some(0), "{}", said(&ended));
    let text = fs::read_to_string(folder.path().join("result.txt")).expect("it was written");
    assert!(text.contains("PASS"), "{text}");
    assert_eq!(names(folder.path()).len(), 5);
}

fn verb(folder: &Path, args: &[&str]) -> Output {
    Command::cargo_bin("lifeboat")
        .expect("the command is built")
        .current_dir(folder)
        .env_clear()
        .args(args)
        .output()
        .expect("the command runs")
}

#[test]
fn two_scenarios_of_one_id_are_noticed() {
    let folder = folder();
    fs::remove_file(folder.path().join("bad.yaml")).expect("it was there");
    fs::create_dir(folder.path().join("old")).expect("a folder can be made");
    let copy = SMALLEST.replace("fleet.yaml", "../fleet.yaml");
    fs::write(folder.path().join("old/day.yaml"), &copy).expect("a file can be written");
    for name in ["run", "check"] {
        let ended = verb(folder.path(), &[name, "."]);
        assert_eq!(ended.status.code(), Some(0), "{}", said(&ended));
        let said = said(&ended);
        assert!(
            said.contains("warning: day.yaml and old/day.yaml have the same id"),
            "{said}"
        );
    }
    fs::write(folder.path().join("old/day.yaml"), copy + "id: old-day\n").expect("it can");
    for name in ["run", "check"] {
        assert!(!said(&verb(folder.path(), &[name, "."])).contains("warning"));
    }
}

#[test]
fn whatever_is_listed_or_explained_can_be_read_by_machines() {
    let folder = folder();
    let json = |args: &[&str]| -> serde_json::Value {
        let ended = verb(folder.path(), &[args, &["--format", "json"]].concat());
        serde_json::from_slice(&ended.stdout).unwrap_or_else(|it| panic!("{args:?}: {it}"))
    };
    let checks = json(&["list", "checks"]);
    assert_eq!(checks["items"][0]["name"], "single-owner");
    let article = json(&["explain", "safe-delete"]);
    assert_eq!(article["articles"][0]["kind"], "check");
    let procedure = json(&["explain", "single-region-dr@2023-10-09"]);
    let text = procedure["articles"][0]["parts"][0]["text"]
        .as_str()
        .expect("a text");
    assert!(text.contains("triage-ticket"), "{text}");
    assert!(json(&["schema"])["$schema"].is_string());
    assert_eq!(json(&["check", "bad.yaml"])["exit_code"], 3);
}

#[test]
fn a_format_that_makes_no_sense_is_refused_in_a_sentence() {
    let folder = folder();
    for args in [
        &["list", "checks", "--format", "junit"][..],
        &["explain", "F-9", "--format", "jsonl"],
        &["schema", "--format", "github"],
        &["new", "again", "--format", "json"],
        &["check", "day.yaml", "--format", "junit"],
    ] {
        let ended = verb(folder.path(), args);
        assert_eq!(ended.status.code(), Some(2), "{args:?}");
        assert!(said(&ended).contains("it knows human"), "{}", said(&ended));
        assert!(ended.stdout.is_empty());
    }
    assert!(!folder.path().join("again.yaml").exists());
}

#[test]
fn limits_are_raised_by_a_flag() {
    let folder = folder();
    let flag = |flag: &str| verb(folder.path(), &["check", "day.yaml", flag, "1"]);
    for name in ["--orgs-max", "--struck-max", "--alerts-max"] {
        let ended = flag(name);
        assert_eq!(ended.status.code(), Some(3), "{name}");
        let text = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(text.contains(name), "{text}");
    }
}

/// `| head`: a reader that stopped reading changes no verdict.
#[test]
fn a_closed_pipe_changes_no_exit_code() {
    let folder = folder();
    let bad = SMALLEST.to_owned() + "expect: { no-orphaned-orgs: { within: 1m } }\n";
    fs::write(folder.path().join("violated.yaml"), bad).expect("a file can be written");
    for (file, code) in [("day.yaml", 0), ("violated.yaml", 1)] {
        let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_lifeboat"))
            .current_dir(folder.path())
            .env_clear()
            .args(["run", file])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command runs");
        drop(run.stdout.take());
        let ended = run.wait().expect("the command ends");
        assert_eq!(ended.code(), Some(code), "{file}");
    }
}
