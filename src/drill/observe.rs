//! Those who read the fact stream, each after the fact has been applied: the
//! trace, the measures, the checks. None of them can change anything.

use super::trace::Trace;
use crate::checks::Checks;
use crate::measures::{Scene, Watch};
use crate::model::fact::Fact;
use crate::model::ids::OrgIx;
use crate::model::rules::Setting;
use crate::model::world::World;
use crate::scenario::Plan;
use crate::time::Instant;

#[derive(Clone, Debug, Default)]
pub(super) struct Observers {
    pub(super) trace: Trace,
    pub(super) watch: Watch,
    pub(super) checks: Checks,
    /// When the discovery that has just ended began.
    pub(super) last_exploration: Instant,
}

impl Observers {
    pub(super) fn new(plan: &Plan, world: &World) -> Self {
        let steps = plan.procedure.steps.iter().map(|it| &*it.name);
        let trace = Trace::new(&plan.fleet, steps);
        let setting = plan.setting();
        let scene = Scene {
            setting: &setting,
            procedure: &plan.procedure,
            world,
        };
        Self {
            trace,
            watch: Watch::new(&scene),
            checks: Checks::default(),
            last_exploration: Instant::ZERO,
        }
    }

    pub(super) fn reset_from(&mut self, snapshot: &Self) {
        self.trace.reset_from(&snapshot.trace);
        self.watch.reset_from(&snapshot.watch);
        self.checks.clone_from(&snapshot.checks);
        self.last_exploration = snapshot.last_exploration;
    }

    /// Reads what is kept of an org before it is needed.
    pub(super) fn look_ahead(&self, org: OrgIx) {
        std::hint::black_box(self.trace.orgs[org.ix()]);
        self.watch.look_ahead(org);
    }

    #[inline(always)]
    pub(super) fn observe(
        &mut self,
        plan: &Plan,
        setting: &Setting<'_>,
        world: &World,
        fact: &Fact,
    ) {
        self.trace.write(&plan.fleet, world, fact);
        let scene = Scene {
            setting,
            procedure: &plan.procedure,
            world,
        };
        self.watch.observe(&scene, fact);
        self.checks.observe(&scene, &self.watch, fact);
    }
}
