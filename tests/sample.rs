//! `sample` and `merge` as commands: whole, in parts, interrupted, killed.

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use std::process::Output;

const UNCERTAIN: &str = "scenario: v1
title: West Europe is lost, and support takes its time
fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 3 }
    ado: { region: westeurope, scm: azure-devops, orgs: 2 }
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: { pert: { min: 2h, mode: 1d, max: 9d } } } }
procedure: { steps: { release-ownership: { takes: { lognormal: { p50: 4h, p95: 2d } } } } }
objectives:
  rto: { clock: protection, p95: 14d }
  wish: { clock: protection, p95: 8h }
";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("day.yaml"), UNCERTAIN).expect("a file can be written");
    folder
}

fn call(folder: &Path, args: &str) -> Output {
    Command::cargo_bin("lifeboat")
        .expect("the command is built")
        .current_dir(folder)
        .env_clear()
        .env("COLUMNS", "80")
        .args(args.split_whitespace())
        .output()
        .expect("the command runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn ends(folder: &Path, code: i32, args: &str) -> Output {
    let output = call(folder, args);
    assert_eq!(
        output.status.code(),
        Some(code),
        "{args}: {}",
        said(&output)
    );
    output
}

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).unwrap_or_else(|it| panic!("{name}: {it}"))
}

#[test]
fn partitions_merge_to_the_file_of_the_whole_whatever_the_order() {
    let folder = folder();
    let at = folder.path();
    ends(
        at,
        1,
        "sample day.yaml --runs 301 --jobs 2 --checkpoint whole.part",
    );
    for part in 1..=3 {
        let args = format!(
            "sample day.yaml --runs 301 --partition {part}/3 --checkpoint {part}.part --jobs 1"
        );
        call(at, &args);
    }
    ends(at, 1, "merge 1.part 2.part 3.part -o a.part");
    ends(at, 1, "merge 3.part 1.part -o b.part");
    ends(at, 1, "merge b.part 2.part -o c.part");
    let whole = bytes(at, "whole.part");
    assert!(bytes(at, "a.part") == whole && bytes(at, "c.part") == whole);
    // What is said of the parts is what is said of the whole.
    let json = |args: &str| ends(at, 1, args).stdout;
    let whole = json("sample day.yaml --runs 301 --format json");
    assert!(json("merge 2.part 3.part 1.part --format json") == whole);
}

#[test]
fn parts_that_do_not_go_together_are_refused_and_nothing_is_written() {
    let folder = folder();
    let at = folder.path();
    let part = |name: &str, more: &str| {
        call(
            at,
            &format!("sample day.yaml --checkpoint {name}.part {more}"),
        );
    };
    part("one", "--runs 40 --partition 1/2");
    part("two", "--runs 40 --partition 2/2");
    part("seed", "--runs 40 --partition 2/2 --seed 5");
    part("over", "--runs 40");
    let changed = UNCERTAIN.replace("p50: 4h", "p50: 5h");
    fs::write(at.join("day.yaml"), changed).expect("a file can be written");
    part("other", "--runs 40 --partition 2/2");
    let text = String::from_utf8(bytes(at, "two.part")).expect("it is text");
    fs::write(at.join("half.part"), &text[..text.len() / 2]).expect("a file can be written");
    fs::write(
        at.join("bad.part"),
        text.replacen("clocks.full", "clocks.fill", 1),
    )
    .expect("it can");
    fs::write(at.join("none.part"), "").expect("it can");
    for (other, says) in [
        ("seed.part", "its seed is 0x5"),
        ("over.part", "the runs 0 to 19"),
        ("other.part", "the meaning of its scenario"),
        ("half.part", "half.part:"),
        ("bad.part", "bad.part:6:"),
        ("none.part", "none.part:1:1"),
        ("day.yaml", "day.yaml:1:1"),
        ("nowhere.part", "nowhere.part"),
    ] {
        let ended = ends(at, 3, &format!("merge one.part {other} -o out.part"));
        assert!(said(&ended).contains(says), "{other}: {}", said(&ended));
        assert!(ended.stdout.is_empty(), "{other}");
        assert!(!at.join("out.part").exists(), "{other}");
    }
    ends(at, 1, "merge one.part two.part -o out.part");
    // A result is never written over a part that is read, nor over a scenario.
    ends(at, 2, "merge one.part two.part -o one.part");
    ends(at, 2, "merge one.part two.part -o day.yaml");
}

