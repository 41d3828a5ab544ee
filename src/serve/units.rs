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
use super::paging::page;
use crate::cloud::OrgView;
use crate::model::fleet::Scm;
use std::borrow::Cow;

/// A kind of unit: its collection's name in paths, its type, and the beginning of its
/// names.
#[derive(Clone, Copy)]
struct Unit {
    scm: Scm,
    collection: &'static str,
    kind: &'static str,
    begins: &'static str,
}

const PROJECT: Unit = Unit {
    scm: Scm::AzureDevOps,
    collection: "projects",
    kind: "Microsoft.Security/securityConnectors/devops/azureDevOpsOrgs/projects",
    begins: "project-",
};

const REPO: Unit = Unit {
    scm: Scm::GitHub,
    collection: "repos",
    kind: "Microsoft.Security/securityConnectors/devops/gitHubOwners/repos",
    begins: "repo-",
};

const GROUP_PROJECT: Unit = Unit {
    scm: Scm::GitLab,
    kind: "Microsoft.Security/securityConnectors/devops/gitLabGroups/projects",
    ..PROJECT
};

/// The type of a project's one repo.
const PROJECT_REPO: &str =
    "Microsoft.Security/securityConnectors/devops/azureDevOpsOrgs/projects/repos";

type Shown<'v> = Resource<'v, Org<'v>>;

/// A unit of an org: `at` is the org's address.
fn shown<'v>(
    at: &str,
    org: &'v OrgView,
    path: &str,
    name: String,
    kind: &'static str,
) -> Shown<'v> {
    Resource {
        id: [at, path, &name].concat(),
        name: Cow::Owned(name),
        kind,
        properties: Org {
            provisioning_state: "Succeeded",
            onboarding_state: "Onboarded",
            actionable_remediation: None,
            parent_org_name: Some(&org.name),
        },
    }
}

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

/// An org, with its address.
struct Holder {
    at: String,
    org: OrgView,
}

impl Holder {
    /// The unit at a place.
    fn unit(&self, unit: Unit, at: u32) -> Shown<'_> {
        let path = ["/", unit.collection, "/"].concat();
        shown(&self.at, &self.org, &path, unit.name(at), unit.kind)
    }

    /// The unit that a call names.
    fn named(&self, call: &Call<'_>, unit: Unit) -> Result<Shown<'_>, Fault> {
        Ok(self.unit(unit, unit.place(&self.org, call.name(4))?))
    }

    /// The one repo of the project that a call names.
    fn repo(&self, call: &Call<'_>) -> Result<Shown<'_>, Fault> {
        let name = PROJECT.name(PROJECT.place(&self.org, call.name(4))?);
        let path = format!("/projects/{name}/repos/");
        Ok(shown(&self.at, &self.org, &path, name, PROJECT_REPO))
    }

    /// The repo that a call names.
    fn repo_named(&self, call: &Call<'_>) -> Result<Shown<'_>, Fault> {
        let repo = self.repo(call)?;
        if repo.name.eq_ignore_ascii_case(call.name(5)) {
            return Ok(repo);
        }
        let says = format!("The repo '{}' was not found.", call.name(5));
        Err(Fault::arm(404, "ResourceNotFound", says))
    }
}

impl Desk<'_> {
    fn holder(&self, call: &Call<'_>, scm: Scm) -> Result<Holder, Fault> {
        let (connector, org) = self.org(call, scm)?;
        let org = self.cloud.org(connector, org)?;
        let at = self.shelf(connector).id(&org.name);
        Ok(Holder { at, org })
    }

    fn units(&self, call: &Call<'_>, unit: Unit) -> Result<Answer, Fault> {
        let holder = self.holder(call, unit.scm)?;
        let shown = if holder.org.visible {
            holder.org.units
        } else {
            0
        };
        page(call, 0..shown, |at| holder.unit(unit, at))
    }

    fn one_unit(&self, call: &Call<'_>, unit: Unit) -> Result<Answer, Fault> {
        let holder = self.holder(call, unit.scm)?;
        Ok(Answer::json(200, &holder.named(call, unit)?))
    }

    fn set_unit(&mut self, call: &Call<'_>, status: u16) -> Result<Answer, Fault> {
        let asked: Asked<OrgAsked> = call.body()?;
        let holder = self.holder(call, Scm::AzureDevOps)?;
        let body = if call.names.len() > 5 {
            holder.repo_named(call)?
        } else {
            holder.named(call, PROJECT)?
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

macro_rules! units {
    ($($unit:ident $list:ident $get:ident;)*) => {$(
        pub(super) fn $list(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
            desk.units(call, $unit)
        }
        pub(super) fn $get(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
            desk.one_unit(call, $unit)
        }
    )*};
}

units! {
    PROJECT list_projects get_project;
    REPO list_github get_github;
    GROUP_PROJECT list_gitlab get_gitlab;
}

pub(super) fn list_repos(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let holder = desk.holder(call, Scm::AzureDevOps)?;
    page(call, std::iter::once(holder.repo(call)?), |it| it)
}

pub(super) fn get_repo(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let holder = desk.holder(call, Scm::AzureDevOps)?;
    Ok(Answer::json(200, &holder.repo_named(call)?))
}

pub(super) fn put(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    desk.set_unit(call, 201)
}

pub(super) fn patch(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    desk.set_unit(call, 202)
}
