//! How a decision is named in a file, and how its key is made of that name.

use super::tables::seed;
use crate::chance::{Choice, Purpose};
use crate::procedure::Slip;
use crate::time::Duration;
use xxhash_rust::xxh3::xxh3_64;

/// How the value of a choice is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Written {
    /// `true` or `false`.
    Bool,
    /// A duration.
    Time,
    /// A count, or a rank.
    Number,
}

impl Written {
    /// What the choices of a purpose are.
    pub(super) const fn of(purpose: Purpose) -> Self {
        match purpose {
            Purpose::StepSlip
            | Purpose::StepFails
            | Purpose::FaultStrikes
            | Purpose::Absence
            | Purpose::TicketLost => Self::Bool,
            Purpose::StepTime
            | Purpose::FaultLasts
            | Purpose::FaultAt
            | Purpose::AlertAge
            | Purpose::SurgeTime
            | Purpose::OthersArrive
            | Purpose::OthersAfter
            | Purpose::FlapDown
            | Purpose::FlapUp => Self::Time,
            Purpose::FaultMagnitude
            | Purpose::FaultShare
            | Purpose::FleetCount
            | Purpose::SlipTarget
            | Purpose::RecreationCrashAt
            | Purpose::OthersCount
            | Purpose::Hunt => Self::Number,
        }
    }

    /// What it is called in messages.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Bool => "`true` or `false`",
            Self::Time => "a duration",
            Self::Number => "a whole number",
        }
    }

    /// The text of a choice.
    pub(super) fn text(self, choice: Choice) -> String {
        match self {
            Self::Bool => choice.as_bool().to_string(),
            Self::Time => choice.as_duration().to_string(),
            // Many readers of YAML hold no larger whole number than this in decimal digits.
            Self::Number if choice.as_u64() > i64::MAX as u64 => format!("{:#x}", choice.as_u64()),
            Self::Number => choice.as_u64().to_string(),
        }
    }

    /// The choice of a text, if it is one.
    pub(super) fn choice(self, text: &str) -> Option<Choice> {
        match self {
            Self::Bool => text.parse().ok().map(Choice::from_bool),
            Self::Time => text.parse::<Duration>().ok().map(Choice::from_duration),
            Self::Number => seed(text).ok().map(Choice::from_u64),
        }
    }
}

/// Which of an entity's decisions of one purpose. For a step: the name of the
/// step, how many connectors its line had before, the slip if it is about one,
/// and which try. Otherwise only a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Turn<'a> {
    pub(super) step: Option<&'a str>,
    pub(super) generation: u8,
    pub(super) slip: Option<Slip>,
    pub(super) nth: u32,
}

/// The bits of an ordinal that a step's name takes: the upper half.
pub(super) fn step_bits(step: &str) -> u64 {
    xxh3_64(step.as_bytes()) >> 32 << 32
}

impl Turn<'_> {
    /// The ordinal that the engine asks with.
    pub(super) fn ordinal(&self) -> u64 {
        let Some(step) = self.step else {
            return self.nth.into();
        };
        let slip = self.slip.map_or(0, |it| u64::from(it as u8) << 16);
        let line = u64::from(self.generation) << 24;
        step_bits(step) | (line | u64::from(self.nth & 0xffff)) ^ slip
    }

    /// Takes an ordinal apart, given the steps that there are.
    pub(super) fn of<'a>(
        ordinal: u64,
        mut steps: impl Iterator<Item = &'a str>,
        slips: bool,
    ) -> Turn<'a> {
        let step = steps.find(|it| step_bits(it) == ordinal >> 32 << 32);
        if step.is_none() {
            return Turn {
                nth: ordinal as u32,
                ..Turn::default()
            };
        }
        let slip = if slips {
            Slip::from_number((ordinal >> 16) as u8)
        } else {
            None
        };
        Turn {
            step,
            generation: (ordinal >> 24) as u8,
            slip,
            nth: (ordinal & 0xffff) as u32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_ordinal_is_taken_apart_into_what_made_it(
            generation: u8, nth in 0u32..0xffff, slip in prop::sample::select(Slip::ALL), slips: bool,
        ) {
            let steps = ["detect", "open-ticket", "triage-ticket"];
            let turn = Turn { step: Some("open-ticket"), generation, slip: slips.then_some(slip), nth };
            prop_assert_eq!(Turn::of(turn.ordinal(), steps.into_iter(), slips), turn);
        }
    }

    #[test]
    fn without_a_step_it_is_a_number() {
        let turn = Turn {
            nth: 7,
            ..Turn::default()
        };
        assert_eq!(turn.ordinal(), 7);
        assert_eq!(Turn::of(7, ["detect"].into_iter(), false), turn);
    }
}
