//! Who is there: connectors and orgs in byte order of their ids, and the way from
//! a name in the file to an index.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::say::Say;
use crate::model::catalogue::Catalogue;
use crate::model::fleet::Scm;
use crate::model::ids::{ConnectorIx, OrgIx, RegionIx, TenantIx};
use crate::scenario::codes;
use crate::scenario::syntax::{Span, View, quoted};

/// A connector of the file.
pub(super) struct ConnectorRow<'a> {
    pub(super) name: &'a str,
    pub(super) id: &'a str,
    pub(super) span: Span,
    pub(super) view: View<'a>,
    pub(super) region: RegionIx,
    pub(super) scm: Scm,
    pub(super) tenant: TenantIx,
    /// `orgs`: a count or a map.
    pub(super) orgs: View<'a>,
    /// How many there are.
    pub(super) count: u64,
}

/// An org that the timeline creates.
pub(super) struct Created<'a> {
    pub(super) name: &'a str,
    id: &'a str,
    pub(super) span: Span,
    pub(super) connector: Option<usize>,
}

/// An org: where its id stands in the text of all ids, and where it comes from.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) start: u32,
    pub(super) len: u32,
    /// Its connector; nobody for one that the timeline creates.
    pub(super) owner: ConnectorIx,
    /// Its place under `orgs`, or among those created.
    pub(super) item: u32,
}

/// Everybody, in order.
pub(super) struct Roster<'a> {
    pub(super) catalogue: &'static Catalogue,
    /// Whether a defect lets connectors stand where the service is not offered.
    pub(super) soon_allowed: bool,
    pub(super) connectors: Vec<ConnectorRow<'a>>,
    /// Connectors by name.
    pub(super) connector_names: BTreeMap<&'a str, usize>,
    pub(super) created: Vec<Created<'a>>,
    /// All ids of orgs, one behind the other.
    pub(super) ids: String,
    pub(super) slots: Vec<Slot>,
    /// Orgs in order of their names, if some are not called by their id.
    pub(super) by_name: Vec<u32>,
}

impl<'a> Roster<'a> {
    /// Reads the fleet of a file; `None` if it is too large to go on.
    pub(super) fn read(
        tree: View<'a>,
        catalogue: &'static Catalogue,
        soon_allowed: bool,
        orgs_max: u64,
        say: &mut Say<'_>,
    ) -> Option<Self> {
        let mut roster = Self {
            catalogue,
            soon_allowed,
            connectors: Vec::new(),
            connector_names: BTreeMap::new(),
            created: Vec::new(),
            ids: String::new(),
            slots: Vec::new(),
            by_name: Vec::new(),
        };
        roster.read_connectors(tree, say);
        roster.read_created(tree);
        if !roster.few_enough(orgs_max, tree, say) {
            return None;
        }
        roster.lay_ids();
        roster.sort_names();
        roster.reject_twins(say);
        Some(roster)
    }

    fn read_connectors(&mut self, tree: View<'a>, say: &mut Say<'_>) {
        let Some(written) = tree.get("fleet").and_then(|it| it.get("connectors")) else {
            return;
        };
        let tenant_of = |it: View<'a>| it.get("tenant").map_or("", View::text);
        let mut tenants: BTreeMap<&str, TenantIx> = written
            .entries()
            .map(|it| (tenant_of(it.1), TenantIx(0)))
            .collect();
        for (at, tenant) in tenants.values_mut().enumerate() {
            *tenant = TenantIx::from(at);
        }
        for (key, view) in written.entries() {
            let region = view.get("region").and_then(|it| self.home(it, say));
            let orgs = view.get("orgs").unwrap_or(view);
            let counted = u64::try_from(orgs.whole()).unwrap_or_default();
            self.connectors.push(ConnectorRow {
                name: &key.value,
                id: view.get("id").map_or(&key.value, View::text),
                span: view.key_span("id").unwrap_or(key.span),
                view,
                region: region.unwrap_or(RegionIx(0)),
                scm: view
                    .get("scm")
                    .and_then(|it| Scm::from_name(it.text()))
                    .unwrap_or(Scm::GitHub),
                tenant: tenants.get(tenant_of(view)).copied().unwrap_or(TenantIx(0)),
                orgs,
                count: if orgs.is_map() {
                    orgs.entries().len() as u64
                } else {
                    counted
                },
            });
        }
        self.connectors
            .sort_by(|a, b| (a.id, a.name).cmp(&(b.id, b.name)));
        self.connector_names = self
            .connectors
            .iter()
            .enumerate()
            .map(|it| (it.1.name, it.0))
            .collect();
        for pair in self.connectors.windows(2).filter(|it| it[0].id == it[1].id) {
            let (first, second) = in_file_order(pair[0].span, pair[1].span);
            let message = format!("two connectors have the id {}", quoted(pair[0].id));
            let it = say.about(&codes::DUPLICATE_ID, second, message, "here again");
            let it = say.files.also(it, first, "here first");
            say.push(it.help("an id is a connector's name, unless it has an `id` of its own"));
        }
    }

    /// The orgs that the timeline creates, and by way of which connector.
    fn read_created(&mut self, tree: View<'a>) {
        let events = tree.get("timeline").into_iter().flat_map(View::items);
        for event in events.filter_map(|it| it.get("fault")) {
            let ("org-created", fault) = event.choice() else {
                continue;
            };
            let Some(org) = fault.get("org") else {
                continue;
            };
            let by = fault.get("connector").map_or("", View::text);
            self.created.push(Created {
                name: org.text(),
                id: fault.get("id").map_or(org.text(), View::text),
                span: org.span(),
                connector: self.find_connector(by),
            });
        }
    }

