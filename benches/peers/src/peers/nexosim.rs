//! The drill on NeXosim: one bench on the single-threaded executor, kept from drill to drill.
//!
//! A region and its connectors are models. The region tells its connectors of its health through
//! ports; a connector schedules the steps of its recovery on itself, and hands the recovery over
//! through a port when the old connector is deleted. A worker that takes one org at a time is a
//! cursor with one scheduled event.

use std::time::Duration;

use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::{
    EventQueueReader, EventSinkReader, EventSource, Output, SinkState, event_queue,
};
use nexosim::simulation::{EventId, Mailbox, SimInit, Simulation};
use nexosim::time::MonotonicTime;
use serde::{Deserialize, Serialize};

use crate::fleet::{self, Fleet};
use crate::recovery::{self, Recovery, Side};
use crate::{Peer, Summary, times};

/// The drill on NeXosim.
pub struct NeXosim {
    fleet: Fleet,
    bench: Simulation,
    lose_region: EventId<()>,
    recovered: EventQueueReader<Recovered>,
}

impl NeXosim {
    /// Assembles the bench.
    pub fn new(fleet: Fleet) -> Self {
        let mut bench = SimInit::with_num_threads(1);
        let (sink, recovered) = event_queue(SinkState::Enabled);
        let mut region = Region::default();
        for (id, orgs) in fleet.connectors.iter().enumerate() {
            let mailbox = Mailbox::new();
            region.down.connect(Connector::region_down, &mailbox);
            region.up.connect(Connector::region_up, &mailbox);
            let mut connector = Connector::new(id, orgs.clone());
            connector.recovered.connect_sink(sink.clone());
            bench = bench.add_model(connector, mailbox, "connector");
        }
        let mailbox = Mailbox::new();
        let lose_region = EventSource::new()
            .connect(Region::lose, &mailbox)
            .register(&mut bench);
        let bench = bench
            .add_model(region, mailbox, "region")
            .init(MonotonicTime::EPOCH)
            .expect("a bench");
        Self {
            fleet,
            bench,
            lose_region,
            recovered,
        }
    }
}

impl Peer for NeXosim {
    fn name(&self) -> &str {
        "nexosim"
    }

    fn drill(&mut self) -> Summary {
        self.bench
            .process_event(&self.lose_region, ())
            .and_then(|()| self.bench.run())
            .expect("a run to the end");
        let mut recoveries = vec![Recovery::default(); self.fleet.connectors.len()];
        while let Some((connector, recovery)) = self.recovered.try_read() {
            recoveries[connector] = recovery;
        }
        recovery::summary(&self.fleet, &recoveries)
    }
}

/// A connector's number and its recovery.
type Recovered = (usize, Recovery);

/// The region that is lost.
#[derive(Default, Serialize, Deserialize)]
struct Region {
    down: Output<()>,
    up: Output<()>,
}

#[Model]
impl Region {
    async fn lose(&mut self, (): (), cx: &Context<Self>) {
        self.down.send(()).await;
        let back = Duration::from_millis(times::REGION_BACK);
        cx.schedule_event(back, schedulable!(Self::come_back), ())
            .expect("a later instant");
    }

    #[nexosim(schedulable)]
    async fn come_back(&mut self) {
        self.up.send(()).await;
    }
}

/// A worker that takes one org at a time, in the order in which they become ready.
#[derive(Default, Serialize, Deserialize)]
struct Worker {
    ready: usize,
    done: usize,
}

impl Worker {
    /// One more is ready: whether the worker was free to start it.
    fn add(&mut self) -> bool {
        self.ready += 1;
        self.ready == self.done + 1
    }

    /// The one in hand is done: which it was, and whether there is another to start.
    fn finish(&mut self) -> (usize, bool) {
        self.done += 1;
        (self.done - 1, self.done < self.ready)
    }
}

/// A connector of that region, and the new one in its place.
#[derive(Serialize, Deserialize)]
struct Connector {
    id: usize,
    orgs: Vec<fleet::Org>,
    recovered: Output<Recovered>,

    outage: MonotonicTime,
    region_up: bool,
    recovery: Recovery,
    step: usize,
    released: usize,
    discovery: Worker,
    records: Worker,
    kind: usize,
    counts: [u32; 3],
    annotated: usize,
}

#[Model]
impl Connector {
    fn new(id: usize, orgs: Vec<fleet::Org>) -> Self {
        Self {
            id,
            orgs,
            recovered: Output::default(),
            outage: MonotonicTime::EPOCH,
            region_up: true,
            recovery: Recovery::default(),
            step: 0,
            released: 0,
            discovery: Worker::default(),
            records: Worker::default(),
            kind: 0,
            counts: [0; 3],
            annotated: 0,
        }
    }

    fn region_down(&mut self, (): (), cx: &Context<Self>) {
        self.outage = cx.time();
        self.region_up = false;
        self.recovery = Recovery::healthy(self.orgs.len());
        self.recovery.facts += self.orgs.len() as u64; // orphaned
        self.step = 0;
        self.released = 0;
        self.discovery = Worker::default();
        self.records = Worker::default();
        self.annotated = 0;
        self.start_step(cx);
    }

