//! What may happen to a scenario when it is hunted.

use super::{FAULTS, Family, FaultDoc};
use crate::chance::Probability;
use crate::model::ids::{ConnectorIx, RegionIx};
use crate::time::{Duration, Factor, Instant};

/// The limits within which a hunt throws faults at a scenario.
#[derive(Clone, PartialEq, Debug)]
pub struct Chaos {
    /// The kinds that may happen, by their place in [`FAULTS`].
    pub kinds: Vec<Kind>,
    /// How many faults there are at most in one run, from 1.
    pub at_most: u32,
    /// The first instant at which one may strike.
    pub from: Instant,
    /// The last.
    pub to: Instant,
    /// The regions that may be hit.
    pub regions: Vec<RegionIx>,
    /// The connectors that may be hit.
    pub connectors: Vec<ConnectorIx>,
    /// How long a fault lasts: from, to.
    pub lasts: (Duration, Duration),
    /// How many times as slow: from, to.
    pub factor: (Factor, Factor),
    /// How many tickets of others a surge brings: from, to.
    pub tickets: (u64, u64),
    /// Shares of orgs, records and connectors: from, to.
    pub share: (Probability, Probability),
}

/// A kind of fault that may happen, and how a swarm treats it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kind {
    /// Its place in [`FAULTS`].
    pub place: usize,
    /// How a swarm treats it.
    pub class: Class,
}

/// How a swarm treats a kind of fault.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// In about half of the runs.
    Optional,
    /// In every run: without it nothing else matters.
    Mandatory,
    /// In one run of eight: while it is there, others cannot show themselves.
    Suppressing,
}

impl Kind {
    /// What the catalogue says of it.
    #[must_use]
    pub fn doc(self) -> &'static FaultDoc {
        &FAULTS[self.place]
    }
}

impl Chaos {
    /// The most faults in one run that a scenario may ask for.
    pub const MOST: u32 = 32;

    /// How many faults there are at most, where nothing is said.
    pub const AT_MOST: u32 = 4;

    /// When the last may strike, where nothing is said: a recovery is over by then.
    pub const TO: Instant = Instant::from_millis(Duration::from_days(2).as_millis() as i64);

    /// How long a fault lasts, where nothing is said: an hour to two days, so that
    /// what is lost comes back in time for every default deadline.
    pub const LASTS: (Duration, Duration) = (Duration::from_mins(15), Duration::from_days(2));

    /// How many tickets a surge brings, where nothing is said.
    pub const TICKETS: (u64, u64) = (1, 100);

    /// What is not thrown unless it is allowed: slips. A hunt looks for what a
    /// procedure does not stand, and none stands every slip.
    #[must_use]
    pub fn by_default(doc: &FaultDoc) -> bool {
        doc.family != Family::People || doc.name == "operator-absent"
    }

    /// The class of a kind, where nothing is said. A lost region, or a lost
    /// connector, is what a recovery is for; without a Resource ID or anybody who
    /// could authorise, none begins.
    #[must_use]
    pub fn usual_class(name: &str) -> Class {
        match name {
            "region-outage" => Class::Mandatory,
            "inventory-unavailable" | "authorizer-absent" | "operator-absent" => Class::Suppressing,
            _ => Class::Optional,
        }
    }
}
