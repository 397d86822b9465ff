//! Calls that change nothing, so that they may be repeated, and the files among them.

use crate::{
    Answer, Call, Wire,
    download::{self, failed},
};
use bytes::Bytes;
use model::message::{ErrorClass, ProviderError};

/// The failure of a call that may be made again: it does not matter whether the messenger heard it.
pub(crate) fn repeatable(mut error: ProviderError) -> ProviderError {
    if error.class == ErrorClass::Ambiguous {
        error.class = ErrorClass::Transient;
    }
    error
}

/// Fetches a file of at most `most` bytes; what it contains and the query of its address are not kept.
pub(crate) async fn file(wire: &Wire, call: Call, most: usize) -> Result<Bytes, ProviderError> {
    let has_key = call.headers.iter().any(|(name, _)| name == "authorization");
    let answer = download::get(wire, call.private(), most).await?;
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
        http: Some(answer.status),
        ..failed(class, message)
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
