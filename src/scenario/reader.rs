//! From a path, or a text, to a scenario.

use std::path::{Path, PathBuf};

use super::compile;
use super::document::Document;
use super::files::Files;
use super::gather::{Gathered, Gatherer};
use super::loaded::Scenario;
use super::syntax::{Diagnostics, Limits, Node, Source, validate};
use super::tables::SCENARIO;

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
        self.read_source(source, Some(folder_of(path)))
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
        self.read_source(Source::new(name, text), self.root.as_deref())
    }

    /// Reads a scenario file and the pieces that it uses as one document.
    ///
    /// # Errors
    /// What is wrong with their shape, with its place. What they mean is looked at
    /// when the document is compiled.
    pub fn document(&self, path: impl AsRef<Path>) -> Result<Document, Diagnostics> {
        let path = path.as_ref();
        let source = Source::read(path, &self.limits)?;
        let gathered =
            Gatherer::new(self, Some(folder_of(path))).gather(source, Some(folder_of(path)))?;
        document(gathered)
    }

    /// Reads a text, and the pieces that it uses from the reader's root, as one
    /// document.
    ///
    /// # Errors
    /// As those of [`document`](Self::document).
    pub fn document_text(
        &self,
        name: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<Document, Diagnostics> {
        let (source, folder) = (Source::new(name, text), self.root.as_deref());
        document(Gatherer::new(self, folder).gather(source, folder)?)
    }

    /// Compiles a tree that stands in a file of another kind; what is wrong with it is told
    /// with its place there.
    pub(super) fn compile_in(
        &self,
        mut tree: Node,
        source: &Source,
    ) -> Result<Scenario, Diagnostics> {
        let mut found = Diagnostics::new();
        validate(&tree, &SCENARIO, source, &mut found);
        if found.has_errors() {
            return Err(found);
        }
        let mut files = Files::default();
        files.add(source.clone(), &mut tree);
        let source = source.clone();
        compile::scenario(
            self,
            Gathered {
                source,
                files,
                tree,
                found,
            },
        )
    }

    /// Compiles a document, without writing and reading it.
    ///
    /// # Errors
    /// Everything that is wrong with it, without places: a document has none.
    pub fn compile(&self, document: &Document, name: &str) -> Result<Scenario, Diagnostics> {
        let source = Source::new(name, "");
        let mut found = Diagnostics::new();
        validate(document.root(), &SCENARIO, &source, &mut found);
        if found.has_errors() {
            return Err(found);
        }
        let gathered = Gathered {
            source,
            files: Files::default(),
            tree: document.root().clone(),
            found,
        };
        compile::scenario(self, gathered)
    }

    fn read_source(&self, source: Source, folder: Option<&Path>) -> Result<Scenario, Diagnostics> {
        let gathered = Gatherer::new(self, folder).gather(source, folder)?;
        compile::scenario(self, gathered)
    }
}

/// The folder that a file lies in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn document(gathered: Gathered) -> Result<Document, Diagnostics> {
    if gathered.found.has_errors() {
        return Err(gathered.found);
    }
    Ok(Document::of(gathered.tree))
}
