//! Where each record of an org ended: constant work an org and kind, however many
//! records there are, because copies are the records `0..n`.

use super::ledger::{Ledger, Line, Party};
use super::row::Row;
use super::{Scene, Watch};
use crate::model::command::Actor;
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx, StepIx};
use crate::model::world::{Life, OldCopy, OrgState, Ticket};

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
            let mut ledger = OrgLedger {
                delayed_by: self.blamed(org),
                ..OrgLedger::default()
            };
            self.book(
                scene,
                &Extras::of(scene),
                org,
                |line, kind, count, party| {
                    ledger.lines[line as usize][kind.ix()] += count;
                    ledger.by[line as usize][party as usize] += count;
                },
            );
            ledger
        })
    }

    /// Books an org that was hit into the ledger of the run.
    #[inline]
    pub(super) fn book_into(
        &self,
        scene: &Scene<'_>,
        extras: &Extras,
        org: OrgIx,
        ledger: &mut Ledger,
    ) {
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
        let homes = Homes::of(scene, extras, org, fleet_row.connector, state);
        for kind in RecordKind::ALL {
            let count = fleet_row.records[kind.ix()];
            if count == 0 {
                continue;
            }
            if !state.exists {
                say(Line::GoneWithItsOrg, kind, count, Party::Nobody);
                continue;
            }
            let copies = homes.copies(scene, state, kind, count);
            if copies.twice > 0 {
                say(Line::Duplicated, kind, copies.twice, Party::Microsoft);
            }
            if homes.old == Life::Active {
                say(Line::Kept, kind, count - copies.twice, Party::Nobody);
                continue;
            }
            if copies.once > copies.twice {
                say(
                    Line::Recreated,
                    kind,
                    copies.once - copies.twice,
                    Party::Microsoft,
                );
            }
            let missing = Missing::of(row, kind, copies, count);
            if missing.documented > 0 {
                say(
                    Line::LostAsDocumented,
                    kind,
                    missing.documented,
                    Party::Documented,
                );
            }
            if missing.delayed > 0 {
                say(
                    Line::LostToDelay,
                    kind,
                    missing.delayed,
                    self.party_of_delay(scene, org),
                );
            }
            if missing.destroyed > 0 {
                say(
                    Line::LostUndocumented,
                    kind,
                    missing.destroyed,
                    self.party_of_deletion(scene, org),
                );
            }
            if missing.pending > 0 {
                say(
                    Line::Pending,
                    kind,
                    missing.pending,
                    party_of_pending(scene, org),
                );
            }
        }
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

/// Whose work the org waits for (F-4). The customer establishes the new connector (F-6),
/// asks for the org in a ticket (F-9), and grants the account access to it; releasing,
/// claiming and recreating are Microsoft's (F-9, F-10, F-13).
fn party_of_pending(scene: &Scene<'_>, org: OrgIx) -> Party {
    let (world, state) = (scene.world, scene.world.org(org));
    let target = state.recovery.get().map(|it| world.recovery(it).target);
    let Some(target) = target.and_then(ConnectorIx::get) else {
        return Party::Customer;
    };
    if world.connector(target).established_at.is_none() {
        return Party::Customer;
    }
    let asked_for = || {
        let ours = |it: &&Ticket| it.recovery == state.recovery;
        world
            .tickets
            .iter()
            .filter(ours)
            .any(|it| it.covers.contains(org.0))
    };
    let may_claim = || world.may_claim(scene.setting, target, org);
    if state.owner == target || asked_for() && may_claim() {
        Party::Microsoft
    } else {
        Party::Customer
    }
}

/// Whose side somebody is on (F-4).
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

/// The records `copies.once..count`: in no connector that could use them.
struct Missing {
    documented: u32,
    delayed: u32,
    destroyed: u32,
    pending: u32,
}

impl Missing {
    #[inline]
    fn of(row: &Row, kind: RecordKind, copies: Copies, count: u32) -> Self {
        // F-14: the records from here on are not recreated at all.
        let promised = match kind {
            RecordKind::Alert => row.in_window,
            RecordKind::Recommendation | RecordKind::GraphEntity => count,
            RecordKind::ContainerMapping | RecordKind::IacMapping => 0,
        }
        .max(copies.once);
        // The records from here on were too old when the platform looked.
        let cut = if kind == RecordKind::Alert {
            row.cut.clamp(copies.once, promised)
        } else {
            promised
        };
        // The records from here on lie nowhere any more.
        let alive = copies.readable.clamp(copies.once, cut);
        Self {
            documented: count - promised,
            delayed: promised - cut,
            destroyed: cut - alive,
            pending: alive - copies.once,
        }
    }
}

/// Where an org's records may lie.
struct Homes<'a> {
    /// The connector that held them at T+0, and how it stands.
    held_by: ConnectorIx,
    old: Life,
    /// How their last home stands. Recreated into the very connector that held
    /// them at T+0, they are no second copy.
    last: Option<Life>,
    older: &'a [OldCopy],
    twice: &'a [(OrgIx, RecordKind, u32)],
}

impl<'a> Homes<'a> {
    #[inline]
    fn of(
        scene: &Scene<'_>,
        extras: &'a Extras,
        org: OrgIx,
        held_by: ConnectorIx,
        state: &OrgState,
    ) -> Self {
        let life = |connector: ConnectorIx| scene.world.connector(connector).life;
        let last = state.home.get().filter(|&it| it != held_by).map(life);
        let (older, twice) = (extras.old_of(org), extras.twice_of(org));
        Self {
            held_by,
            old: life(held_by),
            last,
            older,
            twice,
        }
    }

    /// How far the copies of one kind reach.
    #[inline]
    fn copies(&self, scene: &Scene<'_>, state: &OrgState, kind: RecordKind, count: u32) -> Copies {
        let mut copies = Copies {
            once: 0,
            twice: 0,
            readable: 0,
        };
        copies.add(self.old, count);
        if kind.ix() >= RecordKind::RECREATED.len() {
            return copies;
        }
        if let Some(last) = self.last {
            copies.add(last, state.recreated[kind.ix()].min(count));
        }
        for it in self.older.iter().filter(|it| it.kind == kind) {
            if it.connector != self.held_by && it.connector != state.home {
                copies.add(scene.world.connector(it.connector).life, it.upto.min(count));
            }
        }
        if !self.twice.is_empty() {
            let repeats: u32 = self
                .twice
                .iter()
                .filter(|it| it.1 == kind)
                .map(|it| it.2)
                .sum();
            copies.twice = copies.twice.max(repeats.min(copies.once));
        }
        copies
    }
}

impl Copies {
    /// One more copy, of the records `0..upto`, in a connector that stands so.
    #[inline]
    fn add(&mut self, life: Life, upto: u32) {
        if life == Life::Active {
            self.twice = self.twice.max(upto.min(self.once));
            self.once = self.once.max(upto);
        }
        if life != Life::Deleted {
            self.readable = self.readable.max(upto);
        }
    }
}
