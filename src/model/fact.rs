//! What happened: the one stream that everything else reads.

use super::command::Actor;
use super::fleet::{RecordKind, Scm};
use super::ids::{ConnectorIx, OrgIx, RecoveryIx, RegionIx, StepIx, StrikeIx, TicketIx};
use crate::time::{Factor, Instant};

/// What a step is done for, once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Subject {
    /// The recovery's connector.
    Connector,
    /// One of its tickets.
    Ticket(TicketIx),
    /// One of its orgs.
    Org(OrgIx),
}

/// Why the platform refused a command.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Reason {
    /// The region is only announced (F-2).
    ComingSoon = 1,
    /// The region is down.
    RegionDown = 2,
    /// The region takes no new connector.
    RegionFull = 3,
    /// The inventory does not answer, and no Resource ID was saved.
    InventoryUnavailable = 4,
    /// Nobody who could authorise is there (D-7).
    NoAuthorizer = 5,
    /// The connector is down.
    ConnectorDown = 6,
    /// The connector is gone.
    ConnectorDeleted = 7,
    /// The connector does not work.
    NotWorking = 8,
    /// The account does not reach the org (F-7).
    NotGranted = 9,
    /// No ticket covers the org (F-9).
    NoTicket = 10,
    /// The org's entities have not appeared (F-10).
    NotVisible = 11,
    /// The recovery has no target yet.
    NoTarget = 12,
    /// The step failed by itself.
    Failed = 13,
    /// Another kind of SCM, another tenant, or the lost connector itself.
    Unfit = 14,
    /// The ticket's Resource ID names no connector (F-8).
    NamesNobody = 15,
}

impl Reason {
    /// The reason in words, to follow 'refused:'.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::ComingSoon => "the region is only announced",
            Self::RegionDown => "the region is down",
            Self::RegionFull => "the region takes no new connector",
            Self::InventoryUnavailable => "the inventory does not answer",
            Self::NoAuthorizer => "nobody is there who could authorise",
            Self::ConnectorDown => "the connector is down",
            Self::ConnectorDeleted => "the connector is deleted",
            Self::NotWorking => "the connector does not work",
            Self::NotGranted => "the account does not reach the org",
            Self::NoTicket => "no ticket covers the org",
            Self::NotVisible => "the org's entities have not appeared",
            Self::NoTarget => "there is no target yet",
            Self::Failed => "the step failed",
            Self::Unfit => "the connector cannot take these orgs",
            Self::NamesNobody => "the ticket's Resource ID names no connector",
        }
    }
}

/// One thing that happened, when, and by whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fact {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: Actor,
    /// What.
    pub what: What,
}

