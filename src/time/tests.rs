//! Durations, instants, rates and factors.

use proptest::prelude::*;

use super::{
    Duration, Factor, Instant, ParseDurationError, ParseFactorError, ParseInstantError,
    ParseRateError, Rate,
};

fn duration(text: &str) -> Duration {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn refused(text: &str) -> String {
    text.parse::<Duration>().expect_err(text).to_string()
}

#[test]
fn durations_are_read() {
    assert_eq!(duration("0s"), Duration::ZERO);
    assert_eq!(duration("250ms"), Duration::from_millis(250));
    assert_eq!(
        duration("24h20m"),
        Duration::from_hours(24) + Duration::from_mins(20)
    );
    assert_eq!(
        duration("1w2d3h4m5s6ms"),
        Duration::from_millis(788_645_006)
    );
    assert_eq!(duration("007d"), Duration::WEEK);
    assert_eq!(duration("36525d"), Duration::MAX);
}

#[test]
fn durations_print_as_the_trade_speaks() {
    for (text, printed) in [
        ("0m", "0s"),
        ("60m", "1h"),
        ("26h", "26h"),
        ("1d", "24h"),
        ("47h59m", "47h59m"),
        ("48h", "2d"),
        ("3d4h", "3d4h"),
        ("2w", "14d"),
        ("1500ms", "1s500ms"),
    ] {
        assert_eq!(duration(text).to_string(), printed);
    }
}

#[test]
fn what_is_no_duration_is_explained() {
    assert_eq!("".parse::<Duration>(), Err(ParseDurationError::Empty));
    assert_eq!(
        refused(" "),
        "a duration is missing: write one like 4h or 24h20m"
    );
    assert_eq!(
        refused("0"),
        "'0' needs a unit: one of w, d, h, m, s, ms, as in 0m"
    );
    assert_eq!(
        refused("4h30"),
        "'30' needs a unit: one of w, d, h, m, s, ms, as in 30m"
    );
    assert_eq!(
        refused("3 h"),
        "' h' is not expected in a duration: write whole numbers with units and no spaces, as in 24h20m"
    );
    assert_eq!(
        refused("5min"),
        "'min' is not a unit of time: use one of w, d, h, m, s, ms"
    );
    assert_eq!(
        refused("20m24h"),
        "'h' stands too late: write the largest unit first, as in 1d4h30m"
    );
    assert_eq!(refused("1h2h"), "'h' stands twice: write each unit once");
    assert_eq!(
        refused("1.5h"),
        "a duration has whole numbers only: write 1h30m instead of 1.5h"
    );
    assert_eq!(
        refused("0.3333ms"),
        "a duration has whole numbers only: write a smaller unit instead of 0.3333ms"
    );
    assert_eq!(
        refused("-4h"),
        "'-4h' is negative: a duration is zero or more"
    );
    for too_long in ["36525d1ms", "5218w", "99999999999999999999d"] {
        assert_eq!(
            refused(too_long),
            format!("'{too_long}' is too long: a duration is at most 36525d, a hundred years")
        );
    }
    for odd in [
        "h",
        "+4h",
        "4h-30m",
        "4h 30m",
        "１h",
        "4H",
        "\u{1f6df}",
        "1.",
        "1..5h",
        "1.",
    ] {
        assert!(odd.parse::<Duration>().is_err(), "{odd}");
    }
}

#[test]
fn durations_saturate() {
    assert_eq!(Duration::MAX + Duration::SECOND, Duration::MAX);
    assert_eq!(Duration::SECOND - Duration::MINUTE, Duration::ZERO);
    assert_eq!(Duration::WEEK * u64::MAX, Duration::MAX);
    assert_eq!(Duration::from_days(u64::MAX), Duration::MAX);
    assert_eq!(Duration::MAX.checked_add(Duration::SECOND), None);
    assert_eq!(Duration::SECOND.checked_sub(Duration::MINUTE), None);
    assert_eq!(
        [Duration::DAY; 7].into_iter().sum::<Duration>(),
        Duration::WEEK
    );
}

#[test]
fn instants_are_read_and_printed() {
    for text in ["T+0", "T+24h20m", "T-3d", "T+1ms"] {
        assert_eq!(
            text.parse::<Instant>().map(|at| at.to_string()),
            Ok(text.into())
        );
    }
    assert_eq!("T+0s".parse(), Ok(Instant::ZERO));
    assert_eq!("T-0".parse(), Ok(Instant::ZERO));
    assert!(matches!(
        "4h".parse::<Instant>(),
        Err(ParseInstantError::MissingPrefix { .. })
    ));
    assert_eq!(
        "T+4".parse::<Instant>().map_err(|error| error.to_string()),
        Err("after 'T+': '4' needs a unit: one of w, d, h, m, s, ms, as in 4m".into())
    );
    assert_eq!(Instant::MIN.to_string(), "T-106751991167d7h12m55s808ms");
}

#[test]
fn instants_saturate() {
    assert_eq!(Instant::MAX + Duration::SECOND, Instant::MAX);
    assert_eq!(Instant::MIN - Duration::SECOND, Instant::MIN);
    assert_eq!(Instant::MAX.checked_add(Duration::SECOND), None);
    assert_eq!(Instant::MIN.checked_sub(Duration::SECOND), None);
    assert_eq!(Instant::MAX.since(Instant::MIN), Duration::MAX);
    assert_eq!(Instant::MIN.since(Instant::MAX), Duration::ZERO);
}

#[test]
fn rates_round_up() {
    let rate = |text: &str| text.parse::<Rate>();
    assert_eq!(rate("100/h"), Ok(Rate::per_hour(100).expect("above zero")));
    let hundred = rate("100/h").expect("valid");
    assert_eq!(hundred.time_for(0), Duration::ZERO);
    assert_eq!(hundred.time_for(10), Duration::from_mins(6));
    assert_eq!(hundred.count_in(Duration::HOUR), 100);
    let seven = rate("7/s").expect("valid");
    assert_eq!(seven.time_for(1), Duration::from_millis(143));
    assert_eq!(seven.time_for(u64::MAX), Duration::MAX);
    assert_eq!(
        rate("1/d").expect("valid").time_for(2),
        Duration::from_days(2)
    );
    assert_eq!(Rate::per_hour(0), None);
    assert_eq!(rate("0/h"), Err(ParseRateError::Zero));
    assert_eq!(
        rate("100").map_err(|error| error.to_string()),
        Err("'100' is not a rate: write how many in which time, as in 100/h".into())
    );
    for odd in [
        "/h",
        "+1/h",
        "1.5/h",
        "1/w",
        "1/",
        "1/h/h",
        "99999999999999999999/h",
    ] {
        assert!(rate(odd).is_err(), "{odd}");
    }
}

#[test]
fn factors_are_read_and_printed() {
    for text in ["4", "1.5", "0.125", "0.001", "1000000"] {
        assert_eq!(
            text.parse::<Factor>().map(|factor| factor.to_string()),
            Ok(text.into())
        );
    }
    let refused = |text: &str| text.parse::<Factor>().expect_err(text);
    assert!(matches!(refused("0"), ParseFactorError::OutOfRange { .. }));
    assert!(matches!(
        refused("1000000.001"),
        ParseFactorError::OutOfRange { .. }
    ));
    assert!(matches!(
        refused("1.0001"),
        ParseFactorError::TooFine { .. }
    ));
    for odd in ["", "-1", "+1", "1.", ".5", "1e3", "four"] {
        assert!(
            matches!(refused(odd), ParseFactorError::NotANumber { .. }),
            "{odd}"
        );
    }
}

#[test]
fn factors_stretch() {
    let factor = |text: &str| text.parse::<Factor>().expect(text);
    assert_eq!(factor("4").stretch(Duration::HOUR), Duration::from_hours(4));
    assert_eq!(
        factor("1.001").stretch(Duration::from_millis(1)),
        Duration::from_millis(2)
    );
    assert_eq!(
        factor("4").work_done(Duration::HOUR),
        Duration::from_mins(15)
    );
    assert_eq!(factor("4").mul(factor("1.5")), factor("6"));
    assert_eq!(Factor::MAX.mul(Factor::MAX), Factor::MAX);
    assert_eq!(Factor::MIN.mul(Factor::MIN), Factor::MIN);
    assert_eq!(Factor::MAX.stretch(Duration::MAX), Duration::MAX);
    assert_eq!(Factor::MIN.work_done(Duration::MAX), Duration::MAX);
}

fn any_duration() -> impl Strategy<Value = Duration> {
    // Small ones and round ones are where the units change.
    prop_oneof![
        (0..=Duration::MAX.as_millis()).prop_map(Duration::from_millis),
        (0..200_000_u64).prop_map(Duration::from_millis),
        (0..10_000_u64).prop_map(Duration::from_mins),
    ]
}

fn any_factor() -> impl Strategy<Value = Factor> {
    prop_oneof![1..=1_000_000_000_u32, 1..10_000_u32]
        .prop_map(|thousandths| Factor::from_thousandths(thousandths).expect("in range"))
}

fn any_rate() -> impl Strategy<Value = Rate> {
    (1..=u64::MAX, prop::sample::select(vec!["s", "m", "h", "d"]))
        .prop_map(|(count, unit)| format!("{count}/{unit}").parse().expect("valid"))
}

proptest! {
    #[test]
    fn a_printed_duration_reads_back(duration in any_duration()) {
        prop_assert_eq!(duration.to_string().parse(), Ok(duration));
    }

    #[test]
    fn a_printed_instant_reads_back(distance in any_duration(), before in any::<bool>()) {
        let at = if before { Instant::ZERO - distance } else { Instant::ZERO + distance };
        prop_assert_eq!(at.to_string().parse(), Ok(at));
        prop_assert_eq!((at + distance).since(at), distance);
    }

    #[test]
    fn reading_never_panics(text in "\\PC*", near in "[-+.0-9wdhms ]{0,12}") {
        for text in [text, near] {
            let _ = text.parse::<Duration>();
            let _ = text.parse::<Instant>();
            let _ = text.parse::<Rate>();
            let _ = text.parse::<Factor>();
        }
    }

    #[test]
    fn a_printed_rate_reads_back_and_keeps_its_promise(
        rate in any_rate(),
        count in 0..1_000_000_000_u64,
    ) {
        prop_assert_eq!(rate.to_string().parse(), Ok(rate));
        let takes = rate.time_for(count);
        if takes < Duration::MAX {
            prop_assert!(rate.count_in(takes) >= count);
        }
        // Rounded up, but by less than a millisecond.
        if let Some(less) = takes.checked_sub(Duration::from_millis(1)) {
            prop_assert!(rate.count_in(less) < count);
        }
    }

    #[test]
    fn a_printed_factor_reads_back(factor in any_factor()) {
        prop_assert_eq!(factor.to_string().parse(), Ok(factor));
        prop_assert_eq!(factor.mul(Factor::ONE), factor);
    }

    #[test]
    fn stretched_work_gets_done(factor in any_factor(), work in any_duration()) {
        let takes = factor.stretch(work);
        prop_assert_eq!(Factor::ONE.stretch(work), work);
        if takes < Duration::MAX {
            prop_assert!(factor.work_done(takes) >= work);
            if factor >= Factor::ONE {
                prop_assert_eq!(factor.work_done(takes), work);
            }
        }
    }
}
