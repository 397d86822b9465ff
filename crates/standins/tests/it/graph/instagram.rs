//! Instagram accounts of pages.

use super::{INSTAGRAM, Meta, PAGE_TOKEN};
use serde_json::{Value, json};

#[tokio::test]
async fn direct_messages_come_and_go_through_the_page() {
    let meta = Meta::connected().await;
    let peer = meta.standins.graph().peer(INSTAGRAM, "70001");
    peer.says("Hi").unwrap();
    let body = meta.gateway.heard(1).await[0].json();
    assert_eq!(
        (body["object"].as_str(), body["entry"][0]["id"].as_str()),
        (Some("instagram"), Some(INSTAGRAM))
    );
    let message = |text: String| json!({ "recipient": { "id": "70001" }, "message": { "text": text } });
    for path in ["/me/messages".to_owned(), format!("/{INSTAGRAM}/messages")] {
        assert_eq!(
            meta.call("POST", &path, PAGE_TOKEN, &message("Hello".into())).await.0,
            200
        );
    }
    assert_eq!(peer.replies(2).await.unwrap()[1].text, "Hello");
    let long = message("a".repeat(1_001));
    assert_eq!(meta.call("POST", "/me/messages", PAGE_TOKEN, &long).await.0, 400);
}

#[tokio::test]
async fn comments_and_mentions_are_changes() {
    let meta = Meta::connected().await;
    let comment = json!({ "field": "comments", "value": {
        "id": "17850001", "text": "How much?", "from": { "id": "70001", "username": "olha" }, "media": { "id": "1" } } });
    meta.standins
        .graph()
        .event(INSTAGRAM, "70001", "changes", std::slice::from_ref(&comment))
        .unwrap();
    let body = meta.gateway.heard(1).await[0].json();
    assert_eq!(body["entry"][0]["changes"][0], comment);
    // A private reply goes to the comment.
    let _ = meta.standins.graph().peer(INSTAGRAM, "17850001");
    let reply = json!({ "recipient": { "comment_id": "17850001" }, "message": { "text": "10 €" } });
    assert_eq!(meta.call("POST", "/me/messages", PAGE_TOKEN, &reply).await.0, 200);
}

#[tokio::test]
async fn reading_is_told_by_message() {
    let meta = Meta::connected().await;
    let _ = meta.standins.graph().peer(INSTAGRAM, "70001");
    meta.standins.graph().receipts(true);
    let message = json!({ "recipient": { "id": "70001" }, "message": { "text": "Hello" } });
    let (_, sent) = meta.call("POST", "/me/messages", PAGE_TOKEN, &message).await;
    let event: Value = meta.gateway.heard(1).await[0].json()["entry"][0]["messaging"][0].clone();
    assert_eq!(event["read"]["mid"], sent["message_id"]);
}
