//! The timeline in text: what each region, connector and org went through, one
//! column a stretch of time.

mod lane;
mod scale;
mod state;

pub(super) use state::LEGEND;

use lane::Lane;
use scale::Scale;
use state::{State, connector_state, org_of, org_state, region_state};

use super::entry::Ran;
use super::text::{cut, thousands};
use crate::model::evolve::evolve;
use crate::model::fact::What;
use crate::model::ids::{ConnectorIx, OrgIx, RegionIx};
use crate::model::world::World;
use crate::time::Duration;

/// How many rows of one kind are shown one by one.
const ROWS_MAX: usize = 12;

/// How wide the names are at most.
pub(super) const NAME_MAX: usize = 24;

/// A row: a name, and a sign for each column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) cells: String,
}

/// A drawn timeline.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Timeline {
    /// Marks above the columns: `T+0`, and so on.
    pub(super) axis: Vec<(usize, String)>,
    /// What one column stands for.
    pub(super) column: Duration,
    pub(super) regions: Vec<Row>,
    pub(super) connectors: Vec<Row>,
    pub(super) orgs: Vec<Row>,
}

/// Draws a recorded run in so many columns; nothing where no fact was recorded.
pub(super) fn timeline(ran: &Ran, width: usize) -> Option<Timeline> {
    let facts = &ran.outcome.recorded;
    let last = facts.last().filter(|_| ran.is_recorded())?.at;
    let scale = Scale::new(last, width);
    let mut painter = Painter::new(ran, scale);
    let setting = ran.scenario.plan.setting();
    let mut world = World::at_rest(&ran.scenario.plan.fleet);
    for fact in facts {
        evolve(&setting, &mut world, fact);
        painter.see(&world, scale.column(fact.at), &fact.what);
    }
    Some(painter.finish(scale))
}

/// What is drawn: everything that something happened to.
struct Painter<'a> {
    ran: &'a Ran,
    columns: usize,
    regions: Vec<Option<Lane<State>>>,
    connectors: Vec<Option<Lane<State>>>,
    orgs: Vec<Option<Lane<State>>>,
    /// Whether each org is orphaned, for the counts of its connector's row.
    orphaned: Vec<bool>,
    /// Orphaned orgs by the connector that held them at T+0.
    counts: Vec<Lane<u32>>,
    one_by_one: bool,
}

impl<'a> Painter<'a> {
    fn new(ran: &'a Ran, scale: Scale) -> Self {
        let fleet = &ran.scenario.plan.fleet;
        let mut touched = vec![false; fleet.orgs().len()];
        for fact in &ran.outcome.recorded {
            if let Some(org) = org_of(&fact.what) {
                touched[org.ix()] = true;
            }
        }
        let one_by_one = touched.iter().filter(|it| **it).count() <= ROWS_MAX;
        let orgs = if one_by_one { fleet.orgs().len() } else { 0 };
        Self {
            ran,
            columns: scale.columns,
            regions: vec![None; fleet.catalogue().regions.len()],
            connectors: vec![None; ran.outcome.world.connectors.len()],
            orgs: vec![None; orgs],
            orphaned: vec![false; fleet.orgs().len()],
            counts: vec![Lane::new(scale.columns, 0); fleet.connectors().len()],
            one_by_one,
        }
    }

    fn see(&mut self, world: &World, column: usize, what: &What) {
        match *what {
            What::RegionDown { region, .. }
            | What::RegionUp { region, .. }
            | What::RegionSlowed { region, .. }
            | What::RegionFull { region, .. } => {
                let lane = self.regions[region.ix()]
                    .get_or_insert_with(|| Lane::new(self.columns, State::Works));
                lane.change(column, region_state(world, region));
            }
            What::ConnectorDown { connector }
            | What::ConnectorUp { connector }
            | What::ConfigLost { connector }
            | What::TokenRevoked { connector, .. }
            | What::ConnectorAuthorized { connector }
            | What::ConsentWithdrawn { connector }
            | What::ConnectorAdopted { connector, .. }
            | What::ConnectorCreated { connector, .. }
            | What::ConnectorDeleted { connector } => self.see_connector(world, column, connector),
            _ => {
                if let Some(org) = org_of(what) {
                    self.see_org(world, column, org);
                }
            }
        }
    }

