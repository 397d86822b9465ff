//! Who comes in.

use super::account;
use crate::{
    Account, Messenger, Provider, Refusal, Reply,
    signature::hmac_hex,
    testing::{self, DOOR, NOW},
};
use bytes::Bytes;
use http::{HeaderMap, Method};

const BODY: &str = r#"{"object":"page","entry":[]}"#;
const SIGNATURE: &str = "sha256=1a82db3abc2fa71a3fffecfedef579a8468a44850cd8a83a0c56974faff81689";

fn verify(account: &Account, method: &Method, query: &str, signature: Option<&str>) -> Result<(), Refusal> {
    let mut headers = HeaderMap::new();
    if let Some(signature) = signature {
        headers.insert("x-hub-signature-256", signature.parse().unwrap());
    }
    let body = Bytes::from_static(BODY.as_bytes());
    Messenger.verify(account, &testing::incoming(method, query, &headers, &body), NOW)
}

fn challenge(method: &Method, query: &str) -> Option<Reply> {
    let (headers, body) = (HeaderMap::new(), Bytes::new());
    let account = account("http://127.0.0.1:1");
    Messenger.challenge(&account, &testing::incoming(method, query, &headers, &body))
}

#[test]
fn only_a_body_signed_with_the_apps_secret_comes_in() {
    let account = account("http://127.0.0.1:1");
    let post = |signature| verify(&account, &Method::POST, "", signature);
    assert_eq!(post(Some(SIGNATURE)), Ok(()));
    assert_eq!(post(None), Err(Refusal::Unsigned));
    let sha1 = SIGNATURE.replace("sha256=", "sha1=");
    let other = format!("sha256={}", hmac_hex(b"other", &[BODY.as_bytes()]));
    for wrong in ["", "sha256=", &SIGNATURE[7..], &sha1, &other] {
        assert_eq!(post(Some(wrong)), Err(Refusal::Forged), "{wrong}");
    }
}

#[test]
fn without_a_secret_nobody_comes_in() {
    let mut account = account("http://127.0.0.1:1");
    account.secrets.clear();
    let signature = format!("sha256={}", hmac_hex(b"", &[BODY.as_bytes()]));
    let refused = verify(&account, &Method::POST, "", Some(&signature));
    assert_eq!(refused, Err(Refusal::Forged));
}

#[test]
fn other_methods_are_refused_and_a_wrong_question_is_forged() {
    let account = account("http://127.0.0.1:1");
    let refused = |method, query| verify(&account, method, query, Some(SIGNATURE)).unwrap_err();
    assert_eq!(refused(&Method::PUT, ""), Refusal::Method);
    assert_eq!(refused(&Method::GET, ""), Refusal::Method);
    let query = "hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1";
    assert_eq!(refused(&Method::GET, query), Refusal::Forged);
}

#[test]
fn a_genuine_question_gets_its_challenge_back() {
    let query = format!("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={DOOR}");
    assert_eq!(
        challenge(&Method::GET, &query),
        Some(Reply::Text("1158201444".to_owned()))
    );
    assert_eq!(challenge(&Method::POST, &query), None);
    assert_eq!(
        challenge(&Method::GET, &query.replace("subscribe", "unsubscribe")),
        None
    );
    assert_eq!(challenge(&Method::GET, &query.replace(DOOR, "wrong")), None);
    assert_eq!(challenge(&Method::GET, "hub.mode=subscribe&hub.challenge=1"), None);
}

#[test]
fn only_a_plain_word_is_repeated() {
    let with = |word: &str| {
        let query = format!("hub.mode=subscribe&hub.verify_token={DOOR}&hub.challenge={word}");
        challenge(&Method::GET, &query).is_some()
    };
    assert!(with("aZ_-09") && with(&"a".repeat(128)));
    for wrong in ["", "%3Cscript%3E", "a+b", "%D1%97", &"a".repeat(129)] {
        assert!(!with(wrong), "{wrong}");
    }
}
