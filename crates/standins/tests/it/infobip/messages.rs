//! Messages of the account.

use super::{Account, KEY, NUMBER, PEER, message};
use crate::support::{call, post_with};
use serde_json::{Value, json};
use standins::{Fault, Press, Provider};

#[tokio::test]
async fn a_message_is_taken_and_seen_once_however_often_it_comes() {
    let account = Account::start().await;
    let peer = account.peer();
    let sent = message(&json!({ "messageId": "ours-1" }));
    let (status, answer) = account.call("POST", "/whatsapp/1/message/text", &sent).await;
    let pending = json!({ "groupId": 1, "groupName": "PENDING", "id": 7, "name": "PENDING_ENROUTE",
        "description": "Message sent to next instance" });
    let expected = json!({ "to": PEER, "messageCount": 1, "messageId": "ours-1", "status": pending });
    assert_eq!((status, &answer), (200, &expected));
    assert_eq!(
        account.call("POST", "/whatsapp/1/message/text", &sent).await,
        (200, expected)
    );
    let seen = peer.replies(1).await.unwrap();
    assert_eq!(
        (seen.len(), seen[0].id.as_str(), seen[0].text.as_str()),
        (1, "ours-1", "Hello")
    );
    let (_, answer) = account.send("text", json!({ "text": "again" })).await;
    assert_eq!(answer["messageId"].as_str().unwrap().len(), 22);
}

#[tokio::test]
async fn only_a_good_key_sends_and_only_from_its_numbers() {
    let account = Account::start().await;
    let url = format!("{}/whatsapp/1/message/text", account.standins.infobip_url());
    let unauthorized = json!({ "requestError": { "serviceException": {
        "messageId": "UNAUTHORIZED", "text": "Invalid login details" } } });
    let body = message(&json!({}));
    for key in ["App x", KEY, "Basic x", ""] {
        let answer = post_with(&url, &[("authorization", key)], &body).await;
        assert_eq!(answer, (401, unauthorized.clone()));
    }
    let foreign = message(&json!({ "from": "441134960009" }));
    let (status, answer) = account.call("POST", "/whatsapp/1/message/text", &foreign).await;
    assert_eq!(
        (status, &answer["requestError"]["serviceException"]["messageId"]),
        (403, &json!("FORBIDDEN"))
    );
    account.standins.infobip().revoke(KEY);
    assert_eq!(account.send("text", json!({ "text": "a" })).await, (401, unauthorized));
}

#[tokio::test]
async fn every_answer_has_a_number() {
    let account = Account::start().await;
    let url = format!("{}/whatsapp/1/message/text", account.standins.infobip_url());
    let answer = call("POST", &url, &[], "{}").await.unwrap();
    assert_eq!((answer.status, answer.headers["x-request-id"].len()), (401, 22));
}

