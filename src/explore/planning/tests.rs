use super::*;
use crate::explore::odds::{AtOnce, Sample, sample};
use crate::measures::ClockKind;
use crate::scenario::document::leaf;
use crate::scenario::syntax::{Limits, Source};
use crate::statistics::Value;
use crate::time::Duration;

const FLEET: &str = "
scenario: v1
title: Three regions
starts: 2024-07-18T21:40Z
fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 2 }
    billing: { region: uksouth, scm: github, orgs: 1 }
    contoso: { region: centralus, scm: azure-devops, orgs: 1 }
    spare: { region: eastus, scm: github, orgs: 0 }
teams: { operators: { size: 1, hours: \"Mon-Fri 09:00-17:00 America/Chicago\" } }
procedure: { steps: { triage-ticket: { takes: { lognormal: { p50: 4h, p95: 30h } } } } }
timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: { uniform: { min: 1d, max: 3d } } } } }
  - { at: T+1h, fault: { org-deleted: { org: payments-01 } } }
";

/// One that helps, one that does nothing, one that does harm, and one that does not fit.
const LEVERS: &str = "
levers: v1
unit: days
list:
  clock: { title: Around the clock, cost: 10, changes: [ around-the-clock: { team: operators } ] }
  alarm: { title: An alarm, cost: 1, changes: [ speed-up: { step: detect, to: 20% } ] }
  nothing: { title: Nothing, cost: 1, changes: [ set: { at: owner, to: somebody } ] }
  harm: { title: Slower, cost: 0, changes: [ set: { at: procedure.steps.detect.takes, to: 9h } ] }
  unfit: { title: More support, cost: 1, changes: [ add-people: { team: support, count: 1 } ] }
";

fn base() -> Base {
    let reader = Reader::default();
    let document = reader
        .document_text("fleet.yaml", FLEET)
        .expect("it has a good shape");
    Base::new(&reader, document, "fleet.yaml").expect("it is valid")
}

fn levers() -> Levers {
    let source = Source::new("levers.yaml", LEVERS);
    Levers::read(&source, &Limits::default()).expect("it is valid")
}

const BY: Quantity = Quantity::Clock(ClockKind::Ownership);

fn planned(jobs: usize, region: Option<&str>) -> Planned {
    let base = base();
    plan(&Planning {
        reader: &Reader::default(),
        base: &base,
        lasts: &Lasts::of(&base.document),
        region,
        by: BY,
        levers: &levers(),
        steps: 2,
        seed: 7,
        runs: 80,
        jobs: NonZeroUsize::new(jobs).expect("some"),
        progress: &|done, most| {
            assert!(done <= most);
            true
        },
    })
    .unwrap_or_else(|why| panic!("{why:?}"))
}

#[test]
fn every_region_with_orgs_is_lost_and_every_pair() {
    let planned = planned(2, None);
    let sizes: Vec<usize> = planned.lost.iter().map(|it| it.regions.len()).collect();
    assert_eq!(sizes, [1, 1, 1, 2, 2, 2]);
    let orgs = |regions: usize| {
        let of_size = planned.lost.iter().filter(|it| it.regions.len() == regions);
        of_size.map(|it| it.orgs).sum::<u64>()
    };
    // Four orgs, each in one single outage and in two pairs.
    assert_eq!((orgs(1), orgs(2)), (4, 8));
    for lost in &planned.lost {
        assert_eq!(lost.sampled.runs, 80);
        let moved: u64 = lost.moves.to.values().sum();
        assert_eq!(moved, 80 * lost.orgs);
    }
}

#[test]
fn an_outage_is_a_sample_of_that_scenario() {
    let planned = planned(2, None);
    let lost = planned
        .lost
        .iter()
        .find(|it| it.orgs == 2 && it.regions.len() == 1);
    let mut document = base().document;
    // West Europe is what the timeline has anyway; its second fault is set aside.
    document.remove(&["timeline", "1"]);
    let scenario = Reader::default()
        .compile(&document, "west.yaml")
        .expect("it is valid");
    let wanted = sample(
        &Sample {
            plan: &scenario.plan,
            seed: 7,
            runs: 0..80,
            jobs: NonZeroUsize::MIN,
            rows: false,
        },
        &AtOnce,
    )
    .expect("every ledger balances");
    let lost = lost.expect("West Europe is lost");
    for quantity in Quantity::ALL {
        assert_eq!(
            lost.sampled.tally(quantity),
            wanted.tally(quantity),
            "{}",
            quantity.name()
        );
    }
}

