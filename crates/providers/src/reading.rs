//! Calls that change nothing, so that they may be repeated, and the files among them.

use crate::{Answer, Call, Wire};
use bytes::Bytes;
use model::message::{ErrorClass, ProviderError};
use std::time::Duration;

/// So long a file may take.
const TIMEOUT: Duration = Duration::from_mins(1);

/// The failure of a call that may be made again: it does not matter whether the messenger heard it.
pub(crate) fn repeatable(mut error: ProviderError) -> ProviderError {
    if error.class == ErrorClass::Ambiguous {
        error.class = ErrorClass::Transient;
    }
    error
}

/// Fetches a file of at most `max_bytes`; what it contains and the query of its address are not kept.
pub(crate) async fn file(wire: &Wire, mut call: Call, max_bytes: usize) -> Result<Bytes, ProviderError> {
    call.max_bytes = max_bytes;
    call.timeout = TIMEOUT;
    let has_key = call.headers.iter().any(|(name, _)| name == "authorization");
    let answer = wire.call(call.private()).await.map_err(|error| {
        if error.code.as_deref() == Some("too_large") {
            let message = format!("The file is larger than {max_bytes} bytes, so it was not fetched.");
            let class = ErrorClass::TooLarge;
            return ProviderError {
                class,
                message,
                ..error
            };
        }
        repeatable(error)
    })?;
    if answer.is_success() {
        return Ok(answer.body);
    }
    Err(refused(&answer, has_key))
}

fn refused(answer: &Answer, has_key: bool) -> ProviderError {
    let retry_after = answer.retry_after();
    let (class, message) = match answer.status {
        300..=399 => (
            ErrorClass::NotFound,
            "The file has moved, and its new place is not followed.",
        ),
        401 if has_key => (
            ErrorClass::Auth,
            "The file is not given out with this gateway's credentials.",
        ),
        429 => (
            ErrorClass::RateLimited { retry_after },
            "Too many files were asked for.",
        ),
        500.. => (
            ErrorClass::Transient,
            "The messenger can't give out the file at the moment.",
        ),
        _ => (
            ErrorClass::NotFound,
            "The file is not there. Messengers keep files for a short time only.",
        ),
    };
    ProviderError {
        class,
        http: Some(answer.status),
        code: None,
        subcode: None,
        message: message.to_owned(),
        trace_id: None,
    }
}

/// A refusal of our own, before anything was called.
pub(crate) fn refusal(class: ErrorClass, message: impl Into<String>) -> ProviderError {
    ProviderError {
        class,
        http: None,
        code: None,
        subcode: None,
        message: message.into(),
        trace_id: None,
    }
}

/// The messenger's own words behind a sentence of ours, cut where they are too long.
pub(crate) fn quoting(sentence: &str, who: &str, words: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    if words.is_empty() {
        return sentence.to_owned();
    }
    let mut quoted: String = words.chars().take(400).collect();
    if quoted.len() < words.len() {
        quoted.push('…');
    }
    format!("{sentence} {who} says: “{quoted}”.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_messenger_are_quoted_if_there_are_any() {
        assert_eq!(quoting("No.", "Meta", " Bad token. "), "No. Meta says: “Bad token”.");
        assert_eq!(quoting("No.", "Meta", " "), "No.");
        assert!(quoting("No.", "Meta", &"x".repeat(500)).ends_with("x…”."));
    }
}
