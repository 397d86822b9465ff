//! Messages of numbers.

use super::{BUSINESS, Meta, NUMBER, PAGE_TOKEN, PHONE, SYSTEM};
use crate::support::{call, read};
use serde_json::{Value, json};

#[tokio::test]
async fn a_message_is_accepted_and_seen() {
    let meta = Meta::start().await;
    let peer = meta.phone();
    let text =
        json!({ "recipient_type": "individual", "type": "text", "text": { "body": "Hi", "preview_url": false } });
    let (status, sent) = meta.send_whatsapp(&text).await;
    assert_eq!(status, 200, "{sent}");
    assert_eq!(sent["contacts"], json!([{ "input": PHONE, "wa_id": PHONE }]));
    assert_eq!(sent["messages"][0]["message_status"], "accepted");
    let seen = &peer.replies(1).await.unwrap()[0];
    assert_eq!(
        (seen.text.as_str(), json!(seen.id)),
        ("Hi", sent["messages"][0]["id"].clone())
    );
}

#[tokio::test]
async fn a_number_needs_its_own_token_and_the_word_whatsapp() {
    let meta = Meta::start().await;
    let body = json!({ "messaging_product": "whatsapp", "to": PHONE, "text": { "body": "Hi" } });
    let path = format!("/{NUMBER}/messages");
    assert_eq!(
        Meta::code(&meta.call("POST", &path, PAGE_TOKEN, &body).await.1),
        (100, Some(33))
    );
    assert_eq!(meta.call("POST", &path, "EAAx", &body).await.0, 401);
    let code = async |fields: &Value| Meta::code(&meta.send_whatsapp(fields).await.1);
    assert_eq!(
        code(&json!({ "messaging_product": "x", "text": { "body": "Hi" } })).await,
        (100, None)
    );
    assert_eq!(code(&json!({ "to": "", "text": { "body": "Hi" } })).await, (100, None));
}

#[tokio::test]
async fn every_type_has_its_fields_and_limits() {
    let meta = Meta::start().await;
    let link = "https://a.example/a.jpg";
    let reply = |id: &str, title: &str| json!({ "type": "reply", "reply": { "id": id, "title": title } });
    let buttons = |buttons: Vec<Value>| {
        let action = json!({ "buttons": buttons });
        json!({ "type": "interactive", "interactive": { "type": "button", "body": { "text": "?" }, "action": action } })
    };
    let list = |count: usize| {
        let row = |n: usize| json!({ "id": n.to_string(), "title": format!("Row {n}") });
        let rows: Vec<Value> = (0..count).map(row).collect();
        let action = json!({ "button": "Choose", "sections": [{ "rows": rows }] });
        json!({ "type": "interactive", "interactive": { "type": "list", "body": { "text": "?" }, "action": action } })
    };
    let name = json!({ "formatted_name": "A B" });
    for (code, fields) in [
        (None, json!({ "text": { "body": "я".repeat(4_096) } })),
        (Some(100), json!({ "text": { "body": "я".repeat(4_097) } })),
        (Some(131_008), json!({ "text": {} })),
        (Some(131_008), json!({ "type": "text" })),
        (Some(131_051), json!({ "type": "hologram", "hologram": {} })),
        (
            None,
            json!({ "type": "image", "image": { "link": link, "caption": "look" } }),
        ),
        (
            Some(100),
            json!({ "type": "image", "image": { "link": link, "caption": "a".repeat(1_025) } }),
        ),
        (
            Some(100),
            json!({ "type": "audio", "audio": { "link": link, "caption": "a" } }),
        ),
        (Some(100), json!({ "type": "image", "image": { "id": "404" } })),
        (Some(100), json!({ "type": "image", "image": { "link": "x" } })),
        (Some(131_008), json!({ "type": "image", "image": {} })),
        (
            None,
            json!({ "type": "document", "document": { "link": link, "filename": "a.pdf" } }),
        ),
        (
            None,
            json!({ "type": "location", "location": { "latitude": 50.45, "longitude": 30.52 } }),
        ),
        (Some(131_008), json!({ "type": "location", "location": {} })),
        (
            None,
            json!({ "type": "contacts", "contacts": [{ "name": name, "phones": [{ "phone": "+380" }] }] }),
        ),
        (None, buttons(vec![reply("1", "A"), reply("2", "B"), reply("3", "C")])),
        (
            Some(100),
            buttons(vec![reply("1", "A"), reply("2", "B"), reply("3", "C"), reply("4", "D")]),
        ),
        (Some(100), buttons(vec![reply("1", &"a".repeat(21))])),
        (Some(100), buttons(vec![reply("1", "A"), reply("2", "A")])),
        (None, list(10)),
        (Some(100), list(11)),
        (
            None,
            json!({ "type": "reaction", "reaction": { "message_id": "wamid.1", "emoji": "👍" } }),
        ),
    ] {
        let (status, answer) = meta.send_whatsapp(&fields).await;
        match code {
            None => assert_eq!(status, 200, "{fields}: {answer}"),
            Some(code) => assert_eq!((status, Meta::code(&answer).0), (400, code), "{fields}: {answer}"),
        }
    }
    let (_, answer) = meta.send_whatsapp(&json!({ "text": {} })).await;
    assert_eq!(answer["error"]["error_data"]["details"], "text.body is missing");
}

