//! How many requests an SCM takes, and who shares them (D-12).

use crate::model::fleet::Scm;
use crate::time::Duration;

/// The limits of a scenario, by kind of SCM; without one there is none.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ScmLimits([Option<ScmLimit>; 3]);

/// A budget of requests that is full again at every reset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ScmLimit {
    /// How many requests there are until the next reset.
    pub requests: u64,
    /// From one reset to the next; the first is at T+0.
    pub window: Duration,
    /// How many requests discovery makes for each project, or repo at GitHub.
    pub per_unit: u32,
    /// Who shares the budget.
    pub shared_by: SharedBy,
}

/// Who shares a budget.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum SharedBy {
    /// All connectors of that kind of SCM in a tenant: one person authorised them
    /// (D-7).
    #[default]
    Tenant,
    /// Nobody: each connector has its own, since each was authorised by somebody else.
    Connector,
}

impl ScmLimits {
    /// The limit of a kind of SCM.
    #[inline]
    #[must_use]
    pub const fn of(&self, scm: Scm) -> Option<&ScmLimit> {
        self.0[scm as usize].as_ref()
    }

    /// Sets the limit of a kind of SCM.
    pub const fn set(&mut self, scm: Scm, limit: ScmLimit) {
        self.0[scm as usize] = Some(limit);
    }
}
