//! What Infobip tells: messages, and how ours fare. All of it comes in batches and to one address.

mod content;
mod report;
mod time;

use crate::{Heard, Unreadable, lenient};
use bytes::Bytes;
use content::Message;
use model::{
    GatewayId, Provider, Timestamp,
    message::{EventKey, InboundEvent, InboundKind, Peer, Thread},
};
use report::Outcome;
use serde::Deserialize;

#[derive(Deserialize)]
struct Batch {
    #[serde(deserialize_with = "lenient::each")]
    results: Vec<Element>,
}

/// One of a batch: a message, a delivery report or a seen report, told apart by what they have.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Element {
    #[serde(deserialize_with = "lenient::text")]
    message_id: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    from: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    to: Option<String>,
    received_at: Option<String>,
    done_at: Option<String>,
    seen_at: Option<String>,
    message: Option<serde_json::Value>,
    contact: Option<Contact>,
    status: Option<Outcome>,
    error: Option<Outcome>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Contact {
    name: Option<String>,
}

/// Reads a batch; what an element of it means nothing to us is passed over.
pub(super) fn read(gateway: GatewayId, body: &Bytes, now: Timestamp) -> Result<Heard, Unreadable> {
    let batch: Batch = serde_json::from_slice(body).map_err(|_| Unreadable {
        // It would be the same the next time.
        status: 200,
        message: "The body is no batch of Infobip.".to_owned(),
        body: String::new(),
    })?;
    let events = batch
        .results
        .into_iter()
        .filter_map(|element| element.event(gateway, now));
    Ok(Heard {
        events: events.collect(),
        ..Heard::default()
    })
}

impl Element {
    fn event(self, gateway: GatewayId, now: Timestamp) -> Option<InboundEvent> {
        if self.message.is_some() {
            self.message_event(gateway, now)
        } else {
            self.report_event(gateway, now)
        }
    }

    fn message_event(self, gateway: GatewayId, now: Timestamp) -> Option<InboundEvent> {
        let id = self.message_id.filter(|id| !id.is_empty())?;
        let from = self.from?;
        let message = Message::read(self.message?);
        Some(InboundEvent {
            gateway_id: gateway,
            provider: Provider::Infobip,
            event_key: EventKey(format!("ib:{id}")),
            occurred_at: time::read(self.received_at.as_deref()).unwrap_or(now),
            received_at: now,
            peer: Peer {
                external_id: from.clone(),
                display_name: lenient::filled(self.contact.and_then(|contact| contact.name).as_deref()),
                phone: is_phone(&from).then(|| from.clone()),
                ..Peer::default()
            },
            thread: thread(from, self.to),
            kind: message.into_kind(id),
        })
    }

    /// A report is about a message of ours, so the peer is whom it went to.
    fn report_event(self, gateway: GatewayId, now: Timestamp) -> Option<InboundEvent> {
        let id = self.message_id.filter(|id| !id.is_empty())?;
        let to = self.to?;
        let (key, at, status) = if let Some(seen_at) = &self.seen_at {
            let at = time::read(Some(seen_at)).unwrap_or(now);
            (format!("ib:{id}:seen"), at, report::seen(id, at))
        } else {
            let status = self.status?;
            let at = time::read(self.done_at.as_deref()).unwrap_or(now);
            let number = status.id.clone().unwrap_or_default();
            (
                format!("ib:{id}:{number}"),
                at,
                report::delivery(id, at, &status, self.error.as_ref()),
            )
        };
        Some(InboundEvent {
            gateway_id: gateway,
            provider: Provider::Infobip,
            event_key: EventKey(key),
            occurred_at: at,
            received_at: now,
            peer: Peer {
                external_id: to.clone(),
                phone: is_phone(&to).then(|| to.clone()),
                ..Peer::default()
            },
            thread: thread(to, self.from),
            kind: InboundKind::Status(status),
        })
    }
}

fn thread(peer: String, via: Option<String>) -> Thread {
    Thread {
        external_id: peer,
        via: via.filter(|via| !via.is_empty()),
        ..Thread::default()
    }
}

/// People with a user name may come without a phone.
fn is_phone(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())
}
