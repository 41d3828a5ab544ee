//! Connectors: lists, pages, creation, deletion.

use super::bodies::{
    Connector, ConnectorAsked, ConnectorProperties, ConnectorPropertiesAsked, EnvironmentData,
    Offering,
};
use super::calls::Call;
use super::desk::{Desk, MADE_MAX};
use super::errors::Fault;
use super::exchange::Answer;
use super::paging::page;
use crate::cloud::{NewConnector, ResourceId};
use crate::model::fleet::Scm;
use crate::model::ids::ConnectorIx;
use crate::model::world::Life;
use std::collections::BTreeMap;

/// The tag that says what a connector takes over from, where its hierarchy does not.
const REPLACES: &str = "replaces";

static NO_TAGS: BTreeMap<String, String> = BTreeMap::new();

/// The most tags that a connector has, and the longest.
const TAGS_MAX: (usize, usize) = (50, 512);

/// A kind of SCM in the vendor's words: environment, its data, its offering.
pub(super) const fn words(scm: Scm) -> [&'static str; 3] {
    match scm {
        Scm::AzureDevOps => ["AzureDevOps", "AzureDevOpsScope", "CspmMonitorAzureDevOps"],
        Scm::GitHub => ["Github", "GithubScope", "CspmMonitorGithub"],
        Scm::GitLab => ["GitLab", "GitlabScope", "CspmMonitorGitLab"],
    }
}

impl Desk<'_> {
    fn shown(&self, connector: ConnectorIx) -> Connector<'_> {
        let it = self.cloud.world().connector(connector);
        let [environment_name, environment_type, offering_type] = words(it.scm);
        let id = self.cloud.id(connector);
        Connector {
            id: id.to_string(),
            name: &id.name,
            // In lower case, as in real traffic.
            kind: "microsoft.security/securityconnectors",
            location: self.cloud.plan().fleet.catalogue().region(it.region).name,
            tags: self.tags.get(&connector).unwrap_or(&NO_TAGS),
            properties: ConnectorProperties {
                hierarchy_identifier: self.cloud.hierarchy(connector),
                environment_name,
                environment_data: EnvironmentData { environment_type },
                offerings: [Offering { offering_type }],
            },
        }
    }

    /// The connectors that stand, of a subscription and a group of it.
    fn standing(&self, subscription: &str, group: Option<&str>) -> Vec<ConnectorIx> {
        let of = |it: &ConnectorIx| {
            let id = self.cloud.id(*it);
            id.subscription.eq_ignore_ascii_case(subscription)
                && group.is_none_or(|group| id.group.eq_ignore_ascii_case(group))
        };
        let mut all = self.cloud.connectors();
        all.retain(of);
        all
    }

    /// The connector of a call, if it was not deleted.
    fn stands(&self, call: &Call<'_>) -> Result<ConnectorIx, Fault> {
        let connector = self.connector(call)?;
        self.cloud.answers(connector)?;
        Ok(connector)
    }

    /// What a new connector takes over from: the line of its hierarchy, else what a
    /// tag names.
    fn predecessor(
        &self,
        new: &ResourceId,
        asked: &ConnectorAsked,
        properties: &ConnectorPropertiesAsked,
    ) -> Result<ConnectorIx, Fault> {
        let hierarchy = properties.hierarchy_identifier.as_deref();
        if let Some(old) = hierarchy.and_then(|it| self.cloud.predecessor(it)) {
            return Ok(old);
        }
        let tag = asked.tags.as_ref().and_then(|it| it.get(REPLACES));
        let named = tag.and_then(|it| match it.parse::<ResourceId>() {
            Ok(id) => self.cloud.find(&id),
            Err(_) => self.cloud.find(&new.named(it)),
        });
        named.ok_or_else(|| {
            Fault::invalid(
                "A connector is modelled only where it takes over from another: \
                 'hierarchyIdentifier' is that of an existing connector, or the tag 'replaces' \
                 names one.",
            )
        })
    }

    fn keep_tags(
        &mut self,
        connector: ConnectorIx,
        tags: Option<BTreeMap<String, String>>,
    ) -> Result<(), Fault> {
        let Some(tags) = tags else { return Ok(()) };
        fit(&tags)?;
        self.tags.insert(connector, tags);
        Ok(())
    }
}

