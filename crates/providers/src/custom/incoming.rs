//! What the customer's system tells us.

pub(super) mod parts;
mod sender;

use super::{
    reading::{Object, Wrong},
    signed,
};
use crate::{Account, Heard, Incoming, Reply, Unreadable};
use model::{
    Provider, Timestamp,
    message::{
        DeliveryState, DeliveryStatus, ErrorClass, EventKey, Inbound, InboundEvent, InboundKind, Peer, ProviderError,
        Thread,
    },
};
use serde_json::{Value, json};

/// Reads a genuine request.
///
/// Nothing comes of a type that is not known, but its sender is told: it may be one of a later version, or misspelled.
pub(super) fn parse(account: &Account, incoming: &Incoming<'_>, now: Timestamp) -> Result<Heard, Unreadable> {
    let body: Value = serde_json::from_slice(incoming.body)
        .map_err(|error| refusal("invalid_json", "", &format!("The body is no JSON: {error}.")))?;
    let told = read(account, &body, incoming.header(signed::ID).unwrap_or_default(), now)
        .map_err(|wrong| refusal("invalid_payload", &wrong.field, &wrong.message))?;
    let (events, reply) = match told {
        Told::Event(event) => (vec![*event], json!({ "accepted": true })),
        Told::Ping => (Vec::new(), json!({ "accepted": true })),
        Told::Nothing(kind) => {
            let reply = json!({ "accepted": true, "ignored": format!("The type “{kind}” is not known here.") });
            (Vec::new(), reply)
        }
    };
    Ok(Heard {
        events,
        reply: Reply::Json(reply.to_string()),
    })
}

enum Told {
    Event(Box<InboundEvent>),
    Ping,
    Nothing(String),
}

/// What happened, by the type of the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Created,
    Updated,
    Deleted,
    Postback,
    Typing,
    Closed,
    Status,
}

const KINDS: &[(&str, Kind)] = &[
    ("message.created", Kind::Created),
    ("message.updated", Kind::Updated),
    ("message.deleted", Kind::Deleted),
    ("postback.created", Kind::Postback),
    ("typing", Kind::Typing),
    ("chat.closed", Kind::Closed),
    ("status.updated", Kind::Status),
];

fn read(account: &Account, body: &Value, id: &str, now: Timestamp) -> Result<Told, Wrong> {
    let body = Object::root(body)?;
    let word = body.required("type", Object::line)?;
    let at = body.moment("timestamp")?.unwrap_or(now);
    if word == "gateway.ping" {
        return Ok(Told::Ping);
    }
    let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == word) else {
        return Ok(Told::Nothing(word));
    };
    let data = body.required("data", Object::object)?;
    let chat_id = chat(*kind, &data)?;
    let peer = peer(*kind, &data)?;
    let (kind, key) = happened(*kind, &data, &chat_id, at)?;
    Ok(Told::Event(Box::new(InboundEvent {
        gateway_id: account.gateway,
        provider: Provider::Custom,
        event_key: key.unwrap_or_else(|| EventKey(format!("custom:id:{id}"))),
        occurred_at: at,
        received_at: now,
        peer,
        thread: Thread {
            external_id: chat_id,
            ..Thread::default()
        },
        kind,
    })))
}

fn chat(kind: Kind, data: &Object<'_>) -> Result<String, Wrong> {
    match data.id("chat_id")? {
        Some(chat_id) => Ok(chat_id),
        // A status is about a message, wherever that was sent.
        None if kind == Kind::Status => Ok(String::new()),
        None => Err(data.missing("chat_id")),
    }
}

fn peer(kind: Kind, data: &Object<'_>) -> Result<Peer, Wrong> {
    match data.object("sender")? {
        Some(sender) => sender::read(&sender, data.object("metadata")?.as_ref()),
        None if matches!(kind, Kind::Created | Kind::Updated | Kind::Postback) => Err(data.missing("sender")),
        None => Ok(Peer::default()),
    }
}

