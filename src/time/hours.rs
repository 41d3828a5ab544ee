//! Working hours as people write them.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use thiserror::Error;

use super::shift::Shift;
use super::{Calendar, Dates, Duration, Instant, StartInstant, zone};

/// Working hours: one or more shifts on the wall clock of one time zone.
///
/// ```text
/// Mon-Fri 09:00-17:00 America/Chicago
/// Mon,Wed,Fri 09:00-12:00 + Sat-Mon 22:00-06:00 Europe/Berlin
/// ```
///
/// A shift over midnight belongs to the day on which it begins; a range of days
/// may go round the end of the week; `24:00` is the end of a day. The zone is
/// one of those bundled into the build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    shifts: Vec<Shift>,
    zone: TimeZone,
}

impl Hours {
    /// The name of the time zone, as in `America/Chicago`.
    #[must_use]
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The hours as plain spans of time from T+0, which stands at `starts`.
    ///
    /// Only what lies from `from` up to `to` is compiled, and at most a hundred
    /// years of it: outside, the calendar is closed. Clock changes are
    /// followed: a clock time that is skipped stands for the moment of the
    /// skip, one that comes twice for the first of the two.
    #[must_use]
    pub fn compile(&self, starts: StartInstant, from: Instant, to: Instant) -> Calendar {
        self.compile_without(starts, from, to, &[])
    }

    /// The same without holidays: on those dates no shift begins. One that began the
    /// evening before goes on to its end, since it belongs to the day before.
    #[must_use]
    pub fn compile_without(
        &self,
        starts: StartInstant,
        from: Instant,
        to: Instant,
        holidays: &[Dates],
    ) -> Calendar {
        let to = to.min(from + Duration::MAX);
        let epoch = |at: Instant| starts.as_epoch_millis().saturating_add(at.as_millis());
        let last_date = zone::date_at(&self.zone, epoch(to));
        // A shift that began the evening before may still be open.
        let first_date = zone::date_at(&self.zone, epoch(from));
        let mut date = first_date.yesterday().unwrap_or(first_date);
        let mut spans = Vec::new();
        while date <= last_date {
            let weekday = date.weekday().to_monday_zero_offset() as u8;
            let works = !holidays.iter().any(|it| it.contains(date));
            let begins = |shift: &&Shift| works && shift.begins_on(weekday);
            for shift in self.shifts.iter().filter(begins) {
                let (start, end) = shift.minutes();
                let instant = |minute| {
                    let millis = zone::epoch_millis(&self.zone, date, minute)?;
                    Some(Instant::from_millis(
                        millis.saturating_sub(starts.as_epoch_millis()),
                    ))
                };
                if let (Some(start), Some(end)) = (instant(start), instant(end)) {
                    spans.push((start.max(from), end.min(to)));
                }
            }
            let Ok(next) = date.tomorrow() else {
                break;
            };
            date = next;
        }
        Calendar::from_spans(spans)
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, shift) in self.shifts.iter().enumerate() {
            if place > 0 {
                f.write_str(" + ")?;
            }
            shift.fmt(f)?;
        }
        write!(f, " {}", self.zone_name())
    }
}

/// Why a text is not working hours.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseHoursError {
    /// The parts are not days, times and a zone.
    #[error(
        "'{text}' is not working hours: write days, times and a zone, as in Mon-Fri 09:00-17:00 Europe/Berlin"
    )]
    BadShape {
        /// The text as written.
        text: String,
    },
    /// The zone is left out.
    #[error("'{text}' has no time zone: add one, as in {text} Europe/Berlin")]
    MissingZone {
        /// The text as written.
        text: String,
    },
    /// A day is none of the seven.
    #[error(
        "'{day}' is not a day: use Mon, Tue, Wed, Thu, Fri, Sat, Sun, as in Mon-Fri or Mon,Wed"
    )]
    UnknownDay {
        /// The day as written.
        day: String,
    },
    /// The times are not two with a dash between.
    #[error("'{times}' is not from one time to another: write 09:00-17:00")]
    BadTimes {
        /// The times as written.
        times: String,
    },
    /// A time of day is none.
    #[error("'{time}' is not a time of day here: write 00:00 to 23:59, or 24:00 as an end")]
    BadTime {
        /// The time as written.
        time: String,
    },
    /// A shift ends when it begins.
    #[error("'{times}' is no time at all: for the whole day write 00:00-24:00")]
    EmptyShift {
        /// The times as written.
        times: String,
    },
    /// The zone is not among those of the build.
    #[error(
        "'{zone}' is not a time zone that this build knows{}",
        .nearest.as_ref().map(|name| format!(": did you mean {name}?")).unwrap_or_default()
    )]
    UnknownZone {
        /// The zone as written.
        zone: String,
        /// The known zone that is nearest to it, if one is near.
        nearest: Option<String>,
    },
}

impl FromStr for Hours {
    type Err = ParseHoursError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad_shape = || ParseHoursError::BadShape { text: text.into() };
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut shifts = Vec::new();
        let mut rest = words.as_slice();
        loop {
            let [days, times, after @ ..] = rest else {
                return Err(bad_shape());
            };
            shifts.push(Shift::parse(days, times)?);
            match after {
                [] => return Err(ParseHoursError::MissingZone { text: text.into() }),
                ["+", more @ ..] => rest = more,
                [name] => {
                    let zone = zone::find(name).ok_or_else(|| ParseHoursError::UnknownZone {
                        zone: (*name).into(),
                        nearest: zone::nearest(name),
                    })?;
                    return Ok(Self { shifts, zone });
                }
                _ => return Err(bad_shape()),
            }
        }
    }
}
