//! The hunt from the command line: found, small, kept, and run again.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

const SCENARIO: &str = "scenario: v1
title: Two platforms in one, and it promotes both
fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 4 }
    web: { region: eastus, scm: gitlab, orgs: 2 }
defects: [promotes-both]
chaos: { allow: [region-outage, scm-throttled], at-most: 2 }
";

const CLEAN: &str = "scenario: v1
title: Nothing that the published procedure does not stand
fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 4 }
chaos: { allow: [scm-throttled, region-degraded] }
";

struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        fs::write(folder.path().join("day.yaml"), text).expect("a file can be written");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn kept(&self) -> String {
        fs::read_to_string(self.path("day.findings.yaml")).expect("findings are kept")
    }

    /// What a call prints and how it ends, as one text.
    fn face(&self, args: &[&str]) -> String {
        let output = Command::cargo_bin("lifeboat")
            .expect("the command is built")
            .current_dir(self.folder.path())
            .env_clear()
            .env("COLUMNS", "80")
            .env("NO_COLOR", "1")
            .args(args)
            .output()
            .expect("the command runs");
        format!(
            "[exit {}]\n{}{}",
            output
                .status
                .code()
                .map_or("by signal".into(), |it| it.to_string()),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        )
    }
}

const HUNT: &[&str] = &["hunt", "day.yaml", "--runs", "3000"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    HUNT.iter().chain(more).copied().collect()
}

#[test]
fn what_is_found_is_told_kept_and_runs_again() {
    let bench = Bench::new(SCENARIO);
    insta::assert_snapshot!("found", bench.face(HUNT));
    insta::assert_snapshot!("kept", bench.kept());
    let replayed = bench.face(&["replay", "day.findings.yaml"]);
    assert!(
        replayed.starts_with("[exit 1]") && replayed.contains("one-primary"),
        "{replayed}"
    );
    // Once more: what was kept is run first, and nothing is kept twice.
    let before = bench.kept();
    let again = bench.face(HUNT);
    assert!(again.contains("still fails"), "{again}");
    assert_eq!(bench.kept(), before);
}

#[test]
fn one_of_several_is_run_alone_by_its_id() {
    let bench = Bench::new(SCENARIO);
    bench.face(HUNT);
    let text = bench.kept();
    let id = text
        .lines()
        .find_map(|it| it.trim().strip_prefix("- id: "))
        .expect("an id");
    let alone = bench.face(&["replay", id]);
    assert!(alone.starts_with("[exit 1]"), "{alone}");
    assert!(
        bench
            .face(&["replay", "day.findings.yaml", "no-such-1"])
            .starts_with("[exit 4]")
    );
    assert!(bench.face(&["replay", "no-such-1"]).starts_with("[exit 3]"));
}

#[test]
fn threads_change_nothing() {
    let bench = Bench::new(SCENARIO);
    let faces = ["1", "2"]
        .map(|jobs| bench.face(&with(&["--no-keep", "--format", "json", "--jobs", jobs])));
    assert_eq!(faces[0], faces[1]);
    assert!(!Path::new(&bench.path("day.findings.yaml")).exists());
}

#[test]
fn where_nothing_breaks_nothing_is_found() {
    let bench = Bench::new(CLEAN);
    let face = bench.face(HUNT);
    assert!(
        face.starts_with("[exit 0]") && face.contains("0 findings"),
        "{face}"
    );
    assert!(!bench.path("day.findings.yaml").exists());
}

