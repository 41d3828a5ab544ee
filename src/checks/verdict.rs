//! What a check says of a run.

use super::case::{Case, Detail};
use super::catalogue::CheckId;
use crate::measures::{Scene, connector_name, org_name};
use crate::model::fact::FactKind;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::time::Instant;
use std::borrow::Cow;

/// What came of a check, worst first: the smallest of many is the one that counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verdict {
    /// It does not hold.
    Violated,
    /// Not met yet, and its deadline is after the end of the run.
    Inconclusive,
    /// The faults left no way to succeed.
    Excused,
    /// It was put to the test and holds.
    Held,
    /// Nothing put it to the test. Never counted as held.
    Vacuous,
}

impl Verdict {
    /// Every verdict, worst first.
    pub const ALL: [Self; 5] = [
        Self::Violated,
        Self::Inconclusive,
        Self::Excused,
        Self::Held,
        Self::Vacuous,
    ];

    /// The name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Violated => "violated",
            Self::Inconclusive => "inconclusive",
            Self::Excused => "excused",
            Self::Held => "held",
            Self::Vacuous => "vacuous",
        }
    }
}

/// Whom a verdict is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Who {
    /// An org.
    Org(OrgIx),
    /// A connector.
    Connector(ConnectorIx),
}

impl Who {
    /// Its name.
    #[must_use]
    pub fn name<'a>(self, scene: &Scene<'a>) -> Cow<'a, str> {
        match self {
            Self::Org(org) => Cow::Borrowed(org_name(scene, org)),
            Self::Connector(connector) => Cow::Owned(connector_name(scene, connector)),
        }
    }
}

/// A check's word on a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judgement {
    /// Which check.
    pub check: CheckId,
    /// The worst verdict of its subjects.
    pub verdict: Verdict,
    /// When it was first violated; for a deadline, the deadline.
    pub at: Option<Instant>,
    /// How many subjects got the verdict. Where it held: how many were put to the test.
    pub subjects: u64,
    /// The first five of those that did not hold, in the order in which they were
    /// found; empty where the case asks for [numbers](super::Detail::Numbers) alone.
    pub who: Vec<Who>,
    /// Everybody who violates it or has not met it yet, with that verdict, in the
    /// order in which they were found, perhaps more than once; empty unless the
    /// case [asks for it](super::Detail::Everybody).
    pub missed: Vec<(Verdict, Who)>,
    /// How far from its limit the nearest miss was, in milliseconds: the deadline
    /// minus the instant when it was met, of the subject for which that is least.
    /// Negative for one that was met late. Nothing where there is no deadline, or
    /// where a subject that the faults do not excuse was never met: how far it is
    /// from its limit, nobody can say.
    pub margin_ms: Option<i64>,
    /// One sentence with names and times; empty where the case asks for
    /// [numbers](super::Detail::Numbers) alone.
    pub message: Cow<'static, str>,
    /// The fact that violated it, or from which its deadline counts.
    pub led_by: Option<(FactKind, Instant)>,
}

/// The first few of possibly very many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Few {
    who: [Option<Who>; Self::MOST],
}

impl Few {
    /// How many a judgement names.
    pub(super) const MOST: usize = 5;

    pub(super) const NONE: Self = Self {
        who: [None; Self::MOST],
    };

    pub(super) fn add(&mut self, who: Who) {
        if let Some(free) = self.who.iter_mut().find(|it| it.is_none()) {
            *free = Some(who);
        }
    }

    /// Those whom a judgement names.
    pub(super) fn list(&self, case: &Case<'_>) -> Vec<Who> {
        let named = case.detail >= Detail::Sentence;
        self.who
            .iter()
            .flatten()
            .copied()
            .filter(|_| named)
            .collect()
    }

    /// The name of the first.
    pub(super) fn first<'a>(&self, scene: &Scene<'a>) -> Cow<'a, str> {
        self.who[0].map_or(Cow::Borrowed("nobody"), |it| it.name(scene))
    }

    /// The others of `count`, to end a sentence about the first: nothing, or
    /// `; 7 more too: b, c, d, e, …`.
    pub(super) fn others(&self, scene: &Scene<'_>, count: u64) -> String {
        if count < 2 {
            return String::new();
        }
        let names: Vec<_> = self
            .who
            .iter()
            .skip(1)
            .flatten()
            .map(|it| it.name(scene))
            .collect();
        let dots = if count > Self::MOST as u64 {
            ", …"
        } else {
            ""
        };
        format!("; {} more too: {}{dots}", count - 1, names.join(", "))
    }
}
