//! What is recorded of an event that no flow sees, and of one that no flow could be shown.

use super::{TurnError, Work, conversation::Kept};
use crate::{
    Context,
    pipeline::{account::Line, lanes::LaneKey},
};
use model::{
    DeliveryResult,
    message::{DeliveryState, DeliveryStatus, ErrorClass, ProviderError},
};
use std::{sync::Arc, time::Duration};
use store::deliveries::{About, Outcome, Receipt};

/// A receipt may be quicker than the answer to the call that it is about.
const SOON: Duration = Duration::from_secs(2);

/// Records what became of an event.
pub(super) async fn settle(cx: &Context, line: &Line, outcome: Outcome) -> Result<(), TurnError> {
    Ok(cx.pipeline.inner().writer.settle(line.shard(), outcome).await?)
}

/// The outcome with a reason in words.
pub(super) fn because(outcome: Outcome, why: &str) -> Outcome {
    let error = ProviderError {
        class: ErrorClass::Unknown,
        http: None,
        code: None,
        subcode: None,
        message: why.to_owned(),
        trace_id: None,
    };
    Outcome {
        error: serde_json::to_string(&error).ok(),
        ..outcome
    }
}

/// The outcome with sentences about what is missing, if anything is.
pub(super) fn because_of(outcome: Outcome, missing: &[String]) -> Outcome {
    if missing.is_empty() {
        return outcome;
    }
    because(outcome, &missing.join(" "))
}

/// Records a receipt with the message that it is about, or with all of its lane until then.
pub(super) async fn receipt(
    cx: &Context,
    key: &LaneKey,
    line: &Arc<Line>,
    status: &DeliveryStatus,
) -> Result<(), TurnError> {
    let result = match status.status {
        DeliveryState::Delivered => DeliveryResult::Delivered,
        DeliveryState::Read => DeliveryResult::Read,
        DeliveryState::Failed => DeliveryResult::Failed,
        _ => return Ok(()),
    };
    let about = if status.external_id.is_empty() {
        About::UpTo {
            lane: key.lane.to_string(),
            until: status.at,
        }
    } else {
        About::Message(status.external_id.clone())
    };
    let receipt = Receipt {
        gateway: line.account.gateway,
        about,
        result,
        error: status
            .error
            .as_ref()
            .and_then(|error| serde_json::to_string(error).ok()),
    };
    if cx.pipeline.inner().writer.receipt(receipt.clone()).await? == 0 {
        let cx = cx.clone();
        tokio::spawn(async move {
            tokio::time::sleep(SOON).await;
            if let Err(error) = cx.pipeline.inner().writer.receipt(receipt).await {
                tracing::debug!("a receipt was not recorded: {error}");
            }
        });
    }
    Ok(())
}

/// Leaves an event to the administrator that failed again and again; says whether it did.
pub(super) async fn give_up(cx: &Context, key: &LaneKey, work: &mut Work, why: &str) -> bool {
    let inner = cx.pipeline.inner();
    inner.conversations.forget(key);
    tracing::error!(gateway.id = key.gateway.0, "an event could not be processed: {why}");
    let Work::Event { id, attempts, .. } = work else {
        return true;
    };
    if *attempts < super::MOST_ATTEMPTS {
        return false;
    }
    let now = cx.now();
    let dead = Outcome {
        id: *id,
        result: DeliveryResult::Dead,
        attempts: *attempts,
        due_at: now,
        done_at: Some(now),
        conversation: None,
        external_id: None,
        error: None,
        exchange: None,
    };
    let shard = store::deliveries::shard(key.gateway);
    let settled = inner.writer.settle(shard, because(dead, why)).await.is_ok();
    if settled {
        inner.let_go(*id);
    }
    settled
}

/// A template with its variables filled in.
pub(super) fn filled(cx: &Context, line: &Line, kept: &Kept, template: &str) -> String {
    let peer = &kept.peer;
    let name = peer
        .display_name
        .as_deref()
        .or(peer.username.as_deref())
        .unwrap_or(&peer.external_id);
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    let told = |key: &str, otherwise| peer.extra.get(key).map_or(otherwise, String::as_str);
    let (first, last) = (told("first_name", first), told("last_name", last));
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once("${") {
        text.push_str(before);
        let Some((variable, after)) = behind.split_once('}') else {
            text.push_str("${");
            rest = behind;
            continue;
        };
        match variable {
            "peer_name" => text.push_str(name),
            "peer_id" => text.push_str(&peer.external_id),
            "first_name" => text.push_str(first),
            "last_name" => text.push_str(last),
            "username" => text.push_str(peer.username.as_deref().unwrap_or_default()),
            "gateway_name" => text.push_str(&line.account.name),
            "provider" => text.push_str(line.kind().label()),
            "uuid" => text.push_str(&crate::tries::uuid(cx)),
            _ => {}
        }
        rest = after;
    }
    text.push_str(rest);
    text
}
