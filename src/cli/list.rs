//! `list`: what there is, a line each.

use super::args::{self, Format, Listing};
use super::facts::FACTS;
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, output, sweep};
use crate::checks::CheckId;
use crate::faults::FAULTS;
use crate::model::catalogue::{Availability, Catalogue};
use crate::procedure::{Issue, Slip};
use crate::report::{Exit, human};
use crate::scenario::defects::DEFECTS;
use crate::scenario::expect::Measure;
use crate::scenario::syntax::listing;
use crate::scenario::{self, BUILT_IN, SCENARIO};

/// A name and what there is to say of it.
type Line = (String, String);

pub(super) fn list(verb: &args::List, settings: &Settings, terminal: &Terminal) -> Ended {
    let format = settings.format_of("list", &[Format::Human, Format::Json])?;
    let (lines, exit) = match verb.what {
        Listing::Scenarios => scenarios(&verb.paths, settings),
        what => (lines(what), Exit::Success),
    };
    let text = match format {
        Format::Json => json(&lines),
        _ => human::listing(&lines, terminal.style(false)),
    };
    output::print(&text)?;
    Ok(exit)
}

/// The names in their order, each with what there is to say of it.
fn json(lines: &[Line]) -> String {
    let items: Vec<serde_json::Value> = lines
        .iter()
        .map(|(name, says)| serde_json::json!({ "name": name, "says": says }))
        .collect();
    let document = serde_json::json!({
        "lifeboat": env!("CARGO_PKG_VERSION"), "format": crate::report::json::FORMAT, "items": items,
    });
    format!("{document:#}\n")
}

fn line(name: impl Into<String>, says: impl Into<String>) -> Line {
    (name.into(), says.into())
}

fn lines(what: Listing) -> Vec<Line> {
    match what {
        Listing::Checks => CheckId::ALL
            .iter()
            .map(|it| line(it.slug(), it.doc().statement))
            .collect(),
        Listing::Faults => FAULTS
            .iter()
            .map(|it| line(it.name, format!("[{}] {}", it.family.name(), it.says)))
            .collect(),
        Listing::Parameters => parameters(),
        Listing::Procedures => BUILT_IN
            .iter()
            .map(|it| line(it.0, first_words(it.1)))
            .collect(),
        Listing::Regions => regions(),
        Listing::Defects => DEFECTS
            .iter()
            .map(|it| line(it.name, format!("[{}] {}", it.family.name(), it.says)))
            .collect(),
        Listing::Slips => Slip::ALL
            .iter()
            .map(|it| line(it.name(), it.says()))
            .collect(),
        Listing::Commands => Issue::ALL
            .iter()
            .map(|&it| line(it.name(), command_says(it)))
            .collect(),
        Listing::Measures => Measure::ALL
            .into_iter()
            .map(|it| line(it.name(), measure_says(it)))
            .collect(),
        Listing::Facts => FACTS.iter().map(|it| line(it.id, it.says)).collect(),
        Listing::Codes => scenario::codes::CODES
            .iter()
            .map(|it| line(it.code, format!("{}: {}", it.slug, it.title)))
            .collect(),
        Listing::Scenarios => Vec::new(),
    }
}

fn parameters() -> Vec<Line> {
    let all = listing(&SCENARIO);
    let leaf = |path: &str| {
        !all.iter()
            .any(|it| it.path.starts_with(&format!("{path}.")))
    };
    let wanted = all.iter().filter(|it| {
        let named = it.path.starts_with("parameters.") && !it.path.contains(" = ");
        let beside = it.path.ends_with(".source") || it.path.ends_with(".value");
        named
            && !beside
            && (leaf(&it.path) || it.default.is_some_and(|it| it != "each has its own"))
    });
    wanted
        .map(|it| {
            let default = it
                .default
                .map_or(String::new(), |it| format!(" Default: {it}."));
            line(
                it.path.trim_start_matches("parameters."),
                format!("{}{default}", it.doc),
            )
        })
        .collect()
}

/// What a step's command does, as the tables say it.
pub(super) fn command_says(issue: Issue) -> String {
    let end = format!("procedure.steps.*.command = {}", issue.name());
    listing(&SCENARIO)
        .into_iter()
        .find(|it| it.path == end)
        .map_or(String::new(), |it| it.doc.to_owned())
}

/// What a measure is, as the tables say it.
pub(super) fn measure_says(measure: Measure) -> String {
    let path = format!("expect.{}", measure.name());
    listing(&SCENARIO)
        .into_iter()
        .find(|it| it.path == path)
        .map_or(String::new(), |it| it.doc.to_owned())
}

/// The first paragraph of a file's opening comment, the editor's line left out.
fn first_words(text: &str) -> String {
    let comments = text.lines().take_while(|it| it.starts_with('#'));
    let words = comments
        .map(|it| it.trim_start_matches('#').trim())
        .filter(|it| !it.starts_with("yaml-"))
        .skip_while(|it| it.is_empty())
        .take_while(|it| !it.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Each region once, with what both catalogues say of it.
fn regions() -> Vec<Line> {
    let mut lines: std::collections::BTreeMap<&str, String> = std::collections::BTreeMap::new();
    for catalogue in Catalogue::ALL {
        for region in catalogue.regions {
            let state = match region.availability {
                Availability::Supported => "supported",
                Availability::ComingSoon => "only announced, so not usable,",
            };
            let says = lines.entry(region.name).or_insert_with(|| {
                format!("{} ({}, {}):", region.title, region.geography, region.city)
            });
            let and = if says.ends_with(':') { "" } else { ";" };
            says.push_str(&format!("{and} {state} in {}", catalogue.date));
        }
    }
    lines
        .into_iter()
        .map(|(name, says)| line(name, says + "."))
        .collect()
}

/// The scenarios of a folder; one that cannot be read is said to be so.
fn scenarios(paths: &[std::path::PathBuf], settings: &Settings) -> (Vec<Line>, Exit) {
    let mut exit = Exit::Success;
    let files = sweep::files(paths);
    let lines = files.iter().map(|path| {
        let name = path.display().to_string();
        match sweep::reader(path, settings).read(path) {
            Ok(scenario) => {
                let tags = match scenario.tags.is_empty() {
                    true => String::new(),
                    false => format!(" [{}]", scenario.tags.join(", ")),
                };
                line(name, format!("{}{tags}", scenario.title))
            }
            Err(diagnostics) => {
                exit = Exit::Invalid;
                line(
                    name,
                    format!(
                        "(not valid: `lifeboat check` names {} errors)",
                        diagnostics.errors()
                    ),
                )
            }
        }
    });
    let lines: Vec<Line> = lines.collect();
    if lines.is_empty() {
        exit = Exit::Nothing;
    }
    (lines, exit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn every_listing_has_lines_and_every_line_words() {
        for &what in Listing::value_variants()
            .iter()
            .filter(|it| **it != Listing::Scenarios)
        {
            let lines = lines(what);
            assert!(lines.len() > 1, "{what:?}");
            for (name, says) in lines {
                assert!(!name.is_empty() && !says.is_empty(), "{what:?}: {name}");
            }
        }
    }

    #[test]
    fn parameters_are_listed_with_their_defaults() {
        let lines = parameters();
        for name in [
            "alert-window.length",
            "alert-window.anchor",
            "promotion",
            "recoveries",
            "retire.needs",
        ] {
            assert!(
                lines
                    .iter()
                    .any(|it| it.0 == name && it.1.contains("Default")),
                "{name}: {lines:?}"
            );
        }
    }
}
