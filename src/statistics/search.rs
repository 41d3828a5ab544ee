//! Searching in what only grows.

/// The least whole number in `low..=high` of which `holds`, where it holds of
/// `high` and of everything above one of which it holds.
pub(super) fn least(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The least whole number from `low` to `most` of which `holds`, likewise, where the
/// upper end is not known.
pub(super) fn least_up_to(low: u64, most: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    let mut high = low.max(1);
    while !holds(high) {
        if high >= most {
            return None;
        }
        high = high.saturating_mul(2).min(most);
    }
    Some(least(low.max(high / 2), high, holds))
}

/// The two neighbouring numbers between `low` and `high` where `holds` turns from
/// true to false.
pub(super) fn turn(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> (f64, f64) {
    // A hundred halvings are finer than any share of runs needs, also near zero.
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low, high)
}
