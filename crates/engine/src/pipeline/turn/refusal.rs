//! A message of which nothing is left without the files that are not taken: the peer is told so, and no flow sees it.

use super::{
    TurnError,
    conversation::Kept,
    effects::{Said, say},
    files, note,
    source::Source,
    stored::store,
    words,
};
use crate::{
    Context,
    pipeline::{account::Line, door::peer_name, lanes::LaneKey, writer::Turn},
};
use model::message::InboundEvent;
use std::sync::Arc;
use store::deliveries::Outcome;

/// Tells the peer, and leaves the conversation, if there is one, as it is.
pub(super) async fn answer(
    cx: &Context,
    key: &LaneKey,
    line: &Arc<Line>,
    running: Option<Box<Kept>>,
    event: &InboundEvent,
    outcome: Outcome,
) -> Result<(), TurnError> {
    let is_running = running.is_some();
    let mut kept = running.unwrap_or_else(|| {
        let none = Kept::none(event.peer.clone(), event.thread.clone(), peer_name(event));
        Box::new(none)
    });
    let source = Source::of(line, Some(&outcome), &kept);
    let mut said = Said::default();
    let text = note::filled(cx, line, &kept, files::refusal(line));
    say(cx, key, line, &mut kept, &source, &mut said, &words(text), cx.now());
    let (pieces, out) = said.out.into_iter().unzip();
    let turn = Turn {
        shard: line.shard(),
        outcome: Some(outcome),
        out,
        ..Turn::default()
    };
    if store(cx, key, &source, turn, pieces).await?.is_some() {
        cx.pipeline.inner().conversations.put(key, is_running.then_some(kept));
    }
    Ok(())
}
