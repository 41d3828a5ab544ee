//! What people read: the faces of drills, and what the command says when
//! something is wrong. Snapshots; colours off, 80 columns.

use assert_cmd::Command;
use std::fs;
use std::path::Path;

fn lifeboat() -> Command {
    let mut command = Command::cargo_bin("lifeboat").expect("the command is built");
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("COLUMNS", "80")
        .env("NO_COLOR", "1");
    command
}

/// What a call prints and how it ends, as one text.
fn face(args: &[&str]) -> String {
    let output = lifeboat().args(args).output().expect("the command runs");
    format!(
        "$ lifeboat {}\n[exit {}]\n--- stdout\n{}--- stderr\n{}",
        args.join(" "),
        output
            .status
            .code()
            .map_or("by signal".into(), |it| it.to_string()),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    )
}

macro_rules! faces {
    ($($name:ident: $($arg:literal)*;)*) => {
        $(#[test]
        fn $name() {
            insta::assert_snapshot!(face(&[$($arg),*]));
        })*
    };
}

faces! {
    smallest: "run" "scenarios/first-steps/smallest.yaml";
    fleet_at_rest: "run" "scenarios/first-steps/at-rest.yaml";
    read_to_the_letter: "run" "--full" "scenarios/procedures/to-the-letter.yaml";
    target_lost: "run" "--full" "scenarios/multi-region/target-lost.yaml";
    folder: "run" "scenarios/multi-region";
    one_as_json: "run" "--format" "json" "scenarios/first-steps/smallest.yaml";
    one_as_junit: "run" "--format" "junit" "scenarios/first-steps/smallest.yaml";
    one_as_annotations: "run" "--format" "github" "scenarios/procedures/to-the-letter.yaml";
    checked: "check" "scenarios/first-steps";
    listed_checks: "list" "checks";
    listed_faults: "list" "faults";
    listed_parameters: "list" "parameters";
    listed_procedures: "list" "procedures";
    listed_slips: "list" "slips";
    listed_commands: "list" "commands";
    assumed: "run" "--assumptions" "scenarios/first-steps/smallest.yaml";
    verified: "run" "--verify" "scenarios/first-steps/at-rest.yaml";
    explained_parameter: "explain" "alert-window.anchor";
    explained_procedure: "explain" "single-region-dr@2023-11-08";
    explained_region: "explain" "westeurope";
    explained_defect: "explain" "forgets-the-last-grant";
    explained_check: "explain" "safe-delete";
    explained_fault: "explain" "recreation-crash";
    explained_fact: "explain" "F-14";
    explained_code: "explain" "LB0201";
    explained_nothing: "explain" "safe-delte";
    too_late: "slack" "scenarios/procedures/to-the-letter.yaml" "--party" "customer";
    three_plans: "compare" "--runs" "100" "scenarios/compared/three-regions.yaml"
        "scenarios/compared/ids-saved.yaml" "scenarios/compared/four-operators.yaml";
    plan_of_a_region_that_is_none: "plan" "scenarios/first-steps/smallest.yaml" "--region" "westeurop";
    slack_without_a_resolution: "slack" "scenarios/first-steps/smallest.yaml" "--resolution" "0s";
    compared_with_itself: "compare" "scenarios/compared/new-connector.yaml" "scenarios/compared/new-connector.yaml" "--runs" "80";
    one_is_no_comparison: "compare" "scenarios/compared/new-connector.yaml";
    planned_in_detail: "plan" "scenarios/compared/three-regions.yaml" "--region" "uksouth" "--runs" "80" "--steps" "1";
    planned_nowhere: "plan" "scenarios/compared/three-regions.yaml" "--region" "eastus";
    planned_by_nothing: "plan" "scenarios/compared/three-regions.yaml" "--by" "clocks";
    missing_file: "run" "scenarios/nowhere.yaml";
    nothing_selected: "run" "scenarios/first-steps" "--filter" "no scenario has this in it";
    wrong_usage: "run" "--format" "xml" "scenarios";
}

/// A bad file, by name; `face` of checking it.
fn bad(name: &str, text: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join(name);
    fs::write(&path, text).expect("the file can be written");
    let output = lifeboat()
        .arg("check")
        .arg(&path)
        .output()
        .expect("the command runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    let shown = text.replace(&folder.path().display().to_string(), "FOLDER");
    format!("[exit {}]\n{shown}", output.status.code().unwrap_or(-1))
}

/// A scenario of its own; `face` of running it. It is run from beside it: where it lies
/// is not in the result, nor in how that is wrapped.
fn ran(name: &str, text: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join(name), text).expect("the file can be written");
    let output = lifeboat()
        .current_dir(folder.path())
        .args(["run", name])
        .output()
        .expect("the command runs");
    let text = String::from_utf8_lossy(&output.stdout);
    format!("[exit {}]\n{text}", output.status.code().unwrap_or(-1))
}

