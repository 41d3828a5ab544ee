//! Alerts and assessments (recommendations), for reading.
//!
//! Each is where its connector is: while a region is down, those of its connectors do
//! not show. Severities, titles and so on are none of the model's, and plain words.

use super::bodies::{Alert, Assessment, AssessmentStatus, Resource};
use super::calls::Call;
use super::desk::Desk;
use super::errors::Fault;
use super::exchange::Answer;
use super::operations::dated;
use super::paging::page;
use crate::cloud::AlertView;
use crate::model::fleet::RecordKind;
use crate::model::ids::{ConnectorIx, OrgIx};
use std::collections::BTreeMap;

impl Desk<'_> {
    /// The orgs whose records show, with the connectors that hold them.
    fn holders(
        &self,
        subscription: &str,
        region: Option<&str>,
        only: Option<ConnectorIx>,
    ) -> Vec<(ConnectorIx, OrgIx)> {
        let cloud = &self.cloud;
        let of = |it: &ConnectorIx| {
            let same = |region: &str| cloud.listed(*it).region.eq_ignore_ascii_case(region);
            cloud
                .id(*it)
                .subscription
                .eq_ignore_ascii_case(subscription)
                && only.is_none_or(|only| only == *it)
                && region.is_none_or(same)
        };
        let connectors = cloud.connectors().into_iter().filter(of);
        connectors
            .flat_map(|it| {
                let owns = cloud.world().connector(it).owns.iter();
                owns.map(move |org| (it, OrgIx(org))).collect::<Vec<_>>()
            })
            .collect()
    }

    fn alerts_in(&self, call: &Call<'_>, region: Option<&str>) -> Result<Answer, Fault> {
        let subscription = self.subscription(call)?;
        let holders = self.holders(subscription, region, None);
        let all = holders.into_iter().flat_map(|(connector, org)| {
            let alerts = self.cloud.alerts(connector, org).unwrap_or_default();
            alerts.into_iter().map(move |it| (connector, org, it))
        });
        page(call, all, |(connector, org, alert)| {
            self.alert(subscription, connector, org, alert)
        })
    }

    fn alert(
        &self,
        subscription: &str,
        connector: ConnectorIx,
        org: OrgIx,
        it: AlertView,
    ) -> Resource<'_, Alert<'_>> {
        let fleet = &self.cloud.plan().fleet;
        let name = format!("{:016x}-{}", fleet.org(org).key.0, it.index);
        let region = self.cloud.listed(connector).region;
        Resource {
            id: format!(
                "/subscriptions/{subscription}/providers/Microsoft.Security/locations/{region}\
                 /alerts/{name}"
            ),
            name: name.into(),
            kind: "Microsoft.Security/Locations/alerts",
            properties: Alert {
                alert_display_name: "An alert about an org",
                status: "Active",
                severity: "Medium",
                time_generated_utc: dated(it.raised),
                compromised_entity: fleet.org_name(org),
            },
        }
    }

    fn assessments_in(&self, call: &Call<'_>, only: Option<ConnectorIx>) -> Result<Answer, Fault> {
        let subscription = self.subscription(call)?;
        let holders = self.holders(subscription, None, only);
        let at = RecordKind::Recommendation.ix();
        let all = holders.into_iter().flat_map(|(connector, org)| {
            let count = self.cloud.records(connector, org).map_or(0, |it| it[at]);
            (0..count).map(move |index| (connector, org, index))
        });
        page(call, all, |(connector, org, index)| {
            self.assessment(connector, org, index)
        })
    }

    fn assessment(
        &self,
        connector: ConnectorIx,
        org: OrgIx,
        index: u32,
    ) -> Resource<'_, Assessment> {
        let fleet = &self.cloud.plan().fleet;
        let name = format!("{:016x}-{index}", fleet.org(org).key.0);
        let id = self.cloud.id(connector);
        let details = [
            ("source", "Azure".to_owned()),
            ("id", id.to_string()),
            ("org", fleet.org_name(org).to_owned()),
        ];
        Resource {
            id: format!("{id}/providers/Microsoft.Security/assessments/{name}"),
            name: name.into(),
            kind: "Microsoft.Security/assessments",
            properties: Assessment {
                display_name: "A recommendation about an org",
                status: AssessmentStatus { code: "Unhealthy" },
                resource_details: BTreeMap::from(details),
            },
        }
    }
}

pub(super) fn alerts(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    desk.alerts_in(call, None)
}

pub(super) fn alerts_of_region(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    desk.alerts_in(call, Some(call.name(1)))
}

pub(super) fn assessments(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    desk.assessments_in(call, None)
}

pub(super) fn assessments_of_connector(
    desk: &mut Desk<'_>,
    call: &Call<'_>,
) -> Result<Answer, Fault> {
    let connector = desk.connector(call)?;
    desk.cloud.connector(connector)?;
    desk.assessments_in(call, Some(connector))
}
