//! Every kind of event, and every way to write one wrong: a table in `testdata/custom`.
//!
//! `NAME.json` is what a customer's system posts, `NAME.expected.json` what comes of it. A name that begins with `older-`
//! is of the older contract.

use super::{Knock, NOW, SECRET, account, seconds};
use crate::{Custom, Heard, Provider, Reply, Unreadable};
use model::{message::InboundEvent, settings::Signature};
use serde_json::{Value, json};
use std::{fs, path::PathBuf};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/custom")
}

fn heard(name: &str, id: &str, body: &str) -> Result<Heard, Unreadable> {
    let signature = if name.starts_with("older-") {
        Signature::WebitelSign
    } else {
        Signature::Standard
    };
    let account = account("https://crm.example/events", signature);
    let knock = Knock::signed(SECRET, id, seconds(), body.to_owned());
    Custom.parse(&account, &knock.incoming(), NOW)
}

fn written(result: Result<Heard, Unreadable>) -> Value {
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    match result {
        Ok(Heard { events, reply }) => {
            let Reply::Json(reply) = reply else { panic!("{reply:?}") };
            json!({ "events": events, "reply": json(&reply) })
        }
        Err(Unreadable { status, body, .. }) => json!({ "status": status, "reply": json(&body) }),
    }
}

#[test]
fn each_request_of_the_table_means_what_stands_beside_it() {
    let mut played = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let Some(name) = name.strip_suffix(".json").filter(|name| !name.ends_with(".expected")) else {
            continue;
        };
        let body = fs::read_to_string(&path).unwrap();
        let expected = fs::read_to_string(folder().join(format!("{name}.expected.json"))).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        let came = written(heard(name, "evt_01", &body));
        assert_eq!(came, expected, "{name}: {came:#}");
        played += 1;
    }
    assert!(played >= 25, "{played}");
}

#[test]
fn what_is_no_json_is_refused_in_words() {
    for (name, body) in [("wrong", "{"), ("wrong", ""), ("wrong", "[1"), ("older-wrong", "{")] {
        let refused = heard(name, "evt_01", body).unwrap_err();
        assert_eq!(refused.status, 400);
        assert!(
            refused.message.starts_with("The body is no JSON"),
            "{}",
            refused.message
        );
        assert!(refused.body.contains("error"), "{}", refused.body);
    }
    let deep = "[".repeat(100_000);
    assert_eq!(heard("wrong", "evt_01", &deep).unwrap_err().status, 400);
}

fn event(name: &str, id: &str, body: &Value) -> InboundEvent {
    let mut heard = heard(name, id, &body.to_string()).unwrap();
    assert_eq!(heard.events.len(), 1);
    heard.events.remove(0)
}

fn said(chat: &str, message: &str, text: &str) -> Value {
    json!({ "type": "message.created", "data": {
        "message_id": message, "chat_id": chat, "sender": { "id": "u" }, "parts": [{ "kind": "text", "text": text }],
    } })
}

#[test]
fn the_same_message_is_one_event_under_whatever_id_it_comes() {
    let key = |id, chat, message| event("message", id, &said(chat, message, "Hi")).event_key;
    assert_eq!(key("evt_01", "c", "m"), key("evt_01", "c", "m"));
    assert_eq!(key("evt_01", "c", "m"), key("evt_02", "c", "m"));
    assert_ne!(key("evt_01", "c", "m"), key("evt_01", "c", "n"));
    assert_ne!(key("evt_01", "a:b", "c"), key("evt_01", "a", "b:c"));
}

#[test]
fn two_edits_of_a_message_are_two_events_and_a_repeated_edit_is_one() {
    let edit = |id, text: &str| {
        let mut body = said("c", "m", text);
        body["type"] = "message.updated".into();
        event("message", id, &body).event_key
    };
    assert_eq!(edit("evt_01", "a"), edit("evt_01", "a"));
    assert_ne!(edit("evt_01", "a"), edit("evt_02", "a"));
}

#[test]
fn each_step_of_a_delivery_is_one_event() {
    let status = |id, word: &str| {
        let body = json!({ "type": "status.updated", "data": { "message_id": "m", "status": word } });
        event("status", id, &body).event_key
    };
    assert_eq!(status("evt_01", "read"), status("evt_02", "read"));
    assert_ne!(status("evt_01", "read"), status("evt_01", "sent"));
}

#[test]
fn no_id_can_look_like_another_kind_of_key() {
    let body = json!({ "type": "typing", "data": { "chat_id": "c" } });
    let typing = event("typing", "message:created:1:c:m", &body).event_key;
    assert_ne!(typing, event("message", "evt_01", &said("c", "m", "Hi")).event_key);
}

#[test]
fn a_zero_in_a_text_is_dropped_and_one_in_an_id_is_refused() {
    let event = event("message", "evt_01", &said("c", "m", "a\0b"));
    assert!(!serde_json::to_string(&event).unwrap().contains("\\u0000"));
    let refused = heard("message", "evt_01", &said("c\0", "m", "a").to_string()).unwrap_err();
    assert!(refused.message.contains("data.chat_id"), "{}", refused.message);
}

#[test]
fn ends_of_a_chat_are_two_events_also_in_the_older_contract() {
    let close = json!({ "close": { "chatId": "c" } }).to_string();
    let account = account("https://crm.example/events", Signature::WebitelSign);
    let knock = Knock::bare(close);
    let key = |now| {
        Custom.parse(&account, &knock.incoming(), now).unwrap().events[0]
            .event_key
            .clone()
    };
    assert_ne!(key(NOW), key(model::Timestamp(NOW.0 + 60_000)));
}

#[test]
fn an_older_message_without_an_id_is_known_again_by_its_body() {
    let body = |date: i64| json!({ "message": { "chatId": "c", "date": date, "sender": { "id": 1 }, "text": "ok" } });
    let key = |date| event("older-message", "", &body(date)).event_key;
    assert_eq!(key(1_790_856_000), key(1_790_856_000));
    assert_ne!(key(1_790_856_000), key(1_790_856_001));
}
