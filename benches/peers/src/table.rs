//! The result as a table.

use std::fmt::Write;

use crate::rounds::Line;

/// One line for each peer: the median of its rounds, the slowest and the fastest.
///
/// The ratio is taken round by round, to the first peer, before the median is.
pub fn render(lines: &[Line]) -> String {
    let width = lines.iter().map(|line| line.name.len()).max().unwrap_or(0);
    let mut table = format!(
        "{:width$}  {:>10}  {:>17}  {:>11}  {:>11}  {:>7}\n",
        "", "drills/s", "min–max", "facts/drill", "facts/s", "ratio"
    );
    for line in lines {
        let rates: Vec<f64> = line.rounds.iter().map(|round| round.rate()).collect();
        let ratios = rates.iter().zip(&lines[0].rounds);
        let ratio = median(ratios.map(|(rate, first)| rate / first.rate()).collect());
        let slowest = rates.iter().copied().fold(f64::INFINITY, f64::min);
        let fastest = rates.iter().copied().fold(0.0, f64::max);
        let rate = median(rates);
        let facts = line.rounds[0].summary.facts;
        let _ = writeln!(
            table,
            "{:width$}  {rate:>10.0}  {:>17}  {facts:>11}  {:>11.0}  {ratio:>6.3}×",
            line.name,
            format!("{slowest:.0}–{fastest:.0}"),
            rate * facts as f64,
        );
    }
    table
}

/// The one in the middle, or the mean of the two.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        (values[middle - 1] + values[middle]) / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn a_median_is_in_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
    }
}
