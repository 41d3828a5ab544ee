//! What orgs hold: projects and repos.
//!
//! The fleet counts an org's projects, or a GitHub owner's repos. Their names are made
//! here (assumed), and each project holds one repo of its own name (assumed). They
//! show once the org's entities have appeared (F-10).

use super::bodies::{Asked, Org, OrgAsked, Resource};
use super::calls::Call;
use super::desk::Desk;
use super::errors::Fault;
use super::exchange::Answer;
use super::orgs::collection;
use super::paging::page;
use crate::cloud::OrgView;
use crate::model::fleet::Scm;
use crate::model::ids::ConnectorIx;

/// A kind of unit: its collection's name in paths, and the beginning of its names.
#[derive(Clone, Copy)]
struct Unit {
    scm: Scm,
    collection: &'static str,
    begins: &'static str,
}

const PROJECT: Unit = Unit {
    scm: Scm::AzureDevOps,
    collection: "projects",
    begins: "project-",
};

const REPO: Unit = Unit {
    scm: Scm::GitHub,
    collection: "repos",
    begins: "repo-",
};

const GROUP_PROJECT: Unit = Unit {
    scm: Scm::GitLab,
    ..PROJECT
};

impl Unit {
    fn name(self, at: u32) -> String {
        format!("{}{}", self.begins, at + 1)
    }

    /// The place of a name among an org's units.
    fn place(self, org: &OrgView, name: &str) -> Result<u32, Fault> {
        let unknown = || {
            let says = format!("'{name}' was not found in '{}'.", org.name);
            Fault::arm(404, "ResourceNotFound", says)
        };
        let lower = name.to_lowercase();
        let digits = lower.strip_prefix(self.begins).ok_or_else(unknown)?;
        let number: u32 = digits.parse().map_err(|_| unknown())?;
        let at = number.checked_sub(1).ok_or_else(unknown)?;
        let there = org.visible && at < org.units && digits == number.to_string();
        there.then_some(at).ok_or_else(unknown)
    }
}

impl Desk<'_> {
    fn holder(&self, call: &Call<'_>, unit: Unit) -> Result<(ConnectorIx, OrgView), Fault> {
        let (connector, org) = self.org(call, unit.scm)?;
        Ok((connector, self.cloud.org(connector, org)?))
    }

    fn unit(&self, connector: ConnectorIx, org: &OrgView, path: &str, kind: &str) -> Resource<Org> {
        let collection = collection(self.cloud.world().connector(connector).scm);
        Resource {
            id: format!(
                "{}/devops/default/{collection}/{}/{path}",
                self.cloud.id(connector),
                org.name
            ),
            name: path.rsplit('/').next().unwrap_or_default().to_owned(),
            kind: format!("Microsoft.Security/securityConnectors/devops/{collection}/{kind}"),
            properties: Org {
                provisioning_state: "Succeeded".to_owned(),
                onboarding_state: "Onboarded".to_owned(),
                actionable_remediation: None,
                parent_org_name: Some(org.name.clone()),
            },
        }
    }

    fn units(&self, call: &Call<'_>, unit: Unit) -> Result<Answer, Fault> {
        let (connector, org) = self.holder(call, unit)?;
        let shown = if org.visible { org.units } else { 0 };
        page(call, 0..shown, |at| {
            let path = format!("{}/{}", unit.collection, unit.name(at));
            self.unit(connector, &org, &path, unit.collection)
        })
    }

    fn one_unit(&self, call: &Call<'_>, unit: Unit) -> Result<Resource<Org>, Fault> {
        let (connector, org) = self.holder(call, unit)?;
        let name = unit.name(unit.place(&org, call.name(4))?);
        let path = format!("{}/{name}", unit.collection);
        Ok(self.unit(connector, &org, &path, unit.collection))
    }

    /// A project's one repo.
    fn repo(&self, call: &Call<'_>) -> Result<Resource<Org>, Fault> {
        let (connector, org) = self.holder(call, PROJECT)?;
        let name = PROJECT.name(PROJECT.place(&org, call.name(4))?);
        let path = format!("projects/{name}/repos/{name}");
        Ok(self.unit(connector, &org, &path, "projects/repos"))
    }

    fn set_unit(&mut self, call: &Call<'_>, status: u16) -> Result<Answer, Fault> {
        let asked: Asked<OrgAsked> = call.body()?;
        let body = if call.names.len() > 5 {
            repo_meant(self, call)?
        } else {
            self.one_unit(call, PROJECT)?
        };
        let asked = asked.properties.unwrap_or_default().actionable_remediation;
        let inherits = |it: &super::bodies::RemediationAsked| {
            let state = it.inherit_from_parent_state.as_deref();
            state.is_some_and(|it| it.eq_ignore_ascii_case("Enabled"))
        };
        if asked.is_some_and(|it| !inherits(&it)) {
            return Err(Fault::invalid(
                "Annotations are modelled for orgs: what an org holds inherits them, and \
                 'inheritFromParentState' is Enabled.",
            ));
        }
        let operation = self.cloud.promise();
        Ok(self.promise(call, operation, Answer::json(status, &body)))
    }
}

fn repo_meant(desk: &Desk<'_>, call: &Call<'_>) -> Result<Resource<Org>, Fault> {
    let repo = desk.repo(call)?;
    if repo.name.eq_ignore_ascii_case(call.name(5)) {
        return Ok(repo);
    }
    let says = format!("The repo '{}' was not found.", call.name(5));
    Err(Fault::arm(404, "ResourceNotFound", says))
}

macro_rules! units {
    ($($unit:ident $list:ident $get:ident;)*) => {$(
        pub(super) fn $list(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
            desk.units(call, $unit)
        }
        pub(super) fn $get(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
            Ok(Answer::json(200, &desk.one_unit(call, $unit)?))
        }
    )*};
}

units! {
    PROJECT list_projects get_project;
    REPO list_github get_github;
    GROUP_PROJECT list_gitlab get_gitlab;
}

pub(super) fn list_repos(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let repo = desk.repo(call)?;
    page(call, std::iter::once(repo), |it| it)
}

pub(super) fn get_repo(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    Ok(Answer::json(200, &repo_meant(desk, call)?))
}

pub(super) fn put(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    desk.set_unit(call, 201)
}

pub(super) fn patch(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    desk.set_unit(call, 202)
}
