//! What a customer's system gets, to the byte.

use super::{Custom, FORMER, NOW, SECRET, account, endpoint::Endpoint, signed, wire};
use crate::{Account, Provider, Registration, signature};
use base64::{Engine, prelude::BASE64_STANDARD};
use model::{
    Timestamp,
    message::{Button, ButtonAction, ChatAction, Envelope, FileRef, Layout, Outbound, Part, Thread},
    settings::Signature,
};

fn thread() -> Thread {
    Thread {
        external_id: "c-42".into(),
        ..Thread::default()
    }
}

fn envelope(message: Outbound) -> Envelope {
    Envelope {
        idempotency_key: "out-17-0".into(),
        thread: thread(),
        message,
    }
}

fn text(text: &str) -> Outbound {
    Outbound {
        parts: vec![Part::text(text)],
        ..Outbound::default()
    }
}

fn file(name: &str) -> FileRef {
    FileRef {
        url: Some(format!("https://chat.example/files/{name}")),
        name: Some(name.into()),
        ..FileRef::default()
    }
}

async fn endpoint() -> (Endpoint, Account) {
    let endpoint = Endpoint::answering("200 OK", "Content-Type: application/json\r\n", "{}").await;
    let account = account(&endpoint.url(), Signature::Standard);
    (endpoint, account)
}

#[tokio::test]
async fn a_message_is_posted_with_its_key_as_id_and_signed_with_both_secrets() {
    let (endpoint, account) = endpoint().await;
    let sent = Custom
        .send(&wire(&account), &account, &envelope(text("Hello")))
        .await
        .unwrap();
    assert_eq!(sent.external_id.as_deref(), Some("out-17-0"));
    let taken = endpoint.only();
    assert_eq!(taken.line, "POST /events HTTP/1.1");
    assert_eq!(taken.header("content-type"), "application/json");
    assert_eq!(taken.header("webhook-id"), "out-17-0");
    assert_eq!(taken.header("webhook-timestamp"), "1790856030");
    assert_eq!(
        taken.body,
        r#"{"type":"message.created","timestamp":"2026-10-01T12:00:30Z","data":{"message_id":"out-17-0","chat_id":"c-42","parts":[{"kind":"text","text":"Hello"}],"silent":false,"no_input":false}}"#
    );
    let key = BASE64_STANDARD.decode(SECRET.trim_start_matches("whsec_")).unwrap();
    let content = format!("out-17-0.1790856030.{}", taken.body);
    let mac = |key: &[u8]| BASE64_STANDARD.encode(signature::hmac(key, &[content.as_bytes()]));
    let expected = format!("v1,{} v1,{}", mac(&key), mac(FORMER.as_bytes()));
    assert_eq!(taken.header("webhook-signature"), expected);
    assert!(taken.headers.keys().all(|name| name != "x-webitel-sign"));
}

#[tokio::test]
async fn every_kind_of_part_and_button_has_its_form() {
    let (endpoint, account) = endpoint().await;
    let button = |title: &str, action| Button {
        title: title.into(),
        action,
    };
    let message = Outbound {
        parts: vec![
            Part::text("Look"),
            Part::Image {
                file: file("a.png"),
                caption: Some("The shop".into()),
            },
            Part::Voice {
                file: file("b.ogg"),
                duration: Some(3),
            },
            Part::Location {
                lat: 50.45,
                lon: 30.52,
                title: Some("Here".into()),
                address: None,
                live: false,
            },
            Part::Contact {
                name: "Ann".into(),
                phones: vec!["+380".into()],
                vcard: None,
                is_self: false,
            },
            Part::Link {
                url: "https://a.example".into(),
                title: None,
            },
            Part::Sticker {
                file: None,
                emoji: Some("🙂".into()),
            },
        ],
        buttons: vec![
            vec![
                button("Yes", ButtonAction::Reply { payload: "y".into() }),
                button(
                    "Site",
                    ButtonAction::Url {
                        url: "https://a.example".into(),
                    },
                ),
            ],
            vec![button("My phone", ButtonAction::RequestPhone)],
        ],
        layout: Layout::Inline,
        reply_to: Some("m-1".into()),
        kind: Some("greeting".into()),
        silent: true,
        no_input: true,
    };
    let plan = Custom.plan(&account, &Thread::default(), &message);
    assert_eq!((plan.pieces.len(), plan.choices.len()), (1, 0));
    assert_eq!(plan.pieces[0].message, message);
    assert!(plan.pieces[0].notes.is_empty());
    Custom
        .send(&wire(&account), &account, &envelope(message))
        .await
        .unwrap();
    let body = endpoint.only().body;
    let expected = include_str!("../../../testdata/custom/outgoing/everything.json");
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&body).unwrap(),
        serde_json::from_str::<serde_json::Value>(expected).unwrap(),
        "{body}"
    );
}

