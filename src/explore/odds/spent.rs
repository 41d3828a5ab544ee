//! Where the time of each clock went: the critical path of the org whose clock was
//! the last to stop.

use crate::drill::Rig;
use crate::measures::{Cause, Clock, ClockKind, Scene, critical_path};
use crate::model::ids::OrgIx;
use crate::scenario::Plan;

/// Time by cause, in milliseconds, of one run or of many.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Split {
    /// How many clocks it is the sum of.
    pub clocks: u64,
    /// By place in [`Cause::ALL`].
    pub by_ms: [u64; Cause::COUNT],
}

impl Split {
    /// The time of all causes together.
    #[must_use]
    pub fn total_ms(&self) -> u64 {
        self.by_ms.iter().sum()
    }

    fn merge(&mut self, other: &Self) {
        self.clocks += other.clocks;
        for (to, from) in self.by_ms.iter_mut().zip(other.by_ms) {
            *to += from;
        }
    }
}

/// Where the time went, of one run or of many.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Spent {
    /// How many runs were looked at.
    pub runs: u64,
    /// By place in [`ClockKind::ALL`]. A clock that never started, or never stopped,
    /// is left out.
    pub clocks: [Split; 4],
}

impl Spent {
    /// How many runs are looked at from the first one on: of a sample of that size, all.
    pub const FIRST: u64 = 4_096;

    /// Which of the runs after those are: one in so many.
    pub const EVERY: u64 = 64;

    /// Whether a run is looked at. Its steps have to be written down for that, so not
    /// all are; which ones is decided by their number alone.
    #[must_use]
    pub const fn looks_at(run: u64) -> bool {
        run < Self::FIRST || run.is_multiple_of(Self::EVERY)
    }

    /// Where the time of the rig's last run went; its steps were recorded.
    pub(super) fn of(plan: &Plan, rig: &Rig<'_>) -> Self {
        let (outcome, watch) = (rig.outcome(), rig.watch());
        let setting = plan.setting();
        let scene = Scene {
            setting: &setting,
            procedure: &plan.procedure,
            world: &outcome.world,
        };
        let mut worst: [Option<(OrgIx, Clock)>; 4] = [None; 4];
        for org in (0..scene.world.orgs.len()).map(OrgIx::from) {
            let Some(clocks) = watch.clocks_of(&scene, org) else {
                continue;
            };
            for (kind, worst) in ClockKind::ALL.into_iter().zip(&mut worst) {
                let clock = clocks.get(kind);
                if worst.is_none_or(|it| clock > it.1) {
                    *worst = Some((org, clock));
                }
            }
        }
        let hours = |by| &plan.teams.of(by).hours;
        let split = |kind: ClockKind| {
            let (org, clock) = worst[kind as usize]?;
            let after = clock.stopped()?;
            let from = watch.hit_at(&scene, org)?;
            let span = (from, from + after);
            let path = critical_path(&scene, &hours, &outcome.recorded, org, kind, span);
            Some(Split {
                clocks: 1,
                by_ms: Cause::ALL.map(|it| path.part(it).as_millis()),
            })
        };
        Self {
            runs: 1,
            clocks: ClockKind::ALL.map(|kind| split(kind).unwrap_or_default()),
        }
    }

    /// One of the clocks.
    #[must_use]
    pub const fn clock(&self, kind: ClockKind) -> &Split {
        &self.clocks[kind as usize]
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        for (to, from) in self.clocks.iter_mut().zip(&other.clocks) {
            to.merge(from);
        }
    }
}
