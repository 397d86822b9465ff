//! What knocks at a gateway's door, and what it gets.

use bytes::Bytes;
use http::{HeaderMap, Method};
use model::message::InboundEvent;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Incoming<'a> {
    /// Its method.
    pub method: &'a Method,
    /// What follows the gateway's URI, without a slash; empty if nothing does.
    pub rest: &'a str,
    /// What follows `?`, as it came.
    pub query: &'a str,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its body, byte for byte.
    pub body: &'a Bytes,
}

impl Incoming<'_> {
    /// A header that is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Why a request is turned away. Whoever sent it is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// It brings nothing to prove itself with.
    #[error("it is not signed")]
    Unsigned,
    /// Its proof is wrong.
    #[error("its signature is wrong")]
    Forged,
    /// It was right some time ago.
    #[error("its signature is too old")]
    Stale,
    /// A method that the messenger doesn't use here.
    #[error("its method is not used here")]
    Method,
}

impl Refusal {
    /// One word, for metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::Forged => "forged",
            Self::Stale => "stale",
            Self::Method => "method",
        }
    }
}

/// What a genuine request says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    /// What happened, in the order in which it was told.
    pub events: Vec<InboundEvent>,
    /// What is answered, once the events are safe.
    pub reply: Reply,
}

/// The answer to a genuine request; its status is 200.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reply {
    /// Nothing to say.
    #[default]
    Empty,
    /// Plain text.
    Text(String),
    /// JSON.
    Json(String),
}

/// A genuine request that can't be read, and what its sender is told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unreadable {
    /// The status of the answer: 200 where repeating the request would help nobody.
    pub status: u16,
    /// What is wrong.
    pub message: String,
    /// The body of the answer: JSON, or empty.
    pub body: String,
}
