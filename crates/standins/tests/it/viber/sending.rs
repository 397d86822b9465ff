//! Messages of the account.

use super::{Account, TOKEN, USER, message};
use serde_json::{Value, json};
use standins::Press;

#[tokio::test]
async fn a_message_gets_a_token_that_no_javascript_number_holds() {
    let account = Account::connected().await;
    let peer = account.subscriber().await;
    let answer = account.call("send_message", &message(&json!({}))).await;
    assert_eq!(
        (answer["status"].as_i64(), answer["status_message"].as_str()),
        (Some(0), Some("ok"))
    );
    let token = answer["message_token"].as_u64().unwrap();
    assert!(token > 1 << 53);
    let seen = &peer.replies(1).await.unwrap()[0];
    assert_eq!(
        (seen.id.as_str(), seen.text.as_str()),
        (token.to_string().as_str(), "Hello")
    );
}

#[tokio::test]
async fn who_may_be_written_to() {
    let account = Account::start().await;
    assert_eq!(account.send(&json!({})).await, 10);
    account
        .standins
        .viber()
        .set_webhook(TOKEN, &account.gateway.url)
        .unwrap();
    assert_eq!(account.send(&json!({})).await, 5);
    let peer = account.peer();
    assert_eq!(account.send(&json!({})).await, 6);
    peer.says("Hi").unwrap();
    assert_eq!(account.send(&json!({})).await, 0);
    peer.blocks().unwrap();
    assert_eq!(account.send(&json!({})).await, 6);
    peer.unblocks().unwrap();
    assert_eq!(account.send(&json!({})).await, 0);
    peer.is_gone();
    assert_eq!(account.send(&json!({})).await, 5);
    assert_eq!(account.send(&json!({ "receiver": "" })).await, 4);
}

#[tokio::test]
async fn every_kind_has_its_fields_and_limits() {
    let account = Account::connected().await;
    account.subscriber().await;
    let file = "https://a.example/a.pdf";
    for (status, fields) in [
        (3, json!({ "sender": { "name": "a".repeat(29) } })),
        (4, json!({ "sender": {} })),
        (4, json!({ "type": null })),
        (3, json!({ "type": "poem" })),
        (4, json!({ "text": "" })),
        (0, json!({ "text": "я".repeat(7_000) })),
        (3, json!({ "text": "я".repeat(7_001) })),
        (3, json!({ "tracking_data": "a".repeat(4_001) })),
        (
            0,
            json!({ "type": "picture", "text": "", "media": "https://a.example/a.JPG?sig=1" }),
        ),
        (
            3,
            json!({ "type": "picture", "text": "", "media": "https://a.example/a?name=a.jpg" }),
        ),
        (
            3,
            json!({ "type": "picture", "text": "a".repeat(513), "media": "https://a.example/a.jpg" }),
        ),
        (4, json!({ "type": "picture", "text": "" })),
        (3, json!({ "type": "video", "media": "https://a.example/a.mp4" })),
        (
            0,
            json!({ "type": "video", "media": "https://a.example/a.mp4", "size": 10_000, "duration": 180 }),
        ),
        (
            3,
            json!({ "type": "video", "media": "https://a.example/a.mp4", "size": 10_000, "duration": 181 }),
        ),
        (
            3,
            json!({ "type": "video", "media": "https://a.example/a.mp4", "size": 26 * 1024 * 1024 + 1 }),
        ),
        (
            0,
            json!({ "type": "file", "media": file, "size": 10, "file_name": "a.pdf" }),
        ),
        (3, json!({ "type": "file", "media": file, "file_name": "a.pdf" })),
        (3, json!({ "type": "file", "media": file, "size": 10 })),
        (
            3,
            json!({ "type": "file", "media": file, "size": 10, "file_name": "a" }),
        ),
        (
            0,
            json!({ "type": "contact", "contact": { "name": "A", "phone_number": "+380" } }),
        ),
        (
            3,
            json!({ "type": "contact", "contact": { "name": "A", "phone_number": "1".repeat(19) } }),
        ),
        (4, json!({ "type": "contact", "contact": { "name": "A" } })),
        (
            0,
            json!({ "type": "location", "location": { "lat": 50.45, "lon": 30.52 } }),
        ),
        (3, json!({ "type": "location", "location": { "lat": 91, "lon": 0 } })),
        (0, json!({ "type": "url", "media": "https://a.example" })),
        (0, json!({ "type": "sticker", "sticker_id": 46_105 })),
    ] {
        assert_eq!(account.send(&fields).await, status, "{fields}");
    }
}