fn fit(tags: &BTreeMap<String, String>) -> Result<(), Fault> {
    let (many, long) = TAGS_MAX;
    let longest = tags.iter().flat_map(|(a, b)| [a.len(), b.len()]).max();
    if tags.len() > many || longest.unwrap_or(0) > long {
        return Err(Fault::invalid(format!(
            "A connector has {many} tags at most, of {long} bytes at most."
        )));
    }
    Ok(())
}

pub(super) fn list(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let all = desk.standing(desk.subscription(call)?, None);
    page(call, all.into_iter(), |it| desk.shown(it))
}

pub(super) fn list_in_group(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let all = desk.standing(desk.subscription(call)?, Some(call.name(1)));
    page(call, all.into_iter(), |it| desk.shown(it))
}

pub(super) fn get(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let found = desk.stands(call).map_err(Fault::of_connector)?;
    Ok(Answer::json(200, &desk.shown(found)))
}

pub(super) fn put(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let asked: ConnectorAsked = call.body()?;
    create_or_update(desk, call, asked).map_err(Fault::of_connector)
}

fn create_or_update(
    desk: &mut Desk<'_>,
    call: &Call<'_>,
    asked: ConnectorAsked,
) -> Result<Answer, Fault> {
    let id = desk.id_meant(call)?;
    let location = asked.location.clone().unwrap_or_default();
    if location.is_empty() {
        return Err(Fault::invalid("The 'location' property is required."));
    }
    asked.tags.as_ref().map_or(Ok(()), fit)?;
    let existing = desk.cloud.find(&id);
    let existing = existing.filter(|&it| desk.cloud.world().connector(it).life != Life::Deleted);
    if let Some(it) = existing {
        let there = desk.cloud.connector(it)?;
        let plain = location.to_lowercase().replace(' ', "");
        if there.region != plain {
            return Err(Fault::arm(
                409,
                "InvalidResourceLocation",
                format!(
                    "The resource '{}' already exists in location '{}': it cannot be created in \
                     '{location}'.",
                    id.name, there.region
                ),
            ));
        }
        desk.keep_tags(it, asked.tags)?;
        return Ok(Answer::json(200, &desk.shown(it)));
    }
    if desk.cloud.world().connectors.len() >= desk.cloud.plan().fleet.connectors().len() + MADE_MAX
    {
        let says = format!("Clients create {MADE_MAX} connectors at most.");
        return Err(Fault::arm(409, "QuotaExceeded", says));
    }
    let none = ConnectorPropertiesAsked::default();
    let properties = asked.properties.as_ref().unwrap_or(&none);
    let old = desk.predecessor(&id, &asked, properties)?;
    let old_id = desk.cloud.id(old);
    if !old_id.subscription.eq_ignore_ascii_case(&id.subscription) {
        return Err(Fault::invalid(format!(
            "{} is in another subscription: one that takes over from it has to be in the same.",
            old_id.name
        )));
    }
    let [expected, ..] = words(desk.cloud.world().connector(old).scm);
    let named = properties.environment_name.as_deref().unwrap_or(expected);
    if !named.eq_ignore_ascii_case(expected) {
        return Err(Fault::invalid(format!(
            "'environmentName' is {named:?}, and the connector that it takes over from is of \
             {expected:?}."
        )));
    }
    let connector = desk.cloud.create(NewConnector {
        id,
        region: location,
        replaces: Some(old),
    })?;
    desk.keep_tags(connector, asked.tags)?;
    Ok(Answer::json(201, &desk.shown(connector)))
}

pub(super) fn patch(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let asked: ConnectorAsked = call.body()?;
    let found = desk.stands(call).map_err(Fault::of_connector)?;
    desk.keep_tags(found, asked.tags)
        .map_err(Fault::of_connector)?;
    Ok(Answer::json(200, &desk.shown(found)))
}

/// Deletes a connector. What is gone already is answered with 204, and so is what
/// existed but held nothing: real traffic shows both.
pub(super) fn delete(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let id = desk.id_meant(call).map_err(Fault::of_connector)?;
    let found = desk.cloud.find(&id);
    let found = found.filter(|&it| desk.cloud.world().connector(it).life != Life::Deleted);
    let Some(found) = found else {
        return Ok(Answer::empty(204));
    };
    let held = !desk.cloud.world().connector(found).owns.is_empty();
    desk.cloud
        .delete(found)
        .map_err(|it| Fault::from(it).of_connector())?;
    Ok(Answer::empty(if held { 200 } else { 204 }))
}
