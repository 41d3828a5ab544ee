//! From a key that draws are keyed by, back to the path that it is the hash of.

use std::collections::BTreeMap;

use super::Document;
use crate::chance::EntityKey;
use crate::model::ids::entity_key;
use crate::scenario::plan::Plan;
use crate::scenario::syntax::{Node, View};

/// The ids of a scenario's connectors, orgs and faults, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    ids: BTreeMap<EntityKey, (&'static str, Box<str>)>,
}

impl Directory {
    /// The directory of a document and of what it compiles to.
    #[must_use]
    pub fn of(document: &Document, plan: &Plan) -> Self {
        let mut directory = Self::default();
        let connectors = document.get(&["fleet", "connectors"]);
        for entry in connectors.map_or(&[][..], Node::entries) {
            let written = View::of(&entry.value);
            let id = written
                .get("id")
                .map_or(entry.key.value.as_str(), View::text);
            directory.add("connector", id);
            let Some(orgs) = written.get("orgs") else {
                continue;
            };
            for (name, org) in orgs.entries() {
                directory.add("org", org.get("id").map_or(name.value.as_str(), View::text));
            }
            if orgs.is_scalar() {
                let count = u64::try_from(orgs.whole()).unwrap_or_default();
                let width = count.to_string().len().max(2);
                for number in 1..=count {
                    directory.add("org", &format!("{id}-{number:0width$}"));
                }
            }
        }
        for event in document.get(&["timeline"]).map_or(&[][..], Node::items) {
            let fault = View::of(event).get("fault").map(View::choice);
            if let Some(("org-created", fault)) = fault
                && let Some(org) = fault.get("id").or(fault.get("org"))
            {
                directory.add("org", org.text());
            }
        }
        for fault in &plan.faults {
            directory.add("fault", &fault.id);
        }
        for absence in plan.teams.all().flat_map(|it| &it.absences) {
            directory.add("team", &absence.name);
        }
        for stream in &plan.queue.others {
            directory.add("others", &stream.name);
        }
        if plan.queue.region_lost.is_some() {
            for region in plan.fleet.catalogue().regions {
                directory.add("region", region.name);
            }
        }
        directory
    }

    /// Adds an entity.
    pub fn add(&mut self, kind: &'static str, id: &str) {
        self.ids.insert(entity_key(kind, id), (kind, id.into()));
    }

    /// The kind and the id behind a key.
    #[must_use]
    pub fn find(&self, key: EntityKey) -> Option<(&'static str, &str)> {
        self.ids.get(&key).map(|it| (it.0, &*it.1))
    }

    /// The id behind a key of the fleet.
    ///
    /// # Panics
    /// If the key is of another scenario.
    pub(super) fn id(&self, key: EntityKey) -> &str {
        self.find(key)
            .expect("the directory is of the scenario that the key is of")
            .1
    }

    /// Everything in it: kind, id, key.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str, EntityKey)> {
        self.ids.iter().map(|(key, it)| (it.0, &*it.1, *key))
    }
}
