//! How a message of ours fared.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// A messenger's word on a message that it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryStatus {
    /// Which message, by the messenger's id; empty for every message of the thread up to `at`, because some messengers
    /// say no more.
    pub external_id: String,
    /// How far it came.
    pub status: DeliveryState,
    /// When.
    #[serde(default)]
    pub at: Timestamp,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ProviderError>,
}

/// How far a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeliveryState {
    /// The messenger took it.
    Accepted,
    /// It left the messenger.
    Sent,
    /// It reached the peer's device.
    Delivered,
    /// The peer saw it.
    Read,
    /// It will not arrive.
    Failed,
    /// A word that this version does not know.
    #[serde(other)]
    Unknown,
}

/// What a messenger refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct ProviderError {
    /// What is to be done about it.
    pub class: ErrorClass,
    /// The status of its HTTP answer, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http: Option<u16>,
    /// The messenger's own code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The finer code beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subcode: Option<String>,
    /// What it says, without secrets.
    #[serde(default)]
    pub message: String,
    /// What the messenger's support asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
}

/// Kinds of refusals, by what follows from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorClass {
    /// The gateway's credentials are no longer good: stop and tell the administrator.
    Auth,
    /// The gateway may not do this.
    Permission,
    /// The peer does not want to hear from us: close the thread.
    Blocked,
    /// The time in which we may answer is over.
    WindowClosed,
    /// Too much at once: try again later.
    RateLimited {
        /// After so many seconds, where the messenger says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u32>,
    },
    /// The messenger does not understand the message: don't try again.
    Invalid,
    /// There is no such peer or file.
    NotFound,
    /// A file or text is too large.
    TooLarge,
    /// The messenger has trouble: try again.
    Transient,
    /// The answer was lost: nobody knows whether the messenger took it. Sending it again might double it.
    Ambiguous,
    /// Nobody knows what went wrong.
    #[serde(other)]
    Unknown,
}

impl ErrorClass {
    /// Whether the same message may succeed later.
    #[must_use]
    pub const fn is_worth_another_try(self) -> bool {
        matches!(self, Self::RateLimited { .. } | Self::Transient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_read_back_as_it_was_written() {
        let status = DeliveryStatus {
            external_id: "1".into(),
            status: DeliveryState::Failed,
            at: Timestamp(5),
            error: Some(ProviderError {
                class: ErrorClass::RateLimited { retry_after: Some(7) },
                http: Some(429),
                code: None,
                subcode: None,
                message: "Too many requests".into(),
                trace_id: None,
            }),
        };
        let written = serde_json::to_string(&status).unwrap();
        assert_eq!(serde_json::from_str::<DeliveryStatus>(&written).unwrap(), status);
    }

    #[test]
    fn a_word_that_nobody_knows_is_unknown() {
        assert_eq!(
            serde_json::from_str::<DeliveryState>("\"teleported\"").unwrap(),
            DeliveryState::Unknown
        );
        assert_eq!(
            serde_json::from_str::<ErrorClass>("\"eclipse\"").unwrap(),
            ErrorClass::Unknown
        );
    }

    #[test]
    fn only_passing_troubles_are_worth_another_try() {
        assert!(ErrorClass::Transient.is_worth_another_try());
        assert!(!ErrorClass::Unknown.is_worth_another_try());
    }
}