#[tokio::test]
async fn a_repetition_has_the_same_id_and_a_time_of_its_own() {
    let (endpoint, account) = endpoint().await;
    let envelope = envelope(text("Hello"));
    Custom.send(&wire(&account), &account, &envelope).await.unwrap();
    let later = super::wire_at(&account, Timestamp(NOW.0 + 60_000));
    Custom.send(&later, &account, &envelope).await.unwrap();
    let [first, second] = endpoint.taken().try_into().unwrap();
    assert!(Custom.knows_keys());
    assert_eq!(first.header(signed::ID), second.header(signed::ID));
    assert_eq!(second.header(signed::TIMESTAMP), "1790856090");
    assert_ne!(first.header(signed::SIGNATURE), second.header(signed::SIGNATURE));
}

#[tokio::test]
async fn a_key_that_does_not_fit_into_a_header_becomes_its_digest() {
    let (endpoint, account) = endpoint().await;
    for key in ["a.b", "a b", "ключ", "", &"x".repeat(200)] {
        let envelope = Envelope {
            idempotency_key: key.into(),
            ..envelope(text("Hello"))
        };
        Custom.send(&wire(&account), &account, &envelope).await.unwrap();
    }
    let ids: Vec<String> = endpoint
        .taken()
        .iter()
        .map(|taken| taken.header(signed::ID).to_owned())
        .collect();
    for id in &ids {
        assert!(id.starts_with("key-") && id.len() == 68 && !id.contains('.'), "{id}");
    }
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
}

#[tokio::test]
async fn typing_an_end_and_the_gateway_itself_have_events_of_their_own() {
    let (endpoint, account) = endpoint().await;
    let wire = wire(&account);
    Custom
        .act(&wire, &account, &thread(), None, ChatAction::Typing)
        .await
        .unwrap();
    Custom
        .act(&wire, &account, &thread(), None, ChatAction::Cancel)
        .await
        .unwrap();
    Custom
        .close(&wire, &account, &thread(), "end-17", "flow")
        .await
        .unwrap();
    Custom.connect(&wire, &account, false).await.unwrap();
    Custom.disconnect(&wire, &account).await.unwrap();
    let bodies: Vec<String> = endpoint.taken().into_iter().map(|taken| taken.body).collect();
    let gateway = r#"{"name":"Shop","callback_url":"https://chat.example/chat/shop"}"#;
    let event =
        |kind: &str, data: &str| format!(r#"{{"type":"{kind}","timestamp":"2026-10-01T12:00:30Z","data":{data}}}"#);
    assert_eq!(
        bodies,
        [
            event("typing", r#"{"chat_id":"c-42","on":true}"#),
            event("typing", r#"{"chat_id":"c-42","on":false}"#),
            event("chat.closed", r#"{"chat_id":"c-42","reason":"flow"}"#),
            event("gateway.ping", gateway),
            event("gateway.disabled", gateway),
        ]
    );
    assert_eq!(endpoint.taken()[2].header(signed::ID), "end-17");
}

#[tokio::test]
async fn a_gateway_that_is_connected_is_known_by_its_host_and_says_what_is_to_do() {
    let (_endpoint, account) = endpoint().await;
    let connected = Custom.connect(&wire(&account), &account, false).await.unwrap();
    assert_eq!(connected.identity, "127.0.0.1");
    assert!(
        connected.to_do.contains("https://chat.example/chat/shop"),
        "{}",
        connected.to_do
    );
    let probe = Custom.probe(&wire(&account), &account).await.unwrap();
    assert_eq!(
        (probe.identity.as_str(), probe.registration),
        ("127.0.0.1", Registration::Unknown)
    );
}

#[test]
fn what_has_no_form_is_said_in_words_and_noted() {
    let account = super::standard();
    let nowhere = FileRef {
        provider_ref: "AgACAgIAAx".into(),
        name: Some("a.pdf".into()),
        ..FileRef::default()
    };
    let message = Outbound {
        parts: vec![
            Part::Document {
                file: nowhere,
                caption: Some("Price list".into()),
            },
            Part::Unknown,
        ],
        ..Outbound::default()
    };
    let piece = &Custom.plan(&account, &Thread::default(), &message).pieces[0];
    assert_eq!(piece.message.parts[0], Part::text("[a.pdf] Price list"));
    assert!(piece.message.parts[1].words().is_some());
    assert_eq!(piece.notes.len(), 2);
    assert!(piece.notes[0].contains("“a.pdf” has no address"), "{}", piece.notes[0]);
}
