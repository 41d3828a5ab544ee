//! Numbers of many runs, as people read them.

use crate::measures::Quantity;
use crate::report::text::thousands;
use crate::scenario::objective::{Objective, Subject};
use crate::statistics::{Interval, Value};
use crate::time::Duration;

/// A length of time in six letters: three digits of it, more or less, and rounded
/// down. The JSON result has it to the millisecond.
pub(super) fn time(ms: u64) -> String {
    const SECOND: u64 = 1_000;
    const MINUTE: u64 = 60 * SECOND;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    const THREE_DAYS: u64 = 3 * DAY;
    let pair = |large: u64, big: &str, small: u64, little: &str| match small {
        0 => format!("{large}{big}"),
        _ => format!("{large}{big}{small}{little}"),
    };
    match ms {
        0..MINUTE => Duration::from_millis(if ms < 10 * SECOND {
            ms
        } else {
            ms / SECOND * SECOND
        })
        .to_string(),
        MINUTE..HOUR => pair(ms / MINUTE, "m", ms % MINUTE / SECOND, "s"),
        HOUR..THREE_DAYS => pair(ms / HOUR, "h", ms % HOUR / MINUTE, "m"),
        _ if ms < 100 * DAY => pair(ms / DAY, "d", ms % DAY / HOUR, "h"),
        _ => format!("{}d", thousands(ms / DAY)),
    }
}

/// What a quantity came to.
pub(super) fn value(quantity: Quantity, value: Value) -> String {
    match value {
        Value::Never => "never".to_owned(),
        Value::At(it) if quantity.is_time() => time(it),
        Value::At(it) => thousands(it),
    }
}

/// A part of the runs: `3.2%`, and never 0% or 100% for what is not.
pub(super) fn percent(part: f64) -> String {
    if part <= 0.0 {
        return "0%".to_owned();
    }
    if part >= 1.0 {
        return "100%".to_owned();
    }
    // Tenths of a per cent, hundredths below one and above 99.
    let text = match part {
        it if (0.01..=0.99).contains(&it) => format!("{:.1}%", it * 100.0),
        it => format!("{:.2}%", it * 100.0),
    };
    match text.as_str() {
        "0.00%" => "<0.01%".to_owned(),
        "100.00%" => ">99.99%".to_owned(),
        _ => text,
    }
}

/// Between two parts of the runs.
pub(super) fn interval(it: Interval) -> String {
    format!("{}–{}", percent(it.low), percent(it.high))
}

/// What an objective says.
pub(super) fn objective(it: &Objective) -> String {
    let what = match it.subject {
        Subject::Quantity(quantity, most) => {
            let most = match quantity.is_time() {
                true => Duration::from_millis(most).to_string(),
                false => thousands(most),
            };
            format!("{} at most {most}", quantity.name())
        }
        Subject::Check(check) => format!("{} holds", check.slug()),
        Subject::Checks => "no check is violated".to_owned(),
    };
    format!("{what}, in {} of runs", it.share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short() {
        let hour = 3_600_000;
        let texts: Vec<String> = [
            0,
            240,
            12_345,
            750_000,
            27 * hour + 1_234_567,
            150 * hour,
            3_000 * hour,
        ]
        .into_iter()
        .map(time)
        .collect();
        assert_eq!(
            texts,
            ["0s", "240ms", "12s", "12m30s", "27h20m", "6d6h", "125d"]
        );
        for ms in (0..40).map(|it| 3_u64.pow(it).min(8_639_999_999)) {
            assert!(time(ms).len() <= 7, "{}", time(ms));
        }
    }

    #[test]
    fn what_is_rare_is_not_never() {
        let texts = [0.0, 0.000_01, 0.004, 0.032, 0.5, 0.999, 0.999_99, 1.0].map(percent);
        assert_eq!(
            texts,
            [
                "0%", "<0.01%", "0.40%", "3.2%", "50.0%", "99.90%", ">99.99%", "100%"
            ]
        );
    }
}
