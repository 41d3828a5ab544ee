//! The pages about the scenario file: defaults, keys, faults, examples.

use crate::{blocks, hold, page, read};
use lifeboat::faults::FAULTS;
use lifeboat::scenario::syntax::{Listed, listing};
use lifeboat::scenario::{Assumption, Origin, SCENARIO};
use std::fmt::Write as _;

/// A scenario that leaves out whatever may be left out, with every kind of SCM.
const BARE: &str = "scenario: v1
title: Nothing is said
fleet:
  connectors:
    ado: { region: westeurope, scm: azure-devops, orgs: 1 }
    github: { region: westeurope, scm: github, orgs: 1 }
    gitlab: { region: westeurope, scm: gitlab, orgs: 1 }
";

/// A cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn row(it: &Assumption, keys: &[Listed]) -> String {
    let name = &*it.name;
    let written = format!("parameters.{name}");
    // The words that may stand there, the default left out.
    let begins = [format!("{written} = "), format!("{written}.value = ")];
    let mut others: Vec<String> = Vec::new();
    for listed in keys {
        let word = begins
            .iter()
            .find_map(|it| listed.path.strip_prefix(it.as_str()));
        let word = word
            .filter(|word| *word != &*it.value)
            .map(|word| format!("`{word}`"));
        others.extend(word.filter(|word| !others.contains(word)));
    }
    if others.is_empty() {
        others.push(match name {
            "until" | "alert-window.length" | "config-loss.after" => "any duration".to_owned(),
            "target" => {
                "a list: region, `{ adopt: … }`, `automatic`, `stay-in-geography`".to_owned()
            }
            _ if name.starts_with("steps.discover") || name == "steps.recreate-records.takes" => {
                "any rate, duration or distribution".to_owned()
            }
            _ if name.starts_with("steps.") => "any duration or distribution".to_owned(),
            "fleet.connectors.*.auto-discovery" => "`false`".to_owned(),
            "fleet.connectors.*.grants" => "a list of orgs, besides its own".to_owned(),
            "fleet.defaults.alerts.age" => "any duration or distribution".to_owned(),
            "fleet.defaults.annotations" => "`false`".to_owned(),
            _ if name.starts_with("fleet.defaults.") => "any count or distribution".to_owned(),
            _ => panic!("{name}: say what else may stand there"),
        });
    }
    let whose = match it.origin {
        Origin::Vendor => "vendor",
        Origin::Assumed => "**assumed**",
        Origin::User => unreachable!("nothing is said, so nothing is the user's"),
    };
    let (value, others) = (cell(&it.value), cell(&others.join(", ")));
    let source = if it.source.is_empty() {
        "nothing published"
    } else {
        &*it.source
    };
    format!("| `{name}` | {value} | {whose} | {source} | {others} |\n")
}

#[test]
fn the_table_of_defaults_is_the_programs() {
    let scenario = read("bare.yaml", BARE);
    let keys = listing(&SCENARIO);
    let mut table = String::from(
        "| name | default | whose | source | other values |\n| --- | --- | --- | --- | --- |\n",
    );
    for it in &scenario.assumptions {
        assert!(!it.changed, "{}", it.name);
        table += &row(it, &keys);
    }
    hold("defaults.md", "table", &table);
}

#[test]
fn every_parameter_of_the_format_is_in_the_table() {
    let scenario = read("bare.yaml", BARE);
    let told = |path: &str| scenario.assumptions.iter().any(|it| &*it.name == path);
    for listed in listing(&SCENARIO) {
        let Some(path) = listed.path.strip_prefix("parameters.") else {
            continue;
        };
        let leaf = listed.default.is_some() && !path.contains(" = ") && !path.ends_with(".source");
        assert!(
            !leaf || told(path),
            "{path} has a default that no table tells"
        );
    }
}

#[test]
fn every_example_of_the_scenario_page_is_valid() {
    let text = page("scenario-file.md");
    let blocks = blocks(&text, "yaml");
    assert!(blocks.len() >= 10, "the page lost its examples");
    for block in blocks {
        if block.starts_with("scenario: v1") {
            let scenario = read("example.yaml", &block);
            assert_eq!(scenario.warnings.len(), 0, "{block}");
        } else {
            // A part: it goes below the fleet that all parts are about.
            read("part.yaml", &format!("{PARTS}{block}"));
        }
    }
}

