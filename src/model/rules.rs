//! The platform's rules, and what is set for a run.

use super::fleet::{AlertWindow, Fleet};
use crate::time::Duration;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident $defect:literal: $says:literal;)*) => {
        /// A rule that the platform keeps. Each can be suspended by name in a
        /// scenario (`defects:`), so that every check can be seen to fail.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        #[repr(u8)]
        pub enum Rule { $($(#[$doc])* $name,)* }

        impl Rule {
            /// Every rule.
            pub const ALL: [Self; [$(Self::$name),*].len()] = [$(Self::$name),*];

            /// The name of the defect that suspends it.
            #[must_use]
            pub const fn defect(self) -> &'static str {
                match self { $(Self::$name => $defect,)* }
            }

            /// What happens while it is suspended, in one sentence.
            #[must_use]
            pub const fn when_suspended(self) -> &'static str {
                match self { $(Self::$name => $says,)* }
            }
        }
    };
}

rules! {
    /// A connector claims unowned orgs only (D-2).
    ClaimUnownedOnly "claims-owned-orgs": "A discovery pass also claims orgs that another connector owns.";
    /// A connector claims only what its account reaches (D-7, F-7).
    ClaimGrantedOnly "claims-without-grant": "A discovery pass also claims orgs that the account cannot reach.";
    /// What an account reaches is read at each pass (D-7).
    ReadGrantsAfresh "remembers-old-grants": "A discovery pass also claims what the account reached at T+0, and no longer does.";
    /// A connector claims orgs of its own tenant only (D-2).
    ClaimOwnTenantOnly "claims-across-tenants": "A discovery pass with auto-discovery also claims unowned orgs of other tenants.";
    /// A discovery pass goes through the account's orgs to the last page (D-9).
    ReadEveryPage "stops-at-the-first-page": "A discovery pass reads the first four orgs that the account reaches, and none behind them.";
    /// A discovery pass misses no org (D-9).
    ReadEveryOrg "skips-every-second-org": "A discovery pass looks at every second org only.";
    /// A discovery pass finds what is new (D-3, D-9).
    FindNewOrgs "finds-no-new-orgs": "A discovery pass looks only at orgs that had an owner at T+0.";
    /// A released org waits for the next pass of whoever comes first (D-3).
    ReleaseToNobody "releases-to-a-neighbour": "A released org goes at once to the first working connector, by id, whose account reaches it.";
    /// An org is released only under a ticket that covers it (F-9).
    ReleaseUnderTicket "releases-without-ticket": "Support releases orgs that no ticket covers.";
    /// A ticket for some orgs releases those (F-9).
    ReleaseNamedOnly "releases-beyond-the-ticket": "Whatever the old connector owns is released with the first org of a ticket.";
    /// What is told as released is released (F-9).
    ReleaseAsTold "reports-what-it-did-not-release": "The last org of a ticket is reported as released, and is not.";
    /// A ticket's orgs are all taken up (F-9).
    TakeUpWholeTicket "drops-the-last-org": "Support leaves the last org of a ticket out.";
    /// A ticket that names no connector is rejected (F-8).
    RejectNameless "accepts-nameless-tickets": "A ticket whose Resource ID names no connector is taken as understood.";
    /// A ticket with nothing left to do is closed (F-9).
    CloseTickets "never-closes-tickets": "A ticket stays open when its last org is released.";
    /// A ticket that was lost is taken up again when it is found (U-1).
    TakeUpFoundTickets "never-reopens-lost-tickets": "A lost ticket that is found again is put aside.";
    /// A connector is created in a supported region only (F-1, F-2).
    CreateInSupportedRegion "creates-in-unsupported-region": "A connector may be created in a region that is only announced.";
    /// A connector is created only in a region that is up and has room.
    CreateInHealthyRegion "creates-in-lost-region": "A connector may be created in a region that is down or full.";
    /// A new connector reaches what the old one reached (D-7).
    InheritGrants "forgets-the-last-grant": "The new connector is created without the grant for the last org.";
    /// A new connector has the old one's auto-discovery setting (D-9).
    InheritAutoDiscovery "forgets-auto-discovery": "The new connector lists the orgs of the outage, and auto-discovery is off.";
    /// An account reaches new orgs through every connector that it authorised (D-7).
    ExtendGrants "forgets-late-grants": "The new connector does not reach orgs that appear after it was created.";
    /// Adopting a connector leaves what it holds alone (F-7).
    AdoptAsItIs "resets-adopted-connectors": "A connector that is adopted lets go of the orgs that it held, and finds them anew.";
    /// A configuration that was lost stays lost until somebody authorises (F-5, D-7).
    LossIsForGood "revives-lost-configuration": "A connector that lost its configuration is active again when its region is.";
    /// A connector that recovered owns what it owned when it recovered (D-2).
    RecoverWithoutClaiming "reclaims-on-recovery": "A connector that recovered takes back the orgs that it held at T+0.";
    /// Tokens that were revoked for a time work again after it (D-7).
    RevivedTokensWork "keeps-tokens-revoked": "Tokens that were revoked for a time never work again.";
    /// A slow region is slow, and nothing else.
    SlowKeepsClaims "forgets-claims-when-slow": "A connector whose region becomes slow lets go of its last org.";
    /// An org's entities appear at a connector that has claimed it (F-10, F-11).
    AppearOnceClaimed "appears-before-release": "An org's entities appear at the new connector when its ticket is understood, before it is released, and not again after it.";
    /// Annotations are recreated only once the entities have appeared (F-10).
    AnnotateVisibleOnly "annotates-before-entities": "Annotations are accepted before the org's entities have appeared.";
    /// An org's annotations are set where it is, when somebody sets them (F-10).
    AnnotateByHand "annotates-at-the-claim": "The annotation configuration is copied as soon as an org is claimed.";
    /// Annotations are recreated for the org that is meant (F-10).
    AnnotateTheRightOrg "annotates-the-next-org": "Annotations for an org are recreated for the one behind it.";
    /// Only records that exist are recreated (F-13).
    RecreateExistingOnly "invents-records": "Recreation adds one recommendation to each org that never existed.";
    /// Each org's own records are counted (F-13).
    CountOwnRecords "counts-the-neighbours-records": "An org gets as many graph entities as the org behind it had, if that had more.";
    /// Recreation leaves out no org (F-13).
    RecreateEveryOrg "forgets-the-last-recommendations": "The last org of a recovery gets no recommendations.";
    /// Recreation brings the whole graph (F-13).
    RecreateWholeGraph "recreates-half-of-the-graph": "Recreation stops in the middle of an org's graph entities.";
    /// Records are recreated in the new connector (F-13).
    RecreateIntoTarget "returns-graph-to-old-home": "Graph entities are recreated in the old connector.";
    /// Recreation reads from a record's last home (F-13).
    ReadLastHome "reads-the-first-home-only": "Recreation looks for records only where they were at T+0.";
    /// A recreation that crashed goes on where it stopped.
    ResumeWhereStopped "restarts-crashed-recreation": "A recreation that crashed starts again from the first record.";
    /// A recreation that is resumed begins behind the last record.
    ResumeBehindLast "resumes-one-record-early": "A recreation that is resumed does the last record again.";
    /// Alerts are recreated up to the window's edge, and none older (F-14).
    CutAtWindow "forgets-last-alert": "Recreation leaves out the oldest alert that is still inside the window.";
    /// An alert exactly as old as the window is inside, unless a parameter says not (F-14).
    EdgeAsSet "moves-the-edge": "Recreation takes the edge of the alert window for outside where it is inside, or the other way round.";
    /// The window counts from the instant that is set (U-3).
    AnchorAsSet "counts-the-window-too-late": "Recreation counts the alert window from its own start.";
    /// Promoting a connector demotes the one before it (F-12).
    PromotionMovesPrimacy "promotes-both": "The old connector stays primary when the new one is promoted.";
    /// Promoting a connector demotes the one before it for every org (F-12).
    DemoteForEveryOrg "demotes-for-all-but-one": "The old connector stays primary for the last org when the new one is promoted.";
    /// The new connector is promoted for every org (F-12).
    PromoteForEveryOrg "promotes-for-all-but-one": "The new connector is not promoted for the last org.";
    /// Who is primary stays so when the old region recovers (L-2).
    PromotionIsForGood "promotes-back-on-recovery": "The old connector is made primary again when its region recovers.";
    /// Promotion changes who is primary, and nothing else (F-12).
    PromotionKeepsGrants "loses-grants-at-promotion": "The new connector's account loses its reach to the orgs for which it is promoted.";
    /// A connector that is down cannot be deleted.
    DeleteHealthyOnly "deletes-while-down": "A connector may be deleted while its region is down.";
    /// Deleting the old connector leaves what was recreated elsewhere (F-12).
    DeleteOwnRecordsOnly "deletes-what-was-recreated": "Deleting the old connector also wipes what was recreated from it.";
}

