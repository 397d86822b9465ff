//! What operators measure: the names of all meters, and those that are read when somebody asks.
//!
//! Meters that count what happens are written where it happens. Those here say how things stand, and most of them say it
//! of the whole database: of several servers each tells the same.

use crate::Context;
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram, gauge};
use model::{DeliveryResult, HealthState, Provider};
use std::{collections::HashMap, time::Duration};
use tokio::time::timeout;

/// The results of deliveries that are counted: what is still to be done, and what somebody has to look at.
const COUNTED: [DeliveryResult; 7] = [
    DeliveryResult::Received,
    DeliveryResult::Queued,
    DeliveryResult::Sending,
    DeliveryResult::Dead,
    DeliveryResult::Failed,
    DeliveryResult::Ambiguous,
    DeliveryResult::Expired,
];

/// So long the database has for an answer; whoever asks for meters does not wait much longer.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a meter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// It only grows, until the server starts anew.
    Counter,
    /// It goes up and down.
    Gauge,
    /// It tells how durations are spread.
    Seconds,
}

/// Every meter, and what it measures.
const ALL: [(&str, Kind, &str); 13] = [
    (
        "chat_gateways_refused_total",
        Kind::Counter,
        "Requests that were turned away at the messengers' door, by reason.",
    ),
    (
        "chat_gateways_received_total",
        Kind::Counter,
        "Events of messengers that were stored.",
    ),
    (
        "chat_gateways_duplicates_total",
        Kind::Counter,
        "Events that messengers sent again although they were stored.",
    ),
    (
        "chat_gateways_process_lag_seconds",
        Kind::Seconds,
        "From an event's arrival until its flow schema has seen it.",
    ),
    (
        "chat_gateways_sent_total",
        Kind::Counter,
        "Messages that messengers took.",
    ),
    (
        "chat_gateways_send_lag_seconds",
        Kind::Seconds,
        "From the step that said a message until its messenger took it.",
    ),
    (
        "chat_gateways_failed_total",
        Kind::Counter,
        "Attempts to send that failed, by the class of the failure.",
    ),
    (
        "chat_gateways_files_total",
        Kind::Counter,
        "Files of peers, by what became of them: taken, refused or failed.",
    ),
    (
        "chat_gateways_deliveries",
        Kind::Gauge,
        "Deliveries that are still to be done or that somebody has to look at, by result; each up to 100,000.",
    ),
    (
        "chat_gateways_gateways",
        Kind::Gauge,
        "Gateways that were ever enabled, by provider and health.",
    ),
    (
        "chat_gateways_deliveries_in_memory",
        Kind::Gauge,
        "Deliveries that this server has in its hands.",
    ),
    (
        "chat_gateways_database_up",
        Kind::Gauge,
        "Whether the database answered just now: 1 or 0.",
    ),
    (
        "chat_gateways_build_info",
        Kind::Gauge,
        "Always 1; the version is a label.",
    ),
];

/// The names of all meters.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.into_iter().map(|(name, ..)| name)
}

/// Tells the recorder of this process what each meter means.
pub fn describe() {
    for (name, kind, text) in ALL {
        match kind {
            Kind::Counter => describe_counter!(name, text),
            Kind::Gauge => describe_gauge!(name, text),
            Kind::Seconds => describe_histogram!(name, Unit::Seconds, text),
        }
    }
}

/// Reads how things stand now.
///
/// Without a database the meters that come from it are not a number, so that nobody takes old values for new ones.
pub async fn observe(cx: &Context) {
    gauge!("chat_gateways_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1);
    gauge!("chat_gateways_deliveries_in_memory").set(whole(cx.pipeline.in_memory() as u64));
    let up = match timeout(PATIENCE, counts(cx)).await {
        Ok(Ok((deliveries, gateways))) => {
            show(|result| whole(deliveries.get(&result).copied().unwrap_or_default()));
            show_gateways(|place| whole(gateways.get(&place).copied().unwrap_or_default()));
            1.0
        }
        Ok(Err(error)) => {
            tracing::warn!(error = %error, "the database could not be counted for the meters");
            unknown()
        }
        Err(_) => {
            tracing::warn!("the database did not answer the meters in {} s", PATIENCE.as_secs());
            unknown()
        }
    };
    gauge!("chat_gateways_database_up").set(up);
}

fn unknown() -> f64 {
    show(|_| f64::NAN);
    show_gateways(|_| f64::NAN);
    0.0
}

type Counts = (HashMap<DeliveryResult, u64>, HashMap<(Provider, HealthState), u64>);

async fn counts(cx: &Context) -> Result<Counts, store::Error> {
    let reader = cx.store.read();
    let deliveries = store::deliveries::kinds_of_trouble(reader).await?;
    let gateways = store::health::count(reader).await?;
    let gateways = gateways
        .into_iter()
        .map(|(provider, state, count)| ((provider, state), count));
    Ok((deliveries.into_iter().collect(), gateways.collect()))
}

/// Every result has a value at any time: a meter that comes and goes can't be watched.
fn show(count: impl Fn(DeliveryResult) -> f64) {
    for result in COUNTED {
        gauge!("chat_gateways_deliveries", "result" => result.code()).set(count(result));
    }
}

fn show_gateways(count: impl Fn((Provider, HealthState)) -> f64) {
    for provider in Provider::ALL {
        for state in HealthState::ALL {
            let gauge = gauge!("chat_gateways_gateways", "provider" => provider.code(), "health" => state.code());
            gauge.set(count((provider, state)));
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
fn whole(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_meter_of_the_pipeline_is_missing_in_the_list() {
        let source = include_str!("pipeline/meters.rs");
        let written: Vec<&str> = source
            .split('"')
            .filter(|text| text.starts_with("chat_gateways_"))
            .collect();
        assert!(written.len() >= 7, "{written:?}");
        for name in written {
            assert!(names().any(|known| known == name), "{name}");
        }
    }

    #[test]
    fn every_meter_is_documented() {
        let docs = include_str!("../../../docs/OPERATIONS.md");
        for name in names() {
            assert!(docs.contains(&format!("\n| `{name}` |")), "{name}");
        }
    }
}
