//! Whether it is Meta that calls.

use super::accounts::app_secret;
use crate::{
    Account, Incoming, Refusal, Reply,
    signature::{is_hmac_hex, same},
};
use http::Method;
use std::collections::HashMap;

/// The longest challenge that is repeated.
const LONGEST: usize = 128;

/// Answers Meta's question whether the address is ours. Only a plain word is repeated, so that nobody can put words into
/// our mouth.
pub(super) fn challenge(account: &Account, incoming: &Incoming<'_>) -> Option<Reply> {
    if incoming.method != Method::GET {
        return None;
    }
    let query: HashMap<_, _> = url::form_urlencoded::parse(incoming.query.as_bytes()).collect();
    let secret = account.door_secret.expose();
    let is_ours = same(query.get("hub.verify_token")?, secret) & !secret.is_empty();
    let challenge = query.get("hub.challenge")?;
    let is_plain = (1..=LONGEST).contains(&challenge.len())
        && challenge
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let is_question = query.get("hub.mode").is_some_and(|mode| mode == "subscribe");
    (is_ours && is_question && is_plain).then(|| Reply::Text(challenge.to_string()))
}

/// Checks the signature over the body, byte for byte.
pub(super) fn verify(account: &Account, incoming: &Incoming<'_>) -> Result<(), Refusal> {
    if incoming.method != Method::POST {
        let asks = incoming.method == Method::GET && incoming.query.contains("hub.");
        return Err(if asks { Refusal::Forged } else { Refusal::Method });
    }
    let given = incoming.header("x-hub-signature-256").ok_or(Refusal::Unsigned)?;
    let secret = app_secret(account);
    let is_right = given
        .strip_prefix("sha256=")
        .is_some_and(|hex| is_hmac_hex(hex, secret.as_bytes(), &[incoming.body]));
    // Without a secret everybody could sign.
    if is_right && !secret.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Forged)
    }
}
