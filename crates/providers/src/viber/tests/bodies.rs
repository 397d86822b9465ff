//! Each recorded body against what is made of it.

use super::{account, set};
use crate::{Heard, Incoming, Provider, Reply, Viber, listener::recorded};
use bytes::Bytes;
use http::{HeaderMap, Method};
use model::{Timestamp, message::InboundKind};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Later than every body.
const NOW: Timestamp = Timestamp(1_790_000_100_000);
const WELCOME: &str = "Hello!\nWrite to us.";

fn parse(body: impl Into<Bytes>, welcome: &str) -> Result<Heard, crate::Unreadable> {
    let incoming = Incoming {
        method: &Method::POST,
        rest: "",
        query: "",
        headers: &HeaderMap::new(),
        body: &body.into(),
    };
    let mut account = account();
    set(&mut account, |settings| welcome.clone_into(&mut settings.welcome));
    Viber.parse(&account, &incoming, NOW)
}

#[test]
fn every_recorded_body_gives_what_is_expected() {
    recorded("viber", |body| {
        let heard = parse(body.to_owned(), WELCOME).unwrap();
        let mut made = json!({ "events": heard.events });
        match heard.reply {
            Reply::Empty => {}
            Reply::Json(reply) => made["reply"] = serde_json::from_str(&reply).unwrap(),
            Reply::Text(text) => panic!("{text}"),
        }
        made
    });
}

#[test]
fn without_a_welcome_message_nothing_is_answered() {
    let body = include_str!("../../../testdata/viber/conversation_started.json");
    for welcome in ["", "  "] {
        let heard = parse(body, welcome).unwrap();
        assert_eq!(heard.reply, Reply::Empty);
        let started = InboundKind::ConversationStarted {
            context: Some("campaign1".into()),
        };
        assert_eq!(heard.events[0].kind, started);
    }
}

#[test]
fn the_same_news_of_two_peers_or_of_two_kinds_are_two() {
    let key = |event: &str, user: &str| {
        let body = json!({ "event": event, "message_token": 5_753_750_845_017_966_998_u64, "user_id": user });
        parse(body.to_string(), "").unwrap().events[0].event_key.0.clone()
    };
    assert_eq!(key("seen", "a="), "viber:5753750845017966998:seen:a=");
    assert_ne!(key("seen", "a="), key("seen", "b="));
    assert_ne!(key("seen", "a="), key("delivered", "a="));
}

#[test]
fn what_is_no_json_is_taken_all_the_same_so_that_it_does_not_come_again() {
    for body in ["", "{", "event=message", "{\"event\":\"message\"}x"] {
        assert_eq!(parse(body, "").unwrap_err().status, 200, "{body}");
    }
    assert!(parse(&b"\xff\xfe"[..], "").is_err());
}

#[test]
fn what_names_nobody_is_no_event() {
    for body in [
        "{}",
        "[]",
        "1",
        "null",
        r#"{"event":"message"}"#,
        r#"{"event":7,"message_token":1,"user_id":"a"}"#,
    ] {
        assert_eq!(parse(body, WELCOME).unwrap(), Heard::default(), "{body}");
    }
}

#[test]
fn a_field_of_another_shape_does_not_hide_the_others() {
    let body = r#"{"event":"message","timestamp":"now","message_token":9,"sender":{"id":5,"name":[],"language":7},
        "message":{"type":"text","text":"Hi","media":{},"location":1,"contact":[]},"user":null}"#;
    let events = parse(body, "").unwrap().events;
    assert_eq!(events[0].occurred_at, NOW);
    assert_eq!(events[0].peer.external_id, "5");
    let message = serde_json::to_value(&events[0].kind).unwrap();
    assert_eq!(message["parts"], json!([{ "type": "text", "text": "Hi" }]));
}

/// Any JSON, with the names that mean something to us.
fn any_json() -> impl Strategy<Value = Value> {
    let words = [
        "message",
        "seen",
        "failed",
        "conversation_started",
        "text",
        "picture",
        "location",
        "contact",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z=]{0,8}".prop_map(Value::from),
        prop::sample::select(words.to_vec()).prop_map(Value::from),
    ];
    let names = [
        "event",
        "message_token",
        "timestamp",
        "user_id",
        "user",
        "sender",
        "message",
        "id",
        "name",
        "type",
        "text",
        "media",
        "location",
        "lat",
        "lon",
        "contact",
        "phone_number",
        "context",
        "subscribed",
        "desc",
        "sticker_id",
    ];
    leaf.prop_recursive(4, 64, 8, move |inner| {
        let name = prop::sample::select(names.to_vec()).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name, inner, 0..8).prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_is_json_is_no_mistake(mut body in any_json(), event in "(message|failed|conversation_started)") {
        if let Some(fields) = body.as_object_mut() {
            fields.insert("event".to_owned(), event.into());
            fields.insert("message_token".to_owned(), 1.into());
        }
        prop_assert!(parse(body.to_string(), WELCOME).is_ok());
    }

    #[test]
    fn whatever_comes_does_not_stop_us(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(body, WELCOME);
    }
}