impl Rule {
    /// The rule that a defect's name suspends.
    #[must_use]
    pub fn suspended_by(defect: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.defect() == defect)
    }
}

/// Which rules hold. All of them, unless a scenario suspends some.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rules {
    suspended: u64,
}

// A rule is a bit.
const _: () = assert!(Rule::ALL.len() <= 64);

impl Rules {
    /// The same rules with one suspended.
    #[must_use]
    pub const fn without(self, rule: Rule) -> Self {
        Self {
            suspended: self.suspended | 1 << rule as u8,
        }
    }

    /// Whether a rule holds.
    #[must_use]
    pub const fn hold(self, rule: Rule) -> bool {
        self.suspended & (1 << rule as u8) == 0
    }

    /// The suspended rules.
    pub fn suspended(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.into_iter().filter(move |&it| !self.hold(it))
    }
}

/// From which instant the alert window is counted back (U-3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Anchor {
    /// The first outage of the connector that held the org at T+0.
    #[default]
    OutageStart,
    /// The creation, or adoption, of the connector that recreates.
    ConnectorCreated,
    /// The opening of the ticket that released the org.
    TicketOpened,
    /// The release of the org.
    OrgReleased,
    /// The start of that org's recreation.
    Recreation,
}

impl Anchor {
    /// Every anchor.
    pub const ALL: [Self; 5] = [
        Self::OutageStart,
        Self::ConnectorCreated,
        Self::TicketOpened,
        Self::OrgReleased,
        Self::Recreation,
    ];

