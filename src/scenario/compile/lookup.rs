//! From a name in the file to an index, and back.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::roster::{ConnectorRow, Roster, Slot, digits};
use super::say::Say;
use crate::chance::EntityKey;
use crate::model::catalogue::Availability;
use crate::model::ids::{ConnectorIx, OrgIx, RegionIx, entity_key};
use crate::scenario::codes;
use crate::scenario::syntax::{Span, View, quoted};

impl<'a> Roster<'a> {
    /// An org's id.
    pub(super) fn id(&self, org: OrgIx) -> &str {
        let slot = self.slots[org.ix()];
        &self.ids[slot.start as usize..(slot.start + slot.len) as usize]
    }

    /// An org's name.
    pub(super) fn name(&self, org: OrgIx) -> Cow<'_, str> {
        let slot = self.slots[org.ix()];
        let Some(row) = slot.owner.get().map(|it| &self.connectors[it.ix()]) else {
            return Cow::Borrowed(self.created[slot.item as usize].name);
        };
        match row.orgs.node().entries().get(slot.item as usize) {
            Some(entry) => Cow::Borrowed(&entry.key.value),
            None if row.name == row.id => Cow::Borrowed(self.id(org)),
            None => {
                let width = digits(row.count);
                Cow::Owned(format!("{}-{:0width$}", row.name, slot.item + 1))
            }
        }
    }

    /// What the file says of an org, if it says anything.
    pub(super) fn written(&self, slot: Slot) -> Option<View<'a>> {
        let row = &self.connectors[slot.owner.get()?.ix()];
        let entry = row.orgs.node().entries().get(slot.item as usize)?;
        Some(View::of(&entry.value))
    }

    /// Where an org stands.
    pub(super) fn span(&self, org: OrgIx) -> Span {
        let slot = self.slots[org.ix()];
        let Some(row) = slot.owner.get().map(|it| &self.connectors[it.ix()]) else {
            return self.created[slot.item as usize].span;
        };
        let entry = row.orgs.node().entries().get(slot.item as usize);
        entry.map_or(row.orgs.span(), |it| it.key.span)
    }

    /// An org's connector, or the one by way of which the timeline creates it.
    pub(super) fn owner(&self, org: OrgIx) -> Option<&ConnectorRow<'a>> {
        let slot = self.slots[org.ix()];
        let at = match slot.owner.get() {
            Some(owner) => owner.ix(),
            None => self.created[slot.item as usize].connector?,
        };
        self.connectors.get(at)
    }

    /// An org's key.
    pub(super) fn org_key(&self, org: OrgIx) -> EntityKey {
        entity_key("org", self.id(org))
    }

    /// Whether an org has this id.
    pub(super) fn has_org(&self, id: &str) -> bool {
        self.find_id(id).is_some()
    }

    fn find_id(&self, id: &str) -> Option<OrgIx> {
        let found = self.slots.binary_search_by(|slot| {
            self.ids[slot.start as usize..(slot.start + slot.len) as usize].cmp(id)
        });
        found.ok().map(OrgIx::from)
    }

    /// The org of a name, or of an id.
    pub(super) fn org(&self, view: View<'_>, say: &mut Say<'_>) -> Option<OrgIx> {
        let text = view.text();
        if let Some(org) = self.find_id(text) {
            return Some(org);
        }
        let compared = |&at: &u32| self.name(OrgIx(at)).as_ref().cmp(text);
        let from = self
            .by_name
            .partition_point(|at| compared(at) == Ordering::Less);
        let rest = &self.by_name[from..];
        let count = rest
            .iter()
            .take(2)
            .filter(|at| compared(at) == Ordering::Equal)
            .count();
        if count == 1 {
            return Some(OrgIx(rest[0]));
        }
        if count > 1 {
            let message = format!("more than one org is called {}", quoted(text));
            let it = say.about(&codes::AMBIGUOUS_ORG, view.span(), message, "which one?");
            say.push(it.help("name it by its `id`"));
            return None;
        }
        let message = format!("the fleet has no org {}", quoted(text));
        let ids = self
            .slots
            .iter()
            .map(|it| &self.ids[it.start as usize..(it.start + it.len) as usize]);
        say.unknown(&codes::UNKNOWN_ORG, view.span(), message, text, ids);
        None
    }

    /// The connector of an id, else of a name.
    pub(super) fn find_connector(&self, text: &str) -> Option<usize> {
        let by_id = self.connectors.binary_search_by(|it| it.id.cmp(text)).ok();
        by_id.or_else(|| self.connector_names.get(text).copied())
    }

    /// The connector of a name, or of an id.
    pub(super) fn connector(&self, view: View<'_>, say: &mut Say<'_>) -> Option<ConnectorIx> {
        let text = view.text();
        let found = self.find_connector(text);
        if found.is_none() {
            let message = format!("the fleet has no connector {}", quoted(text));
            let names = self.connectors.iter().map(|it| it.name);
            say.unknown(&codes::UNKNOWN_CONNECTOR, view.span(), message, text, names);
        }
        found.map(ConnectorIx::from)
    }

    /// The region of a name.
    pub(super) fn region(&self, view: View<'_>, say: &mut Say<'_>) -> Option<RegionIx> {
        let text = view.text();
        let found = self.catalogue.find(text);
        if found.is_none() {
            let date = self.catalogue.date;
            let message = format!("the catalogue of {date} has no region {}", quoted(text));
            let names = self.catalogue.regions.iter().map(|it| it.name);
            say.unknown(&codes::UNKNOWN_REGION, view.span(), message, text, names);
        }
        found
    }

    /// A region where a connector is to stand.
    pub(super) fn home(&self, view: View<'_>, say: &mut Say<'_>) -> Option<RegionIx> {
        let region = self.region(view, say)?;
        let row = self.catalogue.region(region);
        if row.availability == Availability::ComingSoon && !self.soon_allowed {
            let message = format!(
                "{} is only announced (F-2): no connector can stand there",
                quoted(row.name)
            );
            let it = say.about(
                &codes::REGION_COMING_SOON,
                view.span(),
                message,
                "coming soon",
            );
            let supported = self.catalogue.regions.iter();
            let supported = supported.filter(|it| it.availability == Availability::Supported);
            let names = crate::scenario::syntax::words(supported.map(|it| it.name));
            say.push(it.help(format!(
                "supported in the catalogue of {}: {names}",
                self.catalogue.date
            )));
        }
        Some(region)
    }
}
