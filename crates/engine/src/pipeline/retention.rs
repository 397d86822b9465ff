//! What is forgotten after its time.

use crate::{Context, media};
use model::DeliveryId;
use std::time::Duration;
use tokio::time::sleep;

/// How often something is looked for.
const PAUSE: Duration = Duration::from_mins(1);
/// So many rows are forgotten with one commit, so that nobody waits long.
const BATCH: u64 = 2_000;
/// The folder of files is looked through in every so many rounds, and in the first.
const SWEEP: u32 = 60;

/// How long things are kept.
#[derive(Clone, Copy, Debug)]
pub struct Retention {
    /// Entries of the log, and conversations that have ended. Repetitions are known as long.
    pub log: Duration,
    /// Requests and exchanges with messengers, word for word.
    pub exchanges: Duration,
    /// Files that messengers brought.
    pub media: Duration,
}

impl Default for Retention {
    /// Thirty days, three, and seven: messengers repeat events for at most eight.
    fn default() -> Self {
        Self {
            log: Duration::from_hours(24 * 30),
            exchanges: Duration::from_hours(24 * 3),
            media: Duration::from_hours(24 * 7),
        }
    }
}

/// Forgets again and again.
pub(crate) async fn clear(cx: Context) {
    let mut cleared = DeliveryId(0);
    let mut rounds = (0..SWEEP).cycle();
    loop {
        sleep(PAUSE).await;
        // Every server has a folder, which may be its own.
        if rounds.next() == Some(0)
            && let Err(error) = media::sweep(&cx).await
        {
            tracing::warn!(error = %error, "files that nobody knows could not be looked for; trying again later");
        }
        // One server is enough: whoever has the first shard.
        if cx.pipeline.inner().share.shards().first() != Some(&0) {
            continue;
        }
        if let Err(error) = forget(&cx, &mut cleared).await {
            tracing::warn!(error = %error, "what is too old could not be removed; trying again");
        }
    }
}

async fn forget(cx: &Context, cleared: &mut DeliveryId) -> Result<(), store::Error> {
    media::forget(cx).await?;
    let retention = cx.policy.retention;
    let before = |age: Duration| {
        model::Timestamp(
            cx.now()
                .0
                .saturating_sub(i64::try_from(age.as_millis()).unwrap_or(i64::MAX)),
        )
    };
    loop {
        let tx = cx.store.begin().await?;
        let gone = store::deliveries::purge(&tx, before(retention.log), BATCH).await?;
        let ended = store::conversations::purge(&tx, before(retention.log), BATCH).await?;
        let left = store::deliveries::abandon(&tx, cx.now(), BATCH).await?
            + store::conversations::abandon(&tx, cx.now(), BATCH).await?;
        let last =
            store::deliveries::clear_expired_exchanges(&tx, *cleared, before(retention.exchanges), BATCH).await?;
        tx.commit().await?;
        *cleared = last.unwrap_or(*cleared);
        if gone + ended + left == 0 && last.is_none() {
            return Ok(());
        }
        // Let others write in between.
        sleep(Duration::from_millis(50)).await;
    }
}
