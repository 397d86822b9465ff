//! Who is let in.

use super::{TOKEN, account};
use crate::{Incoming, Provider, Refusal, Viber, signature};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use model::{Secret, Timestamp};

const BODY: &[u8] = br#"{"event":"message","timestamp":1700000000000,"message_token":4912661846655238145}"#;
/// Of the body, with the token.
const SIGNATURE: &str = "d6286b5aba814e2414cbb411c5de5cc018c307d878794b5af0398c4ebf5a2b5a";

fn knock(method: &Method, given: Option<&str>, body: &'static [u8], token: &str) -> Result<(), Refusal> {
    let mut headers = HeaderMap::new();
    if let Some(given) = given {
        headers.insert("X-Viber-Content-Signature", HeaderValue::from_str(given).unwrap());
    }
    let incoming = Incoming {
        method,
        rest: "",
        query: "",
        headers: &headers,
        body: &Bytes::from_static(body),
    };
    let mut account = account();
    account
        .secrets
        .insert("secret.token".into(), Secret::new(token.to_owned()));
    Viber.verify(&account, &incoming, Timestamp(0))
}

#[test]
fn only_what_is_signed_with_the_token_is_let_in() {
    let post = &Method::POST;
    assert_eq!(knock(post, Some(SIGNATURE), BODY, TOKEN), Ok(()));
    assert_eq!(knock(post, None, BODY, TOKEN), Err(Refusal::Unsigned));
    for wrong in [
        "",
        "x",
        &SIGNATURE[2..],
        &format!("sha256={SIGNATURE}"),
        &"0".repeat(64),
    ] {
        assert_eq!(knock(post, Some(wrong), BODY, TOKEN), Err(Refusal::Forged), "{wrong}");
    }
    assert_eq!(knock(post, Some(SIGNATURE), BODY, "another"), Err(Refusal::Forged));
    assert_eq!(knock(post, Some(SIGNATURE), &BODY[1..], TOKEN), Err(Refusal::Forged));
}

#[test]
fn viber_only_posts() {
    for method in [Method::GET, Method::PUT, Method::HEAD] {
        assert_eq!(knock(&method, Some(SIGNATURE), BODY, TOKEN), Err(Refusal::Method));
    }
}

#[test]
fn without_a_token_nobody_is_let_in() {
    let with_no_key = signature::hmac_hex(b"", &[BODY]);
    assert_eq!(knock(&Method::POST, Some(&with_no_key), BODY, ""), Err(Refusal::Forged));
}
