//! What is counted of a run, under a name: what many runs are compared by.

use super::{Clock, ClockKind, Line, Measures};
use crate::model::fleet::RecordKind;
use crate::statistics::Value;

/// Which records are counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Records {
    /// Of every kind.
    All,
    /// Alerts.
    Alerts,
    /// All but alerts.
    Others,
}

impl Records {
    fn holds(self, kind: RecordKind) -> bool {
        match self {
            Self::All => true,
            Self::Alerts => kind == RecordKind::Alert,
            Self::Others => kind != RecordKind::Alert,
        }
    }
}

/// What is counted of a run: one number, in milliseconds or things.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Quantity {
    /// A clock: the largest of all orgs.
    Clock(ClockKind),
    /// How long an org was orphaned, summed over the run: the worst org.
    BlindTime,
    /// The same, summed over all orgs.
    BlindTotal,
    /// The largest number of orgs that were orphaned at one time.
    OrphanedPeak,
    /// Records lost beyond what F-14 announces: to delay, or undocumented.
    Lost(Records),
    /// Records in one line of the ledger.
    Ended(Records, Line),
}

use ClockKind::{Configuration, Full, Ownership, Protection};
use Line::{
    Duplicated, GoneWithItsOrg, Kept, LostAsDocumented, LostToDelay, LostUndocumented, Pending,
    Recreated,
};
use Records::{Alerts, All, Others};

/// Every quantity with its name and what it is.
const TABLE: [(Quantity, &str, &str); Quantity::COUNT] = {
    use Quantity::{BlindTime, BlindTotal, Clock, Ended, Lost, OrphanedPeak};
    [
        (
            Clock(Ownership),
            "clocks.ownership",
            "From the outage until every org has a working owner.",
        ),
        (
            Clock(Protection),
            "clocks.protection",
            "From the outage until alerts, recommendations and graph entities are back.",
        ),
        (
            Clock(Configuration),
            "clocks.configuration",
            "From the outage until grants, auto-discovery and annotations are back.",
        ),
        (
            Clock(Full),
            "clocks.full",
            "From the outage until everything is back, promoted, and the old connector gone.",
        ),
        (
            BlindTime,
            "blind-time",
            "How long an org was orphaned, summed over the run: the worst org.",
        ),
        (
            BlindTotal,
            "blind-time.total",
            "How long orgs were orphaned, summed over the run and over all of them.",
        ),
        (
            OrphanedPeak,
            "orphaned-peak",
            "The largest number of orgs that were orphaned at one time.",
        ),
        (
            Lost(All),
            "losses.lost",
            "Records lost beyond what F-14 announces: to delay, or undocumented.",
        ),
        (
            Ended(All, LostToDelay),
            "losses.lost-to-delay",
            "Records inside the window at the outage and outside at the anchor.",
        ),
        (
            Ended(All, LostUndocumented),
            "losses.lost-undocumented",
            "Records lost that F-14 does not list.",
        ),
        (
            Ended(All, LostAsDocumented),
            "losses.lost-as-documented",
            "Records lost as F-14 says.",
        ),
        (
            Ended(All, Duplicated),
            "losses.duplicated",
            "Records that came back twice.",
        ),
        (
            Ended(All, Pending),
            "losses.pending",
            "Records that were not back when the run ended.",
        ),
        (
            Lost(Alerts),
            "alerts.lost",
            "Alerts lost beyond what F-14 announces: to delay, or undocumented.",
        ),
        (
            Ended(Alerts, Kept),
            "alerts.kept",
            "Alerts that stayed where they were.",
        ),
        (
            Ended(Alerts, Recreated),
            "alerts.recreated",
            "Alerts that are in another connector.",
        ),
        (
            Ended(Alerts, LostAsDocumented),
            "alerts.lost-as-documented",
            "Alerts lost as F-14 says.",
        ),
        (
            Ended(Alerts, LostToDelay),
            "alerts.lost-to-delay",
            "Alerts inside the window at the outage and outside at the anchor.",
        ),
        (
            Ended(Alerts, LostUndocumented),
            "alerts.lost-undocumented",
            "Alerts lost that F-14 does not list.",
        ),
        (
            Ended(Alerts, Duplicated),
            "alerts.duplicated",
            "Alerts that came back twice.",
        ),
        (
            Ended(Alerts, GoneWithItsOrg),
            "alerts.gone-with-its-org",
            "Alerts whose org was deleted at its SCM.",
        ),
        (
            Ended(Alerts, Pending),
            "alerts.pending",
            "Alerts that were not back when the run ended.",
        ),
        (
            Lost(Others),
            "others.lost",
            "Other records lost beyond what F-14 announces.",
        ),
        (
            Ended(Others, Kept),
            "others.kept",
            "Other records that stayed where they were.",
        ),
        (
            Ended(Others, Recreated),
            "others.recreated",
            "Other records that are in another connector.",
        ),
        (
            Ended(Others, LostAsDocumented),
            "others.lost-as-documented",
            "Other records lost as F-14 says.",
        ),
        (
            Ended(Others, LostUndocumented),
            "others.lost-undocumented",
            "Other records lost that F-14 does not list.",
        ),
        (
            Ended(Others, Duplicated),
            "others.duplicated",
            "Other records that came back twice.",
        ),
        (
            Ended(Others, GoneWithItsOrg),
            "others.gone-with-its-org",
            "Other records whose org was deleted at its SCM.",
        ),
        (
            Ended(Others, Pending),
            "others.pending",
            "Other records that were not back when the run ended.",
        ),
    ]
};

