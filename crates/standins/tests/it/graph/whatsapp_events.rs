//! What apps are told about numbers.

use super::{BUSINESS, Meta, NUMBER, PHONE, SYSTEM};
use crate::support::call;
use serde_json::{Value, json};
use standins::{Act, Profile, Upload};

/// What is told about the number after this much was heard.
async fn value(meta: &Meta, before: usize) -> Value {
    let body = meta.gateway.heard(before + 1).await[before].json();
    let entry = &body["entry"][0];
    assert_eq!(
        (body["object"].as_str(), entry["id"].as_str()),
        (Some("whatsapp_business_account"), Some(BUSINESS))
    );
    assert_eq!(entry["changes"][0]["field"], "messages");
    let value = entry["changes"][0]["value"].clone();
    assert_eq!(
        value["metadata"],
        json!({ "display_phone_number": "15550783881", "phone_number_id": NUMBER })
    );
    value
}

/// The message that an act becomes.
async fn told(meta: &Meta, act: Act) -> Value {
    let before = meta.gateway.so_far().len();
    meta.phone().does(&act).unwrap();
    value(meta, before).await["messages"][0].clone()
}

#[tokio::test]
async fn a_message_says_who_wrote_it_and_when() {
    let meta = Meta::connected().await;
    let wamid = meta.phone().says("Hi").unwrap();
    let value = value(&meta, 0).await;
    assert_eq!(
        value["contacts"],
        json!([{ "profile": { "name": "Olha Koval" }, "wa_id": PHONE }])
    );
    let message = &value["messages"][0];
    assert_eq!(
        (message["id"].as_str(), message["from"].as_str()),
        (Some(wamid.as_str()), Some(PHONE))
    );
    assert_eq!(message["text"], json!({ "body": "Hi" }));
    assert!(message["timestamp"].as_str().unwrap().parse::<i64>().unwrap() > 1_700_000_000);
}

#[tokio::test]
async fn every_type_has_its_shape() {
    let meta = Meta::connected().await;
    let file = |name: &str| Upload::new(name, "x/y", &b"bytes"[..]);
    for (act, kind) in [
        (Act::Image(file("a.jpg").captioned("look")), "image"),
        (Act::Video(file("a.mp4")), "video"),
        (Act::Audio(file("a.mp3")), "audio"),
        (Act::Document(file("a.pdf")), "document"),
        (Act::Sticker(file("a.webp")), "sticker"),
        (Act::Unknown, "hologram"),
        (Act::Unsupported, "unsupported"),
    ] {
        let message = told(&meta, act).await;
        assert_eq!(message["type"], kind);
        assert!(
            message[kind].is_object() || message["errors"][0]["code"] == 131_051,
            "{message}"
        );
    }
    let voice = told(&meta, Act::Voice(file("a.ogg"))).await;
    assert_eq!(
        (voice["type"].as_str(), &voice["audio"]["voice"]),
        (Some("audio"), &json!(true))
    );
    let contact = Act::Contact {
        name: "A".into(),
        phone: "+380".into(),
        own: false,
    };
    assert_eq!(told(&meta, contact).await["contacts"][0]["phones"][0]["wa_id"], "380");
    let react = Act::React {
        id: "wamid.1".into(),
        emoji: "👍".into(),
    };
    assert_eq!(
        told(&meta, react).await["reaction"],
        json!({ "message_id": "wamid.1", "emoji": "👍" })
    );
}

