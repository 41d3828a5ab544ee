//! Subscriptions, tenants, tokens: what a command-line client asks for first.
//!
//! Nothing is guarded: any token is taken, and none is needed.

use super::bodies::{Metadata, MetadataAuthentication, Page, Subscription, Tenant, Token};
use super::calls::Call;
use super::desk::Desk;
use super::errors::Fault;
use super::exchange::Answer;
use crate::cloud::Cloud;
use std::collections::BTreeMap;

/// The tenant of the identity that answers for all subscriptions.
const TENANT: &str = "00000000-0000-4000-9000-000000000000";

/// The identity that tokens are for.
const CLIENT: &str = "00000000-0000-4000-a000-000000000000";

/// When tokens expire, in seconds of 1970: far away, since clients look at their own
/// clocks (2100-01-01).
const EXPIRES: u64 = 4_102_444_800;

/// The subscriptions of the fleet, in order.
fn known<'c>(cloud: &'c Cloud<'_>) -> Vec<&'c str> {
    let mut found: Vec<&str> = Vec::new();
    for id in cloud.ids() {
        let mut all = found.iter();
        if !all.any(|it| it.eq_ignore_ascii_case(&id.subscription)) {
            found.push(&id.subscription);
        }
    }
    found
}

fn shown(subscription: &str) -> Subscription {
    Subscription {
        id: format!("/subscriptions/{subscription}"),
        subscription_id: subscription.to_owned(),
        tenant_id: TENANT.to_owned(),
        display_name: "lifeboat".to_owned(),
        state: "Enabled".to_owned(),
    }
}

pub(super) fn subscriptions(desk: &mut Desk<'_>, _: &Call<'_>) -> Result<Answer, Fault> {
    let value = known(&desk.cloud).into_iter().map(shown).collect();
    let next_link = None;
    Ok(Answer::json(200, &Page { value, next_link }))
}

pub(super) fn subscription(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let found = desk.subscription(call)?;
    Ok(Answer::json(200, &shown(found)))
}

pub(super) fn tenants(_: &mut Desk<'_>, _: &Call<'_>) -> Result<Answer, Fault> {
    let tenant = Tenant {
        id: format!("/tenants/{TENANT}"),
        tenant_id: TENANT.to_owned(),
    };
    let (value, next_link) = (vec![tenant], None);
    Ok(Answer::json(200, &Page { value, next_link }))
}

pub(super) fn metadata(_: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let origin = call.request.origin.clone();
    let body = Metadata {
        name: "lifeboat".to_owned(),
        resource_manager: origin.clone(),
        portal: origin.clone(),
        gallery: origin.clone(),
        suffixes: BTreeMap::new(),
        authentication: MetadataAuthentication {
            login_endpoint: origin.clone(),
            audiences: vec![origin],
        },
    };
    Ok(Answer::json(200, &body))
}

pub(super) fn token(_: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let resource = call.parameter("resource").unwrap_or(&call.request.origin);
    let claims = serde_json::json!({
        "aud": resource,
        "tid": TENANT,
        "oid": CLIENT,
        "appid": CLIENT,
        "sub": CLIENT,
        "exp": EXPIRES,
        "xms_mirid": "/subscriptions/lifeboat",
    });
    let parts = [
        r#"{"typ":"JWT","alg":"none"}"#.to_owned(),
        claims.to_string(),
    ];
    let parts = parts.map(|it| base64url(it.as_bytes()));
    let body = Token {
        access_token: format!("{}.{}.unsigned", parts[0], parts[1]),
        expires_on: EXPIRES.to_string(),
        resource: resource.to_owned(),
        token_type: "Bearer".to_owned(),
        client_id: CLIENT.to_owned(),
    };
    Ok(Answer::json(200, &body))
}

/// Base64 as tokens are written in: for addresses, without padding.
fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let all = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..=three.len() as u32 {
            let digit = all >> (18 - 6 * at) & 0x3f;
            out.push(char::from(DIGITS[digit as usize]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn base64_is_that_of_rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(super::base64url(bytes.as_bytes()), text);
        }
        assert_eq!(super::base64url(&[0xfb, 0xff]), "-_8");
    }
}
