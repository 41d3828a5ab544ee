//! Support tickets (F-9): the one way to have orgs released (D-11).

use super::{Cloud, Refusal, ResourceId};
use crate::drill::{Asking, Settings};
use crate::model::command::TicketScope;
use crate::model::fact::Reason;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, TicketIx};
use crate::model::ranges::RangeSet;
use crate::model::world::Life;
use crate::time::Instant;
use std::collections::BTreeSet;

/// A request to release orgs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TicketRequest {
    /// What it is called; names are used once.
    pub name: String,
    /// The old connector's Resource ID, as it was written (F-8). One that is nobody's
    /// is found out by support.
    pub old: String,
    /// The new connector's, where it is told (L-2).
    pub new: Option<ResourceId>,
    /// The orgs to release, by name; none means all that the old connector owns.
    pub orgs: Vec<String>,
}

impl TicketRequest {
    /// A ticket that asks for all orgs of a connector.
    #[must_use]
    pub fn release_all(name: &str, old: &ResourceId) -> Self {
        Self {
            name: name.to_owned(),
            old: old.to_string(),
            new: None,
            orgs: Vec::new(),
        }
    }
}

impl Cloud<'_> {
    /// Opens a ticket.
    ///
    /// # Errors
    /// Its name is taken, an org that it names is unknown, or there is nothing that it
    /// could be about.
    pub fn open_ticket(&mut self, request: TicketRequest) -> Result<TicketIx, Refusal> {
        if self.ticket(&request.name).is_ok() {
            let taken = format!("there is a ticket {} already", request.name);
            return Err(Refusal::Conflict(taken));
        }
        let began = self.now();
        let names = request.old.parse().ok().and_then(|it| self.find(&it));
        let to = match &request.new {
            Some(id) => Some(self.find(id).ok_or_else(|| {
                Refusal::Invalid(format!("the new connector {} does not exist", id.name))
            })?),
            None => None,
        };
        let scope = self.scope(names, &request.orgs)?;
        if let (Some(old), Some(new)) = (names, to) {
            self.take_over(old, new, began)?;
        }
        let asking = Asking { names, to, scope };
        let ticket = self.run.open_ticket_for(&asking, began)?;
        self.tickets.push((request.name.into(), ticket));
        Ok(ticket)
    }

    fn scope(&self, names: Option<ConnectorIx>, orgs: &[String]) -> Result<TicketScope, Refusal> {
        let Some(old) = names.filter(|_| !orgs.is_empty()) else {
            return Ok(TicketScope::All);
        };
        let one = |name: &String| {
            self.find_org(old, name)
                .map(|it| it.0)
                .ok_or_else(|| Refusal::Invalid(format!("there is no org {name:?} to release")))
        };
        let orgs = orgs.iter().map(one).collect::<Result<RangeSet, _>>()?;
        Ok(TicketScope::Only(orgs))
    }

    /// A ticket that names the new connector too (L-2) makes it the target, where it is
    /// an existing one and there is none yet (F-7); or, where there is one and that is
    /// lost as well, the target for that one's orgs.
    fn take_over(
        &mut self,
        old: ConnectorIx,
        new: ConnectorIx,
        began: Instant,
    ) -> Result<(), Reason> {
        if old == new {
            return Ok(());
        }
        let world = self.run.world();
        let latest = world.recoveries.iter().rposition(|it| it.connector == old);
        let latest = latest.map(|it| world.goes_on_in(RecoveryIx::from(it)));
        let target = latest.and_then(|it| world.recovery(it).target.get());
        match target.filter(|&it| world.connector(it).life != Life::Deleted) {
            Some(target) if target != new && self.is_lost(target) => {
                self.run.adopt_for(target, new, began)
            }
            Some(_) => Ok(()),
            None => self.run.adopt_for(old, new, began),
        }
    }

    /// An existing connector that now lists orgs of a lost one takes them over (F-7).
    pub(super) fn take_over_listed(
        &mut self,
        connector: ConnectorIx,
        settings: &Settings,
        began: Instant,
    ) -> Result<(), Reason> {
        let Some(listed) = &settings.listed else {
            return Ok(());
        };
        let world = self.run.world();
        let lost = |org: u32| {
            let owner = world.org(OrgIx(org)).owner.get()?;
            self.is_lost(owner).then_some(owner)
        };
        let old: BTreeSet<ConnectorIx> = listed.iter().filter_map(lost).collect();
        for old in old {
            self.take_over(old, connector, began)?;
        }
        Ok(())
    }
}
