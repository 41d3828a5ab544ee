//! The catalogue of planted bugs: platforms, procedures and people that are wrong on
//! purpose, so that checks, and whoever looks for bugs, can be tried on them.
//!
//! `scenarios/defects` has a scenario for each, called by its name, in which exactly
//! the checks of [`Defect::caught_by`] are violated that hold without it.

use crate::checks::CheckId;
use crate::faults::Lapse;
use crate::model::rules::Rule;
use crate::procedure::Rewrite;

/// Who is wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DefectFamily {
    /// The platform, or support: a rule is suspended.
    Platform,
    /// The procedure: its steps, or their order.
    Procedure,
    /// The customer's people.
    People,
}

impl DefectFamily {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Platform, Self::Procedure, Self::People];

    /// The name in listings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Procedure => "procedure",
            Self::People => "people",
        }
    }
}

/// How a defect gets into a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mechanism {
    /// A rule of the platform does not hold.
    Suspends(Rule),
    /// The procedure is changed before it is compiled.
    Rewrites(Rewrite),
    /// Slips or absences are added to the faults.
    Arms(Lapse),
}

/// A planted bug.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Defect {
    /// Its name under `defects`.
    pub name: &'static str,
    /// Who is wrong.
    pub family: DefectFamily,
    /// What is wrong, in one sentence.
    pub says: &'static str,
    /// What it breaks.
    pub cites: &'static [&'static str],
    /// What it takes to be seen.
    pub takes: &'static str,
    /// The checks that see it in the scenario of its name.
    pub caught_by: &'static [CheckId],
    /// How it gets into a run.
    pub mechanism: Mechanism,
    /// The file `scenarios/defects/NAME.yaml`: as little as it takes to see it.
    pub scenario: &'static str,
}

impl Defect {
    /// The defect of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        DEFECTS.iter().find(|it| it.name == name)
    }
}

impl Mechanism {
    /// The name that the rule, the rewrite or the lapse goes by under `defects`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Suspends(it) => it.defect(),
            Self::Rewrites(it) => it.defect(),
            Self::Arms(it) => it.defect(),
        }
    }

    const fn says(self) -> &'static str {
        match self {
            Self::Suspends(it) => it.when_suspended(),
            Self::Rewrites(it) => it.says(),
            Self::Arms(it) => it.says(),
        }
    }
}

macro_rules! defects {
    ($($family:ident $name:literal $how:ident($what:expr) [$($cite:literal),*] $takes:literal: $($check:ident),*;)*) => {
        /// Every defect, by family.
        pub const DEFECTS: &[Defect] = &[$({
            let mechanism = Mechanism::$how($what);
            Defect {
                name: $name,
                family: DefectFamily::$family,
                says: mechanism.says(),
                cites: &[$($cite),*],
                takes: $takes,
                caught_by: &[$(CheckId::$check),*],
                mechanism,
                scenario: include_str!(concat!("../../scenarios/defects/", $name, ".yaml")),
            }
        }),*];
    };
}

