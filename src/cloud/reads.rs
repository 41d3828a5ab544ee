//! What can be read.

use super::views::{
    AlertView, ConnectorView, InventoryRow, Onboarding, OrgView, SettingsView, TicketView,
};
use super::{Cloud, Refusal};
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx, TicketIx};
use crate::model::world::{Life, TicketState};
use crate::time::Duration;

/// When a throttled call may be tried again, at a factor of one (assumed; D-12 names
/// delays of up to 30 s a request).
const BACK_OFF: Duration = Duration::from_secs(30);

impl Cloud<'_> {
    /// All connectors that were not deleted: the fleet's, then those created.
    #[must_use]
    pub fn connectors(&self) -> Vec<ConnectorIx> {
        let all = self.run.world().connectors.iter().enumerate();
        all.filter(|it| it.1.life != Life::Deleted)
            .map(|it| ConnectorIx::from(it.0))
            .collect()
    }

    /// A connector as lists show it, whether its region is up or down.
    #[must_use]
    pub fn listed(&self, connector: ConnectorIx) -> ConnectorView {
        let it = self.run.world().connector(connector);
        ConnectorView {
            connector,
            id: self.resource_id(connector),
            region: self.plan().fleet.catalogue().region(it.region).name,
            scm: it.scm,
            hierarchy: self.hierarchy(connector),
            life: it.life,
        }
    }

    /// The SCM hierarchy of a connector's line, as a GUID.
    #[must_use]
    pub fn hierarchy(&self, connector: ConnectorIx) -> String {
        let world = self.run.world();
        let root = world.connector(connector).root;
        let key = world.connector(root).key.0;
        let (a, b, c) = (key >> 32, key >> 16 & 0xffff, key & 0xffff);
        format!("{a:08x}-{b:04x}-4000-8000-00000000{c:04x}")
    }

    /// A connector's own page.
    ///
    /// # Errors
    /// It is gone, or its region is down.
    pub fn connector(&self, connector: ConnectorIx) -> Result<ConnectorView, Refusal> {
        self.answers(connector)?;
        Ok(self.listed(connector))
    }

    /// Whether a connector is down, or lost its configuration (F-5).
    pub(super) fn is_lost(&self, connector: ConnectorIx) -> bool {
        let world = self.run.world();
        world.is_down(connector) || world.connector(connector).life == Life::ConfigLost
    }

    /// Whether what a connector holds can be read and changed.
    ///
    /// # Errors
    /// It is gone, or its region is down.
    pub fn answers(&self, connector: ConnectorIx) -> Result<(), Refusal> {
        let world = self.run.world();
        let name = || format!("connector {}", self.ids[connector.ix()].name);
        if world.connector(connector).life == Life::Deleted {
            Err(Refusal::NotFound(name()))
        } else if world.is_down(connector) {
            Err(Refusal::Unavailable(name()))
        } else {
            Ok(())
        }
    }

    /// A connector's settings.
    ///
    /// # Errors
    /// It is gone, its region is down, or it has none: it was never authorised, lost
    /// them (F-5), or gave them up.
    pub fn settings(&self, connector: ConnectorIx) -> Result<SettingsView, Refusal> {
        self.answers(connector)?;
        let it = self.run.world().connector(connector);
        if !it.authorized {
            let name = &self.ids[connector.ix()].name;
            return Err(Refusal::NotFound(format!("the configuration of {name}")));
        }
        let fleet = &self.plan().fleet;
        let name = |org: u32| fleet.org_name(OrgIx(org)).to_owned();
        Ok(SettingsView {
            authorized: it.revoked == 0,
            auto_discovery: it.auto_discovery,
            listed: it.listed.iter().map(name).collect(),
        })
    }

    /// The orgs that a connector's account reaches, as the SCM lists them now.
    ///
    /// # Errors
    /// It is gone or down, has no tokens that work, or the SCM does not answer, or too
    /// slowly.
    pub fn available_orgs(&self, connector: ConnectorIx) -> Result<Vec<OrgView>, Refusal> {
        self.settings(connector)?;
        let world = self.run.world();
        let it = world.connector(connector);
        if !world.works(connector) {
            return Err(crate::model::fact::Reason::NotWorking.into());
        }
        let scm = &world.scms[it.scm as usize];
        if scm.outages > 0 {
            return Err(Refusal::ScmUnavailable);
        }
        let factor = scm.slow.factor();
        if factor != crate::time::Factor::ONE {
            let retry_after = factor.stretch(BACK_OFF);
            return Err(Refusal::Throttled { retry_after });
        }
        let exists = |org: &OrgIx| world.org(*org).exists;
        let orgs = it.grants.iter().map(OrgIx).filter(exists);
        Ok(orgs.map(|org| self.org_seen(connector, org)).collect())
    }

    /// The orgs that a connector knows of: those it owns, and those within its reach
    /// and its settings that somebody else still owns.
    ///
    /// # Errors
    /// It is gone, its region is down, or it has no configuration.
    pub fn orgs(&self, connector: ConnectorIx) -> Result<Vec<OrgView>, Refusal> {
        self.settings(connector)?;
        let world = self.run.world();
        let it = world.connector(connector);
        let known = |org: &OrgIx| {
            world.org(*org).exists && (it.owns.contains(org.0) || world.extends_to(connector, *org))
        };
        let mut orgs = it.grants.clone();
        orgs.extend(&it.owns);
        let orgs = orgs.iter().map(OrgIx).filter(known);
        Ok(orgs.map(|org| self.org_seen(connector, org)).collect())
    }

    /// One org, as a connector sees it.
    ///
    /// # Errors
    /// As [`orgs`](Self::orgs); or the connector does not know the org.
    pub fn org(&self, connector: ConnectorIx, org: OrgIx) -> Result<OrgView, Refusal> {
        self.settings(connector)?;
        let world = self.run.world();
        let owns = world.connector(connector).owns.contains(org.0);
        if world.org(org).exists && (owns || world.extends_to(connector, org)) {
            return Ok(self.org_seen(connector, org));
        }
        let name = self.plan().fleet.org_name(org);
        Err(Refusal::NotFound(format!("org {name}")))
    }

    fn org_seen(&self, connector: ConnectorIx, org: OrgIx) -> OrgView {
        let (state, row) = (self.run.world().org(org), self.plan().fleet.org(org));
        let own = self.run.world().connector(connector).owns.contains(org.0);
        OrgView {
            org,
            name: self.plan().fleet.org_name(org).to_owned(),
            onboarding: match state.owner.get() {
                _ if own => Onboarding::Onboarded,
                Some(_) => Onboarding::OnboardedByOtherConnector,
                None => Onboarding::NotOnboarded,
            },
            visible: own && state.visible,
            annotations: state.annotations,
            units: row.units,
        }
    }

    /// How many records of each kind a connector holds about an org that it owns, in
    /// the order of [`RecordKind::ALL`].
    ///
    /// # Errors
    /// As [`org`](Self::org).
    pub fn records(&self, connector: ConnectorIx, org: OrgIx) -> Result<[u32; 5], Refusal> {
        self.org(connector, org)?;
        let (state, row) = (self.run.world().org(org), self.plan().fleet.org(org));
        let holds = |kind: RecordKind| match kind.ix() {
            at if row.connector == connector => row.records[at],
            at if state.home == connector && at < state.recreated.len() => state.recreated[at],
            _ => 0,
        };
        Ok(RecordKind::ALL.map(holds))
    }

    /// The alerts that a connector holds about an org that it owns.
    ///
    /// # Errors
    /// As [`org`](Self::org).
    pub fn alerts(&self, connector: ConnectorIx, org: OrgIx) -> Result<Vec<AlertView>, Refusal> {
        let [count, ..] = self.records(connector, org)?;
        let ages = self.plan().fleet.alert_ages_s(org).iter().zip(0..count);
        let view = |(&age_s, index): (&u32, u32)| AlertView {
            index,
            raised: crate::time::Instant::from_millis(-i64::from(age_s) * 1000),
        };
        Ok(ages.map(view).collect())
    }

    /// The inventory: a row for each connector (L-6).
    ///
    /// # Errors
    /// It does not answer (`inventory-unavailable`).
    pub fn inventory(&self) -> Result<Vec<InventoryRow>, Refusal> {
        let world = self.run.world();
        if world.inventory_down > 0 {
            return Err(Refusal::InventoryUnavailable);
        }
        let stale = world.inventory_stale.last();
        let row = |it: ConnectorIx| {
            // A stale row stands for a lost connector, and shows another's ID, or is gone.
            let shown = match stale {
                Some(shown) if self.is_lost(it) => shown.get()?,
                _ => it,
            };
            let seen = self.listed(it);
            Some(InventoryRow {
                id: self.resource_id(shown),
                region: seen.region,
                scm: seen.scm,
                hierarchy: seen.hierarchy,
            })
        };
        Ok(self.connectors().into_iter().filter_map(row).collect())
    }

    /// A ticket by its name.
    ///
    /// # Errors
    /// There is none of that name.
    pub fn ticket(&self, name: &str) -> Result<TicketView, Refusal> {
        let found = self
            .tickets
            .iter()
            .find(|it| it.0.eq_ignore_ascii_case(name));
        let it = found.ok_or_else(|| Refusal::NotFound(format!("ticket {name}")))?;
        Ok(self.ticket_view(&it.0, it.1))
    }

    /// All tickets, in the order of opening.
    #[must_use]
    pub fn tickets(&self) -> Vec<TicketView> {
        let all = self.tickets.iter();
        all.map(|it| self.ticket_view(&it.0, it.1)).collect()
    }

    fn ticket_view(&self, name: &str, ticket: TicketIx) -> TicketView {
        let world = self.run.world();
        let it = world.ticket(ticket);
        let released = |org: &u32| world.org(OrgIx(*org)).ticket == ticket;
        let elsewhere = |org: &u32| world.org(OrgIx(*org)).primary != it.names;
        TicketView {
            ticket,
            name: name.to_owned(),
            // Whoever opened it cannot see that it is lost.
            state: match it.state {
                TicketState::Lost => TicketState::Open,
                state => state,
            },
            opened: it.opened_at,
            covers: it.covers.len(),
            released: it.covers.iter().filter(released).count() as u32,
            primary: it.covers.iter().filter(elsewhere).count() as u32,
        }
    }
}
