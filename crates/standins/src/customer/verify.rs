//! Whether an event comes from the gateway.

use super::endpoint::{EndpointState, Scheme};
use crate::{
    clock::now_secs,
    sign::{hmac_hex, standard},
};
use http::HeaderMap;

/// So far a timestamp may be off, in seconds.
const TOLERANCE: i64 = 300;

/// The id of a genuine event, empty where the scheme has none; or why it is not genuine.
pub(super) fn verify(state: &EndpointState, headers: &HeaderMap, body: &[u8]) -> Result<String, &'static str> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match state.scheme {
        Scheme::Webitel => {
            let given = header("x-webitel-sign").ok_or("X-Webitel-Sign is missing")?;
            let fits = |secret: &String| hmac_hex(secret.as_bytes(), &[body]) == given;
            if state.secrets.iter().any(fits) {
                Ok(String::new())
            } else {
                Err("X-Webitel-Sign is wrong")
            }
        }
        Scheme::Standard => {
            let id = header("webhook-id").ok_or("webhook-id is missing")?;
            let timestamp = header("webhook-timestamp").ok_or("webhook-timestamp is missing")?;
            let signatures = header("webhook-signature").ok_or("webhook-signature is missing")?;
            if id.is_empty() || id.contains('.') {
                return Err("webhook-id is empty or has a dot");
            }
            let seconds: i64 = timestamp.parse().map_err(|_| "webhook-timestamp is no number")?;
            if (now_secs() - seconds).abs() > TOLERANCE {
                return Err("webhook-timestamp is too far from now");
            }
            let fits = |secret: &String| {
                let right = standard(secret, id, timestamp, body);
                signatures.split(' ').any(|given| given == right)
            };
            if state.secrets.iter().any(fits) {
                Ok(id.to_owned())
            } else {
                Err("webhook-signature is wrong")
            }
        }
    }
}
