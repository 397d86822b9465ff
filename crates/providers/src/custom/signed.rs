//! Standard Webhooks: a request carries its id, its time, and signatures of both with the body.

use super::keys::{Keys, decode};
use crate::{Account, Incoming, Refusal, signature};
use base64::{Engine, prelude::BASE64_STANDARD};
use model::{Timestamp, settings::Signature};
use subtle::{Choice, ConstantTimeEq};

/// The id of an event, the same for each attempt.
pub(super) const ID: &str = "webhook-id";
/// When the attempt was made, in seconds since 1970.
pub(super) const TIMESTAMP: &str = "webhook-timestamp";
/// The signatures, one for each key.
pub(super) const SIGNATURE: &str = "webhook-signature";

/// The version of signatures that are HMAC-SHA256.
const VERSION: &str = "v1,";
/// So many seconds may lie between their clock and ours.
const TOLERANCE: u64 = 300;
/// The longest id.
const LONGEST_ID: usize = 256;

/// The value of `webhook-signature`: one signature for each key, so that a system that knows either finds its own.
pub(super) fn sign(keys: &Keys, id: &str, timestamp: &str, body: &[u8]) -> String {
    let sign = |key| {
        let mac = signature::hmac(key, &content(id, timestamp, body));
        format!("{VERSION}{}", BASE64_STANDARD.encode(mac))
    };
    keys.all().map(sign).collect::<Vec<_>>().join(" ")
}

/// Checks the signature, then the time; the id is looked at where events are told apart.
pub(super) fn verify(account: &Account, incoming: &Incoming<'_>, now: Timestamp) -> Result<(), Refusal> {
    let header = |name| incoming.header(name).ok_or(Refusal::Unsigned);
    let (id, timestamp, given) = (header(ID)?, header(TIMESTAMP)?, header(SIGNATURE)?);
    let keys = Keys::of(account, Signature::Standard).ok_or(Refusal::Forged)?;
    let seconds: u64 = timestamp.parse().map_err(|_| Refusal::Forged)?;
    // A dot would move the borders of what is signed: "a.1" at 2 reads like "a" at 1 with a longer body.
    if id.is_empty() || id.len() > LONGEST_ID || id.contains('.') {
        return Err(Refusal::Forged);
    }
    if !is_genuine(&keys, given, &content(id, timestamp, incoming.body)) {
        return Err(Refusal::Forged);
    }
    let ours = u64::try_from(now.0.div_euclid(1_000)).unwrap_or_default();
    if ours.abs_diff(seconds) > TOLERANCE {
        return Err(Refusal::Stale);
    }
    Ok(())
}

fn content<'a>(id: &'a str, timestamp: &'a str, body: &'a [u8]) -> [&'a [u8]; 5] {
    [id.as_bytes(), b".", timestamp.as_bytes(), b".", body]
}

/// Compares every signature with every key, however early one fits.
fn is_genuine(keys: &Keys, given: &str, content: &[&[u8]]) -> bool {
    let expected: Vec<_> = keys.all().map(|key| signature::hmac(key, content)).collect();
    let given = given.split(' ').filter_map(|one| one.strip_prefix(VERSION));
    let mut fits = Choice::from(0);
    for given in given.filter_map(decode) {
        for expected in &expected {
            fits |= given.as_slice().ct_eq(expected);
        }
    }
    fits.into()
}
