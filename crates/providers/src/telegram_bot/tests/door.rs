//! Who is let in.

use super::{DOOR, account};
use crate::{Incoming, Provider, Refusal, TelegramBot};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use model::{Secret, Timestamp};

fn knock(method: &Method, secret: Option<&str>, expected: &str) -> Result<(), Refusal> {
    let mut headers = HeaderMap::new();
    if let Some(secret) = secret {
        headers.insert(
            "X-Telegram-Bot-Api-Secret-Token",
            HeaderValue::from_str(secret).unwrap(),
        );
    }
    let incoming = Incoming {
        method,
        rest: "",
        query: "",
        headers: &headers,
        body: &Bytes::from_static(b"{}"),
    };
    let mut account = account();
    account.door_secret = Secret::new(expected.to_owned());
    TelegramBot.verify(&account, &incoming, Timestamp(0))
}

#[test]
fn only_who_knows_the_secret_is_let_in() {
    assert_eq!(knock(&Method::POST, Some(DOOR), DOOR), Ok(()));
    assert_eq!(knock(&Method::POST, None, DOOR), Err(Refusal::Unsigned));
    for wrong in ["", "x", &DOOR[1..], &DOOR.to_lowercase(), &format!("{DOOR}x")] {
        assert_eq!(knock(&Method::POST, Some(wrong), DOOR), Err(Refusal::Forged), "{wrong}");
    }
}

#[test]
fn telegram_only_posts() {
    for method in [Method::GET, Method::PUT, Method::HEAD] {
        assert_eq!(knock(&method, Some(DOOR), DOOR), Err(Refusal::Method));
    }
}

#[test]
fn without_a_secret_of_ours_nobody_is_let_in() {
    assert_eq!(knock(&Method::POST, Some(""), ""), Err(Refusal::Forged));
}
