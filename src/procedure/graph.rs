//! The procedure as data: a named, versioned graph of steps.

use crate::chance::{DurationDist, Probability};
use crate::model::command::{Actor, TicketScope};
use crate::model::fleet::Scm;
use crate::model::ids::StepIx;
use crate::time::Rate;

/// How many steps a procedure may have: a step is a bit in a 32-bit set.
pub const STEPS_MAX: usize = 32;

/// How often a refusal may lead back at most, so that a circle of steps that take
/// no time cannot run away.
pub const DETOURS_MAX: u32 = 1_000;

/// What a step is done for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ForEach {
    /// Once for the lost connector.
    Connector,
    /// Once for each ticket of the recovery.
    Ticket,
    /// Once for each org of the recovery.
    Org,
}

impl ForEach {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Connector, Self::Ticket, Self::Org];

    /// The name in procedure files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Connector => "connector",
            Self::Ticket => "ticket",
            Self::Org => "org",
        }
    }
}

macro_rules! issues {
    ($($(#[$doc:meta])* $name:ident = $slug:literal for $each:ident;)*) => {
        /// What a step does when its time is over.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Issue { $($(#[$doc])* $name,)* }

        impl Issue {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in procedure files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }

            /// What a step that does this must be done for; `verify` and `nothing`
            /// may be done for anything.
            #[must_use]
            pub const fn for_each(self) -> ForEach {
                match self { $(Self::$name => ForEach::$each,)* }
            }
        }
    };
}

issues! {
    /// Nothing that the platform sees: people look, talk, decide.
    Nothing = "nothing" for Connector;
    /// The outage is noticed: the recovery begins.
    Detect = "detect" for Connector;
    /// F-8.
    CopyResourceId = "copy-resource-id" for Connector;
    /// F-6.
    CreateConnector = "create-connector" for Connector;
    /// F-7.
    AdoptConnector = "adopt-connector" for Connector;
    /// D-7.
    Authorize = "authorize" for Connector;
    /// F-9.
    OpenTicket = "open-ticket" for Connector;
    /// F-9: support reads the ticket.
    TriageTicket = "triage-ticket" for Ticket;
    /// F-9: support lets an org go.
    ReleaseOwnership = "release-ownership" for Org;
    /// F-10, D-3: the platform finds an org's projects and repos.
    Discover = "discover" for Org;
    /// F-10.
    RecreateAnnotations = "recreate-annotations" for Org;
    /// F-13.
    RecreateRecords = "recreate-records" for Org;
    /// F-12.
    Promote = "promote" for Connector;
    /// F-12.
    DeleteConnector = "delete-connector" for Connector;
    /// Somebody looks whether the target could take the org.
    Verify = "verify" for Connector;
}

impl Issue {
    /// The one of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.name() == name)
    }

    /// Whether its effect stands once it is there: going back over such a step
    /// does not do it again (a connector that exists is not created twice).
    #[must_use]
    pub const fn stands(self) -> bool {
        matches!(
            self,
            Self::Detect | Self::CreateConnector | Self::AdoptConnector | Self::Authorize
        )
    }

    /// Whether it establishes a target.
    #[must_use]
    pub const fn establishes(self) -> bool {
        matches!(
            self,
            Self::CreateConnector | Self::AdoptConnector | Self::Authorize
        )
    }

    /// Whether it ends the old connector's part (F-12).
    #[must_use]
    pub const fn retires(self) -> bool {
        matches!(self, Self::Promote | Self::DeleteConnector)
    }
}

/// When a step applies; where it does not, it counts as finished when its own
/// needs are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum When {
    /// Always.
    #[default]
    Always,
    /// The target is a new connector.
    Creating,
    /// The target is an existing connector (F-7).
    Adopting,
    /// The org had annotations before the outage (F-10: 'if needed').
    HadAnnotations,
}

impl When {
    /// Every one.
    pub const ALL: [Self; 4] = [
        Self::Always,
        Self::Creating,
        Self::Adopting,
        Self::HadAnnotations,
    ];

    /// The name in procedure files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Creating => "creating",
            Self::Adopting => "adopting",
            Self::HadAnnotations => "had-annotations",
        }
    }
}

/// How long a step takes.
#[derive(Clone, PartialEq, Debug)]
pub enum Takes {
    /// A duration, fixed or drawn at each try.
    Time(DurationDist),
    /// A rate of projects or repos, by kind of SCM (D-3, D-12); for `discover`.
    Units([Rate; 3]),
    /// A rate of records (U-2); for `recreate-records`.
    Records(Rate),
}

impl Takes {
    /// The discovery rate of a kind of SCM.
    #[must_use]
    pub fn units(&self, scm: Scm) -> Option<Rate> {
        match self {
            Self::Units(rates) => Some(rates[scm as usize]),
            _ => None,
        }
    }
}

