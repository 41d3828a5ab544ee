//! The kinds of SCM, and of records.

/// The kinds of source code management system (D-1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scm {
    /// An org holds projects, which hold repos.
    AzureDevOps,
    /// An owner holds repos.
    GitHub,
    /// A group holds projects.
    GitLab,
}

impl Scm {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::AzureDevOps, Self::GitHub, Self::GitLab];

    /// The name in scenario files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AzureDevOps => "azure-devops",
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Whether the kind has annotation configuration at all (D-6).
    #[must_use]
    pub const fn has_annotations(self) -> bool {
        matches!(self, Self::AzureDevOps)
    }

    /// What discovery goes through: repos for GitHub, projects otherwise (D-1, D-3).
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::GitHub => "repos",
            Self::AzureDevOps | Self::GitLab => "projects",
        }
    }
}

/// The kinds of record that a connector holds about an org.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RecordKind {
    /// An alert, with the time at which it was raised. Recreated unless older
    /// than the window (F-13, F-14).
    Alert,
    /// A recommendation. Recreated (F-13).
    Recommendation,
    /// An entity of the security graph. Recreated (F-13).
    GraphEntity,
    /// Container mapping from earlier runs. Never recreated (F-14).
    ContainerMapping,
    /// Infrastructure-as-code mapping history. Never recreated (F-14).
    IacMapping,
}

impl RecordKind {
    /// Every kind, in the order in which recreation goes through them.
    pub const ALL: [Self; 5] = [
        Self::Alert,
        Self::Recommendation,
        Self::GraphEntity,
        Self::ContainerMapping,
        Self::IacMapping,
    ];

    /// The kinds that the platform recreates (F-13).
    pub const RECREATED: [Self; 3] = [Self::Alert, Self::Recommendation, Self::GraphEntity];

    /// The position in a row of counts.
    #[must_use]
    pub const fn ix(self) -> usize {
        self as usize
    }

    /// The name in scenario files and output, plural.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alert => "alerts",
            Self::Recommendation => "recommendations",
            Self::GraphEntity => "graph-entities",
            Self::ContainerMapping => "container-mappings",
            Self::IacMapping => "iac-mappings",
        }
    }
}
