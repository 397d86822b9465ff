//! One event of a conversation: the flow's step, and everything that follows from it, in one commit.

mod conversation;
mod effects;
mod ending;
mod files;
mod note;
mod refusal;
mod source;
mod step;
mod stored;

pub(crate) use conversation::Conversations;
pub(crate) use effects::TRIED;
pub(crate) use ending::{end_body, ending};

use super::{account::Line, calls, choices, door::peer_name, lanes::LaneKey, meters, writer::NotWritten};
use crate::Context;
use conversation::{Kept, Place};
use flow::{Event, HttpFailure, Message, run::HttpAnswer};
use model::{
    DeliveryId, DeliveryResult, Timestamp,
    message::{InboundEvent, InboundKind, Outbound, Part, Peer, Thread},
};
use std::{io, sync::Arc, time::Duration};
use step::{go_on, go_on_behind};
use store::deliveries::Outcome;
use tokio::time::sleep;

/// An event that could not be processed so often is left to the administrator.
const MOST_ATTEMPTS: u32 = 5;

/// What a lane has to do.
#[derive(Debug)]
pub(crate) enum Work {
    /// An event that is stored.
    Event {
        id: DeliveryId,
        attempts: u32,
        event: Box<InboundEvent>,
    },
    /// A user ends the conversation; the wish is stored like an event.
    End { id: DeliveryId, by: String },
    /// A wait may be over.
    Time,
    /// A call over HTTP came to its end.
    Answer {
        number: u64,
        result: Box<Result<HttpAnswer, HttpFailure>>,
    },
    /// A call over HTTP was under way when a server ended.
    Recall,
}

/// What is to be done about a work that failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TurnError {
    #[error(transparent)]
    NotWritten(#[from] NotWritten),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("a file could not be kept in the data folder")]
    Disk(#[from] io::Error),
    #[error("{0}")]
    Broken(String),
}

/// Does everything that a lane has to do, in order.
pub(super) async fn work(cx: &Context, key: &LaneKey) {
    let inner = cx.pipeline.inner();
    while let Some(mut work) = inner.turns.next(key) {
        let mut pause = Duration::from_millis(200);
        loop {
            if inner.is_stopping() || !inner.share.has(key.gateway) {
                return leave(cx, key, &work);
            }
            match once(cx, key, &mut work).await {
                Ok(()) => break,
                Err(TurnError::NotWritten(NotWritten::Lost | NotWritten::Stopped)) => return leave(cx, key, &work),
                Err(TurnError::Broken(why)) if note::give_up(cx, key, &mut work, &why).await => break,
                Err(error) => {
                    inner.conversations.forget(key);
                    tracing::warn!(gateway.id = key.gateway.0, error = %error, cause = std::error::Error::source(&error).map(tracing::field::display), "an event could not be processed; trying again");
                    sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_secs(15));
                }
            }
        }
    }
}

/// Leaves everything that a lane has to do to the next one who looks into the database.
fn leave(cx: &Context, key: &LaneKey, work: &Work) {
    let inner = cx.pipeline.inner();
    inner.conversations.forget(key);
    let rest = inner.turns.clear(key);
    for work in rest.iter().chain([work]) {
        if let Work::Event { id, .. } | Work::End { id, .. } = work {
            inner.let_go(*id);
        }
    }
}

async fn once(cx: &Context, key: &LaneKey, work: &mut Work) -> Result<(), TurnError> {
    let inner = cx.pipeline.inner();
    let Some(line) = inner.accounts.get(cx, key.gateway).await? else {
        // The gateway was removed; what it left goes with it.
        if let Work::Event { id, .. } | Work::End { id, .. } = work {
            inner.let_go(*id);
        }
        inner.conversations.forget(key);
        return Ok(());
    };
    match work {
        Work::Event { id, attempts, event } => {
            *attempts += 1;
            let (id, attempts) = (*id, *attempts);
            event_comes(cx, key, &line, id, attempts, event).await?;
            inner.let_go(id);
            let now = cx.now();
            meters::processed(line.kind().code(), now.since(event.received_at));
            after(cx, &line, event);
        }
        Work::End { id, by } => {
            ending::end(cx, key, &line, *id, by).await?;
            inner.let_go(*id);
        }
        Work::Time => {
            if let Some(place) = inner
                .conversations
                .get(cx, key)
                .await?
                .filter(|kept| kept.is_due(cx.now()))
            {
                go_on(cx, key, &line, Place::Running(place), Event::Time, None).await?;
            }
        }
        Work::Answer { number, result } => {
            if let Some(place) = inner.conversations.get(cx, key).await? {
                let event = Event::HttpAnswered {
                    number: *number,
                    result: result.as_ref().clone(),
                };
                go_on(cx, key, &line, Place::Running(place), event, None).await?;
            }
        }
        Work::Recall => {
            if let Some(kept) = inner.conversations.get(cx, key).await? {
                calls::recall(cx, key, kept.call.as_deref());
                inner.conversations.put(key, Some(kept));
            }
        }
    }
    Ok(())
}

/// What is called when an event was taken; nobody waits for it.
fn after(cx: &Context, line: &Arc<Line>, event: &InboundEvent) {
    if matches!(event.kind, InboundKind::Postback { .. }) {
        let (cx, line, event) = (cx.clone(), Arc::clone(line), event.clone());
        tokio::spawn(async move {
            if let Some(provider) = line.provider() {
                let wire = cx.wire(&line.account);
                provider.taken(&wire, &line.account, &event).await;
            }
        });
    }
}

