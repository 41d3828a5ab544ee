//! What can be read, and what is refused.

use super::*;

#[test]
fn a_lost_region_does_not_answer_and_lists_do() {
    let text = ONE.replace("- at: T+0", "- at: T+30m");
    drilled(&text, |cloud| {
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
fn what_is_due_at_the_start_goes_before_what_is_asked_then() {
    drilled(ONE, |cloud| {
        assert_eq!(cloud.now(), Instant::ZERO);
        let old = named(cloud, "boards");
        assert!(matches!(cloud.connector(old), Err(Refusal::Unavailable(_))));
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
        let mut ask = |region: &str| cloud.create(cloud.replacement(old, "late", region));
        assert_eq!(ask("westeurope"), Err(Refusal::Refused(Reason::RegionDown)));
        assert_eq!(ask("ukwest"), Err(Refusal::Refused(Reason::ComingSoon)));
        assert!(matches!(ask("atlantis"), Err(Refusal::Invalid(_))));
        let new = ask("North Europe").expect("it is open");
        assert!(matches!(ask("northeurope"), Err(Refusal::Conflict(_))));
        assert_eq!(cloud.inventory(), Err(Refusal::InventoryUnavailable));
        let consent = cloud
            .configure(new, Settings::everything(), true)
            .expect("it is up");
        assert!(matches!(
            cloud.configure(new, Settings::everything(), true),
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
