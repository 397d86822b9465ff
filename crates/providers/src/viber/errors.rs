//! What Viber's numbers mean.

use crate::Wire;
use model::message::{ErrorClass, ProviderError};

/// The address of a webhook can't be used.
pub(super) const INVALID_URL: u64 = 1;

/// Classifies a refusal and says what to do about it.
pub(super) fn classify(wire: &Wire, http: u16, status: u64, words: &str, retry_after: Option<u32>) -> ProviderError {
    let words = if words.is_empty() {
        format!("status {status}")
    } else {
        wire.hide(words)
    };
    ProviderError {
        class: class(status, retry_after),
        http: Some(http),
        code: Some(status.to_string()),
        subcode: None,
        message: format!("{} Viber says: {words}", sentence(status)),
        trace_id: None,
    }
}

fn class(status: u64, retry_after: Option<u32>) -> ErrorClass {
    match status {
        2 | 8 => ErrorClass::Auth,
        7 | 9 | 15 => ErrorClass::Permission,
        6 => ErrorClass::Blocked,
        5 | 11 => ErrorClass::NotFound,
        12 => ErrorClass::RateLimited { retry_after },
        INVALID_URL | 3 | 4 | 10 | 13 | 14 => ErrorClass::Invalid,
        _ => ErrorClass::Unknown,
    }
}

fn sentence(status: u64) -> &'static str {
    match status {
        INVALID_URL => "Viber does not accept the address.",
        2 => {
            "Viber does not accept the token. Take the bot's present token from partners.viber.com and save it on the card."
        }
        3 => "Viber does not accept the content of this message.",
        4 => "Viber misses something in this message.",
        5 => "Viber does not know this peer.",
        6 => "The peer has not written to the bot yet, or does not want to hear from it any more.",
        7 => "Viber has blocked this bot. Write to Viber's support.",
        8 => {
            "Viber has no bot for this token. Take the bot's present token from partners.viber.com and save it on the card."
        }
        9 => "Viber has suspended this bot. Write to Viber's support.",
        10 => "The bot has no webhook, and without one it may not send. Connect the gateway again.",
        11 => "The peer has no device that could show this message.",
        12 => {
            "Viber was called too often, or the peer got 100 messages within an hour without answering; it is tried again \
             later."
        }
        13 | 14 => "The peer's Viber is too old for this message.",
        15 => "The bot may not do this. Look for its state at partners.viber.com.",
        _ => "Viber refused.",
    }
}

/// An answer that can't be read: on success nobody knows whether the messenger has acted.
pub(super) fn unreadable(http: u16, retry_after: Option<u32>) -> ProviderError {
    let (class, sentence) = match http {
        200..=299 | 504 => (
            ErrorClass::Ambiguous,
            "Viber's answer can't be read, so nobody knows whether it did what it was asked to.",
        ),
        401 | 403 | 404 => (
            ErrorClass::Auth,
            "What answers is not Viber, or does not know the token. Check the token and the address of Viber.",
        ),
        413 => (ErrorClass::TooLarge, "The message is too large for Viber."),
        429 => (
            ErrorClass::RateLimited { retry_after },
            "Viber was called too often; it is tried again when Viber allows it.",
        ),
        500..=599 => (
            ErrorClass::Transient,
            "Viber has trouble at the moment; it is tried again.",
        ),
        _ => (
            ErrorClass::Unknown,
            "What answers is not Viber. Check the address of Viber in the configuration.",
        ),
    };
    ProviderError {
        class,
        http: Some(http),
        code: None,
        subcode: None,
        message: format!("{sentence} The answer's status is {http}."),
        trace_id: None,
    }
}
