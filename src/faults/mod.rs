//! What fate can do, one family a file.
//!
//! A [`Fault`] is what a scenario's timeline says; [`schedule`] turns a timeline
//! into dated [`Event`]s, with every draw made on the way.

mod chaos;
mod families;
mod lapses;
mod schedule;

pub use chaos::{Chaos, Class, Kind};
pub use families::{FAULTS, Family, FaultDoc};
pub use lapses::Lapse;
pub use schedule::{Act, Event, Mishap, MishapKind, Schedule, schedule};

use crate::chance::{CountDist, DurationDist, EntityKey, Probability};
use crate::model::command::{Actor, ConnectorRef, RegionRef};
use crate::model::fleet::Scm;
use crate::model::ids::{ConnectorIx, OrgIx, RegionIx, StepIx};
use crate::model::ranges::RangeSet;
use crate::procedure::Slip;
use crate::time::{Factor, Instant};

/// One entry of a scenario's timeline.
#[derive(Clone, PartialEq, Debug)]
pub struct Fault {
    /// Its identity: draws are keyed by it.
    pub key: EntityKey,
    /// Its id, given or generated.
    pub id: Box<str>,
    /// When it may strike.
    pub at: Instant,
    /// How likely it is to strike at all.
    pub chance: Probability,
    /// How long it lasts; for good if nothing is said.
    pub lasts: Option<DurationDist>,
    /// What it does.
    pub kind: FaultKind,
}

/// Which connectors a partial outage hits.
#[derive(Clone, PartialEq, Debug)]
pub enum Hit {
    /// These.
    Connectors(Vec<ConnectorRef>),
    /// A share of those in a region, drawn.
    Share(RegionIx, Probability),
}

/// The catalogue of faults. Durations are from the strike; what has a `lasts`
/// ends after it, or never.
#[derive(Clone, PartialEq, Debug)]
pub enum FaultKind {
    /// Whole regions go down: several at once, in cascade, and again later.
    RegionOutage {
        /// Which, in the order of the cascade.
        regions: Vec<RegionRef>,
        /// How long after the one before each goes down.
        stagger: Option<DurationDist>,
        /// It returns: how long after the recovery, and for how long.
        returns: Option<(DurationDist, DurationDist)>,
    },
    /// Connectors in the region work slower.
    RegionDegraded(RegionIx, Factor),
    /// The region goes down and comes back, again and again.
    RegionFlap {
        /// Which.
        region: RegionRef,
        /// How often.
        times: CountDist,
        /// How long it is down each time.
        down: DurationDist,
        /// How long it is up in between.
        up: DurationDist,
    },
    /// Connectors are down though their region is not (I-5).
    PartialOutage(Hit),
    /// The region takes no new connector.
    RegionFull(RegionIx),
    /// No Resource ID can be looked up.
    InventoryUnavailable,
    /// Look-ups give the Resource ID of another connector, or of none.
    InventoryStale(Option<ConnectorIx>),
    /// Nothing can be discovered at the SCM.
    ScmOutage(Scm),
    /// Discovery at the SCM is slower (D-12).
    ScmThrottled(Scm, Factor),
    /// The connector's tokens stop working (D-7).
    TokenRevoked(ConnectorRef),
    /// The connector's account no longer reaches these orgs (D-7).
    PermissionLost(ConnectorIx, RangeSet),
    /// Nobody can authorise for these connectors (D-7, D-8).
    AuthorizerAbsent(Vec<ConnectorIx>),
    /// An org appears at its SCM, within reach of the connector's account.
    OrgCreated(OrgIx, ConnectorIx),
    /// An org gets another name at its SCM.
    OrgRenamed(OrgIx),
    /// An org is deleted at its SCM.
    OrgDeleted(OrgIx),
    /// Everybody else's tickets stand in the support queue.
    SupportSurge(CountDist),
    /// The connector's next ticket is lost, for a time or for good.
    TicketLost(ConnectorIx),
    /// The connector's next ticket goes to the wrong people first.
    TicketMisrouted(ConnectorIx),
    /// Support releases only a share of the connector's next ticket.
    TicketPartial(ConnectorIx, Probability),
    /// A recreation crashes at a share of the way and is resumed after `lasts`:
    /// that of one org, or of the connector's next.
    RecreationCrash {
        /// Into the successor of which connector.
        connector: ConnectorIx,
        /// Whose; nobody for the next one.
        org: OrgIx,
        /// After which share of its records.
        at: Probability,
    },
    /// Discovery of these connectors' successors stands still.
    DiscoveryStall(Vec<ConnectorIx>),
    /// People of a team are away: so many, or all.
    OperatorAbsent(Actor, Option<u32>),
    /// A slip on the next try of a step.
    Slip(ArmedSlip),
}

/// A slip that waits for its step.
#[derive(Clone, PartialEq, Debug)]
pub struct ArmedSlip {
    /// On the recovery of which connector, or of one that took over from it.
    pub connector: ConnectorIx,
    /// On which step; by default the first that it fits.
    pub step: Option<StepIx>,
    /// Which slip.
    pub slip: Slip,
    /// `wrong-resource-id`: the connector that it names; nobody for none.
    pub names: ConnectorIx,
    /// `wrong-region`, `second-connector`: where; drawn from the announced ones,
    /// or the target's own, if nothing is said.
    pub region: Option<RegionIx>,
    /// `org-forgotten`: which; one is drawn if nothing is said.
    pub orgs: RangeSet,
}

impl FaultKind {
    /// The name in a timeline.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::RegionOutage { .. } => "region-outage",
            Self::RegionDegraded(..) => "region-degraded",
            Self::RegionFlap { .. } => "region-flap",
            Self::PartialOutage(_) => "partial-outage",
            Self::RegionFull(_) => "region-full",
            Self::InventoryUnavailable => "inventory-unavailable",
            Self::InventoryStale(_) => "inventory-stale",
            Self::ScmOutage(_) => "scm-outage",
            Self::ScmThrottled(..) => "scm-throttled",
            Self::TokenRevoked(_) => "token-revoked",
            Self::PermissionLost(..) => "permission-lost",
            Self::AuthorizerAbsent(_) => "authorizer-absent",
            Self::OrgCreated(..) => "org-created",
            Self::OrgRenamed(_) => "org-renamed",
            Self::OrgDeleted(_) => "org-deleted",
            Self::SupportSurge(_) => "support-surge",
            Self::TicketLost(_) => "ticket-lost",
            Self::TicketMisrouted(_) => "ticket-misrouted",
            Self::TicketPartial(..) => "ticket-partial",
            Self::RecreationCrash { .. } => "recreation-crash",
            Self::DiscoveryStall(_) => "discovery-stall",
            Self::OperatorAbsent(..) => "operator-absent",
            Self::Slip(slip) => slip.slip.name(),
        }
    }
}
