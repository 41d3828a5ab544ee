//! Whether enough of the runs keep a limit.

use super::ranks::{MOST_RUNS, Runs};
use super::search::least_up_to;
use super::{Confidence, Level, Looks, Share};
use std::cmp::Ordering;

/// At least that share of all runs keeps a limit, and one wants to be so sure of it.
///
/// 'The 95th percentile is at most 72 h' is the same as 'at least 95% of the runs take
/// at most 72 h': count the runs that do, and judge their share.
///
/// ```
/// use lifeboat::statistics::{Confidence, Level, Objective, Ruling, Share};
///
/// let rto = Objective { share: Level::P95, confidence: Confidence::USUAL };
/// assert_eq!(rto.judge(Share { hits: 59, of: 59 }), Ruling::Pass);
/// // All of them do, but they are too few to be 95% sure of 95%.
/// let few = rto.judge(Share { hits: 58, of: 58 });
/// assert_eq!(few, Ruling::Inconclusive { settled_by: Some(59) });
/// assert_eq!(rto.judge(Share { hits: 80, of: 100 }), Ruling::Fail);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Objective {
    /// What share of the runs, at least.
    pub share: Level,
    /// How sure of passing, and how sure of failing.
    pub confidence: Confidence,
}

/// What the runs say of an [`Objective`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ruling {
    /// It is kept.
    Pass,
    /// It is not.
    Fail,
    /// So many runs cannot say.
    Inconclusive {
        /// How many runs in all would, if their share stayed as it is; `None` where
        /// no number would, or more than a thousand million.
        settled_by: Option<u64>,
    },
}

impl Objective {
    /// What `share` of the runs, those that keep the limit, says.
    ///
    /// For one look it is the exact binomial test, one-sided in each direction. For
    /// any number of looks it is the interval of
    /// [`Share::interval`], which keeps its promise however often one looks and
    /// whenever one stops: a wrong pass and a wrong fail each come of at most the
    /// rest of the confidence of all experiments.
    #[must_use]
    pub fn judge(&self, share: Share) -> Ruling {
        match self.says(share) {
            Some(true) => Ruling::Pass,
            Some(false) => Ruling::Fail,
            None => Ruling::Inconclusive {
                settled_by: self.settled_by(share),
            },
        }
    }

    pub(super) fn says(&self, share: Share) -> Option<bool> {
        let runs = Runs::at(share.of, self.share);
        let error = self.confidence.error();
        let side = self.share.compare(share.hits, share.of);
        let odd = match (self.confidence.looks, side) {
            (_, Ordering::Equal) => false,
            (Looks::Always, _) => runs.ruled_out(share.hits, error),
            (Looks::Once, Ordering::Greater) => runs.at_least(share.hits) <= error,
            (Looks::Once, Ordering::Less) => runs.at_most(share.hits) <= error,
        };
        odd.then_some(side == Ordering::Greater)
    }

    /// The runs that would settle it, at the share that was observed; at none
    /// observed, if every run kept the limit.
    fn settled_by(&self, share: Share) -> Option<u64> {
        let (hits, of) = match share.of {
            0 => (1, 1),
            of => (share.hits, of),
        };
        let side = self.share.compare(hits, of);
        if side == Ordering::Equal {
            return None;
        }
        least_up_to(share.of + 1, MOST_RUNS, |runs| {
            // Rounded towards the share that is asked for.
            let scaled = u128::from(runs) * u128::from(hits);
            let hits = match side {
                Ordering::Greater => scaled / u128::from(of),
                _ => scaled.div_ceil(u128::from(of)),
            };
            let then = Share {
                hits: hits as u64,
                of: runs,
            };
            self.says(then).is_some()
        })
    }
}
