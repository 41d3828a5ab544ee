//! The checks that must hold at every fact: each is seen to fail, by a defect, a
//! slip, or a hand.

use super::*;
use crate::measures::tests::{A, B, hours};
use crate::model::command::{Actor, Command, TicketScope};
use crate::model::fact::{FactKind, What};
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, TicketIx};
use crate::model::ranges::RangeSet;
use crate::model::rules::Rule;
use crate::time::Duration;
use CheckId::*;

/// A is lost at T+0, and its recovery stands with a triaged ticket at T+1h.
fn prepared(mut trial: Trial) -> Trial {
    trial.lose(Instant::ZERO, "westeurope");
    trial.prepare(A, hours(1), "northeurope");
    trial
}

/// The only checks that fail.
fn violated(trial: &Trial, end: Instant) -> Vec<CheckId> {
    with(&judge(trial, end), Verdict::Violated)
}

#[test]
fn a_second_owner_is_seen() {
    let mut trial = prepared(Trial::suspending(Rule::ClaimUnownedOnly));
    let target = trial.target();
    trial.command(hours(2), Actor::Platform, &Command::Discover(target));
    let judgements = judge(&trial, hours(3));
    let single = of(&judgements, SingleOwner);
    assert_eq!(
        (single.verdict, single.subjects, single.at),
        (Verdict::Violated, 3, Some(hours(2)))
    );
    assert_eq!(single.led_by, Some((FactKind::OrgClaimed, hours(2))));
    assert_eq!(with(&judgements, Verdict::Violated), [SingleOwner]);
}

#[test]
fn an_unsupported_or_lost_region_is_seen() {
    for (rule, region) in [
        (Rule::CreateInSupportedRegion, "canadacentral"),
        (Rule::CreateInHealthyRegion, "westeurope"),
    ] {
        let mut trial = Trial::suspending(rule);
        trial.lose(Instant::ZERO, "westeurope");
        trial.prepare(A, hours(1), region);
        assert_eq!(
            verdict(&trial, SupportedRegionOnly, hours(2)),
            Verdict::Violated
        );
    }
}

#[test]
fn a_claim_without_a_grant_is_seen_and_a_grant_lost_later_is_not() {
    let mut trial = prepared(Trial::suspending(Rule::ClaimGrantedOnly));
    trial.release(hours(5), OrgIx(0));
    let connector = trial.target();
    let lost = What::GrantChanged {
        connector,
        org: OrgIx(0),
        granted: false,
    };
    trial.say(hours(6), Actor::Fate, lost);
    assert_eq!(verdict(&trial, AuthorizedOwner, hours(7)), Verdict::Held);
    let lost = What::GrantChanged {
        connector,
        org: OrgIx(1),
        granted: false,
    };
    trial.say(hours(6), Actor::Fate, lost);
    trial.release(hours(7), OrgIx(1));
    assert_eq!(violated(&trial, hours(8)), [AuthorizedOwner]);
}

#[test]
fn a_released_org_that_goes_elsewhere_is_seen() {
    let mut trial = prepared(Trial::new());
    // A second connector, made by mistake, reaches the org too.
    let recovery = RecoveryIx(0);
    let second = ConnectorIx(3);
    let region = SEED.find("uksouth").unwrap();
    let create = Command::CreateConnector {
        recovery,
        region,
        as_target: false,
    };
    trial.command(hours(2), Actor::Operator, &create);
    trial.command(hours(2), Actor::Operator, &Command::Authorize(second));
    let release = Command::ReleaseOwnership {
        ticket: TicketIx(0),
        org: OrgIx(0),
    };
    trial.command(hours(5), Actor::Support, &release);
    assert_eq!(verdict(&trial, IntendedOwner, hours(6)), Verdict::Vacuous);
    trial.command(hours(5), Actor::Platform, &Command::Discover(second));
    // The United Kingdom is another geography than Europe (D-14).
    assert_eq!(
        violated(&trial, hours(6)),
        [IntendedOwner, StaysInGeography]
    );
}

