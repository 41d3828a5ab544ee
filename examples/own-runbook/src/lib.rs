//! A team's recovery, as it would run for real: it watches its connectors, and moves
//! those that a region's loss takes away. It knows nothing of drills: it is written
//! against `ControlPlane`, and a client for the real thing fits as well.

use lifeboat::runbook::{
    CallError, Connector, ControlPlane, NewTicket, Onboarded, Onboards, Records, TicketState,
};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

const MINUTE: Duration = Duration::from_secs(60);

/// What the team has agreed on.
#[derive(Clone, Debug)]
pub struct Habits {
    /// Where connectors may go, the first choice first.
    pub regions: Vec<String>,
    /// How often the watch looks.
    pub look_every: Duration,
    /// For how long nobody may answer before it counts as an outage.
    pub outage_after: Duration,
    /// Whether the old connector's settings are brought along.
    pub brings_settings: bool,
    /// Whether the old connector stays until all that it held is found in the new one.
    pub waits_for_records: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            regions: ["northeurope", "swedencentral", "uksouth"]
                .map(str::to_owned)
                .into(),
            look_every: 5 * MINUTE,
            outage_after: 15 * MINUTE,
            brings_settings: true,
            waits_for_records: true,
        }
    }
}

/// What was known of a connector while it was well.
#[derive(Clone, Debug)]
struct Known {
    connector: Connector,
    settings: Onboards,
    orgs: BTreeMap<String, (Records, bool)>,
}

/// Watches every connector for as long as `watch` says, and recovers the lost.
pub async fn guard<P: ControlPlane>(
    plane: P,
    habits: Habits,
    watch: Duration,
) -> Result<(), CallError> {
    let mut known = Vec::new();
    for connector in plane.connectors().await? {
        known.push(look(&plane, connector).await?);
    }
    let mut recoveries = JoinSet::new();
    let mut silent: BTreeMap<String, Duration> = BTreeMap::new();
    let mut waited = Duration::ZERO;
    while waited < watch {
        for it in &known {
            let name = it.connector.id.to_string();
            match plane.connector(&it.connector.id).await {
                Ok(_) => drop(silent.remove(&name)),
                Err(error) if error.may_pass() => {
                    let since = silent.entry(name).or_default();
                    *since += habits.look_every;
                    if *since == habits.outage_after {
                        recoveries.spawn(recover(plane.clone(), habits.clone(), it.clone()));
                    }
                }
                Err(error) => return Err(error),
            }
        }
        sleep(habits.look_every).await;
        waited += habits.look_every;
        known.retain(|it| silent.get(&it.connector.id.to_string()) < Some(&habits.outage_after));
    }
    while let Some(done) = recoveries.join_next().await {
        done.map_err(|it| CallError::Other(it.into()))??;
    }
    Ok(())
}

async fn look<P: ControlPlane>(plane: &P, connector: Connector) -> Result<Known, CallError> {
    let settings = plane.settings(&connector.id).await?;
    let mut orgs = BTreeMap::new();
    for org in plane.orgs(&connector.id).await? {
        if org.onboarded == Onboarded::Here {
            let records = plane.records(&connector.id, &org.name).await?;
            orgs.insert(org.name, (records, org.annotated));
        }
    }
    Ok(Known {
        connector,
        settings,
        orgs,
    })
}

/// Moves what a lost connector held to a new one.
async fn recover<P: ControlPlane>(plane: P, habits: Habits, lost: Known) -> Result<(), CallError> {
    let old = &lost.connector;
    let new = create(&plane, &habits, old).await?;
    let mut settings = lost.settings.clone();
    settings.auto_discovery &= habits.brings_settings;
    patiently(|| plane.configure(&new.id, settings.clone(), true)).await?;
    let name = format!("release-{}", old.id.name);
    let ticket = NewTicket::release_all(&name, &old.id).to(&new.id);
    plane.open_ticket(ticket).await?;
    while plane.ticket(&name).await? != TicketState::Closed {
        sleep(15 * MINUTE).await;
    }
    annotate(&plane, &new, &lost).await?;
    while habits.waits_for_records && !everything_is_back(&plane, &new, &lost).await? {
        sleep(15 * MINUTE).await;
    }
    // The region's return is told by the old connector's own page (F-12).
    while plane.connector(&old.id).await.is_err() {
        sleep(15 * MINUTE).await;
    }
    if habits.waits_for_records {
        // Promotion is Microsoft's, and nothing tells of it (D-11): it gets an hour.
        sleep(60 * MINUTE).await;
    }
    plane.delete_connector(&old.id).await
}

/// In the first region that takes a connector.
async fn create<P: ControlPlane>(
    plane: &P,
    habits: &Habits,
    old: &Connector,
) -> Result<Connector, CallError> {
    let mut refusal = CallError::Invalid("no region is left to go to".to_owned());
    for region in habits.regions.iter().filter(|it| **it != old.region) {
        let new = old.replacement(&format!("{}-{region}", old.id.name), region);
        match plane.create_connector(new.clone()).await {
            Ok(()) => return plane.connector(&new.id).await,
            Err(error) => refusal = error,
        }
    }
    Err(refusal)
}

/// Sets each org's annotation configuration again, once its entities appeared (F-10).
async fn annotate<P: ControlPlane>(
    plane: &P,
    new: &Connector,
    lost: &Known,
) -> Result<(), CallError> {
    let mut left: Vec<&String> = lost
        .orgs
        .iter()
        .filter(|it| it.1.1)
        .map(|it| it.0)
        .collect();
    while !left.is_empty() {
        for org in plane.orgs(&new.id).await?.iter().filter(|it| it.visible) {
            if left.contains(&&org.name) {
                patiently(|| plane.annotate(&new.id, &org.name)).await?;
                left.retain(|it| **it != org.name);
            }
        }
        sleep(10 * MINUTE).await;
    }
    Ok(())
}

/// Whether the new connector has what the old one had. Alerts more than a week old are
/// not brought over (F-14), so they are not counted.
async fn everything_is_back<P: ControlPlane>(
    plane: &P,
    new: &Connector,
    lost: &Known,
) -> Result<bool, CallError> {
    for (org, (before, _)) in &lost.orgs {
        let now = match plane.records(&new.id, org).await {
            Err(CallError::NotFound(_)) => return Ok(false),
            records => records?,
        };
        if now.recommendations < before.recommendations
            || now.graph_entities < before.graph_entities
        {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Tries again, as told, while the platform is not able to.
async fn patiently<F>(call: impl Fn() -> F) -> Result<(), CallError>
where
    F: Future<Output = Result<(), CallError>>,
{
    loop {
        match call().await {
            Err(CallError::Throttled { retry_after }) => sleep(retry_after).await,
            Err(CallError::Unavailable(_)) => sleep(MINUTE).await,
            // Nobody is there who may consent (D-7): somebody is called, and it is tried
            // again.
            Err(CallError::Refused(why)) if why.contains("authorise") => sleep(30 * MINUTE).await,
            done => return done,
        }
    }
}
