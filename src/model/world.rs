//! The world at one instant: small, copied, compared. Only
//! [`evolve`](super::evolve::evolve) changes it.

use super::fleet::{Fleet, RecordKind, Scm};
use super::ids::{ConnectorIx, OrgIx, RecoveryIx, RegionIx, StrikeIx, TenantIx, TicketIx};
use super::ranges::RangeSet;
use crate::chance::EntityKey;
use crate::time::{Factor, Instant};

/// How a connector stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Life {
    /// It holds its configuration.
    Active,
    /// It lost tokens, auto-discovery and annotations (F-5), not its records.
    ConfigLost,
    /// It is gone, with the records that only it held.
    Deleted,
}

/// Where an org's annotation configuration stands (F-10, D-6).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Annotations {
    /// There is none.
    None,
    /// The platform's default for newly onboarded orgs, not the old setting.
    Default,
    /// The org's own setting.
    Own,
}

/// Slow-downs in force; the strongest counts.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Slowdowns(Vec<(StrikeIx, Factor)>);

impl Slowdowns {
    /// The strongest factor, one if nothing slows.
    #[must_use]
    pub fn factor(&self) -> Factor {
        self.0.iter().map(|it| it.1).max().unwrap_or(Factor::ONE)
    }

    /// A strike's factor begins to count; a factor of one ends it.
    pub fn set(&mut self, strike: StrikeIx, factor: Factor) {
        self.0.retain(|it| it.0 != strike);
        if factor != Factor::ONE {
            self.0.push((strike, factor));
            self.0.sort_unstable_by_key(|it| it.0);
        }
    }
}

/// A region's health.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct RegionState {
    /// How many outages hold it down.
    pub outages: u16,
    /// How many faults say that it is full.
    pub full: u16,
    /// What slows the connectors in it.
    pub slow: Slowdowns,
}

/// An SCM's health.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct ScmState {
    /// How many outages hold it down.
    pub outages: u16,
    /// What throttles discovery at it (D-12).
    pub slow: Slowdowns,
}

/// A connector at one instant.
#[derive(PartialEq, Eq, Hash, Debug)]
pub struct ConnectorState {
    /// What draws and hashes are keyed by.
    pub key: EntityKey,
    /// The connector of the fleet at the root of its line of replacements.
    pub root: ConnectorIx,
    /// How many connectors its line had before it; 0 for those of the fleet.
    pub generation: u32,
    /// The tenant whose orgs it may hold.
    pub tenant: TenantIx,
    /// Where it is.
    pub region: RegionIx,
    /// What kind of orgs it holds.
    pub scm: Scm,
    /// How it stands.
    pub life: Life,
    /// Whether its tokens work (D-7).
    pub authorized: bool,
    /// How many faults hold its tokens revoked.
    pub revoked: u16,
    /// Whether it onboards all that its account reaches (D-9).
    pub auto_discovery: bool,
    /// How many partial outages hold it down.
    pub partial_outages: u16,
    /// How many faults keep everybody away who could authorise it.
    pub no_authorizer: u16,
    /// How many faults hold its discovery.
    pub stalls: u16,
    /// Since when its own outage lasts.
    pub down_since: Option<Instant>,
    /// When its first outage began.
    pub first_outage: Option<Instant>,
    /// When it was established: the grid of its discovery passes (D-3).
    pub established_at: Option<Instant>,
    /// When it was created, or adopted as a target.
    pub taken_at: Instant,
    /// The orgs that it owns.
    pub owns: RangeSet,
    /// The orgs that its account reaches (D-7).
    pub grants: RangeSet,
    /// The orgs that it lists (D-9).
    pub listed: RangeSet,
    /// The connectors created to take over from it, whose reach follows its own.
    pub successors: Vec<ConnectorIx>,
    /// How many connectors were created in the line that begins with it.
    pub line_length: u32,
    /// The recoveries whose target it is, or was.
    pub serves: Vec<RecoveryIx>,
}

impl Clone for ConnectorState {
    fn clone(&self) -> Self {
        Self {
            owns: self.owns.clone(),
            grants: self.grants.clone(),
            listed: self.listed.clone(),
            successors: self.successors.clone(),
            serves: self.serves.clone(),
            ..*self
        }
    }