#[test]
fn a_lever_is_worth_what_it_does() {
    let planned = planned(1, None);
    let levers = levers();
    let of = |name: &str| {
        let found = planned
            .levers
            .iter()
            .find(|it| levers.list[it.lever].name == name);
        &found.expect("every lever is told").effect
    };
    let effect = |name: &str| of(name).as_ref().expect("it fits");
    // What does nothing does exactly nothing.
    let nothing = effect("nothing");
    assert_eq!(
        (nothing.paired.same(), nothing.mended),
        (nothing.paired.count(), 0)
    );
    assert_eq!(
        (nothing.gain(), nothing.rescued(), nothing.helps()),
        (0.0, 0, false)
    );
    assert!(effect("clock").helps() && effect("clock").gain() > 0.0);
    assert!(!effect("harm").helps() && effect("harm").gain() < 0.0);
    assert_eq!(
        of("unfit").as_ref().expect_err("it does not fit").0,
        "support are never short of people"
    );
    let last = planned
        .levers
        .last()
        .map(|it| levers.list[it.lever].name.as_str());
    assert_eq!(last, Some("unfit"));
    // One on top of the other: what is pulled costs, and adds.
    let steps = &planned.steps;
    assert!(!steps.is_empty() && steps.len() <= 2);
    for pair in steps.windows(2) {
        assert!(pair[0].cost <= pair[1].cost);
        assert!(pair[0].effect.gain() < pair[1].effect.gain());
    }
    let first = effect(&levers.list[steps[0].lever].name);
    assert_eq!(
        *first, steps[0].effect,
        "the first step is the lever by itself"
    );
}

#[test]
fn threads_change_nothing_and_a_region_can_be_asked_for() {
    let (one, two) = (planned(1, None), planned(3, None));
    assert_eq!((&one.lost, one.runs), (&two.lost, two.runs));
    let effects = |it: &Planned| format!("{:?}{:?}", it.levers, it.steps);
    assert_eq!(effects(&one), effects(&two));
    let some = planned(1, Some("uksouth"));
    assert_eq!(some.lost.len(), 3);
    assert_eq!(
        some.lost[0],
        one.lost
            .iter()
            .find(|it| it.regions == some.lost[0].regions)
            .cloned()
            .expect("it is there")
    );
}

#[test]
fn without_an_org_there_is_nothing_to_lose_and_whoever_stops_gets_nothing() {
    let base = base();
    let ask = |region, go_on: bool| {
        let progress = move |_, _| go_on;
        let it = Planning {
            reader: &Reader::default(),
            base: &base,
            lasts: &Lasts::For(Duration::from_hours(26)),
            region,
            by: BY,
            levers: &levers(),
            steps: 1,
            seed: 7,
            runs: 3,
            jobs: NonZeroUsize::MIN,
            progress: &progress,
        };
        plan(&it)
    };
    assert!(matches!(ask(Some("eastus"), true), Err(NoPlan::Nowhere)));
    assert!(matches!(ask(None, false), Err(NoPlan::Stopped)));
    let few = ask(None, true).expect("three runs are some");
    assert!(
        few.lost
            .iter()
            .all(|it| it.sampled.tally(BY).spread.max() > Some(Value::At(0)))
    );
}

#[test]
fn an_outage_lasts_what_the_timeline_says_else_what_is_assumed() {
    let mut document = base().document;
    assert!(matches!(Lasts::of(&document), Lasts::AsWritten(_)));
    document.remove(&["timeline"]);
    assert_eq!(Lasts::of(&document), Lasts::Assumed);
    let lasts = Lasts::AsWritten(leaf("3h"));
    assert_ne!(lasts, Lasts::Assumed);
}
