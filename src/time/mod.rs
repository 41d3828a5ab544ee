//! Time as the simulator knows it: one virtual clock of whole milliseconds.
//!
//! [`Instant`] and [`Duration`] count milliseconds from T+0, the moment when a
//! scenario begins. [`Rate`] and [`Factor`] turn amounts of work into durations
//! without floating point. [`Hours`] are the working hours of a team as people
//! write them; compiled, they are a [`Calendar`] of plain integers, so that no
//! time-zone rule is consulted while a run is under way.
//!
//! Nothing here reads a clock, the environment or the machine's own time-zone
//! data: the zones are those bundled into the build.
//!
//! ```
//! use lifeboat::time::{Duration, Hours, Instant, Rate, StartInstant};
//!
//! // T+0 is a Thursday, 16:40 in Chicago.
//! let starts: StartInstant = "2024-07-18T21:40Z".parse()?;
//! let hours: Hours = "Mon-Fri 09:00-17:00 America/Chicago".parse()?;
//! let team = hours.compile(starts, Instant::ZERO, "T+14d".parse()?);
//!
//! let rate: Rate = "100/h".parse()?;
//! let work = rate.time_for(75);
//! assert_eq!(work, "45m".parse::<Duration>()?);
//! // Twenty minutes today, the rest tomorrow morning.
//! let done = team.end_of(Instant::ZERO, work);
//! assert_eq!(done, Some("T+16h45m".parse()?));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod calendar;
mod dates;
mod duration;
mod duration_text;
mod factor;
mod hours;
mod instant;
mod rate;
mod shift;
mod start;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_hours;
mod zone;

pub use calendar::Calendar;
pub use dates::{Dates, ParseDatesError};
pub use duration::Duration;
pub use duration_text::ParseDurationError;
pub use factor::{Factor, ParseFactorError};
pub use hours::{Hours, ParseHoursError};
pub use instant::{Instant, ParseInstantError};
pub use rate::{ParseRateError, Rate};
pub use start::{ParseStartError, StartInstant};
