//! The OpenAPI document, written from the table of calls and the shapes of bodies.

use super::bodies as shape;
use super::calls::{Api, PATHS, Path, Verb};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The shapes by the names that the table of calls has for them.
fn shapes(generator: &mut SchemaGenerator) -> Map<String, Value> {
    let mut found = Map::new();
    macro_rules! shapes {
        ($($name:literal: $shape:ty;)*) => {
            $(found.insert($name.to_owned(), generator.subschema_for::<$shape>().to_value());)*
        };
    }
    shapes! {
        "Connector": shape::Connector<'_>;
        "ConnectorPage": shape::Page<shape::Connector<'_>>;
        "ConnectorAsked": shape::ConnectorAsked;
        "DevOps": shape::Resource<'_, shape::DevOps>;
        "DevOpsPage": shape::Page<shape::Resource<'_, shape::DevOps>>;
        "DevOpsAsked": shape::Asked<shape::DevOpsAsked>;
        "Org": shape::Resource<'_, shape::Org<'_>>;
        "OrgPage": shape::Page<shape::Resource<'_, shape::Org<'_>>>;
        "OrgAsked": shape::Asked<shape::OrgAsked>;
        "OperationStatus": shape::OperationStatus;
        "AlertPage": shape::Page<shape::Resource<'_, shape::Alert<'_>>>;
        "AssessmentPage": shape::Page<shape::Resource<'_, shape::Assessment>>;
        "GraphAsked": shape::GraphAsked;
        "GraphFound": shape::GraphFound;
        "Ticket": shape::Resource<'_, shape::Ticket<'_>>;
        "TicketPage": shape::Page<shape::Resource<'_, shape::Ticket<'_>>>;
        "TicketAsked": shape::Asked<shape::TicketAsked>;
        "CommunicationPage": shape::Page<shape::Resource<'_, shape::Communication<'_>>>;
        "Subscription": shape::Subscription;
        "SubscriptionPage": shape::Page<shape::Subscription>;
        "TenantPage": shape::Page<shape::Tenant>;
        "Metadata": shape::Metadata;
        "Token": shape::Token;
        "ClockShown": shape::ClockShown;
        "ClockAsked": shape::ClockAsked;
        "Ended": shape::Ended;
        "ArmError": shape::ArmErrorBody;
        "ConnectorError": shape::ConnectorError;
    }
    found
}

/// The OpenAPI document of everything that is served.
#[must_use]
pub fn openapi() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|it| {
        it.definitions_path = "/components/schemas".into();
        it.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let shapes = shapes(&mut generator);
    let paths: Map<String, Value> = PATHS
        .iter()
        .map(|it| (it.path.to_owned(), path_item(it, &shapes)))
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "lifeboat serve",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A simulated control plane. What the vendor never published is assumed: see docs/serving.md.",
        },
        "paths": paths,
        "components": { "schemas": generator.take_definitions(true) },
    })
}

fn path_item(path: &Path, shapes: &Map<String, Value>) -> Value {
    let verbs = path.verbs.iter();
    let item: Map<String, Value> = verbs
        .map(|it| (it.method.to_lowercase(), operation(path, it, shapes)))
        .collect();
    Value::Object(item)
}

fn parameters(path: &Path, verb: &Verb) -> Vec<Value> {
    let names = path.path.split('/').filter_map(|it| {
        let name = it.strip_prefix('{')?.strip_suffix('}')?;
        Some(json!({
            "name": name, "in": "path", "required": true,
            "schema": { "type": "string", "minLength": 1, "maxLength": 260 },
        }))
    });
    let versions = path.api.versions();
    let version = (!versions.is_empty()).then(|| {
        let schema = match path.api {
            Api::Accounts => json!({ "type": "string", "format": "date", "examples": versions }),
            _ => json!({ "type": "string", "enum": versions }),
        };
        json!({ "name": "api-version", "in": "query", "required": true, "schema": schema })
    });
    let paged = verb.gives.ends_with("Page").then(|| {
        json!({ "name": "$top", "in": "query", "required": false,
                "schema": { "type": "integer", "minimum": 1, "maximum": 4_294_967_295_u32 } })
    });
    names.chain(version).chain(paged).collect()
}

fn content(shape: &Value) -> Value {
    json!({ "application/json": { "schema": shape } })
}

fn operation(path: &Path, verb: &Verb, shapes: &Map<String, Value>) -> Value {
    let mut responses = Map::new();
    for &status in verb.good {
        let mut response = json!({ "description": "As asked." });
        if !verb.gives.is_empty() {
            response["content"] = content(&shapes[verb.gives]);
        }
        if matches!(status, 201 | 202) && path.api != Api::Connectors {
            response["headers"] = json!({
                "Azure-AsyncOperation": {
                    "description": "Where to ask how far it is.",
                    "schema": { "type": "string", "format": "uri" },
                },
            });
        }
        responses.insert(status.to_string(), response);
    }
    let gateway = json!({ "description": "The region is down: no body." });
    responses.insert("502".to_owned(), gateway);
    let either = json!({ "oneOf": [&shapes["ArmError"], &shapes["ConnectorError"]] });
    let error = json!({ "description": "Why not.", "content": content(&either) });
    responses.insert("4XX".to_owned(), error);
    let mut operation = json!({
        "operationId": verb.name,
        "parameters": parameters(path, verb),
        "responses": responses,
    });
    if !verb.takes.is_empty() {
        operation["requestBody"] =
            json!({ "required": true, "content": content(&shapes[verb.takes]) });
    }
    operation
}
