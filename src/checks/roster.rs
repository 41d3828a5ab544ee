//! All checks together: static dispatch by the kind of fact.

use super::Check;
use super::always::*;
use super::case::Case;
use super::catalogue::CheckId;
use super::eventually::*;
use super::losses::OnlyDocumentedLosses;
use super::verdict::Judgement;
use crate::measures::{Scene, Watch};
use crate::model::fact::{Fact, FactKind, FactKinds};

macro_rules! roster {
    ($($field:ident: $name:ident,)*) => {
        /// Every check of the catalogue, as it stands in the middle of a run.
        /// Equality looks at what decides a verdict, not at stamps.
        #[derive(Clone, PartialEq, Eq, Debug, Default)]
        pub struct Checks {
            $($field: $name,)*
        }

        impl Checks {
            /// What checks listen to is known when this is compiled: what is left
            /// of it for one kind of fact is a call of its listeners.
            #[inline(always)]
            fn tell<const KIND: u8>(&mut self, scene: &Scene<'_>, watch: &Watch, fact: &Fact) {
                $(if const { <$name as Check>::LISTENS.has(kind_of(KIND)) } {
                    self.$field.observe(scene, watch, fact);
                })*
            }

            /// The judgements of the checks that are on, in the order of the catalogue.
            #[must_use]
            pub fn judge(&self, case: &Case<'_>) -> Vec<Judgement> {
                let mut judgements = Vec::with_capacity(CheckId::COUNT);
                $(if case.limits.get(<$name as Check>::ID).on {
                    judgements.push(self.$field.judge(case));
                })*
                judgements
            }
        }

        /// What a check listens to.
        pub(super) const fn listens(check: CheckId) -> FactKinds {
            match check { $(CheckId::$name => <$name as Check>::LISTENS,)* }
        }

        const _: () = { $(assert!(<$name as Check>::ID as u8 == CheckId::$name as u8);)* };
    };
}

roster! {
    single_owner: SingleOwner,
    supported_region_only: SupportedRegionOnly,
    authorized_owner: AuthorizedOwner,
    intended_owner: IntendedOwner,
    release_needs_ticket: ReleaseNeedsTicket,
    annotations_after_entities: AnnotationsAfterEntities,
    no_phantom_record: NoPhantomRecord,
    no_duplicate_record: NoDuplicateRecord,
    safe_delete: SafeDelete,
    one_primary: OnePrimary,
    bystanders_untouched: BystandersUntouched,
    stays_in_geography: StaysInGeography,
    no_orphaned_orgs: NoOrphanedOrgs,
    late_orgs_covered: LateOrgsCovered,
    alerts_restored: AlertsRestored,
    alerts_restored_in_time: AlertsRestoredInTime,
    recommendations_restored: RecommendationsRestored,
    graph_restored: GraphRestored,
    annotations_restored: AnnotationsRestored,
    configuration_restored: ConfigurationRestored,
    old_connector_retired: OldConnectorRetired,
    settled: Settled,
    only_documented_losses: OnlyDocumentedLosses,
}

/// The kind of a pinned number.
const fn kind_of(number: u8) -> FactKind {
    let mut at = 0;
    while FactKind::ALL[at] as u8 != number {
        at += 1;
    }
    FactKind::ALL[at]
}

/// Without a wildcard: a kind of fact that is new has to be named here.
macro_rules! by_kind {
    ($self:ident, $scene:ident, $watch:ident, $fact:ident; $($kind:ident)*) => {
        match $fact.what.kind() {
            $(FactKind::$kind => $self.tell::<{ FactKind::$kind as u8 }>($scene, $watch, $fact),)*
        }
    };
}

impl Checks {
    /// All checks at T+0.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a fact, after world and watch have.
    #[inline(always)]
    pub fn observe(&mut self, scene: &Scene<'_>, watch: &Watch, fact: &Fact) {
        by_kind! { self, scene, watch, fact;
            RegionDown RegionUp OutageEnded RegionSlowed RegionFull PartialOutage ConnectorDown ConnectorUp ConfigLost
            OrgOrphaned OrgCovered ScmOutage ScmThrottled TokenRevoked GrantChanged AuthorizerAbsent
            InventoryUnavailable InventoryStale DiscoveryStalled OrgCreated OrgRenamed OrgDeleted FaultMissed
            SupportSurge OthersWrite StaffChanged ShiftEnded ScmBudget RecoveryStarted OrgStoodDown RecoveryStoodDown StepFinished StepRefused
            Slipped ResourceIdCopied ConnectorCreated ConnectorAuthorized ConsentWithdrawn AutoDiscoverySet OrgListed ConnectorAdopted AdoptionRefused
            TicketOpened TicketQueued TicketCovers TicketOmits TicketTriaged TicketRejected TicketLost TicketMisrouted
            TicketClosed OrgReleased ReleaseMoot OrgClaimed EntitiesAppeared AnnotationsRecreated
            RecordsRecreated RecreationCrashed Promoted OrgUnowned ConnectorDeleted Verified Refused
        }
    }
}