    fn few_enough(&self, orgs_max: u64, tree: View<'_>, say: &mut Say<'_>) -> bool {
        // Names of all orgs stand in one text of at most 4 GiB.
        const NAMES_BYTES: u64 = 1 << 31;
        let counted = self
            .connectors
            .iter()
            .fold(0u64, |sum, it| sum.saturating_add(it.count));
        let count = counted.saturating_add(self.created.len() as u64);
        let longest = self
            .connectors
            .iter()
            .map(|it| it.id.len().max(it.name.len()) as u64 + 12);
        let bytes = self
            .connectors
            .iter()
            .zip(longest)
            .filter(|it| !it.0.orgs.is_map())
            .fold(0u64, |sum, it| {
                sum.saturating_add(it.0.count.saturating_mul(it.1))
            });
        if count <= orgs_max && bytes < NAMES_BYTES {
            return true;
        }
        let most = self.connectors.iter().max_by_key(|it| (it.count, it.id));
        let span = most.map_or(tree.span(), |it| it.orgs.span());
        let message = if count > orgs_max {
            format!("the fleet has {count} orgs, and the limit is {orgs_max}")
        } else {
            format!("the names of {count} orgs take more than {NAMES_BYTES} bytes")
        };
        let it = say.about(
            &codes::TOO_MANY_ORGS,
            span,
            message,
            "most of them are here",
        );
        say.push(it.help("the limit can be raised: `--orgs-max`, or `Reader::orgs_max`"));
        false
    }

    fn lay_ids(&mut self) {
        use std::fmt::Write as _;
        let counted: u64 = self.connectors.iter().map(|it| it.count).sum();
        self.slots
            .reserve_exact(counted as usize + self.created.len());
        for (at, row) in self.connectors.iter().enumerate() {
            let owner = ConnectorIx::from(at);
            let width = digits(row.count);
            for item in 0..row.count as usize {
                let start = self.ids.len();
                match row.orgs.node().entries().get(item) {
                    Some(entry) => {
                        let id = View::of(&entry.value).get("id");
                        self.ids.push_str(id.map_or(&entry.key.value, View::text));
                    }
                    None => {
                        let _ = write!(self.ids, "{}-{:0width$}", row.id, item + 1);
                    }
                }
                let len = (self.ids.len() - start) as u32;
                self.slots.push(Slot {
                    start: start as u32,
                    len,
                    owner,
                    item: item as u32,
                });
            }
        }
        for (item, created) in self.created.iter().enumerate() {
            let (start, len) = (self.ids.len() as u32, created.id.len() as u32);
            self.ids.push_str(created.id);
            self.slots.push(Slot {
                start,
                len,
                owner: ConnectorIx::NONE,
                item: item as u32,
            });
        }
        let ids = &self.ids;
        let id = |slot: &Slot| &ids[slot.start as usize..(slot.start + slot.len) as usize];
        // Twins are an error, told later; their order only has to be the same each time.
        if !self.slots.is_sorted_by(|a, b| id(a) <= id(b)) {
            self.slots.sort_by(|a, b| id(a).cmp(id(b)));
        }
    }

    fn sort_names(&mut self) {
        let same = |it: &ConnectorRow<'_>| {
            it.name == it.id && it.orgs.entries().all(|org| org.1.get("id").is_none())
        };
        if self.connectors.iter().all(same) && self.created.iter().all(|it| it.name == it.id) {
            return;
        }
        let names: Vec<Cow<'_, str>> = (0..self.slots.len())
            .map(|at| self.name(OrgIx::from(at)))
            .collect();
        let mut order: Vec<u32> = (0..names.len() as u32).collect();
        order.sort_by(|&a, &b| names[a as usize].cmp(&names[b as usize]).then(a.cmp(&b)));
        drop(names);
        self.by_name = order;
    }

    fn reject_twins(&self, say: &mut Say<'_>) {
        let twin = |a: OrgIx, b: OrgIx, say: &mut Say<'_>| {
            let (first, second) = in_file_order(self.span(a), self.span(b));
            let one = self
                .owner(a)
                .zip(self.owner(b))
                .is_some_and(|(a, b)| a.scm == b.scm && a.tenant == b.tenant)
                && self.name(a) == self.name(b);
            let name = quoted(&self.name(b));
            let it = if one {
                let message = format!("the org {name} is onboarded twice");
                let it = say.about(&codes::ORG_TWICE, second, message, "here again");
                it.help("an org is onboarded once in a tenant (D-2); a connector that merely reaches it says so under `grants`")
            } else if self.id(a) == self.id(b) {
                let message = format!("two orgs have the id {}", quoted(self.id(a)));
                let it = say.about(&codes::DUPLICATE_ID, second, message, "here again");
                it.help("an id is an org's name, unless it has an `id` of its own: give one of them another")
            } else {
                return;
            };
            let it = say.files.also(it, first, "here first");
            say.push(it);
        };
        for at in 1..self.slots.len() {
            let (a, b) = (OrgIx::from(at - 1), OrgIx::from(at));
            if self.id(a) == self.id(b) && !say.enough() {
                twin(a, b, say);
            }
        }
        for pair in self.by_name.windows(2) {
            let (a, b) = (OrgIx(pair[0]), OrgIx(pair[1]));
            if self.id(a) != self.id(b) && self.name(a) == self.name(b) && !say.enough() {
                twin(a, b, say);
            }
        }
    }
}

/// How many digits the numbers of counted orgs have.
pub(super) fn digits(count: u64) -> usize {
    count.to_string().len().max(2)
}

fn in_file_order(a: Span, b: Span) -> (Span, Span) {
    (a.min(b), a.max(b))
}
