//! What is kept of each org while a run is under way.

use super::conditions::Condition;
use crate::model::ids::StepIx;
use crate::time::Instant;

/// An instant, or never, in eight bytes: `Option<Instant>` takes sixteen, and a
/// million rows are read from memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Stamp(i64);

impl Stamp {
    pub(super) const NEVER: Self = Self(i64::MIN);
    pub(super) const START: Self = Self(0);

    #[inline]
    pub(super) const fn at(instant: Instant) -> Self {
        Self(instant.as_millis())
    }

    #[inline]
    pub(super) const fn get(self) -> Option<Instant> {
        if self.0 == i64::MIN {
            None
        } else {
            Some(Instant::from_millis(self.0))
        }
    }

    /// A number that grows with the instant, and is largest for never.
    #[inline]
    pub(super) const fn never_last(self) -> u64 {
        self.0 as u64
    }

    #[inline]
    pub(super) const fn is_never(self) -> bool {
        self.0 == i64::MIN
    }
}

/// The connector that held the org at T+0 has been hit.
const HIT: u8 = 1;
/// The org exists, or did at some time.
const SEEN: u8 = 2;
/// The org had a working owner at some time: from then on it can lose one.
const EVER_COVERED: u8 = 4;
/// The org was released and not claimed since.
const RELEASED: u8 = 8;
/// The org's last claim followed a release.
const CLAIMED_AFTER_RELEASE: u8 = 16;

/// One org. 112 bytes: with what the checks keep, below two cache lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// Since when each condition has been true without a break.
    pub(super) since: [Stamp; Condition::COUNT],
    /// Since when it exists without a working owner.
    pub(super) orphaned_since: Stamp,
    /// How long it was orphaned, without the time that is still running.
    pub(super) blind_ms: u64,
    /// The longest time from a loss of its working owner to the next one.
    pub(super) loss_ms: u64,
    /// When that loss was.
    pub(super) loss_from: Stamp,
    /// How long the slowest step for this org took, from its needs to its end.
    pub(super) slowest_ms: u64,
    /// Alerts that were inside the window when the outage began (F-14).
    pub(super) in_window: u32,
    /// Alerts that were inside the window at the anchor of a recreation that is
    /// finished; [`Row::UNCUT`] while none is.
    pub(super) cut: u32,
    /// Which step that was.
    pub(super) slowest: StepIx,
    /// The step that a delay beyond the window is laid to.
    pub(super) blamed: StepIx,
    flags: u8,
}

impl Row {
    /// No recreation is finished.
    pub(super) const UNCUT: u32 = u32::MAX;

    /// A row of an org that stands healthy at T+0, or that does not exist yet.
    pub(super) fn new(exists: bool) -> Self {
        let mut since = [if exists { Stamp::START } else { Stamp::NEVER }; Condition::COUNT];
        since[Condition::Promoted as usize] = Stamp::NEVER;
        Self {
            since,
            orphaned_since: Stamp::NEVER,
            blind_ms: 0,
            loss_ms: 0,
            loss_from: Stamp::NEVER,
            slowest_ms: 0,
            in_window: 0,
            cut: Self::UNCUT,
            slowest: StepIx(u8::MAX),
            blamed: StepIx(u8::MAX),
            flags: if exists { SEEN | EVER_COVERED } else { 0 },
        }
    }

    /// Since when a condition has been true without a break.
    #[inline]
    pub(super) const fn since(&self, condition: Condition) -> Option<Instant> {
        self.since[condition as usize].get()
    }

    #[inline]
    pub(super) const fn is_hit(&self) -> bool {
        self.flags & HIT != 0
    }

    pub(super) fn hit(&mut self, in_window: u32) {
        self.flags |= HIT;
        self.in_window = in_window;
    }

    #[inline]
    pub(super) const fn was_seen(&self) -> bool {
        self.flags & SEEN != 0
    }

    pub(super) fn see(&mut self) {
        self.flags |= SEEN;
    }

    #[inline]
    pub(super) const fn was_covered(&self) -> bool {
        self.flags & EVER_COVERED != 0
    }

    #[inline]
    pub(super) fn cover(&mut self) {
        self.flags |= EVER_COVERED;
    }

    #[inline]
    pub(super) fn release(&mut self) {
        self.flags |= RELEASED;
    }

    /// Its owner was deleted: who claims it next does not follow a release.
    #[inline]
    pub(super) fn unown(&mut self) {
        self.flags &= !RELEASED;
    }

    #[inline]
    pub(super) fn claim(&mut self) {
        let followed = self.flags & RELEASED != 0;
        self.flags &= !(RELEASED | CLAIMED_AFTER_RELEASE);
        if followed {
            self.flags |= CLAIMED_AFTER_RELEASE;
        }
    }

    #[inline]
    pub(super) const fn claim_followed_release(&self) -> bool {
        self.flags & CLAIMED_AFTER_RELEASE != 0
    }
}

// A row that grows is a decision: at a million orgs it is memory traffic.
const _: () = assert!(size_of::<Row>() <= 112);
