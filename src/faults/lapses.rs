//! What always goes wrong with people: slips and absences that a defect arms for
//! every connector of a fleet, through the same door as the timeline's.

use super::{ArmedSlip, Fault, FaultKind};
use crate::chance::{DurationDist, EntityKey, Probability};
use crate::model::catalogue::Availability;
use crate::model::command::Actor;
use crate::model::fleet::Fleet;
use crate::model::ids::{ConnectorIx, RegionIx, entity_key};
use crate::model::ranges::RangeSet;
use crate::procedure::{Graph, Issue, Slip};
use crate::time::{Duration, Instant};

macro_rules! lapses {
    ($($(#[$doc:meta])* $name:ident $slug:literal: $says:literal;)*) => {
        /// A way in which people get it wrong.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Lapse { $($(#[$doc])* $name,)* }

        impl Lapse {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name of the defect.
            #[must_use]
            pub const fn defect(self) -> &'static str {
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

lapses! {
    /// F-8, F-9.
    FilesForNeighbour "files-for-the-neighbour": "The ticket carries the Resource ID of the next connector of the fleet.";
    /// F-8.
    CopiesDeadId "copies-a-dead-id": "The Resource ID that is copied names no connector.";
    /// F-9.
    ForgetsOrg "forgets-an-org": "An org is left out of the ticket.";
    /// F-9.
    ForgetsTicket "thinks-the-ticket-is-open": "Nobody opens the ticket, and everybody thinks that somebody did.";
    /// D-7.
    ForgetsAuthorization "thinks-it-is-authorised": "Nobody authorises the new connector, and everybody thinks that somebody did.";
    /// F-10.
    ForgetsAnnotations "thinks-the-annotations-are-back": "Nobody recreates the annotations of the first org.";
    /// F-12.
    ForgetsDeletion "thinks-it-is-deleted": "Nobody deletes the old connector, and everybody thinks that somebody did.";
    /// F-12.
    TidiesUp "tidies-up-with-the-ticket": "Whoever opens the ticket also deletes the old connector, if it is up.";
    /// F-6, F-7.
    TwoOperators "two-operators-at-once": "Two operators each create and authorise a new connector.";
    /// D-14.
    PicksFarRegion "picks-the-farthest-region": "The new connector is created in the supported region that is farthest away.";
    /// F-2.
    PicksAnnouncedRegion "picks-an-announced-region": "The new connector is tried in a region that is only announced.";
    /// D-7, D-8.
    AuthorizerAway "sends-the-authoriser-home": "Nobody is there who could authorise, for the first twelve hours.";
    /// F-4.
    NobodyOnCall "has-nobody-on-call": "No operator is there for the first eight days.";
}

impl Lapse {
    /// What it adds to the faults of a scenario. Armed at T+0, each slip waits for
    /// the recovery of its connector, which may never come.
    #[must_use]
    pub fn faults(self, fleet: &Fleet, procedure: &Graph) -> Vec<Fault> {
        let all = || (0..fleet.connectors().len()).map(ConnectorIx::from);
        let (hours, days) = (Duration::from_hours, Duration::from_days);
        match self {
            Self::AuthorizerAway => {
                let kind = FaultKind::AuthorizerAbsent(all().collect());
                vec![self.fault(EntityKey(0), "everybody", Some(hours(12)), kind)]
            }
            Self::NobodyOnCall => {
                let kind = FaultKind::OperatorAbsent(Actor::Operator, None);
                vec![self.fault(EntityKey(0), "operators", Some(days(8)), kind)]
            }
            _ => all()
                .filter_map(|it| self.slip(it, fleet, procedure))
                .map(|slip| {
                    let connector = &fleet.connectors()[slip.connector.ix()];
                    self.fault(connector.key, &connector.name, None, FaultKind::Slip(slip))
                })
                .collect(),
        }
    }

    fn fault(self, of: EntityKey, name: &str, lasts: Option<Duration>, kind: FaultKind) -> Fault {
        let own = entity_key("defect", self.defect());
        Fault {
            key: EntityKey(own.0 ^ of.0),
            id: format!("{}:{name}", self.defect()).into(),
            at: Instant::ZERO,
            chance: Probability::ALWAYS,
            lasts: lasts.map(DurationDist::fixed),
            kind,
        }
    }

    /// The slip on the recovery of a connector, if the procedure has its step.
    fn slip(self, connector: ConnectorIx, fleet: &Fleet, procedure: &Graph) -> Option<ArmedSlip> {
        let (slip, issue) = match self {
            Self::FilesForNeighbour => (Slip::WrongResourceId, Issue::OpenTicket),
            Self::CopiesDeadId => (Slip::WrongResourceId, Issue::CopyResourceId),
            Self::ForgetsOrg => (Slip::OrgForgotten, Issue::OpenTicket),
            Self::ForgetsTicket => (Slip::StepSkipped, Issue::OpenTicket),
            Self::ForgetsAuthorization => (Slip::StepSkipped, Issue::Authorize),
            Self::ForgetsAnnotations => (Slip::StepSkipped, Issue::RecreateAnnotations),
            Self::ForgetsDeletion => (Slip::StepSkipped, Issue::DeleteConnector),
            Self::TidiesUp => (Slip::DeletedEarly, Issue::OpenTicket),
            Self::TwoOperators => (Slip::SecondConnector, Issue::CreateConnector),
            Self::PicksFarRegion | Self::PicksAnnouncedRegion => {
                (Slip::WrongRegion, Issue::CreateConnector)
            }
            Self::AuthorizerAway | Self::NobodyOnCall => return None,
        };
        Some(ArmedSlip {
            connector,
            step: Some(procedure.doing(issue)?),
            slip,
            names: self.names(connector, fleet),
            region: self.region(connector, fleet),
            orgs: RangeSet::new(),
        })
    }

    /// Whose Resource ID stands in the ticket.
    fn names(self, connector: ConnectorIx, fleet: &Fleet) -> ConnectorIx {
        let count = fleet.connectors().len();
        if self == Self::FilesForNeighbour && count > 1 {
            ConnectorIx::from((connector.ix() + 1) % count)
        } else {
            ConnectorIx::NONE
        }
    }

    fn region(self, connector: ConnectorIx, fleet: &Fleet) -> Option<RegionIx> {
        let (catalogue, own) = (fleet.catalogue(), fleet.connectors()[connector.ix()].region);
        let soon = |at: &usize| catalogue.regions[*at].availability == Availability::ComingSoon;
        match self {
            Self::PicksFarRegion => catalogue.candidates(own).last(),
            Self::PicksAnnouncedRegion => {
                let mut all = 0..catalogue.regions.len();
                all.find(soon).map(RegionIx::from)
            }
            _ => None,
        }
    }
}
