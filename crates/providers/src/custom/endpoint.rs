//! Calls to the customer's endpoint, and what its answers mean.

use super::{is_older, keys::Keys, settings, signed};
use crate::{Account, Answer, Call, Wire, signature};
use model::message::{ErrorClass, ProviderError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The header of the older signature.
pub(super) const OLDER_SIGNATURE: &str = "x-webitel-sign";
/// The longest id that goes into a header as it is.
const LONGEST_ID: usize = 128;
/// So much of an answer is told, in characters.
const TOLD: usize = 200;

/// The id of an event: its key, or a digest of one that would not do in a header. An id has no dot, because the dot divides
/// what is signed.
pub(super) fn id(key: &str) -> String {
    let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b':');
    if !key.is_empty() && key.len() <= LONGEST_ID && key.bytes().all(plain) {
        return key.to_owned();
    }
    let digest = Sha256::digest(key);
    digest
        .iter()
        .fold("key-".to_owned(), |id, byte| format!("{id}{byte:02x}"))
}

/// Posts an event, signed in the way that the settings say.
pub(super) async fn post(
    wire: &Wire,
    account: &Account,
    id: &str,
    event: &impl Serialize,
) -> Result<Answer, ProviderError> {
    check(wire, account)?;
    let call = Call::post(&settings(account).webhook, event);
    let answer = wire.call(sign(wire, account, id, call)?).await?;
    if answer.is_success() {
        Ok(answer)
    } else {
        Err(refusal(wire, &answer))
    }
}

/// Whether the settings let anything be sent; nothing is called.
pub(super) fn check(wire: &Wire, account: &Account) -> Result<(), ProviderError> {
    let url = &settings(account).webhook;
    if !url.starts_with("https://") && !wire.may_be_plain(url) {
        let message = "The callback has to begin with https://, or else everybody on the way reads along. For a host in your \
                       own network ask the operator of this server to add it to allowed_hosts.";
        return Err(failure(ErrorClass::Invalid, message.to_owned()));
    }
    keys(account).map(|_| ())
}

/// The endpoint's host, by which an administrator knows it again.
pub(super) fn host(account: &Account) -> String {
    let url = url::Url::parse(&settings(account).webhook).ok();
    url.and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}

/// What the customer's system calls a message, if it says.
pub(super) fn external_id(answer: &Answer) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id {
        Text(String),
        Number(u64),
    }
    #[derive(Deserialize)]
    struct Taken {
        external_id: Option<Id>,
    }
    let id = match answer.json::<Taken>()?.external_id? {
        Id::Text(text) => text,
        Id::Number(number) => number.to_string(),
    };
    let fits = !id.trim().is_empty() && id.chars().count() <= 256 && !id.chars().any(char::is_control);
    fits.then_some(id)
}

fn sign(wire: &Wire, account: &Account, id: &str, call: Call) -> Result<Call, ProviderError> {
    let keys = keys(account)?;
    if is_older(account) {
        // It has room for one signature only, so the former secret does not count here.
        let signature = signature::hmac_hex(keys.present(), &[&call.body]);
        return Ok(call.header(OLDER_SIGNATURE, signature));
    }
    let timestamp = wire.now().0.div_euclid(1_000).to_string();
    let signature = signed::sign(&keys, id, &timestamp, &call.body);
    Ok(call
        .header(signed::ID, id)
        .header(signed::TIMESTAMP, timestamp)
        .header(signed::SIGNATURE, signature))
}

fn keys(account: &Account) -> Result<Keys, ProviderError> {
    Keys::of(account, settings(account).signature).ok_or_else(|| {
        let message = "The App Secret is missing or is no key, so nothing can be signed. Replace it.";
        failure(ErrorClass::Auth, message.to_owned())
    })
}

/// What an answer without success means.
fn refusal(wire: &Wire, answer: &Answer) -> ProviderError {
    let status = answer.status;
    let retry_after = answer.retry_after();
    let (class, advice) = match status {
        300..=399 => (
            ErrorClass::Invalid,
            "Redirects are not followed: enter the final address as the callback.",
        ),
        401 => (
            ErrorClass::Auth,
            "Compare the App Secret with the one that your system knows.",
        ),
        410 => (
            ErrorClass::Permission,
            "The endpoint is gone: enter another callback, or disable the gateway.",
        ),
        429 => (ErrorClass::RateLimited { retry_after }, ""),
        // It says when it will be back.
        502..=504 if retry_after.is_some() => (ErrorClass::RateLimited { retry_after }, ""),
        408 | 500.. => (ErrorClass::Transient, ""),
        _ => (ErrorClass::Invalid, ""),
    };
    // Hidden before it is cut: half a secret is one, too.
    let said = match excerpt(&wire.hide(&String::from_utf8_lossy(&answer.body))) {
        said if said.is_empty() => ".".to_owned(),
        said => format!(": {said}"),
    };
    let message = format!("Your endpoint answered {status}{said} {advice}");
    ProviderError {
        http: Some(status),
        ..failure(class, message.trim_end().to_owned())
    }
}

/// The beginning of a text, on one line.
fn excerpt(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(TOLD) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

pub(super) fn failure(class: ErrorClass, message: String) -> ProviderError {
    ProviderError {
        class,
        http: None,
        code: None,
        subcode: None,
        message,
        trace_id: None,
    }
}
