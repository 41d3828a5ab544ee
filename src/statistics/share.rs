//! A share of runs.

use super::ranks::Runs;
use super::search::turn;
use super::{Confidence, Interval, Level, Looks};
use serde::{Deserialize, Serialize};

/// So many of so many runs: those that violated a check, kept a limit, never stopped.
///
/// ```
/// use lifeboat::statistics::{Confidence, Share};
///
/// // Nothing seen in 300 runs is not nothing at all: up to 1.2% may be so.
/// let seen = Share { hits: 0, of: 300 };
/// let interval = seen.interval(Confidence::USUAL);
/// assert_eq!(interval.low, 0.0);
/// assert!((interval.high - 0.012_22).abs() < 0.000_01);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "(u64, u64)", into = "(u64, u64)")]
pub struct Share {
    /// Of how many it is true.
    pub hits: u64,
    /// How many there are: never fewer than hits.
    pub of: u64,
}

impl Share {
    /// One more.
    pub fn record(&mut self, hit: bool) {
        self.hits += u64::from(hit);
        self.of += 1;
    }

    /// Those of other runs as well.
    pub fn merge(&mut self, other: Self) {
        self.hits += other.hits;
        self.of += other.of;
    }

    /// The observed share, between zero and one; zero of none.
    #[must_use]
    pub fn observed(self) -> f64 {
        self.hits as f64 / self.of.max(1) as f64
    }

    /// Between what the true share lies.
    ///
    /// For one look the exact interval of C. J. Clopper and E. S. Pearson ('The use of
    /// confidence or fiducial limits illustrated in the case of the binomial',
    /// Biometrika 26, 1934): it covers at its rate or above, for any number of runs.
    ///
    /// For any number of looks the shares that no bet against them has beaten: the
    /// bet on all shares alike, (n + 1) · P(hits of n) = 1 on average if the share is
    /// true, grows beyond 1 / error at any time with a probability of at most the
    /// error (J. Ville, 'Étude critique de la notion de collectif', 1939; H. Robbins,
    /// 'Statistical methods related to the law of the iterated logarithm', Annals of
    /// Mathematical Statistics 41, 1970).
    #[must_use]
    pub fn interval(self, confidence: Confidence) -> Interval {
        match confidence.looks {
            Looks::Once => {
                let half = 0.5 * confidence.error();
                Interval {
                    low: self.lower(half),
                    high: self.upper(half),
                }
            }
            Looks::Always => self.at_any_time(confidence.error()),
        }
    }

    /// The share that the true one is at least, for one look: the lower end of a
    /// one-sided interval.
    #[must_use]
    pub fn at_least(self, level: Level) -> f64 {
        self.lower(level.rest())
    }

    /// The share that the true one is at most, for one look.
    #[must_use]
    pub fn at_most(self, level: Level) -> f64 {
        self.upper(level.rest())
    }

    /// The largest share at which so many hits or more have no probability above
    /// `error`.
    fn lower(self, error: f64) -> f64 {
        if self.hits == 0 {
            return 0.0;
        }
        let odd = |p: f64| Runs::with(self.of, p).at_least(self.hits) <= error;
        turn(0.0, self.observed(), odd).0
    }

    /// The smallest share at which so many hits or fewer have no probability above
    /// `error`.
    fn upper(self, error: f64) -> f64 {
        if self.hits >= self.of {
            return 1.0;
        }
        let usual = |p: f64| Runs::with(self.of, p).at_most(self.hits) > error;
        turn(self.observed(), 1.0, usual).1
    }

    fn at_any_time(self, error: f64) -> Interval {
        let odd = |p: f64| Runs::with(self.of, p).ruled_out(self.hits, error);
        let low = match self.hits {
            0 => 0.0,
            _ => turn(0.0, self.observed(), odd).0,
        };
        let high = if self.hits >= self.of {
            1.0
        } else {
            turn(self.observed(), 1.0, |p| !odd(p)).1
        };
        Interval { low, high }
    }
}

/// More hits than runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{hits} of {of} is no share: there are more hits than runs")]
pub struct NoShare {
    hits: u64,
    of: u64,
}

impl TryFrom<(u64, u64)> for Share {
    type Error = NoShare;

    fn try_from((hits, of): (u64, u64)) -> Result<Self, NoShare> {
        if hits > of {
            return Err(NoShare { hits, of });
        }
        Ok(Self { hits, of })
    }
}

impl From<Share> for (u64, u64) {
    fn from(share: Share) -> Self {
        (share.hits, share.of)
    }
}
