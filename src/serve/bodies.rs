//! The shapes of bodies, as the vendor's clients read and write them.
//!
//! What is read denies nothing unknown: real clients send more than is modelled. What
//! is written borrows: a list has many rows, and most of a row is the same in each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What every answered thing begins with.
#[derive(Clone, Serialize, JsonSchema, Debug)]
pub(super) struct Resource<'a, P> {
    pub(super) id: String,
    pub(super) name: Cow<'a, str>,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) properties: P,
}

/// One page of a list.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page<T> {
    pub(super) value: Vec<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next_link: Option<String>,
}

/// The resource manager's error.
#[derive(Clone, Serialize, JsonSchema, Debug)]
pub(super) struct ArmErrorBody {
    pub(super) error: ArmError,
}

/// Its code and what it says.
#[derive(Clone, Serialize, JsonSchema, Debug)]
pub(super) struct ArmError {
    pub(super) code: String,
    pub(super) message: String,
}

/// The connectors' own error.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConnectorError {
    pub(super) status_code: u16,
    pub(super) error_message: String,
    pub(super) error_correlation: String,
}

/// A connector.
#[derive(Clone, Serialize, JsonSchema, Debug)]
pub(super) struct Connector<'a> {
    pub(super) id: String,
    pub(super) name: &'a str,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) location: &'static str,
    pub(super) tags: &'a BTreeMap<String, String>,
    pub(super) properties: ConnectorProperties,
}

/// What a connector is.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConnectorProperties {
    pub(super) hierarchy_identifier: String,
    pub(super) environment_name: &'static str,
    pub(super) environment_data: EnvironmentData,
    #[schemars(with = "Vec<Offering>")]
    pub(super) offerings: [Offering; 1],
}

/// Its kind, once more.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct EnvironmentData {
    pub(super) environment_type: &'static str,
}

/// What it does.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Offering {
    pub(super) offering_type: &'static str,
}

/// What a client says of a connector.
#[derive(Deserialize, JsonSchema, Debug, Default)]
#[serde(default)]
pub(super) struct ConnectorAsked {
    pub(super) location: Option<String>,
    pub(super) tags: Option<BTreeMap<String, String>>,
    pub(super) properties: Option<ConnectorPropertiesAsked>,
}

/// What a client says it is.
#[derive(Deserialize, JsonSchema, Debug, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ConnectorPropertiesAsked {
    pub(super) hierarchy_identifier: Option<String>,
    pub(super) environment_name: Option<String>,
}

/// A connector's configuration.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct DevOps {
    pub(super) provisioning_state: &'static str,
    pub(super) authorization: Authorization,
    pub(super) auto_discovery: &'static str,
    pub(super) top_level_inventory_list: Vec<String>,
}

/// Consent; what was given is never given back.
#[derive(Clone, Serialize, Deserialize, JsonSchema, Debug, Default)]
#[serde(default)]
pub(super) struct Authorization {
    pub(super) code: Option<String>,
}

/// What a client says of a configuration, or of an org.
#[derive(Deserialize, JsonSchema, Debug)]
#[serde(bound = "P: Deserialize<'de> + Default")]
pub(super) struct Asked<P> {
    #[serde(default)]
    pub(super) properties: Option<P>,
}

/// What a client configures.
#[derive(Deserialize, JsonSchema, Debug, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct DevOpsAsked {
    pub(super) authorization: Option<Authorization>,
    pub(super) auto_discovery: Option<String>,
    pub(super) top_level_inventory_list: Option<Vec<String>>,
}

/// An org, owner or group; a project or repo of one.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Org<'a> {
    pub(super) provisioning_state: &'static str,
    pub(super) onboarding_state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Remediation>")]
    pub(super) actionable_remediation: Option<&'static RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parent_org_name: Option<&'a str>,
}

/// The annotation configuration.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Remediation {
    pub(super) state: &'static str,
    pub(super) category_configurations: &'static [Category],
    pub(super) inherit_from_parent_state: &'static str,
}

/// What is annotated, from which severity on.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Category {
    pub(super) category: &'static str,
    pub(super) minimum_severity_level: &'static str,
}

/// What a client says of an org.
#[derive(Deserialize, JsonSchema, Debug, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct OrgAsked {
    pub(super) actionable_remediation: Option<RemediationAsked>,
}

/// What a client says of annotations.
#[derive(Deserialize, JsonSchema, Debug, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct RemediationAsked {
    pub(super) state: Option<String>,
    pub(super) inherit_from_parent_state: Option<String>,
}

