//! Standard Webhooks in both directions.

use crate::support::{self, Gateway, call, post_with, read};
use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use standins::{
    Act, Provider, Seal, Standins, Upload,
    customer::{Scheme, Scripted},
};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// The signature as the specification has it, made apart from the stand-in.
fn sign(secret: &str, id: &str, at: &str, body: &str) -> String {
    let key = BASE64_STANDARD.decode(secret.trim_start_matches("whsec_")).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
}

fn seconds() -> i64 {
    jiff::Timestamp::now().as_second()
}

async fn started() -> (Standins, Gateway) {
    let (standins, gateway) = (Standins::start().await, Gateway::start().await);
    standins.customer().endpoint("shop", Scheme::Standard, &[SECRET]);
    standins.customer().gateway("shop", &gateway.url).unwrap();
    (standins, gateway)
}

fn created(text: &str) -> Value {
    json!({ "type": "message.created", "timestamp": "2026-10-01T12:00:00Z", "data": {
        "message_id": "7", "chat_id": "c-42", "parts": [{ "kind": "text", "text": text }],
        "buttons": [[{ "title": "Yes", "payload": "y" }]],
    } })
}

/// Sends an event as the gateway does.
async fn tell(standins: &Standins, id: &str, event: &Value) -> (u16, Value) {
    let (at, body) = (seconds().to_string(), event.to_string());
    let signature = sign(SECRET, id, &at, &body);
    let headers = [
        ("webhook-id", id),
        ("webhook-timestamp", &at),
        ("webhook-signature", &signature),
    ];
    post_with(&standins.customer_url("shop"), &headers, event).await
}

#[tokio::test]
async fn a_signed_event_is_taken_shown_and_named() {
    let (standins, _gateway) = started().await;
    let peer = standins.customer().peer("shop", "c-42");
    let (status, answer) = tell(&standins, "evt_1", &created("Hi")).await;
    assert_eq!((status, answer), (200, json!({ "external_id": "c-1" })));
    let seen = &peer.replies(1).await.unwrap()[0];
    assert_eq!((seen.text.as_str(), seen.titles()), ("Hi", vec!["Yes"]));
    let (_, again) = tell(&standins, "evt_1", &created("Hi")).await;
    assert_eq!(again, json!({ "duplicate": true }));
    assert_eq!(
        (peer.seen().len(), standins.customer().duplicates("shop").unwrap()),
        (1, 1)
    );
}

#[tokio::test]
async fn what_is_not_signed_rightly_is_refused() {
    let (standins, _gateway) = started().await;
    let event = created("Hi");
    let (now, old) = (seconds().to_string(), (seconds() - 400).to_string());
    let body = event.to_string();
    let right = sign(SECRET, "e", &now, &body);
    let late = sign(SECRET, "e", &old, &body);
    let other = sign("whsec_AAEC", "e", &now, &body);
    for (id, at, signature, why) in [
        ("", now.as_str(), right.as_str(), "webhook-id is empty or has a dot"),
        ("e.x", &now, &right, "webhook-id is empty or has a dot"),
        ("e", "soon", &right, "webhook-timestamp is no number"),
        ("e", &old, &late, "webhook-timestamp is too far from now"),
        ("e", &now, &other, "webhook-signature is wrong"),
        ("f", &now, &right, "webhook-signature is wrong"),
    ] {
        let headers = [
            ("webhook-id", id),
            ("webhook-timestamp", at),
            ("webhook-signature", signature),
        ];
        let answer = post_with(&standins.customer_url("shop"), &headers, &event).await;
        assert_eq!(answer, (401, json!({ "error": why })));
    }
    let (status, _) = support::post(&standins.customer_url("shop"), &event).await;
    assert_eq!(status, 401);
    assert_eq!(standins.customer().refused("shop").unwrap().len(), 7);
    assert_eq!(support::post(&standins.customer_url("other"), &event).await.0, 404);
}

#[tokio::test]
async fn while_a_secret_changes_both_are_good() {
    let (standins, _gateway) = started().await;
    standins
        .customer()
        .endpoint("shop", Scheme::Standard, &["whsec_AAEC", SECRET]);
    assert_eq!(tell(&standins, "e", &created("Hi")).await.0, 200);
    standins.customer().endpoint("shop", Scheme::Standard, &["whsec_AAEC"]);
    assert_eq!(tell(&standins, "f", &created("Hi")).await.0, 401);
}

