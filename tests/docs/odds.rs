//! The pages about odds, comparisons, plans, and how late is too late.

use crate::{HERE, STYLE, blocks, code, fenced, hold, page, read, shipped};
use lifeboat::explore::compare::{Compare, compare};
use lifeboat::explore::odds::{AtOnce, Header, Part, Sample, sample};
use lifeboat::explore::planning::{Lasts, Planning, plan};
use lifeboat::explore::sensitivity::{self, sensitivities};
use lifeboat::explore::slack::{Party, Question, looks_for, slack};
use lifeboat::measures::Quantity;
use lifeboat::report;
use lifeboat::report::odds::{Draw, Told, human};
use lifeboat::scenario::levers::{Base, Levers};
use lifeboat::scenario::syntax::{Limits, RenderStyle, Source};
use lifeboat::scenario::{Reader, Scenario};
use lifeboat::statistics::Looks;
use lifeboat::time::Duration;
use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

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
