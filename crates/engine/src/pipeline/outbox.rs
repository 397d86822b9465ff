//! Sends what flows say: in order within a lane, at the messenger's pace, until it is taken, refused for good or too old.
//!
//! Before a message leaves, it is recorded as being sent. If the server ends before the answer is recorded, nobody can
//! know whether the messenger took it; then it is `ambiguous`, unless the messenger knows our keys.

mod judge;

use super::{account::Line, lanes::LaneKey, meters, turn::TurnError, writer::NotWritten};
use crate::{
    Context,
    media::{self, Renewal},
    reconciler,
};
use judge::Verdict;
use model::{
    DeliveryId, DeliveryResult, Timestamp,
    message::{Envelope, ErrorClass, Outbound, ProviderError, Thread},
};
use providers::{Exchange, Limits, Sent};
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};
use store::deliveries::{Open, Outcome};
use tokio::time::{Instant, sleep};

/// So long a server hopes to get a lease back that ran out while it was sending.
const REGAINED: Duration = Duration::from_secs(15);

/// A message on its way out.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub id: DeliveryId,
    pub envelope: Envelope,
    pub attempts: u32,
    pub at: Timestamp,
    pub due_at: Timestamp,
    pub expires_at: Timestamp,
    /// Whether it is recorded as being sent.
    pub is_claimed: bool,
}

/// As it is stored: the message, and where it goes.
#[derive(Serialize)]
struct Written<'m> {
    #[serde(flatten)]
    message: &'m Outbound,
    thread: &'m Thread,
}

#[derive(Deserialize)]
struct Stored {
    #[serde(flatten)]
    message: Outbound,
    #[serde(default)]
    thread: Thread,
}

impl Outgoing {
    /// Reads a stored message.
    pub fn read(open: &Open) -> Option<Self> {
        let stored: Stored = serde_json::from_str(&open.body).ok()?;
        Some(Self {
            id: open.id,
            envelope: Envelope {
                idempotency_key: open.key.clone(),
                thread: stored.thread,
                message: stored.message,
            },
            attempts: open.attempts,
            at: open.at,
            due_at: open.due_at,
            expires_at: open.expires_at,
            is_claimed: false,
        })
    }

