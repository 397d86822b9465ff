//! One line of the journal.

use crate::Provider;
use bytes::Bytes;
use http::HeaderMap;
use serde::{Deserialize, Serialize, Serializer};
use std::time::Instant;

/// So much of a body is kept.
const KEPT: usize = 256 * 1024;

/// Who called whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A gateway called the messenger.
    Asked,
    /// The messenger called a gateway.
    Called,
}

/// A request and its answer.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Counts the entries of all providers, from 1.
    pub number: u64,
    /// Whose.
    pub provider: Provider,
    /// Who called whom.
    pub direction: Direction,
    /// `GET`, `POST` …
    pub method: String,
    /// What was asked for, with its query; the whole address where the messenger called.
    pub path: String,
    /// The request's headers, a line each: the name in lower case, a colon, a space, the value.
    pub headers: Box<str>,
    /// What was sent, up to 256 KiB.
    #[serde(serialize_with = "as_text")]
    pub body: Bytes,
    /// How much was sent.
    pub body_bytes: usize,
    /// The status of the answer; none if there was no answer.
    pub status: Option<u16>,
    /// What was answered, up to 256 KiB.
    #[serde(serialize_with = "as_text")]
    pub answer: Bytes,
    /// Why there was no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// When the request came or was made, in milliseconds since 1970.
    pub at_ms: i64,
    /// The same moment by the machine's steady clock, for whoever measures.
    #[serde(skip)]
    pub at: Instant,
    /// Until the answer, in microseconds.
    pub took_us: u64,
}

impl Entry {
    /// A header of the request.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.lines().find_map(|line| {
            let (given, value) = line.split_once(": ")?;
            given.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// The last piece of the path: of Telegram and Viber the method.
    #[must_use]
    pub fn call(&self) -> &str {
        let path = self.path.split('?').next().unwrap_or_default();
        path.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it is a call of this name that a gateway made; the case does not matter.
    #[must_use]
    pub fn asks(&self, call: &str) -> bool {
        self.direction == Direction::Asked && self.call().eq_ignore_ascii_case(call)
    }

    /// The body as JSON; null if it is something else.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The answer as JSON; null if it is something else.
    #[must_use]
    pub fn answer_json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.answer).unwrap_or_default()
    }
}

/// Headers as one piece of text. A copy in one block: a journal that kept the headers themselves would keep the whole
/// buffer that they were read into.
pub(crate) fn head(headers: &HeaderMap) -> Box<str> {
    let mut text = String::with_capacity(256);
    for (name, value) in headers {
        text.push_str(name.as_str());
        text.push_str(": ");
        text.push_str(&String::from_utf8_lossy(value.as_bytes()));
        text.push('\n');
    }
    text.into_boxed_str()
}

/// A copy of the beginning of a body, for the same reason.
pub(crate) fn copied(body: &Bytes) -> Bytes {
    Bytes::copy_from_slice(&body[..body.len().min(KEPT)])
}

fn as_text<S: Serializer>(bytes: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    match std::str::from_utf8(bytes) {
        Ok(text) => serializer.serialize_str(text),
        Err(_) => serializer.serialize_str(&format!("{} bytes", bytes.len())),
    }
}
