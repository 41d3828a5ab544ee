//! Where values stand between the least and the most.

use super::Unit;
use crate::statistics::{Spread, Value};
use crate::time::Duration;

/// Steps that people count time in, in milliseconds.
const TIMES: [u64; 30] = {
    const S: u64 = Duration::SECOND.as_millis();
    const M: u64 = Duration::MINUTE.as_millis();
    const H: u64 = Duration::HOUR.as_millis();
    const D: u64 = Duration::DAY.as_millis();
    [
        1,
        2,
        5,
        10,
        20,
        50,
        100,
        200,
        500,
        S,
        2 * S,
        5 * S,
        10 * S,
        15 * S,
        30 * S,
        M,
        2 * M,
        5 * M,
        10 * M,
        15 * M,
        30 * M,
        H,
        2 * H,
        3 * H,
        6 * H,
        12 * H,
        D,
        2 * D,
        5 * D,
        10 * D,
    ]
};

/// So few different values are all shown.
const FEW: u64 = 16;

/// One in so many of the runs may be left out at the end.
const TAILS: [u64; 3] = [200, 50, 10];

/// A line of numbers, divided by steps that people count in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Axis {
    unit: Unit,
    /// A multiple of the step, at or below the least value.
    pub(super) start: u64,
    pub(super) step: u64,
    /// How many steps there are: at least one.
    pub(super) steps: u64,
    /// Whether values lie beyond the last step.
    pub(super) cut: bool,
}

impl Axis {
    /// An axis of at most so many steps, at least two, for the values of a spread;
    /// `None` where no run came to a number.
    ///
    /// Where a few runs at the end would take more room than all others, it ends before
    /// them: the last of 200, of 50 or of 10.
    pub(super) fn of(spread: &Spread, unit: Unit, most: u64) -> Option<Self> {
        let (Some(Value::At(least)), Some(last)) = (spread.min(), spread.buckets().next_back())
        else {
            return None;
        };
        let mut end = last.1;
        for tail in TAILS {
            let usual = usual(spread, tail);
            if end - usual > usual - least && end - least >= FEW {
                end = usual;
            }
        }
        let cut = end < last.1;
        // No step is narrower than what a spread keeps apart.
        let narrowest = ((end - least) / most).max(end / 1_024).max(1);
        let axis = |step: u64| {
            let start = least - least % step;
            let steps = (end - start) / step + 1;
            Self {
                unit,
                start,
                step,
                steps,
                cut,
            }
        };
        let wide_enough = |step: &u64| *step >= narrowest && axis(*step).steps <= most;
        steps(unit).find(wide_enough).map(axis)
    }

    /// The number at which a step begins, as people read it.
    pub(super) fn label(&self, step: u64) -> String {
        self.unit.label(self.start + step * self.step)
    }

    /// A value, as people read it.
    pub(super) fn named(&self, value: u64) -> String {
        self.unit.label(value)
    }

    /// Where it ends.
    pub(super) fn end(&self) -> u64 {
        self.start
            .saturating_add(self.step.saturating_mul(self.steps))
    }

    /// In which step a value lies; those beyond the last in one more.
    pub(super) fn place(&self, value: u64) -> u64 {
        ((value - self.start) / self.step).min(self.steps)
    }
}

/// The value that all but the last in so many of the runs that came to a number stay at
/// or below.
fn usual(spread: &Spread, tail: u64) -> u64 {
    let mut rest = spread.moments().count() / tail;
    let mut found = 0;
    for (_, high, runs) in spread.buckets().rev() {
        found = high;
        if runs > rest {
            break;
        }
        rest -= runs;
    }
    found
}

/// Steps from small to large without end.
fn steps(unit: Unit) -> Box<dyn Iterator<Item = u64>> {
    let tens = |from: u64| {
        let powers = std::iter::successors(Some(from), |it| it.checked_mul(10));
        powers.flat_map(|it| [1, 2, 5].map(|by| it.saturating_mul(by)))
    };
    match unit {
        Unit::Count => Box::new(tens(1)),
        Unit::Time => {
            let last = Duration::DAY.as_millis() * 20;
            Box::new(
                TIMES
                    .into_iter()
                    .chain([last, last * 5 / 2])
                    .chain(tens(last * 5)),
            )
        }
    }
}
