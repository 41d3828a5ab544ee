//! A folder of scenarios as tests, each file a test of its own.
//!
//! In a test target without the usual harness (`harness = false`) one line is the
//! whole `main`:
//!
//! ```no_run
//! lifeboat::testing::run_folder("scenarios")
//! ```
//!
//! It speaks the arguments of `cargo test` and of nextest. A test passes where
//! `lifeboat run` would exit with 0, and else prints what that would say.

use crate::report::{self, Entry, Explain};
use crate::scenario::Reader;
use crate::scenario::syntax::RenderStyle;
use libtest_mimic::{Arguments, Failed, Trial};
use std::fmt;
use std::path::{Path, PathBuf};

/// Why a scenario does not pass, in words for people. `Debug` prints the same, so
/// that a test may return it or unwrap it.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct Failure {
    text: String,
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Runs one scenario file, for a plain `#[test]`.
///
/// ```no_run
/// #[test]
/// fn west_europe() -> Result<(), lifeboat::testing::Failure> {
///     lifeboat::testing::check_file("scenarios/west-europe.yaml")
/// }
/// ```
///
/// # Errors
/// Where the file is not valid or the scenario does not pass; a known failure
/// passes while it fails.
pub fn check_file(path: impl AsRef<Path>) -> Result<(), Failure> {
    let path = path.as_ref();
    let reader = Reader {
        root: report::find::root_of(path),
        ..Reader::default()
    };
    let style = RenderStyle::default();
    let text = match report::drill_file(&reader, path, Explain::WhenBad, false) {
        Entry::Ran(ran) if ran.assessed.verdict.passes() => return Ok(()),
        Entry::Ran(ran) => report::human::failure_face(&ran, style),
        Entry::Invalid { diagnostics, .. } => diagnostics.render(style),
        Entry::Broken(broken) => report::human::broken_face(&broken, style),
    };
    Err(Failure { text })
}

/// The scenarios of a folder as tests, named by their paths from that folder
/// without `.yaml`: `incidents/uk-south-2020`. A folder that cannot be read, or
/// holds no scenario, is a test that fails: nothing is passed over in silence.
#[must_use]
pub fn scenarios(folder: impl AsRef<Path>) -> Vec<Trial> {
    let folder = folder.as_ref();
    match report::find::scenarios(&[folder]) {
        Ok(paths) if paths.is_empty() => vec![failing(
            folder,
            "there is no scenario in this folder".to_owned(),
        )],
        Ok(paths) => paths.into_iter().map(|it| trial(folder, it)).collect(),
        Err(error) => vec![failing(folder, error.to_string())],
    }
}

/// Runs the scenarios of a folder as tests, with the arguments of this process,
/// and ends it.
pub fn run_folder(folder: impl AsRef<Path>) -> ! {
    libtest_mimic::run(&Arguments::from_args(), scenarios(folder)).exit()
}

fn trial(folder: &Path, path: PathBuf) -> Trial {
    let name = path
        .strip_prefix(folder)
        .unwrap_or(&path)
        .with_extension("");
    let name: Vec<_> = name
        .components()
        .map(|it| it.as_os_str().to_string_lossy())
        .collect();
    Trial::test(name.join("/"), move || {
        check_file(&path).map_err(|it| Failed::from(format!("\n{it}")))
    })
}

fn failing(folder: &Path, message: String) -> Trial {
    Trial::test(folder.display().to_string(), move || {
        Err(Failed::from(message))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str = "scenario: v1
title: At rest
fleet: { connectors: { payments: { region: westeurope, scm: github, orgs: 1 } } }
";

    #[test]
    fn a_file_passes_or_says_why_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rest.yaml");
        std::fs::write(&path, REST).unwrap();
        check_file(&path).unwrap();
        std::fs::write(
            &path,
            format!("{REST}expect: {{ single-owner: {{ require: true }} }}\n"),
        )
        .unwrap();
        let failure = check_file(&path).unwrap_err().to_string();
        assert!(
            failure.contains("single-owner") && failure.contains("Again: lifeboat run"),
            "{failure}"
        );
        std::fs::write(&path, "scenario: v1\ntytle: x\n").unwrap();
        assert!(
            check_file(&path)
                .unwrap_err()
                .to_string()
                .contains("LB0201")
        );
    }

    #[test]
    fn an_empty_folder_is_a_failing_test() {
        let folder = tempfile::tempdir().unwrap();
        let trials = scenarios(folder.path());
        assert_eq!(trials.len(), 1);
        std::fs::create_dir(folder.path().join("a")).unwrap();
        std::fs::write(folder.path().join("a/rest.yaml"), REST).unwrap();
        let trials = scenarios(folder.path());
        assert_eq!(trials[0].name(), "a/rest");
    }
}
