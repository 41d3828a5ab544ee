//! Where each record of an org ended: constant work an org and kind, however many
//! records there are, because copies are the records `0..n`.

use super::ledger::{Ledger, Line, Party};
use super::row::Row;
use super::{Scene, Watch};
use crate::model::command::Actor;
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx, StepIx};
use crate::model::world::{Life, OldCopy, OrgState};

/// The ledger of one org, in records.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OrgLedger {
    /// By [`Line`], then by [`RecordKind`].
    pub lines: [[u32; 5]; Line::COUNT],
    /// By [`Line`], then by [`Party`].
    pub by: [[u32; Party::COUNT]; Line::COUNT],
    /// The step that what was lost to delay is laid to.
    pub delayed_by: Option<StepIx>,
}

impl OrgLedger {
    /// Records of one kind in one line.
    #[must_use]
    pub const fn get(&self, line: Line, kind: RecordKind) -> u32 {
        self.lines[line as usize][kind.ix()]
    }

    /// Records of all kinds in one line.
    #[must_use]
    pub fn total(&self, line: Line) -> u32 {
        self.lines[line as usize].iter().sum()
    }
}

/// How far the copies of one kind of an org's records reach: each is `0..n`.
#[derive(Clone, Copy)]
struct Copies {
    /// In at least one connector that holds its configuration.
    once: u32,
    /// In two of them, or twice in one.
    twice: u32,
    /// In any connector that is not deleted.
    readable: u32,
}

impl Watch {
    /// Where the records of an org ended; nothing for one that was never hit.
    #[must_use]
    pub fn explain(&self, scene: &Scene<'_>, org: OrgIx) -> Option<OrgLedger> {
        self.was_hit(org).then(|| {
            let mut ledger = OrgLedger { delayed_by: self.blamed(org), ..OrgLedger::default() };
            self.book(scene, &Extras::of(scene), org, |line, kind, count, party| {
                ledger.lines[line as usize][kind.ix()] += count;
                ledger.by[line as usize][party as usize] += count;
            });
            ledger
        })
    }

    /// Books an org that was hit into the ledger of the run.
    #[inline]
    pub(super) fn book_into(&self, scene: &Scene<'_>, extras: &Extras, org: OrgIx, ledger: &mut Ledger) {
        self.book(scene, extras, org, |line, kind, count, party| {
            ledger.lines[line as usize][kind.ix()] += u64::from(count);
            ledger.by[line as usize][party as usize] += u64::from(count);
            if line == Line::LostToDelay
                && let Some(step) = self.blamed(org)
            {
                ledger.delay_by_step[step.ix()] += u64::from(count);
            }
        });
    }

    #[inline]
    fn book(
        &self,
        scene: &Scene<'_>,
        extras: &Extras,
        org: OrgIx,
        mut say: impl FnMut(Line, RecordKind, u32, Party),
    ) {
        let fleet_row = scene.setting.fleet.org(org);
        let (row, state) = (self.row(org), scene.world.org(org));
        let old = fleet_row.connector;
        let mut say = |line, kind, count, party| {
            if count > 0 {
                say(line, kind, count, party);
            }
        };
        let kept = scene.world.connector(old).life == Life::Active;
        for kind in RecordKind::ALL {
            let count = fleet_row.records[kind.ix()];
            if !state.exists {
                say(Line::GoneWithItsOrg, kind, count, Party::Nobody);
                continue;
            }
            let copies = copies(scene, state, old, kind, count, extras.old_of(org), extras.twice_of(org));
            say(Line::Duplicated, kind, copies.twice, Party::Microsoft);
            if kept {
                say(Line::Kept, kind, count - copies.twice, Party::Nobody);
                continue;
            }
            say(Line::Recreated, kind, copies.once - copies.twice, Party::Microsoft);
            self.book_missing(scene, row, org, kind, copies, count, &mut say);
        }
    }

    /// The records `copies.once..count`: in no connector that could use them.
    #[expect(clippy::too_many_arguments, reason = "one straight piece of the booking above")]
    #[inline]
    fn book_missing(
        &self,
        scene: &Scene<'_>,
        row: &Row,
        org: OrgIx,
        kind: RecordKind,
        copies: Copies,
        count: u32,
        say: &mut impl FnMut(Line, RecordKind, u32, Party),
    ) {
        // F-14: the records from here on are not recreated at all.
        let promised = match kind {
            RecordKind::Alert => row.in_window,
            RecordKind::Recommendation | RecordKind::GraphEntity => count,
            RecordKind::ContainerMapping | RecordKind::IacMapping => 0,
        };
        say(Line::LostAsDocumented, kind, count - promised.max(copies.once), Party::Documented);
        if copies.once >= promised {
            return;
        }
        // The records from here on were too old when the platform looked.
        let cut = if kind == RecordKind::Alert { row.cut.min(promised) } else { promised };
        let cut = cut.max(copies.once);
        say(Line::LostToDelay, kind, promised - cut, self.party_of_delay(scene, org));
        let alive = copies.readable.clamp(copies.once, cut);
        say(Line::LostUndocumented, kind, cut - alive, self.party_of_deletion(scene, org));
        say(Line::Pending, kind, alive - copies.once, party_of_pending(scene, org));
    }

