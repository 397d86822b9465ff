//! Sends what flows say: in order within a lane, at the messenger's pace, until it is taken, refused for good or too old.
//!
//! Before a message leaves, it is recorded as being sent. If the server ends before the answer is recorded, nobody can
//! know whether the messenger took it; then it is `ambiguous`, unless the messenger knows our keys.

mod ending;
mod judge;
mod outgoing;

use super::{account::Line, lanes::LaneKey, meters, turn::TurnError, writer::NotWritten};
use crate::{
    Context,
    media::{self, Renewal},
    reconciler,
};
use ending::{settle, settled};
use judge::Verdict;
use model::{
    DeliveryResult, Timestamp,
    message::{Envelope, ErrorClass, ProviderError},
};
use providers::{Exchange, Limits, Sent};
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, sleep};

pub(super) use ending::interrupted;
pub(crate) use outgoing::Outgoing;

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
                // What was read from the database a while ago may have come to its end meanwhile.
                Ok(None) | Err(TurnError::NotWritten(NotWritten::Done)) => {
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
