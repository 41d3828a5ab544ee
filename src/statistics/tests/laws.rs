//! What holds of any runs.

use super::super::bucket::floor;
use super::*;
use proptest::prelude::*;
use proptest::sample::Index;

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (0..30_u64).prop_map(Value::At),
        4 => (80_000_000..100_000_000_u64).prop_map(Value::At),
        1 => any::<u64>().prop_map(Value::At),
        1 => Just(Value::Never),
    ]
}

fn of(values: &[Value]) -> Spread {
    let mut spread = Spread::default();
    values.iter().for_each(|it| spread.record_value(*it));
    spread
}

fn paired(values: &[(Value, Value)]) -> Paired {
    let mut paired = Paired::default();
    values.iter().for_each(|it| paired.record(it.0, it.1));
    paired
}

fn written<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("can be written")
}

/// Whether two numbers differ by less than a bucket is wide.
fn close(found: Value, exact: Value) -> bool {
    match (found, exact) {
        (Value::At(found), Value::At(exact)) => {
            found.abs_diff(exact) as f64 <= exact.max(found) as f64 / 1_024.0
        }
        _ => found == exact,
    }
}

proptest! {
    #[test]
    fn parts_merge_to_the_whole(
        values in prop::collection::vec(any_value(), 0..60),
        cuts in prop::collection::vec(any::<Index>(), 0..6),
        swap in any::<bool>(),
    ) {
        let mut parts = vec![Vec::new(); cuts.len() + 1];
        for (at, value) in values.iter().enumerate() {
            let part = cuts.get(at % (cuts.len() + 1)).map_or(0, |it| it.index(parts.len()));
            parts[part].push(*value);
        }
        if swap {
            parts.reverse();
        }
        let mut merged = Spread::default();
        parts.iter().for_each(|it| merged.merge(&of(it)));
        let whole = of(&values);
        prop_assert_eq!(&merged, &whole);
        prop_assert_eq!(written(&merged), written(&whole));
    }

    #[test]
    fn a_spread_reads_back_as_it_was(values in prop::collection::vec(any_value(), 0..60)) {
        let spread = of(&values);
        let read: Spread = serde_json::from_str(&written(&spread)).expect("its own form");
        prop_assert_eq!(read, spread);
    }

    #[test]
    fn percentiles_are_those_of_the_sorted_values(
        mut values in prop::collection::vec(any_value(), 400..500),
    ) {
        let spread = of(&values);
        values.sort_unstable();
        let count = values.len();
        prop_assert_eq!(spread.count(), count as u64);
        prop_assert_eq!(spread.min(), Some(values[0]));
        prop_assert_eq!(spread.max(), Some(values[count - 1]));
        for level in Level::TOLD {
            let found = spread.quantile(level, Confidence::USUAL).expect("enough runs");
            let at = (count * level.as_ppm() as usize).div_ceil(1_000_000) - 1;
            prop_assert!(close(found.value, values[at]), "{:?} for {:?}", found, values[at]);
            prop_assert!(found.low <= found.value && found.value <= found.high);
        }
    }

    #[test]
    fn a_bucket_is_narrow(value in any::<u64>()) {
        let floor = floor(value);
        prop_assert!(floor <= value && value - floor <= value / 1_024);
        prop_assert!(value >= 2_048 || floor == value);
    }

    #[test]
    fn differences_are_those_of_the_sorted_pairs(
        pairs in prop::collection::vec((0..400_u64, 0..400_u64), 400..500),
    ) {
        let paired = paired(&pairs.iter().map(|it| (Value::At(it.0), Value::At(it.1))).collect::<Vec<_>>());
        let mut sorted: Vec<i64> = pairs.iter().map(|it| it.1 as i64 - it.0 as i64).collect();
        sorted.sort_unstable();
        for level in Level::TOLD {
            let found = paired.quantile(level, Confidence::USUAL).expect("enough pairs");
            let at = (sorted.len() * level.as_ppm() as usize).div_ceil(1_000_000) - 1;
            prop_assert_eq!(found.value, Difference::By(sorted[at]));
        }
        let sum: i64 = sorted.iter().sum();
        prop_assert_eq!(paired.mean(), Some(sum as f64 / sorted.len() as f64));
        let mean = sum as f64 / sorted.len() as f64;
        let squares: f64 = sorted.iter().map(|it| (*it as f64 - mean).powi(2)).sum();
        let variance = squares / (sorted.len() - 1) as f64;
        prop_assert!((paired.variance().expect("of many") / variance - 1.0).abs() < 1e-9);
    }

    #[test]
    fn pairs_merge_and_read_back(
        pairs in prop::collection::vec((any_value(), any_value()), 0..60),
        cut in any::<Index>(),
    ) {
        let whole = paired(&pairs);
        let (one, other) = pairs.split_at(cut.index(pairs.len() + 1));
        let mut merged = paired(other);
        merged.merge(&paired(one));
        prop_assert_eq!(&merged, &whole);
        let read: Paired = serde_json::from_str(&written(&whole)).expect("its own form");
        prop_assert_eq!(read, whole);
    }

    /// More is known by more runs, and never the opposite of what is so.
    #[test]
    fn intervals_hold_what_was_observed(hits in 0..200_u64, misses in 0..200_u64) {
        let share = Share { hits, of: hits + misses };
        for confidence in [Confidence::USUAL, Confidence::always(Level::P95)] {
            let one = share.interval(confidence);
            let ten = Share { hits: 10 * hits, of: 10 * share.of }.interval(confidence);
            prop_assert!(one.low >= 0.0 && one.high <= 1.0);
            if share.of > 0 {
                prop_assert!(one.holds(share.observed()) && ten.holds(share.observed()));
                prop_assert!(ten.low >= one.low && ten.high <= one.high);
            }
        }
        // Whoever looks again and again is told less at each look.
        let once = share.interval(Confidence::USUAL);
        let always = share.interval(Confidence::always(Level::P95));
        prop_assert!(always.low <= once.low && always.high >= once.high);
    }

    /// An objective and the interval of the share say the same.
    #[test]
    fn rulings_follow_the_intervals(hits in 0..300_u64, misses in 0..60_u64) {
        let share = Share { hits, of: hits + misses };
        let always = Objective { share: Level::P90, confidence: Confidence::always(Level::P95) };
        let interval = share.interval(always.confidence);
        let expected = match always.judge(share) {
            Ruling::Pass => interval.low > 0.9,
            Ruling::Fail => interval.high < 0.9,
            Ruling::Inconclusive { .. } => interval.holds(0.9),
        };
        prop_assert!(expected);
        let once = Objective { share: Level::P90, confidence: Confidence::USUAL };
        let expected = match once.judge(share) {
            Ruling::Pass => share.at_least(Level::P95) >= 0.9 - 1e-12,
            Ruling::Fail => share.at_most(Level::P95) <= 0.9 + 1e-12,
            Ruling::Inconclusive { settled_by } => {
                let both = share.at_least(Level::P95) < 0.9 && share.at_most(Level::P95) > 0.9;
                both && settled_by.is_none_or(|it| it > share.of)
            }
        };
        prop_assert!(expected);
    }
}

