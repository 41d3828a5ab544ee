//! Rounds: everybody takes turns, so that what disturbs the machine disturbs all alike.

use std::time::{Duration, Instant};

use crate::fleet::{Fleet, Size};
use crate::simpy::{Error, SimPy};
use crate::{Peer, Summary, by_hand, peers};

/// What one peer did in one round.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    /// Whole drills.
    pub drills: u64,
    /// The time they took.
    pub seconds: f64,
    /// What each came to.
    pub summary: Summary,
}

impl Round {
    /// Drills in a second.
    pub fn rate(&self) -> f64 {
        self.drills as f64 / self.seconds
    }
}

/// A peer and its rounds.
pub struct Line {
    /// What the table calls it.
    pub name: String,
    /// Its rounds, in the order in which they were run.
    pub rounds: Vec<Round>,
}

/// What is to be measured.
pub struct Plan {
    /// The fleet.
    pub size: Size,
    /// How many rounds.
    pub rounds: usize,
    /// How long each peer drills in a round.
    pub budget: Duration,
    /// The Python interpreter.
    pub python: String,
}

enum Entrant {
    Here(Box<dyn Peer>),
    SimPy(SimPy),
}

impl Entrant {
    fn round(&mut self, budget: Duration) -> Result<Round, Error> {
        match self {
            Self::Here(peer) => Ok(round(peer.as_mut(), budget)),
            Self::SimPy(simpy) => simpy.round(budget),
        }
    }
}

/// Runs the plan: one round each that warms up and does not count, then the rounds in turn.
///
/// # Panics
///
/// If a drill did not end as [`by_hand`] says.
pub fn run(plan: &Plan) -> Result<Vec<Line>, Error> {
    let fleet = Fleet::drawn(plan.size);
    let expected = by_hand::summary(&fleet);
    let mut entrants = enter(plan, &fleet)?;
    let mut lines: Vec<_> = entrants
        .iter()
        .map(|(name, _)| Line {
            name: name.clone(),
            rounds: Vec::with_capacity(plan.rounds),
        })
        .collect();
    for number in 0..=plan.rounds {
        for ((name, entrant), line) in entrants.iter_mut().zip(&mut lines) {
            let round = entrant.round(plan.budget)?;
            assert!(
                round.summary.agrees_with(&expected),
                "{name}: {:?}, by hand {expected:?}",
                round.summary
            );
            if number > 0 {
                line.rounds.push(round);
            }
        }
    }
    Ok(lines)
}

fn enter(plan: &Plan, fleet: &Fleet) -> Result<Vec<(String, Entrant)>, Error> {
    let mut entrants: Vec<_> = peers::all(fleet)
        .into_iter()
        .map(|peer| (peer.name().to_owned(), Entrant::Here(peer)))
        .collect();
    let simpy = SimPy::new(&plan.python, plan.size);
    match simpy.name() {
        Ok(name) => entrants.push((name, Entrant::SimPy(simpy))),
        Err(Error::Missing(what)) => eprintln!("simpy is left out: {what}"),
        Err(error) => return Err(error),
    }
    Ok(entrants)
}

/// Drills until the budget is used up.
///
/// # Panics
///
/// If two drills differ.
pub fn round(peer: &mut dyn Peer, budget: Duration) -> Round {
    let start = Instant::now();
    let summary = peer.drill();
    let mut drills = 1;
    while start.elapsed() < budget {
        let again = peer.drill();
        assert_eq!(again, summary, "{}: two drills differ", peer.name());
        drills += 1;
    }
    Round {
        drills,
        seconds: start.elapsed().as_secs_f64(),
        summary,
    }
}