#[tokio::test]
async fn what_every_message_has_is_checked() {
    let account = Account::start().await;
    let violations = async |fields: Value| {
        let (status, answer) = account
            .call("POST", "/whatsapp/1/message/text", &message(&fields))
            .await;
        assert_eq!(status, 400, "{answer}");
        answer["requestError"]["serviceException"]["validationErrors"].clone()
    };
    let digits = json!({ "to": ["must be in international format, digits only"] });
    assert_eq!(violations(json!({ "to": "+380671112233" })).await, digits);
    assert_eq!(
        violations(json!({ "from": "" })).await,
        json!({ "from": ["must not be blank"] })
    );
    let long = json!({ "messageId": ["size must be between 0 and 50"] });
    assert_eq!(violations(json!({ "messageId": "a".repeat(51) })).await, long);
    let long = json!({ "callbackData": ["size must be between 0 and 4000"] });
    assert_eq!(violations(json!({ "callbackData": "a".repeat(4_001) })).await, long);
    assert_eq!(
        violations(json!({ "notifyUrl": "x" })).await,
        json!({ "notifyUrl": ["is not a valid url"] })
    );
    let none = json!({ "content": ["must not be null"], "content.text": ["must not be blank"] });
    assert_eq!(violations(json!({ "content": null })).await, none);
    assert_eq!(
        account
            .call("POST", "/whatsapp/1/message/poem", &message(&json!({})))
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn every_kind_has_its_fields_and_limits() {
    let account = Account::start().await;
    let ok = async |kind: &str, content: Value| {
        let (status, answer) = account.send(kind, content).await;
        assert_eq!(status, 200, "{kind}: {answer}");
    };
    let url = "https://files.example/a.pdf";
    ok("text", json!({ "text": "я".repeat(4_096), "previewUrl": true })).await;
    ok("image", json!({ "mediaUrl": url, "caption": "look" })).await;
    ok("document", json!({ "mediaUrl": url, "filename": "bill.pdf" })).await;
    ok("audio", json!({ "mediaUrl": url })).await;
    ok("video", json!({ "mediaUrl": url })).await;
    ok("sticker", json!({ "mediaUrl": url })).await;
    ok(
        "location",
        json!({ "latitude": 50.45, "longitude": 30.52, "name": "Office" }),
    )
    .await;
    let name = json!({ "firstName": "A", "formattedName": "A B" });
    ok(
        "contact",
        json!({ "contacts": [{ "name": name, "phones": [{ "phone": "+380" }] }] }),
    )
    .await;
    let size = |path: &str, min: u32, max: u32| json!({ path: [format!("size must be between {min} and {max}")] });
    assert_eq!(
        account.wrong("text", json!({ "text": "a".repeat(4_097) })).await,
        size("content.text", 1, 4_096)
    );
    assert_eq!(
        account.wrong("image", json!({})).await,
        json!({ "content.mediaUrl": ["must not be blank"] })
    );
    let caption = json!({ "mediaUrl": url, "caption": "a".repeat(3_001) });
    assert_eq!(account.wrong("image", caption).await, size("content.caption", 0, 3_000));
    let name = json!({ "mediaUrl": url, "filename": "a".repeat(241) });
    assert_eq!(account.wrong("document", name).await, size("content.filename", 0, 240));
    let far = json!({ "latitude": 91, "longitude": 0 });
    assert_eq!(
        account.wrong("location", far).await,
        json!({ "content.latitude": ["must be between -90 and 90"] })
    );
    assert_eq!(
        account.wrong("contact", json!({ "contacts": [] })).await,
        size("content.contacts", 1, 10)
    );
}

#[tokio::test]
async fn buttons_are_checked_and_pressed() {
    let account = Account::start().await;
    let peer = account.peer();
    let with = |buttons: Value| json!({ "body": { "text": "Sure?" }, "action": { "buttons": buttons } });
    let button = |id: &str, title: &str| json!({ "type": "REPLY", "id": id, "title": title });
    let kind = "interactive/buttons";
    assert_eq!(
        account
            .send(kind, with(json!([button("y", "Yes"), button("n", "No")])))
            .await
            .0,
        200
    );
    assert_eq!(peer.replies(1).await.unwrap()[0].titles(), ["Yes", "No"]);
    peer.presses("Yes").unwrap();
    let told = account.gateway.heard(1).await[0].json()["results"][0]["message"].clone();
    assert_eq!(
        (told["type"].as_str(), told["id"].as_str()),
        (Some("INTERACTIVE_BUTTON_REPLY"), Some("y"))
    );
    let many = with(json!([
        button("1", "a"),
        button("2", "b"),
        button("3", "c"),
        button("4", "d")
    ]));
    let range = json!({ "content.action.buttons": ["size must be between 1 and 3"] });
    assert_eq!(account.wrong(kind, many).await, range);
    let path = "content.action.buttons[0].title";
    let long = with(json!([button("1", &"a".repeat(21))]));
    assert_eq!(
        account.wrong(kind, long).await,
        json!({ path: ["size must be between 1 and 20"] })
    );
    let emoji = with(json!([button("1", "👍")]));
    assert_eq!(
        account.wrong(kind, emoji).await,
        json!({ path: ["must not contain emojis"] })
    );
    let twice = with(json!([button("1", "a"), button("1", "b")]));
    assert_eq!(
        account.wrong(kind, twice).await,
        json!({ "content.action.buttons[1].id": ["must be unique"] })
    );
    let footer = json!({ "body": { "text": "?" }, "footer": { "text": "a".repeat(61) },
        "action": { "buttons": [button("1", "a")] } });
    assert_eq!(
        account.wrong(kind, footer).await,
        json!({ "content.footer.text": ["size must be between 0 and 60"] })
    );
}

#[tokio::test]
async fn lists_are_checked_and_chosen_from() {
    let account = Account::start().await;
    let peer = account.peer();
    let rows = |count: usize| {
        let row = |n: usize| json!({ "id": n.to_string(), "title": format!("Row {n}") });
        let rows: Vec<Value> = (0..count).map(row).collect();
        json!({ "body": { "text": "Which?" }, "action": { "title": "Choose", "sections": [{ "rows": rows }] } })
    };
    let kind = "interactive/list";
    assert_eq!(account.send(kind, rows(10)).await.0, 200);
    let button = peer.replies(1).await.unwrap()[0].buttons[9][0].clone();
    assert_eq!(button.press, Press::Row { payload: "9".into() });
    peer.presses("Row 9").unwrap();
    let told = account.gateway.heard(1).await[0].json()["results"][0]["message"].clone();
    assert_eq!(
        (told["type"].as_str(), told["id"].as_str()),
        (Some("INTERACTIVE_LIST_REPLY"), Some("9"))
    );
    let range = json!({ "content.action.sections[0].rows": ["size must be between 1 and 10"] });
    assert_eq!(account.wrong(kind, rows(11)).await, range);
}

#[tokio::test]
async fn templates_must_be_known_and_pass_a_closed_window() {
    let account = Account::start().await;
    let peer = account.peer();
    let infobip = account.standins.infobip();
    infobip
        .template(NUMBER, "order_ready", "en", "Order {{1}} is ready.")
        .unwrap();
    peer.set_window(false);
    let send = async |name: &str, placeholders: Value| {
        let data = json!({ "body": { "placeholders": placeholders } });
        let content = json!({ "templateName": name, "templateData": data, "language": "en" });
        let body = json!({ "messages": [message(&json!({ "content": content }))] });
        let (status, answer) = account.call("POST", "/whatsapp/1/message/template", &body).await;
        assert_eq!(status, 200, "{answer}");
        answer["messages"][0]["status"]["groupName"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(send("order_ready", json!(["7"])).await, "PENDING");
    assert_eq!(send("order_ready", json!([])).await, "REJECTED");
    assert_eq!(send("order_lost", json!(["7"])).await, "REJECTED");
    assert_eq!(peer.replies(1).await.unwrap()[0].text, "order_ready: 7");
    let (status, templates) = account
        .call("GET", &format!("/whatsapp/2/senders/{NUMBER}/templates"), &Value::Null)
        .await;
    assert_eq!(
        (status, templates["templates"][0]["status"].as_str()),
        (200, Some("APPROVED"))
    );
    let empty = json!({ "messages": [] });
    assert_eq!(
        account.call("POST", "/whatsapp/1/message/template", &empty).await.0,
        400
    );
}

#[tokio::test]
async fn a_message_may_be_rejected_with_status_200() {
    let account = Account::start().await;
    account
        .standins
        .infobip()
        .reject_next(NUMBER, "REJECTED_DESTINATION")
        .unwrap();
    let (status, answer) = account.send("text", json!({ "text": "a" })).await;
    let (group, name) = (&answer["status"]["groupName"], &answer["status"]["name"]);
    assert_eq!(
        (status, group.as_str(), name.as_str()),
        (200, Some("REJECTED"), Some("REJECTED_DESTINATION"))
    );
    assert!(account.peer().seen().is_empty());
}

#[tokio::test]
async fn faults_have_the_older_and_the_newer_shape() {
    let account = Account::start().await;
    let fault = Fault::Error {
        status: 500,
        code: None,
        subcode: None,
        message: Some("GENERAL_ERROR: Down.".into()),
    };
    account.standins.fault(Provider::Infobip, "text", fault, 1);
    account.standins.fault(
        Provider::Infobip,
        "/whatsapp/",
        Fault::RateLimited { retry_after: 3 },
        1,
    );
    let older = json!({ "requestError": { "serviceException": { "messageId": "GENERAL_ERROR", "text": "Down." } } });
    assert_eq!(account.send("text", json!({ "text": "a" })).await, (500, older));
    let (status, answer) = account.send("text", json!({ "text": "a" })).await;
    assert_eq!((status, answer["errorCode"].as_str()), (429, Some("E429")));
    assert_eq!(account.send("text", json!({ "text": "a" })).await.0, 200);
}

#[tokio::test]
async fn typing_and_reading_are_noted() {
    let account = Account::start().await;
    let event =
        json!({ "sender": NUMBER, "destinations": [{ "to": PEER }], "content": { "type": "TYPING_INDICATOR" } });
    assert_eq!(
        account
            .call("POST", "/whatsapp/1/events", &json!({ "events": [event] }))
            .await
            .0,
        200
    );
    assert_eq!(
        account
            .call("POST", "/whatsapp/1/events", &json!({ "events": [] }))
            .await
            .0,
        400
    );
    let path = format!("/whatsapp/1/senders/{NUMBER}/message/ABEG1/read");
    assert_eq!(account.call("POST", &path, &json!({})).await.0, 200);
    assert_eq!(account.standins.infobip().marked_read(NUMBER).unwrap(), ["ABEG1"]);
}
