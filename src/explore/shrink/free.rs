//! What could be anything: values in whose place others show the same.

use super::values::paths;
use super::{Free, NAME, Shrinking};
use crate::chance::Probability;
use crate::model::catalogue::Availability;
use crate::model::fleet::Scm;
use crate::scenario::document::{Document, leaf, one_line};
use crate::time::{Duration, Instant};

/// The most regions that are tried in the place of another.
const REGIONS_MAX: usize = 2;

/// What in the smallest scenario could be anything. What is asked here is no step, and
/// never kept.
pub(super) fn free(it: &Shrinking<'_>) -> Vec<Free> {
    let mut found = Vec::new();
    for path in paths(&it.best) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let Some(node) = it.best.get(&path).filter(|it| it.scalar().is_some()) else {
            continue;
        };
        let value = one_line(node);
        let mut others = usual(&path, &value);
        others.retain(|it| *it != value);
        if !others.is_empty() && others.iter().all(|other| same(it, &[&path], other)) {
            let tried = others.into_iter().map(str::to_owned).collect();
            let path = path.join("/");
            found.push(Free { path, value, tried });
        }
    }
    found.extend(regions(it));
    found
}

/// What is tried in the place of a value: every kind, or both ends of what is usual.
fn usual(path: &[&str], value: &str) -> Vec<&'static str> {
    let last = path.last().copied().unwrap_or_default();
    match path[0] {
        "fleet" if last == "scm" => Scm::ALL.map(Scm::name).to_vec(),
        "timeline" | "luck" if value.parse::<Instant>().is_ok() => vec!["T+0", "T+1h", "T+3d"],
        "timeline" | "luck" if value.parse::<Duration>().is_ok() => vec!["1h", "1d", "7d"],
        "timeline" | "luck" if value.parse::<Probability>().is_ok() => vec!["1%", "99%"],
        "timeline" | "luck" if matches!(last, "factor" | "tickets") => vec!["2", "100"],
        _ => Vec::new(),
    }
}

/// Regions in whose place others would do: wherever their names stand, since a region
/// that is lost has to be one that somebody is in.
fn regions(it: &Shrinking<'_>) -> Vec<Free> {
    let Ok(scenario) = it.reader.compile(&it.best, NAME) else {
        return Vec::new();
    };
    let all = paths(&it.best);
    let named = |path: &[String]| -> Option<String> {
        let is_region = path.iter().rev().take(2).any(|key| key == "region");
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let node = it.best.get(&path).filter(|_| is_region)?;
        node.scalar().map(|_| one_line(node))
    };
    let mut names: Vec<String> = all.iter().filter_map(|it| named(it)).collect();
    names.sort_unstable();
    names.dedup();
    let regions = scenario.plan.fleet.catalogue().regions.iter();
    let others = regions
        .filter(|it| it.availability == Availability::Supported)
        .map(|it| it.name)
        .filter(|other| !names.iter().any(|name| name == other));
    let others: Vec<&str> = others.take(REGIONS_MAX).collect();
    let free = |name: &String| {
        let places = all.iter().filter(|it| named(it).as_ref() == Some(name));
        let places: Vec<Vec<&str>> = places
            .map(|it| it.iter().map(String::as_str).collect())
            .collect();
        let places: Vec<&[&str]> = places.iter().map(Vec::as_slice).collect();
        let free = !others.is_empty() && others.iter().all(|other| same(it, &places, other));
        free.then(|| Free {
            path: format!("region {name}"),
            value: name.clone(),
            tried: others.iter().map(|&it| it.to_owned()).collect(),
        })
    };
    names.iter().filter_map(free).collect()
}

/// Whether the same is shown with another value in these places; where somebody says
/// stop, nobody knows.
fn same(it: &Shrinking<'_>, places: &[&[&str]], value: &str) -> bool {
    if (it.stop)() {
        return false;
    }
    let mut other: Document = it.best.clone();
    for path in places {
        other.set(path, leaf(value));
    }
    super::shows(it.reader, &other, it.cause)
}
