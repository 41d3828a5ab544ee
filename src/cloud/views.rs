//! What a call shows: copies of what the world says, by name.

use super::ResourceId;
use crate::model::fleet::Scm;
use crate::model::ids::{ConnectorIx, OrgIx, TicketIx};
use crate::model::world::{Annotations, Life, TicketState};
use crate::time::Instant;

/// A connector, as a list or its own page shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConnectorView {
    /// Which.
    pub connector: ConnectorIx,
    /// Its Resource ID (L-6).
    pub id: ResourceId,
    /// Its region.
    pub region: &'static str,
    /// Its kind.
    pub scm: Scm,
    /// The SCM hierarchy that it stands for, a GUID: a replacement has the same.
    pub hierarchy: String,
    /// How it stands.
    pub life: Life,
}

/// A connector's settings (D-9).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettingsView {
    /// Whether a person has authorised it, and its tokens work (D-7).
    pub authorized: bool,
    /// Whether it onboards all that its account reaches.
    pub auto_discovery: bool,
    /// The orgs that it lists.
    pub listed: Vec<String>,
}

/// Whether an org is onboarded, as a connector sees it (D-2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Onboarding {
    /// By this connector.
    Onboarded,
    /// By another one: it has to be released first (F-9).
    OnboardedByOtherConnector,
    /// By nobody yet.
    NotOnboarded,
}

/// An org within a connector's reach.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrgView {
    /// Which.
    pub org: OrgIx,
    /// Its name at the SCM.
    pub name: String,
    /// Whether it is onboarded.
    pub onboarding: Onboarding,
    /// Whether its entities have appeared for its owner (F-10).
    pub visible: bool,
    /// Where its annotation configuration stands (F-10, D-6).
    pub annotations: Annotations,
    /// How many projects it holds, or repos for GitHub.
    pub units: u32,
}

/// An alert that a connector holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AlertView {
    /// Its place among its org's: its identity.
    pub index: u32,
    /// When it was raised: before T+0.
    pub raised: Instant,
}

/// A row of the inventory: what a Resource Graph query over connectors shows (L-6).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InventoryRow {
    /// The Resource ID that it shows: a stale inventory shows another's.
    pub id: ResourceId,
    /// The region.
    pub region: &'static str,
    /// The kind.
    pub scm: Scm,
    /// The SCM hierarchy.
    pub hierarchy: String,
}

/// A ticket, as its page shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TicketView {
    /// Which.
    pub ticket: TicketIx,
    /// Its name.
    pub name: String,
    /// Its way through support; one that is lost looks open.
    pub state: TicketState,
    /// When it was opened.
    pub opened: Instant,
    /// How many orgs it covers.
    pub covers: u32,
    /// How many of them were released under it.
    pub released: u32,
    /// For how many of them another connector than the one that it names is primary
    /// (F-12): the platform offers no call that shows this, support says so (assumed).
    pub primary: u32,
}
