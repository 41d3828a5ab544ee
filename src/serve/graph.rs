//! Resource Graph: the inventory of connectors (L-6), by query.

use super::bodies::{GraphAsked, GraphFound};
use super::calls::Call;
use super::connectors::words;
use super::desk::Desk;
use super::errors::Fault;
use super::exchange::Answer;
use super::kql::Query;
use crate::cloud::InventoryRow;
use serde_json::{Value, json};

/// The most rows of one answer.
const ROWS_MAX: usize = 1_000;

fn row(it: &InventoryRow) -> Value {
    let [environment, data, offering] = words(it.scm);
    json!({
        "id": it.id.to_string(),
        "name": it.id.name,
        "type": "microsoft.security/securityconnectors",
        "location": it.region,
        "resourceGroup": it.id.group.to_lowercase(),
        "subscriptionId": it.id.subscription,
        "tags": {},
        "properties": {
            "hierarchyIdentifier": it.hierarchy,
            "environmentName": environment,
            "environmentData": { "environmentType": data },
            "offerings": [{ "offeringType": offering }],
        },
    })
}

pub(super) fn query(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let asked: GraphAsked = call.body()?;
    let text = asked.query.unwrap_or_default();
    let query: Query = text.parse().map_err(|error: super::kql::BadQuery| {
        Fault::arm(400, "InvalidQuery", error.to_string())
    })?;
    let options = asked.options.unwrap_or_default();
    let format = options.result_format.as_deref().unwrap_or("objectArray");
    if !format.eq_ignore_ascii_case("objectArray") {
        let says = format!("The resultFormat {format:?} is not understood: objectArray is.");
        return Err(Fault::invalid(says));
    }
    let wanted = asked.subscriptions.filter(|it| !it.is_empty());
    let of = |it: &InventoryRow| {
        wanted.as_ref().is_none_or(|all| {
            let mut all = all.iter();
            all.any(|one| it.id.subscription.eq_ignore_ascii_case(one))
        })
    };
    let rows = desk.cloud.inventory()?;
    let rows = rows.iter().filter(|it| of(it)).map(row).collect();
    let found = query.run(rows);
    let from = match options.skip_token.as_deref() {
        None => options.skip.unwrap_or(0) as usize,
        Some(token) => token.parse::<u32>().map_err(|_| {
            let says = "The $skipToken is none that was given out.";
            Fault::arm(400, "InvalidSkipToken", says)
        })? as usize,
    };
    let top = options.top.map_or(ROWS_MAX, |it| it as usize);
    let top = top.clamp(1, ROWS_MAX);
    let total = found.len();
    let data: Vec<Value> = found.into_iter().skip(from).take(top).collect();
    let next = from + data.len();
    let truncated = next < total;
    Ok(Answer::json(
        200,
        &GraphFound {
            total_records: total,
            count: data.len(),
            result_truncated: "false".to_owned(),
            facets: Vec::new(),
            data,
            skip_token: truncated.then(|| next.to_string()),
        },
    ))
}
