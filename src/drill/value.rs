//! A run as a value: what decides how it goes on, told so that two runs can be
//! compared and hashed.
//!
//! Instants are told relative to now, or left out where nothing depends on them
//! any more; slots and places in queues are told by what lies in them. Stamps,
//! measures and the trace stand outside: they say how a run came to where it is.

use super::agenda::{Due, Turn};
use super::budget::Payer;
use super::run::Run;
use super::state::{Plant, State};
use super::teams::Turnstile;
use super::work::{Bench, Desk, Fumble, Lane, NOT_YET, Place, Task, Work};
use crate::checks::Checks;
use crate::model::ids::{OrgIx, StepIx};
use crate::model::rules::Anchor;
use crate::model::world::World;
use crate::procedure::{OrgProgress, Progress};
use crate::time::{Duration, Factor, Instant};
use std::collections::BTreeMap;

/// What decides how a run goes on.
#[derive(PartialEq, Eq, Hash, Debug)]
pub(super) struct Deciding {
    /// What time it is, where somebody keeps hours: nothing else says when those open.
    at: Option<Instant>,
    world: World,
    work: Vec<WorkTold>,
    dues: Vec<(u64, Turn, Due)>,
    plants: Vec<PlantTold>,
    desks: Vec<DeskTold>,
    teams: [TeamTold; 3],
    progress: Vec<Progress>,
    of_recovery: Vec<u32>,
    orgs: Vec<OrgProgress>,
    org_tries: Vec<((OrgIx, u8), u16)>,
    /// What waits for its moment, by its event in the schedule.
    mishaps: Vec<u32>,
    /// The next event of the schedule, and how far off it is.
    next_event: (usize, Option<Duration>),
    without_target: Vec<(u32, u8)>,
    losses: BTreeMap<u32, u32>,
    /// Whose budget of requests: how much is used, whether it is spent, and how long
    /// it is until the reset.
    budgets: Vec<(Payer, (u128, bool, Duration))>,
    serial: (Option<u32>, Vec<u32>),
}

/// A piece of work, without its slot.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
struct WorkTold {
    task: Task,
    begun: bool,
    left: Duration,
    /// How long it has been under way; nothing while it is not.
    under_way: Option<Duration>,
    pace: Option<Factor>,
    crashed: bool,
    fumble: Option<Fumble>,
}

/// An org that waits in a lane: for which step, of which recovery, with which slip.
type WaitingTold = (OrgIx, StepIx, u32, Option<Fumble>);

#[derive(PartialEq, Eq, Hash, Debug)]
struct PlantTold {
    discovery: Vec<WaitingTold>,
    recreation: Vec<WaitingTold>,
    place: Option<Place>,
    pass_due: bool,
    latest: Option<u32>,
}

#[derive(PartialEq, Eq, Hash, Debug)]
struct DeskTold {
    releases: Vec<WaitingTold>,
    priority: u8,
    /// How many tickets, ours and others', came before it.
    rank: usize,
    left: u32,
    held: Vec<OrgIx>,
    keeps_ppm: Option<u32>,
}

#[derive(PartialEq, Eq, Hash, Debug)]
struct TeamTold {
    away: Vec<Option<u32>>,
    missing: Vec<u32>,
    queue: Vec<Held>,
    busy: Vec<Held>,
    kept: Vec<Held>,
}

/// A piece of work, and the shift that does it or last did.
type Held = (Task, Option<u32>);

impl Run<'_> {
    pub(super) fn deciding(&self) -> Deciding {
        let state = &self.state;
        let ranks = Ranks::of(state);
        let event = self.schedule.events.get(state.cursor);
        Deciding {
            at: self.plan.teams.keep_hours().then_some(state.now),
            world: world(state, self.plan.parameters.anchor),
            work: work(state, &ranks),
            dues: dues(state),
            plants: state.plants().iter().map(plant).collect(),
            desks: state.desks().iter().map(|it| desk(it, &ranks)).collect(),
            teams: [0, 1, 2].map(|at| {
                let team = &state.teams[at];
                let held = |(turn, slot): (&Turnstile, &u32)| -> Held {
                    let shift = team.holders.get(turn).copied();
                    (ranks.task(state.bench.at(*slot)), shift)
                };
                TeamTold {
                    away: team.away.clone(),
                    missing: team.missing.clone(),
                    queue: team.queue.iter().map(held).collect(),
                    busy: team.busy.iter().map(held).collect(),
                    kept: team.kept.iter().map(|it| held((&it.0.1, it.1))).collect(),
                }
            }),
            progress: state.progress.clone(),
            of_recovery: state.of_recovery.clone(),
            orgs: state.orgs.iter().map(org).collect(),
            org_tries: state.org_tries.iter().map(|it| (*it.0, *it.1)).collect(),
            mishaps: state.mishaps.iter().map(|it| it.0).collect(),
            next_event: (state.cursor, event.map(|it| it.at.since(state.now))),
            without_target: state.without_target.clone(),
            losses: state.losses.clone(),
            budgets: self.budgets_told(),
            serial: (state.running, state.queued.clone()),
        }
    }

    /// What the checks keep that decides their verdicts.
    pub(super) const fn checks(&self) -> &Checks {
        &self.sight.checks
    }
}

