//! Turns what Viber tells into an event.

use super::{
    parts::parts,
    request,
    wire_types::{Callback, User},
};
use crate::{Account, Heard, Reply, Unreadable};
use model::{
    Timestamp,
    message::{
        DeliveryState, DeliveryStatus, ErrorClass, EventKey, Inbound, InboundEvent, InboundKind, Peer, ProviderError,
        Thread,
    },
};
use serde_json::value::RawValue;

/// Reads the body of a callback, and answers with the welcome message if that is what is waited for.
///
/// # Errors
///
/// [`Unreadable`], when it is no JSON. Viber would send the same again, so it is answered like any other.
pub(super) fn read(account: &Account, body: &[u8], now: Timestamp) -> Result<Heard, Unreadable> {
    let raw: &RawValue = serde_json::from_slice(body).map_err(|_| Unreadable {
        status: 200,
        message: "What Viber sent is no JSON.".to_owned(),
        body: String::new(),
    })?;
    let Ok(callback) = serde_json::from_str::<Callback>(raw.get()) else {
        return Ok(Heard::default());
    };
    let event = event(account, &callback, now);
    let reply = event
        .as_ref()
        .filter(|event| matches!(event.kind, InboundKind::ConversationStarted { .. }))
        // Who is subscribed already has written before.
        .filter(|_| callback.subscribed != Some(true))
        .and_then(|_| request::welcome(account))
        .map_or(Reply::Empty, |welcome| Reply::Json(welcome.to_string()));
    Ok(Heard {
        events: event.into_iter().collect(),
        reply,
    })
}

/// Reads one event; none if it is about something that we give no meaning to, such as Viber's trial of the webhook.
fn event(account: &Account, callback: &Callback, now: Timestamp) -> Option<InboundEvent> {
    let name = callback.event.as_deref()?;
    let token = &callback.message_token.as_ref()?.0;
    let peer = peer(callback)?;
    let at = callback.timestamp.map_or(now, Timestamp);
    let kind = kind(name, callback, token, at)?;
    Some(InboundEvent {
        gateway_id: account.gateway,
        provider: model::Provider::Viber,
        // Each of a peer's devices may tell the same of the same message.
        event_key: EventKey(format!("viber:{token}:{name}:{}", peer.external_id)),
        occurred_at: at,
        received_at: now,
        thread: Thread {
            external_id: peer.external_id.clone(),
            ..Thread::default()
        },
        peer,
        kind,
    })
}

fn kind(name: &str, callback: &Callback, token: &str, at: Timestamp) -> Option<InboundKind> {
    let status = |status, error| {
        Some(InboundKind::Status(DeliveryStatus {
            external_id: token.to_owned(),
            status,
            at,
            error,
        }))
    };
    match name {
        "message" => Some(InboundKind::Message(Inbound {
            external_id: token.to_owned(),
            parts: callback.message.as_ref().map_or_else(
                || parts(&super::wire_types::Message::default(), at),
                |message| parts(message, at),
            ),
            ..Inbound::default()
        })),
        "delivered" => status(DeliveryState::Delivered, None),
        "seen" => status(DeliveryState::Read, None),
        "failed" => status(DeliveryState::Failed, Some(failure(callback.desc.as_deref()))),
        "subscribed" => Some(InboundKind::Subscribed),
        "unsubscribed" => Some(InboundKind::Unsubscribed { reason: String::new() }),
        "conversation_started" => Some(InboundKind::ConversationStarted {
            context: callback.context.clone().filter(|context| !context.is_empty()),
        }),
        _ => None,
    }
}

fn failure(words: Option<&str>) -> ProviderError {
    let words = words.filter(|words| !words.is_empty()).unwrap_or("failed");
    ProviderError {
        class: ErrorClass::Unknown,
        http: None,
        code: None,
        subcode: None,
        message: format!("Viber could not deliver the message. Viber says: {words}"),
        trace_id: None,
    }
}

fn peer(callback: &Callback) -> Option<Peer> {
    if let Some(user) = callback.sender.as_ref().or(callback.user.as_ref()) {
        return Some(person(user));
    }
    let id = callback.user_id.as_ref()?;
    Some(Peer {
        external_id: id.0.clone(),
        ..Peer::default()
    })
}

fn person(user: &User) -> Peer {
    let text = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let country = text(&user.country).map(|country| ("country".to_owned(), country));
    Peer {
        external_id: user.id.0.clone(),
        display_name: text(&user.name),
        avatar_url: text(&user.avatar),
        locale: text(&user.language),
        extra: country.into_iter().collect(),
        ..Peer::default()
    }
}