#[test]
fn a_damaged_spread_is_refused() {
    let whole = written(&of(&[1, 1, 90_000_000, 90_000_001].map(Value::At)));
    let count = r#"{"count":4,"sum":"180000003","squares":"#;
    assert!(whole.starts_with(count), "{whole}");
    for (from, to) in [
        ("\"count\":4", "\"count\":5"),
        ("180000003", "180000001"),
        ("\"180000003\"", "180000003"),
        ("[1,2]", "[1,3]"),
        ("[1,2]", "[1,0]"),
        ("[1,2]", "[1,1],[1,1]"),
        ("[90000000,90000001,2]", "[90000001,90000000,2]"),
        ("[90000000,90000001,2]", "[90000000,99000001,2]"),
        ("[90000000,90000001,2]", "[90000000,90000001,1]"),
        ("\"never\":0,", ""),
    ] {
        assert!(whole.contains(from), "{from} in {whole}");
        let damaged = whole.replace(from, to);
        assert!(
            serde_json::from_str::<Spread>(&damaged).is_err(),
            "{damaged}"
        );
    }
    assert!(serde_json::from_str::<Share>("[3,2]").is_err());
    assert_eq!(
        serde_json::from_str::<Share>("[2,3]").ok(),
        Some(Share { hits: 2, of: 3 })
    );
}

#[test]
fn runs_that_never_stop_are_beyond_every_number() {
    let mut spread = spread(1..=90);
    for _ in 0..10 {
        spread.record_never();
    }
    let p50 = spread
        .quantile(Level::P50, Confidence::USUAL)
        .expect("enough");
    assert_eq!(p50.value, Value::At(50));
    let p95 = spread
        .quantile(Level::P95, Confidence::USUAL)
        .expect("enough");
    assert_eq!(
        (p95.low, p95.value, p95.high),
        (Value::At(90), Value::Never, Value::Never)
    );
    assert_eq!(
        (spread.min(), spread.max()),
        (Some(Value::At(1)), Some(Value::Never))
    );
    assert_eq!(spread.never(), Share { hits: 10, of: 100 });
    assert_eq!(spread.moments().mean(), Some(45.5));
}

#[test]
fn a_percentile_that_the_runs_do_not_carry_is_not_told() {
    let few = spread(0..71);
    let error = few
        .quantile(Level::P95, Confidence::USUAL)
        .expect_err("too few");
    assert_eq!(
        error.to_string(),
        "71 runs carry no percentile at 95%: 72 would"
    );
    assert!(
        spread(0..72)
            .quantile(Level::P95, Confidence::USUAL)
            .is_ok()
    );
    assert!(
        Spread::default()
            .quantile(Level::P50, Confidence::USUAL)
            .is_err()
    );
    assert_eq!(Spread::default().min(), None);
}
