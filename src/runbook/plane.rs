//! The control plane as recovery code calls it: a trait, so that the same code can be
//! pointed at the real thing.

use crate::cloud::ResourceId;
use crate::model::fleet::Scm;
use std::future::Future;
use std::time::Duration;

/// Why a call came to nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// There is no such thing, or no longer.
    #[error("{0} does not exist")]
    NotFound(String),
    /// Whoever would answer is down: a region, the SCM, the inventory.
    #[error("{0}")]
    Unavailable(String),
    /// Too many requests.
    #[error("too many requests; try again in {retry_after:?}")]
    Throttled {
        /// When to try again.
        retry_after: Duration,
    },
    /// It does not fit what is there: a name is taken, something is under way.
    #[error("{0}")]
    Conflict(String),
    /// It cannot be meant: an unknown region or org.
    #[error("{0}")]
    Invalid(String),
    /// The platform refuses: a region that takes no connector, nobody to authorise.
    #[error("{0}")]
    Refused(String),
    /// The drill is over: nobody answers any more.
    #[error("the drill is over")]
    Over,
    /// Something else, of a client for the real thing.
    #[error(transparent)]
    Other(#[from] Box<dyn std::error::Error + Send + Sync>),
}

impl CallError {
    /// Whether the same call may go well later.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Throttled { .. })
    }
}

/// A connector, as a list shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Connector {
    /// Its Resource ID (L-6).
    pub id: ResourceId,
    /// Its region.
    pub region: String,
    /// Its kind of SCM.
    pub scm: Scm,
    /// The SCM hierarchy that it stands for: a replacement names the same one.
    pub hierarchy: String,
}

impl Connector {
    /// What takes over from it (F-6): of its kind, for its SCM hierarchy, in its
    /// resource group, with another name and in another region.
    ///
    /// ```
    /// # use lifeboat::runbook::{CallError, Connector, ControlPlane, NewTicket, Onboards};
    /// async fn move_away(plane: impl ControlPlane, old: Connector) -> Result<(), CallError> {
    ///     let new = old.replacement("payments-north", "northeurope");
    ///     plane.create_connector(new.clone()).await?;
    ///     plane.configure(&new.id, Onboards::everything(), true).await?;
    ///     let ticket = NewTicket::release_all("CASE-1", &old.id).to(&new.id);
    ///     plane.open_ticket(ticket).await
    /// }
    /// ```
    #[must_use]
    pub fn replacement(&self, name: &str, region: &str) -> NewConnector {
        NewConnector {
            id: self.id.named(name),
            region: region.to_owned(),
            scm: self.scm,
            hierarchy: self.hierarchy.clone(),
        }
    }
}

/// A connector that is to be created (F-6); most often a
/// [replacement](Connector::replacement).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewConnector {
    /// Its Resource ID.
    pub id: ResourceId,
    /// Its region.
    pub region: String,
    /// Its kind of SCM.
    pub scm: Scm,
    /// The SCM hierarchy that it stands for.
    pub hierarchy: String,
}

/// What a connector onboards (D-9).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Onboards {
    /// Whether every org that its account reaches.
    pub auto_discovery: bool,
    /// The orgs that it lists; ignored while auto-discovery is on.
    pub listed: Vec<String>,
}

impl Onboards {
    /// Every org that its account reaches.
    #[must_use]
    pub const fn everything() -> Self {
        Self {
            auto_discovery: true,
            listed: Vec::new(),
        }
    }
}

/// Who onboards an org, as a connector sees it (D-2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Onboarded {
    /// This connector.
    Here,
    /// Another one: it has to be released first (F-9).
    Elsewhere,
    /// Nobody yet.
    Nowhere,
}

/// An org within a connector's reach.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Org {
    /// Its name at the SCM.
    pub name: String,
    /// Who onboards it.
    pub onboarded: Onboarded,
    /// Whether its entities have appeared (F-10).
    pub visible: bool,
    /// Whether it has an annotation configuration of its own (F-10).
    pub annotated: bool,
}

