//! The file of findings: what a hunt found, kept beside the scenario, to be committed.
//!
//! Each entry holds the scenario that shows it, whole, so that a replay needs nothing
//! else.

use std::io;
use std::path::{Path, PathBuf};

use super::codes;
use super::document::{Document, leaf, list, map, quoted_leaf};
use super::loaded::Scenario;
use super::reader::Reader;
use super::syntax::{
    Diagnostic, Diagnostics, Field, Limits, Shape, SharedShape, Source, Variant, View, parse,
    quoted, validate,
};
use super::tables::{ID, NUMBER, SCENARIO};
use crate::checks::CheckId;

/// The version of the file's format.
const FORMAT: &str = "v1";

static FORMATS: &[Variant] = &[Variant::new(FORMAT, "The version of the format.")];

const fn checks() -> [Variant; CheckId::COUNT] {
    let mut all = [Variant::new("", ""); CheckId::COUNT];
    let mut at = 0;
    while at < all.len() {
        let doc = CheckId::ALL[at].doc();
        all[at] = Variant::new(doc.slug, doc.statement);
        at += 1;
    }
    all
}
static CHECKS: [Variant; CheckId::COUNT] = checks();

static FOUND: SharedShape = SharedShape {
    name: "found",
    doc: "A finding.",
    shape: &Shape::Map(&[
        Field::required("id", Shape::Text(&ID), "Its name."),
        Field::required("check", Shape::OneOf(&CHECKS), "Which check is violated."),
        Field::required("lifeboat", Shape::Word, "The version that found it.").such_as("0.1.0"),
        Field::required("strategy", Shape::Word, "Which strategy found it.").such_as("swarm"),
        Field::required("hunt", Shape::Number(&NUMBER), "The seed of the hunt."),
        Field::required("run", Shape::Number(&NUMBER), "In which of its runs."),
        Field::required(
            "trace",
            Shape::Number(&NUMBER),
            "The hash of the scenario's run.",
        ),
        Field::required("scenario", SCENARIO, "The scenario that shows it."),
    ]),
};

/// A file of findings.
static FINDINGS: Shape = Shape::Map(&[
    Field::required(
        "findings",
        Shape::OneOf(FORMATS),
        "The version of the format.",
    ),
    Field::required(
        "found",
        Shape::list_of(&Shape::Shared(&FOUND)),
        "What was found.",
    ),
]);

/// A finding as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub id: String,
    /// Which check is violated.
    pub check: CheckId,
    /// The version that found it.
    pub version: String,
    /// Which strategy found it.
    pub strategy: String,
    /// The seed of the hunt.
    pub hunt: u64,
    /// In which of its runs.
    pub run: u64,
    /// The hash of the scenario's run.
    pub trace: u64,
    /// The scenario that shows it.
    pub document: Document,
}

/// Where findings of a scenario are kept: `day.findings.yaml` beside `day.yaml`.
#[must_use]
pub fn path_beside(scenario: &Path) -> PathBuf {
    let stem = scenario.file_stem().unwrap_or_default().to_string_lossy();
    scenario.with_file_name(format!("{stem}.findings.yaml"))
}

/// Whether a file's text says that it is one of findings.
#[must_use]
pub fn is_findings(source: &Source, limits: &Limits) -> bool {
    parse(source, limits).is_ok_and(|it| View::of(&it).get("findings").is_some())
}

/// Reads a file of findings.
///
/// # Errors
/// Everything that is wrong with it, with its place.
pub fn read(source: &Source, limits: &Limits) -> Result<Vec<Kept>, Diagnostics> {
    let tree = parse(source, limits)?;
    let mut found = Diagnostics::new();
    validate(&tree, &FINDINGS, source, &mut found);
    if found.has_errors() {
        return Err(found);
    }
    let items = View::of(&tree)
        .get("found")
        .into_iter()
        .flat_map(View::items);
    Ok(items.filter_map(kept).collect())
}

fn kept(view: View<'_>) -> Option<Kept> {
    let text = |key: &str| view.get(key).map_or("", View::text).to_owned();
    let number = |key: &str| super::tables::seed(&text(key)).ok();
    Some(Kept {
        id: text("id"),
        check: CheckId::from_slug(&text("check"))?,
        version: text("lifeboat"),
        strategy: text("strategy"),
        hunt: number("hunt")?,
        run: number("run")?,
        trace: number("trace")?,
        document: Document::of(view.get("scenario")?.node().clone()),
    })
}

/// Compiles the scenario of a finding in a file of them.
///
/// # Errors
/// Everything that is wrong with it, with its place in that file.
pub fn compile(reader: &Reader, source: &Source, it: &Kept) -> Result<Scenario, Diagnostics> {
    let tree = parse(source, &reader.limits)?;
    let mut items = View::of(&tree)
        .get("found")
        .into_iter()
        .flat_map(View::items);
    let same = |item: &View<'_>| item.get("id").is_some_and(|id| id.text() == it.id);
    let scenario = items.find(same).and_then(|item| item.get("scenario"));
    match scenario {
        Some(view) => reader.compile_in(view.node().clone(), source),
        None => reader.compile(&it.document, source.name()),
    }
}

