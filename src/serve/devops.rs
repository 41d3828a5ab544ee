//! A connector's configuration: consent, discovery, the orgs that it lists.

use super::bodies::{Asked, Authorization, DevOps, DevOpsAsked, Page, Resource};
use super::calls::Call;
use super::desk::Desk;
use super::errors::Fault;
use super::exchange::Answer;
use crate::cloud::Refusal;
use crate::drill::Settings;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::model::ranges::RangeSet;

impl Desk<'_> {
    fn configuration(&self, connector: ConnectorIx) -> Result<Resource<'_, DevOps>, Fault> {
        let it = self.cloud.settings(connector)?;
        let state = if it.authorized { "Succeeded" } else { "Failed" };
        let discovery = if it.auto_discovery {
            "Enabled"
        } else {
            "Disabled"
        };
        Ok(self.configured(connector, state, discovery, it.listed))
    }

    fn configured(
        &self,
        connector: ConnectorIx,
        state: &'static str,
        discovery: &'static str,
        listed: Vec<String>,
    ) -> Resource<'_, DevOps> {
        Resource {
            id: format!("{}/devops/default", self.cloud.id(connector)),
            name: "default".into(),
            kind: "Microsoft.Security/securityConnectors/devops",
            properties: DevOps {
                provisioning_state: state,
                authorization: Authorization {
                    code: Some(String::new()),
                },
                auto_discovery: discovery,
                top_level_inventory_list: listed,
            },
        }
    }

    /// An org by its name, among those of a connector's kind and tenant.
    pub(super) fn org_named(&self, connector: ConnectorIx, name: &str) -> Option<OrgIx> {
        self.cloud.find_org(connector, name).or_else(|| {
            let fleet = &self.cloud.plan().fleet;
            let it = self.cloud.world().connector(connector);
            let of = |at: &usize| {
                let (org, row) = (OrgIx(*at as u32), &fleet.orgs()[*at]);
                row.scm == it.scm
                    && row.tenant == it.tenant
                    && fleet.org_name(org).eq_ignore_ascii_case(name)
            };
            let found = (0..fleet.orgs().len()).find(of);
            found.map(|at| OrgIx(at as u32))
        })
    }

    /// What a client asks for; of the whole, what is left out is off, and empty.
    fn settings_asked(
        &self,
        connector: ConnectorIx,
        asked: &DevOpsAsked,
        whole: bool,
    ) -> Result<Settings, Fault> {
        let discovery = match asked.auto_discovery.as_deref() {
            Some(it) if it.eq_ignore_ascii_case("Enabled") => Some(true),
            Some(it) if it.eq_ignore_ascii_case("Disabled") => Some(false),
            Some(it) if it.eq_ignore_ascii_case("NotApplicable") => Some(false),
            None => whole.then_some(false),
            Some(other) => {
                return Err(Fault::invalid(format!(
                    "'autoDiscovery' is {other:?}: it is Enabled, Disabled or NotApplicable."
                )));
            }
        };
        let one = |name: &String| {
            let found = self.org_named(connector, name);
            found.map(|it| it.0).ok_or_else(|| {
                Fault::invalid(format!(
                    "'topLevelInventoryList' names {name:?}, which the SCM does not know."
                ))
            })
        };
        let listed = match &asked.top_level_inventory_list {
            Some(names) => Some(names.iter().map(one).collect::<Result<RangeSet, _>>()?),
            None => whole.then(RangeSet::new),
        };
        Ok(Settings {
            auto_discovery: discovery,
            listed,
        })
    }

    fn set(&mut self, call: &Call<'_>, whole: bool) -> Result<Answer, Fault> {
        let asked: Asked<DevOpsAsked> = call.body()?;
        let asked = asked.properties.unwrap_or_default();
        let connector = self.connector(call)?;
        let settings = self.settings_asked(connector, &asked, whole)?;
        let code = asked
            .authorization
            .as_ref()
            .and_then(|it| it.code.as_deref());
        let consent = code.is_some_and(|it| !it.is_empty());
        let before = self.cloud.settings(connector).ok();
        if before.is_none() && !consent {
            self.cloud.connector(connector)?;
            return Err(Fault::arm(
                400,
                "AuthorizationCodeRequired",
                "The connector has no tokens: a person's consent, 'authorization.code', is needed.",
            ));
        }
        let (was_on, was_listed) =
            before.map_or((false, Vec::new()), |it| (it.auto_discovery, it.listed));
        let on = settings.auto_discovery.unwrap_or(was_on);
        let fleet = &self.cloud.plan().fleet;
        let name = |org: u32| fleet.org_name(OrgIx(org)).to_owned();
        let listed = settings.listed.as_ref();
        let listed = listed.map_or(was_listed, |it| it.iter().map(name).collect());
        let operation = self.cloud.configure(connector, settings, consent)?;
        let discovery = if on { "Enabled" } else { "Disabled" };
        let body = self.configured(connector, "Pending", discovery, listed);
        let answer = Answer::json(if whole { 201 } else { 202 }, &body);
        Ok(self.promise(call, operation, answer))
    }
}

pub(super) fn list(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let connector = desk.connector(call)?;
    let value = match desk.cloud.settings(connector) {
        Ok(_) => vec![desk.configuration(connector)?],
        Err(Refusal::NotFound(_)) if desk.cloud.connector(connector).is_ok() => Vec::new(),
        Err(refusal) => return Err(refusal.into()),
    };
    let next_link = None;
    Ok(Answer::json(200, &Page { value, next_link }))
}

pub(super) fn get(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let body = desk.configuration(desk.connector(call)?)?;
    Ok(Answer::json(200, &body))
}

pub(super) fn put(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    desk.set(call, true)
}

pub(super) fn patch(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    desk.set(call, false)
}

pub(super) fn delete(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let connector = desk.connector(call)?;
    match desk.cloud.settings(connector) {
        Err(Refusal::NotFound(_)) => return Ok(Answer::empty(204)),
        other => other?,
    };
    let operation = desk.cloud.deconfigure(connector)?;
    Ok(desk.promise(call, operation, Answer::empty(202)))
}
