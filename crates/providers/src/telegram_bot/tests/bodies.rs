//! Each recorded body against what is made of it.

use super::account;
use crate::{Heard, Incoming, Provider, Reply, TelegramBot, listener::recorded};
use bytes::Bytes;
use http::{HeaderMap, Method};
use model::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Later than every body.
const NOW: Timestamp = Timestamp(1_790_000_100_000);

fn parse(body: impl Into<Bytes>) -> Result<Heard, crate::Unreadable> {
    let incoming = Incoming {
        method: &Method::POST,
        rest: "",
        query: "",
        headers: &HeaderMap::new(),
        body: &body.into(),
    };
    TelegramBot.parse(&account(), &incoming, NOW)
}

#[test]
fn every_recorded_body_gives_what_is_expected() {
    recorded("telegram_bot", |body| {
        let heard = parse(body.to_owned()).unwrap();
        assert_eq!(heard.reply, Reply::Empty);
        json!({ "events": heard.events })
    });
}

#[test]
fn an_update_without_a_number_is_no_event() {
    for body in [
        r#"{"message":{"message_id":1,"chat":{"id":1},"text":"a"}}"#,
        "{}",
        "[]",
        "1",
        "null",
    ] {
        assert_eq!(parse(body).unwrap().events, [], "{body}");
    }
}

#[test]
fn what_is_no_json_is_taken_all_the_same_so_that_it_does_not_come_again() {
    for body in ["", "{", "update_id=1", "{\"update_id\":1}x"] {
        assert_eq!(parse(body).unwrap_err().status, 200, "{body}");
    }
    assert!(parse(&b"\xff\xfe"[..]).is_err());
}

#[test]
fn a_field_of_another_shape_does_not_hide_the_others() {
    let body = r#"{"update_id":5,"message":{"message_id":"15","date":"soon","chat":{"id":"5550001","type":7},
        "from":{"id":5550001,"first_name":[],"username":null},"text":"Hi","photo":{},"reply_to_message":false}}"#;
    let events = parse(body).unwrap().events;
    let [event] = events.as_slice() else {
        panic!("{events:?}")
    };
    assert_eq!(event.occurred_at, NOW);
    assert_eq!(event.thread.external_id, "5550001");
    let message = serde_json::to_value(&event.kind).unwrap();
    assert_eq!(message["parts"], json!([{ "type": "text", "text": "Hi" }]));
}

/// Any JSON, with the names that mean something to us.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z]{0,8}".prop_map(Value::from),
        prop_oneof![Just("private"), Just("kicked"), Just("member")].prop_map(Value::from),
    ];
    let names = [
        "update_id",
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "message_id",
        "chat",
        "from",
        "id",
        "text",
        "photo",
        "file_id",
        "document",
        "location",
        "latitude",
        "longitude",
        "contact",
        "data",
        "date",
        "type",
        "new_chat_member",
        "status",
        "reply_markup",
        "inline_keyboard",
        "poll",
    ];
    leaf.prop_recursive(5, 64, 8, move |inner| {
        let name = prop::sample::select(names.to_vec()).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name, inner, 0..8).prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_is_json_is_no_mistake(mut body in any_json()) {
        if let Some(fields) = body.as_object_mut() {
            fields.insert("update_id".to_owned(), 1.into());
        }
        prop_assert!(parse(body.to_string()).is_ok());
    }

    #[test]
    fn whatever_comes_does_not_stop_us(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(body);
    }
}
