//! What things are called: Resource IDs as the vendor writes them (L-6).

use super::Cloud;
use crate::model::fleet::Connector;
use crate::model::ids::{ConnectorIx, OrgIx};
use std::fmt;
use std::str::FromStr;

/// A connector's Resource ID. Two that differ in upper and lower case are the same,
/// as the vendor has it.
#[derive(Clone, Debug)]
pub struct ResourceId {
    /// The subscription, a GUID.
    pub subscription: Box<str>,
    /// The resource group.
    pub group: Box<str>,
    /// The connector's name.
    pub name: Box<str>,
}

/// A text that is no connector's Resource ID.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "{0:?} is no Resource ID of a connector: \
     /subscriptions/…/resourceGroups/…/providers/Microsoft.Security/securityConnectors/…"
)]
pub struct BadResourceId(pub String);

/// The resource group in which a fleet's connectors stand.
const GROUP: &str = "lifeboat";

impl ResourceId {
    /// That of a fleet's connector: one subscription a tenant, one resource group.
    pub(super) fn of(connector: &Connector) -> Self {
        let tenant = connector.tenant.0;
        Self {
            subscription: format!("00000000-0000-4000-8000-{tenant:012x}").into(),
            group: GROUP.into(),
            name: connector.name.clone(),
        }
    }

    /// That of another connector in the same resource group.
    #[must_use]
    pub fn named(&self, name: &str) -> Self {
        Self {
            name: name.into(),
            ..self.clone()
        }
    }

    /// What it is looked up by.
    pub(super) fn key(&self) -> String {
        let mut key = self.to_string();
        key.make_ascii_lowercase();
        key
    }

    fn parts(&self) -> [&str; 3] {
        [&self.subscription, &self.group, &self.name]
    }
}

impl PartialEq for ResourceId {
    fn eq(&self, other: &Self) -> bool {
        let mut both = self.parts().into_iter().zip(other.parts());
        both.all(|(a, b)| a.eq_ignore_ascii_case(b))
    }
}

impl Eq for ResourceId {}

impl fmt::Display for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.Security/securityConnectors/{}",
            self.subscription, self.group, self.name
        )
    }
}

impl FromStr for ResourceId {
    type Err = BadResourceId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadResourceId(text.chars().take(200).collect());
        let parts: Vec<&str> = text.trim().split('/').collect();
        let is = |at: usize, word: &str| parts[at].eq_ignore_ascii_case(word);
        let fits = parts.len() == 9
            && parts[0].is_empty()
            && is(1, "subscriptions")
            && is(3, "resourceGroups")
            && is(5, "providers")
            && is(6, "Microsoft.Security")
            && is(7, "securityConnectors");
        if !fits || [2, 4, 8].iter().any(|&at| parts[at].is_empty()) {
            return Err(bad());
        }
        Ok(Self {
            subscription: parts[2].into(),
            group: parts[4].into(),
            name: parts[8].into(),
        })
    }
}

impl Cloud<'_> {
    /// The connector of a Resource ID, deleted ones among them: the latest, where a
    /// name was used again.
    #[must_use]
    pub fn find(&self, id: &ResourceId) -> Option<ConnectorIx> {
        self.places.get(&id.key()).copied()
    }

    /// An org of a connector's kind and tenant, by its name; the SCMs compare
    /// without case.
    #[must_use]
    pub fn find_org(&self, connector: ConnectorIx, name: &str) -> Option<OrgIx> {
        let (world, fleet) = (self.run.world(), &self.plan().fleet);
        let it = world.connector(connector);
        let reach = it.grants.iter().chain(it.owns.iter()).map(OrgIx);
        reach
            .into_iter()
            .find(|&org| fleet.org_name(org).eq_ignore_ascii_case(name))
    }
}
