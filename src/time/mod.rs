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

mod calendar;
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
pub use duration::Duration;
pub use duration_text::ParseDurationError;
pub use factor::{Factor, ParseFactorError};
pub use hours::{Hours, ParseHoursError};
pub use instant::{Instant, ParseInstantError};
pub use rate::{ParseRateError, Rate};
pub use start::{ParseStartError, StartInstant};
