//! Holds the pages of `docs/` to the program: what they show is read, what they
//! list is compared, and their links lead somewhere.
//!
//! `LIFEBOAT_BLESS=1 cargo test --test docs` writes the generated parts again.

use lifeboat::checks::{CheckId, Verdict};
use lifeboat::drill::Drill;
use lifeboat::explore::compare::{Compare, compare};
use lifeboat::explore::odds::{AtOnce, Header, Part, Sample, sample};
use lifeboat::explore::planning::{Lasts, Planning, plan};
use lifeboat::explore::sensitivity::{self, sensitivities};
use lifeboat::explore::slack::{Party, Question, looks_for, slack};
use lifeboat::faults::FAULTS;
use lifeboat::measures::Quantity;
use lifeboat::report;
use lifeboat::report::odds::{Draw, Told, human};
use lifeboat::scenario::defects::DEFECTS;
use lifeboat::scenario::document::leaf;
use lifeboat::scenario::import::Exports;
use lifeboat::scenario::levers::{Base, Levers};
use lifeboat::scenario::syntax::{Limits, Listed, RenderStyle, Source, listing};
use lifeboat::scenario::{Assumption, Origin, Reader, SCENARIO, Scenario};
use lifeboat::statistics::Looks;
use lifeboat::time::Duration;
use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

const HERE: &str = env!("CARGO_MANIFEST_DIR");

fn page(name: &str) -> String {
    let path = Path::new(HERE).join("docs").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compares what stands between two markers of a page, or writes it.
fn hold(name: &str, part: &str, wanted: &str) {
    let text = page(name);
    let (begin, end) = (
        format!("<!-- begin {part}: written by `LIFEBOAT_BLESS=1 cargo test --test docs` -->\n"),
        format!("<!-- end {part} -->"),
    );
    let from = text
        .find(&begin)
        .unwrap_or_else(|| panic!("{name} lacks {begin}"))
        + begin.len();
    let to = from
        + text[from..]
            .find(&end)
            .unwrap_or_else(|| panic!("{name} lacks {end}"));
    if std::env::var_os("LIFEBOAT_BLESS").is_some() {
        let text = format!("{}{wanted}{}", &text[..from], &text[to..]);
        fs::write(Path::new(HERE).join("docs").join(name), text).expect("the page can be written");
        return;
    }
    let differs = text[from..to]
        .lines()
        .zip(wanted.lines())
        .find(|it| it.0 != it.1);
    assert!(
        &text[from..to] == wanted,
        "docs/{name}: {part} is not what the program says, first here: {differs:?}\n\
         `LIFEBOAT_BLESS=1 cargo test --test docs` writes it again."
    );
}

fn read(name: &str, text: &str) -> Scenario {
    Reader::default()
        .read_text(name, text)
        .unwrap_or_else(|found| panic!("{text}\n{}", found.render(Default::default())))
}

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

/// The fenced blocks of a language in a page.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == format!("```{language}") {
            let block: Vec<&str> = lines.by_ref().take_while(|it| it.trim() != "```").collect();
            found.push(block.join("\n") + "\n");
        }
    }
    found
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

/// The pages whose links are followed.
fn pages() -> Vec<PathBuf> {
    let here = Path::new(HERE);
    let mut pages: Vec<PathBuf> = ["README.md", "CONTRIBUTING.md"]
        .iter()
        .map(|it| here.join(it))
        .filter(|it| it.exists())
        .collect();
    for entry in fs::read_dir(here.join("docs")).expect("there are docs") {
        let path = entry.expect("an entry can be read").path();
        if path.extension().is_some_and(|it| it == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    pages
}

/// Where the links of a page lead, code left out.
fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        // Every second piece between backticks is code.
        let prose: Vec<&str> = line.split('`').collect();
        let line = if fenced {
            String::new()
        } else {
            prose
                .iter()
                .step_by(2)
                .copied()
                .collect::<Vec<_>>()
                .join("x")
        };
        for piece in line.split("](").skip(1) {
            let target = piece.split([')', ' ']).next().unwrap_or_default();
            found.push(target.to_owned());
        }
    }
    found
}

/// The anchor of a heading, as the usual renderers make it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    for page in pages() {
        let text = fs::read_to_string(&page).expect("the page can be read");
        let folder = page.parent().expect("a page stands in a folder");
        for link in links(&text) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, part) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() {
                page.clone()
            } else {
                folder.join(file)
            };
            assert!(target.exists(), "{}: {link} leads nowhere", page.display());
            if !part.is_empty() && target.extension().is_some_and(|it| it == "md") {
                let there = fs::read_to_string(&target).expect("the page can be read");
                let mut headings = there.lines().filter(|it| it.starts_with('#'));
                let found = headings.any(|it| anchor(it.trim_start_matches('#')) == part);
                assert!(found, "{}: {link} names no heading", page.display());
            }
        }
    }
}