/// How far an operation is.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct OperationStatus {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) status: String,
    pub(super) start_time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<ArmError>,
}

/// An alert.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Alert<'a> {
    pub(super) alert_display_name: &'static str,
    pub(super) status: &'static str,
    pub(super) severity: &'static str,
    pub(super) time_generated_utc: String,
    pub(super) compromised_entity: &'a str,
}

/// Where an assessment stands.
#[derive(Clone, Serialize, JsonSchema, Debug)]
pub(super) struct AssessmentStatus {
    pub(super) code: &'static str,
}

/// A recommendation.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Assessment {
    pub(super) display_name: &'static str,
    pub(super) status: AssessmentStatus,
    pub(super) resource_details: BTreeMap<&'static str, String>,
}

/// A ticket.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ticket<'a> {
    pub(super) support_ticket_id: String,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    pub(super) severity: &'a str,
    pub(super) status: &'static str,
    pub(super) created_date: String,
}

/// What a client says of a ticket.
#[derive(Deserialize, JsonSchema, Debug, Default)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct TicketAsked {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) severity: Option<String>,
}

/// What support writes on a ticket.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Communication<'a> {
    pub(super) communication_type: &'static str,
    pub(super) communication_direction: &'static str,
    pub(super) sender: &'static str,
    pub(super) subject: &'a str,
    pub(super) body: String,
}

/// A query over all resources.
#[derive(Deserialize, JsonSchema, Debug, Default)]
#[serde(default)]
pub(super) struct GraphAsked {
    pub(super) query: Option<String>,
    pub(super) subscriptions: Option<Vec<String>>,
    pub(super) options: Option<GraphOptions>,
}

/// How much of what a query finds.
#[derive(Deserialize, JsonSchema, Debug, Default)]
#[serde(default)]
pub(super) struct GraphOptions {
    #[serde(rename = "$top")]
    pub(super) top: Option<u32>,
    #[serde(rename = "$skip")]
    pub(super) skip: Option<u32>,
    #[serde(rename = "$skipToken")]
    pub(super) skip_token: Option<String>,
    #[serde(rename = "resultFormat")]
    pub(super) result_format: Option<String>,
}

/// What a query found.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct GraphFound {
    pub(super) total_records: usize,
    pub(super) count: usize,
    pub(super) result_truncated: String,
    pub(super) facets: Vec<serde_json::Value>,
    pub(super) data: Vec<serde_json::Value>,
    #[serde(rename = "$skipToken", skip_serializing_if = "Option::is_none")]
    pub(super) skip_token: Option<String>,
}

/// A subscription.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Subscription {
    pub(super) id: String,
    pub(super) subscription_id: String,
    pub(super) tenant_id: String,
    pub(super) display_name: String,
    pub(super) state: String,
}

/// A tenant.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tenant {
    pub(super) id: String,
    pub(super) tenant_id: String,
}

/// Where a cloud's other services are, as `az cloud register` reads it.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Metadata {
    pub(super) name: String,
    pub(super) resource_manager: String,
    pub(super) portal: String,
    pub(super) gallery: String,
    pub(super) suffixes: BTreeMap<String, String>,
    pub(super) authentication: MetadataAuthentication,
}

/// Where tokens come from.
#[derive(Clone, Serialize, JsonSchema, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct MetadataAuthentication {
    pub(super) login_endpoint: String,
    pub(super) audiences: Vec<String>,
}

/// A token of a managed identity.
#[derive(Clone, Serialize, JsonSchema, Debug)]
pub(super) struct Token {
    pub(super) access_token: String,
    pub(super) expires_on: String,
    pub(super) resource: String,
    pub(super) token_type: String,
    pub(super) client_id: String,
}

/// What time it is.
#[derive(Clone, Serialize, JsonSchema, Debug)]
pub(super) struct ClockShown {
    /// As in `T+1h30m`.
    pub(super) now: String,
    pub(super) now_ms: i64,
    /// The same on the calendar that answers are dated by.
    pub(super) utc: String,
    /// When the run ends.
    pub(super) until: String,
    /// What moves the clock.
    pub(super) mode: String,
    /// The hash of all facts so far.
    pub(super) trace_hash: String,
}

/// How the clock is to be moved: one of the two.
#[derive(Deserialize, JsonSchema, Debug, Default)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ClockAsked {
    pub(super) advance: Option<String>,
    pub(super) to: Option<String>,
}

/// The run is to end now.
#[derive(Clone, Serialize, JsonSchema, Debug)]
pub(super) struct Ended {
    pub(super) ended: bool,
}
