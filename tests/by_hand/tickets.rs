//! Tickets: whose recovery they belong to, what they cover, and what support makes of
//! those that are wrong.

use crate::hand::{Hand, TWO_LOST, by_hand, finished, one_lost};
use crate::tale::A_DAY;
use lifeboat::checks::{CheckId, Verdict};
use lifeboat::cloud::{Refusal, TicketRequest};
use lifeboat::model::fact::Reason;
use lifeboat::model::ids::{RecoveryIx, TicketIx};
use lifeboat::model::world::TicketState;

fn recovery_of(hand: &Hand<'_>, ticket: TicketIx) -> RecoveryIx {
    hand.0.world().ticket(ticket).recovery
}

fn only(hand: &Hand<'_>, name: &str, orgs: &[&str]) -> TicketRequest {
    let old = hand.connector("payments");
    let mut asks = TicketRequest::release_all(name, hand.0.id(old));
    asks.orgs = orgs.iter().map(|&it| it.to_owned()).collect();
    asks
}

#[test]
fn a_ticket_for_some_orgs_releases_those_and_another_the_rest() {
    let told = by_hand(&one_lost(A_DAY), |hand| {
        hand.at("T+1h");
        let old = hand.connector("payments");
        let new = hand.create(old, "north", "northeurope");
        hand.consent(new);
        let unknown = hand.0.open_ticket(only(hand, "CASE-0", &["payments-04"]));
        assert!(matches!(unknown, Err(Refusal::Invalid(_))), "{unknown:?}");
        let first = only(hand, "CASE-1", &["PAYMENTS-03", "payments-01"]);
        hand.0.open_ticket(first).expect("it can be opened");
        hand.at("T+8h");
        let seen = hand.0.ticket("case-1").expect("it was opened");
        assert_eq!(
            (seen.covers, seen.released, seen.state),
            (2, 2, TicketState::Closed)
        );
        assert_eq!(hand.owns(new), ["payments-01", "payments-03"]);
        let rest = only(hand, "CASE-2", &["payments-02"]);
        hand.0.open_ticket(rest).expect("it can be opened");
        hand.at("T+27h");
        hand.0.delete(old).expect("it is up again");
    });
    told.shows(&[
        "T+1h ticket 0 for some orgs of payments",
        "T+1h ticket 0 names payments-01",
        "T+1h ticket 0 names payments-03",
        "T+5h1m released payments-01 from payments",
        "T+5h2m released payments-03 from payments",
        "T+8h ticket 1 names payments-02",
        "T+12h1m released payments-02 from payments",
    ]);
    // One step, however many tickets it took.
    assert_eq!(finished(&told, "open-ticket").len(), 1);
    told.verdict(CheckId::Settled, Verdict::Held);
}

#[test]
fn a_ticket_opened_twice_finds_nothing_to_release_the_second_time() {
    let told = by_hand(&one_lost(A_DAY), |hand| {
        hand.at("T+1h");
        let new = hand.replace("payments", "northeurope");
        let old = hand.connector("payments");
        let again = TicketRequest::release_all("case PAYMENTS", hand.0.id(old));
        let again = hand.0.open_ticket(again);
        assert!(
            matches!(again, Err(Refusal::Conflict(_))),
            "names are used once"
        );
        hand.ask("CASE-2", old);
        hand.at("T+20h");
        let states: Vec<_> = hand
            .0
            .tickets()
            .iter()
            .map(|it| (it.state, it.released))
            .collect();
        assert_eq!(states, [(TicketState::Closed, 3), (TicketState::Closed, 0)]);
        assert_eq!(hand.owns(new).len(), 3);
        hand.at("T+27h");
        hand.0.delete(old).expect("it is up again");
    });
    assert_eq!(told.all("released payments").len(), 3, "{}", told.text());
    told.verdict(CheckId::Settled, Verdict::Held);
    told.verdict(CheckId::NoOrphanedOrgs, Verdict::Held);
}

#[test]
fn a_ticket_that_names_nobody_belongs_to_the_first_recovery_without_one() {
    let told = by_hand(TWO_LOST, |hand| {
        hand.at("T+1h");
        hand.replace("payments", "northeurope");
        let tables = hand.connector("tables");
        let new = hand.create(tables, "tables-new", "northeurope");
        hand.consent(new);
        let mut wrong = TicketRequest::release_all("CASE-1", hand.0.id(tables));
        wrong.old = "/subscriptions/oops".to_owned();
        let wrong = hand.0.open_ticket(wrong).expect("nobody reads it yet");
        assert_eq!(recovery_of(hand, wrong), RecoveryIx(1));
        hand.at("T+10h");
        assert_eq!(
            hand.0.ticket("CASE-1").map(|it| it.state),
            Ok(TicketState::Rejected)
        );
        assert!(hand.owns(new).is_empty());
        let right = hand.ask("CASE-2", tables);
        assert_eq!(recovery_of(hand, right), RecoveryIx(1));
        hand.at("T+20h");
        assert_eq!(hand.owns(new).len(), 2);
    });
    told.has("ticket 1 rejected", &["T+5h"]);
    // Rejected, it is to be opened again; then it is finished for good.
    let opened = finished(&told, "open-ticket");
    let times: Vec<_> = opened.iter().map(|it| &it.1[2][..]).collect();
    assert_eq!(times, ["T+1h", "T+1h", "T+10h"]);
}