#[test]
fn what_is_counted_of_many_runs_is_told() {
    let mut table = String::from("| name | what it is | unit |\n| --- | --- | --- |\n");
    for quantity in Quantity::ALL {
        let unit = if quantity.is_time() { "ms" } else { "things" };
        let (name, says) = (code(quantity.name()), quantity.says());
        let _ = writeln!(table, "| {name} | {says} | {unit} |");
    }
    hold("odds.md", "quantities", &table);
}

#[test]
fn the_sample_of_the_page_is_what_it_comes_to() {
    let path = "scenarios/odds/how-long.yaml";
    let text = fs::read_to_string(Path::new(HERE).join(path)).expect("the scenario is shipped");
    let scenario = read(path, &text);
    let runs = 0..2_000;
    let to_do = Sample {
        plan: &scenario.plan,
        seed: scenario.plan.seed,
        runs: runs.clone(),
        jobs: NonZeroUsize::new(2).expect("some"),
        rows: false,
    };
    let sampled = sample(&to_do, &AtOnce).expect("every ledger balances");
    let mut part = Part::none(Header::of(&scenario, scenario.plan.seed, Looks::Once));
    part.add(runs, &sampled).expect("it is the first");
    let told = Told {
        part: &part,
        whole: true,
        full: false,
        draw: Draw::Nothing,
    };
    let style = RenderStyle {
        width: 80,
        color: false,
        unicode: true,
    };
    let face = human(&told, style);
    let wide = face.lines().find(|it| it.chars().count() > 80);
    assert_eq!(wide, None, "80 columns");
    hold("odds.md", "example", &format!("```text\n{face}```\n"));
}

#[test]
fn the_catalogue_of_planted_bugs_is_the_programs() {
    let mut table = String::from(
        "| bug | family | what is wrong | breaks | what it takes | caught by |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    for it in DEFECTS {
        let checks: Vec<String> = it.caught_by.iter().map(|it| code(it.slug())).collect();
        let _ = writeln!(
            table,
            "| {} | {} | {} | {} | {} | {} |",
            code(it.name),
            it.family.name(),
            it.says,
            it.cites.join(", "),
            it.takes,
            checks.join(", ")
        );
    }
    hold("defects.md", "catalogue", &table);
}

#[test]
fn what_each_check_catches_is_told() {
    let mut table = String::from("| check | bugs | of them alone |\n| --- | --- | --- |\n");
    let mut never_alone = Vec::new();
    for check in CheckId::ALL {
        let caught = DEFECTS.iter().filter(|it| it.caught_by.contains(&check));
        let alone: Vec<String> = caught
            .clone()
            .filter(|it| it.caught_by.len() == 1)
            .map(|it| code(it.name))
            .collect();
        if alone.is_empty() {
            never_alone.push(code(check.slug()));
        }
        let names = if alone.is_empty() {
            "none".to_owned()
        } else {
            alone.join(", ")
        };
        let _ = writeln!(
            table,
            "| {} | {} | {names} |",
            code(check.slug()),
            caught.count()
        );
    }
    let _ = writeln!(table, "\nNever alone: {}.", never_alone.join(", "));
    hold("defects.md", "checks", &table);
}

fn code(name: &str) -> String {
    format!("`{name}`")
}

/// The violated checks of a scenario under a version of the procedure.
fn violated(reader: &Reader, path: &Path, version: &str) -> Vec<&'static str> {
    let mut document = reader.document(path).expect("the scenario is valid");
    document.set(&["procedure", "base"], leaf(version));
    let scenario = reader.compile(&document, "again.yaml");
    let scenario = scenario.unwrap_or_else(|it| panic!("{}", it.render(Default::default())));
    let outcome = Drill::new(&scenario.plan).run();
    let bad = outcome
        .judgements
        .iter()
        .filter(|it| it.verdict == Verdict::Violated);
    bad.map(|it| it.check.slug()).collect()
}

