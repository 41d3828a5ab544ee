//! Tickets.

use super::*;

#[test]
fn a_ticket_that_names_nobody_is_rejected_and_can_be_put_right() {
    let outcome = drilled(ONE, |cloud| {
        let (old, _) = established(cloud, Settings::everything());
        ask(cloud, "CASE-1", "/subscriptions/oops");
        wait(cloud, "5h");
        assert_eq!(
            cloud.ticket("case-1").map(|it| it.state),
            Ok(TicketState::Rejected)
        );
        let id = cloud.resource_id(old).to_string();
        ask(cloud, "CASE-2", &id);
        wait(cloud, "5h");
        assert_eq!(
            cloud.ticket("CASE-2").map(|it| (it.state, it.released)),
            Ok((TicketState::Closed, 3))
        );
        let again = TicketRequest::release_all("case-2", &cloud.resource_id(old));
        assert!(matches!(
            cloud.open_ticket(again),
            Err(Refusal::Conflict(_))
        ));
    });
    assert_eq!(verdict(&outcome, CheckId::NoOrphanedOrgs), Verdict::Held);
}

#[test]
fn a_ticket_that_names_somebody_elses_connector_releases_theirs() {
    let outcome = drilled(ONE, |cloud| {
        established(cloud, Settings::everything());
        let wrong = cloud.resource_id(named(cloud, "spare")).to_string();
        ask(cloud, "CASE", &wrong);
        wait(cloud, "1d");
    });
    assert_eq!(
        verdict(&outcome, CheckId::BystandersUntouched),
        Verdict::Violated
    );
    assert_eq!(
        verdict(&outcome, CheckId::NoOrphanedOrgs),
        Verdict::Violated
    );
}

#[test]
fn a_ticket_that_names_the_new_connector_makes_it_the_target() {
    drilled(ONE, |cloud| {
        wait(cloud, "1h");
        let (old, spare) = (named(cloud, "boards"), named(cloud, "spare"));
        let mut asks = TicketRequest::release_all("CASE", &cloud.resource_id(old));
        asks.new = Some(cloud.resource_id(spare));
        cloud.open_ticket(asks).expect("it can be opened");
        assert_eq!(cloud.world().recoveries[0].target, spare);
    });
}

#[test]
fn some_orgs_are_asked_for_and_the_others_stay() {
    drilled(ONE, |cloud| {
        let (old, new) = established(cloud, Settings::everything());
        let mut asks = TicketRequest::release_all("CASE", &cloud.resource_id(old));
        asks.orgs = vec!["boards-04".to_owned()];
        assert!(matches!(
            cloud.open_ticket(asks.clone()),
            Err(Refusal::Invalid(_))
        ));
        asks.orgs = vec!["boards-02".to_owned()];
        cloud.open_ticket(asks).expect("it can be opened");
        wait(cloud, "1d");
        assert_eq!(
            cloud.world().connector(new).owns.iter().collect::<Vec<_>>(),
            [1]
        );
    });
}
