//! A part of a whole, strictly between none and all.

use crate::chance::Probability;
use std::fmt;

/// A part of a whole, strictly between none and all of it: which percentile, how
/// sure, what share of the runs.
///
/// The ends are left out because no number of runs shows that something always or
/// never happens, or makes a statement certain.
///
/// ```
/// use lifeboat::chance::Probability;
/// use lifeboat::statistics::Level;
///
/// assert_eq!(Level::new("99.5%".parse()?).map(|it| it.to_string()), Some("99.5%".into()));
/// assert_eq!(Level::new(Probability::ALWAYS), None);
/// # Ok::<(), lifeboat::chance::ParseProbabilityError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Level(u32);

/// Parts per million in the whole.
const WHOLE: u32 = Probability::ALWAYS.as_ppm();

impl Level {
    /// One half: the median.
    pub const P50: Self = Self(500_000);
    /// Nine in ten.
    pub const P90: Self = Self(900_000);
    /// Nineteen in twenty; the usual confidence.
    pub const P95: Self = Self(950_000);
    /// Ninety-nine in a hundred.
    pub const P99: Self = Self(990_000);
    /// The percentiles that are told.
    pub const TOLD: [Self; 4] = [Self::P50, Self::P90, Self::P95, Self::P99];

    /// That part; `None` for 0% and for 100%.
    #[must_use]
    pub const fn new(part: Probability) -> Option<Self> {
        match part.as_ppm() {
            0 | WHOLE => None,
            ppm => Some(Self(ppm)),
        }
    }

    /// In parts per million.
    #[must_use]
    pub const fn as_ppm(self) -> u32 {
        self.0
    }

    /// As a number between zero and one.
    #[must_use]
    pub fn part(self) -> f64 {
        f64::from(self.0) / f64::from(WHOLE)
    }

    /// What is left to the whole, as a number between zero and one.
    #[must_use]
    pub fn rest(self) -> f64 {
        f64::from(WHOLE - self.0) / f64::from(WHOLE)
    }

    /// This part of `count`, rounded up: the rank of the percentile, from 1.
    pub(super) fn rank_in(self, count: u64) -> u64 {
        let scaled = u128::from(count) * u128::from(self.0);
        scaled.div_ceil(u128::from(WHOLE)) as u64
    }

    /// How the share of `hits` in `of` compares with this part.
    pub(super) fn compare(self, hits: u64, of: u64) -> std::cmp::Ordering {
        let observed = u128::from(hits) * u128::from(WHOLE);
        observed.cmp(&(u128::from(of) * u128::from(self.0)))
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = Probability::from_ppm(self.0).unwrap_or_default();
        part.fmt(f)
    }
}
