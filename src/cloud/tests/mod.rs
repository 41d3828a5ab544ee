//! The control plane, call by call.

mod book;
mod reads;
mod tickets;
mod writes;

use super::*;
use crate::checks::{CheckId, Verdict};
use crate::drill::Settings;
use crate::model::fact::Reason;
use crate::model::ids::OrgIx;
use crate::model::world::{Annotations, Life, TicketState};
use crate::scenario::{Reader, Scenario};

fn read(text: &str) -> Scenario {
    Reader::default()
        .read_text("day.yaml", text)
        .expect("the scenario is valid")
}

fn at(text: &str) -> Instant {
    text.parse().expect("an instant")
}

fn named(cloud: &Cloud<'_>, name: &str) -> ConnectorIx {
    let all = cloud.connectors().into_iter();
    all.into_iter()
        .find(|&it| &*cloud.resource_id(it).name == name)
        .expect("a connector of that name")
}

fn replace(cloud: &mut Cloud<'_>, old: ConnectorIx, region: &str) -> ConnectorIx {
    let name = format!("{}-{region}", cloud.id(old).name);
    let new = cloud.replacement(old, &name, region);
    cloud.create(new).expect("it can be created")
}

fn drilled(text: &str, recover: impl FnOnce(&mut Cloud<'_>)) -> Outcome {
    let scenario = read(text);
    let drill = Drill::new(&scenario.plan).by_hand();
    let mut cloud = Cloud::new(&drill, Record::Everything, Options::default());
    recover(&mut cloud);
    let outcome = cloud.finish();
    assert_eq!(outcome.balance, Ok(()));
    outcome
}

fn verdict(outcome: &Outcome, check: CheckId) -> Verdict {
    let found = outcome.judgements.iter().find(|it| it.check == check);
    found.expect("the check is on").verdict
}

const ONE: &str = "
scenario: v1
title: West Europe is lost for a day
fleet:
  connectors:
    boards: { region: westeurope, scm: azure-devops, orgs: 3 }
    spare:  { region: northeurope, scm: azure-devops, orgs: 1, grants: [boards-01, boards-02, boards-03, spare-01] }
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 30h } }
";

fn wait(cloud: &mut Cloud<'_>, time: &str) {
    let time: Duration = time.parse().expect("a duration");
    let then = cloud.now() + time;
    cloud.advance_to(then);
}

/// Everything up to the ticket, with settings of one's own.
fn established(cloud: &mut Cloud<'_>, settings: Settings) -> (ConnectorIx, ConnectorIx) {
    wait(cloud, "1h");
    let old = named(cloud, "boards");
    let new = replace(cloud, old, "northeurope");
    let operation = cloud.configure(new, settings, true).expect("it is up");
    assert_eq!(
        cloud.operation(operation).map(|it| it.progress),
        Ok(Progress::InProgress)
    );
    wait(cloud, "1m");
    assert_eq!(
        cloud.operation(operation).map(|it| it.progress),
        Ok(Progress::Succeeded)
    );
    (old, new)
}

fn ask(cloud: &mut Cloud<'_>, name: &str, old: &str) {
    let asks = TicketRequest {
        old: old.to_owned(),
        ..TicketRequest::release_all(name, &cloud.ids()[0])
    };
    cloud.open_ticket(asks).expect("it can be opened");
}
