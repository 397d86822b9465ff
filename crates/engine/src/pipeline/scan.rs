//! Finds in the database what is to be done: after a start, after another server's end, and when memory was full.

use super::{lanes::LaneKey, outbox::Outgoing, turn::Work};
use crate::Context;
use model::{DeliveryId, DeliveryResult, Way, message::InboundEvent};
use std::time::Duration;
use store::deliveries::Open;
use tokio::time::timeout;

/// How often the database is looked through where only this server writes to it: a safety net.
const ALONE: Duration = Duration::from_secs(10);
/// How often where others do.
const AMONG_OTHERS: Duration = Duration::from_millis(250);
/// So many ids of what is to be done are read at a time.
const IDS: u64 = 10_000;
/// So many deliveries are read at a time.
const PAGE: usize = 1_000;
/// After so long a server that can't listen tries again.
const DEAF: Duration = Duration::from_secs(2);

/// Looks again and again.
pub(crate) async fn scan(cx: Context) {
    let inner = cx.pipeline.inner();
    let pause = if store::leases::are_needed(cx.store.read()) {
        AMONG_OTHERS
    } else {
        ALONE
    };
    loop {
        match look(&cx).await {
            Ok(()) => {
                let wait = if inner.is_behind() {
                    Duration::from_millis(100)
                } else {
                    pause
                };
                // Woken or not, it looks.
                let _ = timeout(wait, inner.rescan.notified()).await;
            }
            Err(error) => {
                tracing::warn!(error = %error, "the database could not be looked through; trying again");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// Hears what other servers store for this one, so that it need not wait for the next look.
pub(crate) async fn hear(cx: Context) {
    while let Err(error) = listen(&cx).await {
        tracing::warn!(error = %error, "what other servers store for this one is not heard of; trying again");
        tokio::time::sleep(DEAF).await;
    }
}

async fn listen(cx: &Context) -> Result<(), store::Error> {
    let Some(mut arrivals) = store::arrivals::Listener::connect(cx.store.read()).await? else {
        return Ok(());
    };
    loop {
        let told = arrivals.next().await?;
        if told.is_none_or(|shards| cx.pipeline.inner().share.has_any(&shards)) {
            cx.pipeline.wake();
        }
    }
}

/// Takes up everything that there is room for, in order.
async fn look(cx: &Context) -> Result<(), store::Error> {
    let inner = cx.pipeline.inner();
    let Some(after) = walk(cx, DeliveryId(0)).await? else {
        return Ok(());
    };
    if inner.is_behind() {
        // Nobody stores anything now, so that what comes next really comes after all that is taken up here.
        let _closed = inner.gate.write().await;
        if walk(cx, after).await?.is_some() {
            inner.set_behind(false);
        }
    }
    Ok(())
}

/// Takes up what is behind the id `after`; gives the last id, or nothing when there was no room for all.
async fn walk(cx: &Context, mut after: DeliveryId) -> Result<Option<DeliveryId>, store::Error> {
    let inner = cx.pipeline.inner();
    loop {
        let shards = inner.share.shards();
        if shards.is_empty() {
            return Ok(None);
        }
        let room = inner.room();
        if room == 0 {
            inner.set_behind(true);
            return Ok(None);
        }
        let mut ids = store::deliveries::open(cx.store.read(), &shards, after, IDS).await?;
        let complete = (ids.len() as u64) < IDS;
        after = ids.last().copied().unwrap_or(after);
        inner.leave_out_what_is_in_hand(&mut ids);
        let fit = ids.len() <= room;
        ids.truncate(room);
        for ids in ids.chunks(PAGE) {
            for open in store::deliveries::among(cx.store.read(), ids).await? {
                take_up(cx, &open);
            }
        }
        if !fit {
            inner.set_behind(true);
            return Ok(None);
        }
        if complete {
            return Ok(Some(after));
        }
    }
}

fn take_up(cx: &Context, open: &Open) {
    let inner = cx.pipeline.inner();
    // What is being sent is in hand, or was left behind and is dealt with when its shard is inherited.
    if open.result == DeliveryResult::Sending || !inner.take_up(open.id) {
        return;
    }
    let key = LaneKey::new(open.gateway, open.lane.as_str());
    match open.way {
        Way::In => {
            if let Some(work) = work(open) {
                inner.begin_turns(cx, key, work);
            } else {
                tracing::error!(delivery.id = open.id.0, "a stored event can't be read");
            }
        }
        Way::Out => {
            if let Some(outgoing) = Outgoing::read(open) {
                inner.begin_sends(cx, key, outgoing);
            } else {
                tracing::error!(delivery.id = open.id.0, "a stored message can't be read");
            }
        }
    }
}

fn work(open: &Open) -> Option<Work> {
    if let Some(by) = super::turn::ending(&open.body) {
        return Some(Work::End { id: open.id, by });
    }
    let event: InboundEvent = serde_json::from_str(&open.body).ok()?;
    Some(Work::Event {
        id: open.id,
        attempts: open.attempts,
        event: Box::new(event),
    })
}

/// Deals with what another server, or this one before its end, had in its hands.
pub(crate) async fn inherit(cx: &Context, shards: &[i64]) -> Result<(), store::Error> {
    let inner = cx.pipeline.inner();
    let mut after = DeliveryId(0);
    loop {
        let ids = store::deliveries::open(cx.store.read(), shards, after, IDS).await?;
        let Some(last) = ids.last().copied() else {
            break;
        };
        after = last;
        // What this server itself is still sending comes to its end by itself.
        let is_left = |open: &&Open| open.result == DeliveryResult::Sending && !inner.is_in_hand(open.id);
        for ids in ids.chunks(PAGE) {
            let open = store::deliveries::among(cx.store.read(), ids).await?;
            for open in open.iter().filter(is_left) {
                super::outbox::interrupted(cx, open).await?;
            }
        }
    }
    for (gateway, lane) in store::conversations::calling(cx.store.read(), shards).await? {
        inner.begin_turns(cx, LaneKey::new(gateway, lane), Work::Recall);
    }
    let tx = cx.store.begin().await?;
    store::health::wake_all(&tx, shards, cx.now(), 10_000).await?;
    tx.commit().await
}