defects! {
    Platform "claims-owned-orgs" Suspends(Rule::ClaimUnownedOnly) ["D-2"] "Any outage, as long as the old connector still owns the orgs when the new one makes its first pass.": SingleOwner;
    Platform "claims-without-grant" Suspends(Rule::ClaimGrantedOnly) ["D-7", "F-7"] "An org that the account does not reach while the new connector makes a pass.": AuthorizedOwner;
    Platform "remembers-old-grants" Suspends(Rule::ReadGrantsAfresh) ["D-7", "F-7"] "A grant that was lost since T+0, and a pass before it is regained.": AuthorizedOwner;
    Platform "claims-across-tenants" Suspends(Rule::ClaimOwnTenantOnly) ["D-2"] "A second tenant, and a target that does not work when an org is released and another tenant's connector makes its pass.": AuthorizedOwner, IntendedOwner, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    Platform "stops-at-the-first-page" Suspends(Rule::ReadEveryPage) ["D-9"] "An account that reaches more than four orgs.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    Platform "skips-every-second-org" Suspends(Rule::ReadEveryOrg) ["D-9"] "Two orgs.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    Platform "finds-no-new-orgs" Suspends(Rule::FindNewOrgs) ["D-3", "D-9"] "An org that appears.": LateOrgsCovered;
    Platform "releases-to-a-neighbour" Suspends(Rule::ReleaseToNobody) ["D-3", "F-9"] "Another connector whose account reaches the org, with a smaller id than the target.": IntendedOwner, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, OldConnectorRetired, Settled;
    Platform "releases-without-ticket" Suspends(Rule::ReleaseUnderTicket) ["F-9"] "A procedure without a ticket.": ReleaseNeedsTicket, Settled;
    Platform "releases-beyond-the-ticket" Suspends(Rule::ReleaseNamedOnly) ["F-9"] "A ticket for some of the orgs.": ReleaseNeedsTicket;
    Platform "reports-what-it-did-not-release" Suspends(Rule::ReleaseAsTold) ["F-9"] "Any outage.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    Platform "drops-the-last-org" Suspends(Rule::TakeUpWholeTicket) ["F-9"] "Any outage.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    Platform "accepts-nameless-tickets" Suspends(Rule::RejectNameless) ["F-8", "F-9"] "A Resource ID that names no connector.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    Platform "never-closes-tickets" Suspends(Rule::CloseTickets) ["F-9"] "Any outage.": Settled;
    Platform "never-reopens-lost-tickets" Suspends(Rule::TakeUpFoundTickets) ["U-1"] "A ticket that is lost for a time.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    Platform "creates-in-unsupported-region" Suspends(Rule::CreateInSupportedRegion) ["F-1", "F-2"] "Somebody who tries a region that is only announced.": SupportedRegionOnly;
    Platform "creates-in-lost-region" Suspends(Rule::CreateInHealthyRegion) ["F-6"] "Somebody who tries a region that is down.": SupportedRegionOnly;
    Platform "forgets-the-last-grant" Suspends(Rule::InheritGrants) ["D-7"] "Any outage, and a new connector.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    Platform "forgets-auto-discovery" Suspends(Rule::InheritAutoDiscovery) ["D-9", "F-5"] "An org that appears during the recovery.": LateOrgsCovered;
    Platform "forgets-late-grants" Suspends(Rule::ExtendGrants) ["D-7"] "An org that appears after the new connector was created.": LateOrgsCovered;
    Platform "resets-adopted-connectors" Suspends(Rule::AdoptAsItIs) ["F-7"] "A target that is adopted, and that holds orgs of its own.": BystandersUntouched;
    Platform "revives-lost-configuration" Suspends(Rule::LossIsForGood) ["F-5", "D-7"] "Records that are recreated before the region is back, or after.": NoDuplicateRecord;
    Platform "reclaims-on-recovery" Suspends(Rule::RecoverWithoutClaiming) ["D-2"] "An org that moved before the region is back.": SingleOwner, SafeDelete;
    Platform "keeps-tokens-revoked" Suspends(Rule::RevivedTokensWork) ["D-7"] "Tokens that are revoked for a time.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    Platform "forgets-claims-when-slow" Suspends(Rule::SlowKeepsClaims) ["D-2", "D-3"] "A region that becomes slow, with a connector in it that owns an org.": AnnotationsRestored;
    Platform "appears-before-release" Suspends(Rule::AppearOnceClaimed) ["F-10", "F-11"] "An org of Azure DevOps whose discovery takes longer than its annotations.": AnnotationsAfterEntities;
    Platform "annotates-before-entities" Suspends(Rule::AnnotateVisibleOnly) ["F-10"] "A procedure that annotates before discovery.": AnnotationsAfterEntities;
    Platform "annotates-at-the-claim" Suspends(Rule::AnnotateByHand) ["F-10"] "An org of Azure DevOps.": AnnotationsAfterEntities;
    Platform "annotates-the-next-org" Suspends(Rule::AnnotateTheRightOrg) ["F-10"] "Two orgs of Azure DevOps, annotated one after the other.": AnnotationsAfterEntities, AnnotationsRestored;
    Platform "invents-records" Suspends(Rule::RecreateExistingOnly) ["F-13"] "Any outage.": NoPhantomRecord;
    Platform "counts-the-neighbours-records" Suspends(Rule::CountOwnRecords) ["F-13"] "An org with fewer graph entities than the one behind it: subtle in even fleets.": NoPhantomRecord;
    Platform "forgets-the-last-recommendations" Suspends(Rule::RecreateEveryOrg) ["F-13"] "Any outage.": RecommendationsRestored;
    Platform "recreates-half-of-the-graph" Suspends(Rule::RecreateWholeGraph) ["F-13"] "Any outage.": GraphRestored;
    Platform "returns-graph-to-old-home" Suspends(Rule::RecreateIntoTarget) ["F-13"] "Any outage.": SafeDelete, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, OnlyDocumentedLosses;
    Platform "reads-the-first-home-only" Suspends(Rule::ReadLastHome) ["F-13"] "Two faults: the target is lost too, after the first connector was deleted.": AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, OnlyDocumentedLosses;
    Platform "restarts-crashed-recreation" Suspends(Rule::ResumeWhereStopped) ["F-13"] "A recreation that crashes.": NoDuplicateRecord;
    Platform "resumes-one-record-early" Suspends(Rule::ResumeBehindLast) ["F-13"] "A recreation that crashes; one record is there twice.": NoDuplicateRecord;
    Platform "forgets-last-alert" Suspends(Rule::CutAtWindow) ["F-13", "F-14"] "An alert inside the window.": AlertsRestored, AlertsRestoredInTime, OnlyDocumentedLosses;
    Platform "moves-the-edge" Suspends(Rule::EdgeAsSet) ["F-14"] "An alert that is a week old to the second: a narrow window.": AlertsRestored, AlertsRestoredInTime, OnlyDocumentedLosses;
    Platform "counts-the-window-too-late" Suspends(Rule::AnchorAsSet) ["U-3", "F-14"] "An alert that grows a week old between the outage and its recreation.": AlertsRestored, AlertsRestoredInTime, OnlyDocumentedLosses;
    Platform "promotes-both" Suspends(Rule::PromotionMovesPrimacy) ["F-12"] "A recovery that comes to its promotion.": OnePrimary;
    Platform "demotes-for-all-but-one" Suspends(Rule::DemoteForEveryOrg) ["F-12"] "A recovery that comes to its promotion.": OnePrimary;
    Platform "promotes-for-all-but-one" Suspends(Rule::PromoteForEveryOrg) ["F-12"] "A recovery that comes to its promotion.": SafeDelete, OldConnectorRetired;
    Platform "promotes-back-on-recovery" Suspends(Rule::PromotionIsForGood) ["L-2", "F-12"] "The procedure of 2023-11-08, which promotes during the outage.": SafeDelete, OldConnectorRetired;
    Platform "loses-grants-at-promotion" Suspends(Rule::PromotionKeepsGrants) ["D-7", "F-12"] "A recovery that comes to its promotion.": ConfigurationRestored;
    Platform "deletes-while-down" Suspends(Rule::DeleteHealthyOnly) ["F-12"] "Somebody who deletes during the outage.": SafeDelete, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, Settled, OnlyDocumentedLosses;
    Platform "deletes-what-was-recreated" Suspends(Rule::DeleteOwnRecordsOnly) ["F-12", "F-13"] "A recovery that comes to its deletion.": AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, OnlyDocumentedLosses;
    Procedure "skips-the-annotations" Rewrites(Rewrite::SkipAnnotations) ["F-10"] "An org of Azure DevOps.": AnnotationsRestored;
    Procedure "skips-the-authorisation" Rewrites(Rewrite::SkipAuthorization) ["D-7"] "Any outage.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    Procedure "skips-the-discovery" Rewrites(Rewrite::SkipDiscovery) ["F-10", "F-11"] "An org of Azure DevOps.": AnnotationsRestored, OldConnectorRetired, Settled;
    Procedure "skips-the-recreation" Rewrites(Rewrite::SkipRecreation) ["F-13"] "Any outage.": SafeDelete, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, OnlyDocumentedLosses;
    Procedure "skips-the-promotion" Rewrites(Rewrite::SkipPromotion) ["F-12"] "An outage that ends.": SafeDelete, OldConnectorRetired;
    Procedure "skips-the-deletion" Rewrites(Rewrite::SkipDeletion) ["F-12"] "An outage that ends.": OldConnectorRetired;
    Procedure "annotates-before-discovery" Rewrites(Rewrite::AnnotateEarly) ["F-10"] "An org of Azure DevOps.": AnnotationsRestored, OldConnectorRetired, Settled;
    Procedure "deletes-before-recovery" Rewrites(Rewrite::DeleteInOutage) ["F-12"] "An outage longer than the way to the ticket.": OldConnectorRetired, Settled;
    Procedure "deletes-when-the-region-is-back" Rewrites(Rewrite::DeleteOnRecovery) ["F-12"] "An outage that ends before the recovery does.": SafeDelete, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, OnlyDocumentedLosses;
    Procedure "deletes-before-promotion" Rewrites(Rewrite::DeleteBeforePromotion) ["F-12"] "An outage that ends.": SafeDelete;
    Procedure "promotes-before-recreation" Rewrites(Rewrite::PromoteEarly) ["F-12", "L-2"] "An outage that ends before the recreation does.": SafeDelete, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, OnlyDocumentedLosses;
    Procedure "opens-the-ticket-before-authorising" Rewrites(Rewrite::TicketBeforeAuthorization) ["F-9", "D-7"] "Two faults, in a narrow window: nobody can authorise while the ticket is read, and another connector that reaches the orgs makes its pass.": IntendedOwner, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, OldConnectorRetired, Settled;
    Procedure "copies-the-id-after-the-ticket" Rewrites(Rewrite::CopyAfterTicket) ["F-8", "F-9"] "Any outage.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    Procedure "lists-the-orgs-beforehand" Rewrites(Rewrite::ListBeforehand) ["F-9"] "An org that appears, and is claimed, before the outage.": NoOrphanedOrgs, OldConnectorRetired, Settled;
    Procedure "never-goes-back" Rewrites(Rewrite::NeverGoBack) ["F-8"] "A ticket that is rejected.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    Procedure "recovers-one-after-another" Rewrites(Rewrite::Serial) ["F-3"] "Two lost connectors, and a deadline of hours.": AlertsRestoredInTime;
    Procedure "decides-when-the-region-is-back" Rewrites(Rewrite::WaitForRegion) ["F-6"] "An outage of more than a week.": NoOrphanedOrgs, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored;
    Procedure "authorises-the-lost-connector" Rewrites(Rewrite::AuthorizeLost) ["F-5", "F-6"] "Any outage longer than the way to the authorisation.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    Procedure "targets-an-announced-region" Rewrites(Rewrite::TargetAnnounced) ["F-2"] "Two faults: a platform that takes the connector there.": SupportedRegionOnly;
    Procedure "targets-the-far-end" Rewrites(Rewrite::TargetFar) ["D-14"] "That somebody expects `stays-in-geography`.": StaysInGeography;
    Procedure "leaves-the-geography" Rewrites(Rewrite::LeaveGeography) ["D-14"] "That the region next door is down for a time, and that somebody expects `stays-in-geography`.": StaysInGeography;
    People "gives-up-after-one-refusal" Rewrites(Rewrite::GiveUp) ["F-15"] "A step that is refused for a time, and a procedure that would try again.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    People "files-for-the-neighbour" Arms(Lapse::FilesForNeighbour) ["F-8", "F-9"] "A second connector.": BystandersUntouched, NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    People "copies-a-dead-id" Arms(Lapse::CopiesDeadId) ["F-8"] "Two faults: nobody goes back, or a deadline of hours.": NoOrphanedOrgs;
    People "forgets-an-org" Arms(Lapse::ForgetsOrg) ["F-9"] "Any outage.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    People "thinks-the-ticket-is-open" Arms(Lapse::ForgetsTicket) ["F-9"] "Any outage.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    People "thinks-it-is-authorised" Arms(Lapse::ForgetsAuthorization) ["D-7"] "Any outage.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    People "thinks-the-annotations-are-back" Arms(Lapse::ForgetsAnnotations) ["F-10"] "An org of Azure DevOps.": AnnotationsRestored;
    People "thinks-it-is-deleted" Arms(Lapse::ForgetsDeletion) ["F-12"] "An outage that ends.": OldConnectorRetired;
    People "tidies-up-with-the-ticket" Arms(Lapse::TidiesUp) ["F-12"] "A narrow window: the region is back before the ticket is opened.": SafeDelete, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, Settled, OnlyDocumentedLosses;
    People "two-operators-at-once" Arms(Lapse::TwoOperators) ["F-6", "D-9"] "Two faults, in a narrow window: the target does not work when the orgs are released and the second connector makes its pass.": IntendedOwner, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, OldConnectorRetired, Settled;
    People "picks-the-farthest-region" Arms(Lapse::PicksFarRegion) ["D-14"] "That somebody expects `stays-in-geography`.": StaysInGeography;
    People "picks-an-announced-region" Arms(Lapse::PicksAnnouncedRegion) ["F-2"] "Two faults: a platform that takes the connector there.": SupportedRegionOnly;
    People "sends-the-authoriser-home" Arms(Lapse::AuthorizerAway) ["D-7", "D-8"] "An outage in the first twelve hours.": NoOrphanedOrgs, AlertsRestored, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired, Settled;
    People "has-nobody-on-call" Arms(Lapse::NobodyOnCall) ["F-4"] "An outage in the first days.": NoOrphanedOrgs, AlertsRestoredInTime, RecommendationsRestored, GraphRestored, ConfigurationRestored, OldConnectorRetired;
}

