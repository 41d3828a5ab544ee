//! The control plane as a team's own code meets it: what can be read of connectors,
//! orgs, records and tickets, and what can be asked for, at one instant.
//!
//! A [`Cloud`] stands over the passive engine of a drill [by
//! hand](crate::drill::Drill::by_hand): Microsoft's side goes on by the scenario's
//! procedure, the customer's side is whatever is called here. It owns no clock and no
//! loop. Who drives it says what time it is; what is due by then happens first.
//!
//! The faces that people use stand on this: async Rust in process, and HTTP.
//!
//! # What is assumed
//! - Nobody publishes how long the platform takes over what it answers with a promise
//!   (D-7, F-10): [`Options::operation_time`].
//! - The account that authorises a new connector is the one that authorised the old.
//! - Lists of connectors come from the resource manager's own copy and survive the loss
//!   of a region; what a connector holds does not.
//!
//! ```
//! use lifeboat::cloud::{Cloud, Options, TicketRequest};
//! use lifeboat::drill::{Drill, Record, Settings};
//! use lifeboat::scenario::Reader;
//!
//! let text = "
//! scenario: v1
//! title: West Europe is lost for a day
//! fleet:
//!   connectors:
//!     payments: { region: westeurope, scm: github, orgs: 3 }
//! timeline:
//!   - at: T+0
//!     fault: { region-outage: { region: westeurope, lasts: 26h } }
//! ";
//! let scenario = Reader::default().read_text("day.yaml", text).expect("the scenario is valid");
//! let drill = Drill::new(&scenario.plan).by_hand();
//! let mut cloud = Cloud::new(&drill, Record::Nothing, Options::default());
//! cloud.advance_to("T+1h".parse()?);
//! let old = cloud.connectors()[0];
//! assert!(cloud.connector(old).is_err(), "its region is down");
//! let new = cloud.create(cloud.replacement(old, "payments-north", "northeurope"))?;
//! cloud.configure(new, Settings::everything(), true)?;
//! cloud.advance_to("T+2h".parse()?);
//! cloud.open_ticket(TicketRequest::release_all("CASE-1", cloud.id(old)))?;
//! let outcome = cloud.finish();
//! assert_eq!(outcome.world.connector(new).owns.len(), 3);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod names;
mod operations;
mod reads;
mod refusal;
#[cfg(test)]
mod tests;
mod tickets;
mod views;
mod writes;

pub use names::{BadResourceId, ResourceId};
pub use operations::{Operation, OperationIx, Progress};
pub use refusal::Refusal;
pub use tickets::TicketRequest;
pub use views::{
    AlertView, ConnectorView, InventoryRow, Onboarding, OrgView, SettingsView, TicketView,
};
pub use writes::NewConnector;

use crate::drill::{Drill, Outcome, Record, Run};
use crate::model::ids::{ConnectorIx, TicketIx};
use crate::model::world::World;
use crate::scenario::Plan;
use crate::time::{Duration, Instant};
use operations::Operations;
use std::collections::BTreeMap;

/// What the vendor does not say of its control plane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// How long an operation takes that is answered with a promise, at full pace
    /// (assumed). A degraded region is slower by its factor.
    pub operation_time: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            operation_time: Duration::from_secs(30),
        }
    }
}

/// A simulated control plane, at one instant.
#[derive(Debug)]
pub struct Cloud<'d> {
    drill: &'d Drill<'d>,
    run: Run<'d>,
    options: Options,
    operations: Operations,
    /// The Resource ID of each connector.
    ids: Vec<ResourceId>,
    /// The latest connector of each Resource ID, whatever its case.
    places: BTreeMap<String, ConnectorIx>,
    /// The name of each ticket.
    tickets: Vec<(Box<str>, TicketIx)>,
}

impl<'d> Cloud<'d> {
    /// The control plane at T+0, with what is due then done. The drill is to be
    /// [by hand](Drill::by_hand).
    #[must_use]
    pub fn new(drill: &'d Drill<'d>, record: Record, options: Options) -> Self {
        let fleet = &drill.plan().fleet;
        let ids: Vec<ResourceId> = fleet.connectors().iter().map(ResourceId::of).collect();
        let places = ids.iter().enumerate();
        let places = places.map(|(at, id)| (id.key(), ConnectorIx::from(at)));
        let mut cloud = Self {
            drill,
            places: places.collect(),
            run: drill.start(record),
            options,
            operations: Operations::default(),
            ids,
            tickets: Vec::new(),
        };
        cloud.advance_to(Instant::ZERO);
        cloud
    }

    /// The instant at which it stands.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.run.now()
    }

    /// When the run ends.
    #[must_use]
    pub fn until(&self) -> Instant {
        self.drill.until()
    }

    /// When something is due next.
    #[must_use]
    pub fn peek(&self) -> Option<Instant> {
        let (run, operation) = (self.run.peek(), self.operations.next());
        match (run, operation) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    /// Moves on to `to`, doing everything that is due until then, and at it. Never
    /// back, and never past the [end](Self::until).
    pub fn advance_to(&mut self, to: Instant) {
        let to = to.min(self.until());
        while let Some(due) = self.operations.next().filter(|&it| it <= to) {
            self.run.advance_to(due.max(self.run.now()));
            self.complete_due();
        }
        if to > self.run.now() || self.run.peek().is_some_and(|it| it <= to) {
            self.run.advance_to(to);
        }
    }

    /// Goes on to the end, and judges.
    #[must_use]
    pub fn finish(mut self) -> Outcome {
        self.advance_to(self.until());
        self.drill.judge(self.run)
    }

    /// The hash of all facts so far.
    #[must_use]
    pub fn trace_hash(&self) -> u64 {
        self.run.trace_hash()
    }

    /// The plan that is drilled.
    #[must_use]
    pub fn plan(&self) -> &'d Plan {
        self.drill.plan()
    }

    /// The world as it is: for whoever judges, not for whoever recovers.
    #[must_use]
    pub fn world(&self) -> &World {
        self.run.world()
    }

    /// How long an operation takes that is answered with a promise, at full pace.
    #[must_use]
    pub fn operation_time(&self) -> Duration {
        self.options.operation_time
    }

    /// A connector's Resource ID (L-6), where it stands.
    #[must_use]
    pub fn id(&self, connector: ConnectorIx) -> &ResourceId {
        &self.ids[connector.ix()]
    }

    /// The Resource IDs of all connectors, deleted ones among them.
    #[must_use]
    pub fn ids(&self) -> &[ResourceId] {
        &self.ids
    }

    /// A connector's Resource ID (L-6).
    #[must_use]
    pub fn resource_id(&self, connector: ConnectorIx) -> ResourceId {
        self.ids[connector.ix()].clone()
    }
}
