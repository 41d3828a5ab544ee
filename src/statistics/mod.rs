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
//!
//! # Shown to be right
//! `tests/cover.rs` of this room works the rates out exactly where the outcomes can be
//! enumerated, and repeats experiments of a fixed seed where they cannot. At length
//! (`cargo test --lib at_length -- --ignored --nocapture`), at 95%:
//!
//! | what | of | held | should be |
//! | --- | --- | --- | --- |
//! | p50 of 20 log-normal runs | 20,000 experiments | 95.80% | 95.86% |
//! | p90 of 100 | 20,000 | 95.38% | 95.57% |
//! | p95 of 100 | 20,000 | 98.28% | 98.26% |
//! | p99 of 500 | 20,000 | 98.11% | 98.02% |
//! | mean of 30 paired differences | 20,000 | 94.85% | 95% |
//!
//! What should be is exact, and at least 95%: ranks are whole. And of those who look
//! after every run, 100,000 times, at runs that keep a limit exactly as often as was
//! asked, so that any verdict may be wrong:
//!
//! | asked for | ever pass | ever fail | promised |
//! | --- | --- | --- | --- |
//! | 50% | 1.99% | 1.99% | at most 5% together |
//! | 90% | 0.47% | 2.95% | |
//! | 95% | 0.23% | 1.98% | |
//! | 99% | 0.04% | 1.71% | |
//!
//! The test for one look, looked at 2,000 times, says one or the other of 95% in 58% of
//! all experiments: that is what the promise is worth.

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
