//! Meta's word that somebody has taken back what the app was allowed.

use super::accounts::app_secret;
use crate::{Account, Incoming, Refusal, lenient, signature::is_hmac};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use http::Method;
use model::Timestamp;
use serde::Deserialize;

/// What follows the callback URL in the address that Meta tells it to.
pub const DEAUTHORISE: &str = "deauthorize";

/// Whoever has taken the permission back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deauthorised {
    /// The id at Meta, as the app knows it.
    pub user: String,
    /// When.
    pub at: Timestamp,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Payload {
    algorithm: String,
    #[serde(deserialize_with = "lenient::text")]
    user_id: Option<String>,
    issued_at: i64,
}

/// Reads a `signed_request`, if Meta has signed it with the app's secret; the comparison takes the same time wherever the
/// first difference is.
///
/// # Errors
///
/// [`Refusal`].
pub fn deauthorised(account: &Account, incoming: &Incoming<'_>) -> Result<Deauthorised, Refusal> {
    if incoming.method != Method::POST {
        return Err(Refusal::Method);
    }
    let mut pairs = url::form_urlencoded::parse(incoming.body);
    let (_, request) = pairs
        .find(|(name, _)| name == "signed_request")
        .ok_or(Refusal::Unsigned)?;
    let (signature, payload) = request.split_once('.').ok_or(Refusal::Unsigned)?;
    let decode = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
    let secret = app_secret(account);
    let is_right = decode(signature).is_some_and(|given| is_hmac(&given, secret.as_bytes(), &[payload.as_bytes()]));
    // Without a secret everybody could sign.
    if !is_right || secret.is_empty() {
        return Err(Refusal::Forged);
    }
    let payload = decode(payload).and_then(|json| serde_json::from_slice::<Payload>(&json).ok());
    let payload = payload.filter(|payload| payload.algorithm.eq_ignore_ascii_case("HMAC-SHA256"));
    let payload = payload.ok_or(Refusal::Forged)?;
    Ok(Deauthorised {
        user: payload.user_id.filter(|user| !user.is_empty()).ok_or(Refusal::Forged)?,
        at: Timestamp(payload.issued_at.saturating_mul(1_000)),
    })
}