impl Quantity {
    /// How many there are.
    pub const COUNT: usize = 30;

    /// Every one, in the order of output.
    pub const ALL: [Self; Self::COUNT] = {
        let mut all = [Self::BlindTime; Self::COUNT];
        let mut at = 0;
        while at < all.len() {
            all[at] = TABLE[at].0;
            at += 1;
        }
        all
    };

    /// Name and sentence of every one, in the same order.
    pub const DOCS: [(&'static str, &'static str); Self::COUNT] = {
        let mut all = [("", ""); Self::COUNT];
        let mut at = 0;
        while at < all.len() {
            all[at] = (TABLE[at].1, TABLE[at].2);
            at += 1;
        }
        all
    };

    /// The quantity of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        TABLE.iter().find(|it| it.1 == name).map(|it| it.0)
    }

    /// Its place in [`Self::ALL`].
    #[must_use]
    pub fn ix(self) -> usize {
        let place = TABLE.iter().position(|it| it.0 == self);
        place.expect("every quantity is in the table")
    }

    /// The name in scenario files and output; where `expect` bounds it, the same as
    /// there.
    #[must_use]
    pub fn name(self) -> &'static str {
        TABLE[self.ix()].1
    }

    /// What it is, in a sentence.
    #[must_use]
    pub fn says(self) -> &'static str {
        TABLE[self.ix()].2
    }

    /// Whether it is a length of time, in milliseconds.
    #[must_use]
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Clock(_) | Self::BlindTime | Self::BlindTotal)
    }

    /// What a run came to; nothing where nothing put it to the test: no outage, or
    /// nothing in it that could be counted. A time that is not over when the run ends
    /// is [`Value::Never`].
    #[must_use]
    pub fn read(self, measures: &Measures) -> Option<Value> {
        let ledger = &measures.ledger;
        let held = |of: Records| {
            let kinds = RecordKind::ALL.into_iter();
            kinds
                .filter(|&it| of.holds(it))
                .any(|it| ledger.at_outage[it.ix()] > 0)
        };
        let total = |of: Records, line: Line| -> u64 {
            let kinds = RecordKind::ALL.into_iter().filter(|&it| of.holds(it));
            kinds.map(|it| ledger.get(line, it)).sum()
        };
        let blind = |time: u64| {
            // Somebody is orphaned still, and goes on being so.
            let open = measures.clocks.ownership == Clock::Running;
            (measures.orphaned_peak > 0).then_some(match open {
                true => Value::Never,
                false => Value::At(time),
            })
        };
        match self {
            Self::Clock(kind) => match measures.clocks.get(kind) {
                Clock::Idle => None,
                Clock::Stopped(after) => Some(Value::At(after.as_millis())),
                Clock::Running => Some(Value::Never),
            },
            Self::BlindTime => blind(measures.blind_max.as_millis()),
            Self::BlindTotal => blind(measures.blind_ms_total),
            Self::OrphanedPeak => Some(Value::At(measures.orphaned_peak)),
            Self::Lost(of) => held(of).then(|| {
                Value::At(total(of, Line::LostToDelay) + total(of, Line::LostUndocumented))
            }),
            Self::Ended(of, line) => held(of).then(|| Value::At(total(of, line))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_and_found() {
        for (place, quantity) in Quantity::ALL.into_iter().enumerate() {
            assert_eq!(quantity.ix(), place);
            assert_eq!(Quantity::from_name(quantity.name()), Some(quantity));
            assert!(quantity.says().ends_with('.'));
        }
        assert_eq!(Quantity::from_name("clocks"), None);
    }
}
