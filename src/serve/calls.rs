//! Every call that is answered: where, how, with what. Requests are routed by this
//! table, and the OpenAPI document is written from it.

use super::desk::Desk;
use super::errors::Fault;
use super::exchange::{Answer, Request};
use super::path::Parameters;
use super::{accounts, connectors, control, devops, graph, objects, operations, orgs, records};
use super::{tickets, units};
use std::borrow::Cow;
use std::sync::LazyLock;

/// A request that was understood as one of the calls.
#[derive(Debug)]
pub(super) struct Call<'r> {
    pub(super) request: &'r Request,
    /// What stands for the names in braces, in their order.
    pub(super) names: Vec<Cow<'r, str>>,
    pub(super) query: Parameters<'r>,
}

impl Call<'_> {
    /// What stands for the name in braces at `at`.
    pub(super) fn name(&self, at: usize) -> &str {
        self.names.get(at).map_or("", |it| it)
    }

    /// A parameter of the query.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut all = self.query.iter();
        all.find(|it| it.0 == name).map(|it| &*it.1)
    }

    /// The body, as what it is to be.
    pub(super) fn body<T: serde::de::DeserializeOwned>(&self) -> Result<T, Fault> {
        objects::read(&self.request.body).map_err(|error| {
            Fault::invalid(format!(
                "The request's body is not what is expected: {error}."
            ))
        })
    }
}

/// Answers a call.
pub(super) type Handler = fn(&mut Desk<'_>, &Call<'_>) -> Result<Answer, Fault>;

/// What a call does to the clock and to whoever waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// It shows what may change: who asks twice has waited.
    Look,
    /// It shows what never changes.
    Fixed,
    /// It changes something.
    Write,
}

/// The versions that a family of calls knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Api {
    Connectors,
    DevOps,
    Alerts,
    Assessments,
    Support,
    Graph,
    /// Any date: what is answered never changed.
    Accounts,
    /// No version: the program's own.
    Own,
}

impl Api {
    /// The versions, the latest last.
    pub(super) const fn versions(self) -> &'static [&'static str] {
        match self {
            Self::Connectors => &["2023-10-01-preview", "2024-08-01-preview"],
            Self::DevOps => &[
                "2023-09-01-preview",
                "2024-04-01",
                "2025-03-01",
                "2025-11-01-preview",
            ],
            Self::Alerts => &["2021-01-01", "2021-11-01", "2022-01-01"],
            Self::Assessments => &["2020-01-01", "2021-06-01", "2025-05-04"],
            Self::Support => &[
                "2020-04-01",
                "2022-09-01-preview",
                "2024-04-01",
                "2025-06-01-preview",
            ],
            Self::Graph => &["2021-03-01", "2022-10-01", "2024-04-01"],
            Self::Accounts => &["2015-01-01", "2019-08-01", "2019-11-01", "2022-12-01"],
            Self::Own => &[],
        }
    }
}

/// One verb of a path.
pub(super) struct Verb {
    pub(super) method: &'static str,
    /// The name in the OpenAPI document.
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) handler: Handler,
    /// The shape of its body; empty if it takes none.
    pub(super) takes: &'static str,
    /// Its good statuses; 202 and 201 of a promise among them.
    pub(super) good: &'static [u16],
    /// The shape of its answers; empty if they have no body.
    pub(super) gives: &'static str,
}

/// A path and its verbs.
pub(super) struct Path {
    pub(super) path: &'static str,
    pub(super) api: Api,
    pub(super) verbs: &'static [Verb],
}

/// The paths, taken apart once.
static ROUTES: LazyLock<Vec<(Vec<&str>, &Path)>> = LazyLock::new(|| {
    let parts = |it: &'static Path| it.path.split('/').skip(1).collect();
    PATHS.iter().map(|it| (parts(it), it)).collect()
});

fn is_name(part: &str) -> bool {
    part.starts_with('{')
}

/// The path that segments are, and what stands for its names in braces.
pub(super) fn route<'r>(segments: Vec<Cow<'r, str>>) -> Option<(&'static Path, Vec<Cow<'r, str>>)> {
    let fits = |parts: &[&str]| {
        let mut both = parts.iter().zip(&segments);
        parts.len() == segments.len()
            && both.all(|(part, it)| is_name(part) || part.eq_ignore_ascii_case(it))
    };
    let (parts, path) = ROUTES.iter().find(|it| fits(&it.0))?;
    let named = parts.iter().zip(segments).filter(|it| is_name(it.0));
    Some((path, named.map(|it| it.1).collect()))
}

const fn verb(
    method: &'static str,
    name: &'static str,
    kind: Kind,
    handler: Handler,
    takes: &'static str,
    gives: &'static str,
    good: &'static [u16],
) -> Verb {
    Verb {
        method,
        name,
        kind,
        handler,
        takes,
        good,
        gives,
    }
}

