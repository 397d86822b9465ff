//! What the account is told.

use super::{Account, TOKEN, USER, message};
use crate::support::{LONG, Scripted, call};
use serde_json::{Value, json};
use standins::{Act, Provider, Seal, Upload};

/// The event that an act becomes.
async fn told(account: &Account, act: Act) -> Value {
    let before = account.gateway.so_far().len();
    account.peer().does(&act).unwrap();
    account.gateway.heard(before + 1).await[before].json()
}

#[tokio::test]
async fn every_event_is_signed_with_the_token() {
    let account = Account::connected().await;
    let body = br#"{"event":"message","timestamp":1700000000000,"message_token":4912661846655238145}"#;
    let viber = account.standins.viber();
    account.gateway.always(Scripted::status(403));
    for seal in [Seal::Genuine, Seal::Forged, Seal::Missing] {
        assert_eq!(viber.post(TOKEN, &body[..], seal).await.unwrap().status, 403);
    }
    let heard = account.gateway.heard(3).await;
    let right = "d6286b5aba814e2414cbb411c5de5cc018c307d878794b5af0398c4ebf5a2b5a";
    assert_eq!(heard[0].header("x-viber-content-signature"), right);
    assert_eq!(heard[1].header("x-viber-content-signature").len(), 64);
    assert_ne!(heard[1].header("x-viber-content-signature"), right);
    assert_eq!(heard[2].header("x-viber-content-signature"), "");
}

#[tokio::test]
async fn the_first_message_subscribes_without_a_word() {
    let account = Account::connected().await;
    let event = told(&account, Act::text("Hi")).await;
    assert_eq!(
        (event["event"].as_str(), event["sender"]["id"].as_str()),
        (Some("message"), Some(USER))
    );
    assert_eq!(event["message"], json!({ "type": "text", "text": "Hi" }));
    assert!(event["message_token"].as_u64().unwrap() > 1 << 53);
    assert!(event["timestamp"].as_u64().unwrap() > 1_700_000_000_000);
    assert_eq!(account.gateway.so_far().len(), 1);
}

#[tokio::test]
async fn what_the_account_left_behind_comes_with_the_next_message() {
    let account = Account::connected().await;
    account.subscriber().await;
    account.send(&json!({ "tracking_data": "step-2" })).await;
    assert_eq!(
        told(&account, Act::text("Hi")).await["message"]["tracking_data"],
        "step-2"
    );
    told(&account, Act::Unsubscribe).await;
    assert_eq!(
        told(&account, Act::text("Hi")).await["message"].get("tracking_data"),
        None
    );
}

#[tokio::test]
async fn every_kind_of_message_has_vibers_shape() {
    let account = Account::connected().await;
    let file = |name: &str| Upload::new(name, "", &b"bytes"[..]);
    for (act, kind) in [
        (Act::Image(file("a b.jpg")), "picture"),
        (Act::Video(file("a.mp4")), "video"),
        (Act::Document(file("a.pdf")), "file"),
        (Act::Voice(file("a.m4a")), "file"),
        (Act::Sticker(file("a.png")), "sticker"),
        (
            Act::Link {
                url: "https://a.example".into(),
            },
            "url",
        ),
        (Act::Unsupported, "poll"),
    ] {
        let message = told(&account, act).await["message"].clone();
        assert_eq!(message["type"], kind);
        if let (Some(media), true) = (message["media"].as_str(), kind != "url") {
            assert_eq!(
                &call("GET", media, &[], "").await.unwrap().body[..],
                b"bytes",
                "{media}"
            );
        }
    }
    let place = Act::Location {
        latitude: 50.45,
        longitude: 30.52,
        title: None,
        address: None,
    };
    assert_eq!(
        told(&account, place).await["message"]["location"],
        json!({ "lat": 50.45, "lon": 30.52 })
    );
    let contact = Act::Contact {
        name: "A".into(),
        phone: "+380".into(),
        own: false,
    };
    let message = told(&account, contact).await["message"].clone();
    assert_eq!(message["contact"], json!({ "name": "A", "phone_number": "+380" }));
    assert_eq!(told(&account, Act::Unknown).await["event"], "wallpaper_changed");
}

