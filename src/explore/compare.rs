//! Several plans on the same luck.
//!
//! Draws are keyed by the entity that they are about and by their purpose, so a seed
//! means the same luck in two plans wherever both have the same entity and purpose: the
//! same outage lasts as long, the same ticket waits as long. What differs between their
//! runs is then what the plans do, and the difference is known far more sharply than
//! from runs of each on luck of its own. How much more sharply, each [`Paired`] says.

use super::odds::{Broken, Row, Sampled, Series, seed_of};
use super::pieces::in_order;
use crate::measures::Quantity;
use crate::scenario::Plan;
use crate::statistics::Paired;
use std::num::NonZeroUsize;

/// How many runs are done before anybody is told how far it is.
const ROUND: u64 = 256;

/// What is to be compared.
pub struct Compare<'a> {
    /// The plans: all others are held against the first.
    pub plans: &'a [&'a Plan],
    /// The seed of the sample, as [`Sample::seed`](super::odds::Sample::seed).
    pub seed: u64,
    /// How many runs of each plan.
    pub runs: u64,
    /// On how many threads; what comes of it does not depend on it.
    pub jobs: NonZeroUsize,
    /// Told how many runs of each there are so far; whether to go on.
    pub progress: &'a (dyn Fn(u64) -> bool + Sync),
}

/// How one plan differs from the first, run by run.
#[derive(Clone, PartialEq, Debug)]
pub struct Pairs {
    /// By place in [`Quantity::ALL`]; pairs in which only one plan put a quantity to the
    /// test are in none of them.
    paired: Vec<Paired>,
    /// Runs in which the first plan violates a check that is not known to fail, and this
    /// one does not.
    pub only_first_violates: u64,
    /// The other way round.
    pub only_second_violates: u64,
}

impl Pairs {
    fn none() -> Self {
        Self {
            paired: vec![Paired::default(); Quantity::COUNT],
            only_first_violates: 0,
            only_second_violates: 0,
        }
    }

    /// How a quantity differs: this plan's less the first one's.
    #[must_use]
    pub fn of(&self, quantity: Quantity) -> &Paired {
        &self.paired[quantity.ix()]
    }

    fn record(&mut self, first: &Row, second: &Row) {
        for (paired, quantity) in self.paired.iter_mut().zip(Quantity::ALL) {
            if let Some((a, b)) = first.value(quantity).zip(second.value(quantity)) {
                paired.record(a, b);
            }
        }
        self.only_first_violates += u64::from(first.violated && !second.violated);
        self.only_second_violates += u64::from(second.violated && !first.violated);
    }

    fn merge(&mut self, other: &Self) {
        for (to, from) in self.paired.iter_mut().zip(&other.paired) {
            to.merge(from);
        }
        self.only_first_violates += other.only_first_violates;
        self.only_second_violates += other.only_second_violates;
    }
}

/// What came of some plans on the same luck.
#[derive(Clone, PartialEq, Debug)]
pub struct Compared {
    /// How many runs there were of each.
    pub runs: u64,
    /// Each plan for itself, in the order of the plans.
    pub alone: Vec<Sampled>,
    /// Every plan but the first, held against the first.
    pub pairs: Vec<Pairs>,
}

impl Compared {
    fn none(plans: &[&Plan]) -> Self {
        let alone = plans.iter().map(|it| Sampled::none(it.objectives.len()));
        Self {
            runs: 0,
            alone: alone.collect(),
            pairs: vec![Pairs::none(); plans.len().saturating_sub(1)],
        }
    }

    fn record(&mut self, plans: &[&Plan], rows: &[Row]) {
        self.runs += 1;
        for ((sampled, row), plan) in self.alone.iter_mut().zip(rows).zip(plans) {
            sampled.record(row, &plan.objectives);
        }
        let Some((first, others)) = rows.split_first() else {
            return;
        };
        for (pairs, row) in self.pairs.iter_mut().zip(others) {
            pairs.record(first, row);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        for (to, from) in self.alone.iter_mut().zip(&other.alone) {
            to.merge(from);
        }
        for (to, from) in self.pairs.iter_mut().zip(&other.pairs) {
            to.merge(from);
        }
    }
}

/// Runs some plans on the same luck. What comes of it is the same on one thread and on
/// many; nothing where it was stopped.
///
/// ```
/// use lifeboat::explore::compare::{Compare, compare};
/// use lifeboat::measures::Quantity;
/// use lifeboat::scenario::Reader;
///
/// let text = "
/// scenario: v1
/// title: West Europe is lost, and support takes its time
/// fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 3 } } }
/// timeline: [ { at: T+0, fault: { region-outage: { region: westeurope, lasts: 26h } } } ]
/// procedure: { steps: { triage-ticket: { takes: { lognormal: { p50: 4h, p95: 2d } } } } }
/// ";
/// let read = |text: &str| Reader::default().read_text("slow.yaml", text).expect("it is valid");
/// let slow = read(text);
/// let alarmed = read(&text.replace("steps: {", "steps: { detect: { takes: 5m },"));
/// let compared = compare(&Compare {
///     plans: &[&slow.plan, &alarmed.plan],
///     seed: 1,
///     runs: 100,
///     jobs: std::num::NonZeroUsize::MIN,
///     progress: &|_| true,
/// })?
/// .expect("nobody stops it");
/// // Ten minutes sooner noticed, ten minutes sooner owned again: in every run.
/// let clock = Quantity::from_name("clocks.ownership").expect("it is one");
/// assert_eq!(compared.pairs[0].of(clock).mean(), Some(-600_000.0));
/// # Ok::<(), lifeboat::explore::odds::Broken>(())
/// ```
///
/// # Errors
/// A run whose ledger does not balance: of several, the first.
pub fn compare(it: &Compare<'_>) -> Result<Option<Compared>, Broken> {
    let mut all = Compared::none(it.plans);
    let mut crews: Vec<Crew<'_>> = (0..it.jobs.get()).map(|_| Crew::of(it)).collect();
    while all.runs < it.runs {
        let from = all.runs;
        let runs = ROUND.min(it.runs - from) as usize;
        let done = in_order(&mut crews, runs, |crew, at| crew.run(from + at as u64));
        done.into_iter().collect::<Result<(), Broken>>()?;
        for crew in &mut crews {
            all.merge(&std::mem::replace(&mut crew.part, Compared::none(it.plans)));
        }
        if !(it.progress)(all.runs) {
            return Ok(None);
        }
    }
    Ok(Some(all))
}

/// What one thread does, in memory of its own.
struct Crew<'a> {
    it: &'a Compare<'a>,
    /// By plan.
    series: Vec<Series<'a>>,
    /// What its runs of this round came to.
    part: Compared,
}