    fn region_up(&mut self, (): (), cx: &Context<Self>) {
        self.region_up = true;
        self.promote_if_ready(cx);
    }

    fn start_step(&mut self, cx: &Context<Self>) {
        let takes = Duration::from_millis(times::BEFORE_RELEASE[self.step]);
        cx.schedule_event(takes, schedulable!(Self::step_done), ())
            .expect("a later instant");
    }

    #[nexosim(schedulable)]
    fn step_done(&mut self, (): (), cx: &Context<Self>) {
        self.recovery.facts += 1;
        self.step += 1;
        if self.step < times::BEFORE_RELEASE.len() {
            self.start_step(cx);
        } else if self.orgs.is_empty() {
            self.promote_if_ready(cx);
        } else {
            self.start_release(cx);
        }
    }

    fn start_release(&mut self, cx: &Context<Self>) {
        let takes = Duration::from_millis(times::RELEASE);
        cx.schedule_event(takes, schedulable!(Self::release_done), ())
            .expect("a later instant");
    }

    #[nexosim(schedulable)]
    fn release_done(&mut self, (): (), cx: &Context<Self>) {
        let org = &mut self.recovery.orgs[self.released];
        org.owner = Some(Side::New); // at the instant of its release
        self.recovery.facts += 2; // released, claimed
        self.released += 1;
        if self.discovery.add() {
            self.start_discovery(cx);
        }
        if self.released < self.orgs.len() {
            self.start_release(cx);
        }
    }

    fn start_discovery(&mut self, cx: &Context<Self>) {
        let org = &self.orgs[self.discovery.done];
        let takes = Duration::from_millis(times::discovery(org.projects));
        cx.schedule_event(takes, schedulable!(Self::discovery_done), ())
            .expect("a later instant");
    }

    #[nexosim(schedulable)]
    fn discovery_done(&mut self, (): (), cx: &Context<Self>) {
        let (org, more) = self.discovery.finish();
        self.recovery.orgs[org].appeared = true;
        self.recovery.facts += 1;
        if more {
            self.start_discovery(cx);
        }
        let takes = Duration::from_millis(times::ANNOTATIONS);
        cx.schedule_event(takes, schedulable!(Self::annotations_done), ())
            .expect("a later instant");
        if self.records.add() {
            self.start_records(cx);
        }
    }

    #[nexosim(schedulable)]
    fn annotations_done(&mut self, (): (), cx: &Context<Self>) {
        // All take as long as each other, so they end in the order in which they began.
        self.recovery.orgs[self.annotated].annotated = true;
        self.annotated += 1;
        self.recovery.facts += 1;
        self.promote_if_ready(cx);
    }

    fn start_records(&mut self, cx: &Context<Self>) {
        self.kind = 0;
        self.counts = self.orgs[self.records.done].to_recreate();
        self.start_kind(cx);
    }

    fn start_kind(&mut self, cx: &Context<Self>) {
        let takes = times::recreation(self.counts[self.kind]);
        if takes == 0 {
            self.kind_done((), cx);
        } else {
            let takes = Duration::from_millis(takes);
            cx.schedule_event(takes, schedulable!(Self::kind_done), ())
                .expect("a later instant");
        }
    }

    #[nexosim(schedulable)]
    fn kind_done(&mut self, (): (), cx: &Context<Self>) {
        let org = &mut self.recovery.orgs[self.records.done];
        org.recreated[self.kind] = self.counts[self.kind];
        self.recovery.facts += 1;
        self.kind += 1;
        if self.kind < self.counts.len() {
            self.start_kind(cx);
            return;
        }
        self.recovery.recreated_ms = self.ms(cx);
        let (_, more) = self.records.finish();
        if more {
            self.start_records(cx);
        } else {
            self.promote_if_ready(cx);
        }
    }

    fn promote_if_ready(&mut self, cx: &Context<Self>) {
        let all = self.orgs.len();
        if self.region_up
            && self.step == times::BEFORE_RELEASE.len()
            && self.annotated == all
            && self.records.done == all
        {
            let takes = Duration::from_millis(times::PROMOTE);
            cx.schedule_event(takes, schedulable!(Self::promotion_done), ())
                .expect("a later instant");
        }
    }

    #[nexosim(schedulable)]
    fn promotion_done(&mut self, (): (), cx: &Context<Self>) {
        self.recovery.facts += 1;
        for org in &mut self.recovery.orgs {
            org.primary = Side::New;
            self.recovery.facts += 1;
        }
        let takes = Duration::from_millis(times::DELETE);
        cx.schedule_event(takes, schedulable!(Self::deletion_done), ())
            .expect("a later instant");
    }

    #[nexosim(schedulable)]
    async fn deletion_done(&mut self, (): (), cx: &Context<Self>) {
        self.recovery.facts += 1;
        self.recovery.deleted_ms = Some(self.ms(cx));
        let recovery = std::mem::take(&mut self.recovery);
        self.recovered.send((self.id, recovery)).await;
    }

    fn ms(&self, cx: &Context<Self>) -> u64 {
        cx.time().duration_since(self.outage).as_millis() as u64
    }
}
