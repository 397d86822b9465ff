//! A turn is stored with one commit, and what it says is sent.

use super::{
    TurnError,
    source::{self, Source},
};
use crate::{
    Context,
    pipeline::{
        lanes::LaneKey,
        outbox::Outgoing,
        writer::{NotWritten, Turn, Turned},
    },
};
use model::DeliveryId;

/// Stores a turn and has what it says sent; gives nothing if it turns out to have been stored before, and is adopted then.
pub(super) async fn store(
    cx: &Context,
    key: &LaneKey,
    source: &Source,
    turn: Turn,
    pieces: Vec<Outgoing>,
) -> Result<Option<Turned>, TurnError> {
    let inner = cx.pipeline.inner();
    // What was stored before this is taken up before it, too.
    let open = inner.gate.read().await;
    match inner.writer.turn(turn).await {
        Ok(mut turned) => {
            send_off(cx, key, pieces, std::mem::take(&mut turned.out));
            Ok(Some(turned))
        }
        Err(NotWritten::Done) => {
            drop(open);
            source::adopt(cx, key, source).await?;
            Ok(None)
        }
        Err(error) => {
            inner.conversations.forget(key);
            Err(error.into())
        }
    }
}

/// Has what was stored just now sent; whoever calls holds the gate.
fn send_off(cx: &Context, key: &LaneKey, pieces: Vec<Outgoing>, ids: Vec<Option<DeliveryId>>) {
    let inner = cx.pipeline.inner();
    for (mut outgoing, id) in pieces.into_iter().zip(ids) {
        let Some(id) = id else { continue };
        outgoing.id = id;
        if outgoing.is_claimed || !inner.is_behind() || !inner.sends.is_idle(key) {
            if inner.take_up(id) {
                inner.begin_sends(cx, key.clone(), outgoing);
            }
        } else {
            cx.pipeline.wake();
        }
    }
}
