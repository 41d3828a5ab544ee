//! A scenario as a document: what a file and its pieces say together, to be
//! changed, compiled, and written back as a person would write it.
//!
//! ```text
//! Reader::document ──▶ Document ──set, remove──▶ Document ──Reader::compile──▶ Scenario
//!                         │  ▲
//!                      to_yaml │── Writer: faults and choices of a run, as entries
//! ```

mod build;
mod directory;
mod faults;
mod luck;
#[cfg(test)]
mod tests;
mod write;

pub(super) use build::dist;
pub use build::{leaf, list, map, quoted_leaf};
pub use directory::Directory;
pub(super) use faults::called;
pub use luck::NameError;

use super::syntax::{Entry, Node, Span, Spanned, Value};
use build::normal;

/// A scenario, with the pieces that it uses laid in, and without positions.
///
/// ```
/// use lifeboat::scenario::{Reader, document::leaf};
///
/// let text = "scenario: v1\ntitle: At rest\nfleet: { connectors: { a: { region: eastus, scm: github, orgs: 2 } } }\n";
/// let reader = Reader::default();
/// let mut document = reader.document_text("rest.yaml", text).expect("it can be read");
/// document.set(&["fleet", "connectors", "a", "orgs"], leaf("1"));
/// let scenario = reader.compile(&document, "rest.yaml").expect("it is valid");
/// assert_eq!(scenario.plan.fleet.orgs().len(), 1);
/// assert!(document.to_yaml().contains("a: { region: eastus, scm: github, orgs: 1 }"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    root: Node,
}

impl Document {
    /// The document of a tree: positions are forgotten, and so is `use`, since
    /// what it names is laid in.
    pub(super) fn of(mut root: Node) -> Self {
        normal(&mut root);
        let mut document = Self { root };
        document.remove(&["use"]);
        document
    }

    /// The whole tree.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// What stands at a path: keys of maps, places of lists in decimal digits.
    #[must_use]
    pub fn get(&self, path: &[&str]) -> Option<&Node> {
        path.iter()
            .try_fold(&self.root, |node, key| child(node, key))
    }

    /// The text of the scalar at a path.
    #[must_use]
    pub fn text(&self, path: &[&str]) -> Option<&str> {
        self.get(path)?.scalar().map(|it| it.text.as_str())
    }

    /// The keys of the map at a path, in order; none where there is no map.
    pub fn keys(&self, path: &[&str]) -> impl Iterator<Item = &str> {
        let entries = self.get(path).map_or(&[][..], Node::entries);
        entries.iter().map(|it| it.key.value.as_str())
    }

    /// How many entries or items the map or list at a path has.
    #[must_use]
    pub fn len(&self, path: &[&str]) -> usize {
        self.get(path)
            .map_or(0, |it| it.entries().len() + it.items().len())
    }

    /// Puts a node at a path: maps on the way are made where they are missing, and
    /// a place just behind a list's last item adds one. Elsewhere in a list, or
    /// under a scalar, nothing changes and the answer is no.
    pub fn set(&mut self, path: &[&str], node: Node) -> bool {
        let mut at = &mut self.root;
        for key in path {
            let Some(next) = child_or_new(at, key) else {
                return false;
            };
            at = next;
        }
        *at = node;
        normal(at);
        true
    }

    /// Takes out what stands at a path, and maps and lists that become empty by
    /// it, the fleet's and the root left alone. What was there.
    pub fn remove(&mut self, path: &[&str]) -> Option<Node> {
        let (last, way) = path.split_last()?;
        let parent = way
            .iter()
            .try_fold(&mut self.root, |node, key| child_mut(node, key))?;
        let taken = take(parent, last)?;
        let empty = parent.entries().is_empty() && parent.items().is_empty();
        if empty && !way.is_empty() && way[0] != "fleet" {
            self.remove(way);
        }
        Some(taken)
    }

    /// Adds an item to the list at a path, making the list where it is missing.
    pub fn push(&mut self, path: &[&str], item: Node) {
        if self
            .get(path)
            .is_none_or(|it| !matches!(it.value, Value::List(_)))
        {
            self.set(path, list([]));
        }
        let place = self.len(path).to_string();
        let whole: Vec<&str> = path.iter().copied().chain([place.as_str()]).collect();
        self.set(&whole, item);
    }

    /// The file: YAML, as a person would write it.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        write::yaml(&self.root)
    }
}

/// A node as YAML on one line, in braces: what a message shows of it.
#[must_use]
pub fn one_line(node: &Node) -> String {
    write::flow(node)
}

fn child<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.value {
        Value::Map(entries) => entries
            .iter()
            .find(|it| it.key.value == key)
            .map(|it| &it.value),
        Value::List(items) => items.get(key.parse::<usize>().ok()?),
        Value::Null | Value::Scalar(_) => None,
    }
}

fn child_mut<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    match &mut node.value {
        Value::Map(entries) => entries
            .iter_mut()
            .find(|it| it.key.value == key)
            .map(|it| &mut it.value),
        Value::List(items) => items.get_mut(key.parse::<usize>().ok()?),
        Value::Null | Value::Scalar(_) => None,
    }
}

fn child_or_new<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    if node.value == Value::Null {
        node.value = Value::Map(Vec::new());
    }
    let span = Span::default();
    let new = || Node {
        span,
        value: Value::Null,
    };
    match &mut node.value {
        Value::Map(entries) => {
            let at = entries.iter().position(|it| it.key.value == key);
            let at = at.unwrap_or_else(|| {
                let key = Spanned::new(key.to_owned(), span);
                entries.push(Entry { key, value: new() });
                entries.len() - 1
            });
            Some(&mut entries[at].value)
        }
        Value::List(items) => {
            let at = key.parse::<usize>().ok()?;
            if at == items.len() {
                items.push(new());
            }
            items.get_mut(at)
        }
        Value::Null | Value::Scalar(_) => None,
    }
}

fn take(node: &mut Node, key: &str) -> Option<Node> {
    match &mut node.value {
        Value::Map(entries) => {
            let at = entries.iter().position(|it| it.key.value == key)?;
            Some(entries.remove(at).value)
        }
        Value::List(items) => {
            let at = key.parse::<usize>().ok()?;
            (at < items.len()).then(|| items.remove(at))
        }
        Value::Null | Value::Scalar(_) => None,
    }
}
