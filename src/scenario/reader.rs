//! From a path, or a text, to a scenario.

use std::path::{Path, PathBuf};

use super::compile;
use super::gather::Gatherer;
use super::loaded::Scenario;
use super::syntax::{Diagnostics, Limits, Source};

/// Reads scenario files.
///
/// ```
/// # use lifeboat::scenario::Reader;
/// let scenario = Reader::default().read_text(
///     "west-europe.yaml",
///     "scenario: v1
/// title: West Europe is lost for a day
/// fleet:
///   connectors:
///     payments: { region: westeurope, scm: github, orgs: 12 }
/// timeline:
///   - at: T+0
///     fault: { region-outage: { region: westeurope, lasts: 26h } }
/// ",
/// ).unwrap();
/// assert_eq!(&*scenario.id, "west-europe");
/// assert_eq!(scenario.plan.fleet.orgs().len(), 12);
/// ```
#[derive(Clone, Debug)]
pub struct Reader {
    /// How much of a file is read.
    pub limits: Limits,
    /// The folder that `use` may not leave. Without one, the scenario's own.
    pub root: Option<PathBuf>,
    /// The most orgs that a fleet may have.
    pub orgs_max: u64,
    /// The most alerts that a fleet may have; each takes four bytes.
    pub alerts_max: u64,
    /// The most orgs that the strikes of a timeline may hit, one by one: an org that
    /// is hit ten times counts ten times. Each costs memory and time in a run.
    pub struck_max: u64,
    /// The seed to use instead of the file's.
    pub seed: Option<u64>,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            root: None,
            orgs_max: 2_000_000,
            alerts_max: 200_000_000,
            struck_max: 10_000_000,
            seed: None,
        }
    }
}

impl Reader {
    /// Reads a scenario file and the pieces that it uses.
    ///
    /// # Errors
    /// Everything that is wrong with them, with its place.
    pub fn read(&self, path: impl AsRef<Path>) -> Result<Scenario, Diagnostics> {
        let path = path.as_ref();
        let source = Source::read(path, &self.limits)?;
        let folder = path.parent().map(|it| match it.as_os_str().is_empty() {
            true => Path::new("."),
            false => it,
        });
        self.compile(source, folder)
    }

    /// Reads a scenario out of a text; `name` is what it is called in messages.
    /// Pieces are looked for from the reader's root; without one there are none.
    ///
    /// # Errors
    /// Everything that is wrong with it, with its place.
    pub fn read_text(
        &self,
        name: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<Scenario, Diagnostics> {
        self.compile(Source::new(name, text), self.root.as_deref())
    }

    fn compile(&self, source: Source, folder: Option<&Path>) -> Result<Scenario, Diagnostics> {
        let gathered = Gatherer::new(self, folder).gather(source, folder)?;
        compile::scenario(self, gathered)
    }
}