async fn event_comes(
    cx: &Context,
    key: &LaneKey,
    line: &Arc<Line>,
    id: DeliveryId,
    attempts: u32,
    event: &InboundEvent,
) -> Result<(), TurnError> {
    let inner = cx.pipeline.inner();
    let outcome = |result| Outcome {
        id,
        result,
        attempts,
        due_at: cx.now(),
        done_at: Some(cx.now()),
        conversation: None,
        external_id: None,
        error: None,
        exchange: None,
    };
    let message = match &event.kind {
        InboundKind::Message(message) => Some(message.clone()),
        InboundKind::Postback { .. } => None,
        InboundKind::Unsubscribed { .. } => {
            let done = Some(outcome(DeliveryResult::Processed));
            return match inner.conversations.get(cx, key).await? {
                Some(kept) => go_on(cx, key, line, Place::Running(kept), Event::PeerLeft, done).await,
                None => note::settle(cx, line, outcome(DeliveryResult::Noted)).await,
            };
        }
        InboundKind::Status(status) => {
            note::receipt(cx, key, line, status).await?;
            return note::settle(cx, line, outcome(DeliveryResult::Noted)).await;
        }
        _ => return note::settle(cx, line, outcome(DeliveryResult::Noted)).await,
    };
    let running = inner.conversations.get(cx, key).await?;
    let takes_it = running.is_some() || (line.enabled && line.flow.is_some());
    let brings_files = takes_it && message.as_ref().is_some_and(files::are_there);
    let (message, told_first, processed) = match message {
        Some(message) if brings_files => {
            let taken = files::take(cx, line, id, message).await?;
            let about_files = |outcome| note::because_of(outcome, &taken.missing);
            if taken.message.parts.is_empty() {
                let refused = about_files(outcome(DeliveryResult::Refused));
                return refusal::answer(cx, key, line, running, event, refused).await;
            }
            let told_first = taken.is_refused.then(|| files::refusal(line));
            let processed = about_files(outcome(DeliveryResult::Processed));
            (Some(taken.message), told_first, processed)
        }
        message => (message, None, outcome(DeliveryResult::Processed)),
    };
    let told = running.as_ref().and_then(|kept| kept.choices.clone());
    let message = match (message, &event.kind) {
        (Some(message), _) => choices::hear(told.as_deref(), message),
        (None, InboundKind::Postback { payload, title, .. }) => Message::Button {
            payload: payload.clone(),
            title: title.clone(),
        },
        (None, _) => return note::settle(cx, line, outcome(DeliveryResult::Noted)).await,
    };
    let done = Some(processed);
    if let Some(mut kept) = running {
        kept.heard += 1;
        kept.last = Some(event.event_key.clone());
        let place = Place::Running(kept);
        return go_on_behind(cx, key, line, place, Event::Message(message), done, told_first).await;
    }
    let flow = match line.flow {
        Some(flow) if line.enabled => flow,
        _ => {
            inner.conversations.put(key, None);
            let why = if line.enabled {
                "it has no flow schema"
            } else {
                "it is disabled"
            };
            let why = format!("No conversation was begun, because the gateway takes no new ones: {why}.");
            return note::settle(cx, line, note::because(outcome(DeliveryResult::Refused), &why)).await;
        }
    };
    let ready = match inner.programs.present(cx, flow).await {
        Ok(ready) => ready,
        Err(super::programs::NotReady::Store(error)) => return Err(error.into()),
        Err(error) => {
            let dead = note::because(outcome(DeliveryResult::Dead), &error.to_string());
            return note::settle(cx, line, dead).await;
        }
    };
    let mut kept = Kept::new(ready, event.peer.clone(), event.thread.clone(), peer_name(event));
    kept.last = Some(event.event_key.clone());
    let start = Event::Start {
        message,
        variables: variables(cx, line, &event.peer, &event.thread),
    };
    let place = Place::New(Box::new(kept));
    go_on_behind(cx, key, line, place, start, done, told_first).await
}

/// What a flow knows from the start.
fn variables(cx: &Context, line: &Line, peer: &Peer, thread: &Thread) -> Vec<(String, String)> {
    let name = peer.display_name.clone().or_else(|| peer.username.clone());
    let usual = [
        ("uuid", Some(crate::tries::uuid(cx))),
        ("gateway_id", Some(line.account.gateway.to_string())),
        ("gateway_name", Some(line.account.name.clone())),
        ("provider", Some(line.kind().code().to_owned())),
        ("peer_id", Some(peer.external_id.clone())),
        ("peer_name", Some(name.unwrap_or_else(|| peer.external_id.clone()))),
        ("username", peer.username.clone()),
        ("phone", peer.phone.clone()),
        ("locale", peer.locale.clone()),
        ("via", thread.via.clone()),
    ];
    usual
        .into_iter()
        .filter_map(|(name, text)| Some((name.to_owned(), text?)))
        .collect()
}

/// A message of words and nothing else.
fn words(text: String) -> Outbound {
    Outbound {
        parts: vec![Part::text(text)],
        ..Outbound::default()
    }
}

/// The moment that many milliseconds since 1970 are.
fn moment(ms: i64) -> Timestamp {
    Timestamp(ms)
}
