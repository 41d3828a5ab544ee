//! A team's own recovery code against a region that is down.
//!
//! The recovery is ordinary `async` code on tokio, written against [`ControlPlane`]. In
//! a drill, that is [`Simulated`]: the scenario's fleet, with its faults, in virtual
//! time. The code does the customer's part; Microsoft's goes on by the scenario's
//! procedure; every check judges. Waiting is tokio's own `sleep` and `timeout`, and a
//! week of it takes milliseconds.
//!
//! ```
//! use lifeboat::checks::CheckId;
//! use lifeboat::runbook::{CallError, ControlPlane, NewTicket, Onboards, Runbook};
//! use lifeboat::scenario::Reader;
//! use std::time::Duration;
//! use tokio::time::sleep;
//!
//! async fn recover(plane: impl ControlPlane) -> Result<(), CallError> {
//!     let old = plane.connectors().await?.remove(0);
//!     // Whoever is on call notices after a quarter of an hour.
//!     sleep(Duration::from_secs(900)).await;
//!     let new = old.replacement("payments-north", "northeurope");
//!     plane.create_connector(new.clone()).await?;
//!     plane.configure(&new.id, Onboards::everything(), true).await?;
//!     plane.open_ticket(NewTicket::release_all("CASE-1", &old.id).to(&new.id)).await?;
//!     // Once the old region is back and everything was brought over, the old one goes.
//!     while plane.connector(&old.id).await.is_err() {
//!         sleep(Duration::from_secs(3600)).await;
//!     }
//!     sleep(Duration::from_secs(3600)).await;
//!     plane.delete_connector(&old.id).await
//! }
//!
//! let text = "
//! scenario: v1
//! title: West Europe is lost for a day
//! fleet:
//!   connectors:
//!     payments: { region: westeurope, scm: github, orgs: 12 }
//! timeline:
//!   - at: T+0
//!     fault: { region-outage: { region: westeurope, lasts: 26h } }
//! ";
//! let scenario = Reader::default().read_text("day.yaml", text).expect("the scenario is valid");
//! let recovered = Runbook::new(scenario).run(recover).expect("it can be run").expect_pass();
//! assert_eq!(recovered.check(CheckId::NoOrphanedOrgs).map(|it| it.name()), Some("held"));
//! ```
//!
//! # What can be promised
//! The same code, scenario and seed give the same trace hash, as long as the code draws
//! nothing itself. What tokio draws, which branch of a `select!` that is not `biased`
//! goes first, can be seeded only where the whole program is built with
//! `--cfg tokio_unstable`; then it is. Otherwise [`Runbook::run`] runs the code twice and
//! says from which call on two runs differ.
//!
//! Code that panics, never returns, or spins without letting time pass ends the run of
//! the code, not the drill: the fleet goes on without it, is judged, and
//! [`Recovered::ended`] says what happened.

mod driver;
mod ended;
mod plane;
mod simulated;
#[cfg(test)]
mod tests;
mod watchdog;

pub use ended::{Call, Ended, Recovered, RunbookError};
pub use plane::{
    CallError, Connector, ControlPlane, NewConnector, NewTicket, Onboarded, Onboards, Org, Records,
    TicketState,
};
pub use simulated::Simulated;

use crate::cloud::{Cloud, Options};
use crate::drill::{Drill, Outcome, Record};
use crate::report::{Ran, seed_text};
use crate::scenario::{Reader, Scenario};
use driver::{Budget, Driven};
use std::fmt::Display;
use std::future::Future;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Duration;
use watchdog::Pulse;

/// The most orgs of which every fact of a run is written down for its face.
const RECORDED_ORGS_MAX: usize = 100_000;

/// What recovery code may end with: nothing, or a result.
pub trait Ending {
    /// What went wrong, if anything did.
    fn error(self) -> Option<String>;
}

impl Ending for () {
    fn error(self) -> Option<String> {
        None
    }
}

impl<E: Display> Ending for Result<(), E> {
    fn error(self) -> Option<String> {
        // With its causes, where the error type tells them so.
        self.err().map(|it| format!("{it:#}"))
    }
}

/// A drill of a team's own code: built, then [run](Self::run).
#[derive(Clone, Debug)]
pub struct Runbook {
    scenario: Arc<Scenario>,
    options: Options,
    budget: Budget,
    patience: Duration,
    twice: bool,
}

