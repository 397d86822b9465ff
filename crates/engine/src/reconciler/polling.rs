//! Asks messengers for events where they can't call us.

use super::{observe, wanted};
use crate::{
    Context,
    pipeline::{Line, take_in},
};
use model::GatewayId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{task::JoinHandle, time::sleep};

/// The pause after a failure, and the longest.
const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);

/// The tasks that ask, one for each gateway.
#[derive(Debug, Default)]
pub(super) struct Pollers(Mutex<HashMap<GatewayId, Poller>>);

#[derive(Debug)]
struct Poller {
    wanted: String,
    task: JoinHandle<()>,
}

impl Pollers {
    fn map(&self) -> MutexGuard<'_, HashMap<GatewayId, Poller>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for a gateway, unless somebody does so with the same credentials.
    pub fn start(&self, cx: &Context, line: &Arc<Line>, wanted: String, after: Option<String>) {
        let gateway = line.account.gateway;
        let mut map = self.map();
        if let Some(poller) = map.get(&gateway) {
            if poller.wanted == wanted && !poller.task.is_finished() {
                return;
            }
            poller.task.abort();
        }
        let task = tokio::spawn(poll(cx.clone(), gateway, wanted.clone(), after));
        map.insert(gateway, Poller { wanted, task });
    }

    /// Stops to ask for a gateway.
    pub async fn stop(&self, gateway: GatewayId) {
        let poller = self.map().remove(&gateway);
        if let Some(poller) = poller {
            poller.task.abort();
            // It ends with its abortion; that is no failure.
            drop(poller.task.await);
        }
    }

    /// Stops to ask for those that are another server's now.
    pub fn keep(&self, is_ours: impl Fn(GatewayId) -> bool) {
        self.map().retain(|gateway, poller| {
            let ours = is_ours(*gateway);
            if !ours {
                poller.task.abort();
            }
            ours
        });
    }

    /// Stops to ask.
    pub async fn stop_all(&self) {
        let all: Vec<GatewayId> = self.map().keys().copied().collect();
        for gateway in all {
            self.stop(gateway).await;
        }
    }
}

async fn poll(cx: Context, gateway: GatewayId, wanted: String, mut after: Option<String>) {
    let mut pause = FIRST;
    loop {
        let line = match cx.pipeline.inner().accounts.get(&cx, gateway).await {
            Ok(Some(line)) if line.enabled && wanted::fingerprint(&line) == wanted => line,
            Ok(_) => return,
            Err(error) => {
                tracing::warn!(gateway.id = gateway.0, error = %error, "a messenger is not asked for now");
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST);
                continue;
            }
        };
        if let Ok(next) = once(&cx, &line, after.as_deref()).await {
            after = next.or(after);
            pause = FIRST;
        } else {
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST);
        }
    }
}

/// Asks once; what comes is safe before the messenger is told so with the next question.
async fn once(cx: &Context, line: &Arc<Line>, after: Option<&str>) -> Result<Option<String>, ()> {
    let gateway = line.account.gateway;
    let Some(provider) = line.provider() else {
        return Err(());
    };
    let wire = cx.wire(&line.account);
    let polled = match provider.poll(&wire, &line.account, after, cx.now()).await {
        Ok(polled) => polled,
        Err(error) => {
            observe::noticed(cx, gateway, &error).await;
            return Err(());
        }
    };
    if let Err(error) = take_in(cx, line, polled.events, None).await {
        tracing::warn!(gateway.id = gateway.0, error = %error, "events could not be stored; they are asked for again");
        return Err(());
    }
    if let Some(next) = &polled.next {
        // Only spares the messenger a repetition after a start.
        let stored = async {
            let tx = cx.store.begin().await?;
            store::health::polled(&tx, gateway, next).await?;
            tx.commit().await
        };
        if let Err(error) = stored.await {
            tracing::debug!(gateway.id = gateway.0, error = %error, "where to go on asking was not stored");
        }
    }
    Ok(polled.next)
}
