//! One plan, run again and again with other luck.

use super::row::{Broken, Row};
use super::spent::Spent;
use crate::chance::Seeded;
use crate::checks::Detail;
use crate::drill::{Drill, Record, Rested, Rig};
use crate::explore::dice::Dice;
use crate::scenario::Plan;
use std::borrow::Cow;

/// The seed of a run of a sample: a pure function of the sample's seed and the run's
/// number. Different runs of one sample have different seeds.
#[must_use]
pub fn seed_of(base: u64, run: u64) -> u64 {
    Dice::new(base, run).bits()
}

/// A plan, to be run again and again with other luck, in the same memory.
///
/// A run with a seed is the run of `lifeboat run --seed`: what the fleet's orgs hold
/// is drawn from that seed as well, where the scenario draws it.
///
/// ```
/// use lifeboat::drill::Drill;
/// use lifeboat::explore::odds::Series;
/// use lifeboat::measures::Quantity;
/// use lifeboat::scenario::Reader;
///
/// let text = "
/// scenario: v1
/// title: West Europe is lost for a day or more
/// fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 3 } } }
/// timeline:
///   - at: T+0
///     fault: { region-outage: { region: westeurope, lasts: { uniform: { min: 1d, max: 3d } } } }
/// ";
/// let read = |seed| {
///     let reader = Reader { seed, ..Reader::default() };
///     reader.read_text("days.yaml", text).expect("the scenario is valid")
/// };
/// let scenario = read(None);
/// let mut series = Series::new(&scenario.plan);
/// let row = series.row(0, 42).expect("the ledger balances");
/// let again = Drill::new(&read(Some(42)).plan).run();
/// let full = Quantity::from_name("clocks.full").expect("it is one");
/// assert_eq!(row.value(full), full.read(&again.measures));
/// ```
#[derive(Debug)]
pub struct Series<'p> {
    plan: Cow<'p, Plan>,
    drawn: bool,
    rested: Option<Rested>,
}

impl<'p> Series<'p> {
    /// A series of runs of a plan. Where the fleet is drawn, the plan is copied.
    #[must_use]
    pub fn new(plan: &'p Plan) -> Self {
        let drawn = plan.fleet.is_drawn();
        let plan = match drawn {
            true => Cow::Owned(plan.clone()),
            false => Cow::Borrowed(plan),
        };
        Self {
            plan,
            drawn,
            rested: None,
        }
    }

    /// Runs with the luck of a seed, and lets `read` look at the plan, with its fleet
    /// as it was drawn, and at what came of the run: its judgements are in
    /// [numbers](Detail::Numbers) alone.
    pub fn run<T>(
        &mut self,
        seed: u64,
        record: Record,
        read: impl FnOnce(&Plan, &Rig<'_>) -> T,
    ) -> T {
        if self.drawn {
            self.plan.to_mut().fleet.draw_anew(Seeded::new(seed));
        }
        let plan = &*self.plan;
        let rested = self.rested.take();
        let mut rig = rested.map_or_else(|| Rig::new(plan), |it| it.again(plan));
        let drill = Drill::seeded(plan, seed).telling(Detail::Numbers);
        rig.run_recording(&drill, record);
        let told = read(plan, &rig);
        self.rested = Some(rig.rest());
        told
    }

    /// The run of that number with the luck of that seed, in numbers.
    ///
    /// # Errors
    /// A run whose ledger does not balance.
    pub fn row(&mut self, run: u64, seed: u64) -> Result<Row, Broken> {
        self.run(seed, Record::Nothing, |plan, rig| {
            Row::of(plan, run, seed, rig.outcome())
        })
    }

    /// The same, with [where the time went](Row::spent).
    ///
    /// # Errors
    /// A run whose ledger does not balance.
    pub fn row_with_path(&mut self, run: u64, seed: u64) -> Result<Row, Broken> {
        self.run(seed, Record::Steps, |plan, rig| {
            let mut row = Row::of(plan, run, seed, rig.outcome())?;
            row.spent = Some(Box::new(Spent::of(plan, rig)));
            Ok(row)
        })
    }
}
