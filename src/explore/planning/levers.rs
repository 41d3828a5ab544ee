//! What each lever does on the same luck, and levers pulled one on top of the other.

use super::{Budget, NoPlan, Outage, Planning};
use crate::explore::compare::{Compare, compare};
use crate::scenario::Plan;
use crate::scenario::levers::{Base, Lever, Unfit};
use crate::statistics::{Confidence, Level, Paired, Value};
use std::cmp::Ordering;

/// What a lever does, over all outages of a single region.
#[derive(Clone, PartialEq, Debug)]
pub struct Effect {
    /// With it, less without it, on the same luck: every run of every outage is a pair.
    pub paired: Paired,
    /// The p95 of the worst outage with it; nothing where the runs carry none.
    pub worst_p95: Option<Value>,
    /// Runs that violate a check without it and none with it, less those that do with
    /// it alone.
    pub mended: i64,
}

impl Effect {
    /// By how much it is less in the mean, in milliseconds or things, where both came to
    /// a number; negative for a lever that does harm.
    #[must_use]
    pub fn gain(&self) -> f64 {
        -self.paired.mean().unwrap_or_default()
    }

    /// Runs that come to a number only with it, less those that do only without it.
    #[must_use]
    pub fn rescued(&self) -> i64 {
        let with = self.paired.less().never().hits;
        let without = self.paired.more().never().hits;
        with as i64 - without as i64
    }

    /// Whether it changes anything for the better, all in all.
    #[must_use]
    pub fn helps(&self) -> bool {
        (self.rescued(), self.gain()) > (0, 0.0)
    }
}

/// A lever, and what it does by itself.
#[derive(Clone, Debug)]
pub struct Pulled {
    /// Its place in the list of levers.
    pub lever: usize,
    /// What it does; or why it cannot be pulled in any outage.
    pub effect: Result<Effect, Unfit>,
}

/// A lever pulled on top of those before it.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its place in the list of levers.
    pub lever: usize,
    /// What all of them cost together.
    pub cost: u64,
    /// What all of them do together.
    pub effect: Effect,
}

/// A lever pulled in every outage; an outage in which it cannot be stays as it is.
struct Try {
    lever: usize,
    bases: Vec<Base>,
}

/// Pulls every lever by itself; then, one on top of the other, whatever helps most for
/// its cost.
pub(super) fn pull(
    it: &Planning<'_>,
    outages: &[&Outage],
    budget: &mut Budget<'_>,
) -> Result<(Vec<Pulled>, Vec<Step>), NoPlan> {
    let plain: Vec<Base> = outages.iter().map(|it| it.base.clone()).collect();
    let (mut tries, mut unfit) = (Vec::new(), Vec::new());
    for lever in 0..it.levers.list.len() {
        match pulled(it, &plain, lever) {
            Ok(one) => tries.push(one),
            Err(why) => unfit.push(Pulled {
                lever,
                effect: Err(why),
            }),
        }
    }
    let mut effects = effects(it, &plain, &tries, budget)?;
    let mut alone: Vec<Pulled> = tries
        .iter()
        .zip(&effects)
        .map(|(one, effect)| Pulled {
            lever: one.lever,
            effect: Ok(effect.clone()),
        })
        .collect();
    alone.sort_by(|a, b| match (&a.effect, &b.effect) {
        (Ok(x), Ok(y)) => better(it, (a.lever, x), (b.lever, y)),
        _ => Ordering::Equal,
    });
    alone.extend(unfit);
    let mut steps: Vec<Step> = Vec::new();
    while steps.len() < it.steps {
        let before = steps.last().map(|it| it.effect.clone());
        let Some(best) = best(it, &tries, &effects, before.as_ref()) else {
            break;
        };
        let one = tries.swap_remove(best);
        let effect = effects.swap_remove(best);
        let cost = steps.last().map_or(0, |it| it.cost) + it.levers.list[one.lever].cost;
        steps.push(Step {
            lever: one.lever,
            cost,
            effect,
        });
        if steps.len() == it.steps {
            break;
        }
        let left: Vec<usize> = tries.iter().map(|it| it.lever).collect();
        let more = left.iter().map(|&lever| pulled(it, &one.bases, lever));
        tries = more.filter_map(Result::ok).collect();
        tries.sort_by_key(|it| it.lever);
        effects = self::effects(it, &plain, &tries, budget)?;
    }
    Ok((alone, steps))
}