#[tokio::test]
async fn a_template_must_be_known_and_fit() {
    let meta = Meta::start().await;
    let peer = meta.phone();
    meta.standins
        .graph()
        .template(BUSINESS, "ready", "uk", "Order {{1}} is ready.");
    let template = |name: &str, parameters: Value| {
        let components = json!([{ "type": "body", "parameters": parameters }]);
        json!({ "type": "template", "template": { "name": name, "language": { "code": "uk" }, "components": components } })
    };
    let seven = json!([{ "type": "text", "text": "7" }]);
    peer.set_window(false);
    assert_eq!(meta.send_whatsapp(&template("ready", seven.clone())).await.0, 200);
    assert_eq!(peer.replies(1).await.unwrap()[0].text, "Order 7 is ready.");
    assert_eq!(
        Meta::code(&meta.send_whatsapp(&template("ready", json!([]))).await.1).0,
        132_000
    );
    assert_eq!(
        Meta::code(&meta.send_whatsapp(&template("lost", seven)).await.1).0,
        132_001
    );
    let (_, templates) = meta.get(&format!("/{BUSINESS}/message_templates"), SYSTEM).await;
    assert_eq!(templates["data"][0]["name"], "ready");
}

#[tokio::test]
async fn a_file_is_uploaded_and_sent_by_its_id() {
    let meta = Meta::start().await;
    let peer = meta.phone();
    let part =
        |name: &str, value: &str| format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let file = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF\r\n";
    let body = format!(
        "{}{}{file}--b--\r\n",
        part("messaging_product", "whatsapp"),
        part("type", "application/pdf")
    );
    let url = format!("{}/v26.0/{NUMBER}/media", meta.standins.graph_url());
    let bearer = format!("Bearer {SYSTEM}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "multipart/form-data; boundary=b"),
    ];
    let (status, media) = read(&call("POST", &url, &headers, body).await.unwrap());
    assert_eq!(status, 200, "{media}");
    let id = media["id"].as_str().unwrap();
    let document = json!({ "type": "document", "document": { "id": id, "filename": "bill.pdf" } });
    assert_eq!(meta.send_whatsapp(&document).await.0, 200);
    let seen = peer.replies(1).await.unwrap()[0].file.clone().unwrap();
    assert_eq!((seen.name.as_str(), seen.size), ("bill.pdf", Some(4)));
    let (_, node) = meta.get(&format!("/{id}"), SYSTEM).await;
    assert_eq!(
        (node["mime_type"].as_str(), node["file_size"].as_i64()),
        (Some("application/pdf"), Some(4))
    );
    assert_eq!(
        meta.call("DELETE", &format!("/{id}"), SYSTEM, &Value::Null).await.0,
        200
    );
    assert_eq!(
        meta.call("DELETE", &format!("/{id}"), SYSTEM, &Value::Null).await.0,
        400
    );
}