#[test]
fn a_release_without_a_ticket_is_seen() {
    let mut trial = prepared(Trial::suspending(Rule::ReleaseUnderTicket));
    let release = Command::ReleaseOwnership {
        ticket: TicketIx::NONE,
        org: OrgIx(0),
    };
    trial.command(hours(5), Actor::Support, &release);
    assert_eq!(violated(&trial, hours(6)), [ReleaseNeedsTicket]);
    // Nor does a ticket that leaves the org out cover it.
    let mut trial = prepared(Trial::suspending(Rule::ReleaseUnderTicket));
    let omit = What::TicketOmits {
        ticket: TicketIx(0),
        org: OrgIx(0),
    };
    trial.say(hours(2), Actor::Support, omit);
    trial.release(hours(5), OrgIx(0));
    assert_eq!(violated(&trial, hours(6)), [ReleaseNeedsTicket]);
}

#[test]
fn annotations_before_the_entities_are_seen() {
    let mut trial = prepared(Trial::suspending(Rule::AnnotateVisibleOnly));
    trial.release(hours(5), OrgIx(0));
    let connector = trial.target();
    let annotate = Command::RecreateAnnotations {
        org: OrgIx(0),
        connector,
    };
    trial.command(hours(5), Actor::Operator, &annotate);
    assert_eq!(violated(&trial, hours(6)), [AnnotationsAfterEntities]);
}

#[test]
fn a_record_that_never_was_is_seen() {
    let mut trial = prepared(Trial::suspending(Rule::RecreateExistingOnly));
    trial.release(hours(5), OrgIx(0));
    trial.recreate_all(hours(6), OrgIx(0), 4);
    assert_eq!(violated(&trial, hours(7)), [NoPhantomRecord]);
}

#[test]
fn a_record_recreated_twice_is_seen() {
    let mut trial = prepared(Trial::new());
    trial.release(hours(5), OrgIx(0));
    trial.recreate(hours(6), OrgIx(0), RecordKind::Alert, 2);
    trial.recreate(hours(7), OrgIx(0), RecordKind::Alert, 4);
    assert_eq!(violated(&trial, hours(8)), [NoDuplicateRecord]);
}

#[test]
fn a_second_home_is_seen_when_the_old_connector_wakes() {
    let mut trial = prepared(Trial::new());
    trial.move_over(hours(6));
    trial.bring_back(hours(48), "westeurope");
    assert_eq!(violated(&trial, hours(49)), []);
    trial.command(hours(50), Actor::Operator, &Command::Authorize(A));
    let judgements = judge(&trial, hours(51));
    let duplicate = of(&judgements, NoDuplicateRecord);
    assert_eq!(
        (duplicate.verdict, duplicate.subjects, duplicate.at),
        (Verdict::Violated, 3, Some(hours(50)))
    );
}

#[test]
fn a_second_home_is_seen_while_the_old_one_keeps_its_configuration() {
    let mut trial = Trial::new();
    trial.parameters.config_loss_after = Duration::from_hours(24);
    let mut trial = prepared(trial);
    trial.release(hours(5), OrgIx(0));
    trial.recreate_all(hours(6), OrgIx(0), 4);
    assert_eq!(violated(&trial, hours(7)), [NoDuplicateRecord]);
}

