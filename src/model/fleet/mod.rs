//! The fleet as it stands at T+0: immutable, shared by every run.

mod kinds;

pub use kinds::{RecordKind, Scm};

use super::catalogue::Catalogue;
use super::ids::{ConnectorIx, OrgIx, RegionIx, TenantIx};
use super::ranges::RangeSet;
use super::stock::Stock;
use crate::chance::{EntityKey, Seeded};
use crate::time::{Duration, Instant};

/// A connector of the fleet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connector {
    /// What draws and hashes are keyed by.
    pub key: EntityKey,
    /// The name that is shown.
    pub name: Box<str>,
    /// The tenant whose orgs it may hold (D-2).
    pub tenant: TenantIx,
    /// Where it is.
    pub region: RegionIx,
    /// What kind of orgs it holds (D-1).
    pub scm: Scm,
    /// Whether it onboards every org that its account reaches (D-9).
    pub auto_discovery: bool,
    /// The orgs that it owns at T+0.
    pub owns: RangeSet,
    /// The orgs that its authorising account can reach (D-7).
    pub grants: RangeSet,
    /// The orgs that it lists when auto-discovery is off (D-9).
    pub listed: RangeSet,
}

/// An org of the fleet, or one that the timeline creates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Org {
    /// What draws and hashes are keyed by.
    pub key: EntityKey,
    /// The connector that holds it at T+0; nobody for an org of the timeline.
    pub connector: ConnectorIx,
    /// Where its alerts start in the fleet's column.
    alerts_from: u64,
    /// What discovery has to go through: projects, or repos for GitHub.
    pub units: u32,
    /// How many records of each kind there are, by [`RecordKind::ix`].
    pub records: [u32; 5],
    /// The tenant that it belongs to (D-2).
    pub tenant: TenantIx,
    /// What kind of org it is.
    pub scm: Scm,
    /// Whether it had annotation configuration before the outage (F-10).
    pub annotated: bool,
}

/// The fleet: connectors and orgs in byte order of their ids, alerts in columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fleet {
    catalogue: &'static Catalogue,
    connectors: Vec<Connector>,
    orgs: Vec<Org>,
    org_names: Names,
    /// Ages at T+0 in whole seconds, youngest first within an org unless it was
    /// drawn anew.
    alert_ages_s: Vec<u32>,
    /// What orgs hold as it was said; neighbours that hold the same share one.
    stocks: Vec<Stock>,
    /// By org: its stock.
    stock_of: Vec<u32>,
    /// Whether ages stand in no particular order.
    unsorted: bool,
}

impl Fleet {
    /// An empty fleet in a catalogue's regions; filled by [`Fleet::add_connector`]
    /// and [`Fleet::add_org`], in byte order of the ids.
    #[must_use]
    pub fn new(catalogue: &'static Catalogue) -> Self {
        Self {
            catalogue,
            connectors: Vec::new(),
            orgs: Vec::new(),
            org_names: Names::default(),
            alert_ages_s: Vec::new(),
            stocks: Vec::new(),
            stock_of: Vec::new(),
            unsorted: false,
        }
    }

    /// Makes room, so that a large fleet is laid down in one piece.
    pub fn reserve(&mut self, orgs: usize, alerts: usize) {
        self.orgs.reserve_exact(orgs);
        self.alert_ages_s.reserve_exact(alerts);
    }

    /// Adds the connector that comes next in id order.
    pub fn add_connector(&mut self, connector: Connector) -> ConnectorIx {
        self.connectors.push(connector);
        ConnectorIx::from(self.connectors.len() - 1)
    }

    /// Adds the org that comes next in id order. Its alerts are the seconds that
    /// `ages_s` yields; they are sorted here, and counted into `org.records`.
    pub fn add_org(
        &mut self,
        name: &str,
        mut org: Org,
        ages_s: impl Iterator<Item = u32>,
    ) -> OrgIx {
        let from = self.alert_ages_s.len();
        self.alert_ages_s.extend(ages_s);
        self.alert_ages_s[from..].sort_unstable();
        org.alerts_from = from as u64;
        org.records[RecordKind::Alert.ix()] = u32::try_from(self.alert_ages_s.len() - from)
            .expect("an org has fewer than 2^32 alerts");
        self.push_org(name, org)
    }