/// What people read of it.
#[test]
fn a_damaged_part_and_one_of_another_sample_are_shown_at_their_lines() {
    let folder = folder();
    let at = folder.path();
    call(at, "sample day.yaml --runs 8 --checkpoint one.part");
    call(
        at,
        "sample day.yaml --runs 8 --seed 5 --checkpoint two.part",
    );
    let text = String::from_utf8(bytes(at, "one.part")).expect("it is text");
    fs::write(at.join("cut.part"), &text[..600]).expect("a file can be written");
    let told: Vec<String> = ["cut.part", "two.part", "one.part"]
        .into_iter()
        .map(|other| said(&ends(at, 3, &format!("merge one.part {other}"))))
        .collect();
    // Which bits a hash has is none of a reader's business.
    insta::with_settings!({ filters => [(r"\b[0-9a-f]{16}\b", "[hash of it all]")] }, {
        insta::assert_snapshot!(told.join("\n"));
    });
}

#[test]
fn few_runs_are_told_with_what_they_cannot_say() {
    let folder = folder();
    let told = ends(folder.path(), 1, "sample day.yaml --runs 20 --jobs 1").stdout;
    insta::assert_snapshot!(String::from_utf8_lossy(&told));
}

#[test]
fn a_checkpoint_is_gone_on_from_and_never_written_over() {
    let folder = folder();
    let at = folder.path();
    let whole = "sample day.yaml --runs 200 --checkpoint whole.part --csv whole.csv";
    ends(at, 1, whole);
    ends(at, 2, whole);
    let first = "sample day.yaml --runs 90 --checkpoint some.part --csv some.csv";
    ends(at, 1, first);
    // Somebody was killed as they wrote rows that no checkpoint knows of.
    let mut rows = bytes(at, "some.csv");
    rows.extend(b"90,0x0,half a row");
    fs::write(at.join("some.csv"), rows).expect("a file can be written");
    fs::write(at.join(".some.part.123.tmp"), "half").expect("it can");
    let more = "sample day.yaml --runs 200 --checkpoint some.part --csv some.csv --resume";
    ends(at, 1, more);
    assert!(bytes(at, "some.part") == bytes(at, "whole.part"));
    assert!(bytes(at, "some.csv") == bytes(at, "whole.csv"));
    assert!(!at.join(".some.part.123.tmp").exists());
    // There is nothing left to do, and it is told again.
    let again = ends(at, 1, more);
    assert!(!again.stdout.is_empty());
    ends(at, 3, &format!("{more} --seed 8"));
    ends(
        at,
        3,
        "sample day.yaml --runs 100 --checkpoint some.part --resume",
    );
    fs::write(at.join("some.csv"), "run\n").expect("it can");
    let ended = ends(at, 3, more);
    assert!(
        said(&ended).contains("rows are missing"),
        "{}",
        said(&ended)
    );
    ends(at, 1, "sample day.yaml --runs 9 --checkpoint new.part");
    ends(
        at,
        2,
        "sample day.yaml --runs 99 --checkpoint new.part --resume --csv new.csv",
    );
}

