//! The people who do the work: how many, when, in which shifts, and who is away.

use crate::chance::{EntityKey, Probability};
use crate::model::command::Actor;
use crate::time::{Calendar, Duration, Instant};

/// A team, as far as it limits the work (`operators`, `support`, `platform`).
#[derive(Clone, PartialEq, Debug)]
pub struct Team {
    /// How many people, all shifts together; no limit if nothing is said.
    pub size: Option<u32>,
    /// When somebody works: the hours of all shifts; around the clock if nothing is
    /// said.
    pub hours: Calendar,
    /// Shifts with their own hours and sizes, in byte order of their names. Without
    /// any, the whole team keeps the same hours.
    pub shifts: Vec<Shift>,
    /// What becomes of work that is under way when a shift ends.
    pub hand_over: HandOver,
    /// Who is away, and when.
    pub absences: Vec<Absence>,
}

impl Default for Team {
    fn default() -> Self {
        Self {
            size: None,
            hours: Calendar::always(),
            shifts: Vec::new(),
            hand_over: HandOver::default(),
            absences: Vec::new(),
        }
    }
}

/// People who keep the same hours.
#[derive(Clone, PartialEq, Debug)]
pub struct Shift {
    /// What they are called.
    pub name: Box<str>,
    /// How many.
    pub size: u32,
    /// When they are there.
    pub hours: Calendar,
}

/// What becomes of work that is under way when a shift ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum HandOver {
    /// Whoever is there next goes on with it, and loses no time (assumed: the kindest
    /// reading).
    #[default]
    None,
    /// Whoever goes on with it needs so much longer for it.
    Takes(Duration),
    /// It waits for the shift that began it.
    Waits,
}

/// Some people are away.
#[derive(Clone, PartialEq, Debug)]
pub struct Absence {
    /// Its identity, `team/` and the team, the shift and the beginning: draws are
    /// keyed by it.
    pub key: EntityKey,
    /// What it is called.
    pub name: Box<str>,
    /// Of which shift, by its place; of the whole team where it has none.
    pub shift: Option<u32>,
    /// Who.
    pub who: Away,
    /// From when.
    pub from: Instant,
    /// Until when; for good if nothing is said.
    pub to: Option<Instant>,
}

/// Who is away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Away {
    /// So many.
    Count(u32),
    /// Each of so many, with that chance.
    Each(u32, Probability),
}

/// The teams of a scenario.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Teams {
    /// The customer's people.
    pub operators: Team,
    /// Microsoft's support.
    pub support: Team,
    /// The service itself.
    pub platform: Team,
}

impl Teams {
    /// The team that an actor belongs to.
    #[must_use]
    pub const fn of(&self, by: Actor) -> &Team {
        match by {
            Actor::Platform => &self.platform,
            Actor::Support => &self.support,
            _ => &self.operators,
        }
    }

    /// All three.
    pub fn all(&self) -> impl Iterator<Item = &Team> {
        [&self.operators, &self.support, &self.platform].into_iter()
    }

    /// Whether somebody keeps hours, so that it matters what time it is.
    #[must_use]
    pub fn keep_hours(&self) -> bool {
        self.all().any(|it| !it.hours.is_always())
    }
}
