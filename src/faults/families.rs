//! The catalogue of faults, as `lifeboat explain` and `lifeboat list` tell it.

/// What a fault belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Family {
    /// Where connectors are.
    Region,
    /// Where Resource IDs are looked up.
    Lookup,
    /// Where orgs are.
    Scm,
    /// Who may do what.
    Access,
    /// The fleet changes while it is recovered.
    Drift,
    /// Microsoft's support.
    Support,
    /// The service itself.
    Platform,
    /// The customer's people.
    People,
}

impl Family {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Region,
        Self::Lookup,
        Self::Scm,
        Self::Access,
        Self::Drift,
        Self::Support,
        Self::Platform,
        Self::People,
    ];

    /// What belongs to it, in a line.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Region => "Where connectors are.",
            Self::Lookup => "Where Resource IDs are looked up.",
            Self::Scm => "Where orgs are.",
            Self::Access => "Who may do what.",
            Self::Drift => "The fleet changes while it is recovered.",
            Self::Support => "Microsoft's support.",
            Self::Platform => "The service itself.",
            Self::People => "The customer's people.",
        }
    }

    /// The name in listings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Lookup => "lookup",
            Self::Scm => "scm",
            Self::Access => "access",
            Self::Drift => "drift",
            Self::Support => "support",
            Self::Platform => "platform",
            Self::People => "people",
        }
    }
}

/// What `explain` says of a fault.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FaultDoc {
    /// Its name in a timeline.
    pub name: &'static str,
    /// What it belongs to.
    pub family: Family,
    /// What it does, in a sentence or two.
    pub says: &'static str,
    /// What is behind it.
    pub cites: &'static str,
    /// A use of it.
    pub example: &'static str,
}

macro_rules! docs {
    ($($name:literal $family:ident $cites:literal: $says:literal => $example:literal;)*) => {
        /// Every fault, by family.
        pub const FAULTS: &[FaultDoc] = &[$(FaultDoc {
            name: $name, family: Family::$family, says: $says, cites: $cites, example: $example,
        }),*];
    };
}

docs! {
    "region-outage" Region "F-3, F-5": "A region goes down, with every connector in it. Several regions go down together, or one after another with `stagger`; the outage may come back with `returns`. `target-of` names the region to which a connector is being recovered."
        => "region-outage: { region: westeurope, lasts: 26h }";
    "region-degraded" Region "assumed": "Discovery and recreation in the region are slower by a factor. Of several at once in one region the strongest counts; with `scm-throttled` it multiplies."
        => "region-degraded: { region: northeurope, factor: 3, lasts: 6h }";
    "region-flap" Region "assumed": "A region goes down and comes back, again and again."
        => "region-flap: { region: westeurope, times: 3, down: 20m, up: 40m }";
    "partial-outage" Region "I-5": "Some connectors are down though their region is up: the ones named, or a drawn share of those in a region. The published incidents were of this kind."
        => "partial-outage: { connectors: [payments], lasts: 24h20m }";
    "region-full" Region "assumed": "The region takes no new connector."
        => "region-full: { region: northeurope, lasts: 12h }";
    "inventory-unavailable" Lookup "L-6, F-8": "No Resource ID can be looked up, unless it was saved before."
        => "inventory-unavailable: { lasts: 4h }";
    "inventory-stale" Lookup "L-6, F-8": "Look-ups give a Resource ID that names no connector any more, or another one's."
        => "inventory-stale: { shows: payments-old, lasts: 4h }";
    "scm-outage" Scm "D-12": "Nothing can be discovered at an SCM."
        => "scm-outage: { scm: github, lasts: 2h }";
    "scm-throttled" Scm "D-12": "Discovery at an SCM is slower by a factor. Of several at once at one SCM the strongest counts; with `region-degraded` it multiplies."
        => "scm-throttled: { scm: azure-devops, factor: 4, lasts: 2h }";
    "token-revoked" Access "D-7, U-5": "A connector's tokens stop working: it does not work until they do again."
        => "token-revoked: { connector: { target-of: payments }, lasts: 6h }";
    "permission-lost" Access "D-7": "The account that authorised a connector no longer reaches some orgs."
        => "permission-lost: { connector: payments, orgs: [payments-03], lasts: 1d }";
    "authorizer-absent" Access "D-7, D-8": "Nobody is there who could authorise, for some connectors or for all."
        => "authorizer-absent: { connectors: [payments], lasts: 2d }";
    "org-created" Drift "F-5, D-9": "An org appears at its SCM, within reach of a connector's account."
        => "org-created: { org: payments-new, connector: payments }";
    "org-renamed" Drift "F-8": "An org gets another name at its SCM. Its identity stays, and nothing else changes."
        => "org-renamed: { org: payments-03, to: payments-three }";
    "org-deleted" Drift "F-9": "An org is deleted at its SCM, with all that was known of it."
        => "org-deleted: { org: payments-03 }";
    "support-surge" Support "U-1": "Everybody else's tickets stand in the support queue: a lost region hits all customers at once. Support needs a size."
        => "support-surge: { tickets: 40 }";
    "ticket-lost" Support "U-1": "The next ticket that is opened for a connector is lost, until somebody finds it or for good. One that is open already is not."
        => "ticket-lost: { connector: payments, lasts: 2d }";
    "ticket-misrouted" Support "U-1": "The next ticket that is opened for a connector goes to the wrong people first, and waits there. One that is open already does not."
        => "ticket-misrouted: { connector: payments, lasts: 8h }";
    "ticket-partial" Support "F-9": "Support releases only a share of a ticket's orgs, smallest ids first."
        => "ticket-partial: { connector: payments, releases: 50% }";
    "recreation-crash" Platform "F-13": "A recreation crashes at a share of the way, and is resumed after `lasts`."
        => "recreation-crash: { connector: payments, at: 40%, lasts: 1h }";
    "discovery-stall" Platform "D-3": "Discovery stands still."
        => "discovery-stall: { connectors: [payments], lasts: 3h }";
    "operator-absent" People "F-4": "People of a team are away: so many, or all of them."
        => "operator-absent: { team: operators, count: 1, lasts: 12h }";
    "wrong-resource-id" People "F-8": "The Resource ID that is copied names another connector, or none."
        => "wrong-resource-id: { connector: payments, names: billing }";
    "org-forgotten" People "F-9": "An org is left out of the ticket."
        => "org-forgotten: { connector: payments, orgs: [payments-03] }";
    "wrong-region" People "F-1, F-2": "The connector is created in another region, or tried where none can stand."
        => "wrong-region: { connector: payments, region: westus }";
    "step-skipped" People "F-15": "A step is not done, and everybody thinks that it was."
        => "step-skipped: { connector: payments, step: authorize }";
    "step-repeated" People "F-15": "A step is done twice."
        => "step-repeated: { connector: payments, step: open-ticket }";
    "deleted-early" People "F-12": "The old connector is deleted before its time."
        => "deleted-early: { connector: payments }";
    "second-connector" People "F-6, F-7": "A second new connector is created and authorised beside the target."
        => "second-connector: { connector: payments, region: eastus }";
}
