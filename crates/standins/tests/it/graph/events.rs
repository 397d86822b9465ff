//! What apps are told about pages.

use super::{APP, Meta, PAGE, PAGE_TOKEN, PSID};
use crate::support::{LONG, Scripted, call};
use serde_json::{Value, json};
use standins::{Act, Provider, Seal, Upload, graph::Object};

/// The event that an act becomes.
async fn told(meta: &Meta, act: Act) -> Value {
    let before = meta.gateway.so_far().len();
    meta.peer().does(&act).unwrap();
    let body = meta.gateway.heard(before + 1).await[before].json();
    assert_eq!(
        (body["object"].as_str(), body["entry"][0]["id"].as_str()),
        (Some("page"), Some(PAGE))
    );
    body["entry"][0]["messaging"][0].clone()
}

#[tokio::test]
async fn every_event_is_signed_with_the_apps_secret() {
    let meta = Meta::connected().await;
    let body = r#"{"object":"page","entry":[]}"#;
    meta.gateway.always(Scripted::status(403));
    for seal in [Seal::Genuine, Seal::Forged, Seal::Missing] {
        let answer = meta.standins.graph().post(APP, Object::Page, body, seal).await.unwrap();
        assert_eq!(answer.status, 403);
    }
    let heard = meta.gateway.heard(3).await;
    let right = "sha256=1a82db3abc2fa71a3fffecfedef579a8468a44850cd8a83a0c56974faff81689";
    assert_eq!(heard[0].header("x-hub-signature-256"), right);
    assert_ne!(heard[1].header("x-hub-signature-256"), right);
    assert_eq!(heard[2].header("x-hub-signature-256"), "");
}

#[tokio::test]
async fn a_message_has_its_way_and_is_escaped() {
    let meta = Meta::connected().await;
    let mid = meta.peer().says("Привіт/👍").unwrap();
    let heard = meta.gateway.heard(1).await.remove(0);
    assert!(heard.body.is_ascii());
    let event = heard.json()["entry"][0]["messaging"][0].clone();
    assert_eq!(
        (event["sender"]["id"].as_str(), event["recipient"]["id"].as_str()),
        (Some(PSID), Some(PAGE))
    );
    assert_eq!(event["message"], json!({ "mid": mid, "text": "Привіт/👍" }));
    assert!(event["timestamp"].as_i64().unwrap() > 1_700_000_000_000);
}

#[tokio::test]
async fn every_kind_has_metas_shape() {
    let meta = Meta::connected().await;
    let file = |name: &str| Upload::new(name, "", &b"bytes"[..]);
    for (act, kind) in [
        (Act::Image(file("a b.jpg")), "image"),
        (Act::Video(file("a.mp4")), "video"),
        (Act::Voice(file("a.mp4")), "audio"),
        (Act::Document(file("a.pdf")), "file"),
        (Act::Sticker(file("a.png")), "sticker"),
    ] {
        let attachments = told(&meta, act).await["message"]["attachments"].clone();
        assert_eq!(
            (attachments.as_array().unwrap().len(), attachments[0]["type"].as_str()),
            (1, Some(kind))
        );
        let url = attachments[0]["payload"]["url"].as_str().unwrap();
        assert_eq!(&call("GET", url, &[], "").await.unwrap().body[..], b"bytes");
    }
    meta.standins.graph().double_stickers(true);
    let attachments = told(&meta, Act::Sticker(file("a.png"))).await["message"]["attachments"].clone();
    assert_eq!(attachments[0]["payload"], attachments[1]["payload"]);
    assert_eq!(attachments[1]["type"], "image");
    let place = Act::Location {
        latitude: 50.45,
        longitude: 30.52,
        title: None,
        address: None,
    };
    let message = told(&meta, place).await["message"].clone();
    assert_eq!(
        message["attachments"][0]["payload"]["coordinates"],
        json!({ "lat": 50.45, "long": 30.52 })
    );
    assert_eq!(told(&meta, Act::Unsupported).await["message"]["is_unsupported"], true);
    let delete = Act::Delete { id: "m_1".into() };
    assert_eq!(
        told(&meta, delete).await["message"],
        json!({ "mid": "m_1", "is_deleted": true })
    );
    let react = Act::React {
        id: "m_1".into(),
        emoji: "👍".into(),
    };
    assert_eq!(told(&meta, react).await["reaction"]["action"], "react");
    let start = Act::Start {
        payload: Some("ad-7".into()),
    };
    assert_eq!(told(&meta, start).await["referral"]["ref"], "ad-7");
    assert_eq!(
        told(&meta, Act::Start { payload: None }).await["postback"]["payload"],
        "GET_STARTED"
    );
    assert!(told(&meta, Act::Unknown).await["telepathy"].is_object());
}

