//! How a quantity is spread over many runs, drawn in a terminal.
//!
//! A [`histogram`] shows where the runs lie, an [`ecdf`] what share of them stays at or
//! below a value: from it a percentile can be read off, and where two plans cross.
//! Both fit the width, and are drawn in ASCII where Unicode is not wanted.

mod axis;
mod ecdf;
mod histogram;
#[cfg(test)]
mod tests;

use super::text::{Ink, Page, brief, counted, thousands};
use crate::scenario::syntax::RenderStyle;
use crate::statistics::{Confidence, Level, Share, Spread, Value};
use crate::time::Duration;

/// What the numbers of a [`Spread`] are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Milliseconds.
    Time,
    /// Things.
    Count,
}

impl Unit {
    /// As people read it.
    fn label(self, number: u64) -> String {
        const DAY: u64 = Duration::DAY.as_millis();
        match self {
            Self::Count => thousands(number),
            Self::Time if number > Duration::MAX.as_millis() => {
                format!("{}d", thousands(number / DAY))
            }
            Self::Time => brief(Duration::from_millis(number)).to_string(),
        }
    }
}

/// One row for each of some fifteen ranges of values: how many of the runs lie in it.
/// The rows in which the usual percentiles lie are marked, where the runs carry them.
///
/// ```
/// use lifeboat::report::drawn::{Unit, histogram};
/// use lifeboat::scenario::syntax::RenderStyle;
/// use lifeboat::statistics::Spread;
///
/// let mut losses = Spread::default();
/// for run in 0..100 {
///     losses.record(run % 3);
/// }
/// let drawn = histogram("alerts lost", &losses, Unit::Count, RenderStyle::default());
/// assert_eq!(drawn.lines().count(), 4);
/// assert!(drawn.starts_with("alerts lost: 100 runs"));
/// ```
#[must_use]
pub fn histogram(title: &str, spread: &Spread, unit: Unit, style: RenderStyle) -> String {
    let mut page = Page::new(style);
    head(&mut page, title, spread);
    histogram::draw(&mut page, spread, unit);
    page.finish()
}

/// The share of runs at or below each value, from the least to the most; with a mark
/// below each percentile that the runs carry.
#[must_use]
pub fn ecdf(title: &str, spread: &Spread, unit: Unit, style: RenderStyle) -> String {
    let mut page = Page::new(style);
    head(&mut page, title, spread);
    ecdf::draw(&mut page, spread, unit);
    page.finish()
}

fn head(page: &mut Page, title: &str, spread: &Spread) {
    let mut text = format!("{title}: {}", counted(spread.count(), "run"));
    if spread.never().hits > 0 {
        text += &format!(", {} never", percent(spread.never()));
    }
    page.heading(&text);
}

/// The usual percentiles that the runs carry.
fn percentiles(spread: &Spread) -> Vec<(Level, Value)> {
    let told = Level::TOLD.into_iter();
    told.filter_map(|level| {
        let found = spread.quantile(level, Confidence::USUAL).ok()?;
        Some((level, found.value))
    })
    .collect()
}

/// `p95`, of a level of 95%.
fn name(level: Level) -> String {
    format!("p{}", level.to_string().trim_end_matches('%'))
}

/// A share in per cent with one decimal; what is not nothing is not told as nothing,
/// nor what is not all as all.
fn percent(share: Share) -> String {
    let Share { hits, of } = share;
    let tenths = (u128::from(hits) * 2_000 + u128::from(of)) / (2 * u128::from(of.max(1)));
    match tenths {
        0 if hits > 0 => "<0.1%".to_owned(),
        1_000 if hits < of => ">99.9%".to_owned(),
        _ => format!("{}.{}%", tenths / 10, tenths % 10),
    }
}

/// What is wrong is seen at once.
fn ink(value: Value) -> Option<Ink> {
    (value == Value::Never).then_some(Ink::Bad)
}