/// Bugs that the oracle's hunt may fail to find, each with the reason.
const SURVIVORS: &[(&str, &str)] = &[];

/// Why the oracle's hunt may fail to find a bug; nothing for one that it has to find.
#[must_use]
pub fn survivor(name: &str) -> Option<&'static str> {
    let found = SURVIVORS.iter().find(|it| it.0 == name);
    found.map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_rewrite_and_lapse_is_in_it_once_and_found_by_its_name() {
        let rules = Rule::ALL.into_iter().map(Mechanism::Suspends);
        let rewrites = Rewrite::ALL.iter().copied().map(Mechanism::Rewrites);
        let lapses = Lapse::ALL.iter().copied().map(Mechanism::Arms);
        let mut count = 0;
        for mechanism in rules.chain(rewrites).chain(lapses) {
            let found = Defect::find(mechanism.name());
            assert_eq!(
                found.map(|it| it.mechanism),
                Some(mechanism),
                "{mechanism:?}"
            );
            count += 1;
        }
        assert_eq!(DEFECTS.len(), count);
        assert!(DEFECTS.is_sorted_by_key(|it| it.family));
    }

    #[test]
    fn every_defect_says_what_it_is_what_it_breaks_and_who_sees_it() {
        for it in DEFECTS {
            assert!(
                it.says.ends_with('.') && it.takes.ends_with('.'),
                "{}",
                it.name
            );
            assert!(
                !it.cites.is_empty() && !it.caught_by.is_empty(),
                "{}",
                it.name
            );
            assert!(
                it.caught_by.is_sorted(),
                "{}: not in the order of checks",
                it.name
            );
        }
    }
}
