//! What was seen of a gateway, and what it means to people.

use super::next_look;
use crate::Context;
use model::{
    GatewayId, Health, HealthState, Provider, Remedy, Timestamp, Way,
    message::{ErrorClass, ProviderError},
};
use providers::{Connected, Probe, Registration};
use std::time::Duration;
use store::{
    deliveries::LogFilter,
    health::{Observed, Watched},
};

/// So many events may wait at a messenger before somebody is told.
const MANY: u64 = 100;
/// A messenger's complaint is told for so long.
const RECENT: Duration = Duration::from_mins(10);

/// What was seen of a gateway.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub state: HealthState,
    pub code: &'static str,
    pub sentence: String,
    pub remedy: Option<Remedy>,
    pub identity: String,
    pub to_do: String,
    /// What is registered now.
    pub registered: Option<String>,
    /// Whether it is to be tried again soon.
    pub failed: bool,
}

impl Seen {
    /// Nobody wants it, and nothing is registered.
    pub fn disabled() -> Self {
        Self::default()
    }
}

/// Announced just now.
pub(super) fn connected(connected: Connected, wanted: &str) -> Seen {
    Seen {
        state: HealthState::Connected,
        identity: connected.identity,
        to_do: connected.to_do,
        registered: Some(wanted.to_owned()),
        ..Seen::default()
    }
}

/// Looked at; `is_heard` says that an event came since the last look.
pub(super) fn probed(probe: Probe, watched: &Watched, is_heard: bool, wanted: &str, now: Timestamp) -> Seen {
    if let Registration::Elsewhere { url } = &probe.registration {
        return Seen {
            identity: probe.identity.clone(),
            ..at(url)
        };
    }
    let complaint = probe.last_error.filter(|(at, _)| now.since(*at) < RECENT);
    let waiting = probe.pending.filter(|pending| *pending > MANY);
    // Where the messenger doesn't say, what came shows that it was done.
    let is_done = probe.registration == Registration::Unknown && (is_heard || watched.health.to_do.is_empty());
    let mut seen = connected(
        Connected {
            identity: probe.identity,
            to_do: if is_done { String::new() } else { probe.to_do },
        },
        wanted,
    );
    let (code, sentence) = match (complaint, waiting) {
        (Some((_, words)), _) => (
            "deliveries_fail",
            format!(
                "The messenger has trouble reaching us; it says: “{words}”. Check the public address, its certificate and the proxy before it."
            ),
        ),
        (None, Some(pending)) => (
            "events_wait",
            format!("{pending} events wait at the messenger. They come as soon as it can deliver them."),
        ),
        (None, None) => return seen,
    };
    seen.state = HealthState::Degraded;
    seen.code = code;
    seen.sentence = sentence;
    seen
}

/// Whether an event came since the last look; asked only while that matters.
pub(super) async fn is_heard(cx: &Context, watched: &Watched) -> Result<bool, store::Error> {
    let Some(last_look) = watched.health.checked_at.filter(|_| !watched.health.to_do.is_empty()) else {
        return Ok(false);
    };
    let came_in = LogFilter {
        way: Some(Way::In),
        ..LogFilter::default()
    };
    let newest = store::deliveries::page(cx.store.read(), watched.gateway, &came_in, 1).await?;
    Ok(newest.iter().any(|event| event.at >= last_look))
}

/// Its events go elsewhere.
pub(super) fn elsewhere(url: &str, watched: &Watched) -> Seen {
    Seen {
        identity: watched.health.identity.clone(),
        ..at(url)
    }
}

fn at(url: &str) -> Seen {
    Seen {
        state: HealthState::Misconfigured,
        code: "webhook_elsewhere",
        sentence: format!(
            "The messenger sends its events to {url}. Another program uses the same credentials. Take over, and that program hears nothing more; or give this gateway credentials of its own."
        ),
        remedy: Some(Remedy::TakeOver),
        failed: true,
        ..Seen::default()
    }
}

/// The messenger can't reach the callback URL.
pub(super) fn public_url(why: String, watched: &Watched) -> Seen {
    Seen {
        state: HealthState::Misconfigured,
        code: "public_url",
        sentence: why,
        remedy: Some(Remedy::RegisterAgain),
        identity: watched.health.identity.clone(),
        registered: watched.registered.clone(),
        failed: true,
        ..Seen::default()
    }
}

