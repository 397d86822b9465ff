//! The providers' door: a request is verified, read, stored and only then answered.

use super::{account::Line, lanes::LaneKey, meters, summary, turn::Work, writer::NotWritten};
use crate::{Context, gateways};
use bytes::Bytes;
use http::{HeaderMap, Method};
use model::{
    DeliveryResult, Provider, Timestamp, Way,
    message::{InboundEvent, InboundKind},
};
use providers::{
    Incoming, Reply,
    messenger::{self, DEAUTHORISE},
    whole_characters,
};
use std::sync::Arc;
use store::deliveries::NewDelivery;

/// So much of a request is kept for a while, in bytes.
const KEPT: usize = 64 << 10;
/// So many events of one request are stored with one commit.
const BATCH: usize = 256;

/// A request at the door.
#[derive(Clone, Debug)]
pub struct Knock {
    /// Its method.
    pub method: Method,
    /// What follows `/chat`, with its leading slash.
    pub path: String,
    /// What follows `?`.
    pub query: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, byte for byte.
    pub body: Bytes,
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The type of the body, if there is one.
    pub content_type: Option<&'static str>,
    /// The body.
    pub body: String,
}

impl Answer {
    fn empty(status: u16) -> Self {
        Self {
            status,
            content_type: None,
            body: String::new(),
        }
    }

    /// Nobody is there, or somebody who must not be told so.
    #[must_use]
    pub fn turned_away() -> Self {
        Self::empty(401)
    }

    /// Come again later.
    #[must_use]
    pub fn later() -> Self {
        Self::empty(503)
    }

    fn ok(reply: Reply) -> Self {
        match reply {
            Reply::Empty => Self::empty(200),
            Reply::Text(body) => Self {
                status: 200,
                content_type: Some("text/plain; charset=utf-8"),
                body,
            },
            Reply::Json(body) => Self {
                status: 200,
                content_type: Some("application/json"),
                body,
            },
        }
    }
}

/// Answers a request. What it says is stored before the answer says that it is taken.
///
/// An address that leads nowhere and a request that is not genuine get the same answer after the same work.
pub async fn knock(cx: &Context, knock: Knock) -> Answer {
    let inner = cx.pipeline.inner();
    let found = match inner.accounts.at(cx, &knock.path).await {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!(error = %error, "a messenger was sent away for now: the database does not answer");
            return Answer::later();
        }
    };
    let Some((line, rest)) = found else {
        meters::refused("none", "unknown");
        return Answer::turned_away();
    };
    let Some(provider) = line.provider() else {
        meters::refused(line.kind().code(), "unknown");
        return Answer::turned_away();
    };
    if line.kind() == Provider::Messenger && rest == DEAUTHORISE {
        return taken_back(cx, &line, &knock).await;
    }
    if !rest.is_empty() && !provider.may_prove_by_path() {
        meters::refused(line.kind().code(), "unknown");
        return Answer::turned_away();
    }
    let incoming = Incoming {
        method: &knock.method,
        rest,
        query: &knock.query,
        headers: &knock.headers,
        body: &knock.body,
    };
    if let Some(reply) = provider.challenge(&line.account, &incoming) {
        return Answer::ok(reply);
    }
    let now = cx.now();
    if let Err(refusal) = provider.verify(&line.account, &incoming, now) {
        meters::refused(line.kind().code(), refusal.code());
        tracing::info!(
            gateway.id = line.account.gateway.0,
            "a request was turned away: {refusal}"
        );
        return Answer::turned_away();
    }
    let readable = whole_characters(&knock.body);
    let incoming = Incoming {
        body: &readable,
        ..incoming
    };
    let heard = match provider.parse(&line.account, &incoming, now) {
        Ok(heard) => heard,
        Err(unreadable) => {
            meters::refused(line.kind().code(), "unreadable");
            tracing::info!(
                gateway.id = line.account.gateway.0,
                "a request could not be read: {unreadable}"
            );
            return Answer {
                status: unreadable.status,
                content_type: (!unreadable.body.is_empty()).then_some("application/json"),
                body: unreadable.body,
            };
        }
    };
    match take_in(cx, &line, heard.events, Some(&knock.body)).await {
        Ok(()) => Answer::ok(heard.reply),
        Err(error) => {
            tracing::warn!(gateway.id = line.account.gateway.0, error = %error, "events could not be stored; the messenger sends them again");
            Answer::later()
        }
    }
}

