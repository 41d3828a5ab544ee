//! Who does what the written procedure says, at the same instants.

use super::*;

const TWO: &str = "
scenario: v1
title: West Europe is lost for a day
fleet:
  connectors:
    boards:   { region: westeurope, scm: azure-devops, orgs: 3 }
    payments: { region: westeurope, scm: github, orgs: 4 }
    spare:    { region: northeurope, scm: github, orgs: 1 }
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 30h } }
";

const PROMPT: Options = Options {
    operation_time: Duration::ZERO,
};

type OrgOf = (ConnectorIx, OrgIx);

/// What the people of the written procedure do, at the same instants.
fn by_the_book(cloud: &mut Cloud<'_>) {
    let lost: Vec<ConnectorIx> = ["boards", "payments"].map(|it| named(cloud, it)).into();
    cloud.advance_to(at("T+1h5m"));
    let new: Vec<ConnectorIx> = lost
        .iter()
        .map(|&it| replace(cloud, it, "northeurope"))
        .collect();
    cloud.advance_to(at("T+1h15m"));
    for &it in &new {
        cloud
            .configure(it, Settings::everything(), true)
            .expect("it is up");
    }
    cloud.advance_to(at("T+1h25m"));
    for (count, &it) in lost.iter().enumerate() {
        let id = cloud.resource_id(it);
        let asks = TicketRequest::release_all(&format!("CASE-{count}"), &id);
        cloud.open_ticket(asks).expect("it can be opened");
    }
    let mut due: Vec<(Instant, OrgOf)> = Vec::new();
    let mut seen = Vec::new();
    while let Some(next) = cloud.peek().filter(|&it| it <= cloud.until()) {
        let mine = due.iter().map(|it| it.0).min().unwrap_or(Instant::MAX);
        cloud.advance_to(next.min(mine));
        let now = cloud.now();
        for (_, (connector, org)) in due.extract_if(.., |it| it.0 <= now) {
            cloud.annotate(connector, org).expect("it is there");
        }
        for org in cloud.orgs(new[0]).expect("it is up") {
            if org.visible && org.annotations != Annotations::Own && !seen.contains(&org.org) {
                seen.push(org.org);
                due.push((now + Duration::from_mins(2), (new[0], org.org)));
            }
        }
        let old: Vec<ConnectorIx> = lost
            .iter()
            .copied()
            .filter(|&it| is_promoted(cloud, it))
            .collect();
        if !old.is_empty() {
            cloud.advance_to(now + Duration::from_mins(5));
        }
        for it in old {
            cloud.delete(it).expect("it is up again");
        }
    }
}

/// Whether a lost connector that still stands may go.
fn is_promoted(cloud: &Cloud<'_>, lost: ConnectorIx) -> bool {
    let world = cloud.world();
    let elsewhere = |org: u32| world.org(OrgIx(org)).primary != lost;
    world.connector(lost).life != Life::Deleted
        && world
            .recoveries
            .iter()
            .any(|it| it.connector == lost && it.orgs.iter().all(elsewhere))
}

#[test]
fn who_does_what_the_procedure_says_gets_what_it_gets() {
    let scenario = read(TWO);
    let written = Drill::new(&scenario.plan).run();
    let drill = Drill::new(&scenario.plan).by_hand();
    let mut cloud = Cloud::new(&drill, Record::Nothing, PROMPT);
    by_the_book(&mut cloud);
    let own = cloud.finish();
    assert_eq!(own.measures, written.measures);
    let verdicts = |it: &Outcome| -> Vec<(CheckId, Verdict)> {
        let all = it.judgements.iter();
        all.map(|it| (it.check, it.verdict)).collect()
    };
    assert_eq!(verdicts(&own), verdicts(&written));
    assert!(verdicts(&own).contains(&(CheckId::Settled, Verdict::Held)));
}
