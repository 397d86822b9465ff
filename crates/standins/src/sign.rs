//! The messengers' proofs.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// HMAC-SHA256 of some pieces that follow one another.
pub(crate) fn hmac(key: &[u8], pieces: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    for piece in pieces {
        mac.update(piece);
    }
    mac.finalize().into_bytes().into()
}

/// HMAC-SHA256 as lower-case hexadecimal.
pub(crate) fn hmac_hex(key: &[u8], pieces: &[&[u8]]) -> String {
    hex(&hmac(key, pieces))
}

/// SHA-256 as lower-case hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The signature of Standard Webhooks over an event, `v1,…`.
pub(crate) fn standard(secret: &str, id: &str, timestamp: &str, body: &[u8]) -> String {
    let key = standard_key(secret);
    let mac = hmac(&key, &[id.as_bytes(), b".", timestamp.as_bytes(), b".", body]);
    format!("v1,{}", BASE64_STANDARD.encode(mac))
}

/// The key in a secret: what follows `whsec_` is base64, any other text is the key itself.
fn standard_key(secret: &str) -> Vec<u8> {
    secret
        .strip_prefix("whsec_")
        .and_then(|coded| BASE64_STANDARD.decode(coded).ok())
        .unwrap_or_else(|| secret.as_bytes().to_vec())
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String can't fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_proof_is_the_messengers_own() {
        assert_eq!(
            hmac_hex(b"test-app-secret", &[br#"{"object":"page","entry":[]}"#]),
            "1a82db3abc2fa71a3fffecfedef579a8468a44850cd8a83a0c56974faff81689"
        );
        assert_eq!(
            hmac_hex(b"test-app-secret", &[b"EAATESTTOKEN"]),
            "ba901af273193122e6a09621afeeeca2f0178ec975261a5cb1daeaea1c0635c2"
        );
        let viber = br#"{"event":"message","timestamp":1700000000000,"message_token":4912661846655238145}"#;
        assert_eq!(
            hmac_hex(b"445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9", &[viber]),
            "d6286b5aba814e2414cbb411c5de5cc018c307d878794b5af0398c4ebf5a2b5a"
        );
    }

    #[test]
    fn the_vectors_of_standard_webhooks_hold() {
        let body = br#"{"email":"test@example.com","username":"test_user"}"#;
        assert_eq!(
            standard(
                "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
                "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
                "1649367553",
                body
            ),
            "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="
        );
        let body = br#"{"type":"message.created","timestamp":"2026-10-01T12:00:00Z","data":{"id":"m1"}}"#;
        assert_eq!(
            standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "evt_01", "1790000000", body),
            "v1,5LTztU5R3PHEdyqL0WgRGgaTm+gAltUk569YmwgzNM0="
        );
    }

    #[test]
    fn a_secret_that_is_a_plain_word_is_its_own_key() {
        assert_eq!(standard_key("s3cret"), b"s3cret");
        assert_eq!(standard_key("whsec_%"), b"whsec_%");
        assert_eq!(standard_key("whsec_AAEC"), [0, 1, 2]);
    }
}
