//! Holds the rooms to their order: a room may call those below it, never above.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, lowest first.
const ROOMS: [&str; 17] = [
    "time",
    "chance",
    "statistics",
    "model",
    "procedure",
    "faults",
    "measures",
    "checks",
    "scenario",
    "drill",
    "cloud",
    "serve",
    "explore",
    "report",
    "runbook",
    "testing",
    "cli",
];

fn sources(under: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(under).expect("the sources are there") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The rooms that a source names after `crate::`, in paths and in braces, outside
/// of comments.
fn calls(text: &str) -> BTreeSet<&str> {
    let code: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let mut found = BTreeSet::new();
    for line in code {
        for part in line.split("crate::").skip(1) {
            let inner = part.strip_prefix('{').unwrap_or(part);
            for name in inner.split([',', '{', '}']) {
                let word: &str = name
                    .trim()
                    .split(|it: char| !it.is_alphanumeric() && it != '_')
                    .next()
                    .unwrap_or("");
                if ROOMS.contains(&word) {
                    found.insert(word);
                }
                if !part.starts_with('{') {
                    break;
                }
            }
        }
    }
    found
}

fn height(room: &str) -> usize {
    ROOMS.iter().position(|it| *it == room).expect("a room")
}

#[test]
fn no_room_calls_upwards() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for room in ROOMS {
        for path in sources(&src.join(room)) {
            *seen.entry(room).or_default() += 1;
            let text = fs::read_to_string(&path).expect("a source can be read");
            for called in calls(&text) {
                // Strategies and folders make tests for users; the rooms' own tests may use any room below.
                if height(called) > height(room) {
                    wrong.push(format!("{} calls up to `{called}`", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(seen.len(), ROOMS.len(), "every room has sources: {seen:?}");
}

#[test]
fn every_folder_is_a_room() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(src).expect("the sources are there") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            let name = path
                .file_name()
                .expect("a folder has a name")
                .to_string_lossy()
                .into_owned();
            assert!(
                ROOMS.contains(&name.as_str()),
                "`{name}` is not in the order of rooms"
            );
        }
    }
}

#[test]
fn upward_calls_would_be_seen() {
    // The test can fail: paths in the middle of a line, and several in braces.
    assert_eq!(
        calls("let x = crate::drill::run();"),
        BTreeSet::from(["drill"])
    );
    assert_eq!(
        calls("use crate::{report::Face, time};"),
        BTreeSet::from(["report", "time"])
    );
    assert_eq!(calls("//! see crate::cli"), BTreeSet::new());
}
