//! Links between pages.

use crate::HERE;
use std::fs;
use std::path::{Path, PathBuf};

/// The pages whose links are followed.
fn pages() -> Vec<PathBuf> {
    let here = Path::new(HERE);
    let mut pages: Vec<PathBuf> = ["README.md", "CONTRIBUTING.md"]
        .iter()
        .map(|it| here.join(it))
        .filter(|it| it.exists())
        .collect();
    for entry in fs::read_dir(here.join("docs")).expect("there are docs") {
        let path = entry.expect("an entry can be read").path();
        if path.extension().is_some_and(|it| it == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    pages
}

/// Where the links of a page lead, code left out.
fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        // Every second piece between backticks is code.
        let prose: Vec<&str> = line.split('`').collect();
        let line = if fenced {
            String::new()
        } else {
            prose
                .iter()
                .step_by(2)
                .copied()
                .collect::<Vec<_>>()
                .join("x")
        };
        for piece in line.split("](").skip(1) {
            let target = piece.split([')', ' ']).next().unwrap_or_default();
            found.push(target.to_owned());
        }
    }
    found
}

/// The anchor of a heading, as the usual renderers make it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    for page in pages() {
        let text = fs::read_to_string(&page).expect("the page can be read");
        let folder = page.parent().expect("a page stands in a folder");
        for link in links(&text) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, part) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() {
                page.clone()
            } else {
                folder.join(file)
            };
            assert!(target.exists(), "{}: {link} leads nowhere", page.display());
            if !part.is_empty() && target.extension().is_some_and(|it| it == "md") {
                let there = fs::read_to_string(&target).expect("the page can be read");
                let mut headings = there.lines().filter(|it| it.starts_with('#'));
                let found = headings.any(|it| anchor(it.trim_start_matches('#')) == part);
                assert!(found, "{}: {link} names no heading", page.display());
            }
        }
    }
}
