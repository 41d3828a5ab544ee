//! Rank correlation: Spearman's rho, with the mean rank for ties.
//!
//! C. Spearman, 'The Proof and Measurement of Association between Two Things', American
//! Journal of Psychology 15 (1904), 72-101.

use crate::statistics::Value;

/// Pairs of what a parameter was drawn as and what the quantity came to.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranked {
    drawn: Vec<u64>,
    came_to: Vec<Value>,
}

impl Ranked {
    pub(super) fn add(&mut self, drawn: u64, came_to: Value) {
        self.drawn.push(drawn);
        self.came_to.push(came_to);
    }

    pub(super) fn count(&self) -> u64 {
        self.drawn.len() as u64
    }

    /// The correlation of the ranks; nothing where either never varies.
    pub(super) fn rho(&self) -> Option<f64> {
        let (a, b) = (ranks(&self.drawn), ranks(&self.came_to));
        // Twice the rank less twice the mean rank: whole numbers, so that no order of
        // summing matters.
        let centre = self.drawn.len() as i128 + 1;
        let moment = |a: &[i128], b: &[i128]| -> i128 {
            let pairs = a.iter().zip(b);
            pairs.map(|(a, b)| (a - centre) * (b - centre)).sum()
        };
        let (both, first, second) = (moment(&a, &b), moment(&a, &a), moment(&b, &b));
        if first == 0 || second == 0 {
            return None;
        }
        let scale = libm::sqrt(first as f64 * second as f64);
        Some((both as f64 / scale).clamp(-1.0, 1.0))
    }
}

/// Twice the rank of each, from 1; those that are alike share their mean rank.
fn ranks<T: Ord>(values: &[T]) -> Vec<i128> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].cmp(&values[b]));
    let mut ranks = vec![0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let alike = order[from..]
            .iter()
            .take_while(|&&it| values[it] == values[order[from]]);
        let to = from + alike.count();
        for &at in &order[from..to] {
            // The mean of from + 1 ..= to, twice.
            ranks[at] = (from + 1 + to) as i128;
        }
        from = to;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rho(pairs: &[(u64, u64)]) -> Option<f64> {
        let mut ranked = Ranked::default();
        pairs
            .iter()
            .for_each(|it| ranked.add(it.0, Value::At(it.1)));
        ranked.rho()
    }

    #[test]
    fn it_is_what_the_textbook_says() {
        assert_eq!(rho(&[(1, 10), (2, 20), (3, 30)]), Some(1.0));
        assert_eq!(rho(&[(1, 30), (2, 20), (3, 10)]), Some(-1.0));
        // 1 - 6 sum d^2 / n (n^2 - 1), without ties: d = 1, 1, 0, 0.
        let some = rho(&[(1, 2), (2, 1), (3, 3), (4, 4)]).expect("both vary");
        assert!((some - 0.8).abs() < 1e-12);
        // With ties: ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4.
        let tied = rho(&[(1, 1), (2, 2), (2, 3), (3, 4)]).expect("both vary");
        assert!((tied - 4.5 / libm::sqrt(4.5 * 5.0)).abs() < 1e-12);
        assert_eq!(rho(&[(1, 5), (2, 5)]), None);
        assert_eq!(rho(&[]), None);
    }

    #[test]
    fn what_never_ends_is_beyond_every_number() {
        let mut ranked = Ranked::default();
        ranked.add(1, Value::At(u64::MAX - 1));
        ranked.add(2, Value::Never);
        assert_eq!(ranked.rho(), Some(1.0));
    }
}