#[test]
fn a_large_fleet_is_summed_up() {
    insta::assert_snapshot!(ran(
        "large.yaml",
        "scenario: v1
title: Ten thousand orgs, and half of them lost
fleet:
  defaults: { alerts: { count: 5, age: 3d } }
  connectors: { a: { region: westeurope, scm: github, orgs: 4000 }, b: { region: westeurope, scm: azure-devops, orgs: 1000 }, c: { region: eastus, scm: gitlab, orgs: 5000 } }
timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
"
    ));
}

#[test]
fn a_run_that_is_too_short_to_say_says_so() {
    insta::assert_snapshot!(ran(
        "short.yaml",
        "scenario: v1
title: Looked at for a day
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 2 } } }
timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 3d } } }]
procedure: { steps: { triage-ticket: { takes: 2d } } }
until: 1d
"
    ));
}

#[test]
fn a_known_failure_that_is_none_any_more_says_so() {
    insta::assert_snapshot!(ran(
        "mended.yaml",
        "scenario: v1
title: What was mended
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 2 } } }
timeline: [{ at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }]
expect: { no-orphaned-orgs: { known-failure: \"support took too long\" } }
"
    ));
}

#[test]
fn a_fault_that_struck_nothing_is_told() {
    insta::assert_snapshot!(ran(
        "late.yaml",
        "scenario: v1
title: A ticket is lost that was read long ago
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 2 } } }
timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }
  - { at: T+8h, fault: { ticket-lost: { connector: payments, lasts: 1d } } }
"
    ));
}

#[test]
fn however_many_plans_are_compared_a_page_has_80_columns() {
    let paths = [
        "three-regions",
        "ids-saved",
        "four-operators",
        "later-order",
    ];
    let paths = paths.map(|it| format!("scenarios/compared/{it}.yaml"));
    let args = ["compare", "--runs", "100"].into_iter();
    let page = face(
        &args
            .chain(paths.iter().map(String::as_str))
            .collect::<Vec<_>>(),
    );
    let wide = page.lines().skip(1).find(|it| it.chars().count() > 80);
    assert_eq!(wide, None);
}

#[test]
fn every_error_of_a_file_at_once() {
    insta::assert_snapshot!(bad(
        "bad.yaml",
        "scenario: v1\n\
         title: Everything is wrong\n\
         fleet:\n  connectors:\n    payments: { region: westeurop, scm: githob, orgs: 3 }\n\
         timeline:\n  - at: T+1.5h\n    fault: { region-outage: { region: mars, lasts: 2x } }\n\
         \x20 - at: T+0\n    falut: { region-outage: { region: westeurope } }\n\
         expect:\n  no-orphaned-org: { within: 2d }\n"
    ));
}

#[test]
fn a_region_that_is_only_announced() {
    insta::assert_snapshot!(bad(
        "soon.yaml",
        "scenario: v1\ntitle: Too early\nfleet:\n  connectors:\n    a: { region: ukwest, scm: github, orgs: 1 }\n\
         timeline:\n  - at: T+0\n    fault: { region-outage: { region: westeurope, lasts: 1h } }\n"
    ));
}

#[test]
fn a_later_format() {
    insta::assert_snapshot!(bad("later.yaml", "scenario: v2\ntitle: From the future\n"));
}

#[test]
fn one_bad_file_does_not_keep_the_others_from_running() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let smallest =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/first-steps/smallest.yaml");
    fs::copy(smallest, folder.path().join("good.yaml")).expect("a scenario can be copied");
    fs::write(folder.path().join("bad.yaml"), "scenario: v1\ntitle: [\n")
        .expect("a file can be written");
    let output = lifeboat()
        .arg("run")
        .arg(folder.path())
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 pass"));
}

#[test]
fn input_that_would_run_away_is_refused() {
    for (name, text) in [
        ("deep.yaml", "scenario: v1\ntitle: ".to_owned() + &"[".repeat(100_000)),
        ("billion.yaml", "scenario: v1\ntitle: huge\nfleet:\n  connectors:\n    a: { region: westeurope, scm: github, orgs: 1000000000 }\n".to_owned()),
        ("aliases.yaml", "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e]\n".to_owned()),
        ("large.yaml", "#".repeat(100 << 20)),
        ("late.yaml", "scenario: v1\ntitle: late\nfleet:\n  connectors:\n    a: { region: westeurope, scm: github, orgs: 1 }\ntimeline:\n  - at: T+99999999999999999999h\n    fault: { region-outage: { region: westeurope, lasts: -3h } }\n".to_owned()),
    ] {
        assert!(bad(name, &text).starts_with("[exit 3]"), "{name}: {}", &bad(name, &text)[..200.min(bad(name, &text).len())]);
    }
}

