//! The client in a drill: each call is a job for whoever holds the cloud.

use super::plane::{
    CallError, Connector, ControlPlane, NewConnector, NewTicket, Onboarded, Onboards, Org, Records,
    TicketState,
};
use crate::cloud::{
    self, Cloud, ConnectorView, Onboarding, OperationIx, OrgView, Progress, Refusal, ResourceId,
    TicketRequest,
};
use crate::drill::Settings;
use crate::model::ids::ConnectorIx;
use crate::model::world::{self, Annotations};
use crate::time::Instant;
use tokio::sync::{mpsc, oneshot};
use tokio::time;

/// What a call does when its turn has come.
type Do = Box<dyn FnOnce(&mut Cloud<'_>) + Send>;

/// A call under way.
pub(super) struct Job {
    /// Which call.
    pub(super) call: &'static str,
    /// What it is about.
    pub(super) about: String,
    pub(super) act: Do,
}

/// The control plane of a drill. Cheap to clone; clones share one fleet.
#[derive(Clone, Debug)]
pub struct Simulated {
    jobs: mpsc::UnboundedSender<Job>,
    epoch: time::Instant,
}

impl Simulated {
    pub(super) fn new(jobs: mpsc::UnboundedSender<Job>, epoch: time::Instant) -> Self {
        Self { jobs, epoch }
    }

    /// The instant of the drill at which the caller is.
    #[must_use]
    pub fn now(&self) -> Instant {
        at(self.epoch, time::Instant::now())
    }

    /// When an instant of the drill is for tokio: what to sleep until.
    #[must_use]
    pub fn when(&self, at: Instant) -> time::Instant {
        let after = u64::try_from(at.as_millis()).unwrap_or(0);
        self.epoch + std::time::Duration::from_millis(after)
    }

    async fn ask<R: Send + 'static>(
        &self,
        call: &'static str,
        about: impl ToString,
        act: impl FnOnce(&mut Cloud<'_>) -> Result<R, Refusal> + Send + 'static,
    ) -> Result<R, CallError> {
        let (answer, answered) = oneshot::channel();
        let job = Job {
            call,
            about: about.to_string(),
            act: Box::new(move |cloud| {
                // Whoever asked may have gone away.
                let _ = answer.send(act(cloud));
            }),
        };
        self.jobs.send(job).map_err(|_| CallError::Over)?;
        let answered = answered.await.map_err(|_| CallError::Over)?;
        answered.map_err(CallError::from)
    }

    /// Waits until an operation is done.
    async fn kept(&self, operation: (OperationIx, Instant)) -> Result<(), CallError> {
        let (operation, due) = operation;
        time::sleep_until(self.when(due)).await;
        let about = format!("operation {}", operation.0);
        let progress = self
            .ask("operation", about, move |cloud| {
                Ok(cloud.operation(operation)?.progress)
            })
            .await?;
        match progress {
            Progress::Succeeded => Ok(()),
            Progress::Failed(reason) => Err(CallError::Refused(reason.words().to_owned())),
            Progress::InProgress => Err(CallError::Unavailable("the operation is late".to_owned())),
        }
    }
}

/// The instant of the drill that tokio's clock shows, in whole milliseconds.
pub(super) fn at(epoch: time::Instant, now: time::Instant) -> Instant {
    let since = now.saturating_duration_since(epoch).as_millis();
    Instant::from_millis(i64::try_from(since).unwrap_or(i64::MAX))
}

fn found(cloud: &Cloud<'_>, id: &ResourceId) -> Result<ConnectorIx, Refusal> {
    let connector = cloud.find(id);
    connector.ok_or_else(|| Refusal::NotFound(format!("connector {}", id.name)))
}

fn org_of(
    cloud: &Cloud<'_>,
    connector: ConnectorIx,
    name: &str,
) -> Result<crate::model::ids::OrgIx, Refusal> {
    let org = cloud.find_org(connector, name);
    org.ok_or_else(|| Refusal::NotFound(format!("org {name}")))
}

fn promised(cloud: &Cloud<'_>, operation: OperationIx) -> Result<(OperationIx, Instant), Refusal> {
    Ok((operation, cloud.operation(operation)?.due))
}

impl ControlPlane for Simulated {
    async fn connectors(&self) -> Result<Vec<Connector>, CallError> {
        self.ask("connectors", "", |cloud| {
            let all = cloud.connectors().into_iter();
            Ok(all.map(|it| cloud.listed(it).into()).collect())
        })
        .await
    }

    async fn inventory(&self) -> Result<Vec<Connector>, CallError> {
        self.ask("inventory", "", |cloud| {
            let rows = cloud.inventory()?.into_iter();
            let connector = |it: cloud::InventoryRow| Connector {
                id: it.id,
                region: it.region.to_owned(),
                scm: it.scm,
                hierarchy: it.hierarchy,
            };
            Ok(rows.map(connector).collect())
        })
        .await
    }

    async fn connector(&self, id: &ResourceId) -> Result<Connector, CallError> {
        let wanted = id.clone();
        self.ask("connector", &id.name, move |cloud| {
            let connector = found(cloud, &wanted)?;
            Ok(cloud.connector(connector)?.into())
        })
        .await
    }

    async fn settings(&self, id: &ResourceId) -> Result<Onboards, CallError> {
        let wanted = id.clone();
        self.ask("settings", &id.name, move |cloud| {
            let seen = cloud.settings(found(cloud, &wanted)?)?;
            Ok(Onboards {
                auto_discovery: seen.auto_discovery,
                listed: seen.listed,
            })
        })
        .await
    }

    async fn create_connector(&self, new: NewConnector) -> Result<(), CallError> {
        let about = format!("{} in {}", new.id.name, new.region);
        self.ask("create-connector", about, move |cloud| {
            let replaces = cloud.predecessor(&new.hierarchy);
            let other = |it: &ConnectorIx| cloud.listed(*it).scm != new.scm;
            if replaces.filter(other).is_some() {
                let wrong = "its SCM hierarchy is of another kind".to_owned();
                return Err(Refusal::Invalid(wrong));
            }
            cloud.create(cloud::NewConnector {
                id: new.id,
                region: new.region,
                replaces,
            })?;
            Ok(())
        })
        .await
    }

    async fn configure(
        &self,
        id: &ResourceId,
        onboards: Onboards,
        consent: bool,
    ) -> Result<(), CallError> {
        let wanted = id.clone();
        let operation = self
            .ask("configure", &id.name, move |cloud| {
                let connector = found(cloud, &wanted)?;
                let orgs = onboards.listed.iter();
                let listed = orgs
                    .map(|name| Ok(org_of(cloud, connector, name)?.0))
                    .collect::<Result<_, Refusal>>()?;
                let settings = Settings {
                    auto_discovery: Some(onboards.auto_discovery),
                    listed: Some(listed),
                };
                let operation = cloud.configure(connector, settings, consent)?;
                promised(cloud, operation)
            })
            .await?;
        self.kept(operation).await
    }

    async fn orgs(&self, id: &ResourceId) -> Result<Vec<Org>, CallError> {
        let wanted = id.clone();
        self.ask("orgs", &id.name, move |cloud| {
            let orgs = cloud.orgs(found(cloud, &wanted)?)?;
            Ok(orgs.into_iter().map(Org::from).collect())
        })
        .await
    }

    async fn available_orgs(&self, id: &ResourceId) -> Result<Vec<Org>, CallError> {
        let wanted = id.clone();
        self.ask("available-orgs", &id.name, move |cloud| {
            let orgs = cloud.available_orgs(found(cloud, &wanted)?)?;
            Ok(orgs.into_iter().map(Org::from).collect())
        })
        .await
    }

    async fn records(&self, id: &ResourceId, org: &str) -> Result<Records, CallError> {
        let (wanted, name) = (id.clone(), org.to_owned());
        self.ask("records", org, move |cloud| {
            let connector = found(cloud, &wanted)?;
            let org = org_of(cloud, connector, &name)?;
            let [alerts, recommendations, graph_entities, ..] = cloud.records(connector, org)?;
            Ok(Records {
                alerts,
                recommendations,
                graph_entities,
            })
        })
        .await
    }

    async fn annotate(&self, id: &ResourceId, org: &str) -> Result<(), CallError> {
        let (wanted, name) = (id.clone(), org.to_owned());
        let operation = self
            .ask("annotate", org, move |cloud| {
                let connector = found(cloud, &wanted)?;
                let org = org_of(cloud, connector, &name)?;
                let operation = cloud.annotate(connector, org)?;
                promised(cloud, operation)
            })
            .await?;
        self.kept(operation).await
    }

    async fn open_ticket(&self, new: NewTicket) -> Result<(), CallError> {
        let about = format!("{} for {}", new.name, new.old.name);
        self.ask("open-ticket", about, move |cloud| {
            cloud.open_ticket(TicketRequest {
                name: new.name,
                old: new.old.to_string(),
                new: new.new,
                orgs: new.orgs,
            })?;
            Ok(())
        })
        .await
    }

    async fn ticket(&self, name: &str) -> Result<TicketState, CallError> {
        let wanted = name.to_owned();
        self.ask("ticket", name, move |cloud| {
            Ok(match cloud.ticket(&wanted)?.state {
                world::TicketState::Open | world::TicketState::Lost => TicketState::Open,
                world::TicketState::Triaged => TicketState::InProgress,
                world::TicketState::Rejected => TicketState::Rejected,
                world::TicketState::Closed => TicketState::Closed,
            })
        })
        .await
    }

    async fn delete_connector(&self, id: &ResourceId) -> Result<(), CallError> {
        let wanted = id.clone();
        self.ask("delete-connector", &id.name, move |cloud| {
            cloud.delete(found(cloud, &wanted)?)
        })
        .await
    }
}

impl From<ConnectorView> for Connector {
    fn from(it: ConnectorView) -> Self {
        Self {
            id: it.id,
            region: it.region.to_owned(),
            scm: it.scm,
            hierarchy: it.hierarchy,
        }
    }
}

impl From<OrgView> for Org {
    fn from(it: OrgView) -> Self {
        Self {
            name: it.name,
            onboarded: match it.onboarding {
                Onboarding::Onboarded => Onboarded::Here,
                Onboarding::OnboardedByOtherConnector => Onboarded::Elsewhere,
                Onboarding::NotOnboarded => Onboarded::Nowhere,
            },
            visible: it.visible,
            annotated: it.annotations == Annotations::Own,
        }
    }
}

impl From<Refusal> for CallError {
    fn from(refusal: Refusal) -> Self {
        let words = refusal.to_string();
        match refusal {
            Refusal::NotFound(what) => Self::NotFound(what),
            Refusal::Unavailable(_) | Refusal::InventoryUnavailable | Refusal::ScmUnavailable => {
                Self::Unavailable(words)
            }
            Refusal::Throttled { retry_after } => Self::Throttled {
                retry_after: std::time::Duration::from_millis(retry_after.as_millis()),
            },
            Refusal::Conflict(_) => Self::Conflict(words),
            Refusal::Invalid(_) => Self::Invalid(words),
            Refusal::Refused(_) => Self::Refused(words),
        }
    }
}
