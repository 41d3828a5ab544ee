//! Which of the sorted runs an order-statistic interval reaches from and to.
//!
//! Of `n` runs, the number of those at or below the true percentile `q` is binomial
//! with probability `q`, whatever the distribution of the values. The interval from
//! the r-th to the s-th smallest value therefore holds the percentile whenever that
//! number is from `r` to `s - 1` (H. A. David and H. N. Nagaraja, 'Order statistics',
//! 3rd ed., 2003, section 7.1). Where values are tied it holds it more often still.

use super::beta::{binomial, incomplete};
use super::search::{least, least_up_to};
use super::{Confidence, Level, Looks};

/// More runs than anybody makes: a search for how many it would take ends here.
pub(super) const MOST_RUNS: u64 = 1_000_000_000;

/// So many independent runs, each of which hits with the same probability.
#[derive(Clone, Copy, Debug)]
pub(super) struct Runs {
    of: u64,
    p: f64,
    q: f64,
}

impl Runs {
    /// Runs that hit with the probability of a level.
    pub(super) fn at(of: u64, level: Level) -> Self {
        Self {
            of,
            p: level.part(),
            q: level.rest(),
        }
    }

    /// Runs that hit with the probability `p`.
    pub(super) fn with(of: u64, p: f64) -> Self {
        Self { of, p, q: 1.0 - p }
    }

    /// The probability of exactly so many hits.
    pub(super) fn exactly(self, hits: u64) -> f64 {
        binomial(hits as f64, (self.of - hits) as f64, self.p, self.q)
    }

    /// The probability of so many hits or more.
    pub(super) fn at_least(self, hits: u64) -> f64 {
        match hits {
            0 => 1.0,
            _ if hits > self.of => 0.0,
            _ => incomplete(hits as f64, (self.of - hits) as f64 + 1.0, self.p, self.q),
        }
    }

    /// The probability of so many hits or fewer.
    pub(super) fn at_most(self, hits: u64) -> f64 {
        if hits >= self.of {
            return 1.0;
        }
        incomplete((self.of - hits) as f64, hits as f64 + 1.0, self.q, self.p)
    }

    /// Whether so many hits are too odd for this probability to be true, however
    /// often one looked: the ratio of a mixture of all probabilities, each equally
    /// likely, to this one has reached the inverse of the error. See
    /// [`Share::interval`](super::Share::interval).
    pub(super) fn ruled_out(self, hits: u64, error: f64) -> bool {
        (self.of as f64 + 1.0) * self.exactly(hits) <= error
    }
}

/// The ranks, from 1, between which the percentile lies; `None` where one end would
/// lie beyond all runs.
pub(super) fn ranks(of: u64, level: Level, confidence: Confidence) -> Option<(u64, u64)> {
    let runs = Runs::at(of, level);
    let error = confidence.error();
    let (from, to) = match confidence.looks {
        Looks::Once => {
            let above = least(0, of, |hits| runs.at_most(hits) > 0.5 * error);
            let to = least(0, of + 1, |hits| runs.at_least(hits) <= 0.5 * error);
            (above, to)
        }
        Looks::Always => {
            let usual = level.rank_in(of);
            let from = least(0, usual, |hits| !runs.ruled_out(hits, error));
            let to = least(usual, of + 1, |hits| {
                hits > of || runs.ruled_out(hits, error)
            });
            (from, to)
        }
    };
    (from >= 1 && to <= of).then_some((from, to))
}

/// How many runs carry the percentile.
pub(super) fn needed(level: Level, confidence: Confidence) -> Option<u64> {
    least_up_to(1, MOST_RUNS, |of| ranks(of, level, confidence).is_some())
}