#[tokio::test]
async fn an_event_has_to_make_sense() {
    let (standins, _gateway) = started().await;
    let with = |path: &str, value: Value| {
        let mut event = created("Hi");
        *event.pointer_mut(path).unwrap() = value;
        event
    };
    for (n, (event, why)) in [
        (with("/type", Value::Null), "type is missing"),
        (with("/timestamp", json!("noon")), "timestamp noon is no RFC 3339 time"),
        (with("/data", json!(1)), "data is no object"),
        (with("/data/chat_id", json!("")), "data.chat_id is missing"),
        (with("/data/message_id", Value::Null), "data.message_id is missing"),
        (with("/data/parts", Value::Null), "data.parts is missing"),
        (with("/data/parts/0/kind", Value::Null), "a part has no kind"),
        (
            with("/data/parts/0/kind", json!("file")),
            "a part with a file has no url",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = tell(&standins, &format!("e{n}"), &event).await;
        assert_eq!(answer, (400, json!({ "error": why })));
    }
    let ping = json!({ "type": "gateway.ping", "timestamp": "2026-10-01T12:00:00Z", "data": {} });
    assert_eq!(tell(&standins, "p", &ping).await, (200, json!({})));
}

#[tokio::test]
async fn messages_change_go_away_and_chats_close() {
    let (standins, _gateway) = started().await;
    let peer = standins.customer().peer("shop", "c-42");
    tell(&standins, "1", &created("Hi")).await;
    let event = |kind: &str, data: Value| json!({ "type": kind, "timestamp": "2026-10-01T12:00:00Z", "data": data });
    let parts = json!([{ "kind": "text", "text": "Hello" }]);
    let updated = event(
        "message.updated",
        json!({ "message_id": "7", "chat_id": "c-42", "parts": parts }),
    );
    assert_eq!(tell(&standins, "2", &updated).await.0, 200);
    assert_eq!((peer.seen()[0].text.as_str(), peer.seen()[0].edited), ("Hello", true));
    let deleted = event("message.deleted", json!({ "message_id": "7", "chat_id": "c-42" }));
    assert_eq!(tell(&standins, "3", &deleted).await.0, 200);
    assert!(peer.seen().is_empty());
    let closed = event("chat.closed", json!({ "chat_id": "c-42", "reason": "done" }));
    assert_eq!(tell(&standins, "4", &closed).await.0, 200);
    assert_eq!((peer.seen()[0].kind, peer.seen()[0].text.as_str()), ("closed", "done"));
}

#[tokio::test]
async fn answers_are_what_the_test_wrote_and_a_refused_event_is_not_shown() {
    let (standins, _gateway) = started().await;
    let customer = standins.customer();
    let peer = customer.peer("shop", "c-42");
    for scripted in [
        Scripted::status(429).header("retry-after", "9"),
        Scripted::status(410),
        Scripted::status(200).body(r#"{"external_id":"x"}"#).after_ms(5),
    ] {
        customer.answers("shop", scripted).unwrap();
    }
    assert_eq!(tell(&standins, "e", &created("Hi")).await.0, 429);
    assert_eq!(tell(&standins, "e", &created("Hi")).await.0, 410);
    assert!(peer.seen().is_empty());
    assert_eq!(tell(&standins, "e", &created("Hi")).await.1["external_id"], "x");
    assert_eq!(peer.seen().len(), 1);
}

#[tokio::test]
async fn a_peer_is_heard_signed_with_every_secret() {
    let (standins, gateway) = started().await;
    standins
        .customer()
        .endpoint("shop", Scheme::Standard, &["whsec_AAEC", SECRET]);
    let peer = standins.customer().peer("shop", "c-42");
    let id = peer.says("Hi").unwrap();
    let heard = gateway.heard(1).await.remove(0);
    let (event, at) = (heard.header("webhook-id"), heard.header("webhook-timestamp"));
    let body = std::str::from_utf8(&heard.body).unwrap();
    let expected = format!(
        "{} {}",
        sign("whsec_AAEC", event, at, body),
        sign(SECRET, event, at, body)
    );
    assert_eq!(heard.header("webhook-signature"), expected);
    let json = heard.json();
    assert_eq!(json["type"], "message.created");
    assert_eq!(
        (json["data"]["message_id"].as_str(), json["data"]["chat_id"].as_str()),
        (Some(id.as_str()), Some("c-42"))
    );
    assert_eq!(json["data"]["parts"], json!([{ "kind": "text", "text": "Hi" }]));
    assert_eq!(json["data"]["sender"]["name"], "Olha Koval");
}

#[tokio::test]
async fn every_act_has_its_type() {
    let (standins, gateway) = started().await;
    let peer = standins.customer().peer("shop", "c-42");
    let id = peer.says("Hi").unwrap();
    let place = Act::Location {
        latitude: 50.45,
        longitude: 30.52,
        title: None,
        address: None,
    };
    let button = Act::Button {
        title: "Yes".into(),
        payload: "y".into(),
    };
    let edit = Act::Edit {
        id: id.clone(),
        text: "Hello".into(),
    };
    let acts = [
        place,
        button,
        edit,
        Act::Delete { id },
        Act::Typing { on: true },
        Act::Close,
        Act::Unknown,
    ];
    for act in &acts {
        peer.does(act).unwrap();
    }
    let heard = gateway.heard(8).await;
    let kinds: Vec<_> = heard[1..]
        .iter()
        .map(|heard| heard.json()["type"].as_str().unwrap().to_owned())
        .collect();
    let expected = [
        "message.created",
        "postback.created",
        "message.updated",
        "message.deleted",
        "typing",
        "chat.closed",
        "customer.sneezed",
    ];
    assert_eq!(kinds, expected);
    assert!(peer.does(&Act::Subscribe).is_err());
}

#[tokio::test]
async fn a_file_is_given_by_its_address() {
    let (standins, gateway) = started().await;
    let peer = standins.customer().peer("shop", "c-42");
    let upload = Upload::new("a b.pdf", "application/pdf", &b"%PDF"[..]).captioned("look");
    peer.does(&Act::Document(upload)).unwrap();
    let parts = gateway.heard(1).await[0].json()["data"]["parts"].clone();
    assert_eq!(
        (parts[0]["size"].as_u64(), parts[1]["text"].as_str()),
        (Some(4), Some("look"))
    );
    let url = parts[0]["url"].as_str().unwrap();
    assert_eq!(&call("GET", url, &[], "").await.unwrap().body[..], b"%PDF");
    standins.expire_files();
    assert_eq!(read(&call("GET", url, &[], "").await.unwrap()).0, 404);
}

#[tokio::test]
async fn an_event_is_forged_unsigned_stale_or_comes_twice() {
    let (standins, gateway) = started().await;
    let customer = standins.customer();
    for seal in [Seal::Genuine, Seal::Genuine, Seal::Forged, Seal::Missing, Seal::Stale] {
        customer.post_as("shop", "evt_1", "{}", seal).await.unwrap();
    }
    let heard = gateway.heard(5).await;
    let right = |n: usize| {
        let at = heard[n].header("webhook-timestamp");
        heard[n].header("webhook-signature") == sign(SECRET, "evt_1", at, "{}")
    };
    assert_eq!((right(0), right(1), right(2), right(4)), (true, true, false, true));
    assert_eq!(heard[3].header("webhook-id"), "");
    let age = seconds() - heard[4].header("webhook-timestamp").parse::<i64>().unwrap();
    assert!(age >= 3_600, "{age}");
}

#[tokio::test]
async fn a_failed_event_keeps_its_id_and_a_deleted_gateway_is_left_alone() {
    let standins = Standins::start_with(standins::Options {
        clock: 1_000.0,
        ..standins::Options::default()
    })
    .await;
    let gateway = Gateway::start().await;
    let customer = standins.customer();
    customer.endpoint("shop", Scheme::Standard, &[SECRET]);
    customer.gateway("shop", &gateway.url).unwrap();
    gateway.answers([503, 200, 410].map(support::Scripted::status));
    customer.status("shop", "7", "read", None).unwrap();
    let heard = gateway.heard(2).await;
    assert_eq!(heard[0].header("webhook-id"), heard[1].header("webhook-id"));
    assert_eq!(heard[0].json()["data"]["status"], "read");
    customer.status("shop", "7", "failed", Some("gone")).unwrap();
    standins.settled(Provider::Customer, support::LONG).await.unwrap();
    assert_eq!(gateway.so_far().len(), 3);
}
