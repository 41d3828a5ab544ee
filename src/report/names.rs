//! Names for what a run knows by number.

use crate::checks::Who;
use crate::model::fact::Subject;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, RegionIx, StepIx, StrikeIx, TicketIx};
use crate::model::world::World;
use crate::scenario::Plan;

/// Who is who in a run that ended.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// What was run.
    pub plan: &'a Plan,
    /// The world at the end: it knows every connector, ticket and recovery that
    /// there ever was.
    pub world: &'a World,
    /// For each strike the fault that it is of, by its place in the plan.
    pub strikes: &'a [u32],
}

impl<'a> Names<'a> {
    /// A region, by the control plane's name: `westeurope`.
    #[must_use]
    pub fn region(&self, region: RegionIx) -> &'static str {
        self.plan.fleet.catalogue().region(region).name
    }

    /// An org.
    #[must_use]
    pub fn org(&self, org: OrgIx) -> &'a str {
        org.get()
            .map_or("nobody", |org| self.plan.fleet.org_name(org))
    }

    /// A connector: `payments`, or `payments+1 (northeurope)` for the first one
    /// that was created to take over from it.
    #[must_use]
    pub fn connector(&self, connector: ConnectorIx) -> String {
        let Some(connector) = connector.get() else {
            return "no connector".to_owned();
        };
        let state = self.world.connector(connector);
        let root = &self.plan.fleet.connectors()[state.root.ix()].name;
        match state.generation {
            0 => root.to_string(),
            generation => format!("{root}+{generation} ({})", self.region(state.region)),
        }
    }

    /// The connector whose loss a recovery is about.
    #[must_use]
    pub fn lost(&self, recovery: RecoveryIx) -> String {
        match recovery.get() {
            Some(it) => self.connector(self.world.recovery(it).connector),
            None => "no connector".to_owned(),
        }
    }

    /// A ticket: `ticket 1 (payments)`.
    #[must_use]
    pub fn ticket(&self, ticket: TicketIx) -> String {
        match ticket.get() {
            Some(it) => format!(
                "ticket {} ({})",
                it.0 + 1,
                self.lost(self.world.ticket(it).recovery)
            ),
            None => "no ticket".to_owned(),
        }
    }

    /// A step of the procedure.
    #[must_use]
    pub fn step(&self, step: StepIx) -> &'a str {
        self.plan
            .procedure
            .steps
            .get(step.ix())
            .map_or("a step", |it| &*it.name)
    }

    /// What a step is done for: an org, a ticket, or the recovery's connector.
    #[must_use]
    pub fn subject(&self, recovery: RecoveryIx, subject: Subject) -> String {
        match subject {
            Subject::Connector => self.lost(recovery),
            Subject::Ticket(ticket) => self.ticket(ticket),
            Subject::Org(org) => self.org(org).to_owned(),
        }
    }

    /// The fault that a strike is of, by its id.
    #[must_use]
    pub fn strike(&self, strike: StrikeIx) -> &'a str {
        let fault = self
            .strikes
            .get(strike.ix())
            .and_then(|&fault| self.plan.faults.get(fault as usize));
        fault.map_or("a fault", |it| &*it.id)
    }

    /// Whom a judgement is about.
    #[must_use]
    pub fn who(&self, who: Who) -> String {
        match who {
            Who::Org(org) => self.org(org).to_owned(),
            Who::Connector(connector) => self.connector(connector),
        }
    }
}
