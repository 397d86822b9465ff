//! What a step came from, so that it can be told whether it was taken before.
//!
//! When the answer to a commit is lost, nobody knows whether it happened. The step is taken once more then; what it says has
//! the same keys again, and the database refuses what it has already.

use super::{TurnError, conversation::Kept};
use crate::{
    Context,
    pipeline::{account::Line, calls, lanes::LaneKey, outbox::Outgoing},
};
use flow::run::HttpRequest;
use model::DeliveryResult;
use sha2::{Digest, Sha256};
use store::deliveries::Outcome;

/// A step says at most so much that is looked for again.
const MOST: usize = 200;
/// So many bytes of a key say in which order it came to be.
const ORDER: usize = 6;
/// The version of a UUID of one's own making (RFC 9562, section 5.8).
const CUSTOM: u8 = 8;

/// What a step came from: an event, or the step before it.
pub(super) struct Source {
    secret: String,
    name: String,
    /// Grows from one event to the next, and from one conversation to the next.
    order: i64,
}

impl Source {
    pub fn of(line: &Line, outcome: Option<&Outcome>, kept: &Kept) -> Self {
        let name = match (outcome, kept.id) {
            (Some(outcome), _) => format!("event {}", outcome.id),
            (None, id) => format!("step {} of {}", kept.steps, id.map_or(0, |id| id.0)),
        };
        Self {
            secret: line.account.door_secret.expose().clone(),
            name,
            order: outcome.map_or_else(|| kept.id.map_or(0, |id| id.0), |outcome| outcome.id.0),
        }
    }

    /// The key of a message that the step says: a UUID that is nobody else's and that nobody can guess.
    ///
    /// It begins with what the step came from, so that keys grow: the index of random ones would be changed all over the place,
    /// a page for each message.
    pub fn key(&self, number: usize) -> String {
        let mut hash = Sha256::new();
        for piece in [&self.secret, &self.name, &number.to_string()] {
            hash.update(piece.len().to_le_bytes());
            hash.update(piece);
        }
        let digest = hash.finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        bytes[..ORDER].copy_from_slice(&self.order.to_be_bytes()[8 - ORDER..]);
        crate::tries::uuid_of(bytes, CUSTOM)
    }
}

/// Goes on behind a step that turned out to be stored already.
pub(super) async fn adopt(cx: &Context, key: &LaneKey, source: &Source) -> Result<(), TurnError> {
    let inner = cx.pipeline.inner();
    inner.conversations.forget(key);
    let keys: Vec<String> = (0..MOST).map(|number| source.key(number)).collect();
    for open in store::deliveries::by_keys(cx.store.read(), key.gateway, &keys).await? {
        let Some(mut outgoing) = Outgoing::read(&open) else {
            continue;
        };
        // Claimed with the commit, and sent by nobody: only who knows of the commit would have.
        outgoing.is_claimed = open.result == DeliveryResult::Sending;
        if inner.take_up(open.id) {
            inner.begin_sends(cx, key.clone(), outgoing);
        }
    }
    if let Some(kept) = inner.conversations.get(cx, key).await? {
        if let Some(due) = kept.due_at {
            inner.timers.set(key, due, cx.now());
        }
        let call = kept
            .call
            .as_deref()
            .and_then(|call| serde_json::from_str::<(u64, HttpRequest)>(call).ok());
        if let Some((number, request)) = call {
            calls::begin(cx, key, number, request);
        }
        inner.conversations.put(key, Some(kept));
    }
    Ok(())
}
