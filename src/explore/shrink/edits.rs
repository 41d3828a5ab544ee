//! What is taken out.

use super::Shrinking;
use crate::scenario::document::leaf;
use crate::scenario::syntax::{Node, View};
use std::collections::BTreeSet;

/// Choices that are laid down: all, then those of one entity, then those of one
/// purpose, then one by one.
pub(super) fn choices(it: &mut Shrinking<'_>) {
    if it.best.get(&["luck", "choices"]).is_none() || it.without(&["luck", "choices"]) {
        return;
    }
    for key in ["of", "what"] {
        let items = it
            .best
            .get(&["luck", "choices"])
            .map_or(&[][..], Node::items);
        let said = |node: &Node| View::of(node).get(key).map(|it| it.text().to_owned());
        let groups: BTreeSet<String> = items.iter().filter_map(said).collect();
        for group in groups {
            let mut other = it.best.clone();
            let count = other.len(&["luck", "choices"]);
            for place in (0..count).rev() {
                let place = place.to_string();
                if other.text(&["luck", "choices", &place, key]) == Some(&group) {
                    other.remove(&["luck", "choices", &place]);
                }
            }
            it.keep_if(other);
        }
    }
    items(it, &["luck", "choices"]);
}

/// Entries of the timeline, the last first: what came later led to less.
pub(super) fn faults(it: &mut Shrinking<'_>) {
    items(it, &["timeline"]);
    for place in 0..it.best.len(&["timeline"]) {
        let place = place.to_string();
        let path = [
            "timeline",
            place.as_str(),
            "fault",
            "region-outage",
            "region",
        ];
        items(it, &path);
        let only = match it.best.get(&path).map(Node::items) {
            Some([only]) => only.clone(),
            _ => continue,
        };
        let mut other = it.best.clone();
        other.set(&path, only);
        it.keep_if(other);
    }
}

fn items(it: &mut Shrinking<'_>, path: &[&str]) {
    for place in (0..it.best.len(path)).rev() {
        let place = place.to_string();
        let whole: Vec<&str> = path.iter().copied().chain([place.as_str()]).collect();
        it.without(&whole);
    }
}

/// Connectors, and their orgs.
pub(super) fn fleet(it: &mut Shrinking<'_>) {
    let names: Vec<String> = it
        .best
        .keys(&["fleet", "connectors"])
        .map(str::to_owned)
        .collect();
    for name in &names {
        it.without(&["fleet", "connectors", name]);
    }
    for name in &names {
        orgs(it, name);
    }
}

fn orgs(it: &mut Shrinking<'_>, connector: &str) {
    let path = ["fleet", "connectors", connector, "orgs"];
    let named: Vec<String> = it.best.keys(&path).map(str::to_owned).collect();
    for org in named.iter().rev() {
        it.without(&[path[0], path[1], path[2], path[3], org]);
    }
    let Some(mut count) = it.best.text(&path).and_then(|it| it.parse::<u64>().ok()) else {
        return;
    };
    let mut least = 0;
    while least < count {
        let half = least + (count - least) / 2;
        let mut other = it.best.clone();
        other.set(&path, leaf(half));
        if it.keep_if(other) {
            count = half;
        } else {
            least = half + 1;
        }
    }
}

/// Every entry of every map and every item of every list, the large ones first: what
/// a scenario needs is refused by the reader, what the violation needs by the check.
pub(super) fn anything(it: &mut Shrinking<'_>) {
    let mut paths = Vec::new();
    collect(it.best.root(), &mut Vec::new(), &mut paths);
    paths.sort_by_key(Vec::len);
    for path in paths {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let needed = matches!(path[..], ["scenario" | "title" | "fleet" | "seed"] | ["fleet", "connectors", ..] if path.len() < 4)
            || path[0] == "luck" && path.len() < 3
            || path[0] == "expect";
        if !needed && !would_grow(&path) {
            it.without(&path);
        }
    }
    expectations(it);
}

/// Whether a fault would hit more, or for longer, without a key: it would be shorter to
/// read, and no smaller.
fn would_grow(path: &[&str]) -> bool {
    let ["timeline", _, rest @ ..] = path else {
        return false;
    };
    match rest {
        ["at" | "fault" | "chance"] => true,
        ["fault", _, key] => !matches!(*key, "stagger" | "returns"),
        _ => false,
    }
}

/// What is expected of other checks says nothing about this one.
fn expectations(it: &mut Shrinking<'_>) {
    let names: Vec<String> = it.best.keys(&["expect"]).map(str::to_owned).collect();
    let own = it.cause.check.slug();
    for name in names.iter().filter(|name| *name != own) {
        it.without(&["expect", name]);
    }
}

fn collect(node: &Node, at: &mut Vec<String>, out: &mut Vec<Vec<String>>) {
    // From behind, so that taking one item out moves none that is still to come.
    let items = node.items().iter().enumerate().rev();
    let items = items.map(|(place, node)| (place.to_string(), node));
    let entries = node
        .entries()
        .iter()
        .map(|it| (it.key.value.clone(), &it.value));
    for (key, inner) in entries.chain(items) {
        at.push(key);
        out.push(at.clone());
        collect(inner, at, out);
        at.pop();
    }
}
