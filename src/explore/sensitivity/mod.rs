//! Which assumption the odds hang on: how much each uncertain parameter moves the 95th
//! percentile of a quantity.
//!
//! Twice over. From the runs themselves: what each parameter was drawn as is heard at the
//! door through which chance comes, and its ranks are held against the ranks of the
//! quantity. And by running again on the same luck with one parameter changed: fixed at
//! its median, or halved. The second ranks, since it answers what changing it would do;
//! the first tells what it had to do with it anyway.
//!
//! One parameter at a time says nothing of two together. So the first few are fixed by
//! pairs as well, and where a pair does not do what its two do by themselves, that is
//! told.

mod heard;
mod parameter;
mod ranks;
#[cfg(test)]
mod tests;
mod tuned;

pub use parameter::Parameter;

use self::heard::Heard;
use self::parameter::Names;
use self::ranks::Ranked;
use self::tuned::{Change, Tuned};
use super::odds::seed_of;
use super::pieces::in_order;
use crate::chance::{Chance, Seeded};
use crate::drill::{Drill, Rig};
use crate::measures::{Imbalance, Quantity};
use crate::scenario::Plan;
use crate::statistics::{Confidence, Level, Paired, Spread, Value};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;

/// How many of the first parameters are fixed by pairs.
pub const PAIRED: usize = 3;

/// What is asked.
pub struct Question<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What is moved.
    pub quantity: Quantity,
    /// The seed of the sample.
    pub seed: u64,
    /// How many runs, of the plan as it is and of every change.
    pub runs: u64,
    /// On how many threads; what comes of it does not depend on it.
    pub jobs: NonZeroUsize,
    /// Told how many of how many runs there were, at most; whether to go on.
    pub progress: &'a (dyn Fn(u64, u64) -> bool + Sync),
}

/// What changing something does, on the same luck.
#[derive(Clone, PartialEq, Debug)]
pub struct Moved {
    /// The 95th percentile with the change; nothing where the runs carry none.
    pub p95: Option<Value>,
    /// With the change, less without it, run by run.
    pub paired: Paired,
}

/// How much one parameter moves the quantity.
#[derive(Clone, PartialEq, Debug)]
pub struct Sensitivity {
    /// Which.
    pub parameter: Parameter,
    /// In how many runs it was drawn at all.
    pub drawn: u64,
    /// The rank correlation of what it was drawn as with the quantity, over those runs
    /// (Spearman's rho): from -1 to 1. Nothing where either never varies.
    pub rho: Option<f64>,
    /// Fixed at its median.
    pub fixed: Moved,
    /// Halved, as far as its distribution goes.
    pub halved: Moved,
}

/// What two parameters do together.
#[derive(Clone, PartialEq, Debug)]
pub struct Together {
    /// Which: places among the sensitivities.
    pub pair: (usize, usize),
    /// Both fixed at their medians.
    pub fixed: Moved,
}

/// Which parameters move a quantity, those that move it most first.
#[derive(Clone, PartialEq, Debug)]
pub struct Sensitivities {
    /// What is moved.
    pub quantity: Quantity,
    /// As the plan is.
    pub base: Spread,
    /// Every uncertain parameter that was drawn in some run.
    pub parameters: Vec<Sensitivity>,
    /// The first few, by pairs.
    pub together: Vec<Together>,
    /// How many runs there were in all.
    pub runs: u64,
}

/// Why there is no answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoAnswer {
    /// A run whose ledger does not balance: an error of this program.
    Broken {
        /// Its number.
        run: u64,
        /// What is wrong.
        imbalance: Imbalance,
    },
    /// Somebody asked to stop.
    Stopped,
}

