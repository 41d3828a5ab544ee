//! Where a decision stands.

use std::fmt;

/// The identity of an entity: a 64-bit hash of its path, made elsewhere.
///
/// Choices are keyed by it, never by an index, so that an entity keeps its luck
/// when others come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityKey(pub u64);

impl fmt::Display for EntityKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Declares the purposes once: variant, number, name, and what it decides.
macro_rules! purposes {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $name:literal;)*) => {
        /// What a decision is about.
        ///
        /// The numbers are pinned: they are part of what a seed means. Never
        /// renumber one and never use one again; a new purpose takes the next
        /// free number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum Purpose {
            $($(#[$doc])* $variant = $number,)*
        }

        impl Purpose {
            /// Every purpose, in order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in files and messages, as in `step-time`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

purposes! {
    /// How long a step takes.
    StepTime = 1, "step-time";
    /// Whether somebody makes a slip at a step.
    StepSlip = 2, "step-slip";
    /// Whether a step fails.
    StepFails = 3, "step-fails";
    /// Whether a fault strikes at all.
    FaultStrikes = 4, "fault-strikes";
    /// How long a fault lasts.
    FaultLasts = 5, "fault-lasts";
    /// When a fault begins.
    FaultAt = 6, "fault-at";
    /// How strong a fault is.
    FaultMagnitude = 7, "fault-magnitude";
    /// Which connectors the share of a partial fault hits.
    FaultShare = 8, "fault-share";
    /// How old an alert is at T+0.
    AlertAge = 9, "alert-age";
    /// How many of something a fleet has.
    FleetCount = 10, "fleet-count";
    /// Whether a ticket is lost.
    TicketLost = 11, "ticket-lost";
    /// What a slip hits instead of what was meant.
    SlipTarget = 12, "slip-target";
    /// How far a recreation gets before it crashes.
    RecreationCrashAt = 13, "recreation-crash-at";
    /// How long a ticket of somebody else takes in a surge.
    SurgeTime = 14, "surge-time";
    /// How long a flapping region stays down.
    FlapDown = 15, "flap-down";
    /// How long a flapping region stays up.
    FlapUp = 16, "flap-up";
    /// What a hunt throws at a run.
    Hunt = 17, "hunt";
    /// How long after the one before a ticket of somebody else comes.
    OthersArrive = 18, "others-arrive";
    /// How many tickets others open when a region is lost.
    OthersCount = 19, "others-count";
    /// How long after the loss one of them comes.
    OthersAfter = 20, "others-after";
    /// Whether somebody is away.
    Absence = 21, "absence";
}

impl Purpose {
    /// The pinned number.
    #[must_use]
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// The purpose with that pinned number, if there is one.
    #[must_use]
    pub fn from_number(number: u16) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|purpose| purpose.number() == number)
    }

    /// The purpose with that [`name`](Self::name), if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|purpose| purpose.name() == name)
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where a decision stands: about whom, what for, and which one of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    /// The entity that is decided about, never the one that serves it.
    pub entity: EntityKey,
    /// What is decided.
    pub purpose: Purpose,
    /// Which of the decisions of that purpose, from state that the caller
    /// holds: the attempt, the ticket, the record.
    pub ordinal: u64,
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} #{}", self.purpose, self.entity, self.ordinal)
    }
}