/// What happened, and by what a repetition is known if not by its `webhook-id`.
fn happened(
    kind: Kind,
    data: &Object<'_>,
    chat_id: &str,
    at: Timestamp,
) -> Result<(InboundKind, Option<EventKey>), Wrong> {
    Ok(match kind {
        Kind::Created => {
            let message = message(data)?;
            let key = message_key("created", chat_id, &message.external_id);
            (InboundKind::Message(message), Some(key))
        }
        Kind::Updated => (InboundKind::Edit(message(data)?), None),
        Kind::Deleted => {
            let external_id = data.required("message_id", Object::id)?;
            let key = message_key("deleted", chat_id, &external_id);
            (InboundKind::Delete { external_id }, Some(key))
        }
        Kind::Postback => {
            let title = data.line("title")?;
            // A button may answer nothing; then it is what is written on it that was said.
            let payload = data.text("payload")?.or_else(|| title.clone());
            let postback = InboundKind::Postback {
                payload: payload.ok_or_else(|| data.missing("payload"))?,
                title,
                origin_external_id: data.id("message_id")?,
            };
            (postback, None)
        }
        Kind::Typing => {
            let on = data.flag("on")?.unwrap_or(true);
            (InboundKind::Typing { on }, None)
        }
        Kind::Closed => {
            let reason = data.line("reason")?.unwrap_or_default();
            (InboundKind::Unsubscribed { reason }, None)
        }
        Kind::Status => {
            let (word, status) = status(data, at)?;
            let key = message_key(word, chat_id, &status.external_id);
            (InboundKind::Status(status), Some(key))
        }
    })
}

fn message(data: &Object<'_>) -> Result<Inbound, Wrong> {
    Ok(Inbound {
        external_id: data.required("message_id", Object::id)?,
        reply_to: data.id("reply_to")?,
        group_key: None,
        parts: parts::read(data)?,
        forwarded: data.flag("forwarded")?.unwrap_or_default(),
    })
}

const STATES: &[(&str, (&str, DeliveryState))] = &[
    ("sent", ("sent", DeliveryState::Sent)),
    ("delivered", ("delivered", DeliveryState::Delivered)),
    ("read", ("read", DeliveryState::Read)),
    ("failed", ("failed", DeliveryState::Failed)),
];

/// How a message of ours fares, with the word for it.
fn status(data: &Object<'_>, at: Timestamp) -> Result<(&'static str, DeliveryStatus), Wrong> {
    let (word, status) = data.required("status", |data, name| data.word(name, STATES))?;
    let error = error(data)?.map(|(code, message)| ProviderError {
        class: ErrorClass::Unknown,
        http: None,
        code,
        subcode: None,
        message,
        trace_id: None,
    });
    let status = DeliveryStatus {
        external_id: data.required("message_id", Object::id)?,
        status,
        at,
        error,
    };
    Ok((word, status))
}

/// Why a message failed: an object with a code and a message, or a sentence alone.
fn error(data: &Object<'_>) -> Result<Option<(Option<String>, String)>, Wrong> {
    if let Ok(sentence) = data.text("error") {
        return Ok(sentence.map(|sentence| (None, sentence)));
    }
    let read = |error: Object<'_>| Ok((error.id("code")?, error.text("message")?.unwrap_or_default()));
    data.object("error")?.map(read).transpose()
}

/// The key of what happens to a message once.
///
/// It is made of what is told and not of the `webhook-id`, so that both repetitions are one event: the same request again,
/// which says the same, and the same message under another `webhook-id`. The length keeps `a:b` and `c` apart from `a` and
/// `b:c`. What may happen twice to the same message or chat (an edit, a button, an end) goes by its `webhook-id` alone.
pub(super) fn message_key(what: &str, chat_id: &str, message_id: &str) -> EventKey {
    EventKey(format!(
        "custom:message:{what}:{}:{chat_id}:{message_id}",
        chat_id.len()
    ))
}

fn refusal(code: &str, field: &str, message: &str) -> Unreadable {
    let error = json!({ "code": code, "message": message, "field": field });
    Unreadable {
        status: 400,
        message: message.to_owned(),
        body: json!({ "error": error }).to_string(),
    }
}
