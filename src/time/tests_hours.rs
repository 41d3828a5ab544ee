//! Calendars, working hours and starts.

use proptest::prelude::*;

use super::{Calendar, Duration, Hours, Instant, ParseHoursError, ParseStartError, StartInstant};

fn hours(text: &str) -> Hours {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn starts(text: &str) -> StartInstant {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn at(text: &str) -> Instant {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The open spans of the first `days` days as texts.
fn spans(text: &str, start: &str, days: u64) -> Vec<String> {
    let until = Instant::ZERO + Duration::from_days(days);
    let calendar = hours(text).compile(starts(start), Instant::ZERO, until);
    let spans = calendar.spans().expect("not always open");
    spans.map(|(from, to)| format!("{from} {to}")).collect()
}

#[test]
fn always_is_always() {
    let always = Calendar::always();
    assert_eq!(Calendar::default(), always);
    assert!(always.is_always() && always.is_open(Instant::MIN));
    assert_eq!(always.next_open(at("T-3d")), Some(at("T-3d")));
    assert_eq!(always.next_close(at("T+0")), None);
    assert_eq!(always.end_of(at("T+1h"), Duration::DAY), Some(at("T+25h")));
    assert_eq!(
        always.open_between(at("T+1h"), at("T+3h")),
        Duration::from_hours(2)
    );
    assert_eq!(always.open_between(at("T+3h"), at("T+1h")), Duration::ZERO);
}

#[test]
fn work_pauses_while_it_is_closed() {
    let calendar = Calendar::from_spans([
        (at("T+24h"), at("T+32h")),
        (at("T+0"), at("T+8h")),
        (at("T+2h"), at("T+4h")),
        (at("T+50h"), at("T+50h")),
    ]);
    let hours = Duration::from_hours;
    assert_eq!(calendar.spans().map(|spans| spans.len()), Some(2));
    assert!(calendar.is_open(at("T+0")) && !calendar.is_open(at("T+8h")));
    assert_eq!(calendar.next_open(at("T-1h")), Some(at("T+0")));
    assert_eq!(calendar.next_open(at("T+8h")), Some(at("T+24h")));
    assert_eq!(calendar.next_open(at("T+32h")), None);
    assert_eq!(calendar.next_close(at("T+9h")), Some(at("T+32h")));
    // Work that fits exactly ends with the span, not with the next one.
    assert_eq!(calendar.end_of(at("T+0"), hours(8)), Some(at("T+8h")));
    assert_eq!(calendar.end_of(at("T+0"), hours(9)), Some(at("T+25h")));
    assert_eq!(calendar.end_of(at("T+9h"), hours(1)), Some(at("T+25h")));
    assert_eq!(
        calendar.end_of(at("T+9h"), Duration::ZERO),
        Some(at("T+9h"))
    );
    assert_eq!(calendar.end_of(at("T+0"), hours(16)), Some(at("T+32h")));
    assert_eq!(calendar.end_of(at("T+0"), hours(17)), None);
    assert_eq!(calendar.open_between(at("T+7h"), at("T+26h")), hours(3));
    let never = Calendar::from_spans([]);
    assert!(!never.is_open(Instant::ZERO) && !never.is_always());
    assert_eq!(never.end_of(Instant::ZERO, hours(1)), None);
}

#[test]
fn office_hours_follow_the_zone() {
    // Thursday, 16:40 in Chicago.
    assert_eq!(
        spans(
            "Mon-Fri 09:00-17:00 America/Chicago",
            "2024-07-18T21:40Z",
            5
        ),
        [
            "T+0 T+20m",
            "T+16h20m T+24h20m",
            "T+3d16h20m T+4d20m",
            "T+4d16h20m T+5d",
        ]
    );
}

#[test]
fn shifts_over_midnight_belong_to_the_day_they_begin() {
    // T+0 is Monday 00:00: Sunday's shift is still on.
    assert_eq!(
        spans("Sun,Mon 22:00-06:00 UTC", "2024-07-15T00:00Z", 3),
        ["T+0 T+6h", "T+22h T+30h"]
    );
    assert_eq!(
        spans("Sat-Mon 00:00-24:00 UTC", "2024-07-15T00:00Z", 7),
        ["T+0 T+24h", "T+5d T+7d"]
    );
    assert_eq!(
        spans(
            "Mon 09:00-12:00 + Mon 11:00-13:00 + Mon 14:00-15:00 UTC",
            "2024-07-15T00:00Z",
            1
        ),
        ["T+9h T+13h", "T+14h T+15h"]
    );
}

#[test]
fn clock_changes_are_followed() {
    // Berlin, 2024-03-31: 02:00 to 03:00 is skipped. T+0 is that midnight.
    let spring = |text| spans(text, "2024-03-30T23:00Z", 1);
    assert_eq!(spring("Sun 00:00-08:00 Europe/Berlin"), ["T+0 T+7h"]);
    assert_eq!(spring("Sun 02:30-08:00 Europe/Berlin"), ["T+2h T+7h"]);
    assert_eq!(
        spring("Sun 02:10-02:50 Europe/Berlin"),
        Vec::<String>::new()
    );
    assert_eq!(
        spring("Sun 02:00-03:00 Europe/Berlin"),
        Vec::<String>::new()
    );
    // 2024-10-27: 02:00 to 03:00 comes twice.
    let autumn = |text| spans(text, "2024-10-26T22:00Z", 1);
    assert_eq!(autumn("Sun 00:00-08:00 Europe/Berlin"), ["T+0 T+9h"]);
    assert_eq!(
        autumn("Sun 00:00-02:30 + Sun 03:00-04:00 Europe/Berlin"),
        ["T+0 T+2h30m", "T+4h T+5h"]
    );
    // Samoa went without 2011-12-30.
    assert_eq!(
        spans("Fri 00:00-24:00 Pacific/Apia", "2011-12-28T10:00Z", 5),
        Vec::<String>::new()
    );
}

#[test]
fn odd_windows_are_harmless() {
    let always_on = hours("Mon-Sun 00:00-24:00 UTC");
    let start = starts("2024-07-18T21:40Z");
    let compile = |from, to| always_on.compile(start, from, to);
    assert_eq!(compile(at("T+1h"), at("T+1h")), Calendar::from_spans([]));
    assert_eq!(compile(at("T+2h"), at("T+1h")), Calendar::from_spans([]));
    let longest = compile(Instant::ZERO, Instant::MAX);
    assert_eq!(
        longest,
        Calendar::from_spans([(Instant::ZERO, Instant::ZERO + Duration::MAX)])
    );
    let _ = compile(Instant::MIN, Instant::MAX);
    let _ = compile(Instant::MAX, Instant::MAX);
    let last = starts("9999-12-29T00:00Z");
    let _ = always_on.compile(last, Instant::MIN, Instant::MAX);
    let _ = always_on.compile(last, Instant::ZERO, Instant::MAX);
}

#[test]
fn hours_print_as_they_are_read() {
    for text in [
        "Mon-Fri 09:00-17:00 America/Chicago",
        "Mon,Wed-Fri,Sun 22:00-06:00 UTC",
        "Mon-Sun 00:00-24:00 Europe/Berlin",
        "Sat 20:00-00:00 + Sun 06:30-07:00 Asia/Kolkata",
    ] {
        let read = hours(text);
        assert_eq!(hours(&read.to_string()), read);
    }
    assert_eq!(
        hours("sat-mon  9:00-17:00 utc".replace(" 9", " 09").as_str()).to_string(),
        "Mon,Sat-Sun 09:00-17:00 UTC"
    );
}

#[test]
fn what_are_no_hours_is_explained() {
    let refused = |text: &str| text.parse::<Hours>().expect_err(text).to_string();
    assert_eq!(
        refused("Mon-Fri"),
        "'Mon-Fri' is not working hours: write days, times and a zone, as in Mon-Fri 09:00-17:00 Europe/Berlin"
    );
    assert_eq!(
        refused("Mon-Fri 09:00-17:00"),
        "'Mon-Fri 09:00-17:00' has no time zone: add one, as in Mon-Fri 09:00-17:00 Europe/Berlin"
    );
    assert_eq!(
        refused("Mon-Fry 09:00-17:00 UTC"),
        "'Fry' is not a day: use Mon, Tue, Wed, Thu, Fri, Sat, Sun, as in Mon-Fri or Mon,Wed"
    );
    assert_eq!(
        refused("Mon 9:00-17:00 UTC"),
        "'9:00' is not a time of day here: write 00:00 to 23:59, or 24:00 as an end"
    );
    assert_eq!(
        refused("Mon 24:00-17:00 UTC"),
        "'24:00' is not a time of day here: write 00:00 to 23:59, or 24:00 as an end"
    );
    assert_eq!(
        refused("Mon 09:00 UTC"),
        "'09:00' is not from one time to another: write 09:00-17:00"
    );
    assert_eq!(
        refused("Mon 09:00-09:00 UTC"),
        "'09:00-09:00' is no time at all: for the whole day write 00:00-24:00"
    );
    let unknown = "is not a time zone that this build knows";
    assert_eq!(
        refused("Mon 09:00-17:00 America/Chigaco"),
        format!("'America/Chigaco' {unknown}: did you mean America/Chicago?")
    );
    assert_eq!(
        refused("Mon 09:00-17:00 berlin"),
        format!("'berlin' {unknown}: did you mean Europe/Berlin?")
    );
    assert_eq!(
        refused("Mon 09:00-17:00 Middle-earth/Minas_Tirith"),
        format!("'Middle-earth/Minas_Tirith' {unknown}")
    );
    for odd in [
        "",
        "Mon 09:00-17:00 +",
        "Mon 09:00-17:00 UTC UTC",
        "+ + +",
        "Mon, 09:00-17:00 UTC",
    ] {
        assert!(odd.parse::<Hours>().is_err(), "{odd}");
    }
    assert!(matches!(
        "Mon 09:00-25:00 UTC".parse::<Hours>(),
        Err(ParseHoursError::BadTime { time }) if time == "25:00"
    ));
}

#[test]
fn starts_are_read_and_printed() {
    for (text, printed) in [
        ("2024-07-18T21:40Z", "2024-07-18T21:40Z"),
        ("2024-07-18T21:40:00Z", "2024-07-18T21:40Z"),
        ("2024-07-18T21:40:30Z", "2024-07-18T21:40:30Z"),
        ("2024-07-18T21:40:30.250Z", "2024-07-18T21:40:30.25Z"),
        ("2024-07-18T16:40-05:00", "2024-07-18T21:40Z"),
    ] {
        assert_eq!(starts(text).to_string(), printed);
        assert_eq!(starts(printed), starts(text));
    }
    assert_eq!(starts("1970-01-02T00:00Z").as_epoch_millis(), 86_400_000);
    assert_eq!(StartInstant::from_epoch_millis(i64::MAX), None);
    let refused = |text: &str| text.parse::<StartInstant>().expect_err(text);
    assert_eq!(
        refused("2024-07-18T21:40").to_string(),
        "'2024-07-18T21:40' does not say in which offset: write 2024-07-18T21:40Z for UTC, or 2024-07-18T21:40-05:00"
    );
    assert!(matches!(
        refused("2024-07-18T16:40-05:00[America/Chicago]"),
        ParseStartError::Zone { .. }
    ));
    assert!(matches!(
        refused("2024-07-18T21:40:00.0001Z"),
        ParseStartError::TooFine { .. }
    ));
    for odd in [
        "",
        "today",
        "2024-07-18",
        "2024-13-18T21:40Z",
        "20240718T2140Z",
        "ééééééééééé",
    ] {
        assert!(
            matches!(refused(odd), ParseStartError::NotADateTime { .. }),
            "{odd}"
        );
    }
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    prop::collection::vec((-1_000..1_000_i64, 0..300_i64), 0..12).prop_map(|spans| {
        Calendar::from_spans(spans.into_iter().map(|(start, length)| {
            (
                Instant::from_millis(start),
                Instant::from_millis(start + length),
            )
        }))
    })
}

proptest! {
    /// Against counting every millisecond.
    #[test]
    fn a_calendar_counts_open_milliseconds(
        calendar in any_calendar(),
        from in -1_200..1_400_i64,
        length in 0..600_i64,
    ) {
        let open = |millis: &i64| calendar.is_open(Instant::from_millis(*millis));
        let counted = (from..from + length).filter(open).count() as u64;
        let between = calendar.open_between(
            Instant::from_millis(from),
            Instant::from_millis(from + length),
        );
        prop_assert_eq!(between, Duration::from_millis(counted));
        let next = (from..2_000).find(open).map(Instant::from_millis);
        prop_assert_eq!(calendar.next_open(Instant::from_millis(from)), next);
    }

    #[test]
    fn work_ends_at_the_first_moment_that_suffices(
        calendar in any_calendar(),
        from in -1_200..1_400_i64,
        work in 1..900_u64,
    ) {
        let from = Instant::from_millis(from);
        let work = Duration::from_millis(work);
        match calendar.end_of(from, work) {
            Some(end) => {
                prop_assert_eq!(calendar.open_between(from, end), work);
                let before = end - Duration::from_millis(1);
                prop_assert!(calendar.open_between(from, before) < work);
            }
            None => prop_assert!(calendar.open_between(from, Instant::from_millis(5_000)) < work),
        }
    }

    #[test]
    fn reading_hours_never_panics(text in "\\PC*", near in "[-+,:0-9MonFri ]{0,24}") {
        for text in [text, near] {
            let _ = text.parse::<Hours>();
            let _ = text.parse::<StartInstant>();
        }
    }
}

#[test]
fn no_shift_begins_on_a_holiday() {
    // Tuesday, 2024-12-24, noon in Berlin. A night shift belongs to its first day.
    let text = "Mon-Fri 09:00-17:00 + Mon-Fri 22:00-06:00 Europe/Berlin";
    let to = Instant::ZERO + Duration::from_days(3);
    let holidays = ["2024-12-25..2024-12-26".parse().unwrap()];
    let start = starts("2024-12-24T11:00Z");
    let calendar = hours(text).compile_without(start, Instant::ZERO, to, &holidays);
    let spans: Vec<String> = calendar
        .spans()
        .unwrap()
        .map(|(from, to)| format!("{from} {to}"))
        .collect();
    assert_eq!(spans, ["T+0 T+5h", "T+10h T+18h", "T+2d21h T+3d"]);
}
