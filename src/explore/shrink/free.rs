//! What could be anything: values in whose place others show the same.

use super::values::paths;
use super::{Free, Shrinking};
use crate::chance::Probability;
use crate::scenario::document::{Document, leaf, one_line};
use crate::time::{Duration, Instant};

/// Regions to try in the place of another: far apart, and supported in both catalogues.
const REGIONS: [&str; 4] = ["eastus", "northeurope", "westeurope", "australiaeast"];

/// The kinds of SCM.
const SCMS: [&str; 3] = ["azure-devops", "github", "gitlab"];

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
        let ends = ends(&path, &value);
        let others: Vec<&str> = ends.iter().copied().filter(|end| *end != value).collect();
        if !others.is_empty() && others.iter().all(|end| same(it, &[&path], end)) {
            let tried = others.into_iter().map(str::to_owned).collect();
            let path = path.join("/");
            found.push(Free { path, value, tried });
        }
    }
    found.extend(regions(it));
    found
}

/// What is tried in the place of a value: both ends of what is usual.
fn ends(path: &[&str], value: &str) -> &'static [&'static str] {
    let last = path.last().copied().unwrap_or_default();
    match path[0] {
        "fleet" if last == "scm" => &SCMS,
        "timeline" | "luck" if value.parse::<Instant>().is_ok() => &["T+0", "T+1h", "T+3d"],
        "timeline" | "luck" if value.parse::<Duration>().is_ok() => &["1h", "1d", "7d"],
        "timeline" | "luck" if value.parse::<Probability>().is_ok() => &["1%", "99%"],
        "timeline" | "luck" if matches!(last, "factor" | "tickets") => &["2", "100"],
        _ => &[],
    }
}

/// Regions in whose place others would do: wherever their names stand, since a region
/// that is lost has to be one that somebody is in.
fn regions(it: &Shrinking<'_>) -> Vec<Free> {
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
    let free = |name: &String| {
        let places = all.iter().filter(|it| named(it).as_ref() == Some(name));
        let places: Vec<Vec<&str>> = places
            .map(|it| it.iter().map(String::as_str).collect())
            .collect();
        let places: Vec<&[&str]> = places.iter().map(Vec::as_slice).collect();
        let other = |it: &&&str| !names.iter().any(|name| name == *it);
        let others: Vec<&str> = REGIONS.iter().filter(other).take(2).copied().collect();
        let free = !others.is_empty() && others.iter().all(|end| same(it, &places, end));
        free.then(|| Free {
            path: format!("region {name}"),
            value: name.clone(),
            tried: others.into_iter().map(str::to_owned).collect(),
        })
    };
    names.iter().filter_map(free).collect()
}

/// Whether the same is shown with another value in these places.
fn same(it: &Shrinking<'_>, places: &[&[&str]], value: &str) -> bool {
    let mut other: Document = it.best.clone();
    for path in places {
        other.set(path, leaf(value));
    }
    super::shows(it.reader, &other, it.cause)
}
