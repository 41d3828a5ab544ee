//! Discovery within the SCM's limits: connectors that share a budget of requests use
//! it up together, and stand until it is full again (D-12).
//!
//! Requests flow while work is under way: so many for each project or repo, evenly
//! over the time that an org takes. Nothing is dated for a budget that nobody draws on.

use super::agenda::{Due, Turn};
use super::run::Run;
use super::work::{NOT_YET, Task};
use crate::model::command::Actor;
use crate::model::fact::What;
use crate::model::fleet::Scm;
use crate::model::ids::ConnectorIx;
use crate::scenario::limits::{ScmLimit, SharedBy};
use crate::time::{Duration, Instant};
use std::collections::BTreeMap;

/// Requests are counted in parts of 2^-64, so that no millisecond is lost to rounding.
const PARTS: u32 = 64;

/// Whose budget it is: the kind of SCM, and the tenant or the connector.
pub(super) type Payer = (u8, u32);

/// A budget in its present window.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Budget {
    /// What has been used of it by `since`, in parts.
    used: u128,
    since: Instant,
    /// What each connector draws on it in a millisecond, in parts.
    flows: BTreeMap<u32, u128>,
    /// Whether nothing is left until the reset.
    spent: bool,
    /// Tells what is due for it from what was dated earlier.
    token: u32,
}

impl Budget {
    fn flow(&self) -> u128 {
        self.flows.values().sum()
    }

    fn drawn_in(&self, time: Duration) -> u128 {
        self.flow().saturating_mul(time.as_millis().into())
    }

    /// How much is used by an instant; nothing yet where a window has begun since.
    fn used_by(&self, limit: &ScmLimit, now: Instant) -> u128 {
        let begins = window_of(limit, now).0;
        if self.since < begins {
            return self.drawn_in(now.since(begins));
        }
        self.used
            .saturating_add(self.drawn_in(now.since(self.since)))
    }

    /// What decides how it goes on: how much is used, whether it is spent.
    pub(super) fn told(&self, limit: &ScmLimit, now: Instant) -> (u128, bool, Duration) {
        let left = window_of(limit, now).1.since(now);
        (self.used_by(limit, now), self.spent, left)
    }
}

/// The window that an instant lies in: from, to.
fn window_of(limit: &ScmLimit, at: Instant) -> (Instant, Instant) {
    let every = limit.window.as_millis();
    let turn = at.since(Instant::ZERO).as_millis() / every;
    let begins = Instant::ZERO + limit.window * turn;
    (begins, begins + limit.window)
}

impl Run<'_> {
    /// All budgets, as far as they decide how the run goes on.
    pub(super) fn budgets_told(&self) -> Vec<(Payer, (u128, bool, Duration))> {
        let told = |(payer, budget): (&Payer, &Budget)| {
            let scm = Scm::ALL.into_iter().find(|it| *it as u8 == payer.0)?;
            let limit = self.plan.limits.of(scm)?;
            Some((*payer, budget.told(limit, self.state.now)))
        };
        self.state.budgets.iter().filter_map(told).collect()
    }

    /// The limit that a connector is under, and whose budget it draws on.
    fn payer(&self, connector: ConnectorIx) -> Option<(&ScmLimit, Payer)> {
        let it = self.state.world.connector(connector);
        let limit = self.plan.limits.of(it.scm)?;
        let who = match limit.shared_by {
            SharedBy::Tenant => it.tenant.0,
            SharedBy::Connector => connector.0,
        };
        Some((limit, (it.scm as u8, who)))
    }

    /// Whether a connector has to wait for the reset.
    pub(super) fn is_out_of_requests(&self, connector: ConnectorIx) -> bool {
        let Some((_, payer)) = self.payer(connector) else {
            return false;
        };
        self.state.budgets.get(&payer).is_some_and(|it| it.spent)
    }

    /// A connector's discovery has begun, paused, changed its pace or ended.
    pub(super) fn meter(&mut self, connector: ConnectorIx) {
        let Some((limit, payer)) = self.payer(connector) else {
            return;
        };
        let (limit, now) = (*limit, self.state.now);
        let flow = self.flow_of(connector, &limit);
        let budget = self.state.budgets.entry(payer).or_default();
        budget.used = budget.used_by(&limit, now);
        budget.since = now;
        if flow == 0 {
            budget.flows.remove(&connector.0);
        } else {
            budget.flows.insert(connector.0, flow);
        }
        self.date_budget(payer, &limit);
    }

    /// What a connector's discovery asks for in a millisecond, as it is under way.
    fn flow_of(&self, connector: ConnectorIx, limit: &ScmLimit) -> u128 {
        let Some(slot) = self.state.plants[connector.ix()].discovery.current else {
            return 0;
        };
        let work = self.state.bench.at(slot);
        let (Task::Explore { org, .. }, Some(pace)) = (work.task, work.pace) else {
            return 0;
        };
        if work.since == NOT_YET {
            return 0;
        }
        let units = u128::from(self.plan.fleet.org(org).units);
        let requests = (units * u128::from(limit.per_unit)) << PARTS;
        let takes = u128::from(self.exploring_takes(org).as_millis().max(1));
        let slower = u128::from(pace.as_thousandths());
        (requests * 1_000).div_ceil(takes * slower)
    }

    /// Dates the instant at which a budget is spent, or full again.
    fn date_budget(&mut self, payer: Payer, limit: &ScmLimit) {
        let now = self.state.now;
        let reset = window_of(limit, now).1;
        // A length of time ends at a hundred years: there is no reset after that.
        if reset <= now {
            return;
        }
        let Some(budget) = self.state.budgets.get_mut(&payer) else {
            return;
        };
        budget.token = budget.token.wrapping_add(1);
        let flow = budget.flow();
        let at = if budget.spent {
            reset
        } else if flow > 0 {
            let left = (u128::from(limit.requests) << PARTS).saturating_sub(budget.used);
            let lasts = u64::try_from(left.div_ceil(flow)).unwrap_or(u64::MAX);
            reset.min(now + Duration::from_millis(lasts))
        } else {
            return;
        };
        let due = Due::Budget {
            payer,
            token: budget.token,
        };
        // Behind all else at that instant: what ends with the last request is done.
        let order = u64::from(payer.0) << 32 | u64::from(payer.1);
        self.put(at, Turn::new(Actor::Outside, false, order, 0), due);
    }

    /// A budget is spent, or full again, if nothing has changed since that was dated.
    pub(super) fn budget_due(&mut self, payer: Payer, token: u32) {
        let Some(scm) = Scm::ALL.into_iter().find(|it| *it as u8 == payer.0) else {
            return;
        };
        let Some(&limit) = self.plan.limits.of(scm) else {
            return;
        };
        let now = self.state.now;
        let Some(budget) = self.state.budgets.get_mut(&payer) else {
            return;
        };
        if budget.token != token {
            return;
        }
        budget.used = budget.used_by(&limit, now);
        budget.since = now;
        let spent = budget.used >= u128::from(limit.requests) << PARTS;
        if std::mem::replace(&mut budget.spent, spent) != spent {
            let connector = match limit.shared_by {
                SharedBy::Tenant => ConnectorIx::NONE,
                SharedBy::Connector => ConnectorIx(payer.1),
            };
            self.note(
                Actor::Fate,
                What::ScmBudget {
                    scm,
                    connector,
                    spent,
                },
            );
            for at in 0..self.state.world.connectors.len() {
                let connector = ConnectorIx::from(at);
                if self.payer(connector).is_some_and(|it| it.1 == payer) {
                    self.pace_plant(connector);
                }
            }
        }
        self.date_budget(payer, &limit);
    }
}
