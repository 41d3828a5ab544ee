//! SimPy takes part as a process of its own for each round, and times itself.

use std::fmt;
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use crate::Summary;
use crate::fleet::Size;
use crate::rounds::Round;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/simpy/drill.py");
/// How the script says that SimPy cannot be imported.
const UNAVAILABLE: i32 = 69;

/// The drill on SimPy.
pub struct SimPy {
    python: String,
    size: Size,
}

/// Why there is no round.
#[derive(Debug)]
pub enum Error {
    /// This machine has no Python, or its Python has no SimPy.
    Missing(String),
    /// The script is there and went wrong.
    Failed(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(what) | Self::Failed(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {}

#[derive(Deserialize)]
struct Output {
    version: String,
    drills: u64,
    seconds: f64,
    #[serde(flatten)]
    summary: Summary,
}

impl SimPy {
    /// With this interpreter, for this fleet.
    pub fn new(python: &str, size: Size) -> Self {
        Self {
            python: python.to_owned(),
            size,
        }
    }

    /// What the table calls it. Runs one drill, so that what is missing is known beforehand.
    pub fn name(&self) -> Result<String, Error> {
        let output = self.run(Duration::ZERO)?;
        Ok(format!("simpy ({})", output.version))
    }

    /// One round.
    pub fn round(&self, budget: Duration) -> Result<Round, Error> {
        let output = self.run(budget)?;
        Ok(Round {
            drills: output.drills,
            seconds: output.seconds,
            summary: output.summary,
        })
    }

    fn run(&self, budget: Duration) -> Result<Output, Error> {
        let Size {
            connectors,
            orgs,
            alerts,
        } = self.size;
        let output = Command::new(&self.python)
            .arg(SCRIPT)
            .args(["--seconds", &budget.as_secs_f64().to_string()])
            .args(["--connectors", &connectors.to_string()])
            .args(["--orgs", &orgs.to_string()])
            .args(["--alerts", &alerts.to_string()])
            .output()
            .map_err(|error| Error::Missing(format!("cannot run `{}`: {error}", self.python)))?;
        if output.status.code() == Some(UNAVAILABLE) {
            let what = format!("`{}` cannot import simpy", self.python);
            return Err(Error::Missing(what));
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            let what = format!("drill.py: {}\n{errors}", output.status);
            return Err(Error::Failed(what));
        }
        serde_json::from_slice(&output.stdout)
            .map_err(|error| Error::Failed(format!("drill.py: {error}\n{errors}")))
    }
}
