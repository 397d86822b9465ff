//! What the customer's system tells us in the older way.

use super::super::{
    endpoint::OLDER_SIGNATURE,
    incoming::{message_key, parts},
    keys::Keys,
    reading::{Object, Wrong},
};
use crate::{Account, Heard, Incoming, Refusal, Reply, Unreadable, signature};
use model::{
    Provider, Timestamp,
    message::{EventKey, FileRef, Inbound, InboundEvent, InboundKind, Part, Peer, Thread},
    settings::Signature,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The most members of `metadata`.
const MOST: usize = 50;
/// A date beyond this is in milliseconds; in seconds it would be the year 5138.
const SECONDS: u64 = 100_000_000_000;

/// Checks `X-Webitel-Sign`; no time is signed, so nothing is too old.
pub(in super::super) fn verify(account: &Account, incoming: &Incoming<'_>) -> Result<(), Refusal> {
    let given = incoming.header(OLDER_SIGNATURE).ok_or(Refusal::Unsigned)?;
    let keys = Keys::of(account, Signature::WebitelSign).ok_or(Refusal::Forged)?;
    let fits = keys.all().fold(false, |fits, key| {
        fits | signature::is_hmac_hex(given, key, &[incoming.body])
    });
    if fits { Ok(()) } else { Err(Refusal::Forged) }
}

/// Reads a genuine request: the end of a chat, or else a message. What is told of a broadcast is taken and means nothing.
pub(in super::super) fn parse(account: &Account, incoming: &Incoming<'_>, now: Timestamp) -> Result<Heard, Unreadable> {
    let body: Value =
        serde_json::from_slice(incoming.body).map_err(|error| refusal(format!("The body is no JSON: {error}.")))?;
    let events = read(&body, incoming.body, now).map_err(|wrong| refusal(wrong.message))?;
    let event = |told: Told| InboundEvent {
        gateway_id: account.gateway,
        provider: Provider::Custom,
        event_key: told.key,
        occurred_at: told.at,
        received_at: now,
        peer: told.peer,
        thread: Thread {
            external_id: told.chat_id,
            ..Thread::default()
        },
        kind: told.kind,
    };
    Ok(Heard {
        events: events.map(event).into_iter().collect(),
        reply: Reply::Json(json!({ "success": true }).to_string()),
    })
}

struct Told {
    chat_id: String,
    at: Timestamp,
    key: EventKey,
    peer: Peer,
    kind: InboundKind,
}

fn read(body: &Value, raw: &[u8], now: Timestamp) -> Result<Option<Told>, Wrong> {
    let body = Object::root(body)?;
    if let Some(close) = body.object("close")? {
        let chat_id = close.required("chatId", Object::id)?;
        return Ok(Some(Told {
            // Nothing tells one end from the next but when it comes.
            key: EventKey(format!("custom:close:{}:{chat_id}:{}", chat_id.len(), now.0)),
            at: now,
            peer: Peer::default(),
            kind: InboundKind::Unsubscribed { reason: String::new() },
            chat_id,
        }));
    }
    if body.object("broadcast")?.is_some() {
        return Ok(None);
    }
    message(&body.required("message", Object::object)?, raw, now).map(Some)
}

fn message(message: &Object<'_>, raw: &[u8], now: Timestamp) -> Result<Told, Wrong> {
    let chat_id = message.required("chatId", Object::id)?;
    let peer = peer(message)?;
    let mut parts: Vec<Part> = message
        .object("file")?
        .as_ref()
        .map(file)
        .transpose()?
        .into_iter()
        .collect();
    parts.extend(message.text("text")?.map(Part::text));
    if parts.is_empty() {
        return Err(message.missing("text"));
    }
    let digest = digest(raw);
    let (external_id, key) = match message.id("id")? {
        Some(id) => (id.clone(), message_key("created", &chat_id, &id)),
        None => (digest.clone(), EventKey(format!("custom:body:{digest}"))),
    };
    Ok(Told {
        at: date(message)?.unwrap_or(now),
        key,
        peer,
        kind: InboundKind::Message(Inbound {
            external_id,
            parts,
            ..Inbound::default()
        }),
        chat_id,
    })
}

/// A sender is known by its type and id together, because two of its sources may use the same number.
fn peer(message: &Object<'_>) -> Result<Peer, Wrong> {
    let sender = message.required("sender", Object::object)?;
    let id = sender.required("id", Object::id)?;
    let source = sender.line("type")?;
    let mut peer = Peer {
        external_id: source
            .as_ref()
            .map_or_else(|| id.clone(), |source| format!("{source}|{id}")),
        display_name: sender.line("name")?,
        username: sender.line("nickname")?,
        ..Peer::default()
    };
    if let Some(metadata) = message.object("metadata")? {
        peer.extra.extend(metadata.plain(MOST)?);
    }
    peer.extra.extend(source.map(|source| ("source".to_owned(), source)));
    Ok(peer)
}

fn file(file: &Object<'_>) -> Result<Part, Wrong> {
    Ok(parts::of_type(FileRef {
        url: Some(file.required("url", Object::address)?),
        mime: file.line("mime")?,
        name: file.line("name")?,
        size: file.count("size")?,
        ..FileRef::default()
    }))
}

fn date(message: &Object<'_>) -> Result<Option<Timestamp>, Wrong> {
    let ms = |date: u64| if date < SECONDS { date * 1_000 } else { date };
    let date = message.count::<u64>("date")?.filter(|date| *date > 0);
    Ok(date.and_then(|date| i64::try_from(ms(date)).ok()).map(Timestamp))
}

fn digest(raw: &[u8]) -> String {
    let digest = Sha256::digest(raw);
    digest
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn refusal(message: String) -> Unreadable {
    Unreadable {
        status: 400,
        body: json!({ "error": message }).to_string(),
        message,
    }
}
