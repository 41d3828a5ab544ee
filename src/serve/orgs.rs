//! Azure DevOps orgs, GitHub owners and GitLab groups.

use super::bodies::{Asked, Category, Org, OrgAsked, Remediation, Resource};
use super::calls::Call;
use super::connectors::words;
use super::desk::Desk;
use super::errors::Fault;
use super::exchange::Answer;
use super::paging::page;
use crate::cloud::{Onboarding, OrgView};
use crate::model::fleet::Scm;
use crate::model::ids::{ConnectorIx, OrgIx};
use crate::model::world::Annotations;

/// What an org of a kind is called in paths.
pub(super) const fn collection(scm: Scm) -> &'static str {
    match scm {
        Scm::AzureDevOps => "azureDevOpsOrgs",
        Scm::GitHub => "gitHubOwners",
        Scm::GitLab => "gitLabGroups",
    }
}

/// What annotations cover once a team has set them: the vendor's categories. Which of
/// them a team chose is not modelled (assumed: all).
const OWN: [&str; 6] = [
    "Code",
    "Artifacts",
    "Dependencies",
    "Secrets",
    "IaC",
    "Containers",
];

/// What the platform's default covers (D-6).
const DEFAULT: [&str; 1] = ["IaC"];

fn remediation(annotations: Annotations) -> Remediation {
    let (state, categories): (&str, &[&str]) = match annotations {
        Annotations::None => ("Disabled", &[]),
        Annotations::Default => ("Enabled", &DEFAULT),
        Annotations::Own => ("Enabled", &OWN),
    };
    let category = |it: &&str| Category {
        category: (*it).to_owned(),
        minimum_severity_level: "High".to_owned(),
    };
    Remediation {
        state: state.to_owned(),
        category_configurations: categories.iter().map(category).collect(),
        inherit_from_parent_state: "Disabled".to_owned(),
    }
}

impl Desk<'_> {
    /// The connector of a call, which has to be of a kind.
    pub(super) fn of_kind(&self, call: &Call<'_>, scm: Scm) -> Result<ConnectorIx, Fault> {
        let connector = self.connector(call)?;
        self.cloud.connector(connector)?;
        let [is, ..] = words(self.cloud.world().connector(connector).scm);
        let [asked, ..] = words(scm);
        if is == asked {
            return Ok(connector);
        }
        let says = format!("The connector's environment is {is}, not {asked}.");
        Err(Fault::arm(400, "InvalidEnvironment", says))
    }

    /// A connector's org of a name.
    pub(super) fn org(&self, call: &Call<'_>, scm: Scm) -> Result<(ConnectorIx, OrgIx), Fault> {
        let connector = self.of_kind(call, scm)?;
        let name = call.name(3);
        self.cloud.settings(connector)?;
        let found = self.cloud.find_org(connector, name).ok_or_else(|| {
            let says = format!("The org '{name}' was not found.");
            Fault::arm(404, "ResourceNotFound", says)
        })?;
        self.cloud.org(connector, found)?;
        Ok((connector, found))
    }

    pub(super) fn org_shown(&self, connector: ConnectorIx, it: &OrgView) -> Resource<Org> {
        let scm = self.cloud.world().connector(connector).scm;
        let collection = collection(scm);
        let onboarded = it.onboarding == Onboarding::Onboarded;
        let pending = onboarded && !it.visible;
        Resource {
            id: format!(
                "{}/devops/default/{collection}/{}",
                self.cloud.id(connector),
                it.name
            ),
            name: it.name.clone(),
            kind: format!("Microsoft.Security/securityConnectors/devops/{collection}"),
            properties: Org {
                // Until its entities appear (F-10).
                provisioning_state: if pending { "Pending" } else { "Succeeded" }.to_owned(),
                onboarding_state: match it.onboarding {
                    Onboarding::Onboarded => "Onboarded",
                    Onboarding::OnboardedByOtherConnector => "OnboardedByOtherConnector",
                    Onboarding::NotOnboarded => "NotOnboarded",
                }
                .to_owned(),
                actionable_remediation: (scm == Scm::AzureDevOps)
                    .then(|| remediation(it.annotations)),
                parent_org_name: None,
            },
        }
    }

    fn orgs(&self, call: &Call<'_>, scm: Scm) -> Result<Answer, Fault> {
        let connector = self.of_kind(call, scm)?;
        let all = self.cloud.orgs(connector)?;
        page(call, all.iter(), |it| self.org_shown(connector, it))
    }

    fn available(&self, call: &Call<'_>, scm: Scm) -> Result<Answer, Fault> {
        let connector = self.of_kind(call, scm)?;
        let all = self.cloud.available_orgs(connector)?;
        page(call, all.iter(), |it| self.org_shown(connector, it))
    }

    fn one(&self, call: &Call<'_>, scm: Scm) -> Result<Answer, Fault> {
        let (connector, org) = self.org(call, scm)?;
        let body = self.org_shown(connector, &self.cloud.org(connector, org)?);
        Ok(Answer::json(200, &body))
    }

    fn set_org(&mut self, call: &Call<'_>, status: u16) -> Result<Answer, Fault> {
        let asked: Asked<OrgAsked> = call.body()?;
        let asked = asked.properties.unwrap_or_default().actionable_remediation;
        let (connector, org) = self.org(call, Scm::AzureDevOps)?;
        let operation = match asked.as_ref().map(|it| it.state.as_deref()) {
            None => self.cloud.promise(),
            Some(Some(it)) if it.eq_ignore_ascii_case("Enabled") => {
                self.cloud.annotate(connector, org)?
            }
            Some(state) => {
                return Err(Fault::invalid(format!(
                    "'actionableRemediation.state' is {:?}: only Enabled is modelled.",
                    state.unwrap_or_default()
                )));
            }
        };
        let body = self.org_shown(connector, &self.cloud.org(connector, org)?);
        Ok(self.promise(call, operation, Answer::json(status, &body)))
    }
}

macro_rules! of_kinds {
    ($($scm:ident: $list:ident $get:ident $available:ident;)*) => {$(
        pub(super) fn $list(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
            desk.orgs(call, Scm::$scm)
        }
        pub(super) fn $get(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
            desk.one(call, Scm::$scm)
        }
        pub(super) fn $available(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
            desk.available(call, Scm::$scm)
        }
    )*};
}

of_kinds! {
    AzureDevOps: list_orgs get_org available_orgs;
    GitHub: list_owners get_owner available_owners;
    GitLab: list_groups get_group available_groups;
}

pub(super) fn put(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    desk.set_org(call, 201)
}

pub(super) fn patch(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    desk.set_org(call, 202)
}

/// A group's groups: none is modelled, each group stands for itself.
pub(super) fn subgroups(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    desk.org(call, Scm::GitLab)?;
    page(call, std::iter::empty::<Resource<Org>>(), |it| it)
}