macro_rules! facts {
    ($($(#[$doc:meta])* $number:literal $slug:literal $name:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })?;)*) => {
        /// What happened. Every variant has a pinned number, which the trace hash
        /// covers, and a name, which the trace shows.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum What {
            $($(#[$doc])* $name $({ $($(#[$field_doc])* $field: $type),* })? = $number,)*
        }

        /// The kinds of fact: what a check says that it listens to.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum FactKind {
            $($(#[$doc])* $name = $number,)*
        }

        impl FactKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in the trace.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }
        }

        impl What {
            /// Which kind of fact it is.
            #[inline]
            #[must_use]
            pub const fn kind(&self) -> FactKind {
                match self { $(Self::$name { .. } => FactKind::$name,)* }
            }
        }
    };
}

facts! {
    /// A region went down.
    1 "region-down" RegionDown { #[doc = "The strike."] strike: StrikeIx, #[doc = "The region."] region: RegionIx };
    /// A region came back.
    2 "region-up" RegionUp { #[doc = "The strike."] strike: StrikeIx, #[doc = "The region."] region: RegionIx };
    /// Connectors in a region work slower; a factor of one ends it.
    3 "region-slowed" RegionSlowed { #[doc = "The strike."] strike: StrikeIx, #[doc = "The region."] region: RegionIx, #[doc = "How much slower."] factor: Factor };
    /// A region takes no new connector, or does again.
    4 "region-full" RegionFull { #[doc = "The region."] region: RegionIx, #[doc = "Whether it is full now."] full: bool };
    /// One connector is hit without its region, or no longer.
    5 "partial-outage" PartialOutage { #[doc = "The strike."] strike: StrikeIx, #[doc = "The connector."] connector: ConnectorIx, #[doc = "Whether it begins."] begins: bool };
    /// A connector's own outage began.
    6 "connector-down" ConnectorDown { #[doc = "The connector."] connector: ConnectorIx };
    /// A connector's own outage ended: it recovered.
    7 "connector-up" ConnectorUp { #[doc = "The connector."] connector: ConnectorIx };
    /// A connector lost tokens, auto-discovery and annotations (F-5).
    8 "configuration-lost" ConfigLost { #[doc = "The connector."] connector: ConnectorIx };
    /// An org lost its working owner.
    9 "org-orphaned" OrgOrphaned { #[doc = "The org."] org: OrgIx, #[doc = "Its owner."] connector: ConnectorIx };
    /// An org's owner works again.
    10 "org-covered" OrgCovered { #[doc = "The org."] org: OrgIx, #[doc = "Its owner."] connector: ConnectorIx };
    /// An SCM went down, or came back.
    11 "scm-outage" ScmOutage { #[doc = "The kind."] scm: Scm, #[doc = "Whether it begins."] begins: bool };
    /// An SCM throttles discovery; a factor of one ends it (D-12).
    12 "scm-throttled" ScmThrottled { #[doc = "The strike."] strike: StrikeIx, #[doc = "The kind."] scm: Scm, #[doc = "How much slower."] factor: Factor };
    /// A connector's tokens stopped working, or work again (D-7).
    13 "token-revoked" TokenRevoked { #[doc = "The strike."] strike: StrikeIx, #[doc = "The connector."] connector: ConnectorIx, #[doc = "Whether it begins."] begins: bool };
    /// A connector's account lost, or regained, its reach to an org (D-7).
    14 "grant-changed" GrantChanged { #[doc = "The connector."] connector: ConnectorIx, #[doc = "The org."] org: OrgIx, #[doc = "Whether it reaches it now."] granted: bool };
    /// Nobody can authorise for a connector, or somebody can again (D-7).
    15 "authorizer-absent" AuthorizerAbsent { #[doc = "The connector."] connector: ConnectorIx, #[doc = "Whether it begins."] begins: bool };
    /// The inventory does not answer, or does again.
    16 "inventory-unavailable" InventoryUnavailable { #[doc = "Whether it begins."] begins: bool };
    /// The inventory shows the wrong thing, or the right one again.
    17 "inventory-stale" InventoryStale { #[doc = "The connector that it shows."] shows: ConnectorIx, #[doc = "Whether it begins."] begins: bool };
    /// Discovery of a connector stands still, or goes on.
    18 "discovery-stalled" DiscoveryStalled { #[doc = "The connector."] connector: ConnectorIx, #[doc = "Whether it begins."] begins: bool };
    /// An org appeared at its SCM.
    19 "org-created" OrgCreated { #[doc = "The org."] org: OrgIx, #[doc = "Whose account reaches it."] connector: ConnectorIx };
    /// An org has another name at its SCM.
    20 "org-renamed" OrgRenamed { #[doc = "The org."] org: OrgIx };
    /// An org was deleted at its SCM.
    21 "org-deleted" OrgDeleted { #[doc = "The org."] org: OrgIx };
    /// A strike found nothing to strike.
    22 "fault-missed" FaultMissed { #[doc = "The strike."] strike: StrikeIx };
    /// Everybody else's tickets stand in the support queue.
    23 "support-surge" SupportSurge { #[doc = "How many."] tickets: u32 };
    /// People of a team left (negative) or came back.
    24 "staff-changed" StaffChanged { #[doc = "The team."] team: Actor, #[doc = "How many are there now; `u32::MAX` for no limit."] present: u32 };
    /// One of several outages of a region ended: another one holds it down.
    25 "outage-ended" OutageEnded { #[doc = "The strike."] strike: StrikeIx, #[doc = "The region."] region: RegionIx };
    /// A region was lost to everybody: others open tickets too, at once or by and by (U-1).
    26 "others-write" OthersWrite { #[doc = "The region."] region: RegionIx, #[doc = "How many tickets they open."] tickets: u32 };
    /// A shift ended with work under way: it is passed on, or waits for those who began it.
    27 "shift-ended" ShiftEnded { #[doc = "The team."] team: Actor, #[doc = "How much was under way."] unfinished: u32, #[doc = "Whether it waits."] waits: bool };
    /// A budget of requests at an SCM is spent, or full again (D-12).
    28 "scm-budget" ScmBudget { #[doc = "The kind."] scm: Scm, #[doc = "Whose; nobody if a whole tenant shares it."] connector: ConnectorIx, #[doc = "Whether it is spent now."] spent: bool };

    /// The outage was detected: a recovery began (F-3).
    30 "recovery-started" RecoveryStarted { #[doc = "The recovery."] recovery: RecoveryIx, #[doc = "The lost connector."] connector: ConnectorIx };
    /// The connector came back in time: an unreleased org is left to it.
    31 "org-stood-down" OrgStoodDown { #[doc = "The recovery."] recovery: RecoveryIx, #[doc = "The org."] org: OrgIx };
    /// The connector came back in time: its recovery neither promotes nor deletes.
    32 "recovery-stood-down" RecoveryStoodDown { #[doc = "The recovery."] recovery: RecoveryIx };
    /// A step was finished; or counts as finished, when it took no time at all.
    33 "step-finished" StepFinished { #[doc = "The recovery."] recovery: RecoveryIx, #[doc = "The step."] step: StepIx, #[doc = "What for."] subject: Subject, #[doc = "When its needs were met."] ready: Instant, #[doc = "When work on it began."] began: Instant };
    /// A step was refused, by the platform or by bad luck.
    34 "step-refused" StepRefused { #[doc = "The recovery."] recovery: RecoveryIx, #[doc = "The step."] step: StepIx, #[doc = "What for."] subject: Subject, #[doc = "Why."] reason: Reason };
    /// A slip was made on a step.
    35 "slip" Slipped { #[doc = "The recovery."] recovery: RecoveryIx, #[doc = "The step."] step: StepIx, #[doc = "Which slip, by its pinned number."] slip: u8 };
    /// A ticket joined the support queue, where it is shared with others.
    36 "ticket-queued" TicketQueued { #[doc = "The ticket."] ticket: TicketIx, #[doc = "How many go before it, or are being read."] ahead: u32 };

    /// A Resource ID was copied (F-8).
    40 "resource-id-copied" ResourceIdCopied { #[doc = "The recovery."] recovery: RecoveryIx, #[doc = "What it names; nobody if nothing."] names: ConnectorIx };
    /// A connector was created (F-6).
    41 "connector-created" ConnectorCreated { #[doc = "The new connector."] connector: ConnectorIx, #[doc = "The recovery."] recovery: RecoveryIx, #[doc = "Where."] region: RegionIx, #[doc = "Whether it is the recovery's target."] as_target: bool };
    /// A connector was authorised (D-7).
    42 "connector-authorized" ConnectorAuthorized { #[doc = "The connector."] connector: ConnectorIx };
    /// An existing connector became the target (F-7).
    43 "connector-adopted" ConnectorAdopted { #[doc = "The connector."] connector: ConnectorIx, #[doc = "The recovery."] recovery: RecoveryIx };
    /// The adopted connector's account does not reach an org (F-7).
    44 "adoption-refused" AdoptionRefused { #[doc = "The org."] org: OrgIx, #[doc = "The recovery."] recovery: RecoveryIx };
    /// A ticket was opened for all orgs of a connector, or those that follow (F-9).
    45 "ticket-opened" TicketOpened { #[doc = "The ticket."] ticket: TicketIx, #[doc = "The recovery."] recovery: RecoveryIx, #[doc = "The connector that it names; nobody if none."] names: ConnectorIx, #[doc = "Whether it asks for all orgs."] all: bool };
    /// A ticket asks for this org too.
    46 "ticket-covers" TicketCovers { #[doc = "The ticket."] ticket: TicketIx, #[doc = "The org."] org: OrgIx };
    /// A ticket leaves this org out.
    47 "ticket-omits" TicketOmits { #[doc = "The ticket."] ticket: TicketIx, #[doc = "The org."] org: OrgIx };
    /// A ticket was understood; its orgs may be released.
    48 "ticket-triaged" TicketTriaged { #[doc = "The ticket."] ticket: TicketIx };
    /// A ticket's Resource ID names no connector.
    49 "ticket-rejected" TicketRejected { #[doc = "The ticket."] ticket: TicketIx };
    /// A ticket was lost, or found again.
    50 "ticket-lost" TicketLost { #[doc = "The ticket."] ticket: TicketIx, #[doc = "Whether it is lost now."] lost: bool };
    /// A ticket went to the wrong people first.
    51 "ticket-misrouted" TicketMisrouted { #[doc = "The ticket."] ticket: TicketIx };
    /// Nothing more is to be done under a ticket.
    52 "ticket-closed" TicketClosed { #[doc = "The ticket."] ticket: TicketIx };
    /// An org was let go by its connector (F-9).
    53 "org-released" OrgReleased { #[doc = "The org."] org: OrgIx, #[doc = "Who owned it."] connector: ConnectorIx, #[doc = "Under which ticket."] ticket: TicketIx };
    /// A release found nothing to release.
    54 "release-moot" ReleaseMoot { #[doc = "The org."] org: OrgIx, #[doc = "Under which ticket."] ticket: TicketIx };
    /// A discovery pass claimed an org (D-9).
    55 "org-claimed" OrgClaimed { #[doc = "The org."] org: OrgIx, #[doc = "Its new owner."] connector: ConnectorIx };
    /// Discovery has gone through an org (F-10).
    56 "entities-appeared" EntitiesAppeared { #[doc = "The org."] org: OrgIx, #[doc = "Its owner."] connector: ConnectorIx };
    /// The annotation configuration is there again (F-10).
    57 "annotations-recreated" AnnotationsRecreated { #[doc = "The org."] org: OrgIx, #[doc = "Its owner."] connector: ConnectorIx };
    /// Records `from..to` of one kind have a new home (F-13).
    58 "records-recreated" RecordsRecreated { #[doc = "The org."] org: OrgIx, #[doc = "The new home."] connector: ConnectorIx, #[doc = "The kind."] kind: RecordKind, #[doc = "The first record."] from: u32, #[doc = "One past the last."] to: u32 };
    /// A recreation crashed on the way.
    59 "recreation-crashed" RecreationCrashed { #[doc = "The org."] org: OrgIx, #[doc = "The new home."] connector: ConnectorIx };
    /// An org has a new primary connector (F-12).
    60 "promoted" Promoted { #[doc = "The org."] org: OrgIx, #[doc = "Its primary."] connector: ConnectorIx };
    /// A deletion took an org's owner away. Deletion is not release.
    61 "org-unowned" OrgUnowned { #[doc = "The org."] org: OrgIx, #[doc = "The deleted owner."] connector: ConnectorIx };
    /// A connector was deleted, with the records that only it held.
    62 "connector-deleted" ConnectorDeleted { #[doc = "The connector."] connector: ConnectorIx };
    /// A look found the target fit.
    63 "verified" Verified { #[doc = "The recovery."] recovery: RecoveryIx, #[doc = "The org; nobody for the connector alone."] org: OrgIx };
    /// A connector onboards all that its account reaches from now on, or only what it lists (D-9).
    65 "auto-discovery-set" AutoDiscoverySet { #[doc = "The connector."] connector: ConnectorIx, #[doc = "Whether auto-discovery is on now."] on: bool };
    /// A connector lists an org from now on, or no longer (D-9).
    66 "org-listed" OrgListed { #[doc = "The connector."] connector: ConnectorIx, #[doc = "The org."] org: OrgIx, #[doc = "Whether it is listed now."] listed: bool };
    /// A connector gave its tokens up: the consent was taken back (D-7).
    67 "consent-withdrawn" ConsentWithdrawn { #[doc = "The connector."] connector: ConnectorIx };
    /// The platform refused a command.
    64 "refused" Refused { #[doc = "The connector."] connector: ConnectorIx, #[doc = "The org, if it is about one."] org: OrgIx, #[doc = "Why."] reason: Reason };
}

/// A set of kinds of fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FactKinds(u128);

impl FactKinds {
    /// The set of the listed kinds.
    #[must_use]
    pub const fn of(kinds: &[FactKind]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < kinds.len() {
            bits |= 1 << kinds[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    /// Whether a kind is in it.
    #[inline]
    #[must_use]
    pub const fn has(self, kind: FactKind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }
}
