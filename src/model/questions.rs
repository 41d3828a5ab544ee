//! What the world can be asked; nothing here changes it.

use super::fleet::{Fleet, RecordKind};
use super::ids::{ConnectorIx, OrgIx, RecoveryIx, TicketIx};
use super::rules::{Rule, Setting};
use super::world::{ConnectorState, Life, OrgState, Recovery, Ticket, World};

impl World {
    /// One connector.
    #[inline]
    #[must_use]
    pub fn connector(&self, connector: ConnectorIx) -> &ConnectorState {
        &self.connectors[connector.ix()]
    }

    /// One org.
    #[inline]
    #[must_use]
    pub fn org(&self, org: OrgIx) -> &OrgState {
        &self.orgs[org.ix()]
    }

    /// One recovery.
    #[inline]
    #[must_use]
    pub fn recovery(&self, recovery: RecoveryIx) -> &Recovery {
        &self.recoveries[recovery.ix()]
    }

    /// One ticket.
    #[inline]
    #[must_use]
    pub fn ticket(&self, ticket: TicketIx) -> &Ticket {
        &self.tickets[ticket.ix()]
    }

    /// Whether a connector is under an outage, of its region or its own.
    #[inline]
    #[must_use]
    pub fn is_down(&self, connector: ConnectorIx) -> bool {
        let it = self.connector(connector);
        it.partial_outages > 0 || self.regions[it.region.ix()].outages > 0
    }

    /// The recovery in which another goes on: itself or, where its target was lost as
    /// well, that one's, and so on.
    #[must_use]
    pub fn goes_on_in(&self, mut recovery: RecoveryIx) -> RecoveryIx {
        while let Some(next) = self.recovery(recovery).successor.get() {
            recovery = next;
        }
        recovery
    }

    /// *Working*: active, authorised, and under no outage.
    #[inline]
    #[must_use]
    pub fn works(&self, connector: ConnectorIx) -> bool {
        let it = self.connector(connector);
        it.life == Life::Active && it.authorized && it.revoked == 0 && !self.is_down(connector)
    }

    /// Whether an org has a working owner; if not, and it exists, it is *orphaned*.
    #[inline]
    #[must_use]
    pub fn is_covered(&self, org: OrgIx) -> bool {
        let owner = self.org(org).owner;
        owner.is_some() && self.works(owner)
            || !self.also_owned.is_empty()
                && self
                    .also_owned
                    .iter()
                    .any(|it| it.0 == org && self.works(it.1))
    }

    /// Whether the settings of a connector extend to an org: its account reaches
    /// it, and auto-discovery is on or it is listed (D-9).
    #[inline]
    #[must_use]
    pub fn extends_to(&self, connector: ConnectorIx, org: OrgIx) -> bool {
        let it = self.connector(connector);
        it.grants.contains(org.0) && (it.auto_discovery || it.listed.contains(org.0))
    }

    /// Whether a discovery pass of a connector would claim an unowned org.
    #[must_use]
    pub fn may_claim(&self, setting: &Setting<'_>, connector: ConnectorIx, org: OrgIx) -> bool {
        let (it, candidate) = (self.connector(connector), setting.fleet.org(org));
        (it.tenant == candidate.tenant || !setting.rules.hold(Rule::ClaimOwnTenantOnly))
            && it.scm == candidate.scm
            && self.org(org).exists
            && (self.extends_to(connector, org) || self.claims_beyond(setting, connector, org))
    }

    /// Whether a defect lets a connector claim what its settings do not extend to.
    fn claims_beyond(&self, setting: &Setting<'_>, connector: ConnectorIx, org: OrgIx) -> bool {
        let (rules, it) = (setting.rules, self.connector(connector));
        let reached = || {
            setting.fleet.connectors()[it.root.ix()]
                .grants
                .contains(org.0)
        };
        let foreign = || it.tenant != setting.fleet.org(org).tenant;
        !rules.hold(Rule::ClaimGrantedOnly)
            || !rules.hold(Rule::ReadGrantsAfresh) && it.auto_discovery && reached()
            || !rules.hold(Rule::ClaimOwnTenantOnly) && it.auto_discovery && foreign()
    }

    /// Whether a connector holds the records that lie in it in a state of use:
    /// it has its configuration and is not down.
    #[inline]
    #[must_use]
    pub fn serves_records(&self, connector: ConnectorIx) -> bool {
        self.connector(connector).life == Life::Active && !self.is_down(connector)
    }

    /// How many records of a kind, from the first, are in use somewhere.
    #[inline]
    #[must_use]
    pub fn records_in_use(&self, fleet: &Fleet, org: OrgIx, kind: RecordKind) -> u32 {
        let (state, row) = (self.org(org), fleet.org(org));
        if row.connector.is_some() && self.serves_records(row.connector) {
            return row.records[kind.ix()];
        }
        if state.home.is_some() && kind.ix() < 3 && self.serves_records(state.home) {
            return state.recreated[kind.ix()].min(row.records[kind.ix()]);
        }
        0
    }

    /// How many records of a kind, from the first, still lie anywhere to be read:
    /// in their last home, or in the home that they had at T+0 (F-13).
    #[inline]
    #[must_use]
    pub fn records_to_read(&self, fleet: &Fleet, org: OrgIx, kind: RecordKind) -> u32 {
        let row = fleet.org(org);
        if self.is_there(row.connector) {
            row.records[kind.ix()]
        } else {
            self.copies_to_read(org, kind)
        }
    }

    #[inline]
    fn is_there(&self, connector: ConnectorIx) -> bool {
        connector.is_some() && self.connector(connector).life != Life::Deleted
    }

    fn copies_to_read(&self, org: OrgIx, kind: RecordKind) -> u32 {
        let (alive, state) = (|it| self.is_there(it), self.org(org));
        let last = if alive(state.home) && kind.ix() < 3 {
            state.recreated[kind.ix()]
        } else {
            0
        };
        let older = self
            .old_copies
            .iter()
            .filter(|it| it.org == org && it.kind == kind && alive(it.connector));
        older.map(|it| it.upto).fold(last, u32::max)
    }

    /// The target of the latest running recovery of a connector.
    #[must_use]
    pub fn target_of(&self, connector: ConnectorIx) -> Option<ConnectorIx> {
        let mut found = None;
        let mut lost = connector;
        for recovery in &self.recoveries {
            // The target of a lost target is the target still.
            if recovery.connector == lost && recovery.target.is_some() {
                found = Some(recovery.target);
                if recovery.successor.is_some() {
                    lost = recovery.target;
                }
            }
        }
        found
    }

    /// The connectors of the line that begins with a connector of the fleet.
    pub fn line_of(&self, root: ConnectorIx) -> impl Iterator<Item = ConnectorIx> + '_ {
        let of_line = move |it: &(usize, &ConnectorState)| it.1.root == root;
        self.connectors
            .iter()
            .enumerate()
            .filter(of_line)
            .map(|it| ConnectorIx::from(it.0))
    }
}