#[test]
fn a_ticket_that_nobody_can_mean_is_refused() {
    by_hand(TWO_LOST, |hand| {
        hand.at("T+1h");
        let old = hand.connector("payments");
        let mut wrong = TicketRequest::release_all("CASE-1", hand.0.id(old));
        wrong.old = "nonsense".to_owned();
        let refused = hand.0.open_ticket(wrong.clone());
        assert_eq!(refused, Err(Refusal::Refused(Reason::Unfit)));
        assert!(hand.0.tickets().is_empty());
        wrong.new = Some(hand.0.id(old).named("nobody"));
        let refused = hand.0.open_ticket(wrong);
        assert!(matches!(refused, Err(Refusal::Invalid(_))), "{refused:?}");
    });
}

#[test]
fn a_ticket_that_names_a_bystander_releases_the_bystanders() {
    let told = by_hand(TWO_LOST, |hand| {
        hand.at("T+1h");
        let old = hand.connector("payments");
        let new = hand.create(old, "north", "northeurope");
        hand.consent(new);
        let spare = hand.connector("spare");
        let ticket = hand.ask("CASE", spare);
        assert_eq!(recovery_of(hand, ticket), RecoveryIx(0));
        assert_eq!(
            hand.0.world().recoveries.len(),
            1,
            "nobody moves the bystander"
        );
    });
    told.has("released spare-01 from spare", &["T+5h1m"]);
    told.lacks("released payments");
    told.verdict(CheckId::BystandersUntouched, Verdict::Violated);
}

#[test]
fn a_ticket_for_a_connector_that_stands_moves_it() {
    let told = by_hand(TWO_LOST, |hand| {
        hand.at("T+1h");
        let boards = hand.connector("boards");
        let ticket = hand.ask("CASE", boards);
        assert_eq!(recovery_of(hand, ticket), RecoveryIx(0));
        // From now on, what is asked of it is about its own recovery.
        let old = hand.connector("payments");
        hand.create(old, "north", "northeurope");
        let second = hand.ask("CASE-2", boards);
        assert_eq!(recovery_of(hand, second), RecoveryIx(0));
    });
    told.shows(&[
        "T+1h recovery of boards",
        "T+5h1m released boards-01 from boards",
    ]);
}

#[test]
fn a_ticket_belongs_to_the_recovery_of_whom_it_names() {
    by_hand(TWO_LOST, |hand| {
        hand.at("T+1h");
        let (payments, tables) = (hand.connector("payments"), hand.connector("tables"));
        let spare = hand.connector("spare");
        let first = hand
            .ask_for("CASE-1", payments, spare)
            .expect("it reaches them");
        let second = hand
            .ask_for("CASE-2", tables, spare)
            .expect("it reaches them");
        let third = hand
            .ask_for("CASE-3", payments, spare)
            .expect("it reaches them");
        let of = |it| recovery_of(hand, it);
        assert_eq!(
            [of(first), of(second), of(third)],
            [RecoveryIx(0), RecoveryIx(1), RecoveryIx(0)]
        );
    });
}

#[test]
fn a_ticket_that_names_the_new_connector_makes_an_existing_one_the_target() {
    let told = by_hand(TWO_LOST, |hand| {
        hand.at("T+1h");
        let (old, spare) = (hand.connector("payments"), hand.connector("spare"));
        hand.ask_for("CASE-1", old, spare).expect("it reaches them");
        assert_eq!(hand.0.world().recoveries[0].target, spare);
        hand.at("T+27h");
        hand.0.delete(old).expect("it is up again");
    });
    told.shows(&[
        "T+1h adopted spare",
        "T+1h finished adopt-connector for payments",
        "T+5h1m claimed payments-01 by spare",
        "T+26h5m promoted payments-01 to spare",
    ]);
    told.lacks("created");
    told.verdict(CheckId::SafeDelete, Verdict::Held);
    // Nobody waits for a connector to be created, or to be authorised: it stood.
    assert!(finished(&told, "create-connector").is_empty());
    assert_eq!(
        told.judgement(CheckId::Settled).verdict,
        Verdict::Violated,
        "tables is lost"
    );
}

#[test]
fn a_connector_that_cannot_take_the_orgs_is_refused_as_target() {
    let told = by_hand(TWO_LOST, |hand| {
        hand.at("T+1h");
        let (old, boards) = (hand.connector("payments"), hand.connector("boards"));
        let asked = hand.ask_for("CASE-1", old, boards);
        assert_eq!(asked, Err(Refusal::Refused(Reason::Unfit)));
        assert!(hand.0.tickets().is_empty());
        // Itself, it may name: nothing is taken over.
        hand.ask_for("CASE-1", old, old).expect("it can be opened");
        assert!(!hand.0.world().recoveries[0].target.is_some());
    });
    told.lacks("adopted");
    told.has(
        "denied boards nobody: the connector cannot take these orgs",
        &["T+1h"],
    );
}