/// Hears from Meta that somebody has taken back what the app was allowed.
async fn taken_back(cx: &Context, line: &Line, knock: &Knock) -> Answer {
    let incoming = Incoming {
        method: &knock.method,
        rest: DEAUTHORISE,
        query: &knock.query,
        headers: &knock.headers,
        body: &knock.body,
    };
    let gateway = line.account.gateway;
    let heard = match messenger::deauthorised(&line.account, &incoming) {
        Ok(heard) => heard,
        Err(refusal) => {
            meters::refused(line.kind().code(), refusal.code());
            tracing::info!(gateway.id = gateway.0, "a request was turned away: {refusal}");
            return Answer::turned_away();
        }
    };
    match gateways::meta::deauthorise(cx, line, &heard).await {
        Ok(()) => Answer::empty(200),
        Err(error) => {
            tracing::warn!(gateway.id = gateway.0, error = %error, "a permission that was taken back could not be noted");
            Answer::later()
        }
    }
}

/// Stores events and has them processed; those that were stored before are passed over.
pub(crate) async fn take_in(
    cx: &Context,
    line: &Arc<Line>,
    mut events: Vec<InboundEvent>,
    raw: Option<&Bytes>,
) -> Result<(), NotWritten> {
    let inner = cx.pipeline.inner();
    if inner.is_stopping() {
        return Err(NotWritten::Stopped);
    }
    let now = cx.now();
    let mut raw = raw.map(|raw| Raw::of(raw, events.len()));
    while !events.is_empty() {
        let rest = events.split_off(events.len().min(BATCH));
        let batch = std::mem::replace(&mut events, rest);
        let mut next = || raw.as_mut().and_then(Raw::next);
        let new: Vec<NewDelivery> = batch.iter().map(|event| delivery(event, next(), now)).collect();
        let _open = inner.gate.read().await;
        let ids = inner.writer.accept(new).await?;
        let provider = line.kind().code();
        // With several servers, another one may have stored what comes before this.
        let directly = !inner.is_behind() && !store::leases::are_needed(cx.store.read());
        let mut left = false;
        for (event, id) in batch.into_iter().zip(ids) {
            let Some(id) = id else {
                meters::duplicate(provider);
                continue;
            };
            meters::received(provider);
            if !is_for_flow(&event) {
                continue;
            }
            if !directly {
                left = true;
            } else if inner.take_up(id) {
                let key = LaneKey::new(event.gateway_id, lane(&event));
                let work = Work::Event {
                    id,
                    attempts: 0,
                    event: Box::new(event),
                };
                inner.begin_turns(cx, key, work);
            }
        }
        if left {
            cx.pipeline.wake();
        }
    }
    Ok(())
}

/// The order of events is kept within this: the thread at the address of ours that it belongs to.
pub(super) fn lane(event: &InboundEvent) -> String {
    match &event.thread.via {
        None => event.thread.external_id.clone(),
        Some(via) => format!("{via}/{}", event.thread.external_id),
    }
}

/// Whether anything is to be done about an event but to note it.
fn is_for_flow(event: &InboundEvent) -> bool {
    !matches!(event.kind, InboundKind::Typing { .. })
}

fn delivery(event: &InboundEvent, raw: Option<String>, now: Timestamp) -> NewDelivery {
    let (kind, summary) = summary::of_event(event);
    NewDelivery {
        gateway: event.gateway_id,
        way: Way::In,
        key: event.event_key.0.clone(),
        lane: lane(event),
        peer: peer_name(event),
        kind: kind.to_owned(),
        summary,
        body: serde_json::to_string(event).unwrap_or_default(),
        result: if is_for_flow(event) {
            DeliveryResult::Received
        } else {
            DeliveryResult::Noted
        },
        at: now,
        due_at: now,
        expires_at: Timestamp(i64::MAX),
        awaits_receipt: false,
        conversation: None,
        notes: None,
        exchange: raw,
    }
}

/// What a peer is called.
pub(super) fn peer_name(event: &InboundEvent) -> String {
    let peer = &event.peer;
    let name = peer
        .display_name
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let name = name.or(peer.username.as_deref()).or(peer.phone.as_deref());
    summary::cut(name.unwrap_or(&peer.external_id))
}

/// A request, as it is kept with the events that it told of: with each of few, or with the first of many. A thousand copies of
/// what tells of a thousand events would be too many.
struct Raw {
    text: Option<String>,
    is_for_all: bool,
}

impl Raw {
    fn of(body: &Bytes, events: usize) -> Self {
        Self {
            text: Some(kept(body)),
            is_for_all: body.len().saturating_mul(events) <= KEPT,
        }
    }

    /// What is kept with the next event.
    fn next(&mut self) -> Option<String> {
        if self.is_for_all {
            self.text.clone()
        } else {
            self.text.take()
        }
    }
}

/// The beginning of a request.
fn kept(body: &Bytes) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(KEPT)]);
    if body.len() > KEPT {
        format!("{text}…")
    } else {
        text.into_owned()
    }
}
