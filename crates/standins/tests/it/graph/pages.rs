//! Messages of pages.

use super::{Meta, PAGE, PAGE_TOKEN, PSID, SYSTEM};
use crate::support::call;
use serde_json::{Value, json};

#[tokio::test]
async fn a_message_gets_an_id_and_is_seen() {
    let meta = Meta::start().await;
    let peer = meta.peer();
    let (status, sent) = meta.send(json!({ "text": "Hello", "metadata": "ours-1" })).await;
    assert_eq!((status, sent["recipient_id"].as_str()), (200, Some(PSID)));
    assert!(sent["message_id"].as_str().unwrap().starts_with("m_"));
    let seen = &peer.replies(1).await.unwrap()[0];
    assert_eq!(
        (seen.text.as_str(), json!(seen.id)),
        ("Hello", sent["message_id"].clone())
    );
    let body = json!({ "recipient": { "id": PSID }, "message": { "text": "by id" } });
    assert_eq!(
        meta.call("POST", &format!("/{PAGE}/messages"), PAGE_TOKEN, &body)
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn whom_a_page_can_write_to() {
    let meta = Meta::start().await;
    let text = json!({ "message": { "text": "a" } });
    let code = async |fields: &Value| Meta::code(&meta.send_with(fields).await.1);
    assert_eq!(code(&text).await, (100, Some(2_018_001)));
    let peer = meta.peer();
    assert_eq!(
        code(&json!({ "recipient": null, "message": { "text": "a" } })).await,
        (100, None)
    );
    assert_eq!(meta.send_with(&text).await.0, 200);
    peer.blocks().unwrap();
    assert_eq!(code(&text).await, (551, Some(1_545_041)));
    peer.unblocks().unwrap();
    assert_eq!(meta.send_with(&text).await.0, 200);
    let body = json!({ "recipient": { "id": PSID }, "message": { "text": "a" } });
    let (_, answer) = meta.call("POST", "/me/messages", SYSTEM, &body).await;
    assert_eq!(Meta::code(&answer), (210, None));
    let (_, answer) = meta.call("POST", "/999/messages", PAGE_TOKEN, &body).await;
    assert_eq!(Meta::code(&answer), (100, Some(33)));
}

#[tokio::test]
async fn outside_of_the_window_only_a_person_answers() {
    let meta = Meta::connected().await;
    let peer = meta.peer();
    peer.set_window(false);
    let (status, answer) = meta.send(json!({ "text": "late" })).await;
    assert_eq!((status, Meta::code(&answer)), (403, (10, Some(2_018_278))));
    let tagged = |tag: &str| json!({ "messaging_type": "MESSAGE_TAG", "tag": tag, "message": { "text": "a" } });
    assert_eq!(meta.send_with(&tagged("HUMAN_AGENT")).await.0, 200);
    assert_eq!(
        Meta::code(&meta.send_with(&tagged("ACCOUNT_UPDATE")).await.1),
        (100, None)
    );
    let untagged = json!({ "messaging_type": "MESSAGE_TAG", "message": { "text": "a" } });
    assert_eq!(Meta::code(&meta.send_with(&untagged).await.1), (100, None));
    peer.says("here again").unwrap();
    assert_eq!(meta.send(json!({ "text": "in time" })).await.0, 200);
}

#[tokio::test]
async fn every_message_has_its_limits() {
    let meta = Meta::start().await;
    let _ = meta.peer();
    let quick = |count: usize, title: &str| {
        let reply = json!({ "content_type": "text", "title": title, "payload": "P" });
        json!({ "text": "?", "quick_replies": vec![reply; count] })
    };
    let button = json!({ "type": "postback", "title": "A", "payload": "A" });
    let template = |text: String, buttons: Vec<Value>| {
        let payload = json!({ "template_type": "button", "text": text, "buttons": buttons });
        json!({ "attachment": { "type": "template", "payload": payload } })
    };
    let file = |kind: &str, url: &str| json!({ "attachment": { "type": kind, "payload": { "url": url } } });
    let card = |title: String| {
        let payload = json!({ "template_type": "generic", "elements": [{ "title": title, "buttons": [button] }] });
        json!({ "attachment": { "type": "template", "payload": payload } })
    };
    for (status, message) in [
        (200, json!({ "text": "я".repeat(2_000) })),
        (400, json!({ "text": "я".repeat(2_001) })),
        (400, json!({ "text": "" })),
        (
            400,
            json!({ "text": "a", "attachment": { "type": "image", "payload": { "url": "https://a.example" } } }),
        ),
        (400, json!({ "text": "a", "metadata": "a".repeat(1_001) })),
        (200, quick(13, "Yes")),
        (400, quick(14, "Yes")),
        (400, quick(1, &"a".repeat(21))),
        (
            400,
            json!({ "text": "?", "quick_replies": [{ "content_type": "text", "title": "A" }] }),
        ),
        (
            200,
            json!({ "text": "?", "quick_replies": [{ "content_type": "user_phone_number" }] }),
        ),
        (
            400,
            json!({ "text": "?", "quick_replies": [{ "content_type": "location" }] }),
        ),
        (200, template("a".repeat(640), vec![button.clone(); 3])),
        (400, template("a".repeat(641), vec![button.clone()])),
        (400, template("a".into(), vec![])),
        (400, template("a".into(), vec![button.clone(); 4])),
        (
            400,
            template(
                "a".into(),
                vec![json!({ "type": "postback", "title": "a".repeat(21), "payload": "A" })],
            ),
        ),
        (
            400,
            template("a".into(), vec![json!({ "type": "web_url", "title": "A", "url": "x" })]),
        ),
        (200, card("a".repeat(80))),
        (400, card("a".repeat(81))),
        (200, file("file", "https://a.example/a.pdf")),
        (400, file("file", "x")),
        (400, file("hologram", "https://a.example/a.pdf")),
        (400, json!({ "attachment": { "type": "image", "payload": {} } })),
        (
            200,
            json!({ "attachment": { "type": "image", "payload": { "attachment_id": "1" } } }),
        ),
    ] {
        let (given, answer) = meta.send(message.clone()).await;
        assert_eq!(given, status, "{message}: {answer}");
    }
}

#[tokio::test]
async fn typing_is_shown_and_other_actions_are_refused() {
    let meta = Meta::start().await;
    let _ = meta.peer();
    assert_eq!(
        meta.send_with(&json!({ "sender_action": "typing_on" })).await,
        (200, json!({ "recipient_id": PSID }))
    );
    assert_eq!(meta.send_with(&json!({ "sender_action": "yawn" })).await.0, 400);
    let both = json!({ "sender_action": "typing_on", "message": { "text": "a" } });
    assert_eq!(meta.send_with(&both).await.0, 400);
}

#[tokio::test]
async fn a_file_may_be_uploaded_with_its_message() {
    let meta = Meta::start().await;
    let peer = meta.peer();
    let body = format!(
        "--b\r\ncontent-disposition: form-data; name=\"recipient\"\r\n\r\n{{\"id\":\"{PSID}\"}}\r\n--b\r\n\
         content-disposition: form-data; name=\"message\"\r\n\r\n{{\"attachment\":{{\"type\":\"file\",\"payload\":{{\"is_reusable\":true}}}}}}\r\n\
         --b\r\ncontent-disposition: form-data; name=\"filedata\"; filename=\"a.pdf\"\r\n\
         content-type: application/pdf\r\n\r\n%PDF\r\n--b--\r\n"
    );
    let url = format!(
        "{}/v26.0/me/messages?access_token={PAGE_TOKEN}",
        meta.standins.graph_url()
    );
    let multipart = [("content-type", "multipart/form-data; boundary=b")];
    let (status, sent) = crate::support::read(&call("POST", &url, &multipart, body).await.unwrap());
    assert_eq!(status, 200, "{sent}");
    assert!(sent["attachment_id"].is_string());
    assert_eq!(peer.replies(1).await.unwrap()[0].file.as_ref().unwrap().name, "a.pdf");
}

#[tokio::test]
async fn a_comment_is_answered_by_the_page() {
    let meta = Meta::start().await;
    let reply = json!({ "message": "Thanks!" });
    assert_eq!(meta.call("POST", "/555_1/replies", PAGE_TOKEN, &reply).await.0, 200);
    assert_eq!(meta.call("POST", "/555_1/replies", PAGE_TOKEN, &json!({})).await.0, 400);
}
