//! The platform's rules, and what is set for a run.

use super::fleet::{AlertWindow, Fleet};
use crate::time::Duration;

/// A rule that the world enforces. Each can be suspended by name in a scenario
/// (`defects:`), so that every check can be seen to fail.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Rule {
    /// A connector claims unowned orgs only (D-2).
    ClaimUnownedOnly,
    /// A connector claims only what its account reaches (D-7, F-7).
    ClaimGrantedOnly,
    /// A connector is created in a supported region only (F-1, F-2).
    CreateInSupportedRegion,
    /// A connector is created only in a region that is up and has room.
    CreateInHealthyRegion,
    /// An org is released only under a ticket that covers it (F-9).
    ReleaseUnderTicket,
    /// Annotations are recreated only once the entities have appeared (F-10).
    AnnotateVisibleOnly,
    /// Only records that exist are recreated (F-13).
    RecreateExistingOnly,
    /// A recreation that crashed goes on where it stopped.
    ResumeWhereStopped,
    /// Alerts are recreated up to the window's edge, and none older (F-14).
    CutAtWindow,
    /// Promoting a connector demotes the one before it (F-12).
    PromotionMovesPrimacy,
    /// A connector that is down cannot be deleted.
    DeleteHealthyOnly,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 11] = [
        Self::ClaimUnownedOnly,
        Self::ClaimGrantedOnly,
        Self::CreateInSupportedRegion,
        Self::CreateInHealthyRegion,
        Self::ReleaseUnderTicket,
        Self::AnnotateVisibleOnly,
        Self::RecreateExistingOnly,
        Self::ResumeWhereStopped,
        Self::CutAtWindow,
        Self::PromotionMovesPrimacy,
        Self::DeleteHealthyOnly,
    ];

    /// The name of the defect that suspends it.
    #[must_use]
    pub const fn defect(self) -> &'static str {
        match self {
            Self::ClaimUnownedOnly => "claims-owned-orgs",
            Self::ClaimGrantedOnly => "claims-without-grant",
            Self::CreateInSupportedRegion => "creates-in-unsupported-region",
            Self::CreateInHealthyRegion => "creates-in-lost-region",
            Self::ReleaseUnderTicket => "releases-without-ticket",
            Self::AnnotateVisibleOnly => "annotates-before-entities",
            Self::RecreateExistingOnly => "invents-records",
            Self::ResumeWhereStopped => "restarts-crashed-recreation",
            Self::CutAtWindow => "forgets-last-alert",
            Self::PromotionMovesPrimacy => "promotes-both",
            Self::DeleteHealthyOnly => "deletes-while-down",
        }
    }

    /// What happens while it is suspended, in one sentence.
    #[must_use]
    pub const fn when_suspended(self) -> &'static str {
        match self {
            Self::ClaimUnownedOnly => {
                "A discovery pass also claims orgs that another connector owns."
            }
            Self::ClaimGrantedOnly => {
                "A discovery pass also claims orgs that the account cannot reach."
            }
            Self::CreateInSupportedRegion => {
                "A connector may be created in a region that is only announced."
            }
            Self::CreateInHealthyRegion => {
                "A connector may be created in a region that is down or full."
            }
            Self::ReleaseUnderTicket => "Support releases orgs that no ticket covers.",
            Self::AnnotateVisibleOnly => {
                "Annotations are accepted before the org's entities have appeared."
            }
            Self::RecreateExistingOnly => {
                "Recreation adds one recommendation to each org that never existed."
            }
            Self::ResumeWhereStopped => {
                "A recreation that crashed starts again from the first record."
            }
            Self::CutAtWindow => {
                "Recreation leaves out the oldest alert that is still inside the window."
            }
            Self::PromotionMovesPrimacy => {
                "The old connector stays primary when the new one is promoted."
            }
            Self::DeleteHealthyOnly => "A connector may be deleted while its region is down.",
        }
    }

    /// The rule that a defect's name suspends.
    #[must_use]
    pub fn suspended_by(defect: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.defect() == defect)
    }
}

/// Which rules hold. All of them, unless a scenario suspends some.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rules {
    suspended: u32,
}

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