    /// Reuses the allocations: a drill starts by copying a snapshot.
    fn clone_from(&mut self, source: &Self) {
        let mut owns = std::mem::take(&mut self.owns);
        owns.clone_from(&source.owns);
        let mut grants = std::mem::take(&mut self.grants);
        grants.clone_from(&source.grants);
        let mut listed = std::mem::take(&mut self.listed);
        listed.clone_from(&source.listed);
        let mut successors = std::mem::take(&mut self.successors);
        successors.clone_from(&source.successors);
        let mut serves = std::mem::take(&mut self.serves);
        serves.clone_from(&source.serves);
        *self = Self {
            owns,
            grants,
            listed,
            successors,
            serves,
            ..*source
        };
    }
}

/// An org at one instant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct OrgState {
    /// Who owns it; the last to claim it, where a defect lets two.
    pub owner: ConnectorIx,
    /// Its primary connector (F-12).
    pub primary: ConnectorIx,
    /// Where its records were last recreated; nobody while they are where they were.
    pub home: ConnectorIx,
    /// How many records of each recreated kind have that home: `0..n`.
    pub recreated: [u32; 3],
    /// The recovery that it is part of.
    pub recovery: RecoveryIx,
    /// The ticket under which it was last released.
    pub ticket: TicketIx,
    /// When it was last released.
    pub released_at: Instant,
    /// Whether it exists at its SCM.
    pub exists: bool,
    /// Whether discovery has gone through it for its owner.
    pub visible: bool,
    /// Where its annotation configuration stands.
    pub annotations: Annotations,
}

/// Records that were recreated earlier, in a connector that is not their last home.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct OldCopy {
    /// Whose records.
    pub org: OrgIx,
    /// Which kind.
    pub kind: RecordKind,
    /// Where the copy lies.
    pub connector: ConnectorIx,
    /// It holds the records `0..n`.
    pub upto: u32,
}

/// A ticket's way through support.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TicketState {
    /// Waiting for, or under, triage.
    Open,
    /// Nobody knows where it is.
    Lost,
    /// Understood: its orgs may be released.
    Triaged,
    /// Its Resource ID named no connector.
    Rejected,
    /// Nothing more is to be done.
    Closed,
}

/// A ticket (F-9).
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Ticket {
    /// For which recovery it was opened.
    pub recovery: RecoveryIx,
    /// The connector whose Resource ID it carries; nobody if it names none.
    pub names: ConnectorIx,
    /// Its way through support.
    pub state: TicketState,
    /// When it was opened.
    pub opened_at: Instant,
    /// The orgs that it covers.
    pub covers: RangeSet,
}

/// What was copied as the old connector's Resource ID (F-8).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Copied {
    /// Nothing yet.
    NotYet,
    /// The Resource ID of a connector, or of nobody.
    Names(ConnectorIx),
}

/// One recovery: the single-region process for one lost connector (F-3).
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Recovery {
    /// The lost connector.
    pub connector: ConnectorIx,
    /// Where its orgs are to go; nobody until there is one.
    pub target: ConnectorIx,
    /// What stands in the ticket.
    pub copied: Copied,
    /// The orgs that it has to bring over.
    pub orgs: RangeSet,
    /// The orgs that an adopted connector may not take (F-7).
    pub refused: RangeSet,
    /// The recovery of its lost target, which took over its orgs.
    pub successor: RecoveryIx,
    /// Whether the connector came back before it lost its configuration.
    pub stood_down: bool,
}

