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
use serde_json::value::{RawValue, to_raw_value};
use std::borrow::Cow;
use std::sync::LazyLock;

/// What an org of a kind is called in paths.
pub(super) const fn collection(scm: Scm) -> &'static str {
    match scm {
        Scm::AzureDevOps => "azureDevOpsOrgs",
        Scm::GitHub => "gitHubOwners",
        Scm::GitLab => "gitLabGroups",
    }
}

/// The same as a type.
const fn kind(scm: Scm) -> &'static str {
    match scm {
        Scm::AzureDevOps => "Microsoft.Security/securityConnectors/devops/azureDevOpsOrgs",
        Scm::GitHub => "Microsoft.Security/securityConnectors/devops/gitHubOwners",
        Scm::GitLab => "Microsoft.Security/securityConnectors/devops/gitLabGroups",
    }
}

const fn from_high(category: &'static str) -> Category {
    Category {
        category,
        minimum_severity_level: "High",
    }
}

/// What annotations cover once a team has set them: the vendor's categories. Which of
/// them a team chose is not modelled (assumed: all).
const OWN: &[Category] = &[
    from_high("Code"),
    from_high("Artifacts"),
    from_high("Dependencies"),
    from_high("Secrets"),
    from_high("IaC"),
    from_high("Containers"),
];

/// What the platform's default covers (D-6).
const DEFAULT: &[Category] = &[from_high("IaC")];

/// An annotation configuration as it is written: there are three, and many rows have them.
fn remediation(annotations: Annotations) -> Option<&'static RawValue> {
    static WRITTEN: LazyLock<[Option<Box<RawValue>>; 3]> = LazyLock::new(|| {
        [
            ("Disabled", [].as_slice()),
            ("Enabled", DEFAULT),
            ("Enabled", OWN),
        ]
        .map(|(state, category_configurations)| {
            let it = Remediation {
                state,
                category_configurations,
                inherit_from_parent_state: "Disabled",
            };
            to_raw_value(&it).ok()
        })
    });
    let [none, default, own] = &*WRITTEN;
    match annotations {
        Annotations::None => none.as_deref(),
        Annotations::Default => default.as_deref(),
        Annotations::Own => own.as_deref(),
    }
}

/// A connector's collection of orgs: what all of them have in common.
pub(super) struct Shelf {
    scm: Scm,
    /// The address of an org, but for its name.
    begins: String,
}

impl Shelf {
    /// The address of an org.
    pub(super) fn id(&self, org: &str) -> String {
        [&*self.begins, org].concat()
    }

    fn shown<'v>(&self, it: &'v OrgView) -> Resource<'v, Org<'v>> {
        let pending = it.onboarding == Onboarding::Onboarded && !it.visible;
        Resource {
            id: self.id(&it.name),
            name: Cow::Borrowed(&it.name),
            kind: kind(self.scm),
            properties: Org {
                // Until its entities appear (F-10).
                provisioning_state: if pending { "Pending" } else { "Succeeded" },
                onboarding_state: match it.onboarding {
                    Onboarding::Onboarded => "Onboarded",
                    Onboarding::OnboardedByOtherConnector => "OnboardedByOtherConnector",
                    Onboarding::NotOnboarded => "NotOnboarded",
                },
                actionable_remediation: (self.scm == Scm::AzureDevOps)
                    .then(|| remediation(it.annotations))
                    .flatten(),
                parent_org_name: None,
            },
        }
    }
}

impl Desk<'_> {
    /// The connector of a call, which has to be of a kind.
    pub(super) fn of_kind(&self, call: &Call<'_>, scm: Scm) -> Result<ConnectorIx, Fault> {
        let connector = self.connector(call)?;
        self.cloud.answers(connector)?;
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

    /// Where a connector's orgs are.
    pub(super) fn shelf(&self, connector: ConnectorIx) -> Shelf {
        let scm = self.cloud.world().connector(connector).scm;
        let (id, collection) = (self.cloud.id(connector), collection(scm));
        Shelf {
            scm,
            begins: format!("{id}/devops/default/{collection}/"),
        }
    }

    fn orgs(&self, call: &Call<'_>, scm: Scm) -> Result<Answer, Fault> {
        let connector = self.of_kind(call, scm)?;
        let shelf = self.shelf(connector);
        page(call, self.cloud.orgs(connector)?.iter(), |it| {
            shelf.shown(it)
        })
    }

    fn available(&self, call: &Call<'_>, scm: Scm) -> Result<Answer, Fault> {
        let connector = self.of_kind(call, scm)?;
        let shelf = self.shelf(connector);
        let all = self.cloud.available_orgs(connector)?;
        page(call, all.iter(), |it| shelf.shown(it))
    }

    fn one(&self, call: &Call<'_>, scm: Scm, status: u16) -> Result<Answer, Fault> {
        let (connector, org) = self.org(call, scm)?;
        let it = self.cloud.org(connector, org)?;
        Ok(Answer::json(status, &self.shelf(connector).shown(&it)))
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
        let answer = self.one(call, Scm::AzureDevOps, status)?;
        Ok(self.promise(call, operation, answer))
    }
}

macro_rules! of_kinds {
    ($($scm:ident: $list:ident $get:ident $available:ident;)*) => {$(
        pub(super) fn $list(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
            desk.orgs(call, Scm::$scm)
        }
        pub(super) fn $get(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
            desk.one(call, Scm::$scm, 200)
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
    page(call, std::iter::empty::<Resource<'_, Org<'_>>>(), |it| it)
}
