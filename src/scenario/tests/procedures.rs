//! Procedures: built in, changed, of one's own.

use super::*;
use crate::model::command::{Actor, TicketScope};
use crate::model::fleet::Scm;
use crate::procedure::{ForEach, Graph, Issue, Takes, When, bits};
use crate::scenario::{BUILT_IN, builtin};
use crate::time::Duration;

fn with(procedure: &str) -> Graph {
    behind_head(&format!("procedure: {procedure}\n"))
        .plan
        .procedure
}

fn needs(graph: &Graph, step: &str) -> Vec<String> {
    let node = graph.step(graph.find(step).unwrap());
    let all = node.needs_connector | node.needs_ticket | node.needs_org;
    let mut names: Vec<String> = bits(all)
        .map(|it| graph.step(it).name.to_string())
        .collect();
    if node.needs_region {
        names.push("the region".into());
    }
    names
}

fn waits(graph: &Graph, step: &str, need: &str) -> bool {
    needs(graph, step).iter().any(|it| it == need)
}

#[test]
fn the_seeds_table_is_built_in_to_the_letter() {
    let graph = with("{ base: single-region-dr@2023-10-09 }");
    let table: Vec<(&str, Actor, ForEach, &str)> = vec![
        ("detect", Actor::Operator, ForEach::Connector, "15m"),
        ("decide", Actor::Operator, ForEach::Connector, "30m"),
        (
            "copy-resource-id",
            Actor::Operator,
            ForEach::Connector,
            "5m",
        ),
        ("adopt-connector", Actor::Operator, ForEach::Connector, "5m"),
        (
            "create-connector",
            Actor::Operator,
            ForEach::Connector,
            "15m",
        ),
        ("authorize", Actor::Operator, ForEach::Connector, "10m"),
        ("open-ticket", Actor::Operator, ForEach::Connector, "10m"),
        ("triage-ticket", Actor::Support, ForEach::Ticket, "4h"),
        ("release-ownership", Actor::Support, ForEach::Org, "1m"),
        ("discover", Actor::Platform, ForEach::Org, ""),
        ("recreate-annotations", Actor::Operator, ForEach::Org, "2m"),
        ("recreate-records", Actor::Platform, ForEach::Org, ""),
        ("promote", Actor::Platform, ForEach::Connector, "5m"),
        (
            "delete-connector",
            Actor::Operator,
            ForEach::Connector,
            "5m",
        ),
    ];
    assert_eq!(graph.steps.len(), table.len());
    for (name, by, each, takes) in table {
        let node = graph.step(graph.find(name).unwrap());
        assert_eq!(
            (node.by, node.for_each, node.retries),
            (by, each, 0),
            "{name}"
        );
        if let Ok(takes) = takes.parse::<Duration>() {
            assert_eq!(node.takes, Takes::Time(takes.into()), "{name}");
        }
    }
    let discover = &graph.step(graph.find("discover").unwrap()).takes;
    let rates = Scm::ALL.map(|it| discover.units(it).unwrap().to_string());
    assert_eq!(rates, ["100/h", "1000/h", "100/h"]);
    let triage = graph.step(graph.find("triage-ticket").unwrap());
    assert_eq!(triage.on_refused, graph.find("copy-resource-id"));
    let when = |name: &str| graph.step(graph.find(name).unwrap()).when;
    assert_eq!(when("authorize"), When::Creating);
    assert_eq!(when("recreate-annotations"), When::HadAnnotations);
    assert!(waits(&graph, "delete-connector", "promote"));
    assert!(waits(&graph, "promote", "the region"));
    assert!(waits(&graph, "create-connector", "copy-resource-id"));
}

#[test]
fn the_second_version_turns_the_order_round() {
    let graph = with("{ base: single-region-dr@2023-11-08 }");
    assert!(waits(&graph, "copy-resource-id", "create-connector"));
    assert!(waits(&graph, "open-ticket", "copy-resource-id"));
    assert!(waits(&graph, "promote", "recreate-records"));
    assert!(!waits(&graph, "promote", "the region"));
    assert!(waits(&graph, "delete-connector", "promote"));
    assert!(waits(&graph, "delete-connector", "the region"));
}

#[test]
fn a_built_in_one_is_a_piece_that_can_be_used() {
    for (id, text) in BUILT_IN {
        assert_eq!(builtin(id), Some(*text));
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("own.yaml"), text).unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, format!("{HEAD}use: [own.yaml]\n")).unwrap();
        let own = Reader::default().read(&path).unwrap();
        let usual = with(&format!("{{ base: {id} }}"));
        assert_eq!(own.plan.procedure, usual);
        // It should get a name of its own.
        assert_eq!(own.warnings.len(), 1);
    }
}

#[test]
fn a_removed_step_is_bridged_and_a_step_can_be_put_before_another() {
    let graph = with(
        "{ remove: [decide, copy-resource-id], add: { call: { takes: 1h, needs: [detect], before: [create-connector, adopt-connector] } } }",
    );
    assert_eq!(needs(&graph, "create-connector"), ["detect", "call"]);
    let call = graph.step(graph.find("call").unwrap());
    assert_eq!(
        (call.issue, call.for_each, call.by),
        (Issue::Nothing, ForEach::Connector, Actor::Operator)
    );
}

#[test]
fn a_ticket_may_name_orgs() {
    let graph = with("{ steps: { open-ticket: { orgs: [payments-03, payments-01] } } }");
    let TicketScope::Only(orgs) = &graph.step(graph.doing(Issue::OpenTicket).unwrap()).scope else {
        panic!()
    };
    assert_eq!(orgs.len(), 2);
}

#[test]
fn waiting_it_out_is_a_procedure_too() {
    let graph = with(
        "{ id: wait@1, from-scratch: true, steps: { detect: { takes: 15m }, authorize: { takes: 10m, needs: [detect, region-recovered] } } }",
    );
    assert_eq!((&*graph.id, graph.steps.len()), ("wait@1", 2));
    assert_eq!(needs(&graph, "authorize"), ["detect", "the region"]);
}

#[test]
fn one_rate_may_change_and_leave_the_others() {
    let graph = with(
        "{ steps: { discover: { takes: { rate: { github: 10/h } } }, recreate-records: { takes: { rate: 5/s } } } }",
    );
    let discover = &graph.step(graph.find("discover").unwrap()).takes;
    assert_eq!(
        Scm::ALL.map(|it| discover.units(it).unwrap().count()),
        [100, 10, 100]
    );
}