/// What a failure means: its state, its code, and what a button can do about it.
#[must_use]
pub fn verdict(error: &ProviderError) -> (HealthState, &'static str, Option<Remedy>) {
    match error.class {
        ErrorClass::Auth => (
            HealthState::BadCredentials,
            "credentials_refused",
            Some(Remedy::ReplaceToken),
        ),
        ErrorClass::Permission => (HealthState::Misconfigured, "not_permitted", Some(Remedy::RegisterAgain)),
        ErrorClass::RateLimited { .. } => (HealthState::Degraded, "rate_limited", None),
        ErrorClass::Transient | ErrorClass::Ambiguous => {
            (HealthState::Unreachable, "unreachable", Some(Remedy::RegisterAgain))
        }
        _ => (HealthState::Misconfigured, "refused", Some(Remedy::OpenSettings)),
    }
}

/// The messenger refuses, or does not answer.
pub(super) fn trouble(watched: &Watched, error: &ProviderError) -> Seen {
    let (state, code, remedy) = verdict(error);
    Seen {
        state,
        code,
        sentence: error.message.clone(),
        remedy,
        // Nobody knows better.
        identity: watched.health.identity.clone(),
        to_do: watched.health.to_do.clone(),
        registered: watched.registered.clone(),
        failed: true,
    }
}

/// It is disabled here, and still announced there.
pub(super) fn still_registered(watched: &Watched, error: &ProviderError) -> Seen {
    // With credentials that are refused nothing can be taken off, and nothing comes any more that would be believed.
    let for_good = matches!(
        error.class,
        ErrorClass::Auth | ErrorClass::Invalid | ErrorClass::NotFound | ErrorClass::Permission
    );
    Seen {
        state: HealthState::Disabled,
        code: "still_registered",
        sentence: format!("It could not be taken off at the messenger. {}", error.message),
        registered: watched.registered.clone().filter(|_| !for_good),
        failed: !for_good,
        ..Seen::default()
    }
}

/// A kind of gateway that this version does not connect.
pub(super) fn not_available(kind: Provider, enabled: bool) -> Seen {
    if !enabled {
        return Seen::disabled();
    }
    Seen {
        state: HealthState::Misconfigured,
        code: "not_available",
        sentence: format!("This version can’t connect to {} yet.", kind.label()),
        ..Seen::default()
    }
}

/// Records what was seen, and tells open pages if it is new.
pub(super) async fn record(cx: &Context, watched: &Watched, seen: Seen) -> Result<(), store::Error> {
    let now = cx.now();
    let before = &watched.health;
    let is_same = before.state == seen.state && before.code == seen.code;
    let failures = if seen.failed {
        watched.failures.saturating_add(1)
    } else {
        0
    };
    let rests = seen.state == HealthState::Disabled && !seen.failed;
    let health = Health {
        state: seen.state,
        since: if is_same { before.since } else { now },
        checked_at: Some(now),
        code: seen.code.to_owned(),
        sentence: seen.sentence,
        remedy: seen.remedy,
        identity: seen.identity,
        to_do: seen.to_do,
    };
    let is_news = !is_same
        || before.sentence != health.sentence
        || before.identity != health.identity
        || before.to_do != health.to_do;
    let observed = Observed {
        health,
        failures,
        take_over: false,
        registered: seen.registered,
        next_at: (!rests).then(|| next_look(cx, failures)),
    };
    let tx = cx.store.begin().await?;
    let recorded = store::health::observe(&tx, watched.gateway, watched, &observed).await?;
    tx.commit().await?;
    if recorded && is_news {
        cx.changes.observed(watched.gateway);
    }
    Ok(())
}

/// Records a failure that was noticed while something was sent, and has the gateway looked at.
pub(crate) async fn noticed(cx: &Context, gateway: GatewayId, error: &ProviderError) {
    let recorded = async {
        let Some(watched) = store::health::get(cx.store.read(), gateway).await? else {
            return Ok(());
        };
        let (state, code, _) = verdict(error);
        let is_known = watched.health.state == state && watched.health.code == code;
        if is_known || matches!(watched.health.state, HealthState::Disabled | HealthState::Connecting) {
            return Ok(());
        }
        record(cx, &watched, trouble(&watched, error)).await
    };
    if let Err(error) = recorded.await {
        let error: store::Error = error;
        tracing::warn!(gateway.id = gateway.0, error = %error, "a gateway's trouble could not be recorded");
    }
}