/// The world without stamps that nothing depends on, and the grid of discovery
/// passes relative to now.
fn world(state: &State, anchor: Anchor) -> World {
    let mut world = state.world.clone();
    let every = super::PASS_EVERY.as_millis();
    for it in &mut world.connectors {
        let into_grid = |from: Instant| (state.now.since(from).as_millis() % every) as i64;
        it.established_at = it
            .established_at
            .map(|from| Instant::from_millis(into_grid(from)));
        it.down_since = it.down_since.map(|_| Instant::ZERO);
        if anchor != Anchor::OutageStart {
            it.first_outage = it.first_outage.map(|_| Instant::ZERO);
        }
        if anchor != Anchor::ConnectorCreated {
            it.taken_at = Instant::ZERO;
        }
    }
    if anchor != Anchor::OrgReleased {
        world
            .orgs
            .iter_mut()
            .for_each(|it| it.released_at = Instant::ZERO);
    }
    if anchor != Anchor::TicketOpened {
        world
            .tickets
            .iter_mut()
            .for_each(|it| it.opened_at = Instant::ZERO);
    }
    world
}

fn work(state: &State, ranks: &Ranks) -> Vec<WorkTold> {
    let told = |it: (u32, &Work)| WorkTold {
        task: ranks.task(it.1),
        begun: it.1.began != NOT_YET,
        left: it.1.left,
        under_way: (it.1.since != NOT_YET).then(|| state.now.since(it.1.since)),
        pace: it.1.pace,
        crashed: it.1.crashed,
        fumble: it.1.fumble,
    };
    let mut all: Vec<_> = state.bench.iter().map(told).collect();
    all.sort_unstable();
    all
}

/// What is due besides work, whose end follows from what is left of it.
fn dues(state: &State) -> Vec<(u64, Turn, Due)> {
    state.agenda.canonical(state.now, |due| match due {
        Due::Work { .. } | Due::Budget { .. } => None,
        Due::Resume { slot, token } => {
            let goes_on = Due::Resume {
                slot: 0,
                token: Bench::FREE,
            };
            state.bench.still(slot, token).then_some(goes_on)
        }
        Due::Begin { slot, token } => {
            let begins = Due::Begin {
                slot: 0,
                token: Bench::FREE,
            };
            state.bench.still(slot, token).then_some(begins)
        }
        Due::ConfigurationLoss(_)
        | Due::Pass(_)
        | Due::TicketBack(_)
        | Due::Shift(_)
        | Due::Absence { .. }
        | Due::Arrival { .. }
        | Due::Rushed { .. } => Some(due),
    })
}

fn plant(plant: &Plant) -> PlantTold {
    PlantTold {
        discovery: lane(&plant.discovery),
        recreation: lane(&plant.recreation),
        place: plant.recreation.current.map(|_| plant.place),
        pass_due: plant.pass_due,
        latest: plant.latest,
    }
}

fn desk(desk: &Desk, ranks: &Ranks) -> DeskTold {
    DeskTold {
        releases: lane(&desk.lane),
        priority: desk.priority,
        rank: ranks.of_position(desk.position),
        left: desk.left,
        held: desk.held.iter().map(|it| it.org).collect(),
        keeps_ppm: desk.keeps_ppm,
    }
}

fn lane(lane: &Lane) -> Vec<WaitingTold> {
    let told = |it: &super::work::Waiting| (it.org, it.step, it.progress, it.fumble);
    lane.waiting().iter().map(told).collect()
}

fn org(row: &OrgProgress) -> OrgProgress {
    OrgProgress {
        discover_since: Instant::ZERO,
        ..*row
    }
}

/// Who came before whom in the support queue, without the numbers that they drew.
struct Ranks(Vec<u64>);

impl Ranks {
    fn of(state: &State) -> Self {
        let ours = state.desks().iter().map(|it| it.position);
        let others = state.bench.iter().filter_map(|it| match it.1.task {
            Task::Foreign { ticket, .. } => Some(u64::from(ticket)),
            Task::Step { .. } | Task::Explore { .. } => None,
        });
        let mut all: Vec<u64> = ours.chain(others).collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    fn of_position(&self, position: u64) -> usize {
        self.0.partition_point(|&it| it < position)
    }

    fn task(&self, work: &Work) -> Task {
        match work.task {
            Task::Foreign { priority, ticket } => Task::Foreign {
                priority,
                ticket: self.of_position(u64::from(ticket)) as u32,
            },
            task => task,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::drill::{Drill, Record, Run};
    use crate::model::command::{Actor, Blow, Command};
    use crate::model::ids::{ConnectorIx, StrikeIx};
    use crate::scenario::Reader;
    use std::hash::{Hash, Hasher};
    use xxhash_rust::xxh3::Xxh3Default;

    const TWO: &str = "
scenario: v1
title: two connectors
fleet:
  connectors:
    alpha: { region: westeurope, scm: github, orgs: 3 }
    bravo: { region: eastus, scm: gitlab, orgs: 2 }
";

    fn hash_of(run: &Run<'_>) -> u64 {
        let mut hasher = Xxh3Default::new();
        run.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn the_order_of_what_has_nothing_in_common_leaves_no_mark() {
        let scenario = Reader::default()
            .read_text("two.yaml", TWO)
            .expect("it is valid");
        let drill = Drill::new(&scenario.plan);
        let strikes = [0, 1].map(|it| Command::Strike {
            strike: StrikeIx(it),
            blow: Blow::AuthorizerAbsent(ConnectorIx(it)),
        });
        let mut forth = drill.start(Record::Nothing);
        let mut back = forth.clone();
        for it in &strikes {
            forth.submit(Actor::Fate, it);
        }
        for it in strikes.iter().rev() {
            back.submit(Actor::Fate, it);
        }
        assert_ne!(forth.trace_hash(), back.trace_hash(), "their pasts differ");
        assert!(forth == back, "their futures do not");
        assert_eq!(hash_of(&forth), hash_of(&back));
        back.submit(Actor::Outside, &Command::Authorize(ConnectorIx(0)));
        assert!(forth == back, "a refusal changes nothing");
        back.submit(Actor::Outside, &Command::StartRecovery(ConnectorIx(0)));
        assert!(forth != back, "a recovery does");
    }
}
