//! The flow's step by one event, and what follows from it.

use super::{
    TurnError,
    conversation::{self, Place},
    effects::{self, Said, apply},
    note,
    source::Source,
    stored::store,
    words,
};
use crate::{
    Context, media,
    pipeline::{account::Line, calls, lanes::LaneKey, outbox::Outgoing, writer::Turn},
};
use flow::{Effect, Event};
use std::sync::Arc;
use store::deliveries::Outcome;

/// Takes a conversation on by one event and stores what follows.
pub(super) async fn go_on(
    cx: &Context,
    key: &LaneKey,
    line: &Arc<Line>,
    place: Place,
    event: Event,
    outcome: Option<Outcome>,
) -> Result<(), TurnError> {
    go_on_behind(cx, key, line, place, event, outcome, None).await
}

/// The same, with something that the peer is told before: a template.
pub(super) async fn go_on_behind(
    cx: &Context,
    key: &LaneKey,
    line: &Arc<Line>,
    place: Place,
    event: Event,
    outcome: Option<Outcome>,
    told_first: Option<&str>,
) -> Result<(), TurnError> {
    let inner = cx.pipeline.inner();
    let now = cx.now();
    let is_new = matches!(place, Place::New(_));
    let mut kept = place.into_kept();
    let mut effects = conversation::step(cx, &mut kept, event, now).await?;
    media::describe(cx, &mut effects).await?;
    if let Some(template) = told_first {
        let text = note::filled(cx, line, &kept, template);
        effects.insert(0, Effect::Send(words(text)));
    }
    let source = Source::of(line, outcome.as_ref(), &kept);
    let Said {
        out,
        actions,
        call,
        ended,
    } = apply(cx, key, line, &mut kept, &source, effects, now);
    let progress = kept.progress(now, ended.clone());
    let (pieces, out): (Vec<Outgoing>, Vec<_>) = out.into_iter().unzip();
    let turn = Turn {
        shard: line.shard(),
        begin: is_new.then(|| kept.begin(key, &progress)),
        go_on: kept.id.filter(|_| !is_new).map(|id| (id, progress)),
        outcome,
        out,
    };
    let Some(turned) = store(cx, key, &source, turn, pieces).await? else {
        return Ok(());
    };
    kept.id = turned.conversation.or(kept.id);
    kept.steps += 1;
    effects::act(cx, line, &kept, &actions);
    if let Some((cause, _)) = ended {
        effects::close(cx, line, &kept, cause);
        inner.conversations.put(key, None);
        return Ok(());
    }
    if let Some(due) = kept.due_at {
        inner.timers.set(key, due, now);
    }
    if let Some((number, request)) = call {
        calls::begin(cx, key, number, request);
    }
    inner.conversations.put(key, Some(kept));
    Ok(())
}