    fn party_of_delay(&self, scene: &Scene<'_>, org: OrgIx) -> Party {
        let step = self.blamed(org).map(|it| scene.procedure.step(it).by);
        step.map_or(Party::Microsoft, party)
    }

    /// Who deleted the connector that held the records at T+0.
    fn party_of_deletion(&self, scene: &Scene<'_>, org: OrgIx) -> Party {
        let old = scene.setting.fleet.org(org).connector;
        self.deleted_by(old).map_or(Party::Microsoft, party)
    }
}

/// Whose work the org waits for: recreation is Microsoft's once the new connector
/// is established (F-13), and establishing it is the customer's (F-6).
fn party_of_pending(scene: &Scene<'_>, org: OrgIx) -> Party {
    let recovery = scene.world.org(org).recovery.get().map(|it| scene.world.recovery(it));
    let target = recovery.and_then(|it| it.target.get()).map(|it| scene.world.connector(it));
    if target.is_some_and(|it| it.established_at.is_some()) { Party::Microsoft } else { Party::Customer }
}

fn party(actor: Actor) -> Party {
    match actor {
        Actor::Fate => Party::Nobody,
        Actor::Platform | Actor::Support => Party::Microsoft,
        Actor::Operator | Actor::Outside => Party::Customer,
    }
}

/// The copies and repeats that a run rarely has, in the order of the orgs, so that
/// a sweep finds an org's own without reading all.
pub(super) struct Extras {
    old: Vec<OldCopy>,
    twice: Vec<(OrgIx, RecordKind, u32)>,
}

impl Extras {
    pub(super) fn of(scene: &Scene<'_>) -> Self {
        let (mut old, mut twice) = (scene.world.old_copies.clone(), scene.world.twice.clone());
        old.sort_by_key(|it| it.org);
        twice.sort_by_key(|it| it.0);
        Self { old, twice }
    }

    fn old_of(&self, org: OrgIx) -> &[OldCopy] {
        run_of(&self.old, org, |it| it.org)
    }

    fn twice_of(&self, org: OrgIx) -> &[(OrgIx, RecordKind, u32)] {
        run_of(&self.twice, org, |it| it.0)
    }
}

#[inline]
fn run_of<T>(sorted: &[T], org: OrgIx, of: impl Fn(&T) -> OrgIx) -> &[T] {
    if sorted.is_empty() {
        return sorted;
    }
    let from = sorted.partition_point(|it| of(it) < org);
    let rest = &sorted[from..];
    &rest[..rest.partition_point(|it| of(it) == org)]
}

/// How far the copies of one kind reach.
#[inline]
fn copies(
    scene: &Scene<'_>,
    state: &OrgState,
    old: ConnectorIx,
    kind: RecordKind,
    count: u32,
    older: &[OldCopy],
    twice: &[(OrgIx, RecordKind, u32)],
) -> Copies {
    let world = scene.world;
    let mut copies = Copies { once: 0, twice: 0, readable: 0 };
    let mut add = |connector: ConnectorIx, upto: u32| {
        let upto = upto.min(count);
        match world.connector(connector).life {
            Life::Active => {
                copies.twice = copies.twice.max(upto.min(copies.once));
                copies.once = copies.once.max(upto);
                copies.readable = copies.readable.max(upto);
            }
            Life::ConfigLost => copies.readable = copies.readable.max(upto),
            Life::Deleted => {}
        }
    };
    add(old, count);
    if kind.ix() < RecordKind::RECREATED.len() && state.home.is_some() {
        // Recreated into the very connector that held them at T+0, they are no
        // second copy; that they lie there twice is said below.
        if state.home != old {
            add(state.home, state.recreated[kind.ix()]);
        }
        for it in older.iter().filter(|it| it.kind == kind) {
            if it.connector != old && it.connector != state.home {
                add(it.connector, it.upto);
            }
        }
    }
    let repeats: u32 = twice.iter().filter(|it| it.1 == kind).map(|it| it.2).sum();
    copies.twice = copies.twice.max(repeats.min(copies.once));
    copies
}
