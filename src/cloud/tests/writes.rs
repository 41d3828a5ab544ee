//! What can be asked for, and what becomes of it.

use super::*;

#[test]
fn nobody_recovers_what_nobody_does_anything_for() {
    let outcome = drilled(ONE, |cloud| wait(cloud, "20d"));
    assert_eq!(
        verdict(&outcome, CheckId::NoOrphanedOrgs),
        Verdict::Violated
    );
    assert!(outcome.world.recoveries.is_empty());
}

#[test]
fn settings_that_the_caller_forgets_are_not_there() {
    let off = Settings {
        auto_discovery: Some(false),
        listed: None,
    };
    let alone = ONE.replace(", grants: [boards-01, boards-02, boards-03, spare-01]", "");
    let outcome = drilled(&alone, |cloud| {
        let (old, new) = established(cloud, off);
        let id = cloud.resource_id(old).to_string();
        ask(cloud, "CASE", &id);
        wait(cloud, "2d");
        // Released, and nobody takes them: neither discovered nor listed (D-9).
        assert_eq!(cloud.orgs(new).map(|it| it.len()), Ok(0));
    });
    assert_eq!(
        verdict(&outcome, CheckId::NoOrphanedOrgs),
        Verdict::Violated
    );
    assert_eq!(
        verdict(&outcome, CheckId::ConfigurationRestored),
        Verdict::Violated
    );
}

#[test]
fn a_list_does_where_auto_discovery_is_off() {
    let outcome = drilled(ONE, |cloud| {
        let old = named(cloud, "boards");
        let listed = Settings {
            auto_discovery: Some(false),
            listed: Some([0, 1, 2].into_iter().collect()),
        };
        let (_, new) = established(cloud, listed);
        let id = cloud.resource_id(old).to_string();
        ask(cloud, "CASE", &id);
        wait(cloud, "2d");
        let onboarded = |it: &OrgView| it.onboarding == Onboarding::Onboarded;
        assert!(
            cloud
                .orgs(new)
                .is_ok_and(|it| it.len() == 3 && it.iter().all(onboarded))
        );
    });
    assert_eq!(verdict(&outcome, CheckId::NoOrphanedOrgs), Verdict::Held);
}

#[test]
fn annotations_wait_for_their_entities() {
    drilled(ONE, |cloud| {
        let (old, new) = established(cloud, Settings::everything());
        let org = cloud.find_org(new, "boards-01").expect("it is reached");
        assert_eq!(
            cloud.org(new, org).map(|it| it.onboarding),
            Ok(Onboarding::OnboardedByOtherConnector)
        );
        let early = cloud.annotate(new, org).expect("it can be asked for");
        wait(cloud, "1m");
        let failed = Ok(Progress::Failed(Reason::NotVisible));
        assert_eq!(cloud.operation(early).map(|it| it.progress), failed);
        let id = cloud.resource_id(old).to_string();
        ask(cloud, "CASE", &id);
        wait(cloud, "1d");
        let late = cloud.annotate(new, org).expect("it can be asked for");
        wait(cloud, "1m");
        assert_eq!(
            cloud.operation(late).map(|it| it.progress),
            Ok(Progress::Succeeded)
        );
    });
}

#[test]
fn an_existing_connector_that_lists_lost_orgs_takes_them_over() {
    let outcome = drilled(ONE, |cloud| {
        wait(cloud, "1h");
        let (old, spare) = (named(cloud, "boards"), named(cloud, "spare"));
        let listed = Settings {
            auto_discovery: None,
            listed: Some([0, 1, 2, 3].into_iter().collect()),
        };
        cloud.configure(spare, listed, false).expect("it is up");
        wait(cloud, "1m");
        assert_eq!(cloud.world().recoveries[0].target, spare);
        let id = cloud.resource_id(old).to_string();
        ask(cloud, "CASE", &id);
    });
    assert_eq!(verdict(&outcome, CheckId::NoOrphanedOrgs), Verdict::Held);
    assert_eq!(
        verdict(&outcome, CheckId::BystandersUntouched),
        Verdict::Held
    );
}

#[test]
fn deleting_early_is_allowed_and_found_out() {
    let text = ONE.replace("lasts: 30h", "lasts: 2h");
    let outcome = drilled(&text, |cloud| {
        established(cloud, Settings::everything());
        wait(cloud, "90m");
        let old = named(cloud, "boards");
        cloud.delete(old).expect("it is up again");
        assert!(matches!(cloud.connector(old), Err(Refusal::NotFound(_))));
        assert!(cloud.delete(old).is_err());
    });
    assert_eq!(verdict(&outcome, CheckId::SafeDelete), Verdict::Violated);
}

#[test]
fn a_lost_target_is_taken_over_from() {
    let text = ONE.to_owned()
        + "  - at: T+3h
    fault: { region-outage: { region: northeurope, lasts: 30h } }
";
    let outcome = drilled(&text, |cloud| {
        let (old, _) = established(cloud, Settings::everything());
        let id = cloud.resource_id(old).to_string();
        ask(cloud, "CASE", &id);
        cloud.advance_to(at("T+4h"));
        let hierarchy = cloud.hierarchy(old);
        let lost = cloud.predecessor(&hierarchy).expect("the line has one");
        assert_ne!(lost, old);
        let newest = replace(cloud, lost, "swedencentral");
        cloud
            .configure(newest, Settings::everything(), true)
            .expect("it is up");
        wait(cloud, "1d");
        assert_eq!(cloud.world().connector(newest).owns.len(), 3);
    });
    assert_eq!(verdict(&outcome, CheckId::NoPhantomRecord), Verdict::Held);
}
