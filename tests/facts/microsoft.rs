//! F-13 and F-14: what Microsoft recreates, and what it does not.

use crate::tale::{A_DAY, Tale, tale, three_orgs};
use lifeboat::checks::{CheckId, Verdict};
use lifeboat::measures::{ClockKind, Line};
use lifeboat::model::fleet::RecordKind;

fn one_org(org: &str, rest: &str) -> Tale {
    tale(&format!(
        "fleet: {{ connectors: {{ a: {{ region: westeurope, scm: github, orgs: {{ shop: {{ repos: 0, {org} }} }} }} }} }}
{A_DAY}{rest}"
    ))
}

#[test]
fn f13_alerts_recommendations_and_graph_are_recreated_in_this_order() {
    let told = one_org(
        "alerts: { ages: [1d, 2d] }, recommendations: 100, graph-entities: 1000",
        "",
    );
    // The org appears at 5h26m; 360 ms a record.
    told.shows(&[
        "T+5h26m appeared shop at a+1",
        "T+5h26m720ms recreated shop alerts 0..2 in a+1",
        "T+5h26m36s720ms recreated shop recommendations 0..100 in a+1",
        "T+5h32m36s720ms recreated shop graph-entities 0..1000 in a+1",
    ]);
    assert_eq!(told.all("recreated").len(), 3);
    assert_eq!(told.clock(ClockKind::Protection), "5h32m36s720ms");
    for check in [
        CheckId::AlertsRestored,
        CheckId::RecommendationsRestored,
        CheckId::GraphRestored,
    ] {
        told.verdict(check, Verdict::Held);
    }
    for (kind, count) in [
        (RecordKind::Alert, 2),
        (RecordKind::Recommendation, 100),
        (RecordKind::GraphEntity, 1000),
    ] {
        assert_eq!(told.records(Line::Recreated, kind), count, "{kind:?}");
    }
}

#[test]
fn f13_a_share_is_rounded_up_for_each_kind_by_itself() {
    // 7,000 an hour: 514.29 ms a record; three kinds of one record each.
    let told = one_org(
        "alerts: { ages: [1d] }, recommendations: 1, graph-entities: 1",
        "procedure: { steps: { recreate-records: { takes: { rate: 7000/h } } } }\n",
    );
    told.shows(&[
        "T+5h26m515ms recreated shop alerts 0..1 in a+1",
        "T+5h26m1s30ms recreated shop recommendations 0..1 in a+1",
        "T+5h26m1s545ms recreated shop graph-entities 0..1 in a+1",
    ]);
}

#[test]
fn f13_one_org_at_a_time_a_connector() {
    let told = tale(&format!(
        "fleet:
  defaults: {{ repos: 0, alerts: 0, recommendations: 1000, graph-entities: 0 }}
  connectors: {{ a: {{ region: westeurope, scm: github, orgs: 3 }} }}
{A_DAY}"
    ));
    // 6 m an org, the first from 5h26m on; the others are ready and wait.
    told.shows(&[
        "T+5h32m recreated a-01 recommendations 0..1000 in a+1",
        "T+5h38m recreated a-02 recommendations 0..1000 in a+1",
        "T+5h44m recreated a-03 recommendations 0..1000 in a+1",
    ]);
}

#[test]
fn f13_to_the_letter_it_needs_the_new_connector_alone() {
    let told = one_org(
        "alerts: 0, recommendations: 1000, graph-entities: 0",
        "parameters: { recreation: { needs: established } }\n",
    );
    told.shows(&[
        "T+1h15m authorized a+1",
        "T+1h21m recreated shop recommendations 0..1000 in a+1",
    ]);
}

#[test]
fn f13_nothing_is_recreated_that_did_not_exist_or_twice() {
    let told = three_orgs(A_DAY);
    told.verdict(CheckId::NoPhantomRecord, Verdict::Held);
    told.verdict(CheckId::NoDuplicateRecord, Verdict::Held);
    let crashed = three_orgs(
        "timeline:
  - { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } }
  - { at: T+0, fault: { recreation-crash: { connector: payments, at: 40%, lasts: 1h } } }\n",
    );
    crashed.verdict(CheckId::NoDuplicateRecord, Verdict::Held);
    crashed.verdict(CheckId::RecommendationsRestored, Verdict::Held);
}

