//! Bounds on measures: judged here, since they are the scenario's own promises
//! and nobody's documented ones.

use super::assess::Standing;
use crate::checks::Verdict;
use crate::drill::Outcome;
use crate::measures::{Clock, ClockKind, Line};
use crate::scenario::expect::{Bound, Limit, Measure};
use crate::time::{Duration, Instant};

/// What a measure showed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reading {
    /// There was nothing to measure.
    Nothing,
    /// A clock that still ran when the run ended.
    Running,
    /// A length of time.
    Time(Duration),
    /// A number of records.
    Records(u64),
}

impl std::fmt::Display for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing to measure"),
            Self::Running => f.write_str("never stopped"),
            Self::Time(it) => it.fmt(f),
            Self::Records(1) => f.write_str("1 record"),
            Self::Records(it) => write!(f, "{it} records"),
        }
    }
}

/// What came of a bound.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BoundResult {
    /// What is bound.
    pub measure: Measure,
    /// The most that it may show.
    pub most: Limit,
    /// What it showed.
    pub reading: Reading,
    /// The verdict.
    pub verdict: Verdict,
    /// How it counts.
    pub standing: Standing,
    /// When it was exceeded, where that is an instant.
    pub at: Option<Instant>,
    /// How much room was left, in milliseconds; negative where it was exceeded.
    pub margin_ms: Option<i64>,
    /// One sentence.
    pub message: String,
}

/// Judges all bounds of a scenario.
pub(super) fn judge_bounds(bounds: &[Bound], outcome: &Outcome) -> Vec<BoundResult> {
    bounds.iter().map(|bound| judge(bound, outcome)).collect()
}

fn judge(bound: &Bound, outcome: &Outcome) -> BoundResult {
    let (reading, verdict, at) = match (bound.measure, bound.most) {
        (Measure::BlindTime, Limit::Time(most)) => blind(outcome, most),
        (measure, Limit::Time(most)) => clock_of(measure)
            .map_or((Reading::Nothing, Verdict::Vacuous, None), |kind| {
                clock(outcome, kind, most)
            }),
        (measure, Limit::Records(most)) => losses(outcome, measure, most),
    };
    let margin_ms = match (bound.most, reading) {
        (Limit::Time(most), Reading::Time(shown)) => {
            Some(most.as_millis() as i64 - shown.as_millis() as i64)
        }
        _ => None,
    };
    let standing = Standing::of(verdict, bound.require, bound.known_failure.is_some());
    let message = message(bound, reading, verdict);
    BoundResult {
        measure: bound.measure,
        most: bound.most,
        reading,
        verdict,
        standing,
        at,
        margin_ms,
        message,
    }
}

/// Each connector's clocks count from its own outage, so each is judged by itself;
/// the worst counts.
fn clock(
    outcome: &Outcome,
    kind: ClockKind,
    most: Duration,
) -> (Reading, Verdict, Option<Instant>) {
    let mut worst = (Verdict::Vacuous, None);
    for connector in outcome.measures.connectors() {
        let Some(hit_at) = connector.hit_at else {
            continue;
        };
        let deadline = hit_at + most;
        let verdict = clock_verdict(connector.clocks.get(kind), deadline, most, outcome.end);
        if verdict < worst.0 {
            worst = (verdict, (verdict == Verdict::Violated).then_some(deadline));
        }
    }
    let reading = match outcome.measures.clocks.get(kind) {
        Clock::Idle => Reading::Nothing,
        Clock::Stopped(after) => Reading::Time(after),
        Clock::Running => Reading::Running,
    };
    (reading, worst.0, worst.1)
}

fn clock_verdict(clock: Clock, deadline: Instant, most: Duration, end: Instant) -> Verdict {
    match clock {
        Clock::Idle => Verdict::Vacuous,
        Clock::Stopped(after) if after <= most => Verdict::Held,
        Clock::Stopped(_) => Verdict::Violated,
        // It had to stop by the deadline; the run ended before anybody could say.
        Clock::Running if end < deadline => Verdict::Inconclusive,
        Clock::Running => Verdict::Violated,
    }
}

