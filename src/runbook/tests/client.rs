//! What the client asks for, and shows.

use super::*;

#[test]
fn a_dropped_call_has_asked_all_the_same() {
    let recovered = drill(DAY).run(async |plane: Simulated| {
        sleep(HOUR).await;
        let old = plane.connectors().await?.remove(0);
        let new = old.replacement("late", "uksouth");
        let id = new.id.clone();
        plane.create_connector(new).await?;
        let all = Onboards::everything();
        // The operation takes half a minute: nobody waits for it.
        let short = timeout(Duration::from_secs(1), plane.configure(&id, all, true)).await;
        assert!(short.is_err());
        assert!(plane.settings(&id).await.is_err());
        sleep(MINUTE).await;
        plane
            .settings(&id)
            .await
            .map(|it| assert!(it.auto_discovery))
    });
    assert_eq!(recovered.expect("it can be run").ended, Ended::Returned);
}

#[test]
fn a_replacement_of_another_kind_is_refused() {
    let refused = drill(DAY).run(async |plane: Simulated| {
        sleep(HOUR).await;
        let mut new = plane.connectors().await?[0].replacement("north", "northeurope");
        new.scm = crate::model::fleet::Scm::GitLab;
        plane.create_connector(new).await
    });
    let Ended::Failed(words) = refused.expect("it can be run").ended else {
        panic!("it was created")
    };
    assert!(words.contains("of another kind"), "{words}");
}

#[test]
fn what_the_client_shows_is_what_there_is() {
    let seen = drill(DAY).run(async |plane: Simulated| {
        sleep(HOUR).await;
        let old = plane.connectors().await?.remove(0);
        let new = old.replacement("north", "northeurope");
        plane.create_connector(new.clone()).await?;
        let mut onboards = Onboards {
            auto_discovery: false,
            listed: vec!["boards-02".to_owned(), "boards-09".to_owned()],
        };
        let unknown = plane.configure(&new.id, onboards.clone(), true).await;
        assert!(matches!(unknown, Err(CallError::NotFound(_))));
        onboards.listed.truncate(1);
        plane.configure(&new.id, onboards.clone(), true).await?;
        assert_eq!(plane.settings(&new.id).await?, onboards);
        let orgs = plane.orgs(&new.id).await?;
        let seen: Vec<_> = orgs.iter().map(|it| (&*it.name, it.onboarded)).collect();
        assert_eq!(seen, [("boards-02", Onboarded::Elsewhere)]);
        let nobody = NewTicket::release_all("CASE-1", &old.id.named("nobody")).to(&new.id);
        assert_eq!(nobody.new.as_ref(), Some(&new.id));
        plane.open_ticket(nobody).await?;
        plane
            .open_ticket(NewTicket::release_all("CASE-2", &old.id))
            .await?;
        assert_eq!(plane.ticket("CASE-1").await?, TicketState::Open);
        sleep(5 * HOUR).await;
        assert_eq!(plane.ticket("CASE-1").await?, TicketState::Rejected);
        assert_eq!(plane.ticket("CASE-2").await?, TicketState::Closed);
        let orgs = plane.available_orgs(&new.id).await?;
        let seen: Vec<_> = orgs.iter().map(|it| it.onboarded).collect();
        let (here, nowhere) = (Onboarded::Here, Onboarded::Nowhere);
        assert_eq!(seen, [nowhere, here, nowhere]);
        Ok::<(), CallError>(())
    });
    assert_eq!(seen.expect("it can be run").ended, Ended::Returned);
}

#[test]
fn what_may_pass_is_told_from_what_will_not() {
    let retry_after = MINUTE;
    assert!(CallError::Throttled { retry_after }.may_pass());
    assert!(CallError::Unavailable(String::new()).may_pass());
    assert!(!CallError::Refused(String::new()).may_pass());
    assert!(!CallError::Over.may_pass());
}
