//! The hunt: batches of runs, on as many threads as one likes, reduced in order.

use std::num::NonZeroUsize;

use super::cause::Cause;
use super::coverage::{Coverage, Feature, Scout};
use super::draw::Slots;
use super::finding::{self, Finding};
use super::lineup::Lineup;
use super::pieces::in_order_unless;
use super::prey::Prey;
use super::strategy::{Corpus, Input, Strategy};
use super::tally::{Known, Tally, kinds_of};
use crate::checks::{CheckId, Detail};
use crate::drill::{Drill, Record, Rig};
use crate::scenario::Reader;

/// How many runs are chosen from the same corpus: a constant, so that the number of
/// threads changes nothing.
const BATCH: u64 = 2_048;

/// How many runs a thread takes at a time: so few that all threads of a batch are
/// ready at nearly the same time.
const PIECE: u64 = 8;

/// Before so many guided runs coverage never counts as having stopped growing.
const FLAT_AFTER: u64 = 8_192;

/// When fewer than one in so many of the last quarter of the guided runs reached anything
/// new, coverage has stopped growing: something rare comes up now and then for ever.
const FLAT_RATE: u64 = 2_048;

/// How much is hunted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Budget {
    /// So many runs, the one of the scenario as it stands among them.
    Runs(u64),
    /// Until whoever is told of the progress says stop.
    UntilStopped,
}

/// A hunt to be made.
pub struct Hunt<'a> {
    /// What is hunted.
    pub prey: &'a Prey,
    /// How each run is chosen.
    pub strategy: Strategy,
    /// The hunter's own luck; not the scenario's.
    pub seed: u64,
    /// How much.
    pub budget: Budget,
    /// On how many threads.
    pub jobs: NonZeroUsize,
    /// The most findings that are made small, of each cause.
    pub ways: usize,
    /// Told after every batch; says whether to go on.
    pub progress: &'a (dyn Fn(&Progress) -> bool + Sync),
    /// Asked before every few runs, and before every scenario that is tried to make a
    /// finding small, on whichever thread: whether to stop. What was done until then are
    /// the first runs; what was found is kept as small as it is by then.
    pub stop: &'a (dyn Fn(Phase) -> bool + Sync),
}

/// What a hunt is at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Runs are made.
    Running,
    /// What was found is made small.
    Shrinking,
}

/// How a hunt is going.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Runs so far.
    pub runs: u64,
    /// Facts so far.
    pub facts: u64,
    /// How many sequences of facts and abstract states were reached by guided runs.
    pub coverage: usize,
    /// Runs that violated what is not known to fail.
    pub violating: u64,
    /// Whether runs are over, and what was found is made small.
    pub shrinking: bool,
}

/// Why a hunt ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stopped {
    /// The budget is used up.
    Budget,
    /// Somebody said stop.
    Asked,
    /// Guided runs reached nothing new any more.
    CoverageFlat,
}

/// What a hunt found.
#[derive(Clone, Debug)]
pub struct Hunted {
    /// Each finding once, small: first those that need no fault thrown, then in the order
    /// of checks and causes.
    pub findings: Vec<Finding>,
    /// What the scenario violates as it stands, without any fault thrown.
    pub as_it_stands: Vec<CheckId>,
    /// How many more ways to fail there are that were not made small, since there were
    /// [enough](Hunt::ways) of their cause.
    pub left_out: u64,
    /// Known failures that came up: no findings.
    pub known: Vec<Known>,
    /// How far it went.
    pub progress: Progress,
    /// Runs of each strategy.
    pub strategies: Vec<(Strategy, u64)>,
    /// Why it ended.
    pub stopped: Stopped,
}

/// Hunts, and makes small what it found.
#[must_use]
pub fn hunt(hunt: &Hunt<'_>, reader: &Reader) -> Hunted {
    let mut field = Field::new(hunt);
    let stopped = field.run();
    let mut progress = field.progress;
    progress.shrinking = true;
    (hunt.progress)(&progress);
    let (findings, left_out) = finding::all(hunt, reader, &field.tally);
    let known = field.tally.known.iter();
    Hunted {
        findings,
        as_it_stands: field.tally.as_it_stands(),
        left_out,
        known: known.map(|(&check, &runs)| Known { check, runs }).collect(),
        progress: field.progress,
        strategies: field.counts.iter().copied().filter(|it| it.1 > 0).collect(),
        stopped,
    }
}

/// A hunt under way.
struct Field<'a> {
    hunt: &'a Hunt<'a>,
    slots: Slots,
    hunters: Vec<Hunter<'a>>,
    corpus: Corpus,
    coverage: Coverage,
    tally: Tally,
    progress: Progress,
    counts: [(Strategy, u64); 4],
    guided: u64,
    /// After each run that reached something new, how many guided runs there were.
    newer: Vec<u64>,
}

/// What a thread keeps from run to run.
struct Hunter<'a> {
    rig: Rig<'a>,
    scout: Scout<'a>,
    lineup: Lineup,
    /// Violations of its runs of this batch.
    tally: Tally,
}

