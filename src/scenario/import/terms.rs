//! What the API calls things, in ours.

use super::harvest::State;
use crate::model::catalogue::{Availability, Catalogue};
use crate::model::fleet::Scm;

/// Where a connector may stand, or why not.
pub(super) enum Region {
    Offered(&'static str),
    Announced,
    Unknown,
}

/// The kind of SCM behind what the API calls it; `None` for a cloud and whatever else.
pub(super) fn scm_of(kind: &str) -> Option<Scm> {
    let kind = plain(kind);
    match kind.strip_suffix("scope").unwrap_or(&kind) {
        "azuredevops" => Some(Scm::AzureDevOps),
        "github" => Some(Scm::GitHub),
        "gitlab" => Some(Scm::GitLab),
        _ => None,
    }
}

pub(super) fn state_of(state: &str) -> Option<State> {
    match &*plain(state) {
        "onboarded" => Some(State::Onboarded),
        "onboardedbyotherconnector" => Some(State::OnboardedByOther),
        "notonboarded" => Some(State::NotOnboarded),
        _ => None,
    }
}

/// On, off, or not said (`NotApplicable`, `None`).
pub(super) fn switch(word: &str) -> Option<bool> {
    match &*plain(word) {
        "enabled" => Some(true),
        "disabled" => Some(false),
        _ => None,
    }
}

/// The org that a name stands for: of GitLab's groups, the topmost, which `$` stands behind.
pub(super) fn top_of(scm: Scm, name: &str) -> &str {
    match name.split_once('$') {
        Some((top, _)) if scm == Scm::GitLab && !top.is_empty() => top,
        _ => name,
    }
}

/// In small letters, without blanks: `West Europe` is `westeurope`.
pub(super) fn plain(text: &str) -> String {
    let kept = text.chars().filter(|it| !it.is_whitespace());
    kept.flat_map(char::to_lowercase).collect()
}

pub(super) fn region_of(written: &str) -> Region {
    let name = plain(written);
    let found = |catalogue: &&Catalogue| {
        let region = catalogue
            .regions
            .iter()
            .find(|it| it.name == name || plain(it.title) == name);
        region.map(|it| (it.name, it.availability))
    };
    let all: Vec<(&'static str, Availability)> = Catalogue::ALL.iter().filter_map(found).collect();
    match all.iter().find(|it| it.1 == Availability::Supported) {
        Some((name, _)) => Region::Offered(name),
        None if all.is_empty() => Region::Unknown,
        None => Region::Announced,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_known_by_both_of_their_names() {
        for (written, name) in [
            ("westeurope", "westeurope"),
            ("West Europe", "westeurope"),
            ("CanadaCentral", "canadacentral"),
            ("East Asia", "eastasia"),
        ] {
            assert!(
                matches!(region_of(written), Region::Offered(it) if it == name),
                "{written}"
            );
        }
        assert!(matches!(region_of("westus"), Region::Announced));
        assert!(matches!(region_of("eastus2"), Region::Unknown));
        assert!(matches!(region_of(""), Region::Unknown));
    }

    #[test]
    fn kinds_of_scm_are_known_however_they_are_spelled() {
        for (written, scm) in [
            ("AzureDevOps", Some(Scm::AzureDevOps)),
            ("AzureDevOpsScope", Some(Scm::AzureDevOps)),
            ("Github", Some(Scm::GitHub)),
            ("GitHub", Some(Scm::GitHub)),
            ("GitLab", Some(Scm::GitLab)),
            ("gitlabscope", Some(Scm::GitLab)),
            ("AWS", None),
            ("AwsAccount", None),
        ] {
            assert_eq!(scm_of(written), scm, "{written}");
        }
    }
}