/// How many records a connector holds about an org.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Records {
    /// Alerts.
    pub alerts: u32,
    /// Recommendations.
    pub recommendations: u32,
    /// Entities of the security graph.
    pub graph_entities: u32,
}

/// A request to release orgs (F-9).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewTicket {
    /// What it is called; names are used once.
    pub name: String,
    /// The old connector's Resource ID (F-8).
    pub old: ResourceId,
    /// The new connector's (L-2), if it is told.
    pub new: Option<ResourceId>,
    /// The orgs to release; none means all that the old connector owns.
    pub orgs: Vec<String>,
}

impl NewTicket {
    /// Asks for all that the old connector owns.
    #[must_use]
    pub fn release_all(name: &str, old: &ResourceId) -> Self {
        Self {
            name: name.to_owned(),
            old: old.clone(),
            new: None,
            orgs: Vec::new(),
        }
    }

    /// The same, told which connector is to take the orgs (L-2).
    #[must_use]
    pub fn to(mut self, new: &ResourceId) -> Self {
        self.new = Some(new.clone());
        self
    }
}

/// How far a ticket is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TicketState {
    /// Waiting for support, or lost: nobody can tell from outside.
    Open,
    /// Understood: orgs are being released.
    InProgress,
    /// Its Resource ID named no connector: another ticket is needed.
    Rejected,
    /// Nothing more is to be done under it.
    Closed,
}

/// The control plane. In a drill it is [`Simulated`](super::Simulated); a team's own
/// client for the real thing is another.
///
/// A call that the platform answers with a promise returns when the promise is kept.
/// Whoever drops it earlier has asked all the same.
pub trait ControlPlane: Clone + Send + Sync + 'static {
    /// The connectors that there are, as the resource manager lists them.
    fn connectors(&self) -> impl Future<Output = Result<Vec<Connector>, CallError>> + Send;

    /// The same from the inventory, by the vendor's Resource Graph query (L-6).
    fn inventory(&self) -> impl Future<Output = Result<Vec<Connector>, CallError>> + Send;

    /// Whether a connector answers: `Unavailable`, while its region is down.
    fn connector(
        &self,
        id: &ResourceId,
    ) -> impl Future<Output = Result<Connector, CallError>> + Send;

    /// What a connector onboards; `NotFound`, if it has no configuration (F-5).
    fn settings(&self, id: &ResourceId)
    -> impl Future<Output = Result<Onboards, CallError>> + Send;

    /// Creates a connector (F-6), without settings or tokens.
    fn create_connector(
        &self,
        new: NewConnector,
    ) -> impl Future<Output = Result<(), CallError>> + Send;

    /// Sets what a connector onboards and, with a person's consent, gives it tokens
    /// (D-7). One that lists orgs of a lost connector takes them over (F-7).
    fn configure(
        &self,
        id: &ResourceId,
        onboards: Onboards,
        consent: bool,
    ) -> impl Future<Output = Result<(), CallError>> + Send;

    /// The orgs that a connector knows of.
    fn orgs(&self, id: &ResourceId) -> impl Future<Output = Result<Vec<Org>, CallError>> + Send;

    /// The orgs that its account reaches, as the SCM lists them now.
    fn available_orgs(
        &self,
        id: &ResourceId,
    ) -> impl Future<Output = Result<Vec<Org>, CallError>> + Send;

    /// How many records a connector holds about an org.
    fn records(
        &self,
        id: &ResourceId,
        org: &str,
    ) -> impl Future<Output = Result<Records, CallError>> + Send;

    /// Sets an org's annotation configuration again (F-10).
    fn annotate(
        &self,
        id: &ResourceId,
        org: &str,
    ) -> impl Future<Output = Result<(), CallError>> + Send;

    /// Opens a ticket (F-9).
    fn open_ticket(&self, new: NewTicket) -> impl Future<Output = Result<(), CallError>> + Send;

    /// How far a ticket is.
    fn ticket(&self, name: &str) -> impl Future<Output = Result<TicketState, CallError>> + Send;

    /// Deletes a connector (F-12). Deletion is not release.
    fn delete_connector(
        &self,
        id: &ResourceId,
    ) -> impl Future<Output = Result<(), CallError>> + Send;
}