/// What some runs came to, besides violations.
#[derive(Default)]
struct Share {
    facts: u64,
    /// Guided runs that reached something new.
    reached: Vec<(Input, Vec<Feature>)>,
}

impl<'a> Field<'a> {
    fn new(hunt: &'a Hunt<'a>) -> Self {
        Self {
            hunt,
            slots: Slots::new(hunt.prey),
            hunters: (0..hunt.jobs.get().min((BATCH / PIECE) as usize))
                .map(|_| Hunter {
                    rig: Rig::new(&hunt.prey.plan),
                    scout: Scout::new(&hunt.prey.plan),
                    lineup: Lineup::of(hunt.prey),
                    tally: Tally::default(),
                })
                .collect(),
            corpus: Corpus::default(),
            coverage: Coverage::none(),
            tally: Tally::default(),
            progress: Progress::default(),
            counts: Strategy::ALL.map(|it| (it, 0)),
            guided: 0,
            newer: Vec::new(),
        }
    }

    fn run(&mut self) -> Stopped {
        let end = match self.hunt.budget {
            Budget::Runs(runs) => runs,
            Budget::UntilStopped => u64::MAX,
        };
        while self.progress.runs < end {
            let from = self.progress.runs;
            let to = end.min(from.saturating_add(BATCH));
            self.batch(from, to);
            let on = (self.hunt.progress)(&self.progress);
            if !on || self.progress.runs < to {
                return if self.progress.runs < end {
                    Stopped::Asked
                } else {
                    Stopped::Budget
                };
            }
            if self.hunt.strategy == Strategy::Guided && self.is_flat() {
                return Stopped::CoverageFlat;
            }
        }
        Stopped::Budget
    }

    /// Whether coverage has stopped growing.
    fn is_flat(&self) -> bool {
        let quarter = self.guided / 4;
        let before = self.guided - quarter;
        let late = self.newer.iter().rev().take_while(|it| **it > before);
        self.guided >= FLAT_AFTER && late.count() as u64 * FLAT_RATE < quarter
    }

    fn batch(&mut self, from: u64, to: u64) {
        let pieces = (to - from).div_ceil(PIECE) as usize;
        let mut hunters = std::mem::take(&mut self.hunters);
        let stop = || (self.hunt.stop)(Phase::Running);
        let shares = in_order_unless(&mut hunters, pieces, &stop, |hunter, piece| {
            let first = from + piece as u64 * PIECE;
            self.share(hunter, first, to.min(first + PIECE))
        });
        self.tally.take(hunters.iter_mut().map(|it| &mut it.tally));
        self.hunters = hunters;
        let to = to.min(from + shares.len() as u64 * PIECE);
        self.progress.runs = to;
        for run in from..to {
            let of = self.hunt.strategy.of_run(run);
            self.counts[of as usize].1 += 1;
            self.guided += u64::from(of == Strategy::Guided);
        }
        for share in shares {
            self.progress.facts += share.facts;
            for (input, features) in share.reached {
                if self.coverage.take(&features) > 0 {
                    self.corpus.keep(input);
                    self.newer.push(self.guided);
                }
            }
        }
        self.progress.coverage = self.coverage.len();
        self.progress.violating = self.tally.violating;
    }

    /// Some runs, one after another.
    fn share(&self, hunter: &mut Hunter<'a>, from: u64, to: u64) -> Share {
        let prey = self.hunt.prey;
        let plan = &prey.plan;
        let Hunter {
            rig,
            scout,
            lineup,
            tally,
        } = hunter;
        let mut share = Share::default();
        for run in from..to {
            let strategy = self.hunt.strategy.of_run(run);
            let mut input = self.input(strategy, run);
            let faults = lineup.join(&mut input.faults);
            let drill = Drill::with(plan, faults, plan.luck.source(input.luck));
            let drill = drill.telling(Detail::Numbers);
            let guided = strategy == Strategy::Guided;
            let record = if guided {
                Record::Everything
            } else {
                Record::Nothing
            };
            let outcome = rig.run_recording(&drill, record);
            drop(drill);
            lineup.part(&self.slots, &mut input.faults);
            share.facts += outcome.facts;
            let mut bad = false;
            for cause in Cause::all(outcome) {
                if cause.is_known(plan) {
                    *tally.known.entry(cause.check).or_default() += 1;
                } else {
                    tally.add(cause, kinds_of(&input), run, strategy, &input);
                    bad = true;
                }
            }
            tally.violating += u64::from(bad);
            if guided {
                let features = scout.read(&outcome.recorded, &self.coverage);
                if !features.is_empty() {
                    share.reached.push((input, features));
                }
            }
        }
        share
    }

    /// The first run is the scenario as it stands.
    fn input(&self, strategy: Strategy, run: u64) -> Input {
        if run == 0 {
            let luck = self.hunt.prey.plan.seed;
            return Input {
                faults: Vec::new(),
                luck,
            };
        }
        let (prey, seed) = (self.hunt.prey, self.hunt.seed);
        Input::of(strategy, prey, &self.slots, &self.corpus, seed, run)
    }
}