/// What is wrong with replaying findings of another version, or the one of an id: their
/// runs need not be the same in this one.
#[must_use]
pub fn other_version(
    source: &Source,
    limits: &Limits,
    version: &str,
    id: Option<&str>,
) -> Diagnostics {
    let mut told = Diagnostics::new();
    let Ok(tree) = parse(source, limits) else {
        return told;
    };
    let items = View::of(&tree)
        .get("found")
        .into_iter()
        .flat_map(View::items);
    let wanted = |it: &View<'_>| id.is_none_or(|id| it.get("id").is_some_and(|it| it.text() == id));
    for written in items
        .filter(wanted)
        .filter_map(|it| it.get("lifeboat"))
        .filter(|it| it.text() != version)
    {
        let message = format!(
            "this is lifeboat {version}, and the finding is of {}",
            quoted(written.text())
        );
        let label = "a run of another version need not be the same";
        let it =
            Diagnostic::new(&codes::FINDING_VERSION, source, message).label(written.span(), label);
        told.push(it.help("hunt again with this version, or replay with that one"));
    }
    told
}

/// The text of a file of findings.
#[must_use]
pub fn to_yaml(all: &[Kept]) -> String {
    let one = |it: &Kept| {
        map([
            ("id", quoted_leaf(&*it.id)),
            ("check", leaf(it.check.slug())),
            ("lifeboat", quoted_leaf(&*it.version)),
            ("strategy", leaf(&it.strategy)),
            ("hunt", leaf(format!("{:#x}", it.hunt))),
            ("run", leaf(it.run)),
            ("trace", leaf(format!("{:#x}", it.trace))),
            ("scenario", it.document.root().clone()),
        ])
    };
    let root = map([
        ("findings", leaf(FORMAT)),
        ("found", list(all.iter().map(one))),
    ]);
    format!(
        "# What `lifeboat hunt` found. Commit it: these are run first next time.\n\
         # `lifeboat replay FILE` runs them again, `lifeboat replay FILE ID` one of them.\n{}",
        Document::of(root).to_yaml()
    )
}

/// Puts findings into a file in one go: whoever reads it sees the old or the new, and
/// a disk that is full leaves the old.
///
/// # Errors
/// What the system says.
pub fn write(path: &Path, all: &[Kept]) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written =
        std::fs::write(&beside, to_yaml(all)).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        // Half a file is of no use; that it could not be written is what is told.
        let _ = std::fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "scenario: v1
title: \"Lost: for a day\"
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 12 } } }
timeline:
  - at: T+0
    fault: { region-outage: { region: westeurope, lasts: 26h } }
  - at: T+1h
    fault: { ticket-lost: { connector: payments } }
";

    fn some() -> Kept {
        Kept {
            id: "settled-0badf00d".into(),
            check: CheckId::Settled,
            version: "0.1.0".into(),
            strategy: "swarm".into(),
            hunt: u64::MAX,
            run: 12,
            trace: 0xffff_ffff_ffff_0000,
            document: Reader::default().document_text("a.yaml", SMALL).unwrap(),
        }
    }

    fn read_text(text: &str) -> Result<Vec<Kept>, Diagnostics> {
        read(&Source::new("a.findings.yaml", text), &Limits::default())
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let all = [
            some(),
            Kept {
                id: "settled-2".into(),
                ..some()
            },
        ];
        assert_eq!(read_text(&to_yaml(&all)).unwrap(), all);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.findings.yaml");
        write(&path, &all).unwrap();
        write(&path, &all[..1]).unwrap();
        assert_eq!(
            read_text(&std::fs::read_to_string(&path).unwrap()).unwrap(),
            all[..1]
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        assert!(write(&folder.path().join("none/a.yaml"), &[some()]).is_err());
        // A folder in the place of the file.
        assert!(write(folder.path(), &[some()]).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_damaged_file_says_where() {
        let text = to_yaml(&[some()]);
        for (from, to) in [
            ("check: settled", "check: setled"),
            ("trace: 0x", "trace: zz"),
            ("at: T+1h", "at: soon"),
            ("findings: v1", "findings: v7"),
        ] {
            let damaged = text.replacen(from, to, 1);
            assert_ne!(damaged, text, "{from}: {text}");
            let found = read_text(&damaged).unwrap_err();
            let line = 1 + damaged.lines().position(|it| it.contains(to)).unwrap();
            let lines: Vec<usize> = found.records().map(|it| it.line).collect();
            assert_eq!(lines, [line], "{from}: {text}");
        }
        assert!(read_text(&text[..text.len() / 2]).is_err());
    }

    #[test]
    fn another_version_is_told_where_it_stands() {
        let source = Source::new("a.findings.yaml", to_yaml(&[some()]));
        let told = |version, id| other_version(&source, &Limits::default(), version, id).len();
        assert_eq!(told("0.1.0", None), 0);
        assert_eq!(told("0.2.0", None), 1);
        assert_eq!(told("0.2.0", Some("settled-0badf00d")), 1);
        assert_eq!(told("0.2.0", Some("settled-2")), 0);
    }
}