#[test]
fn an_unsafe_deletion_is_seen() {
    // While it is down.
    let mut trial = Trial::suspending(Rule::DeleteHealthyOnly);
    trial.lose(Instant::ZERO, "westeurope");
    trial.prepare(A, hours(1), "northeurope");
    trial.move_over(hours(6));
    trial.command(hours(7), Actor::Platform, &Command::Promote(RecoveryIx(0)));
    trial.command(hours(8), Actor::Operator, &Command::DeleteConnector(A));
    assert_eq!(violated(&trial, hours(9)), [SafeDelete]);
    // Before its orgs have another primary.
    let mut trial = prepared(Trial::new());
    trial.move_over(hours(6));
    trial.bring_back(hours(7), "westeurope");
    trial.command(hours(8), Actor::Operator, &Command::DeleteConnector(A));
    assert_eq!(violated(&trial, hours(9)), [SafeDelete]);
    // Before everything of it is recreated.
    let mut trial = prepared(Trial::new());
    for org in [0, 1, 2].map(OrgIx) {
        trial.release(hours(6), org);
    }
    trial.bring_back(hours(7), "westeurope");
    trial.retire(hours(8));
    let judgements = judge(&trial, hours(9));
    assert_eq!(
        of(&judgements, SafeDelete).who,
        [super::super::Who::Connector(A)]
    );
    // And before everything of it is released.
    let mut trial = prepared(Trial::new());
    trial.bring_back(hours(7), "westeurope");
    trial.retire(hours(8));
    assert_eq!(verdict(&trial, SafeDelete, hours(9)), Verdict::Violated);
}

#[test]
fn two_primaries_are_seen() {
    let mut trial = prepared(Trial::suspending(Rule::PromotionMovesPrimacy));
    trial.move_over(hours(6));
    trial.command(hours(7), Actor::Platform, &Command::Promote(RecoveryIx(0)));
    let judgements = judge(&trial, hours(8));
    assert_eq!(with(&judgements, Verdict::Violated), [OnePrimary]);
    assert_eq!(of(&judgements, OnePrimary).subjects, 3);
}

#[test]
fn a_bystander_that_is_touched_is_seen() {
    let mut trial = Trial::new();
    trial.lose(Instant::ZERO, "westeurope");
    trial.command(hours(1), Actor::Operator, &Command::StartRecovery(A));
    // The ticket carries the Resource ID of the other connector.
    let forgotten = RangeSet::new();
    let open = Command::OpenTicket {
        recovery: RecoveryIx(0),
        names: B,
        scope: TicketScope::All,
        forgotten,
    };
    trial.command(hours(1), Actor::Operator, &open);
    trial.command(
        hours(5),
        Actor::Support,
        &Command::TriageTicket(TicketIx(0)),
    );
    assert_eq!(
        verdict(&trial, BystandersUntouched, hours(6)),
        Verdict::Held
    );
    let release = Command::ReleaseOwnership {
        ticket: TicketIx(0),
        org: OrgIx(3),
    };
    trial.command(hours(6), Actor::Support, &release);
    assert_eq!(violated(&trial, hours(7)), [BystandersUntouched]);
    // Faults are no violation.
    let mut trial = Trial::new();
    trial.lose(Instant::ZERO, "westeurope");
    trial.say(hours(1), Actor::Fate, What::OrgDeleted { org: OrgIx(3) });
    assert_eq!(
        verdict(&trial, BystandersUntouched, hours(6)),
        Verdict::Held
    );
    trial.command(hours(2), Actor::Operator, &Command::DeleteConnector(B));
    assert_eq!(
        verdict(&trial, BystandersUntouched, hours(6)),
        Verdict::Violated
    );
}

#[test]
fn leaving_the_geography_is_seen() {
    let mut trial = Trial::new();
    trial.lose(Instant::ZERO, "westeurope");
    trial.prepare(A, hours(1), "eastus");
    assert_eq!(violated(&trial, hours(2)), [StaysInGeography]);
}

#[test]
fn equality_looks_at_what_decides_and_not_at_stamps() {
    let at = |hour| {
        let mut trial = Trial::suspending(Rule::ClaimUnownedOnly);
        trial.lose(Instant::ZERO, "westeurope");
        trial.prepare(A, hours(1), "northeurope");
        let target = trial.target();
        trial.command(hours(hour), Actor::Platform, &Command::Discover(target));
        trial.reader
    };
    assert_eq!(at(2), at(3));
    assert_ne!(at(2), Checks::new());
}
