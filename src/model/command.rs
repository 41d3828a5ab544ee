//! What actors ask of the world.

use super::fleet::{RecordKind, Scm};
use super::ids::{ConnectorIx, OrgIx, RecoveryIx, RegionIx, StrikeIx, TicketIx};
use super::ranges::RangeSet;
use crate::time::Factor;

/// Who commands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Actor {
    /// Faults and the passing of time.
    Fate = 0,
    /// The service itself: discovery, recreation, promotion (F-13).
    Platform = 1,
    /// Microsoft's support, which answers tickets (F-9).
    Support = 2,
    /// The customer's people (F-6 to F-12).
    Operator = 3,
    /// Code from outside: a team's own recovery.
    Outside = 4,
}

impl Actor {
    /// Every actor, in the order in which they act at one instant.
    pub const ALL: [Self; 5] = [
        Self::Fate,
        Self::Platform,
        Self::Support,
        Self::Operator,
        Self::Outside,
    ];

    /// The name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fate => "fate",
            Self::Platform => "platform",
            Self::Support => "support",
            Self::Operator => "operators",
            Self::Outside => "outside",
        }
    }
}

/// A region, given or found when a fault strikes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RegionRef {
    /// This one.
    Named(RegionIx),
    /// Where the running recovery of this connector has its target.
    TargetOf(ConnectorIx),
}

/// A connector, given or found when a fault strikes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConnectorRef {
    /// This one.
    Named(ConnectorIx),
    /// The target of the running recovery of this connector.
    TargetOf(ConnectorIx),
}

/// Which orgs a ticket asks to release (F-9).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TicketScope {
    /// All that the named connector owns now.
    All,
    /// Those named.
    Only(RangeSet),
}

