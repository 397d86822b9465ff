//! Refusals of Viber, and files.

use super::{PEER, TOKEN, account_at, assert_ends_with, ok, refused, wire};
use crate::{
    Provider, Viber,
    listener::{Listener, Told, recorded},
    viber::api,
};
use model::message::{Envelope, ErrorClass, FileRef, Outbound, Part, ProviderError, Thread};
use serde::de::IgnoredAny;
use serde_json::{Value, json};

fn envelope() -> Envelope {
    Envelope {
        idempotency_key: "k".into(),
        thread: Thread {
            external_id: PEER.into(),
            ..Thread::default()
        },
        message: Outbound {
            parts: vec![Part::text("Hello")],
            ..Outbound::default()
        },
    }
}

async fn refusal(told: Told) -> ProviderError {
    let listener = Listener::saying([told]).await;
    let error = Viber
        .send(&wire(), &account_at(&listener), &envelope())
        .await
        .unwrap_err();
    assert_eq!(listener.asked().len(), 1, "a refused message is not sent again");
    error
}

#[test]
fn every_recorded_refusal_means_what_is_expected() {
    recorded("viber/rejected", |told| {
        let told: Value = serde_json::from_str(told).unwrap();
        let mut headers = http::HeaderMap::new();
        if let Some(seconds) = told["retry_after_header"].as_u64() {
            headers.insert("retry-after", seconds.into());
        }
        let body = match &told["body"] {
            Value::String(text) => text.clone(),
            body => body.to_string(),
        };
        let answer = crate::Answer {
            status: told["status"].as_u64().unwrap().try_into().unwrap(),
            headers,
            body: body.into(),
        };
        let error = api::read::<IgnoredAny>(&wire(), &answer).unwrap_err();
        serde_json::to_value(error).unwrap()
    });
}

#[tokio::test]
async fn a_refusal_names_no_secret() {
    let error = refusal(refused(3, &format!("badData {TOKEN}"))).await;
    assert_ends_with(&error, "badData ***");
    assert_eq!(error.class, ErrorClass::Invalid);
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_leaves_open_whether_the_message_was_sent() {
    for garbage in ["", "<html>", "{}", "{\"status\":\"fine\"}", "[]"] {
        assert_eq!(
            refusal(Told::bytes(200, garbage)).await.class,
            ErrorClass::Ambiguous,
            "{garbage}"
        );
    }
    assert_eq!(refusal(Told::bytes(502, "<html>")).await.class, ErrorClass::Transient);
}

#[tokio::test]
async fn a_message_without_a_token_is_sent_all_the_same() {
    let listener = Listener::saying([ok(json!({ "message_token": null }))]).await;
    let sent = Viber.send(&wire(), &account_at(&listener), &envelope()).await.unwrap();
    assert_eq!(sent.external_id, None);
}

#[tokio::test]
async fn a_key_that_is_too_long_is_left_out() {
    let listener = Listener::saying([ok(json!({ "message_token": 1 }))]).await;
    let mut envelope = envelope();
    envelope.idempotency_key = "k".repeat(1_001);
    Viber.send(&wire(), &account_at(&listener), &envelope).await.unwrap();
    assert_eq!(listener.asked()[0].body.get("tracking_data"), None);
}

#[tokio::test]
async fn a_message_that_was_not_planned_is_refused_before_anything_is_called() {
    let listener = Listener::saying([]).await;
    let mut envelope = envelope();
    envelope.message.parts = vec![Part::Unknown];
    let error = Viber
        .send(&wire(), &account_at(&listener), &envelope)
        .await
        .unwrap_err();
    assert_eq!(error.class, ErrorClass::Invalid);
    assert!(listener.asked().is_empty());
}

fn file(url: String, size: Option<u64>) -> FileRef {
    FileRef {
        provider_ref: url,
        size,
        ..FileRef::default()
    }
}

async fn fetched(told: Told) -> Result<bytes::Bytes, ProviderError> {
    let listener = Listener::saying([told]).await;
    let file = file(format!("{}dl/a.jpg?x=1", listener.url), None);
    let result = Viber.fetch(&wire(), &account_at(&listener), &file, 100).await;
    let asked = listener.asked();
    assert_eq!(
        (asked[0].method.as_str(), asked[0].path.as_str()),
        ("GET", "/dl/a.jpg?x=1")
    );
    assert_eq!(
        asked[0].headers.get("x-viber-auth-token"),
        None,
        "the token is for Viber only"
    );
    result
}

#[tokio::test]
async fn a_file_is_fetched_without_the_token() {
    assert_eq!(fetched(Told::bytes(200, "JFIF")).await.unwrap(), "JFIF");
}

#[tokio::test]
async fn a_file_that_can_not_be_had_says_why() {
    for (told, class) in [
        (Told::bytes(404, ""), ErrorClass::NotFound),
        (Told::bytes(410, ""), ErrorClass::NotFound),
        (Told::bytes(503, ""), ErrorClass::Transient),
        (Told::bytes(302, ""), ErrorClass::Unknown),
        (
            Told::bytes(429, "").header("retry-after", "3"),
            ErrorClass::RateLimited { retry_after: Some(3) },
        ),
        (Told::bytes(200, vec![0; 101]), ErrorClass::TooLarge),
    ] {
        assert_eq!(fetched(told).await.unwrap_err().class, class);
    }
    let listener = Listener::saying([]).await;
    let (wire, account) = (wire(), account_at(&listener));
    let large = file(listener.url.to_string(), Some(101));
    assert_eq!(
        Viber.fetch(&wire, &account, &large, 100).await.unwrap_err().class,
        ErrorClass::TooLarge
    );
    let number = file("46105".into(), None);
    assert_eq!(
        Viber.fetch(&wire, &account, &number, 100).await.unwrap_err().class,
        ErrorClass::NotFound
    );
    assert!(listener.asked().is_empty());
}
