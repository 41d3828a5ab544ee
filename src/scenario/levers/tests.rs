use super::*;
use crate::procedure::{Takes, Target};
use crate::scenario::Reader;
use crate::time::Duration;

const BASE: &str = "
scenario: v1
title: Two regions
starts: 2024-07-18T21:40Z
fleet:
  connectors:
    payments: { region: westeurope, scm: github, orgs: 3 }
    contoso: { region: centralus, scm: azure-devops, orgs: { one: {}, two: {} } }
teams:
  operators: { size: 2, hours: \"Mon-Fri 09:00-17:00 America/Chicago\" }
parameters: { recoveries: serial }
procedure:
  steps: { triage-ticket: { takes: { lognormal: { p50: 4h, p95: 2d } } } }
  add: { look-twice: { by: operators, for-each: connector, needs: [decide], before: [open-ticket], takes: 10m } }
timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 1d } } }
";

fn base(text: &str) -> Base {
    let reader = Reader::default();
    let document = reader
        .document_text("base.yaml", text)
        .expect("it has a good shape");
    Base::new(&reader, document, "base.yaml").expect("it is valid")
}

fn pulled(text: &str, change: Change) -> Result<Base, String> {
    let lever = Lever {
        name: "it".into(),
        title: "It".into(),
        cost: 1,
        source: String::new(),
        changes: vec![change],
    };
    base(text)
        .with(&Reader::default(), &lever)
        .map_err(|it| it.0)
}

fn words(path: &str) -> Vec<String> {
    path.split('.').map(str::to_owned).collect()
}

#[test]
fn the_levers_of_this_program_are_valid_and_documented() {
    let levers = Levers::standard();
    assert!(levers.list.len() >= 8 && !levers.unit.is_empty());
    assert!(levers.list.iter().all(|it| it.source == "assumed"));
}

#[test]
fn every_standard_lever_fits_some_scenario_and_does_something_there() {
    let base = base(BASE);
    for lever in &Levers::standard().list {
        let with = base.with(&Reader::default(), lever);
        let with = with.unwrap_or_else(|why| panic!("{}: {}", lever.name, why.0));
        assert_ne!(with.document, base.document, "{}", lever.name);
    }
}

#[test]
fn people_are_added_and_hours_taken_away() {
    let more = pulled(BASE, Change::AddPeople(Actor::Operator, 2)).expect("it fits");
    assert_eq!(more.scenario.plan.teams.operators.size, Some(4));
    let always = pulled(BASE, Change::AroundTheClock(Actor::Operator)).expect("it fits");
    assert!(always.scenario.plan.teams.operators.hours.is_always());
    assert_eq!(always.scenario.plan.teams.operators.size, Some(2));
}

#[test]
fn a_step_is_sped_up_wherever_it_stands() {
    let half = "50%".parse().expect("a share");
    let takes = |step: &str| {
        let with = pulled(BASE, Change::SpeedUp(step.into(), half)).expect("it fits");
        let steps = with.scenario.plan.procedure.steps.clone();
        let found = steps.into_iter().find(|it| *it.name == *step);
        found.expect("the step is there").takes
    };
    let time = |step: &str| match takes(step) {
        Takes::Time(it) => it.shape(),
        other => panic!("{other:?}"),
    };
    use crate::chance::Shape;
    assert_eq!(time("decide"), Shape::Fixed(Duration::from_mins(15)));
    assert_eq!(time("look-twice"), Shape::Fixed(Duration::from_mins(5)));
    let (p50, p95) = (Duration::from_hours(2), Duration::from_days(1));
    assert_eq!(time("triage-ticket"), Shape::LogNormal { p50, p95 });
    let Takes::Units(rates) = takes("discover") else {
        panic!("discovery has rates")
    };
    assert_eq!(rates.map(|it| it.count()), [200, 2_000, 200]);
}

#[test]
fn a_spare_reaches_every_org_of_its_kind_and_is_tried_first() {
    let with = pulled(BASE, Change::SpareConnector(None)).expect("it fits");
    let plan = &with.scenario.plan;
    let spares = plan.fleet.connectors();
    let spares: Vec<_> = spares
        .iter()
        .filter(|it| it.name.starts_with("spare-"))
        .collect();
    let reach: Vec<u32> = spares.iter().map(|it| it.grants.len()).collect();
    assert_eq!(spares.len(), 2);
    assert!(reach.contains(&3) && reach.contains(&2));
    let targets = &plan.procedure.target;
    assert!(matches!(
        targets[..],
        [Target::Adopt(_), Target::Adopt(_), Target::Automatic]
    ));
    let taken = |it: &&&crate::model::fleet::Connector| {
        let name = plan.fleet.catalogue().region(it.region).name;
        ["westeurope", "centralus"].contains(&name)
    };
    assert_eq!(spares.iter().filter(taken).count(), 0);
}

#[test]
fn a_lever_that_cannot_be_pulled_says_why() {
    let unfit = |change| match pulled(BASE, change) {
        Ok(_) => panic!("it fits"),
        Err(why) => why,
    };
    assert_eq!(
        unfit(Change::AddPeople(Actor::Support, 1)),
        "support are never short of people"
    );
    assert_eq!(
        unfit(Change::AroundTheClock(Actor::Support)),
        "support work around the clock already"
    );
    assert_eq!(
        unfit(Change::Set(words("parameters.recoveries"), "serial".into())),
        "it is so already"
    );
    assert_eq!(
        unfit(Change::Set(
            words("procedure.base"),
            "single-region-dr@2023-10-09".into()
        )),
        "it is so already"
    );
    assert_eq!(
        unfit(Change::Remove(words("expect.settled"))),
        "nothing stands at expect.settled"
    );
    let half = "50%".parse().expect("a share");
    assert_eq!(
        unfit(Change::SpeedUp("dance".into(), half)),
        "the procedure has no step dance"
    );
    let invalid = unfit(Change::Set(
        words("parameters.recoveries"),
        "sideways".into(),
    ));
    assert!(
        invalid.starts_with("the scenario would not be valid with it"),
        "{invalid}"
    );
}

#[test]
fn what_is_wrong_with_a_file_of_levers_is_told_with_its_place() {
    let text = "levers: v1\nunit: days\nlist:\n  one: { title: One, cost: -3, changes: [{ sett: { at: a, to: b } }] }\n  two: { titel: Two, cost: 1, changes: [] }\n";
    let found = Levers::read(&Source::new("mine.yaml", text), &Limits::default());
    let found = found.expect_err("it is wrong");
    assert!(found.errors() >= 4, "{}", found.render(Default::default()));
    assert!(found.iter().all(|it| it.span().is_some()));
}

#[test]
fn the_order_of_the_file_means_nothing() {
    let text = |one: &str, two: &str| {
        let all = format!("levers: v1\nunit: days\nlist:\n{one}{two}");
        Levers::read(&Source::new("mine.yaml", all), &Limits::default()).expect("it is valid")
    };
    let one = "  one: { title: One, cost: 1, changes: [remove: seed] }\n";
    let two = "  two: { title: Two, cost: 2, changes: [remove: until] }\n";
    assert_eq!(text(one, two), text(two, one));
}
