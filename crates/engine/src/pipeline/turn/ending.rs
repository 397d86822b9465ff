//! A user ends a conversation.
//!
//! The wish is stored like an event, so that it finds whichever server looks after the gateway, and takes its place in the
//! order of the lane.

use super::{TurnError, note};
use crate::{
    Context,
    pipeline::{
        account::Line,
        lanes::LaneKey,
        writer::{NotWritten, Turn},
    },
};
use model::{DeliveryId, DeliveryResult};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::deliveries::Outcome;

#[derive(Serialize, Deserialize)]
struct Ending {
    end_by: String,
}

/// The body of the stored wish.
pub(crate) fn end_body(by: &str) -> String {
    serde_json::to_string(&Ending { end_by: by.to_owned() }).unwrap_or_default()
}

/// Who wishes it, if the body is such a wish.
pub(crate) fn ending(body: &str) -> Option<String> {
    let ending: Ending = serde_json::from_str(body).ok()?;
    Some(ending.end_by)
}

pub(super) async fn end(
    cx: &Context,
    key: &LaneKey,
    line: &Arc<Line>,
    id: DeliveryId,
    by: &str,
) -> Result<(), TurnError> {
    let inner = cx.pipeline.inner();
    let now = cx.now();
    let outcome = Outcome {
        id,
        result: DeliveryResult::Processed,
        attempts: 1,
        due_at: now,
        done_at: Some(now),
        conversation: None,
        external_id: None,
        error: None,
        exchange: None,
    };
    let Some(kept) = inner.conversations.get(cx, key).await? else {
        return note::settle(cx, line, outcome).await;
    };
    let ended = ("ended_by_user".to_owned(), format!("{by} ended the conversation."));
    let turn = Turn {
        shard: line.shard(),
        go_on: kept.id.map(|id| (id, kept.progress(now, Some(ended)))),
        outcome: Some(outcome),
        ..Turn::default()
    };
    match inner.writer.turn(turn).await {
        Ok(_) | Err(NotWritten::Done) => {}
        Err(error) => return Err(error.into()),
    }
    inner.conversations.put(key, None);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_told_from_an_event() {
        assert_eq!(ending(&end_body("Olha")).as_deref(), Some("Olha"));
        assert_eq!(ending(r#"{"gateway_id":1,"provider":"viber"}"#), None);
    }
}