    /// As it is stored.
    pub fn body(&self) -> String {
        let written = Written {
            message: &self.envelope.message,
            thread: &self.envelope.thread,
        };
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// Claims it with the commit that stores it, if it could be sent at once.
    pub fn claim_now(&mut self, cx: &Context, key: &LaneKey, limits: Limits, now: Timestamp) {
        let inner = cx.pipeline.inner();
        let is_free = !inner.is_stopping() && inner.sends.is_idle(key) && inner.sending.available_permits() > 0;
        if is_free && inner.paces.take(key, limits, self.envelope.thread.kind, now).is_ok() {
            self.is_claimed = true;
            self.attempts = 1;
        }
    }
}

/// Sends everything that a lane has to send, in order.
pub(super) async fn work(cx: &Context, key: &LaneKey) {
    let inner = cx.pipeline.inner();
    while let Some(mut outgoing) = inner.sends.next(key) {
        loop {
            match once(cx, key, &mut outgoing).await {
                Ok(Some(due_at)) => {
                    outgoing.due_at = due_at;
                    outgoing.is_claimed = false;
                }
                Ok(None) => {
                    inner.let_go(outgoing.id);
                    break;
                }
                Err(TurnError::NotWritten(NotWritten::Failed(error))) => {
                    tracing::warn!(gateway.id = key.gateway.0, error = %error, "what became of a message could not be recorded");
                    sleep(Duration::from_millis(500)).await;
                }
                Err(TurnError::Store(error)) => {
                    tracing::warn!(gateway.id = key.gateway.0, error = %error, "a message could not be sent yet; trying again");
                    sleep(Duration::from_millis(500)).await;
                }
                Err(_) => return leave(cx, key, &outgoing),
            }
        }
    }
}

/// Leaves everything that a lane has to send to the next one who looks into the database.
fn leave(cx: &Context, key: &LaneKey, outgoing: &Outgoing) {
    let inner = cx.pipeline.inner();
    inner.let_go(outgoing.id);
    for outgoing in inner.sends.clear(key) {
        inner.let_go(outgoing.id);
    }
}

/// One attempt; gives when to try again, or nothing when it has come to its end.
async fn once(cx: &Context, key: &LaneKey, outgoing: &mut Outgoing) -> Result<Option<Timestamp>, TurnError> {
    let inner = cx.pipeline.inner();
    let Some(mut line) = inner.accounts.get(cx, key.gateway).await? else {
        return Ok(None);
    };
    let Some(provider) = line.provider() else {
        return Ok(None);
    };
    if !outgoing.is_claimed {
        if !wait(cx, key, outgoing, provider.limits()).await {
            return Err(NotWritten::Stopped.into());
        }
        if cx.now() >= outgoing.expires_at {
            let error = outgoing_expired();
            settle(cx, &line, outgoing, DeliveryResult::Expired, None, Some(&error), None).await?;
            return Ok(None);
        }
        // It was waited for long enough for the gateway to be removed, or to get other credentials.
        let Some(present) = inner.accounts.get(cx, key.gateway).await? else {
            return Ok(None);
        };
        line = present;
        inner.writer.claim(line.shard(), outgoing.id).await?;
        outgoing.is_claimed = true;
        outgoing.attempts += 1;
    }
    let renewed = match media::renewed(cx, &outgoing.envelope.message).await {
        Ok(renewed) => renewed.map(|message| Envelope {
            message,
            ..outgoing.envelope.clone()
        }),
        Err(Renewal::Store(error)) => return Err(error.into()),
        Err(Renewal::Gone(error)) => return failed(cx, key, &line, outgoing, error, &[]).await,
    };
    let envelope = renewed.as_ref().unwrap_or(&outgoing.envelope);
    // The semaphore is never closed.
    let permit = inner.sending.acquire().await;
    let mut wire = cx.wire(&line.account);
    if renewed.is_some() && provider.takes_bytes(&line.account) {
        match media::carried(cx, &envelope.message).await {
            Ok(files) => wire = wire.carrying(files),
            Err(error) => return failed(cx, key, &line, outgoing, error, &[]).await,
        }
    }
    let sent = provider.send(&wire, &line.account, envelope).await;
    drop(permit);
    let said = wire.said();
    let now = cx.now();
    match sent {
        Ok(Sent { external_id }) => {
            inner.paces.accept(key.gateway);
            meters::sent(line.kind().code(), now.since(outgoing.at));
            settled(cx, &line, outgoing, DeliveryResult::Sent, external_id, None, &said).await;
            Ok(None)
        }
        Err(error) => {
            meters::failed(line.kind().code(), error.class);
            failed(cx, key, &line, outgoing, error, &said).await
        }
    }
}

/// Records what became of a message, however long the database is away: the messenger has it already.
async fn settled(
    cx: &Context,
    line: &Arc<Line>,
    outgoing: &Outgoing,
    result: DeliveryResult,
    external_id: Option<String>,
    error: Option<&ProviderError>,
    said: &[Exchange],
) {
    let inner = cx.pipeline.inner();
    let mut pause = Duration::from_millis(100);
    let mut given_up = None;
    let mut is_last = false;
    loop {
        match settle(cx, line, outgoing, result, external_id.clone(), error, Some(said)).await {
            Ok(()) => return,
            // The lease ran out while the database was away; if no other server has taken it, it is this one's again soon.
            Err(TurnError::NotWritten(NotWritten::Lost)) if !is_last && !inner.is_stopping() => {
                is_last = Instant::now() >= *given_up.get_or_insert_with(|| Instant::now() + REGAINED);
                if is_last {
                    // From now on whoever inherits it deals with it.
                    inner.let_go(outgoing.id);
                } else {
                    sleep(pause).await;
                }
            }
            Err(TurnError::NotWritten(NotWritten::Failed(error))) if !inner.is_stopping() => {
                tracing::warn!(error = %error, "what became of a message could not be recorded; trying again");
                sleep(pause).await;
                pause = (pause * 2).min(Duration::from_secs(5));
            }
            Err(error) => {
                tracing::warn!(
                    gateway.id = line.account.gateway.0,
                    "what became of a message was not recorded: {error}"
                );
                return;
            }
        }
    }
}

async fn failed(
    cx: &Context,
    key: &LaneKey,
    line: &Arc<Line>,
    outgoing: &Outgoing,
    error: ProviderError,
    said: &[Exchange],
) -> Result<Option<Timestamp>, TurnError> {
    let inner = cx.pipeline.inner();
    let knows_keys = line.provider().is_some_and(providers::Provider::knows_keys);
    let now = cx.now();
    let verdict = judge::judge(&error, outgoing.attempts, knows_keys, now, &*cx.rng);
    if matches!(error.class, ErrorClass::Auth | ErrorClass::Permission) {
        reconciler::noticed(cx, key.gateway, &error).await;
    }
    let due_at = match verdict {
        Verdict::Ended(result) => {
            settled(cx, line, outgoing, result, None, Some(&error), said).await;
            return Ok(None);
        }
        Verdict::Again(at) => at,
        Verdict::AllWait(at) => {
            inner.paces.hold(key.gateway, now, at);
            at
        }
        Verdict::Refused => {
            inner.paces.refuse(key.gateway, now);
            now
        }
    };
    if due_at >= outgoing.expires_at {
        settled(cx, line, outgoing, DeliveryResult::Expired, None, Some(&error), said).await;
        return Ok(None);
    }
    let again = Outgoing {
        due_at,
        ..outgoing.clone()
    };
    settled(cx, line, &again, DeliveryResult::Queued, None, Some(&error), said).await;
    Ok(Some(due_at))
}

/// Waits until a message is due and may be sent; says no when the server stops or the gateway is another's meanwhile.
async fn wait(cx: &Context, key: &LaneKey, outgoing: &Outgoing, limits: Limits) -> bool {
    const TICK: Duration = Duration::from_millis(500);
    let inner = cx.pipeline.inner();
    // If the clock is set back, now or before, nothing waits longer for that.
    let pause = outgoing.due_at.since(outgoing.at.max(cx.now()));
    let begun = Instant::now();
    loop {
        if inner.is_stopping() || !inner.share.has(key.gateway) {
            return false;
        }
        let now = cx.now();
        let until = if outgoing.due_at > now && begun.elapsed() < pause {
            outgoing.due_at
        } else {
            match inner.paces.take(key, limits, outgoing.envelope.thread.kind, now) {
                Ok(()) => return true,
                Err(until) => until,
            }
        };
        if now >= outgoing.expires_at {
            return true;
        }
        // In short pieces: the gateway may be released, the clock may jump.
        sleep(until.since(now).clamp(Duration::from_millis(1), TICK)).await;
    }
}

async fn settle(
    cx: &Context,
    line: &Line,
    outgoing: &Outgoing,
    result: DeliveryResult,
    external_id: Option<String>,
    error: Option<&ProviderError>,
    said: Option<&[Exchange]>,
) -> Result<(), TurnError> {
    let now = cx.now();
    let outcome = Outcome {
        id: outgoing.id,
        result,
        attempts: outgoing.attempts,
        due_at: outgoing.due_at,
        done_at: (result != DeliveryResult::Queued).then_some(now),
        conversation: None,
        external_id,
        error: error.and_then(|error| serde_json::to_string(error).ok()),
        exchange: said.and_then(|said| serde_json::to_string(said).ok()),
    };
    Ok(cx.pipeline.inner().writer.settle(line.shard(), outcome).await?)
}

fn outgoing_expired() -> ProviderError {
    ProviderError {
        class: ErrorClass::Transient,
        http: None,
        code: None,
        subcode: None,
        message: "It could not be sent in time.".to_owned(),
        trace_id: None,
    }
}

/// Deals with a message that a server was sending when it ended.
pub(super) async fn interrupted(cx: &Context, open: &Open) -> Result<(), store::Error> {
    let Ok(Some(line)) = cx.pipeline.inner().accounts.get(cx, open.gateway).await else {
        return Ok(());
    };
    let knows_keys = line.provider().is_some_and(providers::Provider::knows_keys);
    let result = if knows_keys {
        DeliveryResult::Queued
    } else {
        DeliveryResult::Ambiguous
    };
    let error = ProviderError {
        class: ErrorClass::Ambiguous,
        http: None,
        code: None,
        subcode: None,
        message: "The server ended while this was being sent, so nobody knows whether the messenger took it."
            .to_owned(),
        trace_id: None,
    };
    let now = cx.now();
    let outcome = Outcome {
        id: open.id,
        result,
        attempts: open.attempts,
        due_at: now,
        done_at: (!knows_keys).then_some(now),
        conversation: None,
        external_id: None,
        error: serde_json::to_string(&error).ok(),
        exchange: None,
    };
    let tx = cx.store.begin().await?;
    store::deliveries::settle(&tx, &[&outcome]).await?;
    tx.commit().await
}
