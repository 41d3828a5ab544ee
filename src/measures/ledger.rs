//! The loss ledger: every record that a connector held when its outage began ends
//! in exactly one line (F-13, F-14), with who was responsible (F-4).

use crate::model::fleet::RecordKind;
use crate::procedure::STEPS_MAX;

/// How a record ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Line {
    /// Where it was: its connector holds its configuration.
    Kept,
    /// In another connector, that holds its configuration.
    Recreated,
    /// Not recreated, as F-14 says: an alert older than the window, container
    /// mapping, or infrastructure-as-code mapping. The kind tells which part.
    LostAsDocumented,
    /// An alert inside the window when the outage began, and outside it at the
    /// instant from which the platform counted (U-3).
    LostToDelay,
    /// Destroyed, and nothing in F-14 says so.
    LostUndocumented,
    /// In two homes, or twice in one.
    Duplicated,
    /// Its org was deleted at its SCM.
    GoneWithItsOrg,
    /// The run ended first.
    Pending,
}

impl Line {
    /// How many there are.
    pub const COUNT: usize = 8;

    /// Every line, in the order of output.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Kept,
        Self::Recreated,
        Self::LostAsDocumented,
        Self::LostToDelay,
        Self::LostUndocumented,
        Self::Duplicated,
        Self::GoneWithItsOrg,
        Self::Pending,
    ];

    /// The name that people read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Recreated => "recreated",
            Self::LostAsDocumented => "lost-as-documented",
            Self::LostToDelay => "lost-to-delay",
            Self::LostUndocumented => "lost-undocumented",
            Self::Duplicated => "duplicated",
            Self::GoneWithItsOrg => "gone-with-its-org",
            Self::Pending => "pending",
        }
    }

    /// The key in the JSON result.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Recreated => "recreated",
            Self::LostAsDocumented => "lost_as_documented",
            Self::LostToDelay => "lost_to_delay",
            Self::LostUndocumented => "lost_undocumented",
            Self::Duplicated => "duplicated",
            Self::GoneWithItsOrg => "gone_with_org",
            Self::Pending => "pending",
        }
    }

    /// Which part of F-14 a documented loss of a kind comes under.
    #[must_use]
    pub const fn documented_part(kind: RecordKind) -> &'static str {
        match kind {
            RecordKind::Alert => "alerts data more than one week old",
            RecordKind::ContainerMapping => "container mapping data from previous runs",
            RecordKind::IacMapping => "IaC mapping history",
            RecordKind::Recommendation | RecordKind::GraphEntity => "not excluded",
        }
    }
}

/// Who was responsible for how a record ended (F-4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Party {
    /// Nobody: nothing had to be done, or the SCM took it away.
    Nobody,
    /// The published limits of the service (F-14).
    Documented,
    /// The customer's people.
    Customer,
    /// Microsoft: support or the platform.
    Microsoft,
}

impl Party {
    /// How many there are.
    pub const COUNT: usize = 4;

    /// Every one.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Nobody,
        Self::Documented,
        Self::Customer,
        Self::Microsoft,
    ];

    /// The name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Documented => "documented",
            Self::Customer => "customer",
            Self::Microsoft => "microsoft",
        }
    }
}

/// The ledger of a run, in records.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ledger {
    /// By [`Line`], then by [`RecordKind`].
    pub lines: [[u64; 5]; Line::COUNT],
    /// What there was to account for, by [`RecordKind`]; counted on its own when
    /// each outage began.
    pub at_outage: [u64; 5],
    /// By [`Line`], then by [`Party`].
    pub by: [[u64; Party::COUNT]; Line::COUNT],
    /// Alerts lost to delay, by the step that waited.
    pub delay_by_step: [u64; STEPS_MAX],
}

/// A kind whose lines do not add up: an error of the program itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the ledger of {} does not balance: {booked} booked, {at_outage} at the outage", .kind.name())]
pub struct Imbalance {
    /// Which kind.
    pub kind: RecordKind,
    /// The sum of its lines.
    pub booked: u64,
    /// What was counted when the outages began.
    pub at_outage: u64,
}

impl Ledger {
    /// An empty ledger that has to account for so many records.
    pub(super) const fn new(at_outage: [u64; 5]) -> Self {
        Self {
            lines: [[0; 5]; Line::COUNT],
            at_outage,
            by: [[0; Party::COUNT]; Line::COUNT],
            delay_by_step: [0; STEPS_MAX],
        }
    }

    /// Records of one kind in one line.
    #[must_use]
    pub const fn get(&self, line: Line, kind: RecordKind) -> u64 {
        self.lines[line as usize][kind.ix()]
    }

    /// Records of all kinds in one line.
    #[must_use]
    pub fn total(&self, line: Line) -> u64 {
        self.lines[line as usize].iter().sum()
    }

    /// Records in one line that a party was responsible for.
    #[must_use]
    pub const fn by(&self, line: Line, party: Party) -> u64 {
        self.by[line as usize][party as usize]
    }

    /// Whether every record stands in exactly one line.
    ///
    /// # Errors
    /// The first kind for which that is not so. It is never a verdict on a plan:
    /// the program itself is wrong (exit 70).
    pub fn balances(&self) -> Result<(), Imbalance> {
        for kind in RecordKind::ALL {
            let booked = self.lines.iter().map(|line| line[kind.ix()]).sum();
            let at_outage = self.at_outage[kind.ix()];
            if booked != at_outage {
                return Err(Imbalance {
                    kind,
                    booked,
                    at_outage,
                });
            }
        }
        Ok(())
    }
}