macro_rules! slips {
    ($($(#[$doc:meta])* $number:literal $name:ident = $slug:literal: $says:literal;)*) => {
        /// What people get wrong on a step, or what fails by itself.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum Slip { $($(#[$doc])* $name = $number,)* }

        impl Slip {
            /// Every slip.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in scenario files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }

            /// What happens, in one sentence.
            #[must_use]
            pub const fn says(self) -> &'static str {
                match self { $(Self::$name => $says,)* }
            }
        }
    };
}

slips! {
    /// The Resource ID in the ticket is not the old connector's.
    1 WrongResourceId = "wrong-resource-id": "The ticket carries another Resource ID, or one that names nothing.";
    /// An org is left out of the ticket.
    2 OrgForgotten = "org-forgotten": "An org is left out of the ticket.";
    /// The connector is created elsewhere, or where it cannot stand.
    3 WrongRegion = "wrong-region": "The connector is created in another region, or tried in one that takes none.";
    /// The step is not done, and nobody notices.
    4 StepSkipped = "step-skipped": "The step is not done, and everybody thinks it was.";
    /// The step is done twice.
    5 StepRepeated = "step-repeated": "The step is done twice.";
    /// The old connector is deleted at the end of this step.
    6 DeletedEarly = "deleted-early": "The old connector is deleted before its time.";
    /// A second connector is created beside the target.
    7 SecondConnector = "second-connector": "A second new connector is created and authorised.";
    /// The step fails by itself: a refusal like the platform's.
    8 Fails = "fails": "The step fails and counts as refused.";
}

impl Slip {
    /// The slip of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.name() == name)
    }

    /// The slip of a pinned number.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|&it| it as u8 == number)
    }

    /// On which steps it can happen.
    #[must_use]
    pub const fn fits(self, issue: Issue) -> bool {
        match self {
            Self::WrongResourceId => matches!(issue, Issue::CopyResourceId | Issue::OpenTicket),
            Self::OrgForgotten => matches!(issue, Issue::OpenTicket),
            Self::WrongRegion | Self::SecondConnector => matches!(issue, Issue::CreateConnector),
            Self::StepSkipped => !matches!(issue, Issue::Detect | Issue::Discover),
            // What is recreated already is not recreated again (F-13).
            Self::StepRepeated => !matches!(
                issue,
                Issue::Detect | Issue::Discover | Issue::RecreateRecords
            ),
            Self::DeletedEarly => !matches!(
                issue,
                Issue::Detect | Issue::Discover | Issue::DeleteConnector
            ),
            // Discovery comes by again and again by itself (D-3).
            Self::Fails => !matches!(issue, Issue::Detect | Issue::Discover),
        }
    }
}

/// What a step waits for, besides other steps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// Another step, for the same org or ticket where both are done for such.
    Step(StepIx),
    /// The lost connector's own outage is over.
    RegionRecovered,
    /// Every step, for every org, that does not itself wait for this one.
    AllFinished,
}

/// One step.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// Its id in the procedure.
    pub name: Box<str>,
    /// Who does it.
    pub by: Actor,
    /// What it is done for.
    pub for_each: ForEach,
    /// What it needs first.
    pub needs: Vec<Need>,
    /// What it does.
    pub issue: Issue,
    /// How long it takes.
    pub takes: Takes,
    /// When it applies.
    pub when: When,
    /// How it can go wrong, each with its own probability, in the order of the file's ids.
    pub can_fail: Vec<(Slip, Probability)>,
    /// How often it is tried again after a refusal.
    pub retries: u32,
    /// Where a refusal leads once the retries are used up.
    pub on_refused: Option<StepIx>,
    /// For `open-ticket`: which orgs (F-9).
    pub scope: TicketScope,
    /// Whether it was removed: then it counts as finished when its needs are.
    pub removed: bool,
}

/// Where the recovery's orgs are to go, in the order in which it is tried.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A new connector in this region.
    Region(crate::model::ids::RegionIx),
    /// This existing connector (F-7).
    Adopt(crate::model::ids::ConnectorIx),
    /// The same geography if it has a supported, healthy region, else the
    /// fallback order (D-14, D-15).
    Automatic,
    /// As automatic, but never out of the geography (D-14).
    StayInGeography,
}

/// A procedure as it is written.
#[derive(Clone, PartialEq, Debug)]
pub struct Procedure {
    /// Its name and version: `single-region-dr@2023-10-09`.
    pub id: Box<str>,
    /// The steps, in the order in which they are written.
    pub steps: Vec<Step>,
    /// Where the orgs are to go; empty means automatic.
    pub target: Vec<Target>,
}

impl Procedure {
    /// A step by its name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<StepIx> {
        self.steps
            .iter()
            .position(|it| &*it.name == name)
            .map(|at| StepIx(at as u8))
    }

    /// The step that does something, if one does.
    #[must_use]
    pub fn doing(&self, issue: Issue) -> Option<StepIx> {
        let does = |it: &Step| it.issue == issue && !it.removed;
        self.steps.iter().position(does).map(|at| StepIx(at as u8))
    }
}
