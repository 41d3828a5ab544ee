//! One shift: days of the week, and from when to when on each.

use std::fmt;

use super::hours::ParseHoursError;

/// Minutes in a day of the wall clock.
pub(super) const DAY_MINUTES: u16 = 24 * 60;

/// The days of the week as they are written, from Monday.
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// `Mon-Fri 09:00-17:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    /// Bit `n` is set where the shift begins on day `n`, from Monday.
    days: u8,
    /// Minutes from midnight when it begins, below a day.
    start: u16,
    /// Minutes from the same midnight when it ends: after the start, above a
    /// day where it ends on the next one.
    end: u16,
}

impl Shift {
    /// Reads the days and the times of a shift.
    pub(super) fn parse(days: &str, times: &str) -> Result<Self, ParseHoursError> {
        let days = parse_days(days)?;
        let bad_times = || ParseHoursError::BadTimes {
            times: times.into(),
        };
        let (start_text, end_text) = times.split_once('-').ok_or_else(bad_times)?;
        let start = parse_time(start_text)?;
        let end = parse_time(end_text)?;
        if start == DAY_MINUTES {
            return Err(ParseHoursError::BadTime {
                time: start_text.into(),
            });
        }
        if start == end {
            return Err(ParseHoursError::EmptyShift {
                times: times.into(),
            });
        }
        // A shift that ends before it begins ends on the next day.
        let end = if end > start { end } else { end + DAY_MINUTES };
        Ok(Self { days, start, end })
    }

    /// Whether it begins on that day, from Monday (0) to Sunday (6).
    pub(super) fn begins_on(&self, day_from_monday: u8) -> bool {
        self.days & (1 << day_from_monday) != 0
    }

    /// Minutes from midnight when it begins, and when it ends.
    pub(super) fn minutes(&self) -> (u16, u16) {
        (self.start, self.end)
    }
}

/// Reads `Mon-Fri`, `Mon,Wed,Fri`, `Sat-Mon,Thu` into a set of days.
fn parse_days(text: &str) -> Result<u8, ParseHoursError> {
    let mut days = 0;
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let last = parse_day(last)?;
        let mut day = parse_day(first)?;
        days |= 1 << day;
        // A range may go round the end of the week.
        while day != last {
            day = (day + 1) % DAYS.len();
            days |= 1 << day;
        }
    }
    Ok(days)
}

/// The place of a day in the week, from Monday.
fn parse_day(text: &str) -> Result<usize, ParseHoursError> {
    DAYS.iter()
        .position(|day| day.eq_ignore_ascii_case(text))
        .ok_or_else(|| ParseHoursError::UnknownDay { day: text.into() })
}

/// Minutes from midnight of `09:00`; `24:00` is the end of the day.
fn parse_time(text: &str) -> Result<u16, ParseHoursError> {
    let two_digits = |part: &str| {
        let is_shaped = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        is_shaped.then(|| part.parse::<u16>().ok()).flatten()
    };
    text.split_once(':')
        .and_then(|(hours, minutes)| Some((two_digits(hours)?, two_digits(minutes)?)))
        .filter(|(hours, minutes)| *hours < 24 && *minutes < 60 || (*hours, *minutes) == (24, 0))
        .map(|(hours, minutes)| hours * 60 + minutes)
        .ok_or_else(|| ParseHoursError::BadTime { time: text.into() })
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_days(f, self.days)?;
        let end = if self.end > DAY_MINUTES {
            self.end - DAY_MINUTES
        } else {
            self.end
        };
        let (start, end) = ((self.start / 60, self.start % 60), (end / 60, end % 60));
        write!(
            f,
            " {:02}:{:02}-{:02}:{:02}",
            start.0, start.1, end.0, end.1
        )
    }
}

/// Writes a set of days as runs from Monday on: `Mon-Fri`, `Mon,Wed-Fri`.
fn write_days(f: &mut fmt::Formatter<'_>, days: u8) -> fmt::Result {
    let is_set = |day: usize| day < DAYS.len() && days & (1 << day) != 0;
    let mut separator = "";
    let mut day = 0;
    while day < DAYS.len() {
        if !is_set(day) {
            day += 1;
            continue;
        }
        let first = day;
        while is_set(day + 1) {
            day += 1;
        }
        write!(f, "{separator}{}", DAYS[first])?;
        if day > first {
            write!(f, "-{}", DAYS[day])?;
        }
        separator = ",";
        day += 1;
    }
    Ok(())
}