    fn see_connector(&mut self, world: &World, column: usize, connector: ConnectorIx) {
        let of_fleet = connector.ix() < self.ran.scenario.plan.fleet.connectors().len();
        let rest = if of_fleet {
            State::Works
        } else {
            State::Absent
        };
        let lane =
            self.connectors[connector.ix()].get_or_insert_with(|| Lane::new(self.columns, rest));
        let state = connector_state(world, connector);
        lane.change(column, state);
        if state == State::Deleted {
            // The deletion is a mark; after it there is nothing.
            lane.now = State::Absent;
            lane.at = (column + 1).min(self.columns - 1);
        }
    }

    fn see_org(&mut self, world: &World, column: usize, org: OrgIx) {
        let state = org_state(world, org);
        let held_by = self.ran.scenario.plan.fleet.org(org).connector;
        if self.one_by_one {
            let rest = if held_by.is_some() {
                State::Works
            } else {
                State::Absent
            };
            let lane = self.orgs[org.ix()].get_or_insert_with(|| Lane::new(self.columns, rest));
            lane.change(column, state);
        } else if let Some(held_by) = held_by.get() {
            let orphaned = matches!(state, State::Orphaned | State::Released);
            let before = std::mem::replace(&mut self.orphaned[org.ix()], orphaned);
            let lane = &mut self.counts[held_by.ix()];
            let count = lane.now + u32::from(orphaned) - u32::from(before);
            if count != lane.now {
                lane.change(column, count);
            }
        }
    }

    fn finish(mut self, scale: Scale) -> Timeline {
        let last = self.columns - 1;
        let names = self.ran.names();
        let rows = |lanes: &mut Vec<Option<Lane<State>>>, name: &dyn Fn(usize) -> String| {
            let drawn = lanes.iter_mut().enumerate().filter_map(|(at, lane)| {
                let lane = lane.as_mut()?;
                lane.fill(last);
                Some(Row {
                    name: cut(&name(at), NAME_MAX),
                    cells: lane.cells.iter().map(|it| it.sign()).collect(),
                })
            });
            drawn.collect::<Vec<Row>>()
        };
        let regions = rows(&mut self.regions, &|at| {
            names.region(RegionIx::from(at)).to_owned()
        });
        let connectors = rows(&mut self.connectors, &|at| {
            names.connector(ConnectorIx::from(at))
        });
        let orgs = if self.one_by_one {
            rows(&mut self.orgs, &|at| names.org(OrgIx::from(at)).to_owned())
        } else {
            self.groups()
        };
        let connectors = if connectors.len() > ROWS_MAX {
            Vec::new()
        } else {
            connectors
        };
        Timeline {
            axis: scale.axis(),
            column: Duration::from_millis(scale.column_ms),
            regions,
            connectors,
            orgs,
        }
    }

    /// Orgs by connector; by region, where there are too many connectors.
    fn groups(&mut self) -> Vec<Row> {
        let fleet = &self.ran.scenario.plan.fleet;
        let last = self.columns - 1;
        let hit: Vec<usize> = (0..self.counts.len())
            .filter(|&at| {
                self.counts[at].fill(last);
                self.counts[at].cells.iter().any(|&it| it > 0)
            })
            .collect();
        let by_region = hit.len() > ROWS_MAX;
        let mut groups: Vec<(String, u64, Vec<u64>)> = Vec::new();
        for at in hit {
            let connector = &fleet.connectors()[at];
            let region = fleet.catalogue().region(connector.region).name;
            let name = if by_region {
                format!("orgs in {region}")
            } else {
                connector.name.to_string()
            };
            let place = groups
                .iter()
                .position(|it| it.0 == name)
                .unwrap_or_else(|| {
                    groups.push((name, 0, vec![0; self.columns]));
                    groups.len() - 1
                });
            let group = &mut groups[place];
            group.1 += connector.owns.len() as u64;
            for (sum, &count) in group.2.iter_mut().zip(&self.counts[at].cells) {
                *sum += u64::from(count);
            }
        }
        let row = |(name, orgs, cells): (String, u64, Vec<u64>)| Row {
            name: cut(&format!("{name}: {}", thousands(orgs)), NAME_MAX),
            cells: cells.into_iter().map(|it| tenths(it, orgs)).collect(),
        };
        groups.into_iter().map(row).collect()
    }
}

/// The share of a group that is orphaned, as one sign.
fn tenths(count: u64, of: u64) -> char {
    match (count, count * 10 / of.max(1)) {
        (0, _) => '─',
        (_, 10..) => '░',
        (_, tenths) => char::from_digit(tenths as u32, 10).unwrap_or('░'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_one_sign() {
        assert_eq!(
            [
                tenths(0, 80),
                tenths(1, 80),
                tenths(40, 80),
                tenths(79, 80),
                tenths(80, 80)
            ],
            ['─', '0', '5', '9', '░']
        );
    }
}
