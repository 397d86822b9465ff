//! Meta's word that somebody has taken a permission back.

use super::{APP_SECRET, account};
use crate::{
    Refusal,
    messenger::{Deauthorised, deauthorised},
    signature::hmac,
    testing,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::{HeaderMap, Method};
use model::Timestamp;

fn signed(secret: &str, payload: &str) -> String {
    let payload = BASE64_URL_SAFE_NO_PAD.encode(payload);
    let signature = BASE64_URL_SAFE_NO_PAD.encode(hmac(secret.as_bytes(), &[payload.as_bytes()]));
    format!("signed_request={signature}.{payload}")
}

fn heard(method: &Method, body: &str) -> Result<Deauthorised, Refusal> {
    let (headers, body) = (HeaderMap::new(), Bytes::copy_from_slice(body.as_bytes()));
    deauthorised(
        &account("http://127.0.0.1:1"),
        &testing::incoming(method, "", &headers, &body),
    )
}

const PAYLOAD: &str = r#"{"user_id":"10150000000000001","algorithm":"HMAC-SHA256","issued_at":1790856000}"#;

#[test]
fn what_meta_has_signed_says_who_and_when() {
    let told = heard(&Method::POST, &signed(APP_SECRET, PAYLOAD)).unwrap();
    assert_eq!(
        told,
        Deauthorised {
            user: "10150000000000001".to_owned(),
            at: Timestamp(1_790_856_000_000),
        }
    );
}

#[test]
fn what_meta_has_not_signed_or_signed_otherwise_is_refused() {
    let genuine = signed(APP_SECRET, PAYLOAD);
    assert_eq!(heard(&Method::GET, &genuine), Err(Refusal::Method));
    for unsigned in ["", "signed_request=nothing", "other=1"] {
        assert_eq!(heard(&Method::POST, unsigned), Err(Refusal::Unsigned), "{unsigned}");
    }
    let other_payload = signed(APP_SECRET, &PAYLOAD.replace("0001", "0002"));
    let (_, payload) = other_payload.split_once('.').unwrap();
    let swapped = format!("{}.{payload}", genuine.split_once('.').unwrap().0);
    for forged in [
        signed("other", PAYLOAD),
        signed("", PAYLOAD),
        swapped,
        signed(APP_SECRET, &PAYLOAD.replace("HMAC-SHA256", "none")),
        signed(APP_SECRET, r#"{"algorithm":"HMAC-SHA256","issued_at":1}"#),
        signed(APP_SECRET, "no JSON"),
    ] {
        assert_eq!(heard(&Method::POST, &forged), Err(Refusal::Forged), "{forged}");
    }
}
