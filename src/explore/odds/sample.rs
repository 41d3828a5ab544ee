//! The sampling itself: blocks of runs on as many threads as one likes.

use super::row::{Broken, Row};
use super::sampled::Sampled;
use super::series::{Series, seed_of};
use super::spent::Spent;
use crate::explore::pieces::in_order_unless;
use crate::scenario::Plan;
use std::num::{NonZeroU64, NonZeroUsize};
use std::ops::Range;

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

/// The most blocks that are done before what they came to is put together.
const BLOCKS_MAX: u64 = 4_096;

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
    let mut hands: Vec<Hand<'_>> = (0..sample.jobs.get()).map(|_| Hand::of(sample)).collect();
    let mut next = sample.runs.start;
    while next < sample.runs.end && !pace.stop() {
        let round = Round {
            next,
            sampled: &all,
            rows: &rows,
        };
        let Go::On(more) = pace.next(&round) else {
            return Ok(all);
        };
        let end = sample.runs.end.min(next.saturating_add(more.get()));
        rows.clear();
        while next < end && !pace.stop() {
            next = some(&mut hands, next..end, pace, &mut rows)?;
        }
        for hand in &mut hands {
            hand.put_to(&mut all);
        }
    }
    pace.next(&Round {
        next,
        sampled: &all,
        rows: &rows,
    });
    Ok(all)
}

/// Does blocks of some runs, not too many; the number of the run that is next then.
fn some(
    hands: &mut [Hand<'_>],
    runs: Range<u64>,
    pace: &dyn Pace,
    rows: &mut Vec<Row>,
) -> Result<u64, Broken> {
    let left = runs.end - runs.start;
    let fair = left / (4 * hands.len() as u64);
    let block = fair.clamp(1, BLOCK_MAX);
    let blocks = left.div_ceil(block).min(BLOCKS_MAX) as usize;
    let done = in_order_unless(hands, blocks, &|| pace.stop(), |hand, at| {
        let from = runs.start + at as u64 * block;
        hand.block(from..runs.end.min(from + block))
    });
    let next = runs.end.min(runs.start + done.len() as u64 * block);
    for block in done {
        rows.extend(block?);
    }
    Ok(next)
}

/// What one thread does, in memory of its own.
struct Hand<'a> {
    sample: &'a Sample<'a>,
    /// Nothing before the first block.
    series: Option<Series<'a>>,
    /// What its runs of this round came to.
    sampled: Sampled,
}

impl<'a> Hand<'a> {
    fn of(sample: &'a Sample<'a>) -> Self {
        Self {
            sample,
            series: None,
            sampled: Sampled::none(sample.plan.objectives.len()),
        }
    }

    /// Some runs, one after another: their rows, if those were asked for.
    fn block(&mut self, runs: Range<u64>) -> Result<Vec<Row>, Broken> {
        let plan = self.sample.plan;
        let series = self.series.get_or_insert_with(|| Series::new(plan));
        let mut rows = Vec::new();
        for run in runs {
            let seed = seed_of(self.sample.seed, run);
            let row = if Spent::looks_at(run) {
                series.row_with_path(run, seed)?
            } else {
                series.row(run, seed)?
            };
            self.sampled.record(&row, &plan.objectives);
            if self.sample.rows {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    /// Puts what it did to the rest.
    fn put_to(&mut self, all: &mut Sampled) {
        let none = Sampled::none(self.sample.plan.objectives.len());
        all.merge(&std::mem::replace(&mut self.sampled, none));
    }
}
