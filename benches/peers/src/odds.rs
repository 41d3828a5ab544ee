//! The odds: the reference drill with uncertain times, sampled by lifeboat and in SimPy.

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::process::Command;
use std::time::{Duration, Instant};

use lifeboat::chance::Probability;
use lifeboat::explore::odds::{AtOnce, Sample, Sampled, sample};
use lifeboat::measures::Quantity;
use lifeboat::scenario::{Reader, Scenario};
use lifeboat::statistics::{Confidence, Level, Spread};
use serde::Deserialize;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/simpy/odds.py");

/// How the script says that SimPy cannot be imported.
const UNAVAILABLE: i32 = 69;

/// Connectors, and orgs of each.
pub const FLEET: (usize, usize) = (10, 10);

/// The reference drill with uncertain times. The fleet is certain, and an outage of two days or
/// more outlasts every recovery, so that the other simulator needs no rule for a region that comes
/// back on the way.
///
/// # Panics
/// If the scenario is none: an error of this file.
#[must_use]
pub fn scenario((connectors, orgs): (usize, usize)) -> Scenario {
    let mut text = String::from(
        "scenario: v1\ntitle: the odds of the reference drill\nfleet:\n  defaults: { alerts: { count: 50, age: 3d } }\n  connectors:\n",
    );
    for at in 0..connectors {
        let _ = writeln!(
            text,
            "    c{at:05}: {{ region: westeurope, scm: azure-devops, orgs: {orgs} }}"
        );
    }
    text += "
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: { uniform: { min: 48h, max: 96h } } } }
procedure:
  steps:
    detect: { takes: { lognormal: { p50: 15m, p95: 1h } } }
    decide: { takes: { pert: { min: 10m, mode: 30m, max: 4h } } }
    create-connector: { takes: { pert: { min: 5m, mode: 15m, max: 1h } } }
    authorize: { takes: { uniform: { min: 5m, max: 30m } } }
    triage-ticket: { takes: { pert: { min: 1h, mode: 4h, max: 20h } } }
    release-ownership: { takes: { exponential: { mean: 1m } } }
    recreate-annotations: { takes: { pert: { min: 1m, mode: 2m, max: 10m } } }
    delete-connector: { takes: { uniform: { min: 5m, max: 30m } } }
";
    Reader::default()
        .read_text("odds", text)
        .unwrap_or_else(|wrong| panic!("the scenario is valid: {wrong:?}"))
}

/// What is compared: its name here, and in the script.
pub const QUANTITIES: [(&str, &str); 5] = [
    ("clocks.ownership", "ownership"),
    ("clocks.protection", "protection"),
    ("clocks.configuration", "configuration"),
    ("clocks.full", "full"),
    ("blind-time.total", "blind_total"),
];

/// So many runs of one of the two, and how long they took.
pub struct Sampling {
    /// Which simulator, on what.
    pub name: String,
    /// How many runs.
    pub runs: u64,
    /// The time they took.
    pub seconds: f64,
    /// By place in [`QUANTITIES`].
    pub spreads: Vec<Spread>,
}

impl Sampling {
    /// Runs in a second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.runs as f64 / self.seconds
    }
}

/// So many runs in lifeboat, with all checks and statistics.
///
/// # Panics
/// If a ledger does not balance: an error of lifeboat's.
#[must_use]
pub fn lifeboat(scenario: &Scenario, seed: u64, runs: u64, jobs: NonZeroUsize) -> Sampling {
    let asked = Sample {
        plan: &scenario.plan,
        seed,
        runs: 0..runs,
        jobs,
        rows: false,
    };
    let start = Instant::now();
    let sampled: Sampled = sample(&asked, &AtOnce).expect("every ledger balances");
    let seconds = start.elapsed().as_secs_f64();
    let spread = |name| {
        let quantity = Quantity::from_name(name).expect("it is one");
        sampled.tally(quantity).spread.clone()
    };
    Sampling {
        name: format!("lifeboat, {}", threads(jobs.get(), "thread")),
        runs,
        seconds,
        spreads: QUANTITIES.map(|it| spread(it.0)).into(),
    }
}

fn threads(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[derive(Deserialize)]
struct Output {
    version: String,
    runs: u64,
    seconds: f64,
    values: std::collections::BTreeMap<String, Vec<u64>>,
}

/// Runs in SimPy for so long, on so many processes.
///
/// # Errors
/// Why there are none, and whether SimPy is just not there.
pub fn simpy(
    python: &str,
    (connectors, orgs): (usize, usize),
    seed: u64,
    budget: Duration,
    jobs: usize,
) -> Result<Sampling, crate::simpy::Error> {
    use crate::simpy::Error;
    let output = Command::new(python)
        .arg(SCRIPT)
        .args(["--seconds", &budget.as_secs_f64().to_string()])
        .args(["--seed", &seed.to_string()])
        .args(["--jobs", &jobs.to_string()])
        .args(["--connectors", &connectors.to_string()])
        .args(["--orgs", &orgs.to_string()])
        .output()
        .map_err(|error| Error::Missing(format!("cannot run `{python}`: {error}")))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(0) => {}
        Some(UNAVAILABLE) => {
            return Err(Error::Missing(format!("`{python}` cannot import simpy")));
        }
        _ => {
            return Err(Error::Failed(format!(
                "odds.py: {}\n{errors}",
                output.status
            )));
        }
    }
    let output: Output = serde_json::from_slice(&output.stdout)
        .map_err(|error| Error::Failed(format!("odds.py: {error}\n{errors}")))?;
    let spread = |name: &str| {
        let mut spread = Spread::default();
        output.values[name].iter().for_each(|it| spread.record(*it));
        spread
    };
    Ok(Sampling {
        name: format!(
            "simpy ({}), {jobs} process{}",
            output.version,
            if jobs == 1 { "" } else { "es" }
        ),
        runs: output.runs,
        seconds: output.seconds,
        spreads: QUANTITIES.map(|it| spread(it.1)).into(),
    })
}

/// Where the two disagree: a percentile whose intervals, at 99.99% each, do not meet.
#[must_use]
pub fn disagreements(one: &Sampling, other: &Sampling) -> Vec<String> {
    let sure = Probability::from_ppm(999_900).and_then(Level::new);
    let sure = Confidence::once(sure.expect("neither end"));
    let mut found = Vec::new();
    for ((name, _), (one, other)) in QUANTITIES
        .iter()
        .zip(one.spreads.iter().zip(&other.spreads))
    {
        for level in Level::TOLD {
            let (Ok(a), Ok(b)) = (one.quantile(level, sure), other.quantile(level, sure)) else {
                continue;
            };
            if a.high < b.low || b.high < a.low {
                found.push(format!("{name} at {level}: {a:?} against {b:?}"));
            }
        }
    }
    found
}