#[test]
fn f14_three_losses_are_documented_and_no_other() {
    let told = one_org(
        "alerts: { ages: [1d, 6d, 8d, 20d] }, recommendations: 5, graph-entities: 6, container-mappings: 30, iac-mappings: 40",
        "",
    );
    told.has("recreated shop alerts 0..2 in a+1", &["T+5h26m720ms"]);
    told.lacks("recreated shop container");
    told.lacks("recreated shop iac");
    let lost = |kind| told.records(Line::LostAsDocumented, kind);
    assert_eq!(lost(RecordKind::Alert), 2);
    assert_eq!(lost(RecordKind::ContainerMapping), 30);
    assert_eq!(lost(RecordKind::IacMapping), 40);
    let ledger = &told.outcome.measures.ledger;
    assert_eq!(ledger.total(Line::LostAsDocumented), 72);
    assert_eq!(ledger.total(Line::Recreated), 2 + 5 + 6);
    for line in [
        Line::Kept,
        Line::LostToDelay,
        Line::LostUndocumented,
        Line::Duplicated,
        Line::Pending,
    ] {
        assert_eq!(ledger.total(line), 0, "{line:?}");
    }
    told.verdict(CheckId::OnlyDocumentedLosses, Verdict::Held);
}

const EDGE: &str = "alerts: { ages: [6d23h59m59s, 7d, 7d1s] }";

#[test]
fn f14_exactly_one_week_old_is_not_more_than_one_week_old() {
    for (edge, kept) in [("inclusive", 2), ("exclusive", 1)] {
        let told = one_org(
            EDGE,
            &format!("parameters: {{ alert-window: {{ edge: {edge} }} }}\n"),
        );
        assert_eq!(
            told.records(Line::Recreated, RecordKind::Alert),
            kept,
            "{edge}"
        );
        assert_eq!(
            told.records(Line::LostAsDocumented, RecordKind::Alert),
            3 - kept
        );
        told.verdict(CheckId::AlertsRestored, Verdict::Held);
    }
}

#[test]
fn f14_the_week_counts_from_the_outage_unless_the_anchor_says_otherwise() {
    // Ages that fall out of the week an hour after each instant, one by one: created at
    // 1h5m, asked for at 1h25m, released and recreated at 5h26m.
    let ages =
        "alerts: { ages: [1d, 6d18h34m, 6d18h35m, 6d22h35m, 6d22h36m, 6d22h55m, 6d22h56m, 7d] }";
    for (anchor, recreated) in [
        ("outage-start", 8),
        ("connector-created", 6),
        ("ticket-opened", 4),
        ("org-released", 2),
        ("recreation", 2),
    ] {
        let told = one_org(
            ages,
            &format!("parameters: {{ alert-window: {{ anchor: {anchor} }} }}\n"),
        );
        assert_eq!(
            told.records(Line::Recreated, RecordKind::Alert),
            recreated,
            "{anchor}"
        );
        // Inside at the outage, outside at the anchor: lost to delay, and a check says so.
        assert_eq!(
            told.records(Line::LostToDelay, RecordKind::Alert),
            8 - recreated,
            "{anchor}"
        );
        let verdict = if recreated == 8 {
            Verdict::Held
        } else {
            Verdict::Violated
        };
        told.verdict(CheckId::AlertsRestored, verdict);
    }
}

#[test]
fn f14_recreation_may_begin_later_than_the_release() {
    // 100 repos: six minutes of discovery lie between the two.
    let ages = "repos: 100, alerts: { ages: [6d18h30m] }";
    for (anchor, recreated) in [("org-released", 1), ("recreation", 0)] {
        let told = tale(&format!(
            "fleet: {{ connectors: {{ a: {{ region: westeurope, scm: github, orgs: {{ shop: {{ {ages} }} }} }} }} }}
{A_DAY}parameters: {{ alert-window: {{ anchor: {anchor} }} }}\n"
        ));
        assert_eq!(
            told.records(Line::Recreated, RecordKind::Alert),
            recreated,
            "{anchor}"
        );
    }
}

#[test]
fn f14_the_window_has_a_length() {
    let told = one_org(EDGE, "parameters: { alert-window: { length: 8d } }\n");
    assert_eq!(told.records(Line::Recreated, RecordKind::Alert), 3);
}
