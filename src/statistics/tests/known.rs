//! Answers known to forty digits from another program's mathematics, or by hand.

use super::super::beta::{incomplete, student};
use super::super::ranks::{Runs, needed, ranks};
use super::*;

#[test]
fn binomial_probabilities() {
    for (hits, of, p, expected) in [
        (3, 10, "50%", 0.117_187_5),
        (95, 100, "95%", 0.180_017_827_270_429_15),
        (0, 300, "1%", 0.049_040_894_071_285_856),
        (950, 1_000, "95%", 0.057_787_983_714_107_12),
        (94_700, 100_000, "95%", 5.151_261_930_122_084_7e-7),
        (1, 1_000_000, "0.0001%", 0.367_879_625_111_270_21),
        (949_000, 1_000_000, "95%", 5.194_657_494_347_731e-8),
    ] {
        let found = Runs::at(of, level(p)).exactly(hits);
        assert!(near(found, expected), "{hits} of {of} at {p}: {found:e}");
    }
}

#[test]
fn binomial_tails() {
    assert!(near(Runs::at(10, level("50%")).at_least(3), 0.945_312_5));
    let usual = Runs::at(100, Level::P95).at_least(95);
    assert!(near(usual, 0.615_999_127_956_141_05), "{usual}");
    let half = Runs::at(1_000, Level::P95).at_least(950);
    assert!(near(half, 0.537_529_040_801_427_72), "{half}");
    let odd = Runs::at(100_000, Level::P95).at_most(94_700);
    assert!(near(odd, 8.249_451_556_843_899_4e-6), "{odd:e}");
    let odd = Runs::at(1_000_000, Level::P95).at_most(949_000);
    assert!(
        (odd / 2.411_396_683_081_230_1e-6 - 1.0).abs() < 1e-12,
        "{odd:e}"
    );
    // All and none.
    let runs = Runs::at(7, Level::P50);
    assert_eq!((runs.at_least(0), runs.at_least(8)), (1.0, 0.0));
    assert_eq!((runs.at_most(7), runs.at_most(9)), (1.0, 1.0));
    assert!(near(runs.at_least(7), 1.0 / 128.0) && near(runs.at_most(0), 1.0 / 128.0));
}

#[test]
fn the_incomplete_beta_function_in_closed_form() {
    // I_x(1, b) = 1 - (1 - x)^b, and I_x(1/2, 1/2) = 2 asin(√x) / π.
    assert!(near(
        incomplete(1.0, 4.0, 0.25, 0.75),
        1.0 - 0.75_f64.powi(4)
    ));
    assert!(near(incomplete(0.5, 0.5, 0.25, 0.75), 1.0 / 3.0));
    assert_eq!(incomplete(2.0, 3.0, 0.0, 1.0), 0.0);
    assert_eq!(incomplete(2.0, 3.0, 1.0, 0.0), 1.0);
}

#[test]
fn students_t() {
    for (share, freedom, expected) in [
        (0.95, 1, 12.706_204_736_174_705),
        (0.95, 2, 4.302_652_729_749_463_9),
        (0.95, 9, 2.262_157_162_798_205_5),
        (0.99, 30, 2.749_995_653_567_225_3),
        // By its expansion about the normal distribution.
        (0.95, 1_000_000, 1.959966356814107),
    ] {
        let found = student(share, freedom);
        assert!((found - expected).abs() < 1e-11 * expected, "{found}");
    }
}

/// Clopper and Pearson at 95%.
#[test]
fn exact_intervals_of_shares() {
    for (hits, of, low, high) in [
        (0, 300, 0.0, 0.012_220_974_694_293_554),
        (1, 10, 0.002_528_578_544_461_784_5, 0.445_016_117_028_195_42),
        (5, 10, 0.187_086_028_447_398_53, 0.812_913_971_552_601_47),
        (10, 10, 0.691_502_892_181_239_18, 1.0),
        (3, 8, 0.085_233_414_137_253_534, 0.755_136_783_633_448_39),
        (95, 100, 0.887_165_088_894_537_23, 0.983_568_120_817_947_84),
        (
            999,
            1_000,
            0.994_441_075_720_173_33,
            0.999_974_682_512_508_71,
        ),
        (
            37,
            4_000,
            0.006_520_979_136_559_783_4,
            0.012_727_571_546_591_933,
        ),
    ] {
        let found = Share { hits, of }.interval(Confidence::USUAL);
        assert!(near(found.low, low), "{hits} of {of}: {}", found.low);
        assert!(near(found.high, high), "{hits} of {of}: {}", found.high);
    }
    let nothing = Share::default().interval(Confidence::USUAL);
    assert_eq!((nothing.low, nothing.high), (0.0, 1.0));
}

/// The rule of three, exactly: 1 - error^(1/n).
#[test]
fn one_sided_bounds() {
    let none = Share { hits: 0, of: 300 };
    let expected = -libm::expm1(libm::log(0.05) / 300.0);
    assert!(near(none.at_most(Level::P95), expected));
    assert_eq!(none.at_least(Level::P95), 0.0);
    let all = Share { hits: 300, of: 300 };
    assert!(near(all.at_least(Level::P95), 1.0 - expected));
    assert_eq!(all.at_most(Level::P95), 1.0);
}

