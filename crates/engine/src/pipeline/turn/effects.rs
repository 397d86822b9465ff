//! What a step wants done, made ready to be stored.

use super::{conversation::Kept, moment, source::Source};
use crate::{
    Context,
    pipeline::{account::Line, choices, lanes::LaneKey, outbox::Outgoing, summary},
};
use flow::{Cause, Effect, run::HttpRequest};
use model::{
    DeliveryId, DeliveryResult, Timestamp, Way,
    message::{ChatAction, Envelope, Outbound},
};
use providers::Piece;
use std::{sync::Arc, time::Duration};
use store::deliveries::NewDelivery;

/// So long a message is tried.
pub(crate) const TRIED: Duration = Duration::from_hours(1);

/// What a step said and did.
#[derive(Default)]
pub(super) struct Said {
    /// What is sent, and how it is stored.
    pub out: Vec<(Outgoing, NewDelivery)>,
    /// What the peer sees us do.
    pub actions: Vec<ChatAction>,
    /// What is called.
    pub call: Option<(u64, HttpRequest)>,
    /// Why it ended: one word, and a sentence.
    pub ended: Option<(String, String)>,
}

/// Goes through the effects of a step; what they change of the conversation is changed.
pub(super) fn apply(
    cx: &Context,
    key: &LaneKey,
    line: &Arc<Line>,
    kept: &mut Kept,
    source: &Source,
    effects: Vec<Effect>,
    now: Timestamp,
) -> Said {
    let mut said = Said::default();
    kept.due_at = None;
    kept.call = None;
    for effect in effects {
        match effect {
            Effect::Send(message) => say(cx, key, line, kept, source, &mut said, &message, now),
            Effect::Action(action) => said.actions.push(action),
            Effect::CallHttp { number, request } => {
                kept.call = serde_json::to_string(&(number, &request)).ok();
                said.call = Some((number, request));
            }
            Effect::Wait { until, .. } => kept.due_at = Some(moment(until)),
            Effect::Close { cause, why } => {
                if cause != Cause::PeerLeft && !line.templates.close.is_empty() {
                    let text = super::note::filled(cx, line, kept, &line.templates.close);
                    say(cx, key, line, kept, source, &mut said, &super::words(text), now);
                }
                said.ended = Some((cause.to_string(), sentence(cause, why)));
            }
            Effect::Log(text) => tracing::info!(gateway.id = key.gateway.0, "a flow says: {}", summary::cut(&text)),
            Effect::Failed { path, why } => {
                tracing::info!(
                    gateway.id = key.gateway.0,
                    flow.path = path,
                    "a node of a flow could not do its work: {why}"
                );
            }
        }
    }
    // The list of a trigger may still wait or call after the end that the peer sees.
    if kept.due_at.is_some() || kept.call.is_some() {
        if let Some((cause, why)) = said.ended.take() {
            tracing::debug!(
                gateway.id = key.gateway.0,
                "a conversation closed ({cause}) and still works: {why}"
            );
        }
    } else if said.ended.is_none() && kept.state.is_over() {
        let cause = kept.state.ended().unwrap_or(Cause::FlowEnd);
        said.ended = Some((cause.to_string(), sentence(cause, None)));
    }
    said
}

fn sentence(cause: Cause, why: Option<String>) -> String {
    match (cause, why) {
        (Cause::FlowEnd, _) => "The program came to its end.".to_owned(),
        (Cause::PeerLeft, _) => "The peer left.".to_owned(),
        (Cause::FlowErr, Some(why)) => format!("The conversation was ended: {why}"),
        (Cause::FlowErr, None) => "The conversation was ended because of an error.".to_owned(),
    }
}

/// Makes a message ready in the pieces that the messenger can carry.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a part of one step, and nothing else has them together"
)]
pub(super) fn say(
    cx: &Context,
    key: &LaneKey,
    line: &Arc<Line>,
    kept: &mut Kept,
    source: &Source,
    said: &mut Said,
    message: &Outbound,
    now: Timestamp,
) {
    let Some(provider) = line.provider() else { return };
    let plan = provider.plan(&line.account, &kept.thread, message);
    if !message.buttons.is_empty() {
        kept.choices = choices::write(&plan.choices);
    }
    for Piece { message, notes } in plan.pieces {
        kept.said += 1;
        let expires_at = now.after(TRIED);
        let mut outgoing = Outgoing {
            id: DeliveryId(0),
            envelope: Envelope {
                idempotency_key: source.key(said.out.len()),
                thread: kept.thread.clone(),
                message,
            },
            attempts: 0,
            at: now,
            due_at: now,
            expires_at,
            is_claimed: false,
        };
        // The first one may go at once: then it is stored as being sent, and needs no commit of its own for that.
        if said.out.is_empty() {
            outgoing.claim_now(cx, key, provider.limits(), now);
        }
        let (kind, summary) = summary::of_message(&outgoing.envelope.message);
        let stored = NewDelivery {
            gateway: key.gateway,
            way: Way::Out,
            key: outgoing.envelope.idempotency_key.clone(),
            lane: key.lane.to_string(),
            peer: name(kept),
            kind: kind.to_owned(),
            summary,
            body: outgoing.body(),
            result: if outgoing.is_claimed {
                DeliveryResult::Sending
            } else {
                DeliveryResult::Queued
            },
            at: now,
            due_at: now,
            expires_at,
            awaits_receipt: provider.tells_receipts(),
            conversation: None,
            notes: (!notes.is_empty()).then(|| serde_json::to_string(&notes).unwrap_or_default()),
            exchange: None,
        };
        said.out.push((outgoing, stored));
    }
}

fn name(kept: &Kept) -> String {
    if kept.peer_name.is_empty() {
        let peer = &kept.peer;
        let name = peer.display_name.as_deref().or(peer.username.as_deref());
        return summary::cut(name.unwrap_or(&peer.external_id));
    }
    kept.peer_name.clone()
}

/// Shows the peer what we do; nobody waits for it.
pub(super) fn act(cx: &Context, line: &Arc<Line>, kept: &Kept, actions: &[ChatAction]) {
    let Some(action) = actions.last().copied() else { return };
    let (cx, line) = (cx.clone(), Arc::clone(line));
    let (thread, heard) = (kept.thread.clone(), kept.last.clone());
    tokio::spawn(async move {
        if let Some(provider) = line.provider() {
            let wire = cx.wire(&line.account);
            let acted = provider.act(&wire, &line.account, &thread, heard.as_ref(), action);
            if let Err(error) = acted.await {
                tracing::debug!(gateway.id = line.account.gateway.0, "an action was not shown: {error}");
            }
        }
    });
}

/// Tells the messenger that we have ended a conversation, if it wants to know; nobody waits for it.
pub(super) fn close(cx: &Context, line: &Arc<Line>, kept: &Kept, cause: String) {
    let Some(provider) = line.provider().filter(|_| cause != Cause::PeerLeft.to_string()) else {
        return;
    };
    let key = format!("close-{}", kept.id.map_or(0, |id| id.0));
    let (cx, line, thread) = (cx.clone(), Arc::clone(line), kept.thread.clone());
    tokio::spawn(async move {
        let wire = cx.wire(&line.account);
        if let Err(error) = provider.close(&wire, &line.account, &thread, &key, &cause).await {
            tracing::debug!(
                gateway.id = line.account.gateway.0,
                "the messenger was not told of an end: {error}"
            );
        }
    });
}