#[tokio::test]
async fn a_request_has_thirty_kilobytes_at_most() {
    let account = Account::connected().await;
    account.subscriber().await;
    assert_eq!(account.send(&json!({ "x": "a".repeat(29 * 1024) })).await, 0);
    assert_eq!(account.send(&json!({ "x": "a".repeat(30 * 1024) })).await, 3);
}

fn keyboard(button: &Value) -> Value {
    json!({ "min_api_version": 3, "keyboard": { "Type": "keyboard", "Buttons": [button] } })
}

#[tokio::test]
async fn keyboards_are_checked() {
    let account = Account::connected().await;
    account.subscriber().await;
    let button = |field: &str, value: Value| {
        let mut button = json!({ "ActionType": "reply", "ActionBody": "YES", "Text": "Yes" });
        button[field] = value;
        keyboard(&button)
    };
    for (status, fields) in [
        (0, button("Columns", json!(6))),
        (3, button("Columns", json!(7))),
        (3, button("Rows", json!(3))),
        (3, button("Text", json!("a".repeat(251)))),
        (3, button("ActionType", json!("dance"))),
        (4, button("ActionBody", Value::Null)),
        (3, button("BgColor", json!("red"))),
        (0, button("BgColor", json!("#1d2733"))),
        (0, button("ActionType", json!("share-phone"))),
        (3, json!({ "keyboard": { "Buttons": [{ "ActionBody": "YES" }] } })),
        (3, json!({ "keyboard": { "Type": "keyboard", "Buttons": [] } })),
        (
            3,
            json!({ "keyboard": { "Type": "keyboard", "Buttons": [{ "ActionBody": "x", "ActionType": "share-phone" }] } }),
        ),
    ] {
        assert_eq!(account.send(&fields).await, status, "{fields}");
    }
}

#[tokio::test]
async fn a_keyboard_stays_until_the_next_message() {
    let account = Account::connected().await;
    let peer = account.subscriber().await;
    let yes = json!({ "ActionBody": "YES", "Text": "<font color=\"#ffffff\">Yes</font>" });
    account.send(&keyboard(&yes)).await;
    let button = peer.replies(1).await.unwrap()[0].buttons[0][0].clone();
    assert_eq!(
        (button.title.as_str(), button.press),
        ("Yes", Press::Text { text: "YES".into() })
    );
    let before = account.gateway.so_far().len();
    peer.presses("Yes").unwrap();
    let pressed = account.gateway.heard(before + 1).await[before].json();
    assert_eq!(pressed["message"], json!({ "type": "text", "text": "YES" }));
    account.send(&json!({})).await;
    assert!(peer.presses("Yes").is_err());
}

#[tokio::test]
async fn a_hundred_messages_without_a_reply_are_enough() {
    let account = Account::connected().await;
    let peer = account.subscriber().await;
    for _ in 0..100 {
        assert_eq!(account.send(&json!({})).await, 0);
    }
    let answer = account.call("send_message", &message(&json!({}))).await;
    assert_eq!(answer["status"], 12);
    assert!(
        answer["status_message"]
            .as_str()
            .unwrap()
            .contains("without reply exceeded")
    );
    peer.says("still here").unwrap();
    assert_eq!(account.send(&json!({})).await, 0);
}

#[tokio::test]
async fn a_broadcast_says_who_did_not_get_it() {
    let account = Account::connected().await;
    let peer = account.subscriber().await;
    let mut all = message(&json!({ "broadcast_list": [USER, "nobody"] }));
    let answer = account.call("broadcast_message", &all).await;
    let failed = &answer["failed_list"];
    assert_eq!(
        (failed[0]["receiver"].as_str(), failed[0]["status"].as_i64()),
        (Some("nobody"), Some(5))
    );
    assert_eq!(
        (answer["status"].as_i64(), failed.as_array().unwrap().len()),
        (Some(0), 1)
    );
    assert_eq!(peer.replies(1).await.unwrap().len(), 1);
    all["broadcast_list"] = json!(vec![USER; 301]);
    assert_eq!(account.status("broadcast_message", &all).await, 3);
}