#[test]
fn a_finding_is_a_scenario_that_check_finds_clean_and_run_shows_violated() {
    let bench = Bench::new(SCENARIO);
    bench.face(&with(&["--write", "found", "--no-keep"]));
    let files: Vec<PathBuf> = fs::read_dir(bench.path("found"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    assert!(!files.is_empty());
    for file in files {
        let file = file.to_str().unwrap();
        assert!(bench.face(&["check", file]).starts_with("[exit 0]"));
        assert!(bench.face(&["run", file]).starts_with("[exit 1]"));
    }
}

#[test]
fn a_replay_that_cannot_be_trusted_says_why() {
    let bench = Bench::new(SCENARIO);
    bench.face(HUNT);
    let good = bench.kept();
    let told = |from: &str, to: &str| {
        let line = good
            .lines()
            .find(|it| it.trim().starts_with(from))
            .expect("there is one");
        let damaged = good.replacen(line, &line.replace(line.trim(), to), 1);
        fs::write(bench.path("day.findings.yaml"), damaged).unwrap();
        bench.face(&["replay", "day.findings.yaml"])
    };
    let diverged = told("trace:", "trace: 0x1");
    assert!(
        diverged.starts_with("[exit 6]") && diverged.contains("0x1"),
        "{diverged}"
    );
    let other = told("lifeboat:", "lifeboat: 99.0.0");
    assert!(
        other.starts_with("[exit 3]") && other.contains("LB0390"),
        "{other}"
    );
    let damaged = told("check:", "check: one-primry");
    assert!(
        damaged.starts_with("[exit 3]") && damaged.contains("did you mean `one-primary`"),
        "{damaged}"
    );
}

#[test]
fn findings_that_cannot_be_written_are_told_all_the_same() {
    let bench = Bench::new(SCENARIO);
    let face = bench.face(&with(&["--findings", "no/such/folder/a.yaml"]));
    assert!(face.starts_with("[exit 74]"), "{face}");
    assert!(
        face.contains("one-primary-") && face.contains("cannot be written"),
        "{face}"
    );
}

#[test]
fn other_faces_hold_the_same_findings() {
    let bench = Bench::new(SCENARIO);
    let json = bench.face(&with(&["--no-keep", "--format", "json", "--quiet"]));
    let text = json.split_once('\n').unwrap().1;
    let value: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
    let schema = bench.face(&["schema", "hunt"]);
    let schema: serde_json::Value =
        serde_json::from_str(schema.split_once('\n').unwrap().1).unwrap();
    jsonschema::validate(&schema, &value).expect("it is as the schema says");
    let count = value["findings"].as_array().unwrap().len();
    assert!(count > 0);
    let jsonl = bench.face(&with(&["--no-keep", "--format", "jsonl", "--quiet"]));
    assert_eq!(jsonl.lines().count(), count + 1);
    let github = bench.face(&with(&["--no-keep", "--format", "github", "--quiet"]));
    assert_eq!(github.matches("::error file=day.yaml").count(), count);
    let junit = bench.face(&with(&["--no-keep", "--format", "junit", "--quiet"]));
    assert_eq!(junit.matches("<testsuite ").count(), count, "{junit}");
    let test = bench.face(&with(&["--no-keep", "--rust-test"]));
    assert_eq!(test.matches("#[test]").count(), count);
}

#[test]
fn a_broken_procedure_says_who_notices() {
    let bench = Bench::new(&CLEAN.replace(
        "chaos:",
        "timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 26h } }
chaos:",
    ));
    insta::assert_snapshot!(
        "procedure",
        bench.face(&["hunt", "day.yaml", "--procedure", "--runs", "20"])
    );
    let asked = [
        "hunt",
        "day.yaml",
        "--procedure",
        "--runs",
        "20",
        "--quiet",
        "--format",
    ];
    let face = |format| bench.face(&[&asked[..], &[format]].concat());
    let json = |face: String| -> serde_json::Value {
        serde_json::from_str(face.split_once('\n').unwrap().1).expect("it is JSON")
    };
    let result = json(face("json"));
    let schema = json(bench.face(&["schema", "procedure"]));
    jsonschema::validate(&schema, &result).expect("it is as the schema says");
    let noticed = result["mutants"].as_array().unwrap().iter();
    assert!(
        noticed
            .clone()
            .any(|it| it["noticed_by"][0]["more"].as_u64() > Some(0))
    );
    assert!(noticed.clone().any(|it| it["possible"] == false));
    assert!(face("junit").starts_with("[exit 2]"), "it has no cases");
}

#[test]
fn a_chaos_that_never_strikes_is_no_hunt() {
    let bench = Bench::new(&CLEAN.replace("chaos: {", "chaos: { at-most: 0,"));
    let face = bench.face(HUNT);
    assert!(
        face.starts_with("[exit 3]") && face.contains("LB0385") && face.contains("day.yaml:6"),
        "{face}"
    );
}

/// Two connectors, of which one is gone by the next hunt.
const LONG: &str = "scenario: v1
title: Nobody reads a ticket in time
fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 2 }
    web: { region: westeurope, scm: github, orgs: 2 }
timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }
  - { at: T+1h, fault: { ticket-lost: { connector: web } } }
procedure: { steps: { triage-ticket: { takes: 9d } } }
chaos: { allow: [scm-throttled] }
";