impl<'a> Crew<'a> {
    fn of(it: &'a Compare<'a>) -> Self {
        Self {
            it,
            series: it.plans.iter().map(|plan| Series::new(plan)).collect(),
            part: Compared::none(it.plans),
        }
    }

    /// A run of each plan, on the same luck.
    fn run(&mut self, run: u64) -> Result<(), Broken> {
        let seed = seed_of(self.it.seed, run);
        let rows = self.series.iter_mut().map(|it| it.row(run, seed));
        let rows: Vec<Row> = rows.collect::<Result<_, Broken>>()?;
        self.part.record(self.it.plans, &rows);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Reader, Scenario};

    const BASE: &str = "
scenario: v1
title: Support takes its time
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 3 } } }
timeline: [ { at: T+0, fault: { region-outage: { region: westeurope, lasts: { uniform: { min: 1d, max: 3d } } } } } ]
procedure: { steps: { triage-ticket: { takes: { lognormal: { p50: 4h, p95: 2d } } } } }
";

    fn read(text: &str) -> Scenario {
        let read = Reader::default().read_text("compared.yaml", text);
        read.unwrap_or_else(|found| panic!("{}", found.render(Default::default())))
    }

    fn of(plans: &[&Plan], jobs: usize) -> Compared {
        let it = Compare {
            plans,
            seed: 11,
            runs: 300,
            jobs: NonZeroUsize::new(jobs).expect("some"),
            progress: &|_| true,
        };
        compare(&it)
            .expect("every ledger balances")
            .expect("nobody stops it")
    }

    #[test]
    fn a_scenario_differs_from_itself_by_exactly_nothing() {
        let scenario = read(BASE);
        let compared = of(&[&scenario.plan, &scenario.plan], 2);
        assert_eq!(compared.alone[0], compared.alone[1]);
        for quantity in Quantity::ALL {
            let paired = compared.pairs[0].of(quantity);
            assert_eq!(paired.same(), paired.count(), "{}", quantity.name());
        }
        let violates = &compared.pairs[0];
        assert_eq!(
            (violates.only_first_violates, violates.only_second_violates),
            (0, 0)
        );
    }

    #[test]
    fn threads_change_nothing() {
        let a = read(BASE);
        let b = read(&BASE.replace("p50: 4h", "p50: 2h"));
        assert_eq!(of(&[&a.plan, &b.plan], 1), of(&[&a.plan, &b.plan], 3));
    }

    #[test]
    fn the_same_luck_is_worth_much_and_the_signs_are_right() {
        let slow = read(BASE);
        // A quarter of an hour less for whoever decides: the tickets wait as before.
        let quick = read(&BASE.replace("steps: {", "steps: { decide: { takes: 15m },"));
        let compared = of(&[&slow.plan, &quick.plan], 2);
        let clock = Quantity::from_name("clocks.ownership").expect("it is one");
        let paired = compared.pairs[0].of(clock);
        assert_eq!(paired.mean(), Some(-900_000.0));
        assert_eq!(
            paired.variance(),
            Some(0.0),
            "every ticket waits as long as before"
        );
        let back = of(&[&quick.plan, &slow.plan], 2);
        assert_eq!(back.pairs[0].of(clock).mean(), Some(900_000.0));
    }

    #[test]
    fn whoever_stops_it_gets_nothing() {
        let scenario = read(BASE);
        let it = Compare {
            plans: &[&scenario.plan],
            seed: 1,
            runs: 10_000,
            jobs: NonZeroUsize::MIN,
            progress: &|_| false,
        };
        assert_eq!(compare(&it), Ok(None));
    }
}