#[test]
fn a_row_is_a_run_in_order() {
    let folder = folder();
    let at = folder.path();
    ends(at, 1, "sample day.yaml --runs 150 --jobs 3 --csv rows.csv");
    let text = String::from_utf8(bytes(at, "rows.csv")).expect("it is text");
    let rows: Vec<Vec<&str>> = text.lines().map(|it| it.split(',').collect()).collect();
    assert_eq!(rows.len(), 151);
    let column = |name: &str| rows[0].iter().position(|it| *it == name).expect(name);
    for (run, row) in rows[1..].iter().enumerate() {
        assert_eq!(row.len(), rows[0].len());
        assert_eq!(row[0], run.to_string());
    }
    // The command that is handed out does that run again.
    for run in [0, 77, 149] {
        let row = &rows[run + 1];
        let args = format!("run day.yaml --format json --seed {}", row[1]);
        let result: serde_json::Value =
            serde_json::from_slice(&call(at, &args).stdout).expect("JSON");
        let measures = &result["scenarios"][0]["measures"];
        let told = |it: &serde_json::Value| it.as_u64().map_or("never".into(), |it| it.to_string());
        assert_eq!(
            row[column("clocks.full")],
            told(&measures["clocks_ms"]["full"])
        );
        assert_eq!(
            row[column("alerts.lost-as-documented")],
            told(&measures["alerts"]["lost_as_documented"])
        );
        assert_eq!(
            row[column("blind-time.total")],
            told(&measures["blind_ms_total"])
        );
        for check in result["scenarios"][0]["checks"].as_array().expect("a list") {
            let name = check["id"].as_str().expect("a text");
            assert_eq!(
                row[column(name)],
                check["verdict"].as_str().expect("a text")
            );
        }
    }
}

#[test]
fn objectives_decide_how_it_ends() {
    let folder = folder();
    let at = folder.path();
    let with = |objective: &str| {
        let (head, _) = UNCERTAIN.split_once("objectives:").expect("there are some");
        fs::write(
            at.join("day.yaml"),
            format!("{head}objectives: {{ it: {{ {objective} }} }}\n"),
        )
        .expect("it can");
    };
    with("clock: protection, p50: 13d");
    ends(at, 0, "sample day.yaml --runs 60");
    let ended = ends(at, 5, "sample day.yaml --runs 4");
    let text = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(
        text.contains("INCONCLUSIVE") && text.contains("would settle it"),
        "{text}"
    );
    with("clock: protection, p50: 1h");
    ends(at, 1, "sample day.yaml --runs 60");
    // Nothing is hit, so nothing puts it to the test: that is no pass.
    with("measure: losses.lost, most: 0, share: 90%");
    let quiet = fs::read_to_string(at.join("day.yaml")).expect("it is there");
    let quiet = quiet.replace("westeurope, lasts", "uksouth, lasts");
    fs::write(at.join("day.yaml"), quiet).expect("it can");
    let ended = ends(at, 5, "sample day.yaml --runs 60");
    assert!(String::from_utf8_lossy(&ended.stdout).contains("No run put it to the test"));
}

#[test]
fn sampling_until_it_is_enough_stops_at_the_same_run_on_every_machine() {
    let folder = folder();
    let at = folder.path();
    let runs = |args: &str, code: i32| {
        let json = ends(at, code, args).stdout;
        let value: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
        assert_eq!(value["looks"], "always");
        value["runs"].as_u64().expect("a number")
    };
    let settled = "sample day.yaml --until-settled --format json --runs 100000 --jobs";
    let one = runs(&format!("{settled} 1"), 1);
    assert!((100..20_000).contains(&one), "{one}");
    assert_eq!(runs(&format!("{settled} 2"), 1), one);
    let sharp = "sample day.yaml --until-sharp 20% --format json --runs 100000 --jobs";
    let one = runs(&format!("{sharp} 1"), 1);
    assert!((100..100_000).contains(&one), "{one}");
    assert_eq!(runs(&format!("{sharp} 2"), 1), one);
    let (head, _) = UNCERTAIN.split_once("objectives:").expect("there are some");
    fs::write(at.join("day.yaml"), head).expect("it can");
    ends(at, 2, "sample day.yaml --until-settled");
    // Whoever asks for more than the runs can give is told, and does not go on as if.
    let blunt = ends(at, 5, "sample day.yaml --until-sharp 0.1% --runs 300");
    let said = String::from_utf8_lossy(&blunt.stderr);
    assert!(said.contains("to within 0.1%"), "{said}");
    ends(at, 2, "sample day.yaml --until-sharp 0%");
}

