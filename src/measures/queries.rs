//! What a watch can be asked.

use super::conditions::Condition;
use super::row::{Row, Stamp};
use super::{Measures, Scene, Watch};
use crate::model::command::Actor;
use crate::model::ids::{ConnectorIx, OrgIx, RecoveryIx, StepIx};
use crate::time::{Duration, Instant};

/// A time during which a condition of an org was true, and after which it was not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spell {
    /// Whose.
    pub org: OrgIx,
    /// Which.
    pub condition: Condition,
    /// When it became true.
    pub since: Instant,
    /// When it broke.
    pub until: Instant,
}

/// A time during which an org that had a working owner had none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Loss {
    /// When it lost its working owner.
    pub from: Instant,
    /// How long until it had one again; nothing while it has none.
    pub lasted: Option<Duration>,
}

impl Watch {
    /// The measures of a run that ends now.
    #[must_use]
    pub fn finish(&self, scene: &Scene<'_>, end: Instant) -> Measures {
        Measures::of(self, scene, end)
    }

    #[inline]
    pub(super) fn row(&self, org: OrgIx) -> &Row {
        &self.rows[org.ix()]
    }

    /// Since when a condition of an org has been true without a break.
    #[inline]
    #[must_use]
    pub fn since(&self, org: OrgIx, condition: Condition) -> Option<Instant> {
        self.row(org).since(condition)
    }

    /// Whether a condition of an org was ever untrue.
    #[inline]
    #[must_use]
    pub fn was_broken(&self, org: OrgIx, condition: Condition) -> bool {
        self.row(org).since[condition as usize] != Stamp::START
    }

    /// What was won back and lost again, in the order of the losses.
    #[must_use]
    pub fn past(&self) -> &[Spell] {
        &self.past
    }

    /// Whether the connector that held an org at T+0 was hit.
    #[inline]
    #[must_use]
    pub fn was_hit(&self, org: OrgIx) -> bool {
        self.row(org).is_hit()
    }

    /// Whether any connector was hit.
    #[must_use]
    pub const fn any_hit(&self) -> bool {
        self.any_hit
    }

    /// How many of an org's alerts were inside the window when the outage began.
    #[inline]
    #[must_use]
    pub fn in_window(&self, org: OrgIx) -> u32 {
        self.row(org).in_window
    }

    /// Whether the platform has finished the recreation of an org's records.
    #[must_use]
    pub fn recreation_is_finished(&self, org: OrgIx) -> bool {
        self.row(org).cut != Row::UNCUT
    }

    /// Whether the last claim of an org followed a release.
    #[inline]
    #[must_use]
    pub fn claim_followed_release(&self, org: OrgIx) -> bool {
        self.row(org).claim_followed_release()
    }

    /// An org's longest time without a working owner, from a loss that is over.
    #[must_use]
    pub fn longest_loss(&self, org: OrgIx) -> Option<Loss> {
        let row = self.row(org);
        let from = row.loss_from.get()?;
        Some(Loss {
            from,
            lasted: Some(Duration::from_millis(row.loss_ms)),
        })
    }

    /// The loss of a working owner that is not over, if the org had one before.
    #[must_use]
    pub fn open_loss(&self, org: OrgIx) -> Option<Loss> {
        let row = self.row(org);
        let from = row.orphaned_since.get().filter(|_| row.was_covered())?;
        Some(Loss { from, lasted: None })
    }

    /// How long an org was without a working owner, until `end`.
    #[must_use]
    pub fn blind(&self, org: OrgIx, end: Instant) -> Duration {
        let row = self.row(org);
        let open = row
            .orphaned_since
            .get()
            .map_or(Duration::ZERO, |since| end.since(since));
        Duration::from_millis(row.blind_ms).saturating_add(open)
    }

    /// When a connector was deleted.
    #[must_use]
    pub fn deleted_at(&self, connector: ConnectorIx) -> Option<Instant> {
        self.connectors[connector.ix()].deleted.map(|it| it.0)
    }

    /// When an org was deleted at its SCM.
    #[must_use]
    pub fn org_deleted_at(&self, org: OrgIx) -> Option<Instant> {
        let found = self
            .deleted_orgs
            .binary_search_by_key(&org, |it| it.0)
            .ok()?;
        Some(self.deleted_orgs[found].1)
    }

    /// Who deleted a connector.
    #[must_use]
    pub fn deleted_by(&self, connector: ConnectorIx) -> Option<Actor> {
        self.connectors[connector.ix()].deleted.map(|it| it.1)
    }

    /// Since when a connector is up again after an outage; for one that is down
    /// again, the start and the end of the longest time that it was up.
    #[must_use]
    pub fn recovered(&self, connector: ConnectorIx) -> Option<(Instant, Option<Instant>)> {
        let row = &self.connectors[connector.ix()];
        row.up_since
            .map(|it| (it, None))
            .or(row.up_longest.map(|it| (it.0, Some(it.1))))
    }

    /// When a step of a recovery was last finished, or a ticket of it closed.
    #[must_use]
    pub fn settled_at(&self, recovery: RecoveryIx) -> Option<Instant> {
        self.recoveries[recovery.ix()].settled
    }

    /// The step that an org's loss by delay is laid to.
    #[must_use]
    pub fn blamed(&self, org: OrgIx) -> Option<StepIx> {
        let blamed = self.row(org).blamed;
        (blamed.0 != u8::MAX).then_some(blamed)
    }
}
