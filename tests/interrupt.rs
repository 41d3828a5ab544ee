//! Whoever interrupts gets what was finished, at once.

use lifeboat::drill::{Drill, Record};
use lifeboat::scenario::Reader;
use std::cell::Cell;

const DAY: &str = "scenario: v1
title: West Europe is lost for a day
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 12 } } }
timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
";

#[test]
fn a_drill_stops_between_two_instants() {
    let scenario = Reader::default()
        .read_text("day.yaml", DAY)
        .expect("the scenario is valid");
    let drill = Drill::new(&scenario.plan);
    let looks = Cell::new(0_u32);
    let after = |most: u32| {
        looks.set(0);
        drill.run_unless(Record::Nothing, || {
            looks.set(looks.get() + 1);
            looks.get() > most
        })
    };
    let whole = after(u32::MAX).expect("nobody stopped it");
    let instants = looks.get();
    assert!(instants > 20, "{instants}");
    assert_eq!(whole.trace_hash, drill.run().trace_hash);
    for most in [0, 1, instants - 1] {
        assert!(after(most).is_none());
        assert_eq!(looks.get(), most + 1);
    }
    assert!(drill.verify_unless(|| true).is_none());
}

/// The second file is a pipe: whoever opens it to write knows that the first is
/// finished, and that the second has not begun.
#[cfg(unix)]
#[test]
fn what_was_finished_is_kept_and_what_runs_is_stopped() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    let folder = tempfile::tempdir().expect("a folder for the test");
    std::fs::write(folder.path().join("day.yaml"), DAY).expect("a file can be written");
    let made = Command::new("mkfifo")
        .arg(folder.path().join("pipe.yaml"))
        .status();
    assert!(made.expect("mkfifo runs").success());
    let child = Command::new(assert_cmd::cargo::cargo_bin("lifeboat"))
        .current_dir(folder.path())
        .args(["run", "--jobs", "1", "day.yaml", "pipe.yaml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut pipe = std::fs::OpenOptions::new()
        .write(true)
        .open(folder.path().join("pipe.yaml"))
        .expect("the command opens the pipe");
    let asked = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(asked.expect("kill runs").success());
    // The signal is heard by a thread of its own.
    std::thread::sleep(Duration::from_millis(300));
    pipe.write_all(DAY.as_bytes()).expect("the pipe is read");
    drop(pipe);
    let ended = child.wait_with_output().expect("the command ends");
    assert_eq!(ended.status.code(), Some(130));
    let text = String::from_utf8_lossy(&ended.stdout);
    assert!(
        text.contains("1 pass") && !text.contains("pipe.yaml"),
        "{text}"
    );
    assert!(String::from_utf8_lossy(&ended.stderr).contains("interrupted"));
}