#[test]
fn what_the_hunt_found_is_so_under_both_versions() {
    let folder = Path::new(HERE).join("scenarios/hunted");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the findings are there")
        .map(|it| it.expect("an entry can be read").path())
        .collect();
    files.sort();
    let reader = Reader::default();
    let mut table = String::from(
        "| finding | under both | only 2023-10-09 | only 2023-11-08 |\n| --- | --- | --- | --- |\n",
    );
    for path in files {
        let [old, new] = ["single-region-dr@2023-10-09", "single-region-dr@2023-11-08"]
            .map(|it| violated(&reader, &path, it));
        assert!(!old.is_empty(), "{}: nothing is violated", path.display());
        let list = |of: &[&str], keep: &dyn Fn(&&&str) -> bool| {
            let all: Vec<String> = of.iter().filter(keep).map(|it| format!("`{it}`")).collect();
            all.join(", ")
        };
        let both = list(&old, &|it| new.contains(*it));
        let only_old = list(&old, &|it| !new.contains(*it));
        let only_new = list(&new, &|it| !old.contains(*it));
        let name = path
            .file_stem()
            .and_then(|it| it.to_str())
            .unwrap_or_default();
        let _ = writeln!(table, "| `{name}` | {both} | {only_old} | {only_new} |");
    }
    hold("findings.md", "versions", &table);
}

/// Every test of the facts, by name.
fn fact_tests() -> Vec<String> {
    let folder = Path::new(HERE).join("tests/facts");
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).expect("the tests of the facts are there") {
        let path = entry.expect("an entry can be read").path();
        let text = fs::read_to_string(path).expect("a test can be read");
        let tests = text.split("#[test]\nfn ").skip(1);
        names.extend(tests.filter_map(|it| Some(it.split_once('(')?.0.to_owned())));
    }
    names
}

/// Whether a text cites a fact: `F-1` is not cited by `F-10`.
fn cites(text: &str, fact: &str) -> bool {
    let mut behind = text.split(fact).skip(1);
    behind.any(|it| !it.starts_with(|c: char| c.is_ascii_digit()))
}

#[test]
fn every_fact_has_its_place_and_its_test() {
    let (text, tests) = (page("facts.md"), fact_tests());
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|it| it.starts_with("| F-"))
        .map(|it| it.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    for number in 1..=15 {
        let (fact, prefix) = (format!("F-{number}"), format!("f{number:02}_"));
        let mut held = 0;
        for row in rows.iter().filter(|it| it[0] == fact) {
            let [_, file, dropped, failing] = row[..] else {
                panic!("four cells: {row:?}");
            };
            let path = Path::new(HERE).join(file.trim_matches('`'));
            let code = fs::read_to_string(path).unwrap_or_else(|it| panic!("{file}: {it}"));
            assert!(cites(&code, &fact), "{file} does not cite {fact}");
            assert!(!dropped.is_empty(), "{row:?}");
            for test in failing.split(", ").map(|it| it.trim_matches('`')) {
                assert!(test.starts_with(&prefix), "{test} is not named for {fact}");
                assert!(tests.iter().any(|it| it == test), "there is no test {test}");
                held += 1;
            }
        }
        assert!(held > 0, "docs/facts.md lacks {fact}");
    }
}

/// How a page for people looks in these pages.
const STYLE: RenderStyle = RenderStyle {
    width: 80,
    color: false,
    unicode: true,
};

/// A shipped scenario, under the name that a call from here gives it.
fn shipped(path: &str) -> Scenario {
    let whole = Path::new(HERE).join(path);
    let text = fs::read_to_string(&whole).expect("the scenario is shipped");
    let reader = Reader {
        root: whole.parent().map(Path::to_owned),
        ..Reader::default()
    };
    let read = reader.read_text(path, text);
    read.unwrap_or_else(|found| panic!("{}", found.render(Default::default())))
}

fn fenced(text: &str) -> String {
    format!("```text\n{text}```\n")
}

/// What `lifeboat slack` prints.
fn slack_of(path: &str) -> String {
    let scenario = shipped(path);
    let ask = |party| {
        let question = Question {
            plan: &scenario.plan,
            party,
            resolution: Duration::MINUTE,
            looks: looks_for(&scenario.plan),
            runs_max: 20_000,
            jobs: NonZeroUsize::new(2).expect("two is not zero"),
            progress: &|_| true,
        };
        slack(&question).expect("nobody stops it")
    };
    let told = report::slack::Told {
        scenario: &scenario,
        slacks: &Party::ALL.map(ask),
        full: false,
    };
    fenced(&report::slack::human(&told, STYLE))
}

#[test]
fn the_points_of_no_return_are_the_programs() {
    let smallest = slack_of("scenarios/first-steps/smallest.yaml");
    hold("slack.md", "smallest", &smallest);
    let hours = slack_of("scenarios/incidents/central-us-2024.yaml");
    hold("slack.md", "hours", &hours);
}