#[test]
fn results_validate_against_their_schema() {
    let schema: serde_json::Value = serde_json::from_str(
        &fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/result.v1.json"))
            .expect("the schema is kept"),
    )
    .expect("the schema is JSON");
    let output = lifeboat()
        .args(["run", "--format", "json", "scenarios"])
        .output()
        .expect("the command runs");
    let result: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("the result is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let errors: Vec<String> = validator
        .iter_errors(&result)
        .map(|it| format!("{it} at {}", it.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}

/// The JSON of a call, held to the schema that is kept in `schemas/`.
fn valid(args: &[&str], schema: &str) -> serde_json::Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("schemas")
        .join(schema);
    let kept = fs::read_to_string(path).expect("the schema is kept");
    let kept: serde_json::Value = serde_json::from_str(&kept).expect("the schema is JSON");
    let output = lifeboat().args(args).args(["--format", "json"]).output();
    let output = output.expect("the command runs");
    let result = serde_json::from_slice(&output.stdout).expect("the result is JSON");
    let validator = jsonschema::validator_for(&kept).expect("the schema is one");
    let errors: Vec<String> = validator
        .iter_errors(&result)
        .map(|it| format!("{it} at {}", it.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    result
}

#[test]
fn a_slack_validates_against_its_schema_whatever_the_number_of_jobs() {
    let path = "scenarios/incidents/central-us-2024.yaml";
    let of = |jobs| {
        valid(
            &["slack", path, "--resolution", "10m", "--jobs", jobs],
            "slack.v1.json",
        )
    };
    let result = of("1");
    assert_eq!(result, of("2"));
    let parties = result["parties"].as_array().expect("a list");
    assert_eq!(parties.len(), 2);
    assert_eq!(parties[0]["orgs"].as_array().map(Vec::len), Some(7));
    assert_eq!(parties[0]["spared"], 1);
}

#[test]
fn comparisons_and_plans_validate_against_their_schemas_whatever_the_number_of_jobs() {
    let folder = "scenarios/compared";
    let [new, spare, regions] = ["new-connector", "spare-connector", "three-regions"]
        .map(|it| format!("{folder}/{it}.yaml"));
    let compared = |jobs| {
        let args = ["compare", &new, &spare, "--runs", "90", "--jobs", jobs];
        valid(&args, "compare.v1.json")
    };
    let result = compared("1");
    assert_eq!(result, compared("2"));
    assert_eq!(result["differences"].as_array().map(Vec::len), Some(1));
    let planned = |jobs| {
        valid(
            &["plan", &regions, "--runs", "20", "--jobs", jobs],
            "plan.v1.json",
        )
    };
    let why = |jobs| {
        valid(
            &["why", &new, "--runs", "10", "--jobs", jobs],
            "why.v1.json",
        )
    };
    assert_eq!(why("1"), why("2"));
    let result = planned("1");
    assert_eq!(result, planned("2"));
    assert_eq!(result["outages"].as_array().map(Vec::len), Some(6));
}

#[test]
fn what_is_wrong_with_levers_is_told_where_it_stands() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("mine.yaml");
    let text = "levers: v1\nunit: days\nlist:\n  one: { title: One, cost: -3, changes: [] }\n";
    fs::write(&path, text).expect("the file can be written");
    let plan = ["plan", "scenarios/compared/three-regions.yaml", "--levers"];
    let output = lifeboat()
        .args(plan)
        .arg(&path)
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("mine.yaml:4"), "{told}");
}

#[test]
fn the_same_bytes_whatever_the_number_of_jobs() {
    let run = |jobs: &str| {
        let output = lifeboat()
            .args(["run", "scenarios", "--format", "json", "--jobs", jobs])
            .output();
        output.expect("the command runs").stdout
    };
    assert_eq!(run("1"), run("2"));
}

#[test]
fn a_trace_is_a_fact_a_line() {
    let output = lifeboat()
        .args([
            "run",
            "--format",
            "jsonl",
            "scenarios/first-steps/smallest.yaml",
        ])
        .output()
        .expect("the command runs");
    let text = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("every line is JSON"))
        .collect();
    assert!(lines.len() > 20, "{text}");
}
