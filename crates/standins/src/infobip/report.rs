//! Reports: how a message fared.

use super::{account::Number, answer::status, events};
use crate::{chat::Chat, clock::now_ms, world::World};
use serde_json::{Value, json};
use std::sync::{Arc, atomic::Ordering};

/// Reports a failure, or that all went well if that is switched on.
pub(super) fn follow(
    world: &Arc<World>,
    number: &Arc<Number>,
    chat: &Chat,
    message: &str,
    given: &Value,
    failure: Option<&str>,
) {
    let send = |report: Value| {
        let url = match given["notifyUrl"].as_str() {
            Some(url) => url.to_owned(),
            None => events::webhook(&world.infobip, number),
        };
        events::tell(world, number, &chat.peer, url, &json!({ "results": [report] }));
    };
    if let Some(name) = failure {
        let failed = status(
            2,
            "UNDELIVERABLE",
            4,
            "UNDELIVERABLE_REJECTED_OPERATOR",
            "Message not delivered",
        );
        let error = json!({
            "id": 7_000, "groupId": 1, "groupName": "HANDSET_ERRORS", "name": name, "description": name,
            "permanent": true,
        });
        send(delivery(chat, message, &failed, &error, &given["callbackData"]));
    } else if world.infobip.receipts.load(Ordering::Relaxed) {
        let well = status(
            3,
            "DELIVERED",
            5,
            "DELIVERED_TO_HANDSET",
            "Message delivered to handset",
        );
        let none = json!({
            "id": 0, "groupId": 0, "groupName": "OK", "name": "NO_ERROR", "description": "No Error",
            "permanent": false,
        });
        send(delivery(chat, message, &well, &none, &given["callbackData"]));
        send(seen(number, chat, message));
    }
}

/// A report of delivery, or of a failure.
pub(super) fn delivery(chat: &Chat, message: &str, status: &Value, error: &Value, callback: &Value) -> Value {
    let at = events::time(now_ms());
    let mut report = json!({
        "bulkId": "",
        "messageId": message,
        "to": &*chat.peer,
        "sentAt": at,
        "doneAt": at,
        "messageCount": 1,
        "price": { "pricePerMessage": 0.21, "currency": "EUR" },
        "status": status,
        "error": error,
    });
    if !callback.is_null() {
        report["callbackData"] = callback.clone();
    }
    report
}

/// A report that the peer saw a message.
pub(super) fn seen(number: &Number, chat: &Chat, message: &str) -> Value {
    let at = events::time(now_ms());
    json!({
        "messageId": message,
        "from": &*number.digits,
        "to": &*chat.peer,
        "sentAt": at,
        "seenAt": at,
    })
}