#[test]
fn an_existing_connector_takes_over_from_each_whose_orgs_it_lists() {
    let told = by_hand(TWO_LOST, |hand| {
        hand.at("T+1h");
        let spare = hand.connector("spare");
        let all = ["payments-01", "tables-01", "payments-02", "spare-01"];
        let org = |name| hand.0.find_org(spare, name).expect("it is reached").0;
        let settings = lifeboat::drill::Settings {
            auto_discovery: None,
            listed: Some(all.map(org).into_iter().collect()),
        };
        hand.0.configure(spare, settings, false).expect("it is up");
        let targets: Vec<_> = hand
            .0
            .world()
            .recoveries
            .iter()
            .map(|it| it.target)
            .collect();
        assert_eq!(targets, [spare, spare]);
        let lost: Vec<_> = hand
            .0
            .world()
            .recoveries
            .iter()
            .map(|it| it.connector)
            .collect();
        assert_eq!(lost, [hand.connector("payments"), hand.connector("tables")]);
    });
    told.has("adopted spare", &["T+1h", "T+1h"]);
}

#[test]
fn a_ticket_that_names_only_the_new_connector_belongs_to_whom_that_serves() {
    by_hand(TWO_LOST, |hand| {
        hand.at("T+1h");
        let (payments, tables) = (hand.connector("payments"), hand.connector("tables"));
        hand.create(payments, "payments-new", "northeurope");
        let new = hand.create(tables, "tables-new", "northeurope");
        let mut wrong = TicketRequest::release_all("CASE", hand.0.id(tables));
        wrong.old = "a name that is no Resource ID".to_owned();
        wrong.new = Some(hand.0.id(new).clone());
        let ticket = hand.0.open_ticket(wrong).expect("it can be opened");
        assert_eq!(recovery_of(hand, ticket), RecoveryIx(1));
    });
}

#[test]
fn a_ticket_that_names_nobody_is_not_about_a_recovery_that_is_over() {
    let grace = "parameters: { config-loss: { after: 8h, source: \"our own\" } }\n";
    let brief = TWO_LOST.replace("lasts: 26h", "lasts: 2h").replace(
        "timeline: [",
        "timeline: [{ at: T+3h, fault: { partial-outage: { connectors: [tables], lasts: 26h } } }, ",
    );
    by_hand(&format!("{brief}{grace}"), |hand| {
        hand.at("T+1h");
        let (payments, tables) = (hand.connector("payments"), hand.connector("tables"));
        hand.create(payments, "payments-new", "northeurope");
        hand.at("T+4h");
        hand.create(tables, "tables-new", "northeurope");
        let mut wrong = TicketRequest::release_all("CASE", hand.0.id(tables));
        wrong.old = "a name that is no Resource ID".to_owned();
        let ticket = hand.0.open_ticket(wrong).expect("it can be opened");
        assert_eq!(
            recovery_of(hand, ticket),
            RecoveryIx(1),
            "payments came back"
        );
    });
}

#[test]
fn what_happens_to_tickets_happens_to_those_of_outsiders() {
    let body = TWO_LOST.replace(
        "timeline: [",
        "timeline: [{ at: T+0, fault: { ticket-lost: { connector: payments, lasts: 2h } } }, ",
    );
    let told = by_hand(&body, |hand| {
        hand.at("T+1h");
        hand.replace("payments", "northeurope");
        let world = hand.0.world();
        assert_eq!(world.tickets[0].state, TicketState::Lost);
        // Whoever opened it cannot see that.
        assert_eq!(hand.0.tickets()[0].state, TicketState::Open);
    });
    told.has("ticket 0 understood", &["T+7h"]);
}

#[test]
fn tickets_of_outsiders_wait_behind_everybody_elses() {
    let one = "teams: { support: { size: 1 } }\n";
    let queue = "support-queue: { region-lost: { tickets: 10, takes: 30m } }\n";
    let told = by_hand(&format!("{}{one}{queue}", one_lost(A_DAY)), |hand| {
        hand.at("T+1h");
        hand.replace("payments", "northeurope");
    });
    told.has("ticket 0 understood", &["T+9h"]);
}

#[test]
fn who_lists_orgs_of_a_connector_that_stands_takes_nothing_over() {
    by_hand(&TWO_LOST.replace("at: T+0", "at: T+5h"), |hand| {
        hand.at("T+1h");
        let spare = hand.connector("spare");
        let org = hand
            .0
            .find_org(spare, "payments-01")
            .expect("it is reached");
        let settings = lifeboat::drill::Settings {
            auto_discovery: None,
            listed: Some([org.0].into_iter().collect()),
        };
        hand.0.configure(spare, settings, false).expect("it is up");
        assert!(hand.0.world().recoveries.is_empty());
    });
}