    /// The name in scenario files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OutageStart => "outage-start",
            Self::ConnectorCreated => "connector-created",
            Self::TicketOpened => "ticket-opened",
            Self::OrgReleased => "org-released",
            Self::Recreation => "recreation",
        }
    }
}

/// The points that the seed leaves open, as one scenario settles them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parameters {
    /// How old an alert may be, and whether its edge is inside (F-14).
    pub window: AlertWindow,
    /// From when the window counts (U-3).
    pub anchor: Anchor,
    /// How long after its outage began a connector loses its configuration (F-5).
    pub config_loss_after: Duration,
    /// Whether recoveries wait for each other, by connector id (F-3).
    pub serial_recoveries: bool,
    /// Whether promotion follows establishment at once (F-12, L-2).
    pub promotion_on_establishment: bool,
    /// Whether a ticket's orgs are released together at its end (F-9).
    pub release_whole_ticket: bool,
    /// Whether promotion and deletion wait for the region alone (F-12 to the letter).
    pub retire_needs_region_only: bool,
    /// Whether recreation waits for the connector alone (F-13 to the letter).
    pub recreation_needs_established_only: bool,
    /// Whether a newly onboarded org gets annotations by default (D-6).
    pub annotations_on_by_default: bool,
    /// Whether the customer had saved the Resource IDs beforehand.
    pub resource_ids_saved: bool,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            window: AlertWindow {
                length: Duration::WEEK,
                edge_inside: true,
            },
            anchor: Anchor::OutageStart,
            config_loss_after: Duration::ZERO,
            serial_recoveries: false,
            promotion_on_establishment: false,
            release_whole_ticket: false,
            retire_needs_region_only: false,
            recreation_needs_established_only: false,
            annotations_on_by_default: false,
            resource_ids_saved: false,
        }
    }
}

/// What stays the same during a run: the fleet, the parameters, the rules.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The fleet at T+0.
    pub fleet: &'a Fleet,
    /// The settled open points.
    pub parameters: &'a Parameters,
    /// The rules that hold.
    pub rules: Rules,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defects_have_distinct_names_and_suspend_only_their_rule() {
        for rule in Rule::ALL {
            assert_eq!(Rule::suspended_by(rule.defect()), Some(rule));
            let rules = Rules::default().without(rule);
            assert_eq!(rules.suspended().collect::<Vec<_>>(), [rule]);
        }
    }
}