#[tokio::test]
async fn a_quick_reply_is_written_and_a_button_is_told() {
    let meta = Meta::connected().await;
    let peer = meta.peer();
    let quick = json!({ "text": "Sure?", "quick_replies": [
        { "content_type": "text", "title": "Yes", "payload": "Y" }, { "content_type": "user_phone_number" }] });
    meta.send(quick.clone()).await;
    peer.presses("Yes").unwrap();
    let message = meta.gateway.heard(1).await[0].json()["entry"][0]["messaging"][0]["message"].clone();
    assert_eq!(
        (message["text"].as_str(), message["quick_reply"]["payload"].as_str()),
        (Some("Yes"), Some("Y"))
    );
    // It is gone once something was said.
    assert!(peer.presses("Yes").is_err());
    meta.send(quick).await;
    peer.presses("Send phone number").unwrap();
    let message = meta.gateway.heard(2).await[1].json()["entry"][0]["messaging"][0]["message"].clone();
    assert_eq!(message["quick_reply"]["payload"], "+380671112233");
    let payload = json!({ "template_type": "button", "text": "Choose",
        "buttons": [{ "type": "postback", "title": "A", "payload": "PA" }] });
    meta.send(json!({ "attachment": { "type": "template", "payload": payload } }))
        .await;
    peer.presses("A").unwrap();
    let postback = meta.gateway.heard(3).await[2].json()["entry"][0]["messaging"][0]["postback"].clone();
    assert_eq!(
        (postback["title"].as_str(), postback["payload"].as_str()),
        (Some("A"), Some("PA"))
    );
}

#[tokio::test]
async fn echoes_and_receipts_come_if_they_are_switched_on() {
    let meta = Meta::connected().await;
    let _ = meta.peer();
    meta.standins.graph().echoes(true);
    meta.standins.graph().receipts(true);
    let (_, sent) = meta.send(json!({ "text": "Hello", "metadata": "ours-1" })).await;
    let heard = meta.gateway.heard(3).await;
    let event = |n: usize| heard[n].json()["entry"][0]["messaging"][0].clone();
    let echo = event(0);
    assert_eq!(
        (echo["sender"]["id"].as_str(), echo["recipient"]["id"].as_str()),
        (Some(PAGE), Some(PSID))
    );
    let expected = json!({ "is_echo": true, "app_id": 1_234_567_890_u64, "mid": sent["message_id"], "text": "Hello",
        "metadata": "ours-1" });
    assert_eq!(echo["message"], expected);
    assert_eq!(event(1)["delivery"]["mids"], json!([sent["message_id"]]));
    assert!(event(2)["read"]["watermark"].is_i64());
}

#[tokio::test]
async fn many_entries_and_standby_come_in_one_body() {
    let meta = Meta::connected().await;
    let graph = meta.standins.graph();
    let message = json!({ "sender": { "id": PSID }, "recipient": { "id": PAGE }, "timestamp": 1, "message": { "mid": "m_1", "text": "a" } });
    graph
        .event(PAGE, PSID, "standby", std::slice::from_ref(&message))
        .unwrap();
    assert_eq!(meta.gateway.heard(1).await[0].json()["entry"][0]["standby"][0], message);
    let entry = json!({ "id": PAGE, "time": 1, "messaging": [message, message] });
    graph.batch(APP, Object::Page, &[entry.clone(), entry.clone()]).unwrap();
    assert_eq!(meta.gateway.heard(2).await[1].json()["entry"], json!([entry, entry]));
}

#[tokio::test]
async fn an_event_is_repeated_until_it_is_taken() {
    let meta = Meta::connected().await;
    meta.gateway.answers([500, 503].map(Scripted::status));
    meta.peer().says("Hi").unwrap();
    meta.standins.settled(Provider::Graph, LONG).await.unwrap();
    let heard = meta.gateway.so_far();
    assert_eq!((heard.len(), &heard[0].body), (3, &heard[2].body));
    let body = heard[0].body.clone();
    meta.standins
        .graph()
        .post(APP, Object::Page, body.clone(), Seal::Genuine)
        .await
        .unwrap();
    assert_eq!(meta.gateway.heard(4).await[3].body, body);
    assert_eq!(meta.get("/me", PAGE_TOKEN).await.0, 200);
}
