//! What the lab is made of.

use super::lab::{A, B};
use crate::chance::DurationDist;
use crate::model::catalogue::SEED;
use crate::model::command::{Actor, TicketScope};
use crate::model::fleet::{Connector, Fleet, Org, Scm};
use crate::model::ids::{ConnectorIx, StepIx, TenantIx, entity_key};
use crate::model::ranges::RangeSet;
use crate::procedure::{ForEach, Issue, Need, Procedure, Step, Takes, When};
use crate::time::Duration;

/// Two connectors, and six orgs of which the last does not exist yet.
pub(super) fn fleet() -> Fleet {
    let mut fleet = Fleet::new(&SEED);
    for (name, region, scm) in [
        ("alpha", "westeurope", Scm::AzureDevOps),
        ("beta", "centralus", Scm::AzureDevOps),
    ] {
        let region = SEED.find(region).expect("it is in the catalogue");
        fleet.add_connector(Connector {
            key: entity_key("connector", name),
            name: name.into(),
            tenant: TenantIx(0),
            region,
            scm,
            auto_discovery: true,
            owns: RangeSet::new(),
            grants: RangeSet::new(),
            listed: RangeSet::new(),
        });
    }
    let day_s = 24 * 3600;
    for (at, owner) in [A, A, A, B, B, ConnectorIx::NONE].into_iter().enumerate() {
        let name = format!("org-{at}");
        let mut org = Org::new(
            entity_key("org", &name),
            TenantIx(0),
            Scm::AzureDevOps,
            owner,
        );
        org.annotated = owner.is_some();
        org.records = [0, 4, 3, 2, 1];
        // Of five alerts one is a week old, to the second, and one older.
        fleet.add_org(
            &name,
            org,
            [day_s, 3 * day_s, 6 * day_s, 7 * day_s, 8 * day_s].into_iter(),
        );
    }
    for connector in [A, B] {
        let owns = fleet.connectors()[connector.ix()].owns.clone();
        fleet.connector_mut(connector).grants = owns;
    }
    fleet
}

/// The seed's procedure as far as the measures look at it.
pub(super) fn procedure() -> Procedure {
    use Actor::{Operator, Platform, Support};
    use Issue::*;
    let steps: [(&str, Actor, Issue, &[u8]); 12] = [
        ("detect", Operator, Detect, &[]),
        ("decide", Operator, Nothing, &[0]),
        ("copy-resource-id", Operator, CopyResourceId, &[1]),
        ("create-connector", Operator, CreateConnector, &[2]),
        ("open-ticket", Operator, OpenTicket, &[3]),
        ("triage-ticket", Support, TriageTicket, &[4]),
        ("release-ownership", Support, ReleaseOwnership, &[5]),
        ("discover", Platform, Discover, &[6]),
        ("recreate-annotations", Operator, RecreateAnnotations, &[7]),
        ("recreate-records", Platform, RecreateRecords, &[7]),
        ("promote", Platform, Promote, &[8, 9]),
        ("delete-connector", Operator, DeleteConnector, &[10]),
    ];
    let step = |(name, by, issue, needs): (&str, Actor, Issue, &[u8])| {
        let mut needs: Vec<Need> = needs.iter().map(|&it| Need::Step(StepIx(it))).collect();
        if issue == Promote {
            needs.push(Need::RegionRecovered);
        }
        Step {
            name: name.into(),
            by,
            for_each: if issue == TriageTicket {
                ForEach::Ticket
            } else {
                issue.for_each()
            },
            needs,
            issue,
            takes: Takes::Time(DurationDist::fixed(Duration::MINUTE)),
            when: When::Always,
            can_fail: Vec::new(),
            retries: 0,
            on_refused: (issue == TriageTicket).then_some(StepIx(2)),
            scope: TicketScope::All,
            removed: false,
        }
    };
    Procedure {
        id: "by-hand".into(),
        steps: steps.into_iter().map(step).collect(),
        target: Vec::new(),
    }
}
