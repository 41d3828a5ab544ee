//! From what the checks say to what the scenario says: each verdict is held
//! against what was expected of it.

use super::bounds::{BoundResult, judge_bounds};
use super::exit::Exit;
use crate::checks::Verdict;
use crate::drill::Outcome;
use crate::scenario::Scenario;

/// How a check, or a bound, counts in its scenario.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Standing {
    /// As declared.
    Pass,
    /// It fails, as the scenario says it would.
    KnownFailure,
    /// The run was too short to say.
    Inconclusive,
    /// The scenario says that it fails, and it does not any more.
    UnexpectedPass,
    /// It fails.
    Fail,
}

impl Standing {
    /// What a verdict counts for. A required one has to be put to the test and
    /// hold: vacuous or excused fails. A known failure passes while it fails, and
    /// fails as soon as it does not.
    #[must_use]
    pub const fn of(verdict: Verdict, require: bool, known_failure: bool) -> Self {
        let fails = match verdict {
            Verdict::Violated => true,
            Verdict::Inconclusive => return Self::Inconclusive,
            Verdict::Excused | Verdict::Vacuous => require,
            Verdict::Held => false,
        };
        match (fails, known_failure) {
            (true, true) => Self::KnownFailure,
            (true, false) => Self::Fail,
            (false, true) => Self::UnexpectedPass,
            (false, false) => Self::Pass,
        }
    }

    /// The name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.scenario().name()
    }

    /// Whether it keeps its scenario from passing.
    #[must_use]
    pub const fn is_bad(self) -> bool {
        !matches!(self, Self::Pass | Self::KnownFailure)
    }

    /// The verdict of a scenario whose worst this is.
    #[must_use]
    pub const fn scenario(self) -> ScenarioVerdict {
        match self {
            Self::Pass => ScenarioVerdict::Pass,
            Self::KnownFailure => ScenarioVerdict::KnownFailure,
            Self::Inconclusive => ScenarioVerdict::Inconclusive,
            Self::UnexpectedPass => ScenarioVerdict::UnexpectedPass,
            Self::Fail => ScenarioVerdict::Fail,
        }
    }
}

/// The verdict on a scenario.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ScenarioVerdict {
    /// Everything as declared.
    Pass,
    /// Everything as declared, failures that are known among it.
    KnownFailure,
    /// The run was too short to say.
    Inconclusive,
    /// A known failure does not fail any more.
    UnexpectedPass,
    /// A check or a bound is violated.
    Fail,
    /// The scenario could not be run.
    Invalid,
}

impl ScenarioVerdict {
    /// Every verdict, best first.
    pub const ALL: [Self; 6] = [
        Self::Pass,
        Self::KnownFailure,
        Self::Inconclusive,
        Self::UnexpectedPass,
        Self::Fail,
        Self::Invalid,
    ];

    /// The name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::KnownFailure => "known-failure",
            Self::Inconclusive => "inconclusive",
            Self::UnexpectedPass => "unexpected-pass",
            Self::Fail => "fail",
            Self::Invalid => "invalid",
        }
    }

    /// What it means for the program's exit code.
    #[must_use]
    pub const fn exit(self) -> Exit {
        match self {
            Self::Pass | Self::KnownFailure => Exit::Success,
            Self::Inconclusive => Exit::Inconclusive,
            Self::UnexpectedPass | Self::Fail => Exit::Failure,
            Self::Invalid => Exit::Invalid,
        }
    }

    /// Whether it passes: a known failure does.
    #[must_use]
    pub const fn passes(self) -> bool {
        matches!(self, Self::Pass | Self::KnownFailure)
    }
}

/// A run, held against what was expected of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assessed {
    /// The verdict on the scenario: that of its worst check or bound.
    pub verdict: ScenarioVerdict,
    /// How each check counts, in the order of the outcome's judgements.
    pub checks: Vec<Standing>,
    /// What came of each bound on a measure, in the order of the scenario's.
    pub bounds: Vec<BoundResult>,
}

/// Holds an outcome against what its scenario expects.
///
/// ```
/// use lifeboat::{drill::Drill, report::assess, scenario::Reader};
///
/// let text = "
/// scenario: v1
/// title: Nothing happens, and yet something is required
/// fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 2 } } }
/// expect: { no-orphaned-orgs: { require: true } }
/// ";
/// let scenario = Reader::default().read_text("rest.yaml", text).expect("it is valid");
/// let assessed = assess(&scenario, &Drill::new(&scenario.plan).run());
/// assert_eq!(assessed.verdict.name(), "fail");
/// ```
#[must_use]
pub fn assess(scenario: &Scenario, outcome: &Outcome) -> Assessed {
    let expected = &scenario.plan.expect;
    let checks: Vec<Standing> = outcome
        .judgements
        .iter()
        .map(|it| {
            let expected = expected.check(it.check);
            Standing::of(
                it.verdict,
                expected.require,
                expected.known_failure.is_some(),
            )
        })
        .collect();
    let bounds = judge_bounds(&expected.bounds, outcome);
    let all = checks
        .iter()
        .copied()
        .chain(bounds.iter().map(|it| it.standing));
    let verdict = all.max().unwrap_or(Standing::Pass).scenario();
    Assessed {
        verdict,
        checks,
        bounds,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_failure_passes_while_it_fails() {
        assert_eq!(
            Standing::of(Verdict::Violated, false, true),
            Standing::KnownFailure
        );
        assert_eq!(
            Standing::of(Verdict::Held, false, true),
            Standing::UnexpectedPass
        );
        assert_eq!(
            Standing::of(Verdict::Vacuous, false, true),
            Standing::UnexpectedPass
        );
        assert_eq!(
            Standing::of(Verdict::Inconclusive, false, true),
            Standing::Inconclusive
        );
    }

    #[test]
    fn required_means_put_to_the_test_and_held() {
        for verdict in Verdict::ALL {
            let passes = Standing::of(verdict, true, false) == Standing::Pass;
            assert_eq!(passes, verdict == Verdict::Held, "{}", verdict.name());
        }
        assert_eq!(Standing::of(Verdict::Excused, false, false), Standing::Pass);
        assert_eq!(
            Standing::of(Verdict::Vacuous, true, true),
            Standing::KnownFailure
        );
    }

    #[test]
    fn not_knowing_is_no_failure_and_no_pass() {
        assert_eq!(
            Standing::of(Verdict::Inconclusive, false, false),
            Standing::Inconclusive
        );
        assert_eq!(ScenarioVerdict::Inconclusive.exit(), Exit::Inconclusive);
        assert!(!ScenarioVerdict::Inconclusive.passes());
    }

    #[test]
    fn the_verdicts_end_the_program_as_the_design_says() {
        let codes = ScenarioVerdict::ALL.map(|it| it.exit().code());
        assert_eq!(codes, [0, 0, 5, 1, 1, 3]);
    }

    #[test]
    fn the_worst_standing_is_the_greatest() {
        let all = [
            Standing::Pass,
            Standing::KnownFailure,
            Standing::Inconclusive,
        ];
        assert_eq!(all.into_iter().max(), Some(Standing::Inconclusive));
        assert!(Standing::Fail > Standing::UnexpectedPass);
        assert!(Standing::UnexpectedPass > Standing::Inconclusive);
    }
}