fn blind(outcome: &Outcome, most: Duration) -> (Reading, Verdict, Option<Instant>) {
    let measures = &outcome.measures;
    if measures.orphaned_peak == 0 {
        return (Reading::Nothing, Verdict::Vacuous, None);
    }
    let verdict = match measures.blind_max <= most {
        false => Verdict::Violated,
        // Somebody is orphaned still, and goes on being so.
        true if measures.clocks.ownership == Clock::Running => Verdict::Inconclusive,
        true => Verdict::Held,
    };
    (Reading::Time(measures.blind_max), verdict, None)
}

fn losses(outcome: &Outcome, measure: Measure, most: u64) -> (Reading, Verdict, Option<Instant>) {
    let ledger = &outcome.measures.ledger;
    let Some(line) = line_of(measure) else {
        return (Reading::Nothing, Verdict::Vacuous, None);
    };
    if ledger.at_outage.iter().all(|&it| it == 0) {
        return (Reading::Nothing, Verdict::Vacuous, None);
    }
    let lost = ledger.total(line);
    let verdict = if lost <= most {
        Verdict::Held
    } else {
        Verdict::Violated
    };
    (Reading::Records(lost), verdict, None)
}

fn message(bound: &Bound, reading: Reading, verdict: Verdict) -> String {
    let most = match bound.most {
        Limit::Time(it) => it.to_string(),
        Limit::Records(it) => it.to_string(),
    };
    match verdict {
        Verdict::Vacuous => "Nothing to measure: no outage put it to the test.".to_owned(),
        Verdict::Inconclusive => format!("It may still exceed {most}: the run ended first."),
        Verdict::Held => format!("It shows {reading}, of at most {most}."),
        _ if reading == Reading::Running => format!("It did not stop within {most}."),
        _ => format!("It shows {reading}, where at most {most} is allowed."),
    }
}

const fn clock_of(measure: Measure) -> Option<ClockKind> {
    match measure {
        Measure::OwnershipClock => Some(ClockKind::Ownership),
        Measure::ProtectionClock => Some(ClockKind::Protection),
        Measure::ConfigurationClock => Some(ClockKind::Configuration),
        Measure::FullClock => Some(ClockKind::Full),
        _ => None,
    }
}

const fn line_of(measure: Measure) -> Option<Line> {
    match measure {
        Measure::LostToDelay => Some(Line::LostToDelay),
        Measure::LostUndocumented => Some(Line::LostUndocumented),
        Measure::LostAsDocumented => Some(Line::LostAsDocumented),
        Measure::Duplicated => Some(Line::Duplicated),
        Measure::Pending => Some(Line::Pending),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_still_runs_is_late_only_once_its_deadline_is_over() {
        let most = Duration::from_hours(2);
        let deadline = Instant::ZERO + most;
        let verdict = |clock, end_h| {
            clock_verdict(
                clock,
                deadline,
                most,
                Instant::ZERO + Duration::from_hours(end_h),
            )
        };
        assert_eq!(verdict(Clock::Running, 1), Verdict::Inconclusive);
        assert_eq!(verdict(Clock::Running, 2), Verdict::Violated);
        assert_eq!(verdict(Clock::Stopped(most), 1), Verdict::Held);
        assert_eq!(
            verdict(Clock::Stopped(Duration::from_hours(3)), 9),
            Verdict::Violated
        );
        assert_eq!(verdict(Clock::Idle, 9), Verdict::Vacuous);
    }

    #[test]
    fn every_measure_but_blind_time_is_a_clock_or_a_line() {
        for measure in Measure::ALL {
            let known = clock_of(measure).is_some() || line_of(measure).is_some();
            assert_eq!(known, measure != Measure::BlindTime);
            assert_eq!(clock_of(measure).is_some(), measure.is_clock());
        }
    }
}
