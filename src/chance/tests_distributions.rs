//! Distributions: exact values, laws and statistics.

use proptest::prelude::*;

use super::{
    Chance, CountDist, Dist, DistributionError, Domain, DurationDist, EntityKey, Purpose, Seeded,
    Shape, Site,
};
use crate::time::Duration;

fn duration(text: &str) -> Duration {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn pert(min: &str, mode: &str, max: &str) -> DurationDist {
    Dist::pert(duration(min), duration(mode), duration(max)).expect("ascending")
}

/// What `dist` gives at pinned points of luck, from the least to the most.
fn pinned(dist: &DurationDist) -> [u64; 7] {
    [
        0,
        0x0123_4567_89AB_CDEF,
        0x4000_0000_0000_0000,
        0x8000_0000_0000_0000,
        0xDEAD_BEEF_DEAD_BEEF,
        0xFFF0_0000_0000_0000,
        u64::MAX,
    ]
    .map(|bits| dist.distribution().quantile(bits))
}

/// Pinned, and checked against forty digits of another program's mathematics.
#[test]
fn luck_means_what_it_meant() {
    let uniform = Dist::uniform(duration("1h"), duration("3h")).expect("valid");
    assert_eq!(
        pinned(&uniform),
        [
            3_600_000, 3_632_000, 5_400_000, 7_200_000, 9_862_839, 10_798_243, 10_800_000
        ]
    );
    let lognormal = Dist::log_normal(duration("4h"), duration("2d")).expect("valid");
    let ceiling = Duration::MAX.as_millis();
    assert_eq!(
        pinned(&lognormal),
        [
            59,
            276_580,
            5_197_958,
            14_400_000,
            78_864_684,
            2_794_062_981,
            ceiling
        ]
    );
    let exponential = Dist::exponential(duration("1h")).expect("valid");
    assert_eq!(
        pinned(&exponential),
        [
            0,
            16_036,
            1_035_655,
            2_495_330,
            7_340_330,
            29_943_958,
            132_252_482
        ]
    );
    let seen = [duration("10m"), duration("4h"), duration("1h")];
    let empirical = Dist::empirical(seen).expect("valid");
    assert_eq!(
        pinned(&empirical),
        [
            600_000, 600_000, 600_000, 3_600_000, 14_400_000, 14_400_000, 14_400_000
        ]
    );
}

/// Likewise.
#[test]
fn estimates_mean_what_they_meant() {
    assert_eq!(
        pinned(&pert("20m", "1h", "6h")),
        [
            1_200_000, 1_330_326, 3_567_769, 5_600_033, 10_244_255, 18_904_586, 21_594_982
        ]
    );
    assert_eq!(
        pinned(&pert("0s", "5h", "10h")),
        [
            80, 2_861_994, 12_939_702, 18_000_000, 26_144_103, 34_939_991, 35_999_920
        ]
    );
    assert_eq!(
        pinned(&pert("1h", "1h", "6h")),
        [
            3_600_000, 3_616_029, 4_606_425, 5_930_090, 9_627_939, 18_189_638, 21_588_403
        ]
    );
    assert_eq!(
        pinned(&pert("1h", "6h", "6h")),
        [
            3_611_597, 9_693_068, 17_241_449, 19_269_910, 21_104_925, 21_599_121, 21_600_000
        ]
    );
    let widest = [
        0,
        2_810_120_220,
        176_446_395_356,
        408_511_354_373,
        1_056_818_303_394,
        2_557_855_286_009,
        3_153_726_772_322,
    ];
    assert_eq!(pinned(&pert("0s", "1ms", "36525d")), widest);
}

#[test]
fn what_cannot_be_is_refused() {
    use DistributionError::{
        Empty, MedianAboveP95, MinAboveMax, ModeOutside, ZeroMean, ZeroMedian,
    };
    assert_eq!(CountDist::uniform(2, 1), Err(MinAboveMax));
    assert_eq!(CountDist::pert(2, 2, 1), Err(MinAboveMax));
    assert_eq!(CountDist::pert(1, 0, 2), Err(ModeOutside));
    assert_eq!(CountDist::pert(1, 3, 2), Err(ModeOutside));
    assert_eq!(CountDist::log_normal(0, 1), Err(ZeroMedian));
    assert_eq!(CountDist::log_normal(2, 1), Err(MedianAboveP95));
    assert_eq!(CountDist::exponential(0), Err(ZeroMean));
    assert_eq!(CountDist::empirical([]), Err(Empty));
}

#[test]
fn what_has_no_spread_is_certain() {
    for dist in [
        CountDist::fixed(7),
        CountDist::from(7),
        CountDist::uniform(7, 7).expect("valid"),
        CountDist::pert(7, 7, 7).expect("valid"),
        CountDist::log_normal(7, 7).expect("valid"),
        CountDist::empirical([7, 7]).expect("valid"),
    ] {
        assert_eq!(dist.certain(), Some(7));
        assert_eq!((dist.typical(), dist.support()), (7, (7, 7)));
        assert_eq!(
            [0, u64::MAX].map(|bits| dist.distribution().quantile(bits)),
            [7, 7]
        );
    }
}

#[test]
fn shapes_and_texts() {
    let dist = pert("20m", "1h", "6h");
    assert_eq!(Dist::new(&dist.shape()), Ok(dist.clone()));
    assert_eq!(dist.to_string(), "pert(20m, 1h, 6h)");
    assert_eq!(CountDist::fixed(4).to_string(), "4");
    let backwards = CountDist::empirical([3, 1, 2]).expect("valid");
    assert_eq!(backwards, CountDist::empirical([1, 2, 3]).expect("valid"));
    assert_eq!(backwards.shape(), Shape::Empirical(vec![1, 2, 3]));
    assert_eq!(backwards.to_string(), "empirical(1, 2, 3)");
    assert_eq!(
        Dist::log_normal(duration("4h"), duration("2d"))
            .expect("valid")
            .to_string(),
        "lognormal(p50 4h, p95 2d)"
    );
}

#[test]
fn the_nearest_value_that_was_seen() {
    let dist = CountDist::empirical([10, 20, 40]).expect("valid");
    let nearest = [0, 15, 16, 31, 99].map(|value| dist.distribution().nearest(value));
    assert_eq!(nearest, [10, 10, 20, 40, 40]);
    assert!(dist.distribution().admits(20) && !dist.distribution().admits(21));
    assert_eq!(dist.typical(), 20);
}

/// What a seed draws from `dist`, sorted.
fn draws(dist: &DurationDist) -> Vec<u64> {
    let seeded = Seeded::new(20_231_009);
    let draw = |ordinal| {
        let site = Site {
            entity: EntityKey(42),
            purpose: Purpose::StepTime,
            ordinal,
        };
        seeded.decide(site, &dist.domain()).as_u64()
    };
    let mut draws: Vec<u64> = (0..20_000).map(draw).collect();
    draws.sort_unstable();
    draws
}

/// The mean of the draws in thousandths of `expected`.
fn mean_in_thousandths(draws: &[u64], expected: u64) -> u64 {
    draws.iter().sum::<u64>() * 1_000 / draws.len() as u64 / expected
}

#[test]
fn means_are_as_they_should_be() {
    let near_one = 980..=1_020;
    let pert = draws(&pert("20m", "1h", "6h"));
    // (min + 4 mode + max) / 6.
    let expected = duration("20m") + duration("1h") * 4 + duration("6h");
    assert!(near_one.contains(&mean_in_thousandths(&pert, expected.as_millis() / 6)));
    let uniform = draws(&Dist::uniform(duration("1h"), duration("3h")).expect("valid"));
    assert!(near_one.contains(&mean_in_thousandths(&uniform, 7_200_000)));
    let exponential = draws(&Dist::exponential(duration("1h")).expect("valid"));
    assert!(near_one.contains(&mean_in_thousandths(&exponential, 3_600_000)));
}

#[test]
fn percentiles_are_as_they_were_given() {
    let draws = draws(&Dist::log_normal(duration("4h"), duration("2d")).expect("valid"));
    let share_below = |text| {
        let limit = duration(text).as_millis();
        draws.partition_point(|draw| *draw < limit) * 1_000 / draws.len()
    };
    assert!((488..=512).contains(&share_below("4h")));
    assert!((945..=955).contains(&share_below("2d")));
}

fn any_dist() -> impl Strategy<Value = CountDist> {
    // Narrow and wide ones; the widest duration is the widest that is used.
    let value = || prop_oneof![0..100_u64, 0..=Duration::MAX.as_millis()];
    let three = || {
        [value(), value(), value()].prop_map(|mut three| {
            three.sort_unstable();
            three
        })
    };
    prop_oneof![
        value().prop_map(CountDist::fixed),
        three().prop_map(|[min, _, max]| CountDist::uniform(min, max).expect("valid")),
        three().prop_map(|[min, mode, max]| CountDist::pert(min, mode, max).expect("valid")),
        three()
            .prop_map(|[p50, _, p95]| { CountDist::log_normal(p50 + 1, p95 + 1).expect("valid") }),
        value().prop_map(|mean| CountDist::exponential(mean + 1).expect("valid")),
        prop::collection::vec(value(), 1..9)
            .prop_map(|values| CountDist::empirical(values).expect("valid")),
    ]
}

fn any_bits() -> impl Strategy<Value = u64> {
    prop_oneof![
        any::<u64>(),
        0..1_u64 << 40,
        u64::MAX - (1 << 40)..=u64::MAX
    ]
}

proptest! {
    #[test]
    fn draws_stay_in_bounds(dist in any_dist(), bits in any_bits()) {
        let choice = dist.domain().at(bits);
        let (least, most) = dist.support();
        prop_assert!((least..=most).contains(&choice.as_u64()));
        prop_assert!(dist.domain().admits(choice));
        prop_assert!(dist.domain().admits(dist.domain().simplest()));
        for point in dist.domain().telling_points() {
            prop_assert!(dist.domain().admits(point));
        }
    }

    #[test]
    fn more_luck_is_never_less(dist in any_dist(), one in any_bits(), other in any_bits()) {
        let at = |bits| dist.domain().at(bits).as_u64();
        prop_assert!(at(one.min(other)) <= at(one.max(other)));
    }

    #[test]
    fn many_at_once_are_what_each_is(dist in any_dist(), many in prop::collection::vec(any_bits(), 0..20)) {
        let mut told = Vec::new();
        dist.distribution().quantiles(many.iter().copied(), |it| told.push(it));
        let each = many.iter().map(|&bits| dist.distribution().quantile(bits));
        prop_assert_eq!(told, each.collect::<Vec<_>>());
    }

    #[test]
    fn the_nearest_is_possible(dist in any_dist(), value in any::<u64>()) {
        let nearest = dist.distribution().nearest(value);
        prop_assert!(dist.distribution().admits(nearest));
    }

    /// With the mode in the middle the distribution function is a polynomial.
    #[test]
    fn a_symmetric_estimate_inverts_its_polynomial(bits in any::<u64>()) {
        let span = 1_000_000_000_000_u64;
        let dist = CountDist::pert(0, span / 2, span).expect("valid");
        let x = dist.domain().at(bits).as_u64() as f64 / span as f64;
        let cumulative = x * x * x * (10.0 - 15.0 * x + 6.0 * x * x);
        let expected = bits as f64 / 18_446_744_073_709_551_616.0;
        prop_assert!((cumulative - expected).abs() < 1e-11);
    }

    #[test]
    fn durations_never_pass_their_maximum(bits in any_bits(), p50 in 1..=Duration::MAX.as_millis()) {
        let p50 = Duration::from_millis(p50);
        let dist = Dist::log_normal(p50, Duration::MAX).expect("valid");
        prop_assert!(dist.domain().at(bits).as_u64() <= Duration::MAX.as_millis());
        prop_assert!(matches!(dist.domain(), Domain::Dist(_)));
    }
}
