//! Known answers, and laws.

mod cover;
#[expect(clippy::excessive_precision, reason = "as given")]
mod known;
mod laws;

use super::*;
use crate::chance::Probability;

fn level(text: &str) -> Level {
    let part: Probability = text.parse().expect("a probability");
    Level::new(part).expect("neither 0% nor 100%")
}

fn near(value: f64, expected: f64) -> bool {
    (value - expected).abs() <= 1e-13 * expected.abs()
}

fn spread(values: impl IntoIterator<Item = u64>) -> Spread {
    let mut spread = Spread::default();
    values.into_iter().for_each(|it| spread.record(it));
    spread
}