/// What an actor asks of the world. [`decide`](super::decide::decide) answers
/// with facts; a refusal is a fact too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Command {
    /// Fate: a strike of a fault begins.
    Strike {
        /// The scheduled strike.
        strike: StrikeIx,
        /// What it does.
        blow: Blow,
    },
    /// Fate: what a strike did is undone.
    Relent {
        /// The scheduled strike.
        strike: StrikeIx,
        /// What it did.
        blow: Blow,
    },
    /// Fate: a connector that has been down for the grace period loses its
    /// configuration (F-5).
    LoseConfiguration(ConnectorIx),
    /// The outage of a connector has been detected: its recovery begins (F-3).
    StartRecovery(ConnectorIx),
    /// The connector came back in time: what was not released is left to it.
    StandDown(RecoveryIx),
    /// Step 1 of the seed (F-8). A slip may copy something else.
    CopyResourceId {
        /// For which recovery.
        recovery: RecoveryIx,
        /// What a slip copied instead.
        mistaken: Option<ConnectorIx>,
    },
    /// F-6: a new connector that takes over the old one's settings.
    CreateConnector {
        /// For which recovery.
        recovery: RecoveryIx,
        /// Where.
        region: RegionIx,
        /// Whether it becomes the target (a second one by mistake does not).
        as_target: bool,
    },
    /// D-7: a person authorises a connector.
    Authorize(ConnectorIx),
    /// The consent of D-7 is taken back: a connector gives its tokens up.
    Withdraw(ConnectorIx),
    /// D-9: a connector's auto-discovery and list are set, as far as they are told.
    Configure {
        /// Which connector.
        connector: ConnectorIx,
        /// Whether it is to onboard all that its account reaches.
        auto_discovery: Option<bool>,
        /// The orgs that it is to list, and no others.
        listed: Option<RangeSet>,
    },
    /// F-7: an existing connector becomes the target.
    AdoptConnector {
        /// For which recovery.
        recovery: RecoveryIx,
        /// Which one.
        connector: ConnectorIx,
    },
    /// Step 2 of the seed (F-9).
    OpenTicket {
        /// For which recovery.
        recovery: RecoveryIx,
        /// The connector whose Resource ID it carries; nobody if it names none.
        names: ConnectorIx,
        /// Which orgs.
        scope: TicketScope,
        /// Orgs that were forgotten.
        forgotten: RangeSet,
    },
    /// Support: the end of triage; a ticket that names no connector is rejected.
    TriageTicket(TicketIx),
    /// Support: a ticket is released only in part.
    CutTicket {
        /// Which ticket.
        ticket: TicketIx,
        /// How many orgs stay in, smallest ids first.
        keep: u32,
    },
    /// Support: a ticket is lost, or found again (U-1).
    LoseTicket {
        /// Which ticket.
        ticket: TicketIx,
        /// Whether it is lost now.
        lost: bool,
    },
    /// Support: a ticket goes to the wrong people first.
    MisrouteTicket(TicketIx),
    /// Support: nothing more is to be done under a ticket.
    CloseTicket(TicketIx),
    /// Support: an org is let go (F-9).
    ReleaseOwnership {
        /// Under which ticket; nobody where a defect allows it.
        ticket: TicketIx,
        /// Which org.
        org: OrgIx,
    },
    /// Platform: a discovery pass of a connector (D-3, D-9).
    Discover(ConnectorIx),
    /// Platform: discovery has gone through an org.
    ShowEntities {
        /// Which org.
        org: OrgIx,
        /// Whose discovery.
        connector: ConnectorIx,
    },
    /// Step 3 of the seed (F-10).
    RecreateAnnotations {
        /// Which org.
        org: OrgIx,
        /// In which connector.
        connector: ConnectorIx,
    },
    /// F-13: records of one kind, by index, into a connector.
    RecreateRecords {
        /// Whose records.
        org: OrgIx,
        /// Into which connector.
        connector: ConnectorIx,
        /// Which kind.
        kind: RecordKind,
        /// The first record.
        from: u32,
        /// One past the last.
        to: u32,
    },
    /// Platform: a recreation crashes on the way.
    CrashRecreation {
        /// Whose records.
        org: OrgIx,
        /// Into which connector.
        connector: ConnectorIx,
    },
    /// F-12: the target becomes primary for every org of the recovery.
    Promote(RecoveryIx),
    /// F-12: the old connector is deleted.
    DeleteConnector(ConnectorIx),
    /// Somebody looks whether the target could take an org.
    Verify {
        /// For which recovery.
        recovery: RecoveryIx,
        /// Which org; nobody for the connector alone.
        org: OrgIx,
    },
}

/// What a fault does to the world when it strikes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Blow {
    /// The region goes down.
    RegionOutage(RegionRef),
    /// Connectors in the region work slower.
    RegionDegraded(RegionIx, Factor),
    /// The region takes no new connector.
    RegionFull(RegionIx),
    /// The connector is down though its region is not.
    PartialOutage(ConnectorRef),
    /// No Resource ID can be looked up.
    InventoryUnavailable,
    /// Look-ups give a Resource ID of this connector, or of none.
    InventoryStale(Option<ConnectorIx>),
    /// Nothing can be discovered at the SCM.
    ScmOutage(Scm),
    /// Discovery at the SCM is slower (D-12).
    ScmThrottled(Scm, Factor),
    /// The connector's tokens stop working (D-7).
    TokenRevoked(ConnectorRef),
    /// The connector's account no longer reaches these orgs (D-7).
    PermissionLost(ConnectorIx, RangeSet),
    /// Nobody can authorise for the connector and its successors (D-7, D-8).
    AuthorizerAbsent(ConnectorIx),
    /// Discovery of the connector and its successors stands still.
    DiscoveryStall(ConnectorIx),
    /// An org appears at its SCM, within reach of the connector's account.
    OrgCreated(OrgIx, ConnectorIx),
    /// An org gets another name at its SCM; its identity stays.
    OrgRenamed(OrgIx),
    /// An org is deleted at its SCM.
    OrgDeleted(OrgIx),
}