#[tokio::test]
async fn a_file_can_be_fetched_for_an_hour() {
    let account = Account::connected().await;
    let event = told(&account, Act::Image(Upload::new("a.jpg", "image/jpeg", &b"x"[..]))).await;
    let media = event["message"]["media"].as_str().unwrap().to_owned();
    assert!(media.starts_with(&account.standins.viber_url()));
    account.standins.expire_files();
    assert_eq!(call("GET", &media, &[], "").await.unwrap().status, 403);
}

#[tokio::test]
async fn the_answer_to_a_started_conversation_is_a_welcome() {
    let account = Account::connected().await;
    let peer = account.peer();
    let welcome = json!({ "sender": { "name": "Support" }, "type": "text", "text": "Welcome!" });
    account
        .gateway
        .answers([Scripted::json(&welcome), Scripted::json(&json!({ "type": "text" }))]);
    let start = Act::Start {
        payload: Some("ad-7".into()),
    };
    let event = told(&account, start.clone()).await;
    assert_eq!(
        (event["event"].as_str(), event["context"].as_str(), &event["subscribed"]),
        (Some("conversation_started"), Some("ad-7"), &json!(false))
    );
    assert_eq!(peer.replies(1).await.unwrap()[0].text, "Welcome!");
    // A welcome is no subscription.
    assert_eq!(account.send(&json!({})).await, 6);
    told(&account, start).await;
    account.standins.settled(Provider::Viber, LONG).await.unwrap();
    assert_eq!(
        account.standins.viber().refused_welcomes(TOKEN).unwrap(),
        ["sender.name"]
    );
}

#[tokio::test]
async fn receipts_come_if_they_are_asked_for_and_switched_on() {
    let account = Account::connected().await;
    account.subscriber().await;
    account.standins.viber().receipts(true);
    let sent = account.call("send_message", &message(&json!({}))).await;
    let heard = account.gateway.heard(3).await;
    for (heard, name) in heard[1..].iter().zip(["delivered", "seen"]) {
        let event = heard.json();
        assert_eq!(
            (event["event"].as_str(), event["user_id"].as_str()),
            (Some(name), Some(USER))
        );
        assert_eq!(event["message_token"], sent["message_token"]);
    }
    let only_seen = json!({ "url": account.gateway.url, "event_types": ["seen"] });
    account.call("set_webhook", &only_seen).await;
    account.call("send_message", &message(&json!({}))).await;
    assert_eq!(account.gateway.heard(5).await[4].json()["event"], "seen");
}

#[tokio::test]
async fn a_failure_can_be_told_with_its_reason() {
    let account = Account::connected().await;
    let token = 4_912_661_846_655_238_147;
    account
        .standins
        .viber()
        .receipt(TOKEN, USER, token, "failed", Some("no device"))
        .unwrap();
    let event = account.gateway.heard(1).await[0].json();
    assert_eq!(
        (event["desc"].as_str(), event["message_token"].as_u64()),
        (Some("no device"), Some(token))
    );
}

#[tokio::test]
async fn an_event_is_repeated_until_it_is_taken_and_can_be_told_twice() {
    let account = Account::connected().await;
    account.gateway.answers([503, 500].map(Scripted::status));
    account.peer().says("Hi").unwrap();
    let heard = account.gateway.heard(3).await;
    assert_eq!(heard[0].body, heard[2].body);
    let event = heard[0].json();
    account.standins.viber().event(TOKEN, USER, event.clone()).unwrap();
    assert_eq!(
        account.gateway.heard(4).await[3].json()["message_token"],
        event["message_token"]
    );
}

#[tokio::test]
async fn an_account_without_a_webhook_is_told_nothing() {
    let account = Account::start().await;
    let refused = account.peer().says("Hi").unwrap_err();
    assert_eq!(refused.to_string(), "the account has no webhook");
}
