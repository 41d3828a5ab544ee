//! Resource IDs (L-6): what a row is of, and to which connector it belongs.

use crate::model::fleet::Scm;

/// A Resource ID of a connector, or of something below one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct ArmId<'a> {
    /// The connector's own Resource ID, as far as it goes.
    pub(super) path: &'a str,
    /// The connector's name.
    pub(super) connector: &'a str,
    pub(super) below: Below<'a>,
}

/// What stands below a connector.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Below<'a> {
    /// The connector itself.
    Connector,
    /// Its configuration for DevOps.
    Configuration,
    Org(Scm, &'a str),
    Project(Scm, &'a str, &'a str),
    /// With its project, where the kind of SCM has projects.
    Repo(Scm, &'a str, Option<&'a str>, &'a str),
    /// Anything else.
    Other,
}

/// What a text is, read as a Resource ID.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Parsed<'a> {
    Ours(ArmId<'a>),
    /// Of another type of resource.
    Other,
    /// No Resource ID.
    Broken,
}

/// How many parts the Resource ID of a connector has.
const PARTS: usize = 8;

/// Reads a Resource ID; all its fixed words are read without case.
pub(super) fn parse(id: &str) -> Parsed<'_> {
    let Some(inner) = id.strip_prefix('/') else {
        return Parsed::Broken;
    };
    let parts: Vec<&str> = inner.split('/').collect();
    let odd = |c: char| c.is_whitespace() || c.is_control();
    if parts.len() < 2
        || parts[..parts.len().min(PARTS)]
            .iter()
            .any(|it| it.is_empty())
    {
        return Parsed::Broken;
    }
    let fixed = [
        (0, "subscriptions"),
        (2, "resourcegroups"),
        (4, "providers"),
        (5, "microsoft.security"),
        (6, "securityconnectors"),
    ];
    let is = |(at, word): (usize, &str)| {
        parts
            .get(at)
            .is_some_and(|it| it.eq_ignore_ascii_case(word))
    };
    if !fixed.into_iter().all(is) {
        return Parsed::Other;
    }
    let Some(&connector) = parts.get(PARTS - 1) else {
        return Parsed::Broken;
    };
    let length: usize = parts[..PARTS].iter().map(|it| it.len() + 1).sum();
    let path = &id[..length];
    if path.contains(odd) {
        return Parsed::Broken;
    }
    let below = below(&parts[PARTS..]);
    Parsed::Ours(ArmId {
        path,
        connector,
        below,
    })
}

fn below<'a>(parts: &[&'a str]) -> Below<'a> {
    let parts = match parts {
        [all @ .., ""] => all,
        all => all,
    };
    let word = |it: &str, wanted: &str| it.eq_ignore_ascii_case(wanted);
    let devops = |devops: &str, default: &str| word(devops, "devops") && word(default, "default");
    match *parts {
        [] => Below::Connector,
        [a, b] if devops(a, b) => Below::Configuration,
        [a, b, kind, org, ref rest @ ..] if devops(a, b) && !org.is_empty() => {
            match (scm_of(kind), rest) {
                (Some(scm), []) => Below::Org(scm, org),
                (Some(Scm::GitHub), [c, repo]) if word(c, "repos") => {
                    Below::Repo(Scm::GitHub, org, None, repo)
                }
                (Some(scm @ (Scm::AzureDevOps | Scm::GitLab)), [c, project])
                    if word(c, "projects") =>
                {
                    Below::Project(scm, org, project)
                }
                (Some(Scm::AzureDevOps), [c, project, d, repo])
                    if word(c, "projects") && word(d, "repos") =>
                {
                    Below::Repo(Scm::AzureDevOps, org, Some(project), repo)
                }
                _ => Below::Other,
            }
        }
        _ => Below::Other,
    }
}

fn scm_of(collection: &str) -> Option<Scm> {
    let all = [
        ("azuredevopsorgs", Scm::AzureDevOps),
        ("githubowners", Scm::GitHub),
        ("gitlabgroups", Scm::GitLab),
    ];
    let found = all
        .into_iter()
        .find(|it| it.0.eq_ignore_ascii_case(collection));
    found.map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str =
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Security/securityConnectors/c";

    fn below_of(rest: &str) -> Below<'_> {
        let whole: &'static str = Box::leak(format!("{ROOT}{rest}").into_boxed_str());
        match parse(whole) {
            Parsed::Ours(id) => {
                assert_eq!((id.path, id.connector), (ROOT, "c"));
                id.below
            }
            other => panic!("{rest}: {other:?}"),
        }
    }

    #[test]
    fn what_stands_below_a_connector_is_told_by_its_path() {
        for (rest, below) in [
            ("", Below::Connector),
            ("/", Below::Connector),
            ("/devops/default", Below::Configuration),
            ("/DevOps/Default", Below::Configuration),
            (
                "/devops/default/azureDevOpsOrgs/o",
                Below::Org(Scm::AzureDevOps, "o"),
            ),
            (
                "/devops/default/githubOwners/o",
                Below::Org(Scm::GitHub, "o"),
            ),
            (
                "/devops/default/gitLabGroups/g$s",
                Below::Org(Scm::GitLab, "g$s"),
            ),
            (
                "/devops/default/gitHubOwners/o/repos/r",
                Below::Repo(Scm::GitHub, "o", None, "r"),
            ),
            (
                "/devops/default/gitLabGroups/g/projects/p",
                Below::Project(Scm::GitLab, "g", "p"),
            ),
            (
                "/devops/default/azureDevOpsOrgs/o/projects/p/repos/r",
                Below::Repo(Scm::AzureDevOps, "o", Some("p"), "r"),
            ),
            ("/devops/default/operationResults/1", Below::Other),
            ("/devops/default/gitHubOwners/o/projects/p", Below::Other),
        ] {
            assert_eq!(below_of(rest), below, "{rest}");
        }
    }

    #[test]
    fn other_resources_and_texts_that_are_none_are_told_apart() {
        assert_eq!(
            parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d"),
            Parsed::Other
        );
        assert_eq!(parse("/subscriptions/s"), Parsed::Other);
        for broken in [
            "",
            "c",
            "/",
            "//a",
            &ROOT[..ROOT.len() - 1],
            &ROOT[..ROOT.len() - 2],
            &format!("{ROOT} x"),
        ] {
            assert_eq!(parse(broken), Parsed::Broken, "{broken}");
        }
    }
}