impl Runbook {
    /// A drill of a scenario.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        Self {
            scenario: Arc::new(scenario),
            options: Options::default(),
            budget: Budget {
                calls: 10_000,
                turns: 1_000_000,
            },
            patience: Duration::from_secs(30),
            twice: true,
        }
    }

    /// A drill of a scenario file.
    ///
    /// # Errors
    /// `Invalid`, if the file is not a valid scenario.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, RunbookError> {
        let read = Reader::default().read(path);
        read.map(Self::new).map_err(RunbookError::Invalid)
    }

    /// What the vendor does not say of its control plane.
    #[must_use]
    pub const fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// How many calls the code may make at one instant before it counts as spinning;
    /// 10,000 unless said otherwise.
    #[must_use]
    pub const fn calls_per_instant(mut self, calls: u32) -> Self {
        self.budget.calls = calls;
        self
    }

    /// How long, in real time, the code may neither call nor let time pass before it
    /// counts as stuck; 30 s unless said otherwise. Nothing of it reaches the run.
    #[must_use]
    pub const fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Runs the code once, and trusts it to do the same again.
    #[must_use]
    pub const fn once(mut self) -> Self {
        self.twice = false;
        self
    }

    /// Runs the code, unless told otherwise twice, and judges.
    ///
    /// The code runs on a thread of its own, with a tokio runtime of its own; its
    /// futures need not be `Send`, and `tokio::spawn` works.
    ///
    /// # Errors
    /// The code is stuck, two runs differ, or there is no thread to run it on. What the
    /// checks say is no error: see [`Recovered::passes`].
    pub fn run<C, F>(&self, recover: C) -> Result<Recovered, RunbookError>
    where
        C: Fn(Simulated) -> F + Send + 'static,
        F: Future<Output: Ending>,
    {
        let pulse = Arc::new(Pulse::default());
        let (results, said) = mpsc::channel();
        let (code, on_thread) = (self.clone(), Arc::clone(&pulse));
        let thread = std::thread::Builder::new().name("recovery".to_owned());
        thread.spawn(move || {
            let first = code.once_through(&recover, &on_thread);
            let second = code.twice.then(|| code.once_through(&recover, &on_thread));
            // Nobody waits for one that was given up.
            let _ = results.send((first, second));
        })?;
        let stuck = || RunbookError::Stuck { last: pulse.last() };
        let (first, second) = watchdog::wait(&said, &pulse, self.patience).ok_or_else(stuck)?;
        let first = first?;
        if let Some(second) = second {
            same(&first, &second?)?;
        }
        self.told(first)
    }

    /// Runs the code from T+0 until it ends, and the fleet to the end of the drill.
    fn once_through<C, F>(&self, recover: &C, pulse: &Pulse) -> std::io::Result<Through>
    where
        C: Fn(Simulated) -> F,
        F: Future<Output: Ending>,
    {
        let runtime = runtime(self.scenario.plan.seed)?;
        let drill = Drill::new(&self.scenario.plan).by_hand();
        let small = self.scenario.plan.fleet.orgs().len() <= RECORDED_ORGS_MAX;
        let record = if small {
            Record::Everything
        } else {
            Record::Nothing
        };
        let mut cloud = Cloud::new(&drill, record, self.options);
        let code = async |plane| recover(plane).await.error();
        let driven = tokio::task::LocalSet::new().block_on(
            &runtime,
            driver::drive(&mut cloud, code, self.budget, pulse),
        );
        // What the code had spawned ends with it.
        drop(runtime);
        Ok(Through {
            driven,
            outcome: cloud.finish(),
            strikes: drill.schedule().strikes.clone(),
        })
    }

    fn told(&self, it: Through) -> Result<Recovered, RunbookError> {
        let scenario = Scenario::clone(&self.scenario);
        let seed = seed_text(scenario.plan.seed);
        let again = format!("cargo test ({}, seed {seed})", scenario.path());
        Ok(Recovered {
            ran: Ran::driven(scenario, it.outcome, it.strikes, again)?,
            ended: it.driven.ended,
            ended_at: it.driven.at,
            calls: it.driven.calls,
        })
    }
}

/// One run of the code, and of the fleet.
struct Through {
    driven: Driven,
    outcome: Outcome,
    strikes: Vec<u32>,
}

/// A runtime of one thread whose clock stands still.
fn runtime(seed: u64) -> std::io::Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().start_paused(true);
    #[cfg(tokio_unstable)]
    builder.rng_seed(tokio::runtime::RngSeed::from_bytes(&seed.to_le_bytes()));
    #[cfg(not(tokio_unstable))]
    let _ = seed;
    builder.build()
}

/// Whether two runs were the same; if not, from which call on they differ.
fn same(first: &Through, second: &Through) -> Result<(), RunbookError> {
    let (a, b) = (&first.driven, &second.driven);
    let alike = first.outcome.trace_hash == second.outcome.trace_hash;
    if alike && a.calls == b.calls && a.ended == b.ended {
        return Ok(());
    }
    let longest = a.calls.len().max(b.calls.len());
    let place = (0..longest).find(|&at| a.calls.get(at) != b.calls.get(at));
    let place = place.unwrap_or(longest);
    let say = |it: &Driven| match it.calls.get(place) {
        Some(call) => call.to_string(),
        None => format!("{} at {}", it.ended, it.at),
    };
    Err(RunbookError::Diverged {
        place,
        first: say(a),
        second: say(b),
    })
}
