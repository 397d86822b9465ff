//! Makes what messengers have equal to what the database wants, for as long as it takes.
//!
//! A gateway that was enabled, disabled, changed or removed is looked at at once, every other enabled one on a schedule.
//! What is seen becomes its health; nobody else talks to messengers about registrations. A registration that leads
//! elsewhere is reported and left alone until somebody decides to take it over.

mod accounts;
mod departing;
mod observe;
mod polling;
mod wanted;

pub(crate) use accounts::leftovers;
pub(crate) use departing::pack;
pub(crate) use observe::noticed;
pub use observe::verdict;

use crate::{Context, pipeline::Line};
use model::{GatewayId, HealthState, Timestamp};
use observe::{Seen, record};
use polling::Pollers;
use providers::{ConnectError, Mode, Registration, Wire};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use store::health::Watched;
use tokio::{
    sync::{Notify, Semaphore},
    time::{sleep, timeout},
};

/// So many gateways are looked at at a time.
const MOST: usize = 16;
/// How often something is looked for, woken or not.
const PAUSE: Duration = Duration::from_secs(1);
/// The first pause after something went wrong, and the longest.
const FIRST: Duration = Duration::from_secs(2);
const LONGEST: Duration = Duration::from_mins(5);

/// By so much a clock is set back before anybody minds.
const NOTICED: Duration = Duration::from_mins(1);
/// Many gateways that are to be looked at at once are looked at within this time, in milliseconds.
const SPREAD: i64 = 10_000;

/// What the reconciler of one server knows.
#[derive(Clone, Debug, Default)]
pub struct Reconciler(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    under_way: Mutex<HashSet<GatewayId>>,
    pollers: Pollers,
    wake: Notify,
}

impl Reconciler {
    /// Looks for something to do now.
    pub(crate) fn wake(&self) {
        self.0.wake.notify_one();
    }
}

/// Looks after this server's gateways.
pub(crate) async fn run(cx: Context) {
    let places = Arc::new(Semaphore::new(MOST));
    let mut before = cx.now();
    loop {
        let now = cx.now();
        if before.since(now) > NOTICED {
            set_back(&cx, now).await;
        }
        before = now;
        match look(&cx, &places).await {
            // Woken or not, it looks.
            Ok(()) => drop(timeout(PAUSE, cx.reconciler.0.wake.notified()).await),
            Err(error) => {
                tracing::warn!(error = %error, "the gateways could not be looked after; trying again");
                sleep(FIRST).await;
            }
        }
    }
}

/// The clock was set back: what was to be looked at soon would wait for as long as that was.
async fn set_back(cx: &Context, now: Timestamp) {
    let shards = cx.pipeline.inner().share.shards();
    let woken = async {
        let tx = cx.store.begin().await?;
        store::health::wake_all(&tx, &shards, now, SPREAD).await?;
        tx.commit().await
    };
    if let Err(error) = woken.await {
        let error: store::Error = error;
        tracing::warn!(error = %error, "the clock was set back, and the gateways wait for it");
    }
}

/// Ends what asks messengers for events.
pub(crate) async fn stopped(cx: &Context) {
    cx.reconciler.0.pollers.stop_all().await;
}

async fn look(cx: &Context, places: &Arc<Semaphore>) -> Result<(), store::Error> {
    let shards = cx.pipeline.inner().share.shards();
    if shards.is_empty() {
        return Ok(());
    }
    cx.reconciler
        .0
        .pollers
        .keep(|gateway| cx.pipeline.inner().share.has(gateway));
    for watched in store::health::due(cx.store.read(), &shards, cx.now(), 100).await? {
        let gateway = watched.gateway;
        if !under_way(cx).insert(gateway) {
            continue;
        }
        // The semaphore is never closed.
        let place = Arc::clone(places).acquire_owned().await;
        let cx = cx.clone();
        tokio::spawn(async move {
            if let Err(error) = look_after(&cx, &watched).await {
                tracing::warn!(gateway.id = gateway.0, error = %error, "a gateway could not be looked after; trying again");
                sleep(FIRST).await;
            }
            under_way(&cx).remove(&gateway);
            drop(place);
        });
    }
    departing::look(cx, &shards, places).await
}

fn under_way(cx: &Context) -> std::sync::MutexGuard<'_, HashSet<GatewayId>> {
    cx.reconciler.0.under_way.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Brings one gateway to where it should be, and records how it stands.
