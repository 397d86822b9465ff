//! What operators measure of the pipeline; the names are documented in docs/OPERATIONS.md.

use metrics::{counter, histogram};
use model::message::ErrorClass;
use std::time::Duration;

/// A request was turned away.
pub(super) fn refused(provider: &'static str, reason: &'static str) {
    counter!("chat_gateways_refused_total", "provider" => provider, "reason" => reason).increment(1);
}

/// An event was stored.
pub(super) fn received(provider: &'static str) {
    counter!("chat_gateways_received_total", "provider" => provider).increment(1);
}

/// An event came that was stored before.
pub(super) fn duplicate(provider: &'static str) {
    counter!("chat_gateways_duplicates_total", "provider" => provider).increment(1);
}

/// A messenger took a message, so long after the step that said it.
pub(super) fn sent(provider: &'static str, lag: Duration) {
    counter!("chat_gateways_sent_total", "provider" => provider).increment(1);
    histogram!("chat_gateways_send_lag_seconds", "provider" => provider).record(lag.as_secs_f64());
}

/// An attempt to send failed.
pub(super) fn failed(provider: &'static str, class: ErrorClass) {
    counter!("chat_gateways_failed_total", "provider" => provider, "class" => word(class)).increment(1);
}

/// An event was processed, so long after it came.
pub(super) fn processed(provider: &'static str, lag: Duration) {
    histogram!("chat_gateways_process_lag_seconds", "provider" => provider).record(lag.as_secs_f64());
}

/// A file that a peer sent was taken, refused, or could not be fetched.
pub(super) fn file(provider: &'static str, result: &'static str) {
    counter!("chat_gateways_files_total", "provider" => provider, "result" => result).increment(1);
}

fn word(class: ErrorClass) -> &'static str {
    match class {
        ErrorClass::Auth => "auth",
        ErrorClass::Permission => "permission",
        ErrorClass::Blocked => "blocked",
        ErrorClass::WindowClosed => "window_closed",
        ErrorClass::RateLimited { .. } => "rate_limited",
        ErrorClass::Invalid => "invalid",
        ErrorClass::NotFound => "not_found",
        ErrorClass::TooLarge => "too_large",
        ErrorClass::Transient => "transient",
        ErrorClass::Ambiguous => "ambiguous",
        _ => "unknown",
    }
}
