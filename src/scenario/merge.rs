//! Laying one file over another.

use super::syntax::{Node, Shape, Value};

/// Lays `over` over `under`: maps are merged entry by entry, everything else is
/// replaced. A choice is one value, whichever alternative it names, and so is
/// anything whose kind differs.
pub(super) fn merge(under: &mut Node, over: Node, shape: &Shape) {
    let Some(mergeable) = merges_as(shape, under, &over) else {
        *under = over;
        return;
    };
    let Value::Map(upper) = over.value else {
        return;
    };
    under.span = over.span;
    let Value::Map(lower) = &mut under.value else {
        return;
    };
    let mut places: std::collections::BTreeMap<String, usize> = lower
        .iter()
        .enumerate()
        .map(|(at, entry)| (entry.key.value.clone(), at))
        .collect();
    for entry in upper {
        match places.get(&entry.key.value) {
            Some(&at) => {
                let below = &mut lower[at];
                below.key.span = entry.key.span;
                match shape_of(mergeable, &entry.key.value) {
                    Some(shape) => merge(&mut below.value, entry.value, shape),
                    None => below.value = entry.value,
                }
            }
            None => {
                places.insert(entry.key.value.clone(), lower.len());
                lower.push(entry);
            }
        }
    }
}

/// The shape of maps that both nodes have, if they are to be merged.
fn merges_as<'s>(shape: &'s Shape, under: &Node, over: &Node) -> Option<&'s Shape> {
    let (Value::Map(lower), Value::Map(upper)) = (&under.value, &over.value) else {
        return None;
    };
    match shape.resolved() {
        it @ (Shape::Map(_) | Shape::MapOf { .. }) => Some(it),
        Shape::AnyOf(shapes) => {
            let chosen = shapes.iter().any(|shape| {
                matches!(flattened(shape), Some(all) if all.iter().any(|one| {
                    lower.iter().chain(upper).any(|entry| entry.key.value == one.name)
                }))
            });
            if chosen {
                return None;
            }
            shapes
                .iter()
                .map(Shape::resolved)
                .find(|it| matches!(it, Shape::Map(_) | Shape::MapOf { .. }))
        }
        _ => None,
    }
}

/// The alternatives of a choice, be it one of several shapes.
fn flattened(shape: &Shape) -> Option<&'static [super::syntax::Alternative]> {
    match shape.resolved() {
        Shape::Choice(all) => Some(all),
        Shape::AnyOf(shapes) => shapes.iter().find_map(flattened),
        _ => None,
    }
}

fn shape_of<'s>(shape: &'s Shape, key: &str) -> Option<&'s Shape> {
    match shape {
        Shape::Map(fields) => fields
            .iter()
            .find(|field| field.name == key)
            .map(|field| &field.shape),
        Shape::MapOf { value, .. } => Some(value),
        _ => None,
    }
}
