//! Which gateways are this server's: all of them with SQLite, its share of the shards with PostgreSQL.

use crate::Context;
use model::GatewayId;
use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::sleep;

/// A lease that is not renewed for so long is anybody's.
const LEASE: Duration = Duration::from_secs(6);
/// How often leases are renewed.
const RENEW: Duration = Duration::from_millis(1_500);

/// The shards of this server.
#[derive(Debug)]
pub(crate) struct Share {
    server: String,
    shards: Mutex<BTreeSet<i64>>,
}

impl Share {
    pub fn new(server: String) -> Self {
        Self {
            server,
            shards: Mutex::default(),
        }
    }

    /// What this server is called among the others; another one after each start.
    pub fn server(&self) -> &str {
        &self.server
    }

    fn own(&self) -> MutexGuard<'_, BTreeSet<i64>> {
        self.shards.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The shards that this server looks after.
    pub fn shards(&self) -> Vec<i64> {
        self.own().iter().copied().collect()
    }

    /// Whether a gateway is this server's.
    pub fn has(&self, gateway: GatewayId) -> bool {
        self.own().contains(&store::deliveries::shard(gateway))
    }

    /// Takes note of what is this server's now; gives what is new.
    fn set(&self, shards: Vec<i64>) -> Vec<i64> {
        let mut own = self.own();
        let shards: BTreeSet<i64> = shards.into_iter().collect();
        let new = shards.difference(&own).copied().collect();
        *own = shards;
        new
    }
}

/// Takes what is this server's from the beginning.
pub(crate) async fn start(cx: &Context) {
    if store::leases::are_needed(cx.store.read()) {
        take(cx).await;
    } else {
        begin(cx, store::leases::all()).await;
    }
}

/// Keeps the leases.
pub(crate) async fn renew(cx: Context) {
    if !store::leases::are_needed(cx.store.read()) {
        return;
    }
    loop {
        sleep(RENEW).await;
        take(&cx).await;
    }
}

/// Lets everything go, so that the others need not wait.
pub(crate) async fn leave(cx: &Context) {
    let inner = cx.pipeline.inner();
    inner.share.set(Vec::new());
    if !store::leases::are_needed(cx.store.read()) {
        return;
    }
    let left = async {
        let tx = cx.store.begin().await?;
        store::leases::leave(&tx, inner.share.server()).await?;
        tx.commit().await
    };
    if let Err(error) = left.await {
        tracing::warn!(error = %error, "this server's share was not given back; the others take it after its time");
    }
}

async fn take(cx: &Context) {
    let lease = i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
    let taken = async {
        let tx = cx.store.begin().await?;
        let shards = store::leases::renew(&tx, cx.pipeline.inner().share.server(), lease, &[]).await?;
        tx.commit().await?;
        Ok::<_, store::Error>(shards)
    };
    match taken.await {
        Ok(shards) => begin(cx, shards).await,
        Err(error) => tracing::warn!(error = %error, "the leases could not be renewed; trying again"),
    }
}

/// Takes up what is new.
async fn begin(cx: &Context, shards: Vec<i64>) {
    let inner = cx.pipeline.inner();
    let new = inner.share.set(shards);
    if new.is_empty() {
        return;
    }
    tracing::debug!(shards = new.len(), "this server looks after more gateways");
    inner.conversations.clear();
    inner.set_behind(true);
    if let Err(error) = super::scan::inherit(cx, &new).await {
        tracing::warn!(error = %error, "what another server left could not be looked through; trying again");
        // As if they were not ours yet: the next renewal finds them new again.
        let rest = inner
            .share
            .shards()
            .into_iter()
            .filter(|shard| !new.contains(shard))
            .collect();
        inner.share.set(rest);
        return;
    }
    cx.pipeline.wake();
}