#[test]
fn what_was_found_earlier_fails_holds_or_cannot_be_tried() {
    let bench = Bench::new(LONG);
    let first = bench.face(&["hunt", "day.yaml", "--runs", "1"]);
    assert!(first.contains("It fails as it stands"), "{first}");
    let kept = bench.kept();
    let hunt = || bench.face(&["hunt", "day.yaml", "--runs", "1", "--no-keep"]);
    assert!(hunt().contains("still fails."));
    let quick = LONG.replace("takes: 9d", "takes: 1h");
    fs::write(bench.path("day.yaml"), quick).unwrap();
    assert!(hunt().contains("does not fail any more"));
    let unnamed = LONG.replace("    payments:", "    other:");
    fs::write(bench.path("day.yaml"), &unnamed).unwrap();
    let damaged = kept.replacen("region: westeurope", "region: nowhere", 1);
    fs::write(bench.path("day.findings.yaml"), &damaged).unwrap();
    let line = 1 + damaged
        .lines()
        .position(|it| it.contains("nowhere"))
        .unwrap();
    let face = hunt();
    let told = face.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("cannot be tried"), "{face}");
    assert!(
        told.contains(&format!("day.findings.yaml:{line}:")),
        "{face}"
    );
    // And a replay says the same place.
    let face = bench.face(&["replay", "day.findings.yaml"]);
    assert!(face.starts_with("[exit 3]"), "{face}");
    assert!(
        face.contains(&format!("day.findings.yaml:{line}:")),
        "{face}"
    );
}

#[test]
fn an_id_that_several_files_hold_is_not_guessed() {
    let bench = Bench::new(SCENARIO);
    bench.face(HUNT);
    let text = bench.kept();
    let id = text.lines().find_map(|it| it.trim().strip_prefix("- id: "));
    let id = id.expect("an id");
    let alone = bench.face(&["replay", id]);
    assert!(alone.contains("kept in day.findings.yaml"), "{alone}");
    let command = format!("Again: lifeboat replay day.findings.yaml {id}");
    assert!(alone.contains(&command), "{alone}");
    fs::write(bench.path("night.findings.yaml"), &text).unwrap();
    let face = bench.face(&["replay", id]);
    assert!(face.starts_with("[exit 2]"), "{face}");
    assert!(face.contains(&format!("lifeboat replay night.findings.yaml {id}")));
    let face = bench.face(&["replay", "night.findings.yaml", id, "--format", "json"]);
    assert!(face.starts_with("[exit 2]"), "{face}");
}

#[test]
fn a_finding_of_another_version_is_in_nobody_elses_way() {
    let bench = Bench::new(SCENARIO);
    bench.face(HUNT);
    let text = bench.kept();
    let ids: Vec<&str> = text
        .lines()
        .filter_map(|it| it.trim().strip_prefix("- id: "))
        .collect();
    let version = format!("lifeboat: {}", env!("CARGO_PKG_VERSION"));
    let old = text.replacen(&version, "lifeboat: 0.0.1", 1);
    let old = match old == text {
        true => text.replacen(
            &format!("lifeboat: \"{}\"", env!("CARGO_PKG_VERSION")),
            "lifeboat: 0.0.1",
            1,
        ),
        false => old,
    };
    assert_ne!(old, text);
    fs::write(bench.path("day.findings.yaml"), &old).unwrap();
    let of = |id| bench.face(&["replay", "day.findings.yaml", id]);
    assert!(of(ids[0]).starts_with("[exit 3]"));
    assert!(of(ids[1]).starts_with("[exit 1]"), "{}", of(ids[1]));
}

#[test]
fn a_file_that_somebody_edited_is_left_alone() {
    let bench = Bench::new(SCENARIO);
    let hunt = || bench.face(&with(&["--write", "found", "--no-keep"]));
    hunt();
    let file = fs::read_dir(bench.path("found")).unwrap().next().unwrap();
    let file = file.unwrap().path();
    assert!(!hunt().contains("left alone"), "the same text is no matter");
    fs::write(&file, "# mine\n").unwrap();
    assert!(hunt().contains("left alone"));
    assert_eq!(fs::read_to_string(&file).unwrap(), "# mine\n");
}

#[cfg(unix)]
#[test]
fn a_signal_to_terminate_keeps_what_was_found() {
    let bench = Bench::new(SCENARIO);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("lifeboat"))
        .current_dir(bench.folder.path())
        .args(["hunt", "day.yaml", "--for", "60s", "--jobs", "1"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("it starts");
    std::thread::sleep(std::time::Duration::from_secs(2));
    let pid = child.id().to_string();
    let sent = std::process::Command::new("kill")
        .args(["-TERM", &pid])
        .status();
    assert!(sent.expect("kill is there").success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(bench.kept().contains("one-primary"));
}
