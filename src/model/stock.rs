//! What an org holds at T+0 as it was said, fixed or drawn: so that a fleet can be
//! laid with other luck.

use super::fleet::{Org, RecordKind, Scm};
use crate::chance::{Chance, CountDist, DurationDist, EntityKey, Purpose, Seeded, Site};
use crate::time::Duration;

/// The ordinals of drawn counts that are not records, after those that are.
const PROJECTS: u64 = 5;
const REPOS: u64 = 6;

/// How old an org's alerts are at T+0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ages {
    /// Each draws its own, rounded down to whole seconds; as many as the stock counts.
    Drawn(DurationDist),
    /// These, in seconds.
    Given(Box<[u32]>),
}

/// What an org holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// What discovery has to go through: projects, or repos for GitHub.
    pub units: CountDist,
    /// How many records there are, by [`RecordKind::ix`]. Alerts of given ages are
    /// counted by those.
    pub records: [CountDist; 5],
    /// How old the alerts are.
    pub ages: Ages,
}

impl Stock {
    /// Nothing but what discovery has to go through: an org of the timeline.
    #[must_use]
    pub fn empty(units: CountDist) -> Self {
        Self {
            units,
            records: std::array::from_fn(|_| CountDist::fixed(0)),
            ages: Ages::Given(Box::default()),
        }
    }

    /// Whether another seed may make it another.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        let open = |it: &CountDist| it.certain().is_none();
        let aged = match &self.ages {
            Ages::Given(_) => false,
            Ages::Drawn(age) => {
                age.certain().is_none() && self.records[RecordKind::Alert.ix()].certain() != Some(0)
            }
        };
        open(&self.units) || self.records.iter().any(open) || aged
    }

    /// Draws an org's counts, but for that of its alerts, which is returned.
    pub(super) fn count(&self, chance: Seeded, org: &mut Org) -> u32 {
        let draws = Draws {
            chance,
            org: org.key,
        };
        let units = match org.scm {
            Scm::GitHub => REPOS,
            Scm::AzureDevOps | Scm::GitLab => PROJECTS,
        };
        org.units = draws.count(&self.units, units);
        let alert = RecordKind::Alert.ix();
        for kind in (0..self.records.len()).filter(|&it| it != alert) {
            org.records[kind] = draws.count(&self.records[kind], kind as u64);
        }
        self.alerts(chance, org.key)
    }

    fn alerts(&self, chance: Seeded, org: EntityKey) -> u32 {
        match &self.ages {
            Ages::Given(ages) => ages.len() as u32,
            Ages::Drawn(_) => alerts_drawn(chance, org, &self.records[RecordKind::Alert.ix()]),
        }
    }

    /// Adds the ages of so many alerts to a column, in no particular order.
    pub(super) fn push_ages(&self, chance: Seeded, org: EntityKey, count: u32, to: &mut Vec<u32>) {
        match &self.ages {
            Ages::Given(ages) => to.extend_from_slice(ages),
            Ages::Drawn(age) => {
                if let Some(age) = age.certain() {
                    to.extend(std::iter::repeat_n(age.as_secs() as u32, count as usize));
                    return;
                }
                // What `decide` does, without asking at each alert whether it is certain.
                let bits = (0..count).map(|index| {
                    chance.bits(Site {
                        entity: org,
                        purpose: Purpose::AlertAge,
                        ordinal: index.into(),
                    })
                });
                to.reserve(count as usize);
                let tell = |millis| to.push(Duration::from_millis(millis).as_secs() as u32);
                age.distribution().quantiles(bits, tell);
            }
        }
    }
}

/// How many alerts the org of a key draws.
#[must_use]
pub fn alerts_drawn(chance: Seeded, org: EntityKey, count: &CountDist) -> u32 {
    Draws { chance, org }.count(count, RecordKind::Alert.ix() as u64)
}

/// An org's own luck.
#[derive(Clone, Copy)]
struct Draws {
    chance: Seeded,
    org: EntityKey,
}

impl Draws {
    /// A count of something; `ordinal` says of what.
    fn count(self, dist: &CountDist, ordinal: u64) -> u32 {
        let site = Site {
            entity: self.org,
            purpose: Purpose::FleetCount,
            ordinal,
        };
        let count = self.chance.decide(site, &dist.domain()).as_u64();
        u32::try_from(count).unwrap_or(u32::MAX - 1)
    }
}