#[tokio::test]
async fn a_file_is_found_by_its_id_and_fetched_with_the_token() {
    let meta = Meta::connected().await;
    let upload = Upload::new("a.jpg", "image/jpeg", &b"bytes"[..]);
    let id = told(&meta, Act::Image(upload)).await["image"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let (_, node) = meta.get(&format!("/{id}"), SYSTEM).await;
    let url = node["url"].as_str().unwrap();
    let fetch = async |token: &str| call("GET", url, &[("authorization", token)], "").await.unwrap();
    assert_eq!(fetch("Bearer x").await.status, 401);
    let answer = fetch(&format!("Bearer {SYSTEM}")).await;
    assert_eq!((answer.status, &answer.body[..]), (200, &b"bytes"[..]));
    meta.standins.expire_files();
    assert_eq!(fetch(&format!("Bearer {SYSTEM}")).await.status, 400);
    meta.get(&format!("/{id}"), SYSTEM).await;
    assert_eq!(fetch(&format!("Bearer {SYSTEM}")).await.status, 200);
}

#[tokio::test]
async fn buttons_and_rows_are_told_with_the_message_they_stood_in() {
    let meta = Meta::connected().await;
    let peer = meta.phone();
    let buttons = json!([{ "type": "reply", "reply": { "id": "y", "title": "Yes" } }]);
    let interactive = json!({ "type": "button", "body": { "text": "?" }, "action": { "buttons": buttons } });
    let (_, sent) = meta
        .send_whatsapp(&json!({ "type": "interactive", "interactive": interactive }))
        .await;
    peer.presses("Yes").unwrap();
    let message = value(&meta, 0).await["messages"][0].clone();
    let reply = json!({ "type": "button_reply", "button_reply": { "id": "y", "title": "Yes" } });
    assert_eq!(
        (&message["interactive"], &message["context"]["id"]),
        (&reply, &sent["messages"][0]["id"])
    );
    let action = json!({ "button": "Choose", "sections": [{ "rows": [{ "id": "r", "title": "Row" }] }] });
    let list = json!({ "type": "list", "body": { "text": "?" }, "action": action });
    meta.send_whatsapp(&json!({ "type": "interactive", "interactive": list }))
        .await;
    peer.presses("Row").unwrap();
    let message = value(&meta, 1).await["messages"][0].clone();
    assert_eq!(
        message["interactive"]["list_reply"],
        json!({ "id": "r", "title": "Row" })
    );
}

#[tokio::test]
async fn statuses_climb_their_ladder_and_failures_come_always() {
    let meta = Meta::connected().await;
    let peer = meta.phone();
    meta.standins.graph().receipts(true);
    let text = json!({ "text": { "body": "Hi" }, "biz_opaque_callback_data": "ours-1" });
    let (_, sent) = meta.send_whatsapp(&text).await;
    for (n, name) in ["sent", "delivered", "read"].into_iter().enumerate() {
        let status = value(&meta, n).await["statuses"][0].clone();
        assert_eq!(
            (status["status"].as_str(), &status["id"]),
            (Some(name), &sent["messages"][0]["id"])
        );
        assert_eq!(status["biz_opaque_callback_data"], "ours-1");
    }
    meta.standins.graph().receipts(false);
    peer.set_window(false);
    assert_eq!(meta.send_whatsapp(&text).await.0, 200);
    let failed = value(&meta, 3).await["statuses"][0].clone();
    assert_eq!(
        (failed["status"].as_str(), &failed["errors"][0]["code"]),
        (Some("failed"), &json!(131_047))
    );
    peer.blocks().unwrap();
    meta.send_whatsapp(&text).await;
    assert_eq!(value(&meta, 4).await["statuses"][0]["errors"][0]["code"], 131_026);
    assert_eq!(peer.seen().len(), 1);
}

#[tokio::test]
async fn a_peer_with_a_name_may_hide_its_phone() {
    let meta = Meta::connected().await;
    let hidden = Profile {
        phone: String::new(),
        ..Profile::default()
    };
    let peer = meta
        .standins
        .graph()
        .peer(NUMBER, "UA.13491208655302741918")
        .called(hidden);
    peer.says("Hi").unwrap();
    let value = value(&meta, 0).await;
    assert_eq!(value["contacts"][0].get("wa_id"), None);
    assert_eq!(value["contacts"][0]["user_id"], "UA.13491208655302741918");
    assert_eq!(value["messages"][0].get("from"), None);
}

#[tokio::test]
async fn a_message_is_marked_as_read_if_there_is_one() {
    let meta = Meta::connected().await;
    let id = meta.phone().says("Hi").unwrap();
    let read = json!({ "status": "read", "message_id": id, "typing_indicator": { "type": "text" } });
    assert_eq!(meta.send_whatsapp(&read).await, (200, json!({ "success": true })));
    let other = json!({ "status": "read", "message_id": "wamid.x" });
    assert_eq!(meta.send_whatsapp(&other).await.0, 400);
}

#[tokio::test]
async fn a_status_can_be_told_by_hand_out_of_order() {
    let meta = Meta::connected().await;
    for status in ["read", "sent"] {
        meta.standins.graph().status(NUMBER, PHONE, "wamid.1", status).unwrap();
    }
    assert_eq!(value(&meta, 0).await["statuses"][0]["status"], "read");
    assert_eq!(value(&meta, 1).await["statuses"][0]["status"], "sent");
}
