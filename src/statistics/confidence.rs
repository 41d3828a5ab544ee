//! How sure a statement is to be, and how often one looks.

use super::Level;

/// How often somebody looks at the runs before making up their mind.
///
/// Whoever looks again and again, and stops when they like what they see, is wrong
/// more often than an interval for one look promises.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Looks {
    /// Once, after a number of runs that was laid down beforehand.
    Once,
    /// As often as they like: the statement is true of all looks at once.
    Always,
}

/// How sure a statement is to be: wrong in at most the [rest](Level::rest) of all
/// experiments.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Confidence {
    /// How sure.
    pub level: Level,
    /// How often one looks.
    pub looks: Looks,
}

impl Confidence {
    /// 95%, for a number of runs that was laid down beforehand.
    pub const USUAL: Self = Self::once(Level::P95);

    /// For one look, after a number of runs that was laid down beforehand.
    #[must_use]
    pub const fn once(level: Level) -> Self {
        Self {
            level,
            looks: Looks::Once,
        }
    }

    /// However often one looks: for whoever stops when it is sharp enough.
    #[must_use]
    pub const fn always(level: Level) -> Self {
        Self {
            level,
            looks: Looks::Always,
        }
    }

    /// How often it may be wrong.
    pub(super) fn error(self) -> f64 {
        self.level.rest()
    }
}
