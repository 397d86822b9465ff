//! One endpoint of a customer.

use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How an endpoint and its gateway prove themselves to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// Standard Webhooks: an id, a time and a signature over both and the body.
    #[default]
    Standard,
    /// The older one: `X-Webitel-Sign` over the body alone.
    Webitel,
}

/// What an endpoint answers to an event that is genuine.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Scripted {
    /// The status.
    pub status: u16,
    /// Headers.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The body.
    #[serde(default)]
    pub body: String,
    /// Milliseconds until the answer.
    #[serde(default)]
    pub delay_ms: u64,
    /// Milliseconds between the two halves of the body.
    #[serde(default)]
    pub slow_body_ms: u64,
}

impl Scripted {
    /// An empty answer.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self {
            status,
            ..Self::default()
        }
    }

    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.to_owned(), value.to_owned());
        self
    }

    /// With a body.
    #[must_use]
    pub fn body(mut self, body: &str) -> Self {
        body.clone_into(&mut self.body);
        self
    }

    /// After so many milliseconds.
    #[must_use]
    pub fn after_ms(mut self, delay_ms: u64) -> Self {
        self.delay_ms = delay_ms;
        self
    }
}

#[derive(Debug)]
pub(crate) struct Endpoint {
    pub name: Arc<str>,
    state: Mutex<EndpointState>,
}

#[derive(Debug, Default)]
pub(crate) struct EndpointState {
    pub scheme: Scheme,
    /// All that are good now; a new one and an old one during a change.
    pub secrets: Vec<String>,
    /// Where its gateway listens.
    pub gateway: String,
    pub script: VecDeque<Scripted>,
    /// Ids of events that were taken.
    pub taken: HashSet<String>,
    pub duplicates: u64,
    /// Why events were turned away.
    pub refused: Vec<String>,
    pub next_id: u64,
}

/// So many ids and refusals are remembered.
const KEPT: usize = 200_000;

impl Endpoint {
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            state: Mutex::default(),
        }
    }

    pub fn state(&self) -> MutexGuard<'_, EndpointState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl EndpointState {
    pub fn refuse(&mut self, why: &str) {
        if self.refused.len() < KEPT {
            self.refused.push(why.to_owned());
        }
    }

    /// Whether an event of this id is new; from now on it is not.
    pub fn take(&mut self, id: &str) -> bool {
        if self.taken.len() >= KEPT {
            self.taken.clear();
        }
        let is_new = self.taken.insert(id.to_owned());
        self.duplicates += u64::from(!is_new);
        is_new
    }
}
