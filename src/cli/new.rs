//! `new`: a commented scenario to begin with.

use super::args::{self, Format, Kind};
use super::settings::Settings;
use super::{Ended, Stop, output};
use crate::report::Exit;
use crate::scenario::levers;
use std::io::Write;
use std::path::PathBuf;

const FIRST: &str = include_str!("templates/first.yaml");
const INCIDENT: &str = include_str!("templates/incident.yaml");
const PEOPLE: &str = include_str!("templates/people.yaml");
const RUNBOOK: &str = include_str!("templates/runbook.yaml");
const FLEET: &str = include_str!("templates/fleet.yaml");

const fn text(kind: Kind) -> &'static str {
    match kind {
        Kind::First => FIRST,
        Kind::Incident => INCIDENT,
        Kind::People => PEOPLE,
        Kind::Runbook => RUNBOOK,
        Kind::Fleet => FLEET,
        Kind::Levers => levers::DEFAULT,
    }
}

pub(super) fn new(verb: &args::New, settings: &Settings) -> Ended {
    settings.format_of("new", &[Format::Human])?;
    let path = path_of(&verb.name);
    let unwritten =
        |error: &std::io::Error| output::unwritten(&format!("to {}", path.display()), error);
    let file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path);
    let mut file = file.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Stop::usage(format!(
            "{} is there already, and is left alone: choose another name",
            path.display()
        )),
        _ => unwritten(&error),
    })?;
    if let Err(error) = file.write_all(text(verb.kind).as_bytes()) {
        // Half a scenario is of no use.
        let _ = std::fs::remove_file(&path);
        return Err(unwritten(&error));
    }
    output::print(&next(&path, verb.kind))?;
    Ok(Exit::Success)
}

fn path_of(name: &str) -> PathBuf {
    let path = PathBuf::from(name);
    let named = path
        .extension()
        .is_some_and(|it| it == "yaml" || it == "yml");
    if named {
        path
    } else {
        PathBuf::from(format!("{name}.yaml"))
    }
}

fn next(path: &std::path::Path, kind: Kind) -> String {
    let shown = path.display();
    if kind == Kind::Fleet {
        let name = path
            .file_name()
            .map(|it| it.to_string_lossy())
            .unwrap_or_default();
        return format!("Wrote {shown}. Next: name it in a scenario beside it:\n  use: [{name}]\n");
    }
    if kind == Kind::Levers {
        return format!(
            "Wrote {shown}. Next: write your own costs into it, and\n  \
             lifeboat plan SCENARIO --levers {shown}\n"
        );
    }
    format!(
        "Wrote {shown}. Next:\n  \
         lifeboat run {shown}      runs it and says what came of it\n  \
         lifeboat check {shown}    after each change: what is wrong, all at once\n  \
         lifeboat list faults      what else can go wrong\n  \
         lifeboat explain single-owner\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Entry, Explain, drill};
    use crate::scenario::Reader;
    use clap::ValueEnum;

    #[test]
    fn what_is_written_can_be_run_as_it_is() {
        for &kind in Kind::value_variants()
            .iter()
            .filter(|it| !matches!(it, Kind::Fleet | Kind::Levers))
        {
            let scenario = Reader::default().read_text("new.yaml", text(kind));
            let scenario =
                scenario.unwrap_or_else(|it| panic!("{kind:?}: {}", it.render(Default::default())));
            assert!(scenario.warnings.is_empty(), "{kind:?}");
            let entry = drill(scenario, Explain::WhenBad, false);
            let Entry::Ran(ran) = &entry else {
                panic!("{kind:?}: {entry:?}")
            };
            let told = crate::report::human::failure_face(ran, Default::default());
            assert!(ran.assessed.verdict.passes(), "{kind:?}: {told}");
        }
    }

    #[test]
    fn the_fleet_can_be_used() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("fleet.yaml"), FLEET).unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, "scenario: v1\ntitle: A\nuse: [fleet.yaml]\n").unwrap();
        Reader::default().read(&path).unwrap();
    }

    #[test]
    fn a_name_gets_its_ending_once() {
        assert_eq!(path_of("drills/a"), PathBuf::from("drills/a.yaml"));
        assert_eq!(path_of("a.yml"), PathBuf::from("a.yml"));
        assert_eq!(path_of("v1.2"), PathBuf::from("v1.2.yaml"));
    }
}
