//! The drill on tokio's paused clock: one current-thread runtime, kept from drill to drill.
//!
//! A connector's recovery is a task, and so is each released org. A worker that takes one org at a
//! time is a semaphore with one permit, which tokio hands out in the order of asking. A task owns
//! the state it changes and returns it when it ends, so nothing is locked.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep};

use crate::fleet::Fleet;
use crate::recovery::{self, Org, Recovery, Side};
use crate::{Peer, Summary, times};

/// The drill on tokio.
pub struct Tokio {
    fleet: Arc<Fleet>,
    runtime: Runtime,
}

impl Tokio {
    /// Builds the runtime.
    pub fn new(fleet: Fleet) -> Self {
        let runtime = Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a current-thread runtime");
        Self {
            fleet: Arc::new(fleet),
            runtime,
        }
    }
}

impl Peer for Tokio {
    fn name(&self) -> &str {
        "tokio, paused clock"
    }

    fn drill(&mut self) -> Summary {
        let recoveries = self.runtime.block_on(drill(&self.fleet));
        recovery::summary(&self.fleet, &recoveries)
    }
}

async fn drill(fleet: &Arc<Fleet>) -> Vec<Recovery> {
    let (region, up) = watch::channel(false);
    let tasks: Vec<_> = (0..fleet.connectors.len())
        .map(|connector| tokio::spawn(recover(fleet.clone(), connector, up.clone())))
        .collect();
    sleep_ms(times::REGION_BACK).await;
    region.send(true).expect("the recoveries listen");

    let mut recoveries = Vec::with_capacity(tasks.len());
    for task in tasks {
        recoveries.push(task.await.expect("a recovery"));
    }
    recoveries
}

async fn recover(fleet: Arc<Fleet>, connector: usize, mut up: watch::Receiver<bool>) -> Recovery {
    let outage = Instant::now();
    let orgs = fleet.connectors[connector].len();
    let mut recovery = Recovery {
        facts: orgs as u64, // orphaned
        orgs: Vec::with_capacity(orgs),
        ..Recovery::default()
    };
    for step in times::BEFORE_RELEASE {
        sleep_ms(step).await;
        recovery.facts += 1;
    }

    let workers = Arc::new(Workers::new());
    let mut released = Vec::with_capacity(orgs);
    for org in 0..orgs {
        sleep_ms(times::RELEASE).await;
        recovery.facts += 2; // released, claimed
        let job = Job {
            fleet: fleet.clone(),
            workers: workers.clone(),
            connector,
            org,
        };
        released.push(tokio::spawn(job.run(outage)));
    }
    for task in released {
        let done = task.await.expect("an org");
        recovery.facts += done.facts;
        recovery.recreated_ms = recovery.recreated_ms.max(done.recreated_ms);
        recovery.orgs.push(done.org);
    }

    up.wait_for(|&up| up).await.expect("the region comes back");
    sleep_ms(times::PROMOTE).await;
    recovery.facts += 1;
    for org in &mut recovery.orgs {
        org.primary = Side::New;
        recovery.facts += 1;
    }
    sleep_ms(times::DELETE).await;
    recovery.facts += 1;
    recovery.deleted_ms = Some(ms_since(outage));
    recovery
}

/// The new connector's workers: each takes one org at a time.
struct Workers {
    discovery: Semaphore,
    records: Semaphore,
}

impl Workers {
    fn new() -> Self {
        Self {
            discovery: Semaphore::new(1),
            records: Semaphore::new(1),
        }
    }
}

/// What is to be done for one org from its claim on.
struct Job {
    fleet: Arc<Fleet>,
    workers: Arc<Workers>,
    connector: usize,
    org: usize,
}

struct Done {
    org: Org,
    facts: u64,
    recreated_ms: u64,
}

impl Job {
    async fn run(self, outage: Instant) -> Done {
        let of = &self.fleet.connectors[self.connector][self.org];
        let mut org = Org::healthy();
        org.owner = Some(Side::New);

        let free = self.workers.discovery.acquire().await;
        sleep_ms(times::discovery(of.projects)).await;
        drop(free);
        org.appeared = true;

        let annotations = async {
            sleep_ms(times::ANNOTATIONS).await;
            true
        };
        let records = async {
            let _free = self.workers.records.acquire().await;
            let counts = of.to_recreate();
            for count in counts {
                sleep_ms(times::recreation(count)).await;
            }
            (counts, ms_since(outage))
        };
        let (annotated, (recreated, recreated_ms)) = tokio::join!(annotations, records);
        org.annotated = annotated;
        org.recreated = recreated;
        Done {
            org,
            facts: 5, // appeared, annotated, three kinds of record recreated
            recreated_ms,
        }
    }
}

async fn sleep_ms(ms: u64) {
    sleep(Duration::from_millis(ms)).await;
}

fn ms_since(outage: Instant) -> u64 {
    outage.elapsed().as_millis() as u64
}
