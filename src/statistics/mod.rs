//! What many runs say: shares, percentiles, differences, and how sure one may be.
//!
//! Pure mathematics over numbers that runs came to. It knows nothing of drills, asks
//! no chance and reads no clock.
//!
//! - [`Share`]: so many of so many runs, with an exact interval.
//! - [`Spread`]: how a quantity is spread over runs, with percentiles that the number
//!   of runs carries, and none that it does not.
//! - [`Paired`]: how a quantity differs between two plans on the same luck.
//! - [`Objective`]: whether enough runs keep a limit: pass, fail, or not to be said.
//!
//! All of them are counted and summed in whole numbers and [merge](Spread::merge) to
//! the same bits, whatever the split and the order. Only what is said of them in the
//! end is worked out in floating point, by basic operations and `libm`, so that it is
//! the same on every platform.
//!
//! Every interval keeps its promise for any number of runs, and a [`Confidence`] says
//! whether for one look or for any number of looks. The one exception is the interval
//! of a mean ([`Moments::mean_interval`]), which is right for many runs.

mod beta;
mod bucket;
mod confidence;
mod level;
mod moments;
mod objective;
mod paired;
mod percentile;
mod ranks;
mod search;
mod share;
mod spread;
#[cfg(test)]
mod tests;
mod wide;
mod written;

pub use confidence::{Confidence, Looks};
pub use level::Level;
pub use moments::{Moments, NoMoments};
pub use objective::{Objective, Ruling};
pub use paired::{Difference, Paired};
pub use percentile::{Interval, Percentile, TooFew, Value};
pub use share::{NoShare, Share};
pub use spread::Spread;
pub use written::NoSpread;