/// Everything that a run's facts can change.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct World {
    /// The fleet's connectors, then those created.
    pub connectors: Vec<ConnectorState>,
    /// Every org, by its place in the fleet.
    pub orgs: Vec<OrgState>,
    /// Every region of the catalogue.
    pub regions: Vec<RegionState>,
    /// Every kind of SCM, by its number.
    pub scms: [ScmState; 3],
    /// The tickets, in the order of opening.
    pub tickets: Vec<Ticket>,
    /// The recoveries, in the order of starting.
    pub recoveries: Vec<Recovery>,
    /// The orgs that exist and that nobody owns.
    pub unowned: RangeSet,
    /// Second owners: ownership is a relation, and a defect may show two.
    pub also_owned: Vec<(OrgIx, ConnectorIx)>,
    /// Second primaries, for the same reason.
    pub also_primary: Vec<(OrgIx, ConnectorIx)>,
    /// Recreated records whose last home is elsewhere.
    pub old_copies: Vec<OldCopy>,
    /// Records recreated twice into one connector: org, kind, how many.
    pub twice: Vec<(OrgIx, RecordKind, u32)>,
    /// Records recreated that never existed: org, kind, how many.
    pub phantoms: Vec<(OrgIx, RecordKind, u32)>,
    /// How many faults hold the inventory.
    pub inventory_down: u16,
    /// What the inventory shows instead, one entry a fault.
    pub inventory_stale: Vec<ConnectorIx>,
    /// What each strike that is in force struck.
    pub struck: Vec<(StrikeIx, Struck)>,
}

/// What a strike struck, so that its end undoes the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Struck {
    /// A region.
    Region(RegionIx),
    /// A connector.
    Connector(ConnectorIx),
}

impl World {
    /// The fleet at T+0: healthy, and owning what it should.
    #[must_use]
    pub fn at_rest(fleet: &Fleet) -> Self {
        let connector = |(position, it): (usize, &super::fleet::Connector)| ConnectorState {
            key: it.key,
            root: ConnectorIx::from(position),
            generation: 0,
            tenant: it.tenant,
            region: it.region,
            scm: it.scm,
            life: Life::Active,
            authorized: true,
            revoked: 0,
            auto_discovery: it.auto_discovery,
            partial_outages: 0,
            no_authorizer: 0,
            stalls: 0,
            down_since: None,
            first_outage: None,
            established_at: Some(Instant::ZERO),
            taken_at: Instant::ZERO,
            owns: it.owns.clone(),
            grants: it.grants.clone(),
            listed: it.listed.clone(),
            successors: Vec::new(),
            line_length: 0,
            serves: Vec::new(),
        };
        let org = |it: &super::fleet::Org| OrgState {
            owner: it.connector,
            primary: it.connector,
            home: ConnectorIx::NONE,
            recreated: [0; 3],
            recovery: RecoveryIx::NONE,
            ticket: TicketIx::NONE,
            released_at: Instant::ZERO,
            exists: it.connector.is_some(),
            visible: it.connector.is_some(),
            annotations: if it.annotated {
                Annotations::Own
            } else {
                Annotations::None
            },
        };
        Self {
            connectors: fleet
                .connectors()
                .iter()
                .enumerate()
                .map(connector)
                .collect(),
            orgs: fleet.orgs().iter().map(org).collect(),
            regions: vec![RegionState::default(); fleet.catalogue().regions.len()],
            scms: Default::default(),
            tickets: Vec::new(),
            recoveries: Vec::new(),
            unowned: RangeSet::new(),
            also_owned: Vec::new(),
            also_primary: Vec::new(),
            old_copies: Vec::new(),
            twice: Vec::new(),
            phantoms: Vec::new(),
            inventory_down: 0,
            inventory_stale: Vec::new(),
            struck: Vec::new(),
        }
    }
}

impl World {
    /// Starts again from a snapshot, in the memory that is there.
    pub fn reset_from(&mut self, snapshot: &Self) {
        self.connectors.clone_from(&snapshot.connectors);
        self.orgs.clone_from(&snapshot.orgs);
        self.regions.clone_from(&snapshot.regions);
        self.scms.clone_from(&snapshot.scms);
        self.tickets.clone_from(&snapshot.tickets);
        self.recoveries.clone_from(&snapshot.recoveries);
        self.unowned.clone_from(&snapshot.unowned);
        self.also_owned.clone_from(&snapshot.also_owned);
        self.also_primary.clone_from(&snapshot.also_primary);
        self.old_copies.clone_from(&snapshot.old_copies);
        self.twice.clone_from(&snapshot.twice);
        self.phantoms.clone_from(&snapshot.phantoms);
        self.inventory_down = snapshot.inventory_down;
        self.inventory_stale.clone_from(&snapshot.inventory_stale);
        self.struck.clone_from(&snapshot.struck);
    }
}