    fn push_org(&mut self, name: &str, org: Org) -> OrgIx {
        let owner = org.connector;
        self.orgs.push(org);
        self.org_names.push(name);
        let ix = OrgIx::from(self.orgs.len() - 1);
        if owner.is_some() {
            self.connectors[owner.ix()].owns.insert(ix.0);
        }
        ix
    }

    /// Adds the org that comes next in id order, with what it holds as it is said:
    /// drawn now, and to be [drawn anew](Self::draw_anew). All orgs of a fleet are
    /// added like this, or none.
    pub fn add_stocked_org(
        &mut self,
        name: &str,
        mut org: Org,
        stock: &Stock,
        chance: Seeded,
    ) -> OrgIx {
        if self.stocks.last() != Some(stock) {
            self.stocks.push(stock.clone());
        }
        self.stock_of.push(self.stocks.len() as u32 - 1);
        let count = stock.count(chance, &mut org);
        let key = org.key;
        let mut ages = std::mem::take(&mut self.alert_ages_s);
        let from = ages.len();
        stock.push_ages(chance, key, count, &mut ages);
        ages[from..].sort_unstable();
        org.alerts_from = from as u64;
        org.records[RecordKind::Alert.ix()] = count;
        self.alert_ages_s = ages;
        self.push_org(name, org)
    }

    /// Whether another seed may make it another.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        self.stocks.iter().any(Stock::is_drawn)
    }

    /// Draws whatever orgs hold again, from another seed, in the memory that is there:
    /// it becomes what a scenario with that seed compiles to, but for the order of
    /// alerts within an org.
    pub fn draw_anew(&mut self, chance: Seeded) {
        self.alert_ages_s.clear();
        self.unsorted = true;
        for (org, &stock) in self.orgs.iter_mut().zip(&self.stock_of) {
            let stock = &self.stocks[stock as usize];
            let count = stock.count(chance, org);
            org.alerts_from = self.alert_ages_s.len() as u64;
            org.records[RecordKind::Alert.ix()] = count;
            stock.push_ages(chance, org.key, count, &mut self.alert_ages_s);
        }
    }

    /// What an org holds, as it was said; nothing in a fleet that was laid without.
    #[must_use]
    pub fn stock(&self, org: OrgIx) -> Option<&Stock> {
        let stock = *self.stock_of.get(org.ix())?;
        self.stocks.get(stock as usize)
    }

    /// Changes a connector while the fleet is being laid down.
    pub fn connector_mut(&mut self, connector: ConnectorIx) -> &mut Connector {
        &mut self.connectors[connector.ix()]
    }

    /// The regions.
    #[must_use]
    pub fn catalogue(&self) -> &'static Catalogue {
        self.catalogue
    }

    /// The connectors, in id order.
    #[must_use]
    pub fn connectors(&self) -> &[Connector] {
        &self.connectors
    }

    /// The orgs, in id order; those of the timeline among them.
    #[must_use]
    pub fn orgs(&self) -> &[Org] {
        &self.orgs
    }

    /// One org.
    #[must_use]
    pub fn org(&self, org: OrgIx) -> &Org {
        &self.orgs[org.ix()]
    }

    /// An org's name.
    #[must_use]
    pub fn org_name(&self, org: OrgIx) -> &str {
        self.org_names.get(org.ix())
    }

    /// An org's alert ages at T+0, in whole seconds; youngest first, unless the fleet
    /// was [drawn anew](Self::draw_anew).
    #[must_use]
    pub fn alert_ages_s(&self, org: OrgIx) -> &[u32] {
        let row = &self.orgs[org.ix()];
        let from = row.alerts_from as usize;
        &self.alert_ages_s[from..from + row.records[RecordKind::Alert.ix()] as usize]
    }

    /// How many of an org's alerts are inside a window that ends at `anchor`:
    /// the youngest ones, so they are the records `0..n` (F-14).
    #[must_use]
    pub fn alerts_inside(&self, org: OrgIx, anchor: Instant, window: &AlertWindow) -> u32 {
        // An alert of age a at T+0 is a + anchor old at the anchor.
        let edge_ms = window.length.as_millis() as i64 - anchor.as_millis();
        let oldest_ms = if window.edge_inside {
            edge_ms
        } else {
            edge_ms - 1
        };
        let oldest_s = oldest_ms.div_euclid(1000).min(u32::MAX.into());
        let Ok(oldest_s) = u32::try_from(oldest_s) else {
            return 0;
        };
        let ages = self.alert_ages_s(org);
        if self.unsorted {
            return ages.iter().map(|&it| u32::from(it <= oldest_s)).sum();
        }
        ages.partition_point(|&it| it <= oldest_s) as u32
    }
}