#[test]
fn results_validate_against_their_schema() {
    let folder = folder();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/sample.v1.json");
    let written = String::from_utf8(ends(folder.path(), 0, "schema sample").stdout).expect("text");
    if std::env::var_os("LIFEBOAT_BLESS").is_some() {
        fs::write(&kept, &written).expect("it can be written");
    }
    let text = fs::read_to_string(&kept).unwrap_or_default();
    assert!(
        text == written,
        "LIFEBOAT_BLESS=1 cargo test --test sample writes it again"
    );
    let schema = serde_json::from_str(&text).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    for runs in ["3", "200"] {
        let args = format!("sample day.yaml --format json --runs {runs}");
        let result = serde_json::from_slice(&call(folder.path(), &args).stdout).expect("JSON");
        let errors: Vec<String> = validator
            .iter_errors(&result)
            .map(|it| it.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

/// Killed at random moments, as often as it takes, it comes to the same bytes.
#[cfg(unix)]
#[test]
fn killed_many_times_it_ends_as_if_nobody_had() {
    use std::process::{Command as Process, Stdio};
    use std::time::Duration;

    let folder = folder();
    let at = folder.path();
    // Long enough to be killed a few times; shorter than anybody's patience.
    let args = |name: &str| {
        format!(
            "sample day.yaml --runs 6000 --jobs 2 --checkpoint {name}.part --csv {name}.csv --resume"
        )
    };
    ends(at, 1, &args("calm"));
    let mut killed = 0;
    for attempt in 0_u64.. {
        assert!(attempt < 1_000, "it gets nowhere");
        let child = Process::new(assert_cmd::cargo::cargo_bin("lifeboat"))
            .current_dir(at)
            .env_clear()
            .args(args("rough").split_whitespace())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.expect("the command runs");
        // Moments spread over the work, later and later: any will do, but on a slow
        // machine the first are over before there is anything to lose.
        let ms = (attempt * 2_654_435_761) % (60 + 30 * attempt);
        std::thread::sleep(Duration::from_millis(ms));
        if let Some(status) = child.try_wait().expect("it can be asked") {
            assert_eq!(status.code(), Some(1));
            break;
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        killed += 1;
    }
    assert!(killed > 2, "it was killed {killed} times only");
    for name in ["part", "csv"] {
        let (calm, rough) = (format!("calm.{name}"), format!("rough.{name}"));
        assert!(
            bytes(at, &calm) == bytes(at, &rough),
            "{name}, killed {killed} times"
        );
    }
}

#[cfg(unix)]
#[test]
fn interrupted_it_keeps_what_was_done_and_says_so() {
    use std::process::{Command as Process, Stdio};
    use std::time::Duration;

    let folder = folder();
    let at = folder.path();
    let child = Process::new(assert_cmd::cargo::cargo_bin("lifeboat"))
        .current_dir(at)
        .env_clear()
        .args(
            "sample day.yaml --runs 1000000000 --checkpoint long.part --format json"
                .split_whitespace(),
        )
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    // The first checkpoint says that it heeds interrupts by now.
    while !at.join("long.part").exists() {
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(700));
    let asked = Process::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(asked.expect("kill runs").success());
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(130));
    let result: serde_json::Value = serde_json::from_slice(&ended.stdout).expect("JSON");
    let runs = result["runs"].as_u64().expect("a number");
    assert!(runs > 0);
    assert_eq!(result["whole"], false);
    assert_eq!(result["ranges"], serde_json::json!([[0, runs]]));
    // As many runs in one go are the same.
    ends(
        at,
        1,
        &format!("sample day.yaml --runs {runs} --checkpoint same.part"),
    );
    assert!(bytes(at, "same.part") == bytes(at, "long.part"));
}
