//! What is made plain: fixed instead of drawn, rounder, shorter, earlier.

use super::Shrinking;
use crate::chance::Probability;
use crate::scenario::document::{Document, leaf};
use crate::scenario::syntax::Node;
use crate::time::{Duration, Instant};

/// Units that people round to, the largest first.
const UNITS: [Duration; 4] = [
    Duration::DAY,
    Duration::HOUR,
    Duration::MINUTE,
    Duration::SECOND,
];

/// Distributions by name: the first of their numbers stands for them.
const DISTRIBUTIONS: [&str; 5] = ["uniform", "pert", "lognormal", "exponential", "empirical"];

/// Where values stand that are made plain.
const VALUES: [&str; 4] = ["timeline", "luck", "procedure", "fleet"];

/// Makes every value as plain as the violation allows.
pub(super) fn plainer(it: &mut Shrinking<'_>) {
    for path in paths(&it.best) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        fix(it, &path);
    }
    for path in paths(&it.best) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let Some(text) = it.best.text(&path).map(str::to_owned) else {
            continue;
        };
        if let Ok(at) = text.parse::<Instant>() {
            let span = at.since(Instant::ZERO);
            let write = |span: Duration| Instant::ZERO.saturating_add(span).to_string();
            let zero = set(it, &path, &write(Duration::ZERO));
            if !zero {
                smallest(it, &path, span, &write);
            }
        } else if let Ok(span) = text.parse::<Duration>() {
            smallest(it, &path, span, &|it: Duration| it.to_string());
        } else if let Ok(number) = text.parse::<u64>() {
            let few = path
                .last()
                .is_some_and(|it| *it == "tickets" || *it == "times" || *it == "factor");
            for less in [1, 2, 10, 100].into_iter().filter(|it| few && *it < number) {
                if set(it, &path, &less.to_string()) {
                    break;
                }
            }
        } else if text.parse::<Probability>().is_ok() {
            for round in ["100%", "50%"] {
                if text == round || set(it, &path, round) {
                    break;
                }
            }
        }
    }
}

fn set(it: &mut Shrinking<'_>, path: &[&str], text: &str) -> bool {
    let mut other = it.best.clone();
    other.set(path, leaf(text)) && it.keep_if(other)
}

/// A fixed value in the place of a drawn one.
fn fix(it: &mut Shrinking<'_>, path: &[&str]) {
    let Some(node) = it.best.get(path) else {
        return;
    };
    let [entry] = node.entries() else { return };
    if !DISTRIBUTIONS.contains(&entry.key.value.as_str()) {
        return;
    }
    let inner = entry.value.entries().iter().map(|it| &it.value);
    let numbers: Vec<Node> = inner.chain(entry.value.items()).cloned().collect();
    for number in numbers {
        let mut other = it.best.clone();
        if other.set(path, number) && it.keep_if(other) {
            return;
        }
    }
}

/// The smallest number of the largest unit that shows the same, by halves. A number
/// of a smaller unit is only looked for where none of a larger one does.
fn smallest(
    it: &mut Shrinking<'_>,
    path: &[&str],
    span: Duration,
    write: &dyn Fn(Duration) -> String,
) {
    let span = span.as_millis();
    for unit in UNITS.map(Duration::as_millis) {
        let round_already = span.is_multiple_of(unit);
        let mut most = span / unit;
        if most == 0 {
            continue;
        }
        let mut fits = round_already;
        if !fits {
            fits = set(it, path, &write(Duration::from_millis(most * unit)));
        }
        if !fits {
            // Rounded up it may do where rounded down it does not.
            fits = set(it, path, &write(Duration::from_millis((most + 1) * unit)));
            most += u64::from(fits);
        }
        if !fits {
            continue;
        }
        let mut least = 1;
        while least < most {
            let half = least + (most - least) / 2;
            if set(it, path, &write(Duration::from_millis(half * unit))) {
                most = half;
            } else {
                least = half + 1;
            }
        }
        return;
    }
}

/// The paths of everything in those sections whose values are made plain.
pub(super) fn paths(document: &Document) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for section in VALUES {
        if let Some(node) = document.get(&[section]) {
            walk(node, &mut vec![section.to_owned()], &mut found);
        }
    }
    found
}

fn walk(node: &Node, at: &mut Vec<String>, out: &mut Vec<Vec<String>>) {
    out.push(at.clone());
    let items = node
        .items()
        .iter()
        .enumerate()
        .map(|it| (it.0.to_string(), it.1));
    let entries = node
        .entries()
        .iter()
        .map(|it| (it.key.value.clone(), &it.value));
    for (key, inner) in entries.chain(items) {
        at.push(key);
        walk(inner, at, out);
        at.pop();
    }
}
