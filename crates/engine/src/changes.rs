//! Tells open pages what was changed, by whichever server.
//!
//! The audit lines are the feed: they are written in the transaction of the change itself, so none is missed and
//! none is told that didn't happen, and they become visible in the order of their numbers. A commit here wakes the
//! follower; another server's is found by a slow poll. So is what another server observes of a gateway.

mod health;

use crate::Context;
use health::Elsewhere;
use model::{Action, Change, GatewayId, Section};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{Notify, broadcast},
    time::Instant,
};

/// How many changes a slow listener may lag behind before it is told to reload everything.
const BACKLOG: usize = 1_024;
/// How often other servers' changes are looked for.
const POLL: Duration = Duration::from_secs(2);

/// The feed of changes; clones share it.
#[derive(Clone, Debug)]
pub struct Changes {
    sender: broadcast::Sender<Change>,
    wake: Arc<Notify>,
}

/// Hears changes.
pub type Listener = broadcast::Receiver<Change>;

impl Default for Changes {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(BACKLOG).0,
            wake: Arc::new(Notify::new()),
        }
    }
}

impl Changes {
    /// Hears every change from now on.
    #[must_use]
    pub fn listen(&self) -> Listener {
        self.sender.subscribe()
    }

    /// Says that something was committed.
    pub(crate) fn committed(&self) {
        self.wake.notify_one();
    }

    /// Says that a gateway's health is another one now.
    pub(crate) fn observed(&self, gateway: GatewayId) {
        let change = Change {
            section: Section::ChatGateways,
            id: gateway.0,
            action: Action::Observed,
        };
        // Nobody listens: that is no failure.
        _ = self.sender.send(change);
    }

    /// Follows the audit and tells the listeners; runs until it is dropped.
    ///
    /// # Errors
    ///
    /// Only when the present can't be read at the start; later failures are logged and tried again.
    pub async fn follow(cx: Context) -> Result<(), store::Error> {
        let mut newest = store::audit::last_id(cx.store.read()).await?;
        let mut elsewhere = Elsewhere::new(&cx).await?;
        let mut look_at = Instant::now() + POLL;
        let mut more = false;
        loop {
            if !more {
                _ = tokio::time::timeout_at(look_at, cx.changes.wake.notified()).await;
            }
            if Instant::now() >= look_at {
                look_at = Instant::now() + POLL;
                if let Err(error) = elsewhere.look(&cx, &cx.changes).await {
                    tracing::warn!(error = %error, "what other servers observe could not be read; trying again");
                }
            }
            more = false;
            match store::audit::since(cx.store.read(), newest, BACKLOG as u64).await {
                Ok(lines) => {
                    more = lines.len() == BACKLOG;
                    for line in lines {
                        newest = line.id;
                        // Nobody listens: that is no failure.
                        _ = cx.changes.sender.send(line.change);
                    }
                }
                Err(error) => tracing::warn!(error = %error, "changes could not be read; trying again"),
            }
        }
    }
}
