//! What became of a message, recorded.

use super::Outgoing;
use crate::{
    Context,
    pipeline::{account::Line, turn::TurnError, writer::NotWritten},
};
use model::{
    DeliveryResult,
    message::{ErrorClass, ProviderError},
};
use providers::Exchange;
use std::{sync::Arc, time::Duration};
use store::deliveries::{Open, Outcome};
use tokio::time::{Instant, sleep};

/// So long a server hopes to get a lease back that ran out while it was sending.
const REGAINED: Duration = Duration::from_secs(15);

/// Records what became of a message, however long the database is away: the messenger has it already.
pub(super) async fn settled(
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

/// Records what became of a message, or that it is tried again.
pub(super) async fn settle(
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

/// Deals with a message that a server was sending when it ended.
pub(in crate::pipeline) async fn interrupted(cx: &Context, open: &Open) -> Result<(), store::Error> {
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