/// The lever that adds most for its cost to what is pulled already.
fn best(
    it: &Planning<'_>,
    tries: &[Try],
    effects: &[Effect],
    before: Option<&Effect>,
) -> Option<usize> {
    let adds = |at: &usize| {
        let (rescued, gain) = before.map_or((0, 0.0), |it| (it.rescued(), it.gain()));
        (effects[*at].rescued(), effects[*at].gain()) > (rescued, gain)
    };
    let order = |&a: &usize, &b: &usize| {
        let worth = |at: usize| worth(it, tries[at].lever, &effects[at], before);
        by_worth(worth(a), worth(b)).then_with(|| tries[a].lever.cmp(&tries[b].lever))
    };
    (0..tries.len()).filter(adds).min_by(order)
}

/// Runs rescued, and time or things gained, each for what the lever costs.
fn worth(it: &Planning<'_>, lever: usize, effect: &Effect, before: Option<&Effect>) -> (f64, f64) {
    let (rescued, gain) = before.map_or((0, 0.0), |it| (it.rescued(), it.gain()));
    let cost = it.levers.list[lever].cost.max(1) as f64;
    let added = (effect.rescued() - rescued) as f64;
    (added / cost, (effect.gain() - gain) / cost)
}

/// What is worth more comes first.
fn by_worth(a: (f64, f64), b: (f64, f64)) -> Ordering {
    b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1))
}

fn better(it: &Planning<'_>, a: (usize, &Effect), b: (usize, &Effect)) -> Ordering {
    let worth = |(lever, effect): (usize, &Effect)| worth(it, lever, effect, None);
    by_worth(worth(a), worth(b)).then(a.0.cmp(&b.0))
}

fn pulled(it: &Planning<'_>, bases: &[Base], lever: usize) -> Result<Try, Unfit> {
    let what: &Lever = &it.levers.list[lever];
    let mut why = None;
    let mut fits = false;
    let with = |base: &Base| match base.with(it.reader, what) {
        Ok(with) => {
            fits = true;
            with
        }
        Err(unfit) => {
            why.get_or_insert(unfit);
            base.clone()
        }
    };
    let bases = bases.iter().map(with).collect();
    match why {
        Some(why) if !fits => Err(why),
        _ => Ok(Try { lever, bases }),
    }
}

/// What each of some tries does, against the outages as they are.
fn effects(
    it: &Planning<'_>,
    plain: &[Base],
    tries: &[Try],
    budget: &mut Budget<'_>,
) -> Result<Vec<Effect>, NoPlan> {
    let none = Effect {
        paired: Paired::default(),
        worst_p95: None,
        mended: 0,
    };
    let mut effects = vec![none; tries.len()];
    if tries.is_empty() {
        return Ok(effects);
    }
    for (at, base) in plain.iter().enumerate() {
        let with = tries.iter().map(|it| &it.bases[at].scenario.plan);
        let plans: Vec<&Plan> = std::iter::once(&base.scenario.plan).chain(with).collect();
        let (so_far, most) = (budget.done, budget.most);
        let told = |runs: u64| (it.progress)(so_far + runs * plans.len() as u64, most);
        let compared = compare(&Compare {
            plans: &plans,
            seed: it.seed,
            runs: it.runs,
            jobs: it.jobs,
            progress: &told,
        });
        let compared = compared.map_err(NoPlan::Broken)?.ok_or(NoPlan::Stopped)?;
        budget.spend(it.runs * plans.len() as u64)?;
        let each = effects.iter_mut().zip(&compared.pairs);
        for ((effect, pairs), alone) in each.zip(&compared.alone[1..]) {
            effect.paired.merge(pairs.of(it.by));
            effect.mended += pairs.only_first_violates as i64 - pairs.only_second_violates as i64;
            let spread = &alone.tally(it.by).spread;
            let p95 = spread.quantile(Level::P95, Confidence::USUAL);
            effect.worst_p95 = effect.worst_p95.max(p95.ok().map(|it| it.value));
        }
    }
    Ok(effects)
}