async fn look_after(cx: &Context, watched: &Watched) -> Result<(), store::Error> {
    let gateway = watched.gateway;
    // What was changed on another server a moment ago may not have been heard of here.
    cx.pipeline.inner().accounts.forget(gateway);
    let Some(line) = cx.pipeline.inner().accounts.get(cx, gateway).await? else {
        cx.reconciler.0.pollers.stop(gateway).await;
        return Ok(());
    };
    let Some(provider) = line.provider() else {
        return record(cx, watched, observe::not_available(line.kind(), line.enabled)).await;
    };
    let wire = cx.wire(&line.account);
    if !line.enabled {
        cx.reconciler.0.pollers.stop(gateway).await;
        let seen = disabled(cx, watched, &line, &wire, provider).await?;
        return record(cx, watched, seen).await;
    }
    let wanted = wanted::fingerprint(&line);
    let is_registered = watched.registered.as_deref() == Some(wanted.as_str());
    let must_connect = !is_registered || watched.take_over || watched.health.state == HealthState::Connecting;
    let mut seen = if must_connect {
        connect(cx, watched, &line, &wire, &wanted).await?
    } else {
        match provider.probe(&wire, &line.account).await {
            Ok(probe) if probe.registration == Registration::Missing => {
                connect(cx, watched, &line, &wire, &wanted).await?
            }
            Ok(probe) => {
                let is_heard = observe::is_heard(cx, watched).await?;
                observe::probed(probe, watched, is_heard, &wanted, cx.now())
            }
            Err(error) => observe::trouble(watched, &error),
        }
    };
    accounts::take_off(cx, &line, false, &mut seen).await?;
    let works = matches!(seen.state, HealthState::Connected | HealthState::Degraded);
    if works && provider.mode(&line.account) == Mode::Polling {
        cx.reconciler.0.pollers.start(cx, &line, wanted, watched.polled.clone());
    } else if seen.registered.is_none() {
        cx.reconciler.0.pollers.stop(gateway).await;
    }
    record(cx, watched, seen).await
}

/// Takes a disabled gateway off, if anything is registered for it.
async fn disabled(
    cx: &Context,
    watched: &Watched,
    line: &Line,
    wire: &Wire,
    provider: &dyn providers::Provider,
) -> Result<Seen, store::Error> {
    let mut seen = Seen::disabled();
    let mut is_off = true;
    if watched.registered.is_some() {
        match provider.disconnect(wire, &line.account).await {
            Ok(()) => accounts::are_off(cx, line).await?,
            Err(error) => {
                seen = observe::still_registered(watched, &error);
                is_off = seen.registered.is_none();
            }
        }
    }
    accounts::take_off(cx, line, is_off, &mut seen).await?;
    Ok(seen)
}

async fn connect(
    cx: &Context,
    watched: &Watched,
    line: &Arc<Line>,
    wire: &Wire,
    wanted: &str,
) -> Result<Seen, store::Error> {
    let Some(provider) = line.provider() else {
        return Ok(observe::not_available(line.kind(), line.enabled));
    };
    if watched.registered.is_none() {
        // It may be disabled or removed before the answer comes, and this server may end.
        let tx = cx.store.begin().await?;
        store::health::registering(&tx, watched.gateway).await?;
        tx.commit().await?;
    }
    accounts::announcing(cx, line).await?;
    Ok(match provider.connect(wire, &line.account, watched.take_over).await {
        Ok(connected) => {
            tracing::info!(gateway.id = line.account.gateway.0, "a gateway is connected");
            // What failed because of the trouble that is over now need not wait any longer.
            cx.pipeline.inner().paces.release(line.account.gateway);
            observe::connected(connected, wanted)
        }
        Err(ConnectError::Elsewhere { url }) => observe::elsewhere(&url, watched),
        Err(ConnectError::PublicUrl(why)) => observe::public_url(why, watched),
        Err(ConnectError::Provider(error)) => observe::trouble(watched, &error),
    })
}

/// When a gateway is looked at again after so many failures in a row.
fn next_look(cx: &Context, failures: u32) -> Timestamp {
    let pause = if failures == 0 {
        cx.policy.probe_interval
    } else {
        FIRST
            .saturating_mul(1 << failures.saturating_sub(1).min(16))
            .min(LONGEST)
    };
    // Not all at the same moment.
    let share = u32::from(cx.rng.bytes::<1>()[0]);
    cx.now().after(pause / 5 * 4 + pause / 5 * share / 255)
}
