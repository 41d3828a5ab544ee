use super::*;
use crate::checks::{CheckId, Verdict};
use crate::drill::Settings;
use crate::model::fact::Reason;
use crate::model::ids::OrgIx;
use crate::model::world::{Annotations, Life, TicketState};
use crate::scenario::{Reader, Scenario};

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

const PROMPT: Options = Options {
    operation_time: Duration::ZERO,
};

/// Everything on, as the old one had it.
fn everything() -> Settings {
    Settings {
        auto_discovery: Some(true),
        listed: None,
    }
}

fn replace(cloud: &mut Cloud<'_>, old: ConnectorIx, region: &str) -> ConnectorIx {
    let id = cloud.resource_id(old);
    let id = id.named(&format!("{}-{region}", id.name));
    cloud
        .create(NewConnector {
            id,
            region: region.to_owned(),
            replaces: Some(old),
        })
        .expect("it can be created")
}

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
        cloud.configure(it, everything(), true).expect("it is up");
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

type OrgOf = (ConnectorIx, OrgIx);

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
        name: name.to_owned(),
        old: old.to_owned(),
        new: None,
        orgs: Vec::new(),
    };
    cloud.open_ticket(asks).expect("it can be opened");
}

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
fn a_lost_region_does_not_answer_and_lists_do() {
    drilled(ONE, |cloud| {
        let old = named(cloud, "boards");
        assert_eq!(cloud.orgs(old).map(|it| it.len()), Ok(3));
        assert_eq!(
            cloud
                .records(old, cloud.find_org(old, "BOARDS-01").expect("it is there"))
                .map(|it| it[0]),
            Ok(50)
        );
        cloud.advance_to(at("T+1h"));
        assert!(matches!(cloud.connector(old), Err(Refusal::Unavailable(_))));
        assert!(matches!(cloud.orgs(old), Err(Refusal::Unavailable(_))));
        assert!(matches!(cloud.delete(old), Err(Refusal::Unavailable(_))));
        assert_eq!(cloud.listed(old).life, Life::ConfigLost);
        assert_eq!(cloud.inventory().map(|it| it.len()), Ok(2));
        // It is back, and its configuration is not (F-5).
        cloud.advance_to(at("T+31h"));
        assert!(cloud.connector(old).is_ok());
        assert!(matches!(cloud.settings(old), Err(Refusal::NotFound(_))));
    });
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
        let (old, new) = established(cloud, everything());
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
fn a_ticket_that_names_nobody_is_rejected_and_can_be_put_right() {
    let outcome = drilled(ONE, |cloud| {
        let (old, _) = established(cloud, everything());
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
        established(cloud, everything());
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
fn deleting_early_is_allowed_and_found_out() {
    let text = ONE.replace("lasts: 30h", "lasts: 2h");
    let outcome = drilled(&text, |cloud| {
        established(cloud, everything());
        wait(cloud, "90m");
        let old = named(cloud, "boards");
        cloud.delete(old).expect("it is up again");
        assert!(matches!(cloud.connector(old), Err(Refusal::NotFound(_))));
        assert!(cloud.delete(old).is_err());
    });
    assert_eq!(verdict(&outcome, CheckId::SafeDelete), Verdict::Violated);
}

#[test]
fn some_orgs_are_asked_for_and_the_others_stay() {
    drilled(ONE, |cloud| {
        let (old, new) = established(cloud, everything());
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

#[test]
fn refusals_of_the_platform_are_answers_and_facts() {
    let text = "
  - at: T+30m
    fault: { authorizer-absent: { connectors: [boards], lasts: 1d } }
  - at: T+30m
    fault: { inventory-unavailable: { lasts: 1d } }
  - at: T+30m
    fault: { scm-throttled: { scm: azure-devops, factor: 3, lasts: 1d } }
";
    drilled(&(ONE.trim_end().to_owned() + text), |cloud| {
        wait(cloud, "1h");
        let old = named(cloud, "boards");
        let id = cloud.resource_id(old).named("late");
        let mut ask = |region: &str| {
            let (id, region) = (id.clone(), region.to_owned());
            cloud.create(NewConnector {
                id,
                region,
                replaces: Some(old),
            })
        };
        assert_eq!(ask("westeurope"), Err(Refusal::Refused(Reason::RegionDown)));
        assert_eq!(ask("ukwest"), Err(Refusal::Refused(Reason::ComingSoon)));
        assert!(matches!(ask("atlantis"), Err(Refusal::Invalid(_))));
        let new = ask("North Europe").expect("it is open");
        assert!(matches!(ask("northeurope"), Err(Refusal::Conflict(_))));
        assert_eq!(cloud.inventory(), Err(Refusal::InventoryUnavailable));
        let consent = cloud.configure(new, everything(), true).expect("it is up");
        assert!(matches!(
            cloud.configure(new, everything(), true),
            Err(Refusal::Conflict(_))
        ));
        wait(cloud, "1m");
        let failed = Ok(Progress::Failed(Reason::NoAuthorizer));
        assert_eq!(cloud.operation(consent).map(|it| it.progress), failed);
        assert!(matches!(cloud.settings(new), Err(Refusal::NotFound(_))));
        let spare = named(cloud, "spare");
        let throttled = cloud.available_orgs(spare);
        assert_eq!(
            throttled,
            Err(Refusal::Throttled {
                retry_after: Duration::from_secs(90)
            })
        );
        assert_eq!(cloud.predecessor(&cloud.hierarchy(new)), Some(old));
    });
}

#[test]
fn a_lost_target_is_taken_over_from() {
    let text = ONE.to_owned()
        + "  - at: T+3h
    fault: { region-outage: { region: northeurope, lasts: 30h } }
";
    let outcome = drilled(&text, |cloud| {
        let (old, _) = established(cloud, everything());
        let id = cloud.resource_id(old).to_string();
        ask(cloud, "CASE", &id);
        cloud.advance_to(at("T+4h"));
        let hierarchy = cloud.hierarchy(old);
        let lost = cloud.predecessor(&hierarchy).expect("the line has one");
        assert_ne!(lost, old);
        let newest = replace(cloud, lost, "swedencentral");
        cloud
            .configure(newest, everything(), true)
            .expect("it is up");
        wait(cloud, "1d");
        assert_eq!(cloud.world().connector(newest).owns.len(), 3);
    });
    assert_eq!(verdict(&outcome, CheckId::NoPhantomRecord), Verdict::Held);
}

#[test]
fn resource_ids_compare_without_case() {
    let id: ResourceId =
        "/subscriptions/1/resourcegroups/RG/providers/microsoft.security/SecurityConnectors/A"
            .parse()
            .expect("it is one");
    assert_eq!(
        id,
        id.to_string().to_uppercase().parse().expect("it is one")
    );
    for wrong in [
        "",
        "/",
        "/subscriptions/1",
        "/subscriptions//resourceGroups/a/providers/Microsoft.Security/securityConnectors/b",
    ] {
        assert!(wrong.parse::<ResourceId>().is_err(), "{wrong}");
    }
}