/// What the parts of the page are about.
const PARTS: &str = "scenario: v1
title: A part
starts: 2024-07-18T21:40Z
fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 12 }
    billing: { region: uksouth, scm: github, orgs: 2 }
    spare: { region: northeurope, scm: github, orgs: 0, grants: [payments-01, payments-02] }
";

#[test]
fn every_fault_of_the_catalogue_can_be_used_as_its_example_says() {
    for fault in FAULTS {
        let text = fault_example(fault.example);
        let scenario = read(fault.name, &text);
        assert_eq!(scenario.plan.faults.len(), 2, "{}", fault.name);
    }
}

/// A small scenario around the example of a fault.
fn fault_example(example: &str) -> String {
    format!(
        "scenario: v1
title: One fault
teams: {{ operators: {{ size: 3 }}, support: {{ size: 2 }} }}
fleet:
  connectors:
    payments: {{ region: westeurope, scm: github, orgs: 12 }}
    payments-old: {{ region: uksouth, scm: github, orgs: 1 }}
    billing: {{ region: uksouth, scm: github, orgs: 2 }}
    contoso: {{ region: centralus, scm: azure-devops, orgs: 1 }}
timeline:
  - {{ at: T+0, id: the-outage, fault: {{ region-outage: {{ region: westeurope, lasts: 30h }} }} }}
  - {{ at: T+1h, id: the-example, fault: {{ {example} }} }}
"
    )
}

#[test]
fn the_catalogue_of_faults_is_the_programs() {
    let mut table = String::new();
    for fault in FAULTS {
        let _ = writeln!(
            table,
            "- `{}` ({}; {}). {}\n  `{}`",
            fault.name,
            fault.family.name(),
            fault.cites,
            fault.says,
            fault.example
        );
    }
    hold("scenario-file.md", "faults", &table);
}

/// Each check takes the same keys; the names of measures have dots in them.
fn is_below_an_expectation(path: &str) -> bool {
    let ends = [
        " = on",
        " = off",
        ".within",
        ".require",
        ".known-failure",
        ".max",
    ];
    path.starts_with("expect.") && ends.iter().any(|it| path.ends_with(it))
}

/// How a shape says that a value may be drawn.
const SPREAD: &str =
    "a map with one key: `uniform`, `pert`, `lognormal`, `exponential` or `empirical`";

/// What would be told again and again: the distributions, what holds for an org or a
/// step wherever one stands, and planted bugs, which have a page of their own.
fn is_told_elsewhere(path: &str) -> bool {
    let spread = ["uniform", "pert", "lognormal", "exponential", "empirical"];
    path.split(['.', '['].as_slice())
        .any(|it| spread.contains(&it))
        || path.starts_with("fleet.defaults.")
        || path.starts_with("procedure.add.*")
        || path.starts_with("defects[] = ")
        || path.starts_with("objectives.*.measure = ")
        || path.starts_with("objectives.*.check = ")
        || is_below_an_expectation(path)
}

#[test]
fn the_reference_of_keys_is_the_programs() {
    let mut out = String::new();
    for listed in listing(&SCENARIO)
        .into_iter()
        .filter(|it| !is_told_elsewhere(&it.path))
    {
        let Listed {
            path,
            expects,
            required,
            default,
            doc,
            ..
        } = listed;
        let depth = path.matches('.').count();
        let must = if required { " **Required.**" } else { "" };
        let default = default.map_or(String::new(), |it| format!(" Default: {it}."));
        let expects = expects.replace(SPREAD, "a distribution");
        let expects = match path.contains(" = ") {
            true => String::new(),
            false => format!(" ({expects})"),
        };
        if depth == 0 && !path.contains(" = ") {
            let _ = writeln!(out, "\n### `{path}`\n");
        }
        let _ = writeln!(out, "- `{path}`{expects}: {doc}{must}{default}");
    }
    hold(
        "scenario-file.md",
        "keys",
        &format!("{}\n", out.trim_start()),
    );
}
