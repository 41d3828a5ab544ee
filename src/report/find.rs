//! Which files of a folder are scenarios.
//!
//! A path that is named is a scenario, whatever it holds. In a folder every
//! `.yaml` or `.yml` file, at any depth, that has a top-level key `scenario` is one,
//! except for pieces: a file without a `title` that another file of the folder names
//! under `use`. A file without a title that nobody uses is taken for a scenario, so
//! that it is reported instead of being passed over. Hidden files and folders are
//! left out, and links to folders are not followed.

use crate::scenario::syntax::{Limits, Node, Source, View, parse};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// A path that cannot be looked into.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be read: {source}", .path.display())]
pub struct FindError {
    /// The path.
    pub path: PathBuf,
    /// What the system says.
    pub source: io::Error,
}

/// The scenarios under some paths, in the order of the paths given, and of the
/// file names in each; each file once.
///
/// # Errors
/// A path that does not exist, or a folder that cannot be listed.
pub fn scenarios<P: AsRef<Path>>(paths: &[P]) -> Result<Vec<PathBuf>, FindError> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths.iter().map(AsRef::as_ref) {
        let about = std::fs::metadata(path).map_err(|source| FindError {
            path: path.into(),
            source,
        })?;
        let files = if about.is_dir() {
            in_folder(path)?
        } else {
            vec![path.to_owned()]
        };
        let new = |it: &PathBuf| seen.insert(it.canonicalize().unwrap_or_else(|_| it.clone()));
        found.extend(files.into_iter().filter(new));
    }
    Ok(found)
}

/// The folder that `use` may not leave for scenarios under a path: the project that
/// it lies in (the nearest folder above with a `lifeboat.toml`, a `.git` or a
/// `Cargo.toml`), else the folder given, or that of the file.
#[must_use]
pub fn root_of(path: &Path) -> Option<PathBuf> {
    let whole = path.canonicalize().ok()?;
    let folder = if whole.is_dir() {
        whole.as_path()
    } else {
        whole.parent()?
    };
    let marks = ["lifeboat.toml", ".git", "Cargo.toml"];
    let project = folder
        .ancestors()
        .find(|it| marks.iter().any(|mark| it.join(mark).exists()));
    Some(project.unwrap_or(folder).to_owned())
}

/// Whether a file is a scenario, or a piece of one; also one that has an ending of
/// theirs and cannot be read, since it may become one again.
#[must_use]
pub fn is_scenario(path: &Path) -> bool {
    path.is_file() && (Look::read(path)).map_or_else(|| is_yaml(path), |it| it.scenario)
}

/// The files of findings in a folder, at any depth.
///
/// # Errors
/// A folder that cannot be listed.
pub fn findings(folder: &Path) -> Result<Vec<PathBuf>, FindError> {
    let mut files = Vec::new();
    list(folder, &mut files)?;
    files.retain(|it| it.to_string_lossy().ends_with(".findings.yaml"));
    files.sort();
    Ok(files)
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|it| it == "yaml" || it == "yml")
}

fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, FindError> {
    let mut files = Vec::new();
    list(folder, &mut files)?;
    files.sort();
    let looks: Vec<Look> = files.iter().map(|it| Look::at(it)).collect();
    let used: BTreeSet<&PathBuf> = looks.iter().flat_map(|it| &it.uses).collect();
    let is_piece = |path: &PathBuf, look: &Look| {
        !look.titled && path.canonicalize().is_ok_and(|whole| used.contains(&whole))
    };
    let kept = files
        .iter()
        .zip(&looks)
        .filter(|(path, look)| look.scenario && !is_piece(path, look));
    // `./a.yaml` is `a.yaml`: what is annotated in a repository is named from its root.
    let plain = |it: &PathBuf| {
        it.strip_prefix(".")
            .map_or_else(|_| it.clone(), Path::to_owned)
    };
    Ok(kept.map(|it| plain(it.0)).collect())
}

fn list(folder: &Path, out: &mut Vec<PathBuf>) -> Result<(), FindError> {
    let failed = |source| FindError {
        path: folder.to_owned(),
        source,
    };
    for item in std::fs::read_dir(folder).map_err(failed)? {
        let item = item.map_err(failed)?;
        let kind = item.file_type().map_err(failed)?;
        if item.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = item.path();
        if kind.is_dir() {
            list(&path, out)?;
        // A pipe would keep everybody waiting for its writer.
        } else if is_yaml(&path) && path.is_file() {
            out.push(path);
        }
    }
    Ok(())
}

/// What a glance at a file shows.
struct Look {
    /// Whether it is meant to be read by this program; what cannot be read is.
    scenario: bool,
    titled: bool,
    uses: Vec<PathBuf>,
}

impl Look {
    fn at(path: &Path) -> Self {
        // A file that cannot be read is reported when it is run.
        Self::read(path).unwrap_or(Self {
            scenario: true,
            titled: true,
            uses: Vec::new(),
        })
    }

    fn read(path: &Path) -> Option<Self> {
        let limits = Limits::default();
        let source = Source::read(path, &limits).ok()?;
        let tree = parse(&source, &limits).ok()?;
        Some(Self::of(path, &tree))
    }

    fn of(path: &Path, tree: &Node) -> Self {
        let view = View::of(tree);
        let folder = path.parent().unwrap_or(Path::new("."));
        let uses = view.get("use").filter(|it| it.is_list());
        let uses = uses
            .into_iter()
            .flat_map(|it| it.items())
            .filter(|it| it.is_scalar());
        // A misspelt first line must not pass a scenario over in silence.
        let ours = ["title", "fleet", "timeline", "procedure", "expect"];
        let alike = ours.iter().filter(|it| view.get(it).is_some()).count();
        Self {
            scenario: view.get("scenario").is_some() || alike >= 2,
            titled: view.get("title").is_some(),
            uses: uses
                .filter_map(|it| folder.join(it.text()).canonicalize().ok())
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_other_files_and_hidden_ones_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        put(
            "b/two.yaml",
            "scenario: v1\ntitle: Two\nuse: [../fleets/one.yaml]\n",
        );
        put("a.yml", "scenario: v1\ntitle: One\n");
        put("fleets/one.yaml", "scenario: v1\nfleet: {}\n");
        put("fleets/unused.yaml", "scenario: v1\nfleet: {}\n");
        put("compose.yaml", "services: {}\n");
        put("misspelt.yaml", "scenaro: v1\ntitle: One\nfleet: {}\n");
        put("broken.yaml", "a: [\n");
        put(".hidden/x.yaml", "scenario: v1\ntitle: X\n");
        put("notes.txt", "scenario: v1\n");
        let found = scenarios(&[folder.path()]).unwrap();
        let names: Vec<&Path> = found
            .iter()
            .map(|it| it.strip_prefix(folder.path()).unwrap())
            .collect();
        let wanted = [
            "a.yml",
            "b/two.yaml",
            "broken.yaml",
            "fleets/unused.yaml",
            "misspelt.yaml",
        ]
        .map(Path::new);
        assert_eq!(names, wanted);
        // Named twice, run once.
        assert_eq!(
            scenarios(&[folder.path(), &folder.path().join("a.yml")])
                .unwrap()
                .len(),
            5
        );
        assert!(scenarios(&[folder.path().join("missing")]).is_err());
        let is = |name: &str| is_scenario(&folder.path().join(name));
        assert!(is("a.yml") && is("fleets/one.yaml") && is("broken.yaml") && is("notes.txt"));
        assert!(!is("compose.yaml") && !is("missing.yaml") && !is("b"));
    }
}
