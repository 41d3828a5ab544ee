//! The sampling itself: blocks of runs on as many threads as one likes.

use super::row::{Broken, Row};
use super::sampled::Sampled;
use super::series::{Series, seed_of};
use super::spent::Spent;
use crate::scenario::Plan;
use std::num::{NonZeroU64, NonZeroUsize};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;

/// What is to be sampled.
#[derive(Clone, Debug)]
pub struct Sample<'a> {
    /// What is run.
    pub plan: &'a Plan,
    /// The seed of the sample: each run has one of its own, [made](seed_of) from this
    /// and its number.
    pub seed: u64,
    /// The numbers of the runs.
    pub runs: Range<u64>,
    /// On how many threads.
    pub jobs: NonZeroUsize,
    /// Whether each run's row is handed out.
    pub rows: bool,
}

/// What has been done so far.
#[derive(Debug)]
pub struct Round<'a> {
    /// The number of the run that would be next: all before it are done.
    pub next: u64,
    /// All runs so far.
    pub sampled: &'a Sampled,
    /// The runs of this round in their order, if rows were asked for.
    pub rows: &'a [Row],
}

/// What is to be done next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Go {
    /// So many runs more, and then ask again.
    On(NonZeroU64),
    /// Nothing.
    Stop,
}

/// Who is asked while a sample is under way. Neither answer changes what comes of a
/// run, only how many there are.
pub trait Pace: Sync {
    /// What is to be done next: asked before the first round and after each. Rounds
    /// make no difference to the sums.
    fn next(&self, round: &Round<'_>) -> Go;

    /// Whether to stop as soon as the blocks under way are finished. Asked by every
    /// thread, between runs of a few milliseconds.
    fn stop(&self) -> bool {
        false
    }
}

/// All the runs in one round.
#[derive(Clone, Copy, Debug)]
pub struct AtOnce;

impl Pace for AtOnce {
    fn next(&self, _: &Round<'_>) -> Go {
        Go::On(NonZeroU64::MAX)
    }
}

/// The most runs of a block: what one thread does before it looks for more.
const BLOCK_MAX: u64 = 64;

/// A round for the threads: which runs, and how many of them at a time.
#[derive(Clone, Copy)]
struct Order {
    end: u64,
    block: u64,
}

/// What one thread did of a round.
type Done = Result<(Sampled, Vec<Row>), Broken>;

/// The same, or its panic: whoever waits for it must hear of that.
type Answer = thread::Result<Done>;

/// Samples. What comes of it is the same on one thread and on many, and in any number
/// of rounds: all is counted and summed in whole numbers.
///
/// ```
/// use lifeboat::explore::odds::{AtOnce, Sample, sample};
/// use lifeboat::measures::Quantity;
/// use lifeboat::scenario::Reader;
/// use lifeboat::statistics::{Confidence, Level};
/// use std::num::NonZeroUsize;
///
/// let text = "
/// scenario: v1
/// title: West Europe is lost, and support takes its time
/// fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 3 } } }
/// timeline: [ { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } } ]
/// procedure: { steps: { release-ownership: { takes: { lognormal: { p50: 4h, p95: 2d } } } } }
/// ";
/// let scenario = Reader::default().read_text("slow.yaml", text).expect("the scenario is valid");
/// let runs = Sample {
///     plan: &scenario.plan,
///     seed: 1,
///     runs: 0..200,
///     jobs: NonZeroUsize::MIN,
///     rows: false,
/// };
/// let sampled = sample(&runs, &AtOnce).expect("every ledger balances");
/// let clock = Quantity::from_name("clocks.ownership").expect("it is one");
/// let p90 = sampled.tally(clock).spread.quantile(Level::P90, Confidence::USUAL);
/// assert!(p90.is_ok());
/// ```
///
/// # Errors
/// A run whose ledger does not balance: of several, the first.
pub fn sample(sample: &Sample<'_>, pace: &dyn Pace) -> Result<Sampled, Broken> {
    let mut all = Sampled::none(sample.plan.objectives.len());
    let mut rows: Vec<Row> = Vec::new();
    let mut next = sample.runs.start;
    let taken = AtomicU64::new(next);
    thread::scope(|scope| {
        let (done, finished) = mpsc::channel::<Answer>();
        let threads = sample.jobs.get();
        let orders: Vec<mpsc::Sender<Order>> = (0..threads)
            .map(|_| {
                let (order, orders) = mpsc::channel();
                let (done, taken) = (done.clone(), &taken);
                scope.spawn(move || work(sample, pace, taken, &orders, &done));
                order
            })
            .collect();
        drop(done);
        while next < sample.runs.end && !pace.stop() {
            let round = Round {
                next,
                sampled: &all,
                rows: &rows,
            };
            let Go::On(more) = pace.next(&round) else {
                return Ok(());
            };
            let end = sample.runs.end.min(next.saturating_add(more.get()));
            let fair = (end - next) / (4 * threads as u64);
            let order = Order {
                end,
                block: fair.clamp(1, BLOCK_MAX),
            };
            rows.clear();
            taken.store(next, Ordering::Relaxed);
            for it in &orders {
                it.send(order)
                    .expect("threads wait for orders until there are no more");
            }
            let mut broken: Option<Broken> = None;
            for _ in 0..threads {
                let answer = finished.recv().expect("every thread answers");
                match answer.unwrap_or_else(|panic| resume_unwind(panic)) {
                    Ok((sampled, more)) => {
                        all.merge(&sampled);
                        rows.extend(more);
                    }
                    Err(it) => broken = broken.filter(|old| old.run < it.run).or(Some(it)),
                }
            }
            if let Some(broken) = broken {
                return Err(broken);
            }
            rows.sort_unstable_by_key(|it| it.run);
            // Blocks are taken in order, and whoever takes one finishes it.
            next = taken.load(Ordering::Relaxed).min(end);
        }
        pace.next(&Round {
            next,
            sampled: &all,
            rows: &rows,
        });
        Ok(())
    })?;
    Ok(all)
}

/// One thread: round by round, blocks as long as there are any, in memory of its own.
fn work(
    sample: &Sample<'_>,
    pace: &dyn Pace,
    taken: &AtomicU64,
    orders: &mpsc::Receiver<Order>,
    done: &mpsc::Sender<Answer>,
) {
    let mut series: Option<Series<'_>> = None;
    while let Ok(order) = orders.recv() {
        let part = catch_unwind(AssertUnwindSafe(|| {
            round(sample, pace, taken, order, &mut series)
        }));
        if done.send(part).is_err() {
            return;
        }
    }
}

fn round<'a>(
    sample: &Sample<'a>,
    pace: &dyn Pace,
    taken: &AtomicU64,
    order: Order,
    series: &mut Option<Series<'a>>,
) -> Done {
    let objectives = &sample.plan.objectives;
    let mut sampled = Sampled::none(objectives.len());
    let mut rows = Vec::new();
    while !pace.stop() {
        let from = taken.fetch_add(order.block, Ordering::Relaxed);
        if from >= order.end {
            break;
        }
        let series = series.get_or_insert_with(|| Series::new(sample.plan));
        for run in from..order.end.min(from + order.block) {
            let seed = seed_of(sample.seed, run);
            let row = if Spent::looks_at(run) {
                series.row_with_path(run, seed)?
            } else {
                series.row(run, seed)?
            };
            sampled.record(&row, objectives);
            if sample.rows {
                rows.push(row);
            }
        }
    }
    Ok((sampled, rows))
}