/// What `lifeboat compare` prints.
fn compared(paths: &[&str]) -> String {
    let scenarios: Vec<Scenario> = paths
        .iter()
        .map(|it| shipped(&format!("scenarios/compared/{it}.yaml")))
        .collect();
    let plans: Vec<_> = scenarios.iter().map(|it| &it.plan).collect();
    let seed = plans[0].seed;
    let compared = compare(&Compare {
        plans: &plans,
        seed,
        runs: 1_000,
        jobs: NonZeroUsize::new(2).expect("two is not zero"),
        progress: &|_| true,
    });
    let compared = compared
        .expect("every ledger balances")
        .expect("nobody stops it");
    let told = report::compare::Told {
        scenarios: &scenarios,
        seed,
        compared: &compared,
    };
    fenced(&report::compare::human(&told, STYLE))
}

#[test]
fn the_comparisons_are_the_programs() {
    for (part, first, second) in [
        ("spare", "new-connector", "spare-connector"),
        ("operators", "new-connector", "four-operators"),
        ("order", "new-connector", "later-order"),
        ("ids", "new-connector", "ids-saved"),
    ] {
        hold("comparisons.md", part, &compared(&[first, second]));
    }
}

#[test]
fn the_plan_is_the_programs() {
    let path = "scenarios/compared/three-regions.yaml";
    let text = fs::read_to_string(Path::new(HERE).join(path)).expect("the scenario is shipped");
    let reader = Reader::default();
    let document = reader
        .document_text(path, text)
        .expect("it has a good shape");
    let base = Base {
        document,
        scenario: shipped(path),
    };
    let (lasts, levers) = (Lasts::of(&base.document), Levers::standard());
    let by = Quantity::from_name("clocks.protection").expect("it is one");
    let (seed, runs) = (base.scenario.plan.seed, 100);
    let planned = plan(&Planning {
        reader: &reader,
        base: &base,
        lasts: &lasts,
        region: None,
        by,
        levers: &levers,
        steps: 3,
        seed,
        runs,
        jobs: NonZeroUsize::new(2).expect("two is not zero"),
        progress: &|_, _| true,
    });
    let planned = planned.unwrap_or_else(|why| panic!("{why:?}"));
    let told = report::planned::Told {
        scenario: &base.scenario,
        lasts: &lasts,
        by,
        levers: &levers,
        seed,
        runs,
        details: false,
        planned: &planned,
    };
    hold(
        "planning.md",
        "plan",
        &fenced(&report::planned::human(&told, STYLE)),
    );
}

#[test]
fn every_lever_of_the_page_is_valid() {
    for block in blocks(&page("planning.md"), "yaml") {
        let source = Source::new("planning.md", block);
        let read = Levers::read(&source, &Limits::default());
        let levers = read.unwrap_or_else(|found| panic!("{}", found.render(Default::default())));
        assert_eq!(levers.list.len(), 2);
    }
}

#[test]
fn what_the_odds_hang_on_is_the_programs() {
    let scenario = shipped("scenarios/compared/new-connector.yaml");
    let (seed, runs) = (scenario.plan.seed, 200);
    let found = sensitivities(&sensitivity::Question {
        plan: &scenario.plan,
        quantity: Quantity::from_name("clocks.protection").expect("it is one"),
        seed,
        runs,
        jobs: NonZeroUsize::new(2).expect("two is not zero"),
        progress: &|_, _| true,
    });
    let told = report::why::Told {
        scenario: &scenario,
        seed,
        runs,
        found: &found.expect("every ledger balances"),
    };
    hold("why.md", "why", &fenced(&report::why::human(&told, STYLE)));
}

/// What `lifeboat import` prints of the exports that the page is about.
fn imported(neutral: bool) -> String {
    let mut exports = Exports::new(neutral);
    for name in [
        "graph.json",
        "configurations.json",
        "azuredevopsorgs.json",
        "githubowners.json",
        "githubowners-available.json",
        "gitlabgroups.json",
        "projects.json",
        "repos.json",
    ] {
        let path = Path::new(HERE).join("tests/exports").join(name);
        let text = fs::read_to_string(path).expect("the export is shipped");
        exports.read(&Source::new(name, text));
    }
    let imported = exports.fleet();
    assert!(imported.complaints.is_empty() && imported.remarks.is_empty());
    format!("```yaml\n{}```\n", imported.text)
}

#[test]
fn the_fleet_of_the_exports_is_what_they_come_to() {
    hold("importing.md", "fleet", &imported(false));
    hold("importing.md", "neutral", &imported(true));
}