/// Looks for what moves a quantity.
///
/// # Errors
/// See [`NoAnswer`].
pub fn sensitivities(it: &Question<'_>) -> Result<Sensitivities, NoAnswer> {
    let base = all(it, &[])?;
    let heard = parameters(&base);
    // The plan itself, two changes of each, and the pairs of the first few.
    let few = heard.len().min(PAIRED) as u64;
    let most = it.runs * (1 + 2 * heard.len() as u64 + few * few.saturating_sub(1) / 2);
    let mut runs = it.runs;
    let mut moved = |changes: &[(Parameter, Change)]| -> Result<Moved, NoAnswer> {
        if !(it.progress)(runs, most) {
            return Err(NoAnswer::Stopped);
        }
        runs += it.runs;
        Ok(against(&base, &all(it, changes)?))
    };
    let mut found = Vec::with_capacity(heard.len());
    for (parameter, ranked) in heard {
        let fixed = moved(&[(parameter.clone(), Change::AtMedian)])?;
        let halved = moved(&[(parameter.clone(), Change::Halved)])?;
        found.push(Sensitivity {
            parameter,
            drawn: ranked.count(),
            rho: ranked.rho(),
            fixed,
            halved,
        });
    }
    let before = spread(&base);
    let p95 = before
        .quantile(Level::P95, Confidence::USUAL)
        .ok()
        .map(|it| it.value);
    // The farther from what it is, the more it hangs on it.
    found.sort_by_cached_key(|one| {
        let rho = one.rho.map_or(0, |it| (it.abs() * 1e9) as u64);
        std::cmp::Reverse((
            far(p95, one.fixed.p95).max(far(p95, one.halved.p95)),
            rho,
            std::cmp::Reverse(one.parameter.clone()),
        ))
    });
    let mut together = Vec::new();
    for second in 1..found.len().min(PAIRED) {
        for first in 0..second {
            let both = [first, second].map(|at| (found[at].parameter.clone(), Change::AtMedian));
            together.push(Together {
                pair: (first, second),
                fixed: moved(&both)?,
            });
        }
    }
    (it.progress)(runs, runs);
    Ok(Sensitivities {
        quantity: it.quantity,
        base: before,
        parameters: found,
        together,
        runs,
    })
}

/// How far apart two percentiles are; what never ends is farther than every number.
fn far(a: Option<Value>, b: Option<Value>) -> u64 {
    match (a, b) {
        (Some(Value::At(a)), Some(Value::At(b))) => a.abs_diff(b),
        (Some(Value::Never), Some(Value::At(_))) | (Some(Value::At(_)), Some(Value::Never)) => {
            u64::MAX
        }
        _ => 0,
    }
}

/// One run: what the quantity came to, and what was drawn.
struct Run {
    value: Option<Value>,
    heard: Heard,
}

/// All the runs with some changes, in their order.
fn all(it: &Question<'_>, changes: &[(Parameter, Change)]) -> Result<Vec<Run>, NoAnswer> {
    let names = Names::of(it.plan);
    let mut plans = vec![it.plan.clone(); it.jobs.get()];
    let runs = in_order(&mut plans, it.runs as usize, |plan, run| {
        let run = run as u64;
        let seed = seed_of(it.seed, run);
        if plan.fleet.is_drawn() {
            plan.fleet.draw_anew(Seeded::new(seed));
        }
        one(it, plan, &names, seed, changes)
            .map_err(|imbalance| NoAnswer::Broken { run, imbalance })
    });
    runs.into_iter().collect()
}

fn one(
    it: &Question<'_>,
    plan: &Plan,
    names: &Names,
    seed: u64,
    changes: &[(Parameter, Change)],
) -> Result<Run, Imbalance> {
    let tuned = Tuned::new(names, plan.luck.source(seed), changes);
    let (value, balance) = {
        let drill = Drill::with(plan, plan.faults.clone(), &tuned as &dyn Chance);
        let mut rig = Rig::new(plan);
        let outcome = rig.run(&drill);
        (it.quantity.read(&outcome.measures), outcome.balance)
    };
    balance?;
    Ok(Run {
        value,
        heard: tuned.heard(),
    })
}

/// Every parameter that was drawn, with its ranks against the quantity's.
fn parameters(runs: &[Run]) -> Vec<(Parameter, Ranked)> {
    let mut found: BTreeMap<&Parameter, Ranked> = BTreeMap::new();
    for run in runs {
        let Some(value) = run.value else { continue };
        for (parameter, drawn) in run.heard.means() {
            found.entry(parameter).or_default().add(drawn, value);
        }
    }
    let owned = found
        .into_iter()
        .map(|(parameter, it)| (parameter.clone(), it));
    owned.collect()
}

fn spread(runs: &[Run]) -> Spread {
    let mut spread = Spread::default();
    runs.iter()
        .filter_map(|it| it.value)
        .for_each(|it| spread.record_value(it));
    spread
}

fn against(base: &[Run], changed: &[Run]) -> Moved {
    let mut paired = Paired::default();
    for (a, b) in base.iter().zip(changed) {
        if let Some((a, b)) = a.value.zip(b.value) {
            paired.record(a, b);
        }
    }
    let p95 = spread(changed).quantile(Level::P95, Confidence::USUAL);
    Moved {
        p95: p95.ok().map(|it| it.value),
        paired,
    }
}
