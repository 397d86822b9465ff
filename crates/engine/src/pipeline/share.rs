//! Which gateways are this server's: all of them with SQLite, its share of the shards with PostgreSQL.

use crate::Context;
use model::GatewayId;
use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use store::leases::Leased;
use tokio::time::sleep;

/// A lease that is not renewed for so long is anybody's.
const LEASE: Duration = Duration::from_secs(6);
/// How often leases are renewed.
const RENEW: Duration = Duration::from_millis(1_500);

/// The shards of this server.
#[derive(Debug)]
pub(crate) struct Share {
    server: String,
    shards: Mutex<Shards>,
}

#[derive(Debug, Default)]
struct Shards {
    /// Those that this server looks after.
    own: BTreeSet<i64>,
    /// Those that it has still, but does nothing new for: another server takes them when nothing is in hand.
    leaving: BTreeSet<i64>,
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

    fn state(&self) -> MutexGuard<'_, Shards> {
        self.shards.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The shards that this server looks after.
    pub fn shards(&self) -> Vec<i64> {
        self.state().own.iter().copied().collect()
    }

    /// Whether a gateway is this server's.
    pub fn has(&self, gateway: GatewayId) -> bool {
        self.has_any(&[store::deliveries::shard(gateway)])
    }

    /// Whether one of these shards is this server's.
    pub fn has_any(&self, shards: &[i64]) -> bool {
        let state = self.state();
        shards.iter().any(|shard| state.own.contains(shard))
    }

    /// Those that are to be let go.
    fn leaving(&self) -> Vec<i64> {
        self.state().leaving.iter().copied().collect()
    }

    /// Takes note of what is this server's now; gives what is new.
    fn set(&self, leased: &Leased) -> Vec<i64> {
        let mut state = self.state();
        let leased_now: BTreeSet<i64> = leased.shards.iter().copied().collect();
        // Those that were leaving go on to leave; if that is not enough, the last ones do as well.
        state.leaving.retain(|shard| leased_now.contains(shard));
        while state.leaving.len() > leased.beyond {
            state.leaving.pop_first();
        }
        for shard in leased_now.iter().rev() {
            if state.leaving.len() >= leased.beyond {
                break;
            }
            state.leaving.insert(*shard);
        }
        let own: BTreeSet<i64> = leased_now.difference(&state.leaving).copied().collect();
        let is_new = |shard: &&i64| !state.own.contains(shard) || leased.taken.contains(shard);
        let new = own.iter().filter(is_new).copied().collect();
        state.own = own;
        new
    }

    /// Takes some back, as if they had not come.
    fn take_back(&self, shards: &[i64]) {
        self.state().own.retain(|shard| !shards.contains(shard));
    }
}

/// Takes what is this server's from the beginning.
pub(crate) async fn start(cx: &Context) {
    if store::leases::are_needed(cx.store.read()) {
        take(cx).await;
    } else {
        let all = Leased {
            shards: store::leases::all(),
            taken: store::leases::all(),
            beyond: 0,
        };
        begin(cx, &all).await;
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
    inner.share.set(&Leased::default());
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
    let inner = cx.pipeline.inner();
    let leaving = inner.share.leaving();
    let done_with: Vec<i64> = leaving.into_iter().filter(|shard| !inner.is_busy(*shard)).collect();
    let taken = async {
        let tx = cx.store.begin().await?;
        let leased = store::leases::renew(&tx, inner.share.server(), lease, &done_with).await?;
        tx.commit().await?;
        Ok::<_, store::Error>(leased)
    };
    match taken.await {
        Ok(leased) => begin(cx, &leased).await,
        Err(error) => tracing::warn!(error = %error, "the leases could not be renewed; trying again"),
    }
}

/// Takes up what is new.
async fn begin(cx: &Context, leased: &Leased) {
    let inner = cx.pipeline.inner();
    let new = inner.share.set(leased);
    if new.is_empty() {
        return;
    }
    tracing::debug!(shards = new.len(), "this server looks after more gateways");
    inner.conversations.clear();
    inner.set_behind(true);
    if let Err(error) = super::scan::inherit(cx, &new).await {
        tracing::warn!(error = %error, "what another server left could not be looked through; trying again");
        // The next renewal finds them new again.
        inner.share.take_back(&new);
        return;
    }
    cx.pipeline.wake();
}