impl Org {
    /// An org with no records yet; its place in the alert columns is given by
    /// [`Fleet::add_org`].
    #[must_use]
    pub fn new(key: EntityKey, tenant: TenantIx, scm: Scm, connector: ConnectorIx) -> Self {
        Self {
            key,
            connector,
            alerts_from: 0,
            units: 0,
            records: [0; 5],
            tenant,
            scm,
            annotated: false,
        }
    }
}

/// How old an alert may be to be recreated (F-14, U-3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AlertWindow {
    /// One week, by the seed.
    pub length: Duration,
    /// Whether an alert of exactly that age is inside ('more than one week old'
    /// is lost, so by default it is).
    pub edge_inside: bool,
}

/// Many short names in one allocation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Names {
    text: String,
    ends: Vec<u32>,
}

impl Names {
    fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.ends
            .push(u32::try_from(self.text.len()).expect("names take less than 4 GiB"));
    }

    fn get(&self, position: usize) -> &str {
        let from = if position == 0 {
            0
        } else {
            self.ends[position - 1] as usize
        };
        &self.text[from..self.ends[position] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalogue::SEED;
    use crate::model::ids::entity_key;
    use proptest::prelude::*;

    fn one_org(ages_s: &[u32]) -> Fleet {
        let mut fleet = Fleet::new(&SEED);
        let org = Org::new(
            entity_key("org", "a"),
            TenantIx(0),
            Scm::GitHub,
            ConnectorIx::NONE,
        );
        fleet.add_org("a", org, ages_s.iter().copied());
        fleet
    }

    #[test]
    fn an_alert_exactly_a_week_old_is_inside_unless_the_edge_is_out() {
        // F-14: 'more than one week old' is lost, so a week to the second is not.
        let week_s = 7 * 24 * 3600;
        let fleet = one_org(&[week_s + 1, week_s, week_s - 1, 0]);
        let inside = |edge_inside| {
            let window = AlertWindow {
                length: Duration::WEEK,
                edge_inside,
            };
            fleet.alerts_inside(OrgIx(0), Instant::ZERO, &window)
        };
        assert_eq!((inside(true), inside(false)), (3, 2));
    }

    proptest! {
        #[test]
        fn alerts_are_inside_by_the_millisecond_sorted_or_not(
            ages in prop::collection::vec(0..200u32, 0..40),
            length in 0..200_000u64,
            anchor in -100_000..250_000i64,
            edge_inside: bool,
        ) {
            let window = AlertWindow { length: Duration::from_millis(length), edge_inside };
            let inside = ages.iter().filter(|&&age_s| {
                let age_ms = i64::from(age_s) * 1000 + anchor;
                age_ms < length as i64 || edge_inside && age_ms == length as i64
            });
            let mut fleet = one_org(&ages);
            let anchor = Instant::from_millis(anchor);
            let inside = inside.count() as u32;
            prop_assert_eq!(fleet.alerts_inside(OrgIx(0), anchor, &window), inside);
            fleet.alert_ages_s.clone_from(&ages);
            fleet.unsorted = true;
            prop_assert_eq!(fleet.alerts_inside(OrgIx(0), anchor, &window), inside);
        }
    }

    #[test]
    fn a_later_anchor_cuts_more() {
        let fleet = one_org(&[10, 20, 30]);
        let window = AlertWindow {
            length: Duration::from_secs(30),
            edge_inside: true,
        };
        let inside =
            |anchor_ms| fleet.alerts_inside(OrgIx(0), Instant::from_millis(anchor_ms), &window);
        assert_eq!(
            (inside(0), inside(1), inside(10_000), inside(60_000)),
            (3, 2, 2, 0)
        );
    }
}
