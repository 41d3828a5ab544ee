//! How the program ends.

/// The exit code of a command. Of several results the worst one counts, see
/// [`Exit::worse`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(u8)]
pub enum Exit {
    /// Everything as declared.
    #[default]
    Success = 0,
    /// A check or a bound is violated, or a known failure no longer fails.
    Failure = 1,
    /// Wrong usage.
    Usage = 2,
    /// A scenario, or other input, is not valid.
    Invalid = 3,
    /// Nothing was selected to run.
    Nothing = 4,
    /// The run was too short to say.
    Inconclusive = 5,
    /// A run was not deterministic.
    Diverged = 6,
    /// An error of the program itself.
    Internal = 70,
    /// A result could not be written.
    Unwritten = 74,
    /// Interrupted; what was finished is kept.
    Interrupted = 130,
}

impl Exit {
    /// Every code, with what it means.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Success, "everything as declared"),
        (
            Self::Failure,
            "a check or a bound is violated, or a known failure no longer fails",
        ),
        (Self::Usage, "wrong usage"),
        (Self::Invalid, "a scenario, or other input, is not valid"),
        (Self::Nothing, "nothing was selected to run"),
        (Self::Inconclusive, "the run was too short to say"),
        (Self::Diverged, "a run was not deterministic"),
        (Self::Internal, "an error of the program itself"),
        (Self::Unwritten, "a result could not be written"),
        (Self::Interrupted, "interrupted; what was finished is kept"),
    ];

    /// The number that the shell sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The worse of two. What makes every result worthless comes first: the
    /// program's own errors, then runs that differ, then files that were not run
    /// at all; among results that can be trusted a failure is worse than not
    /// knowing. So: 70, 6, 3, 1, 5, 0, with 130 above all of them, since
    /// something is missing. A result that could not be written (74) is none at
    /// all.
    #[must_use]
    pub const fn worse(self, other: Self) -> Self {
        if self.weight() >= other.weight() {
            self
        } else {
            other
        }
    }

    const fn weight(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Nothing => 1,
            Self::Inconclusive => 2,
            Self::Failure => 3,
            Self::Invalid => 4,
            Self::Diverged => 5,
            Self::Usage => 6,
            Self::Internal => 7,
            Self::Unwritten => 8,
            Self::Interrupted => 9,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_the_design() {
        let codes: Vec<u8> = Exit::ALL.iter().map(|it| it.0.code()).collect();
        assert_eq!(codes, [0, 1, 2, 3, 4, 5, 6, 70, 74, 130]);
    }

    #[test]
    fn the_worst_of_several_counts_whatever_their_order() {
        let order = [
            Exit::Interrupted,
            Exit::Internal,
            Exit::Diverged,
            Exit::Invalid,
            Exit::Failure,
            Exit::Inconclusive,
            Exit::Success,
        ];
        for (at, &worse) in order.iter().enumerate() {
            for &better in &order[at..] {
                assert_eq!(worse.worse(better), worse);
                assert_eq!(better.worse(worse), worse);
            }
        }
    }
}