#[test]
fn intervals_for_any_number_of_looks() {
    let always = Confidence::always(Level::P95);
    for (hits, of, low, high) in [
        (5, 10, 0.129_219_012_400_787_72, 0.870_780_987_599_212_28),
        (95, 100, 0.839_741_126_232_800_38, 0.993_422_873_833_361_01),
        (
            950,
            1_000,
            0.919_829_088_692_611_83,
            0.971_764_873_370_476_48,
        ),
        (10, 10, 0.583_119_724_343_463_9, 1.0),
        (0, 10, 0.0, 1.0 - 0.583_119_724_343_463_9),
    ] {
        let found = Share { hits, of }.interval(always);
        assert!(near(found.low, low), "{hits} of {of}: {}", found.low);
        assert!(
            (found.high - high).abs() < 1e-13,
            "{hits} of {of}: {}",
            found.high
        );
    }
}

/// Summed in fractions.
#[test]
fn ranks_of_order_statistics() {
    let always = Confidence::always(Level::P95);
    for (of, at, once, looking) in [
        (6, Level::P50, Some((1, 6)), None),
        (10, Level::P50, Some((2, 9)), Some((1, 10))),
        (72, Level::P95, Some((64, 72)), None),
        (100, Level::P95, Some((90, 100)), None),
        (100, Level::P50, Some((40, 61)), Some((35, 66))),
        (100, Level::P90, Some((84, 96)), Some((79, 99))),
        (368, Level::P99, Some((360, 368)), None),
        (1_000, Level::P99, Some((983, 997)), Some((976, 1_000))),
    ] {
        assert_eq!(ranks(of, at, Confidence::USUAL), once, "{at} of {of}");
        assert_eq!(ranks(of, at, always), looking, "{at} of {of}, looking");
    }
}

/// So many runs that all of them stay below the percentile only by an odd chance:
/// level^n ≤ error / 2.
#[test]
fn how_many_runs_a_percentile_needs() {
    let usual = |at| needed(at, Confidence::USUAL);
    assert_eq!(
        Level::TOLD.map(usual),
        [Some(6), Some(36), Some(72), Some(368)]
    );
    assert_eq!(usual(level("1%")), usual(Level::P99));
    let sure = Confidence::once(level("99.9999%"));
    assert_eq!(needed(level("99.9999%"), sure), Some(14_508_651));
    let runs = needed(Level::P99, Confidence::always(Level::P95)).expect("some thousand");
    let carried = |of| ranks(of, Level::P99, Confidence::always(Level::P95)).is_some();
    assert!(carried(runs) && !carried(runs - 1));
}

#[test]
fn moments_are_exact() {
    let mut moments = Moments::default();
    assert_eq!((moments.mean(), moments.variance()), (None, None));
    // A spread of one around a mean of 10^18 would lose every digit in floating point.
    for value in [-1_i64, 0, 1].map(|it| (1_000_000_000_000_000_000 + it) as u64) {
        moments.record(value);
    }
    assert_eq!(
        (moments.mean(), moments.variance()),
        (Some(1e18), Some(1.0))
    );
    let interval = moments.mean_interval(Level::P95).expect("of three");
    let reach = 4.302_652_729_749_463_9 / libm::sqrt(3.0);
    let expected = Interval {
        low: 1e18 - reach,
        high: 1e18 + reach,
    };
    assert_eq!(interval, expected);
    let most = spread([u64::MAX; 3]);
    assert_eq!(most.moments().sum(), 3 * u128::from(u64::MAX));
    assert_eq!(most.moments().variance(), Some(0.0));
}

#[test]
fn rulings_by_hand() {
    let once = Objective {
        share: Level::P95,
        confidence: Confidence::USUAL,
    };
    // 0.95^59 is the first below 5%; of 93 runs one may fail, of 124 two.
    for (misses, of) in [(0, 59), (1, 93), (2, 124)] {
        let enough = Share {
            hits: of - misses,
            of,
        };
        assert_eq!(once.judge(enough), Ruling::Pass);
        let fewer = Share {
            hits: of - 1 - misses,
            of: of - 1,
        };
        assert!(matches!(once.judge(fewer), Ruling::Inconclusive { .. }));
    }
    // Two misses at once are odd (0.25%), one alone is usual (5%, not below).
    assert_eq!(once.judge(Share { hits: 0, of: 2 }), Ruling::Fail);
    assert_eq!(
        once.judge(Share { hits: 19, of: 20 }),
        Ruling::Inconclusive { settled_by: None }
    );
    // Nothing known: as many as would pass if all did.
    let needs = |of| Ruling::Inconclusive { settled_by: of };
    assert_eq!(once.judge(Share::default()), needs(Some(59)));
    // For any number of looks the first n with (n + 1) 0.95^n ≤ 5%.
    let always = Objective {
        share: Level::P95,
        confidence: Confidence::always(Level::P95),
    };
    assert_eq!(always.judge(Share::default()), needs(Some(158)));
    assert_eq!(always.judge(Share { hits: 158, of: 158 }), Ruling::Pass);
    assert_eq!(always.judge(Share { hits: 157, of: 157 }), needs(Some(158)));
}

/// Pinned to the last bit: what is told of the same runs is the same on every platform.
#[test]
fn the_same_bits_everywhere() {
    let share = Share {
        hits: 937,
        of: 1_000,
    };
    let once = share.interval(Confidence::USUAL);
    let always = share.interval(Confidence::always(Level::P99));
    let mut moments = Moments::default();
    (0..1_000).for_each(|run| moments.record(run * run * 86_400_000));
    let mean = moments.mean_interval(Level::P99).expect("of many");
    let found = [
        Runs::at(12_345, Level::P95).exactly(11_700),
        Runs::at(12_345, Level::P95).at_least(11_700),
        incomplete(2.5, 3.5, 0.3, 0.7),
        student(0.95, 7),
        once.low,
        once.high,
        always.low,
        always.high,
        mean.low,
        mean.high,
    ];
    let bits = found.map(|it| format!("{:016x}", it.to_bits()));
    insta::assert_snapshot!(bits.join("\n"));
}
