//! Waits that come to their end. The near ones are in memory; the database has them all.

use super::{lanes::LaneKey, turn::Work};
use crate::Context;
use model::Timestamp;
use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until, timeout_at},
};

/// Waits that end within this time are in memory.
const NEAR: Duration = Duration::from_mins(1);
/// How often the database is asked for those that have come near.
const LOOK: Duration = Duration::from_secs(20);
/// So many are read at a time.
const PAGE: u64 = 10_000;
/// The clock is looked at this often, because it may jump.
const TICK: Duration = Duration::from_secs(1);

/// The waits in memory.
#[derive(Debug, Default)]
pub(crate) struct Timers {
    waits: Mutex<BTreeSet<(Timestamp, LaneKey)>>,
    sooner: Notify,
}

impl Timers {
    fn waits(&self) -> MutexGuard<'_, BTreeSet<(Timestamp, LaneKey)>> {
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a wait, if it ends soon.
    pub fn set(&self, key: &LaneKey, due: Timestamp, now: Timestamp) {
        if due > now.after(NEAR) {
            return;
        }
        let mut waits = self.waits();
        let is_first = waits.first().is_none_or(|(first, _)| due < *first);
        waits.insert((due, key.clone()));
        if is_first {
            self.sooner.notify_one();
        }
    }

    /// Those whose end has come.
    fn take(&self, now: Timestamp) -> Vec<LaneKey> {
        let mut waits = self.waits();
        let mut due = Vec::new();
        while waits.first().is_some_and(|(at, _)| *at <= now) {
            if let Some((_, key)) = waits.pop_first() {
                due.push(key);
            }
        }
        due
    }

    fn next(&self) -> Option<Timestamp> {
        self.waits().first().map(|(at, _)| *at)
    }
}

/// Rings for each wait that comes to its end.
pub(crate) async fn ring(cx: Context) {
    let inner = cx.pipeline.inner();
    let mut look_at = Instant::now();
    loop {
        if Instant::now() >= look_at {
            look_at = Instant::now() + LOOK;
            if let Err(error) = look(&cx).await {
                tracing::warn!(error = %error, "the waits could not be read; trying again");
                look_at = Instant::now() + TICK;
            }
        }
        for key in inner.timers.take(cx.now()) {
            if inner.share.has(key.gateway) {
                inner.begin_turns(&cx, key, Work::Time);
            }
        }
        let wait = inner.timers.next().map_or(TICK, |next| next.since(cx.now()).min(TICK));
        let until = (Instant::now() + wait).min(look_at);
        // Woken or not, it looks.
        let _ = timeout_at(until, inner.timers.sooner.notified()).await;
        sleep_until(Instant::now()).await;
    }
}

async fn look(cx: &Context) -> Result<(), store::Error> {
    let inner = cx.pipeline.inner();
    let shards = inner.share.shards();
    if shards.is_empty() {
        return Ok(());
    }
    let now = cx.now();
    for (gateway, lane, due) in store::conversations::due(cx.store.read(), &shards, now.after(NEAR), PAGE).await? {
        inner.timers.set(&LaneKey::new(gateway, lane), due, now);
    }
    Ok(())
}