const fn look(name: &'static str, handler: Handler, gives: &'static str) -> Verb {
    verb("GET", name, Kind::Look, handler, "", gives, &[200])
}

const fn fixed(name: &'static str, handler: Handler, gives: &'static str) -> Verb {
    verb("GET", name, Kind::Fixed, handler, "", gives, &[200])
}

const fn list(name: &'static str, handler: Handler) -> Verb {
    verb("POST", name, Kind::Look, handler, "", "OrgPage", &[200])
}

const fn path(path: &'static str, api: Api, verbs: &'static [Verb]) -> Path {
    Path { path, api, verbs }
}

macro_rules! paths {
    ($($api:ident $path:expr => [$($verb:expr),* $(,)?];)*) => {
        /// Every path.
        pub(super) const PATHS: &[Path] = &[$(path($path, Api::$api, &[$($verb),*])),*];
    };
}

macro_rules! subscription {
    ($rest:literal) => {
        concat!("/subscriptions/{subscriptionId}", $rest)
    };
}

macro_rules! connector {
    ($rest:literal) => {
        concat!(
            "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
            "/providers/Microsoft.Security/securityConnectors/{securityConnectorName}",
            $rest
        )
    };
}

use Kind::{Look, Write};

paths! {
    Connectors subscription!("/providers/Microsoft.Security/securityConnectors") => [
        look("SecurityConnectors_List", connectors::list, "ConnectorPage"),
    ];
    Connectors subscription!("/resourceGroups/{resourceGroupName}/providers/Microsoft.Security/securityConnectors") => [
        look("SecurityConnectors_ListByResourceGroup", connectors::list_in_group, "ConnectorPage"),
    ];
    Connectors connector!("") => [
        look("SecurityConnectors_Get", connectors::get, "Connector"),
        verb("PUT", "SecurityConnectors_CreateOrUpdate", Write, connectors::put, "ConnectorAsked", "Connector", &[200, 201]),
        verb("PATCH", "SecurityConnectors_Update", Write, connectors::patch, "ConnectorAsked", "Connector", &[200]),
        verb("DELETE", "SecurityConnectors_Delete", Write, connectors::delete, "", "", &[200, 204]),
    ];
    DevOps connector!("/devops") => [
        look("DevOpsConfigurations_List", devops::list, "DevOpsPage"),
    ];
    DevOps connector!("/devops/default") => [
        look("DevOpsConfigurations_Get", devops::get, "DevOps"),
        verb("PUT", "DevOpsConfigurations_CreateOrUpdate", Write, devops::put, "DevOpsAsked", "DevOps", &[201]),
        verb("PATCH", "DevOpsConfigurations_Update", Write, devops::patch, "DevOpsAsked", "DevOps", &[202]),
        verb("DELETE", "DevOpsConfigurations_Delete", Write, devops::delete, "", "", &[202, 204]),
    ];
    DevOps connector!("/devops/default/listAvailableAzureDevOpsOrgs") => [
        list("AzureDevOpsOrgs_ListAvailable", orgs::available_orgs),
    ];
    DevOps connector!("/devops/default/listAvailableGitHubOwners") => [
        list("GitHubOwners_ListAvailable", orgs::available_owners),
    ];
    DevOps connector!("/devops/default/listAvailableGitLabGroups") => [
        list("GitLabGroups_ListAvailable", orgs::available_groups),
    ];
    DevOps connector!("/devops/default/azureDevOpsOrgs") => [
        look("AzureDevOpsOrgs_List", orgs::list_orgs, "OrgPage"),
    ];
    DevOps connector!("/devops/default/azureDevOpsOrgs/{orgName}") => [
        look("AzureDevOpsOrgs_Get", orgs::get_org, "Org"),
        verb("PUT", "AzureDevOpsOrgs_CreateOrUpdate", Write, orgs::put, "OrgAsked", "Org", &[201]),
        verb("PATCH", "AzureDevOpsOrgs_Update", Write, orgs::patch, "OrgAsked", "Org", &[202]),
    ];
    DevOps connector!("/devops/default/azureDevOpsOrgs/{orgName}/projects") => [
        look("AzureDevOpsProjects_List", units::list_projects, "OrgPage"),
    ];
    DevOps connector!("/devops/default/azureDevOpsOrgs/{orgName}/projects/{projectName}") => [
        look("AzureDevOpsProjects_Get", units::get_project, "Org"),
        verb("PUT", "AzureDevOpsProjects_CreateOrUpdate", Write, units::put, "OrgAsked", "Org", &[201]),
        verb("PATCH", "AzureDevOpsProjects_Update", Write, units::patch, "OrgAsked", "Org", &[202]),
    ];
    DevOps connector!("/devops/default/azureDevOpsOrgs/{orgName}/projects/{projectName}/repos") => [
        look("AzureDevOpsRepos_List", units::list_repos, "OrgPage"),
    ];
    DevOps connector!("/devops/default/azureDevOpsOrgs/{orgName}/projects/{projectName}/repos/{repoName}") => [
        look("AzureDevOpsRepos_Get", units::get_repo, "Org"),
        verb("PUT", "AzureDevOpsRepos_CreateOrUpdate", Write, units::put, "OrgAsked", "Org", &[201]),
        verb("PATCH", "AzureDevOpsRepos_Update", Write, units::patch, "OrgAsked", "Org", &[202]),
    ];
    DevOps connector!("/devops/default/gitHubOwners") => [
        look("GitHubOwners_List", orgs::list_owners, "OrgPage"),
    ];
    DevOps connector!("/devops/default/gitHubOwners/{ownerName}") => [
        look("GitHubOwners_Get", orgs::get_owner, "Org"),
    ];
    DevOps connector!("/devops/default/gitHubOwners/{ownerName}/repos") => [
        look("GitHubRepos_List", units::list_github, "OrgPage"),
    ];
    DevOps connector!("/devops/default/gitHubOwners/{ownerName}/repos/{repoName}") => [
        look("GitHubRepos_Get", units::get_github, "Org"),
    ];
    DevOps connector!("/devops/default/gitLabGroups") => [
        look("GitLabGroups_List", orgs::list_groups, "OrgPage"),
    ];
    DevOps connector!("/devops/default/gitLabGroups/{groupFQName}") => [
        look("GitLabGroups_Get", orgs::get_group, "Org"),
    ];
    DevOps connector!("/devops/default/gitLabGroups/{groupFQName}/listSubgroups") => [
        list("GitLabSubgroups_List", orgs::subgroups),
    ];
    DevOps connector!("/devops/default/gitLabGroups/{groupFQName}/projects") => [
        look("GitLabProjects_List", units::list_gitlab, "OrgPage"),
    ];
    DevOps connector!("/devops/default/gitLabGroups/{groupFQName}/projects/{projectName}") => [
        look("GitLabProjects_Get", units::get_gitlab, "Org"),
    ];
    DevOps connector!("/devops/default/operationResults/{operationResultId}") => [
        look("DevOpsOperationResults_Get", operations::of_connector, "OperationStatus"),
    ];
    Alerts subscription!("/providers/Microsoft.Security/alerts") => [
        look("Alerts_List", records::alerts, "AlertPage"),
    ];
    Alerts subscription!("/providers/Microsoft.Security/locations/{ascLocation}/alerts") => [
        look("Alerts_ListSubscriptionLevelByRegion", records::alerts_of_region, "AlertPage"),
    ];
    Assessments subscription!("/providers/Microsoft.Security/assessments") => [
        look("Assessments_List", records::assessments, "AssessmentPage"),
    ];
    Assessments connector!("/providers/Microsoft.Security/assessments") => [
        look("Assessments_ListOfConnector", records::assessments_of_connector, "AssessmentPage"),
    ];
    Graph "/providers/Microsoft.ResourceGraph/resources" => [
        verb("POST", "Resources", Look, graph::query, "GraphAsked", "GraphFound", &[200]),
    ];
    Support subscription!("/providers/Microsoft.Support/supportTickets") => [
        look("SupportTickets_List", tickets::list, "TicketPage"),
    ];
    Support subscription!("/providers/Microsoft.Support/supportTickets/{supportTicketName}") => [
        look("SupportTickets_Get", tickets::get, "Ticket"),
        verb("PUT", "SupportTickets_Create", Write, tickets::put, "TicketAsked", "Ticket", &[202]),
    ];
    Support subscription!("/providers/Microsoft.Support/supportTickets/{supportTicketName}/communications") => [
        look("Communications_List", tickets::communications, "CommunicationPage"),
    ];
    Support subscription!("/providers/Microsoft.Support/operationsstatus/{operationId}") => [
        look("Support_OperationStatus", operations::of_ticket, "OperationStatus"),
    ];
    Accounts "/subscriptions" => [fixed("Subscriptions_List", accounts::subscriptions, "SubscriptionPage")];
    Accounts "/subscriptions/{subscriptionId}" => [
        fixed("Subscriptions_Get", accounts::subscription, "Subscription"),
    ];
    Accounts "/tenants" => [fixed("Tenants_List", accounts::tenants, "TenantPage")];
    Own "/metadata/endpoints" => [fixed("Metadata_Endpoints", accounts::metadata, "Metadata")];
    Own "/metadata/identity/oauth2/token" => [fixed("Identity_Token", accounts::token, "Token")];
    Own "/lifeboat/clock" => [
        fixed("Lifeboat_Clock", control::clock, "ClockShown"),
        verb("POST", "Lifeboat_MoveClock", Kind::Fixed, control::move_clock, "ClockAsked", "ClockShown", &[200]),
    ];
    Own "/lifeboat/end" => [
        verb("POST", "Lifeboat_End", Kind::Fixed, control::end, "", "Ended", &[200]),
    ];
}
